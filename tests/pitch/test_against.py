"""What speaks against a case and what answers an objection: numbers of cases edited by hand, in plain sentences."""

import copy
import math
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.simulation import Settings
from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.cited import against as known_against
from casebuilder.pitch.exhibits.against import COLUMNS, ROWS, against, objections
from casebuilder.pitch.exhibits.bearing import MATTERS
from casebuilder.pitch.exhibits.checkpoints import proof
from casebuilder.pitch.exhibits.doubt import must_be_true
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.analysis.programme import programme
from tests.model.cases import EXAMPLES, example, few, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, shown, texts

#: Sizes as expected, nothing taken off: what an edited case returns can be compared directly.
PLAIN = {"scenarios": {"base": "builtin"}}
FAST = Settings(draws=1_000)


def certain(results: Results) -> Certainty:
    return Certainty(results, results.asked_option, FAST)


def made(data: dict[str, Any], persona: str = "cfo") -> Exhibit:
    results = run(data)
    return check(against(View(results, persona), certain(results)))


def check(exhibit: Exhibit) -> Exhibit:
    """Sentences that are ones; a table of three columns that fits a slide."""
    assert all(text.endswith(".") for text in exhibit.takeaways)
    assert len(exhibit.takeaways) <= 3
    assert not exhibit.title.endswith(".")
    assert exhibit.source
    for text in texts(exhibit):
        assert not SPOILED.search(text), text
    if exhibit.table:
        assert {len(row) for row in exhibit.table.rows} <= {3}
        assert all(cell for row in exhibit.table.rows for cell in row)
        assert all(row[1].endswith(".") for row in exhibit.table.rows)
    return exhibit


def rows(exhibit: Exhibit) -> list[str]:
    """Every doubt as one text with plain spaces, those in the notes as one of them."""
    found = exhibit.table.rows if exhibit.table else ()
    return [plain(" | ".join(row)) for row in found] + ([plain(exhibit.notes)] if exhibit.notes else [])


def plain(text: str) -> str:
    return text.replace(numbers.SPACE, " ")


def row(exhibit: Exhibit, part: str) -> str:
    (found,) = [text for text in rows(exhibit) if part in text]
    return found


def edited(data: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> float:
    """NPV of the case with each effect changed by hand."""
    data = copy.deepcopy(data)
    for initiative in data["initiatives"]:
        for effect in initiative.get("effects", []):
            change(effect)
    return run(data, ["npv"]).asked.npv


def nothing(effect: dict[str, Any]) -> None:
    effect.update(low=0.0, base=0.0, high=0.0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    certainty = Certainty(results, results.asked_option)
    exhibit = check(against(View(results, "ceo"), certainty))
    assert exhibit.table is not None
    assert exhibit.table.columns == COLUMNS
    assert 3 <= len(exhibit.table.rows) <= ROWS
    loss = shown(results, -certainty.verdict.grounds.proven, "money")
    whole = shown(results, results.asked.npv, "money")
    assert exhibit.title == (
        f"The strongest doubt: without our own estimates it loses {loss} instead of returning {whole}"
    )
    month = proof(View(results, "ceo"), certainty).title.split()[6]
    assert f"Stopping at the first checkpoint, month {month}, loses" in " ".join(rows(exhibit))
    grounds = certainty.verdict.grounds
    assert grounds.chance_together > 0 or "chance of a loss is under 1%" in exhibit.takeaways[0], "no proof"
    assert "succeed or fail together" in exhibit.takeaways[0]
    assert "without the risk adjustment" in exhibit.takeaways[0]
    for person in results.case.stakeholders:
        view = View(results, person.persona)
        answered(view, check(objections(view, certainty)))


def answered(view: View, exhibit: Exhibit) -> None:
    """What the persona's file says, word by word, and a number in words that this reader does not mind."""
    usual, avoid = library.personas()[view.persona].objections, library.personas()[view.persona].avoid
    assert exhibit.table is not None
    assert [found[:2] for found in exhibit.table.rows] == [(one.says, one.answer) for one in usual]
    for _, _, number in exhibit.table.rows:
        assert number.endswith(".")
        assert not [word for word in avoid if word.lower() in number.lower()]


@few(0.1)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    results = run(random_case(random.Random(seed)))
    certainty = certain(results)
    check(against(View(results, "cfo"), certainty))
    if results.case.segments:
        view = View(results, "sales")
        answered(view, check(objections(view, certainty)))


def test_weak_evidence_is_what_an_edited_case_leaves() -> None:
    """Made dearer, the programme pays only by an effect of grade C; without it the rest is what an edited case says."""
    data = programme(**PLAIN)
    data["initiatives"][0]["one_time_cost"] += 250_000

    def without_vendors(effect: dict[str, Any]) -> None:
        if effect.get("grade") in ("C", "J"):
            nothing(effect)

    left, whole = edited(data, without_vendors), run(data).asked.npv
    assert left < 0 < whole
    exhibit = made(data)
    said = f"it loses {numbers.money(-left, 'EUR')} instead of returning {numbers.money(whole, 'EUR')}"
    assert exhibit.title == f"The strongest doubt: without vendor studies {said}"
    first = rows(exhibit)[0]
    assert first.startswith(
        f"All of it rests on vendor studies | Without them {plain(said)}. | Nobody has signed the one size."
    )
    assert exhibit.table is not None
    assert exhibit.table.emphasised == 0


def test_studies_harm_and_blank_costs() -> None:
    """What a study questions and what harm would leave, as edited by hand; own positions are stated as internal time.

    The effect cites a vendor's count of promoters, which says nothing of growth.
    """
    data = programme(**PLAIN)
    data["initiatives"][1]["effects"][0]["sources"] = ["loop-3x"]
    data["initiatives"][2]["effects"][1].update(low=-0.03)
    data["initiatives"][0]["cost_items"] = [{"name": "Survey", "category": "licences", "one_time": 8_000}]

    def unbelieved(effect: dict[str, Any]) -> None:
        if effect.get("sources"):
            nothing(effect)

    def at_low(effect: dict[str, Any]) -> None:
        if effect["low"] < 0:
            effect["base"] = effect["low"]

    exhibit = made(data)
    study, harm, blank = (
        row(exhibit, part)
        for part in ("NPS predicts growth no", "“Desk” may do harm", "Not stated by any investment")
    )
    left = numbers.money(edited(data, unbelieved), "EUR")
    assert plain(f"It contradicts what “Act on it” cites: without these gains {left} is left of") in study
    assert "The one checkpoint that tests this, in month 6: calls." in study
    left = numbers.money(edited(data, at_low), "EUR")
    assert plain(f"At its low end {left} is left of") in harm
    assert "revenue churn +3%." in harm
    assert "No checkpoint is agreed yet" in harm
    assert "integration, change and training, data clean-up and 5 more" in blank
    assert "licences" not in blank
    results = run(data)
    more = certain(results).costs_bearable
    assert more is not None
    counted = results.asked.amount("pv_costs")
    share, there = (
        numbers.percent(math.floor(100 * (more - 1)) / 100, 0),
        numbers.money(more * counted, "EUR"),
    )
    assert f"Costs may be {share} higher before nothing is left: {plain(there)} instead of " in blank
    bearable = f"Costs may be {share} higher before it stops paying: {there} instead of "
    true = must_be_true(View(results, "cfo"), (), None, more)
    assert bearable in " ".join(true.takeaways), "one number, rounded once, on both slides"


def test_what_is_known_against_an_effect() -> None:
    """The other side of a cited study and of the practice; never what is cited for it."""

    def found(use: str | None, lever: str, sources: list[str]) -> set[str]:
        effect = {"lever": lever, "low": 0.0, "base": 0.1, "high": 0.2, "sources": sources}
        one = {"id": "one", "effects": [effect], "requires": [], **({"use": use} if use else {})}
        initiative = run(small(initiatives=[one], options={}), ["npv"]).case.initiatives[0]
        return {study.id for study in known_against(initiative, initiative.effects[0])}

    assert found(None, "churn_rate", ["dedicated-success"]) == {"success-targeting", "proactive-harm"}
    both = {"referral-share", "referral-replications"}
    assert found("reference_programme", "referral_rate", ["referred-value", "referral-share"]) == both
    assert found("proactive_outreach", "churn_rate", ["proactive-harm"]) == {"proactive-harm"}
    assert found("public_reviews", "leads", []) == {"referral-share"}
    assert found("knowledge_base", "first_contact_resolution", ["fcr-gain"]) == {"fcr-gain"}
    assert found("knowledge_base", "minutes_per_assisted_contact", ["kcs"]) == set()
    assert found(None, "churn_rate", ["nobody-knows-this"]) == set()


def test_a_case_that_loses_says_so_first() -> None:
    data = small(**PLAIN)
    loss = run(data).asked.npv
    assert loss < 0
    exhibit = made(data)
    assert exhibit.title == f"It loses {numbers.money(-loss, 'EUR')} as counted, before any of these doubts"
    assert rows(exhibit)[0].startswith("It does not pay as counted | Benefits of EUR ")
    assert "is left of" not in " ".join(rows(exhibit))


def test_a_number_that_alone_can_end_it() -> None:
    """A margin that may be next to nothing; today's return is small beside it."""
    data = programme(**PLAIN)
    data["initiatives"][0]["one_time_cost"] += 250_000
    data["inputs"] = {
        "segments[North].gross_margin": {"status": "estimate", "low": 0.05, "high": 0.7},
        "segments[South].gross_margin": {"status": "default"},
    }
    exhibit = made(data)
    text = row(exhibit, "Gross margin (North) can end it alone")
    assert "Counted on 60%; at " in text
    assert "5% to 70% is possible. | Confirm it before money is released: nobody has signed it yet." in text
    assert "among them the one starting value" in " ".join(rows(exhibit))


def test_what_would_change_the_decision_comes_first() -> None:
    """The worst scenario loses, weak evidence leaves something: the scenario stands first."""
    data = programme()
    for initiative in data["initiatives"]:
        for effect in initiative.get("effects", []):
            effect["grade"] = "A"
    data["headline_shares"] = {}
    results = run(data)
    worst = min(results.outcome(id, "as_set").npv for id in results.case.scenario_table)
    exhibit = made(data)
    if worst < 0 < results.asked.npv:
        loss = numbers.money(-worst, "EUR")
        assert exhibit.title == f"The strongest doubt: everything low at once, it loses {loss}"
    assert "rests on" not in rows(exhibit)[0]


def test_nothing_at_all() -> None:
    exhibit = made(small(initiatives=[], options={}))
    assert exhibit.title == "It returns nothing, before any doubt"


def number_of(data: dict[str, Any], persona: str, says: str) -> str:
    results = run(data)
    exhibit = objections(View(results, persona), certain(results))
    assert exhibit.table is not None
    (found,) = [plain(number) for said, _, number in exhibit.table.rows if says in said]
    return found


def test_waiting_half_a_year() -> None:
    data = programme(**PLAIN)
    later = copy.deepcopy(data)
    for initiative in later["initiatives"]:
        initiative["start_month"] = initiative.get("start_month", 0) + 6
    now, then = (plain(numbers.money(run(each).asked.npv, "EUR")) for each in (data, later))
    said = number_of(data, "ceo", "why now")
    assert (
        said
        == f"It returns {now}, doing nothing EUR 0; begun 6 months later it returns {then} by the same day."
    )


def test_hours_that_somebody_signed_for() -> None:
    """A promise that is agreed is named with who agreed; one that is not agreed counts for nothing and is not told."""
    data = programme(**PLAIN)
    promise = {"share": 0.5, "positions_not_refilled": 2, "owner": "Head of Service"}
    for agreed, told in (({"by": "Operations Director"}, True), (None, False)):
        data["headline_shares"] = {"repeat_contacts": {**promise, "agreed": agreed}}
        said = number_of(data, "service", "take my people")
        assert ("Counted: 2 positions not refilled, agreed by Operations Director." in said) == told
        assert "hours become free over 2 years; EUR " in said


def test_own_people_and_deals_that_wait() -> None:
    data = programme(**PLAIN)
    data["initiatives"][1]["owner"] = "sales"
    assert number_of(data, "sales", "no time") == (
        "It takes 0.1 of our own positions, 0.1 of them in investments of yours; "
        "at EUR 100 K a position and year they are in the cost."
    )
    assert number_of(data, "sales", "Better leads").startswith("40% of deals wait for a rep's time")
    assert (
        number_of(data, "service", "handling time")
        == "This case counts on no change of minutes per assisted contact."
    )


def test_room_to_improve() -> None:
    """At the best achievable nothing is counted, and the answer says which metric that is."""
    data = programme(**PLAIN, limits={"first_contact_resolution": 0.7})
    said = number_of(data, "ceo", "good at this")
    assert said == "At its best already, and therefore counted as nothing: first-contact resolution."
    assert number_of(programme(**PLAIN), "ceo", "good at this").startswith(
        "Everything that it moves has room"
    )


def test_every_matter_belongs_to_somebody() -> None:
    said = [one.says for persona in library.personas().values() for one in persona.objections]
    lost = [matter for matter in MATTERS if not any(re.search(matter, text, re.IGNORECASE) for text in said)]
    assert lost == []


def test_nothing_private() -> None:
    results = run(secretive())
    certainty = certain(results)
    for persona in library.personas():
        view = View(results, persona)
        for exhibit in (against(view, certainty), objections(view, certainty)):
            assert not [text for text in texts(exhibit) if CANARY in text or "Keep them" in text]
