"""Findings as a whole: the argument that was somebody else's, what the examples say, and what never gets out."""

import re

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Case, from_data, library
from casebuilder.case.edits import with_input
from casebuilder.case.plain import plain
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.answers import answers
from casebuilder.pitch.findings import PRIVATE, all_findings, findings, of_the_case
from tests.analysis.test_fit import driver
from tests.model.cases import EXAMPLES, example, run, small
from tests.pitch.findings_of import found, kpis
from tests.pitch.saying import CANARY, SPOILED, secretive, texts

WHO = ["ceo", "cfo", "cmo", "sales", "service"]


@pytest.fixture(scope="module")
def led() -> dict[str, Certainty]:
    """The company with excellent retention: led by retention, and led by acquisition."""
    case = example("growth_network").case
    asked = {way: with_input(case, "decision.stage_1.option", way) for way in ("retention", "growth")}
    return {way: Certainty(results(one), way) for way, one in asked.items()}


def test_a_problem_that_they_do_not_have(led: dict[str, Certainty]) -> None:
    people = dict(zip(WHO, found(led["retention"].results.case, "retention"), strict=True))
    (problem,) = people["ceo"]["problem_not_had"]
    assert problem.kpi == "gross_retention"
    assert problem.share == 1
    assert problem.amount is not None and problem.amount > 500_000
    for said in ("Customers kept", "1.3% in Enterprise and 1.9% in Mid-market", "best achievable is 2%"):
        assert said in problem.text
    assert "98.4%, target 98%" in problem.text
    assert "problem_not_had" not in people["sales"]
    assert kpis(people["sales"], "not_addressed") == ["quota_attainment"]
    assert kpis(people["ceo"], "not_addressed") == ["new_customers", "revenue"]
    assert kpis(people["service"], "delivers_without_gain") == [None]
    assert "Customers kept" in people["sales"]["wrong_lead"][0].text


def test_what_the_library_has_instead_wins_customers_and_pays(led: dict[str, Certainty]) -> None:
    """Every proposal for these two, put into the case at the cost it is said to bear, and at half of it."""
    certainty, entries = led["retention"], library.initiatives()
    nothing = certainty.outcome.npv
    for n in (WHO.index("ceo"), WHO.index("sales")):
        proposed = [
            id for one in all_findings(certainty)[n] if one.id == "not_addressed" for id in one.investments
        ]
        assert 1 <= len(proposed) <= 3
        for id in proposed:
            themes = {library.levers()[effect.lever].theme for effect in entries[id].effects}
            assert themes == {"win"}
            assert added(certainty.results.case, id) > nothing
    for id in ("buying_journey", "prospect_response"):
        (cost,) = {
            amount
            for one in all_findings(certainty)[WHO.index("sales")]
            for name, amount in re.findall(r"“([^”]+)” \([^)]*cost of USD\s(\d+)\sK", one.text)
            if name == entries[id].name
        }
        assert added(certainty.results.case, id, 990 * float(cost)) > nothing
        assert added(certainty.results.case, id, 1_010 * float(cost)) < nothing


def added(case: Case, id: str, annual_cost: float = 0.0) -> float:
    """Risk-adjusted return of the retention part with one investment of the library written into it."""
    data = plain(case.model_dump(by_alias=True, exclude_unset=True), dates_as_text=True)
    data["initiatives"].append({"id": id, "use": id, "annual_cost": annual_cost})
    data["options"]["retention"] = [*data["options"]["retention"], id]
    assert case.headline == "risk_adjusted"
    return results(from_data(data)).option("retention").npv


def test_led_by_acquisition_it_comes_out_well_above(led: dict[str, Certainty]) -> None:
    fits = {way: dict(zip(WHO, certainty.fits, strict=True)) for way, certainty in led.items()}
    for who in ("ceo", "sales"):
        before, after = fits["retention"][who].value, fits["growth"][who].value
        assert before is not None and after is not None
        assert before < 1
        assert after > 30
    people = dict(zip(WHO, found(led["growth"].results.case, "growth"), strict=True))
    for who in ("ceo", "sales"):
        assert not {"problem_not_had", "not_addressed", "wrong_lead"} & set(people[who])


def test_what_pays_is_proposed_first(led: dict[str, Certainty]) -> None:
    """Coaching moves service cost further than the guided start, and none of what it frees is counted as cash."""
    service = found(led["growth"].results.case, "growth")[WHO.index("service")]
    (cost,) = [one for one in service["not_addressed"] if one.kpi == "cost_to_serve"]
    assert cost.investments == ("agent_assist", "onboarding_education", "coaching")
    closes = dict(re.findall(r"“([^”]+)” \((\d+)% of the gap", cost.text))
    assert int(closes["Coaching on the job"]) > int(closes["Guided start and customer education"])
    assert "no return that is counted" in cost.text


def test_the_blind_spot_of_the_whole(led: dict[str, Certainty]) -> None:
    """All of the value keeps customers; 6 of 20 points of weight are the CEO's that retention can move at all."""
    (blind,) = of_the_case(led["retention"])
    assert (blind.id, blind.kpi) == ("cx_blind_spot", None)
    # of new customers 5, revenue 4, retention 2, quota 5, win rate 3 and cycle 1, churn moves the first three
    assert blind.share == pytest.approx(1 - 11 / 20)
    assert "“Keep customers” is 100% of the value" in blind.text
    assert of_the_case(led["growth"]) == ()


@pytest.mark.parametrize("name", ["contract_services", "consumer_subscription"])
def test_no_blind_spot_where_those_who_decide_want_it(name: str) -> None:
    found = example(name)
    assert of_the_case(Certainty(found, found.asked_option)) == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_read_well(name: str) -> None:
    """One person at a time says what all of them together say; plain sentences, with an end."""
    case = example(name)
    certainty = Certainty(case, case.asked_option)
    everybody = all_findings(certainty)
    assert any(everybody)
    for person, said in zip(case.case.stakeholders, everybody, strict=True):
        assert findings(certainty, person) == said
        for one in said:
            assert one.private == (one.id in PRIVATE)
            assert not SPOILED.search(one.text), one.text
            assert one.text.endswith((".", "?"))
            assert len(one.text) < 900


def test_answers_say_it_in_the_author_s_view() -> None:
    case = with_input(example("growth_network").case, "decision.stage_1.option", "retention")
    said = answers(results(case))
    certainty = Certainty(results(case), "retention")
    for person, expected in zip(said["stakeholders"], all_findings(certainty), strict=True):
        assert person["findings"] == [{"id": f.id, "kpi": f.kpi, "text": f.text} for f in expected]
    assert [one["id"] for one in said["findings"]] == ["cx_blind_spot"]


def test_answers_speak_of_everything_where_nothing_asked_for_is_on() -> None:
    """Whoever switches the other investments off by hand means what is left."""
    data = small(
        stakeholders=[{"persona": "sales", "part": "approves", "drivers": [driver("win_rate", 0.3, 0.28)]}],
        options={"ears_only": []},
        decision={"stage_1": {"option": "ears_only", "until": "2027-06-30"}},
    )
    (person,) = answers(run(data))["stakeholders"]
    (expected,) = all_findings(Certainty(run(data), AS_SET))
    assert [one["id"] for one in person["findings"]] == [one.id for one in expected]
    assert "not_addressed" not in [one["id"] for one in person["findings"]]


def test_nothing_private_is_repeated() -> None:
    """Every finding of a case full of secrets; what they said is theirs, and so is what others said to us."""
    data = secretive()
    data["stakeholders"][0]["drivers"][0] |= {"accountability": "said"}
    data["initiatives"][1]["owner"] = "sales"
    certainty = Certainty(run(data), AS_SET)
    said = [one for findings in all_findings(certainty) for one in findings]
    assert {"professed_not_measured", "delivers_without_gain", "not_addressed"} & {one.id for one in said}
    assert [text for text in texts(said) if CANARY in text or "Keep them" in text] == []
    assert [text for text in texts([*of_the_case(certainty)]) if CANARY in text] == []
