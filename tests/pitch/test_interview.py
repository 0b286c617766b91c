"""The interview guide: unknowns first, what helps them is asked about, nothing private or of others is in it."""

import dataclasses
import re

import pytest

from casebuilder import build
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.pitch.interview import ASKED_ALREADY, CLOSING, OF_THE_ASKED, Guide, interview
from tests.model.cases import EXAMPLES, case_of, example, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, texts


def certainty(**more) -> Certainty:
    """The studies of the small case with some blocks replaced, all investments asked for."""
    return build.certainty(run(small(**more) | {"options": {}}))


@pytest.fixture(scope="module", params=EXAMPLES)
def found(request: pytest.FixtureRequest) -> Certainty:
    return build.certainty(example(request.param))


def section(guide: Guide, word: str):
    return next((part for part in guide.sections if word in part.title), None)


@pytest.mark.parametrize("persona", library.personas())
def test_every_guide_reads_well(found: Certainty, persona: str) -> None:
    guide = interview(found, persona)
    assert [text for text in texts(guide) if SPOILED.search(text.replace(guide.stamp.fingerprint, ""))] == []
    titles = [part.title for part in guide.sections]
    asked = [question.text for part in guide.sections for question in part.questions]
    assert len(set(titles + asked)) == len(titles + asked), "nothing is asked twice"
    assert asked[-1] == CLOSING
    for part in guide.sections:
        for row in part.table.rows if part.table else ():
            assert len(row) == len(part.table.columns)
    own = library.personas()[persona].questions
    said = titles + asked
    informed = any(s.part == "informed" for s in found.results.case.stakeholders if s.persona == persona)
    not_asked = [ASKED_ALREADY["sign"], *(ASKED_ALREADY[topic] for topic in OF_THE_ASKED if informed)]
    lost = [t for t in own if t not in said and not any(re.search(signs, t, re.I) for signs in not_asked)]
    assert lost == [], "a question of the persona is asked in its own words"


def test_each_usual_topic_is_asked_once(found: Certainty) -> None:
    for persona in library.personas():
        said = [t for t in texts(interview(found, persona).sections) if t.endswith("?")]
        for topic in ("year", "no", "agree", "90 days", "give up"):
            signs = {
                "year": r"year|boss|in your pay",
                "agree": r"who (else|must)",
                "90 days": r"90 days|six months",
            }
            count = sum(bool(re.search(signs.get(topic, ASKED_ALREADY[topic]), text, re.I)) for text in said)
            person = next((s for s in found.results.case.stakeholders if s.persona == persona), None)
            if person is not None and person.part == "informed" and topic in ("no", "give up"):
                assert count == 0, (persona, topic)
            else:
                assert count >= 1, (persona, topic)


def test_what_is_missing_stands_empty_and_first() -> None:
    known = {"kpi": "win_rate", "importance": 5, "accountability": "tracked", "current": 0.2, "target": 0.3,
             "due": "2028-06-30"}  # fmt: skip
    vague = {"kpi": "bookings", "target": 2e6}
    found = certainty(stakeholders=[{"persona": "sales", "drivers": [known, vague]}])
    first, second, another = interview(found, "sales").sections[0].table.rows
    assert first[0] == "New-customer bookings"
    assert first[2] == first[4] == first[5] == first[6] == "", "today, date, how held to it, weight"
    assert second[2:] == ("20%", "30%", "30 June 2028", "Tracked", "5")
    assert another[2:] == ("",) * 5


def test_without_their_numbers_the_usual_ones_are_asked_for() -> None:
    guide = interview(certainty(), "cmo")
    labels = [library.kpis()[kpi].label for kpi in library.personas()["cmo"].kpis]
    assert [row[0] for row in guide.sections[0].table.rows] == [*labels[:3], "Another:"]
    assert "none of your numbers" in guide.sections[0].known


def test_a_today_that_is_not_the_case_s_is_asked_about() -> None:
    for current, doubted in ((0.15, False), (0.155, False), (0.17, True)):
        driver = {"kpi": "churn_rate", "current": current, "target": 0.1}
        one = small(stakeholders=[{"persona": "product", "drivers": [driver]}])
        one["segments"] = one["segments"][:1]
        one["initiatives"][1]["effects"] = []
        guide = interview(build.certainty(run(one)), "product")
        assert ("which of the two" in guide.sections[0].known) is doubted, current


def effect(lever: str, **more):
    return {"lever": lever, "low": 0.01, "base": 0.05, "high": 0.1, **more}


def test_only_what_makes_one_of_their_numbers_better_is_asked_as_a_problem() -> None:
    both = [
        {"id": "a", "name": "Win", "effects": [effect("win_rate")]},
        {"id": "b", "name": "Solve", "effects": [effect("issues_per_customer")]},
    ]
    people = [
        {"persona": "service", "drivers": [{"kpi": "cost_to_serve", "target": 1.0}]},
        {"persona": "sales", "drivers": [{"kpi": "bookings", "target": 1e9}]},
        {"persona": "chro", "drivers": [{"kpi": "leavers", "target": 1.0}]},
    ]
    found = certainty(initiatives=both, stakeholders=people)
    metrics = {}
    for persona in ("service", "sales", "chro"):
        part = section(interview(found, persona), "a problem")
        metrics[persona] = [row[0] for row in part.table.rows] if part else []
    assert metrics == {
        "service": ["Cases per account, repeats not counted"],  # more customers cost service more
        "sales": ["Win rate"],
        "chro": [],
    }
    assert section(interview(found, "chro"), "What would move") is not None


def test_harm_is_told_to_whom_it_meets() -> None:
    people = [{"persona": "service", "drivers": [{"kpi": "cost_to_serve", "target": 1.0}]}]
    found = certainty(
        initiatives=[{"id": "a", "name": "Win", "effects": [effect("win_rate")]}], stakeholders=people
    )
    asked = [q.text for q in interview(found, "service").sections[-1].questions]
    with_it, without = (found.outcome.kpi("cost_to_serve", world)[-1] for world in ("with", "without"))
    assert with_it > without
    assert "worse for you here: service cost" in asked[0]


def test_no_room_is_said() -> None:
    moved = [{"id": "a", "name": "Win", "effects": [effect("win_rate"), effect("leads")]}]
    found = certainty(initiatives=moved, limits={"win_rate": 0.2}, stakeholders=[{"persona": "sales"}])
    rows = section(interview(found, "sales"), "a problem").table.rows
    assert [row[0] for row in rows] == ["Leads"], "a metric without room moves nothing"


def test_what_only_they_can_tell() -> None:
    mine = {"id": "a", "name": "Mine", "owner": "cmo", "adoption": 0.5, "effects": [effect("leads")]}
    other = {"id": "b", "name": "Other", "owner": "sales", "effects": [effect("win_rate")]}
    found = certainty(initiatives=[mine, other])
    rows = {row[0]: row for row in section(interview(found, "cmo"), "only you").table.rows}
    cost = "What “Mine” costs once, a year, and in own people"
    assert rows[cost][1:] == ("not stated", "Your own plan", "")
    assert rows["Take-up: Mine"][1] == "50% (not stated)"
    assert not any("Other" in name for name in rows)
    paid = certainty(initiatives=[mine | {"annual_cost": 10.0}, other])
    assert cost not in {row[0] for row in section(interview(paid, "cmo"), "only you").table.rows}


def test_a_claim_names_who_signed_it() -> None:
    sizes = [effect("win_rate", agreed={"by": "sales"}), effect("leads", grade="B", agreed={"by": "cmo"}),
             effect("lead_to_opportunity")]  # fmt: skip
    people = [{"persona": "sales", "role": "CRO"}, {"persona": "cmo", "role": "Head of Marketing"}]
    found = certainty(initiatives=[{"id": "a", "name": "Win", "effects": sizes}], stakeholders=people)
    rows = [
        row for row in section(interview(found, "sales"), "claims").table.rows if row[0].endswith(": Win")
    ]
    rests = {row[0].partition(":")[0]: row[2] for row in rows}
    assert rests["Win rate"] == "Our estimate, signed by you"
    assert rests["Leads"] == "Independent study, signed by Head of Marketing"
    assert rests["Leads that become opportunities"] == "Our estimate, signed by nobody yet"
    assert rows[0][0].startswith("Leads that become"), "what nobody has signed comes first"
    assert rows[0][1].replace("\u00a0", " ") == "+5% (+1% to +10%)"


@pytest.mark.parametrize("persona", library.personas())
def test_nothing_private_and_nobody_s_words(persona: str) -> None:
    found = build.certainty(run(secretive()))
    said = list(texts(interview(found, persona)))
    assert [text for text in said if CANARY in text] == []
    assert not any("Keep them" in text for text in said), "not even words that may be shown in their own deck"


def test_private_parts_are_left_out_even_of_a_person_given_with_them() -> None:
    case = case_of(secretive())
    found = build.certainty(run(secretive()))
    for who in case.stakeholders:
        assert not any(CANARY in text for text in texts(interview(found, who.persona, who)))


def test_two_people_of_one_persona_have_a_guide_each() -> None:
    people = [
        {"persona": "sales", "role": "CRO"},
        {"persona": "sales", "role": "Head of Field Sales", "ask": "Time"},
    ]
    found = certainty(stakeholders=people)
    first = interview(found, "sales")
    second = interview(found, "sales", found.results.case.stakeholders[1])
    assert (first.role, second.role) == ("CRO", "Head of Field Sales")
    assert dict(second.about)["We would ask"] == "Time"
    assert "We would ask" not in dict(first.about)
    assert dataclasses.replace(first, about=(), sections=()).stamp == second.stamp


def test_an_unknown_persona_is_refused() -> None:
    with pytest.raises(KeyError):
        interview(certainty(), "boss")
