"""The examples: three companies that add up, with a verdict each, and somebody behind every number."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from casebuilder import build
from casebuilder.case import Case, library, load
from casebuilder.case.reading import read_data
from casebuilder.model.results import Outcome, Results

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = ("growth_network", "contract_services", "consumer_subscription")
GROUPS = ("sales", "service", "people", "risk", "finance", "limits")
#: What finance sets for the whole case.
SET_BY_FINANCE = ("years", "discount_rate", "tax_rate", "loaded_cost_per_fte")
OF_AN_INVESTMENT = (
    "start_month",
    "build_months",
    "ramp_months",
    "adoption",
    "one_time_cost",
    "annual_cost",
    "internal_fte",
)
FUNCTIONS = {
    "growth_network": {"ceo", "cfo", "cmo", "sales", "service"},
    "contract_services": {"ceo", "cfo", "cmo", "sales", "service"},
    "consumer_subscription": {"ceo", "cfo", "cmo", "service", "product"},
}

each = pytest.mark.parametrize("name", EXAMPLES)


@lru_cache(maxsize=3)
def case(name: str) -> Case:
    return load(FOLDER / f"{name}.yaml")


@lru_cache(maxsize=3)
def found(name: str) -> Results:
    return build.evaluate(case(name))


def data(name: str) -> Mapping[str, Any]:
    """The example as it is written, before anything is filled in."""
    plain = read_data(FOLDER / f"{name}.yaml")
    assert isinstance(plain, dict)
    return plain


def run_rates(name: str) -> dict[str, float]:
    """Yearly run rates on the day of the decision, straight from the inputs."""
    own = case(name)
    won = [s.leads * s.lead_to_opportunity * s.win_rate for s in own.segments]
    return {
        "revenue": sum(s.customers * s.revenue_per_customer for s in own.segments),
        "new_customers": sum(won) + sum(s.customers * s.referral_rate for s in own.segments),
        "contacts": sum(s.customers * s.issues_per_customer for s in own.segments)
        / own.service.first_contact_resolution,
        "bookings": sum(w * s.revenue_per_customer for w, s in zip(won, own.segments, strict=True)),
    }


def year_1(outcome: Outcome, kpi: str) -> float:
    value = outcome.kpi(kpi, "without")[0]
    assert value is not None, kpi
    return value


def test_these_are_the_examples() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(EXAMPLES)
    assert [case(name).company.currency for name in EXAMPLES] == ["USD", "EUR", "GBP"]
    assert [case(name).company.periods_per_year for name in EXAMPLES] == [4, 4, 12]


@each
@pytest.mark.parametrize("total", ["revenue", "new_customers", "contacts", "bookings"])
def test_the_baseline_reproduces_last_year(name: str, total: str) -> None:
    actual = getattr(case(name).actuals, total)
    assert actual is not None
    assert run_rates(name)[total] == pytest.approx(actual, rel=0.02)
    assert year_1(found(name).headline, total) == pytest.approx(actual, rel=0.06)


@each
def test_doing_nothing_follows_the_plan(name: str) -> None:
    planned = case(name).plan.revenue
    assert len(planned) == case(name).company.years
    for year, revenue in enumerate(found(name).headline.kpi("revenue", "without")):
        assert revenue == pytest.approx(planned[year], rel=0.05)


@each
def test_the_baseline_is_believable(name: str) -> None:
    own, outcome = case(name), found(name).headline
    start = sum(segment.customers for segment in own.segments)
    assert year_1(outcome, "customers") == pytest.approx(start, rel=0.15)
    assert all(segment.churn_rate > 0.01 for segment in own.segments)
    assert len(own.segments) == 2
    if own.sales.reps:
        assert 0.7 < year_1(outcome, "quota_attainment") < 1.0
    spend = sum(
        s.acquisition_cost
        * (
            s.leads * s.lead_to_opportunity * s.win_rate
            + own.sales.referral_cost_share * s.customers * s.referral_rate
        )
        for s in own.segments
    )
    assert own.sales.acquisition_spend == pytest.approx(spend, rel=0.08)
    own_hours = year_1(outcome, "agents_needed") * (1 - own.service.outsourced_share)
    assert own_hours < own.people.frontline_headcount < 1.7 * own_hours


@each
def test_every_number_has_a_status(name: str) -> None:
    """Every input of the model is typed, and every typed number says who stands behind it."""
    plain, inputs = data(name), case(name).inputs
    typed = [
        f"segments[{segment['name']}].{key}"
        for segment in plain["segments"]
        for key in segment
        if key != "name"
    ]
    typed += [f"{group}.{key}" for group in GROUPS for key in plain[group]]
    typed += [f"company.{key}" for key in SET_BY_FINANCE]
    typed += [
        f"initiatives[{entry['id']}].{key}"
        for entry in plain["initiatives"]
        for key in OF_AN_INVESTMENT
        if key in entry
    ]
    assert set(inputs) == set(typed)
    for word in library.inputs().values():
        places = (
            [f"segments[{s.name}]" for s in case(name).segments] if word.group == "segments" else [word.group]
        )
        if word.unit in ("choice", "flag"):
            continue
        assert all(f"{place}.{word.id}" in inputs for place in places), word.id


@each
def test_what_is_confirmed_has_an_owner_and_a_source(name: str) -> None:
    statuses = case(name).inputs.values()
    assert {status.status for status in statuses} == {"default", "estimate", "confirmed"}
    for path, status in case(name).inputs.items():
        assert status.status == "default" or (status.owner and status.source), path
        assert status.status != "confirmed" or status.as_of, path
        assert status.status != "default" or not (status.owner or status.source), path


@each
def test_ranges_hold_the_value(name: str) -> None:
    own = case(name)
    ranged = 0
    for segment in own.segments:
        for key in ("churn_rate", "win_rate"):
            status = own.inputs[f"segments[{segment.name}].{key}"]
            if status.low is not None and status.high is not None:
                ranged += 1
                assert status.low < getattr(segment, key) < status.high
    assert ranged


@each
def test_every_stakeholder_has_drivers_that_agree_with_the_baseline(name: str) -> None:
    people = case(name).stakeholders
    assert {person.persona for person in people} >= FUNCTIONS[name]
    assert {person.part for person in people} >= {"approves", "delivers", "influences"}
    for person in people:
        assert person.drivers, person.persona
        for driver in person.drivers:
            assert driver.target is not None, f"{person.persona}: {driver.kpi}"
            if driver.kpi == "other" or driver.kind == "hurdle":
                continue
            assert driver.current is not None and driver.due is not None, f"{person.persona}: {driver.kpi}"
            baseline = year_1(found(name).headline, driver.kpi)
            assert driver.current == pytest.approx(baseline, rel=0.02), f"{person.persona}: {driver.kpi}"


@each
def test_what_people_signed_exists(name: str) -> None:
    own = case(name)
    paths = {
        f"initiatives[{initiative.id}].effects[{effect.lever},{effect.segment}]": effect
        for initiative in own.initiatives
        for effect in initiative.effects
    }
    signed = [path for person in own.stakeholders for path in person.signed]
    assert signed
    for path in signed:
        if path.startswith("initiatives"):
            assert paths[path].agreed is not None, path
        else:
            assert path.removeprefix("headline_shares.") in own.headline_shares, path


@each
def test_sizes_stay_within_what_is_proposed(name: str) -> None:
    """Without a measurement of their own, effects are no larger than the library's."""
    for initiative in case(name).initiatives:
        for effect in initiative.effects:
            assert set(effect.sources) <= set(library.evidence())
            assert effect.note and effect.owner, f"{initiative.id}: {effect.lever}"
            if effect.grade == "A":
                assert any(character.isdigit() for character in effect.note), "a pilot has numbers"
                continue
            proposed = [
                proposal
                for entry in library.initiatives().values()
                for proposal in entry.effects
                if proposal.lever == effect.lever and entry.id == (initiative.use or entry.id)
            ]
            assert proposed, f"{initiative.id}: nothing is proposed for {effect.lever}"
            assert effect.base <= max(proposal.base for proposal in proposed)
            assert effect.high <= max(proposal.high for proposal in proposed)


@each
def test_the_case_is_complete(name: str) -> None:
    own = case(name)
    assert all(initiative.gate and initiative.gate.stop_if for initiative in own.initiatives)
    assert all(initiative.internal_fte > 0 and initiative.annual_cost > 0 for initiative in own.initiatives)
    named = {problem.id for problem in own.problems}
    assert named == {problem for initiative in own.initiatives for problem in initiative.problems}
    assert all(problem.evidence and problem.source and problem.customers_affected for problem in own.problems)
    assert own.experience_scores
    assert all(value is not None for value in own.readiness.model_dump().values())
    assert own.decision.stage_1 is not None and own.decision.stage_1.option in own.options
    assert sum(person.private is not None for person in own.stakeholders) == 1
    long_forms = [share for share in own.headline_shares.values() if not isinstance(share, float)]
    assert len(long_forms) == 1 and long_forms[0].owner


@each
def test_the_sums_add_up(name: str) -> None:
    results = found(name)
    for outcome in (*results.scenarios.values(), *results.options.values()):
        assert all(check.ok for check in outcome.checks)


@each
def test_warnings_are_those_the_example_is_about(name: str) -> None:
    about = {
        "growth_network": {"at_limit", "beyond_horizon"},
        "contract_services": {"beyond_horizon", "only_optimistic"},
        "consumer_subscription": {"one_line"},
    }
    careless = {"actuals", "plan", "requirement_off", "coarse_periods", "above_revenue"}
    own = build.answers(case(name))
    warned = {warning["id"] for warning in own["scenarios"][own["headline"]]["warnings"]}
    assert about[name] <= warned
    assert not careless & warned


def test_retention_fails_where_nobody_leaves() -> None:
    """At this churn there is no room: the retention benefit is nothing, and the money is gone."""
    results = found("growth_network")
    for outcome in (results.scenario("optimistic"), results.option("retention")):
        assert set(outcome.flow("retention")) == {0.0}
    retention = results.option("retention")
    assert retention.npv == pytest.approx(-retention.amount("pv_costs"))
    assert retention.npv < -1_000_000


def test_growth_pays_where_retention_does_not() -> None:
    results = found("growth_network")
    growth = results.option("growth")
    assert growth.npv > 1_000_000
    assert growth.payback_state == "reached"
    assert results.option("full").npv < growth.npv
    assert results.scenario("risk_adjusted").npv == pytest.approx(results.option("full").npv)


def test_the_full_programme_does_not_pay_and_a_smaller_one_does() -> None:
    results = found("contract_services")
    assert results.option("full").npv < -1_000_000
    assert results.option("lean").npv > 500_000
    assert results.option("lean").payback_state == "reached"


def test_a_subscription_pays_and_pays_better_in_small() -> None:
    results = found("consumer_subscription")
    full, lean = results.option("full"), results.option("lean")
    assert 0 < full.npv < lean.npv
    assert lean.amount("pv_costs") < full.amount("pv_costs")
    assert results.scenario("conservative").npv < 0
