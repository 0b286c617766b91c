"""Each finding about a person, where it holds and where it does not, worked by hand."""

from typing import Any

import pytest

from tests.analysis.test_fit import driver, moved, person
from tests.model.cases import small
from tests.pitch.findings_of import found, kpis, one

FCR = {"first_contact_resolution": 0.06}  # 70 % to 76 %


def test_problem_not_had_without_room() -> None:
    """A best achievable level above both segments' leaves no room at all; the usual one leaves half of each."""
    goal = driver("churn_rate", 0.1)
    (said,) = one({"churn_rate": 0.1}, goal, limits={"churn_rate": 0.3})["problem_not_had"]
    assert (said.kpi, said.share) == ("churn_rate", 1)
    assert "15% in North and 25% in South today, the best achievable is 30%" in said.text
    assert "none of it is counted" in said.text
    assert "problem_not_had" not in one({"churn_rate": 0.1}, goal)


def test_problem_not_had_goes_by_the_larger_part_of_the_claim() -> None:
    """North alone has no room below 20 %: 400 customers of 12,000 against 3,000 of 900."""
    goal = driver("churn_rate", 0.1)
    (said,) = one({"churn_rate": 0.1}, goal, limits={"churn_rate": 0.2})["problem_not_had"]
    assert said.share is not None
    assert 0.5 < said.share < 1
    assert "15% in North today" in said.text
    assert "of it is left" in said.text
    few = moved({"churn_rate": 0.1}, goal)
    few["segments"][0]["customers"] = 4
    assert "problem_not_had" not in found({**few, "limits": {"churn_rate": 0.2}})[0]


def test_problem_not_had_where_the_number_is_at_its_target() -> None:
    """Retention moves revenue too, yet the number it is about is where it should be."""
    there, open_, revenue = driver("churn_rate", 0.3), driver("churn_rate", 0.1), driver("revenue", 2e7)
    (said,) = one({"churn_rate": 0.1}, there, revenue)["problem_not_had"]
    assert (said.kpi, said.share) == ("churn_rate", 0)
    assert "revenue churn is at its target already" in said.text
    assert "problem_not_had" not in one({"churn_rate": 0.1}, open_, revenue)
    assert "problem_not_had" not in one({"churn_rate": 0.1}, there, driver("gross_retention", 0.95))


def test_problem_not_had_asks_for_their_biggest_benefit() -> None:
    """A metric without room that is not theirs, or not their biggest, is not their problem."""
    blocked = {"limits": {"churn_rate": 0.3}}
    both = {"churn_rate": 0.01, "first_contact_resolution": 0.1}
    assert "problem_not_had" not in one(both, driver("first_contact_resolution", 0.9), **blocked)
    assert "problem_not_had" not in one(
        {"churn_rate": 0.0001, "issues_per_customer": 0.3}, driver("contribution", 1e9), **blocked
    )
    assert "problem_not_had" in one(
        {"churn_rate": 0.3, "issues_per_customer": 0.0001}, driver("contribution", 1e9), **blocked
    )


def test_not_addressed() -> None:
    """A third of the weight and still; just less than a third; just more than a hundredth of the way."""
    still, other = (
        driver("win_rate", 0.5, importance=2),
        driver("first_contact_resolution", 0.9, importance=4),
    )
    (said,) = one(FCR, still, other)["not_addressed"]
    assert said.kpi == "win_rate"
    assert said.share == pytest.approx(1 / 3)
    assert said.investments
    assert set(said.investments) <= {"lost_sale_analysis", "public_reviews", "buying_influencers"}
    assert "33% of what counts for them, and it does not move" in said.text
    assert "not_addressed" not in one(FCR, still, {**other, "importance": 5})
    slow = driver("first_contact_resolution", 0.9, 0.7)
    assert kpis(one({"first_contact_resolution": 0.0019}, slow), "not_addressed") == [slow["kpi"]]
    assert "not_addressed" not in one({"first_contact_resolution": 0.0021}, slow)


def test_not_addressed_is_not_for_what_is_reached_already() -> None:
    assert "not_addressed" not in one(FCR, driver("win_rate", 0.2))
    assert kpis(one(FCR, driver("attrition_rate")), "not_addressed") == ["attrition_rate"]
    assert "not_addressed" not in one(FCR, driver("first_contact_resolution"))


def test_not_addressed_where_the_model_has_no_number_or_a_hurdle_is_missed() -> None:
    (mood,) = one(FCR, driver("other", 9, name="Mood", unit="count"))["not_addressed"]
    assert "the model has no such number; the target is 9" in mood.text
    data = moved(FCR, driver("payback", 6, kind="hurdle"), one_time_cost=1e7)
    (late,) = found(data)[0]["not_addressed"]
    assert "the money is not back within 2 years; the target is 6" in late.text
    assert late.investments == ()


def test_professed_not_measured() -> None:
    """Weights 1.25 (said) against 1: 56 %; against 1.5: less than half; where nothing was stated it is said."""
    said = driver("win_rate", 0.4, importance=5, accountability="said")
    (finding,) = one(FCR, said, driver("churn_rate", 0.1))["professed_not_measured"]
    assert finding.share == pytest.approx(1.25 / 2.25)
    assert finding.private
    assert "measured is Revenue churn" in finding.text
    held = driver("churn_rate", 0.1, importance=3, accountability="tracked")
    assert "professed_not_measured" not in one(FCR, said, held)
    (alone,) = one(FCR, {"kpi": "win_rate", "target": 0.4})["professed_not_measured"]
    assert "nothing is on file that they are measured on" in alone.text


def test_harmed() -> None:
    """70 % to 67 %, whether at its target or not; a number that goes down by less than people see is not harm."""
    for target in (0.9, 0.5):
        (said,) = one({"first_contact_resolution": -0.03}, driver("first_contact_resolution", target))[
            "harmed"
        ]
        assert (said.kpi, said.private) == ("first_contact_resolution", False)
        assert said.amount == pytest.approx(-0.03)
        assert "67% in year 2 against 70%" in said.text
    assert "harmed" not in one({"first_contact_resolution": -0.0001}, driver("first_contact_resolution", 0.9))
    assert "harmed" not in one(FCR, driver("first_contact_resolution", 0.9))
    assert kpis(one({"sales_cycle_days": -0.1}, driver("sales_cycle_days", 60)), "harmed") == [
        "sales_cycle_days"
    ]


@pytest.mark.parametrize(
    ("owner", "target", "holds"), [("service", 1.5, True), ("service", 0.9, False), ("cio", 1.5, False)]
)
def test_delivers_without_gain(owner: str, target: float, holds: bool) -> None:
    """6 points of 80 are 7.5 %, of 20 they are 30 %; and whoever carries nothing gives nothing."""
    data = moved(FCR, driver("first_contact_resolution", target, 0.7), owner=owner)
    said = found(data)[0].get("delivers_without_gain", [])
    assert bool(said) == holds
    if holds:
        assert said[0].share == pytest.approx(0.06 / 0.8)
        assert said[0].investments == ("one",)
        assert said[0].private


def test_delivers_without_gain_needs_to_know_what_they_gain() -> None:
    data = moved(FCR, owner="service")
    assert found(data)[0] == {}


SELLING: dict[str, Any] = {"win_rate": 0.1, "first_contact_resolution": 0.03}


def people(*named: tuple[str, list[dict[str, Any]]]) -> dict[str, Any]:
    who = [{"persona": persona, "role": persona.upper(), "drivers": drivers} for persona, drivers in named]
    return {**moved(SELLING), "stakeholders": who}


def test_wrong_lead_where_it_is_somebody_else_s() -> None:
    """More deals move the win rate by 2.8 points and first-contact resolution not at all."""
    care, wins = [driver("first_contact_resolution", 0.8)], [driver("win_rate", 0.4)]
    coo, sales = found(people(("coo", care), ("sales", wins)))
    (said,) = coo["wrong_lead"]
    assert said.private
    assert said.kpi == "first_contact_resolution"
    assert "“More deals won” for the COO" in said.text
    assert "It is the argument for the SALES." in said.text
    assert "Lead with first-contact resolution instead: 73% in year 2 against 70%" in said.text
    assert "“Fewer repeat contacts”" in said.text
    assert "wrong_lead" not in sales
    assert "wrong_lead" not in found(people(("coo", care)))[0]
    assert "wrong_lead" not in found(people(("coo", care), ("cfo", [driver("npv", 1.0)])))[0]
    assert "wrong_lead" not in found(people(("coo", wins), ("sales", wins)))[0]
    assert "wrong_lead" not in found(people(("coo", [driver("npv", 1.0)]), ("sales", wins)))[0]


def test_wrong_lead_where_their_role_never_buys_it() -> None:
    """Their own number moves with it, and yet; where nothing else moves there is nothing to lead with."""
    (said,) = found(people(("service", [driver("win_rate", 0.4)])))[0]["wrong_lead"]
    assert "New business is not what service answers for" in said.text
    assert "No other benefit of the case moves what they are measured on." in said.text
    assert "It is the argument for" not in said.text
    assert said.kpi is None


def test_a_hundredth_of_the_way_is_an_argument() -> None:
    """A win rate 10 % better, 28.3 % to 31.1 %: of a gap of 70 points 4 %, of one of 700 less than 1 %."""
    near, far = driver("win_rate", 1.0), driver("win_rate", 7.0)
    other = ("sales", [driver("win_rate", 0.4)])
    assert "wrong_lead" not in found(people(("coo", [near]), other))[0]
    assert "wrong_lead" in found(people(("coo", [far]), other))[0]


@pytest.mark.parametrize(("proven", "holds"), [(0.02, True), (0.04, False)])
def test_rests_on_judgement(proven: float, holds: bool) -> None:
    """6 points of 20 close 30 %: 4 or 2 of them are judgement, the rest was measured."""
    effects = [
        {"lever": "first_contact_resolution", "low": size, "base": size, "high": size, "grade": grade}
        for size, grade in ((proven, "A"), (0.06 - proven, "J"))
    ]
    data = moved({}, driver("first_contact_resolution", 0.9, 0.7))
    data["initiatives"] = [
        {"id": f"i{n}", "name": f"I{n}", "effects": [effect]} for n, effect in enumerate(effects)
    ]
    said = found(data)[0].get("rests_on_judgement", [])
    assert bool(said) == holds
    if holds:
        assert said[0].share == pytest.approx(2 / 3)
        assert "closes 30% of the gap" in said[0].text
        assert "it is 10%" in said[0].text


@pytest.mark.parametrize(("start", "holds"), [(9, True), (3, False)])
def test_lands_too_late(start: int, holds: bool) -> None:
    """In year 2 in full; in year 1 three months of twelve, or nine."""
    goal = driver("contacts_per_customer", 4, due="2027-06-30")
    data = moved({"issues_per_customer": 0.2}, goal, start_month=start)
    said = found(data)[0].get("lands_too_late", [])
    assert bool(said) == holds
    if holds:
        assert said[0].share is not None
        assert said[0].share == pytest.approx(0.25, abs=0.02)
        assert "when it is due (30 June 2027)" in said[0].text
    assert "lands_too_late" not in one({"issues_per_customer": 0.2}, driver("contacts_per_customer", 4))


def test_lands_too_late_needs_something_to_wait_for() -> None:
    goal = driver("contacts_per_customer", 0.1, due="2027-06-30")
    data = moved({"issues_per_customer": 0.02}, goal, start_month=9)
    assert "lands_too_late" not in found(data)[0]


def test_too_small_to_see() -> None:
    """Hardly anybody fewer leaves, less than one customer a year; told to those whose number it moves."""
    tiny = {"churn_rate": 0.00005}
    (said,) = one(tiny, driver("revenue", 1e9), driver("churn_rate", 0.1))["too_small_to_see"]
    assert said.kpi == "churn_rate"
    assert said.text.startswith("Customers kept: ")
    assert "less than one customer" in said.text
    assert "too_small_to_see" not in one(tiny, driver("attrition_rate", 0.2))
    assert "too_small_to_see" not in one(tiny, driver("cost_to_serve", 1.0))
    assert "too_small_to_see" not in one({"churn_rate": 0.2}, driver("churn_rate", 0.1))


@pytest.mark.parametrize(("current", "holds"), [(0.70, False), (0.734, False), (0.736, True), (0.66, True)])
def test_baseline_disagrees(current: float, holds: bool) -> None:
    """5 % of 70 % are 3.5 points."""
    said = one(FCR, driver("first_contact_resolution", 0.9, current)).get("baseline_disagrees", [])
    assert bool(said) == holds
    if holds:
        assert said[0].share == pytest.approx(abs(current - 0.7) / 0.7)
        assert "the model's first year of doing nothing has 70%" in said[0].text


def test_cannot_be_measured() -> None:
    """3,100 opportunities a year show five points more, not half a point; and what to watch is named."""
    goal = driver("win_rate", 0.35)
    gate = {"month": 6, "indicator": "Interviews held", "target": 3}
    data = moved({"win_rate": 0.02, "churn_rate": 0.1}, goal, gate=gate)
    (said,) = found(data)[0]["cannot_be_measured"]
    assert said.kpi == "win_rate"
    assert said.share is not None and said.share < 1
    assert "opportunities before and as many after" in said.text
    assert said.text.endswith("Watch instead: interviews held.")
    assert "cannot_be_measured" not in one({"win_rate": 0.2}, goal)
    assert "cannot_be_measured" not in one({"win_rate": 0.00001}, goal)
    library_s = moved({"win_rate": 0.02}, goal, use="lost_sale_analysis")
    assert "Watch instead: " in found(library_s)[0]["cannot_be_measured"][0].text
    assert "Watch" not in one({"win_rate": 0.02}, goal)["cannot_be_measured"][0].text


def test_a_person_without_numbers_has_no_findings() -> None:
    data = small(stakeholders=[{"persona": "ceo"}, *person()])
    assert found(data) == [{}, {}]
