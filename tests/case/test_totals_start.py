"""What the totals leave open, starting values, ranges and scores; and what the model makes of it in its first year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder import build
from casebuilder.case import Case, library
from casebuilder.case.totals import Part
from tests.case.test_totals import KNOWN, LEAST, derived

EQUAL = (Part(name="One", customers=0.3, revenue=0.3), Part(name="Other", customers=0.7, revenue=0.7))
START = library.starting_values()["subscription"]


# ---- as the model computes it -----------------------------------------------------------------------------------


def first_year(case: Case) -> dict[str, float]:
    """What the model makes of the case in its first year without the programme."""
    outcome = build.evaluate(case).headline
    names = (
        *("revenue", "revenue_growth", "new_customers", "bookings", "quota_attainment", "churn_rate"),
        *("contacts", "contacts_per_customer", "cost_per_contact", "cost_to_serve", "leavers", "customers"),
        "agents_needed",
    )
    return {name: outcome.kpi(name, "without")[0] or 0.0 for name in names}


known_totals = st.fixed_dictionaries({
    "revenue": st.floats(1e5, 1e10), "customers": st.floats(10, 1e6), "gross_margin": st.floats(0.05, 0.95),
    "new_customers": st.floats(1, 1e5), "win_rate": st.floats(0.05, 1), "bookings": st.floats(1e4, 1e5),
    "bookings_target": st.floats(1e4, 1e6), "contacts": st.floats(10, 1e7), "support_cost": st.floats(100, 1e7),
    "support_people": st.floats(1, 1e4),
})  # fmt: skip
shapes = st.sampled_from(sorted(library.starting_values()))


@settings(max_examples=25, deadline=None)
@given(given=known_totals, lost=st.floats(0, 0.9), left=st.floats(0, 1.5), shape=shapes, cut=st.booleans())
def test_the_models_first_year_without_the_programme_gives_the_totals_back(
    given: dict[str, float], lost: float, left: float, shape: str, cut: bool
) -> None:
    """Whatever is lost meanwhile: what does not depend on how many customers are left, and the run rate of revenue."""
    totals = given | {
        "customers_lost": lost * given["customers"], "leavers": left * given["support_people"],
        "growth_of_existing": 0.0,
    }  # fmt: skip
    case = derived(totals, start=library.starting_values()[shape], parts=EQUAL if cut else ()).case
    found = first_year(case)
    assert found["revenue"] / (1 + found["revenue_growth"]) == pytest.approx(totals["revenue"], rel=1e-9)
    assert found["churn_rate"] == pytest.approx(lost, rel=1e-9, abs=1e-12)
    for key in ("new_customers", "bookings", "leavers"):
        assert found[key] == pytest.approx(totals[key], rel=1e-9, abs=1e-9), key
    assert found["quota_attainment"] == pytest.approx(
        totals["bookings"] / totals["bookings_target"], rel=1e-9
    )
    assert found["contacts_per_customer"] == pytest.approx(totals["contacts"] / totals["customers"], rel=1e-9)
    assert found["cost_per_contact"] == pytest.approx(totals["support_cost"] / totals["contacts"], rel=1e-9)
    each = totals["support_people"] / totals["contacts"]
    assert found["agents_needed"] == pytest.approx(each * found["contacts"], rel=1e-9)


def test_a_year_in_which_nobody_comes_or_goes_is_last_year_again() -> None:
    still = {key: KNOWN[key] for key in ("revenue", "customers", "gross_margin", "contacts", "support_cost")}
    case = derived(still | {"customers_lost": 0, "new_customers": 0}, start=START).case
    found = first_year(case)
    for key, total in (("revenue", "revenue"), ("customers", "customers"), ("contacts", "contacts")):
        assert found[key] == pytest.approx(KNOWN[total], rel=1e-12)
    assert found["cost_to_serve"] == pytest.approx(456_000, rel=1e-12)


def test_a_contact_takes_the_time_of_the_people_who_take_all_of_them() -> None:
    """20 people of 1,400 hours a year take 11,400 contacts: 28,000 hours, 147.4 minutes each, 22,800 a person."""
    still = {key: KNOWN[key] for key in ("revenue", "customers", "gross_margin", "contacts", "support_cost")}
    result = derived(still | {"customers_lost": 0, "new_customers": 0, "support_people": 20}, start=START)
    path = "service.minutes_per_assisted_contact"
    assert result.case.service.minutes_per_assisted_contact == pytest.approx(28_000 * 60 / 11_400, rel=1e-12)
    assert result.case.inputs[path].status == "estimate"
    assert "support people 20, support contacts 11400" in result.case.inputs[path].source
    found = first_year(result.case)
    assert found["agents_needed"] == pytest.approx(20, rel=1e-12)
    assert found["cost_to_serve"] / found["agents_needed"] == pytest.approx(22_800, rel=1e-12)


@pytest.mark.parametrize("missing", ["support_people", "contacts"])
def test_the_minutes_begin_with_a_starting_value_where_they_do_not_follow(missing: str) -> None:
    known = {key: value for key, value in KNOWN.items() if key != missing}
    case = derived(known, start=START).case
    assert case.service.minutes_per_assisted_contact == 10
    assert case.inputs["service.minutes_per_assisted_contact"].status == "default"


def test_without_a_shape_nobody_guesses_the_hours_of_a_year() -> None:
    assert "service.minutes_per_assisted_contact" not in derived().case.inputs


# ---- what is not known, or known as a range ---------------------------------------------------------------------


def test_what_is_not_known_begins_with_the_value_of_the_shape_and_says_so() -> None:
    result = derived(LEAST, start=START)
    (only,) = result.case.segments
    assert (only.churn_rate, only.win_rate, only.lead_to_opportunity) == (0.15, 0.2, 0.2)
    assert only.acquisition_cost == 0.5 * 120_000
    assert result.case.finance.days_sales_outstanding == 30
    begun = [step for step in result.provenance if not step.totals]
    assert {result.case.inputs[step.path].status for step in begun} == {"default"}
    stated = {path.rpartition(".")[2] for path in result.case.inputs}
    assert stated == set(library.inputs()) - {"loaded_cost_per_fte", "discounting", "release_working_capital"}


def test_leads_are_as_many_as_the_known_wins_need() -> None:
    new = derived(KNOWN, start=START).case.segments[1]
    assert new.leads == pytest.approx(62 / (0.2 * 0.2))
    assert new.leads * new.lead_to_opportunity * new.win_rate == pytest.approx(62)


def test_a_segment_that_wins_nobody_has_no_starting_values_of_winning() -> None:
    today, new = derived(KNOWN, start=START).case.segments
    assert today.acquisition_cost == today.win_rate == 0
    assert new.acquisition_cost == pytest.approx(0.5 * 6_000_000 / 62)
    inputs = derived(KNOWN, start=START).case.inputs
    assert "segments[Customers today].win_rate" not in inputs
    assert inputs["segments[Customers today].leads"].status == "estimate"


def test_a_range_reaches_the_one_input_it_is_about() -> None:
    ranges = {"customers_lost": (30.0, 50.0), "win_rate": (0.1, 0.3), "renewal_rate": (0.5, 0.6)}
    inputs = derived(KNOWN, ranges={key: ranges[key] for key in ("customers_lost", "win_rate")}).case.inputs
    churn = inputs["segments[Customers today].churn_rate"]
    assert (churn.low, churn.high) == (pytest.approx(0.075), pytest.approx(0.125))
    assert (
        inputs["segments[New customers].win_rate"].low,
        inputs["segments[New customers].win_rate"].high,
    ) == (
        0.1,
        0.3,
    )
    assert inputs["segments[New customers].leads"].low is None
    assert {path for path, said in inputs.items() if said.low is not None} == {
        "segments[Customers today].churn_rate",
        "segments[New customers].churn_rate",
        "segments[New customers].win_rate",
    }
    renewed = {key: value for key, value in KNOWN.items() if key != "customers_lost"} | {"renewal_rate": 0.55}
    churn = derived(renewed, ranges={"renewal_rate": ranges["renewal_rate"]}).case.inputs[
        "segments[Customers today].churn_rate"
    ]
    assert (churn.low, churn.high) == (pytest.approx(0.4), pytest.approx(0.5))


def test_a_score_is_context_and_moves_nothing() -> None:
    scored = derived(scores=[{"name": "NPS", "value": 21.0}]).case
    assert [score.name for score in scored.experience_scores] == ["NPS"]
    assert build.evaluate(scored).headline.npv == build.evaluate(derived().case).headline.npv


def test_the_source_tells_amounts_and_report() -> None:
    said = derived().case.inputs["segments[Customers today].churn_rate"].source
    assert said == (
        "customers lost / customers, last year (customers lost 40, customers 400; Renewals or retention report)"
    )
