"""Cases for the tests of the model: a small one with everything in it, the examples, and shortcuts to evaluate them."""

import copy
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings

from casebuilder.analysis import results
from casebuilder.case import Case, from_data, library, load
from casebuilder.model.results import Outcome, Results

EXAMPLES = tuple(sorted(path.stem for path in (Path(__file__).parents[2] / "examples").glob("*.yaml")))

#: Two segments, quarters, every input above 0: no metric is at its limit and every one can be moved.
SMALL: dict[str, Any] = {
    "casebuilder": 1,
    "title": "A small case",
    "company": {
        "name": "Small",
        "currency": "EUR",
        "decision_date": "2027-01-01",
        "years": 2,
        "periods_per_year": 4,
        "discount_rate": 0.1,
        "loaded_cost_per_fte": 100_000,
    },
    "segments": [
        {
            "name": "North",
            "customers": 400,
            "revenue_per_customer": 12_000,
            "gross_margin": 0.6,
            "churn_rate": 0.15,
            "growth_per_customer": 0.02,
            "discount": 0.1,
            "leads": 2_000,
            "lead_to_opportunity": 0.2,
            "win_rate": 0.25,
            "acquisition_cost": 2_000,
            "referral_rate": 0.02,
            "issues_per_customer": 10,
            "onboarding_days": 40,
            "credit_rate": 0.02,
        },
        {
            "name": "South",
            "customers": 3_000,
            "revenue_per_customer": 900,
            "gross_margin": 0.5,
            "churn_rate": 0.25,
            "growth_per_customer": -0.01,
            "discount": 0.05,
            "leads": 9_000,
            "lead_to_opportunity": 0.3,
            "win_rate": 0.3,
            "acquisition_cost": 150,
            "referral_rate": 0.04,
            "issues_per_customer": 3,
            "onboarding_days": 12,
            "credit_rate": 0.03,
        },
    ],
    "sales": {
        "reps": 12,
        "quota_per_rep": 120_000,
        "sales_cycle_days": 80,
        "capacity_bound": 0.4,
        "referral_cost_share": 0.3,
        "variable_acquisition_share": 0.4,
        "acquisition_spend": 600_000,
    },
    "service": {
        "first_contact_resolution": 0.7,
        "self_service_share": 0.3,
        "cost_per_assisted_contact": 12,
        "cost_per_self_service_contact": 1,
        "minutes_per_assisted_contact": 9,
        "productive_hours_per_agent": 1_400,
        "outsourced_share": 0.25,
    },
    "people": {"frontline_headcount": 30, "attrition_rate": 0.4, "replacement_cost": 6_000},
    "risk": {"incidents_per_year": 5, "cost_per_incident": 20_000},
    "finance": {"days_sales_outstanding": 50},
    "initiatives": [
        {
            "id": "listen",
            "name": "Listen",
            "start_month": 0,
            "build_months": 2,
            "one_time_cost": 20_000,
            "annual_cost": 15_000,
        },
        {
            "id": "act",
            "name": "Act on it",
            "start_month": 1,
            "build_months": 2,
            "ramp_months": 6,
            "adoption": 0.8,
            "one_time_cost": 30_000,
            "annual_cost": 24_000,
            "internal_fte": 0.5,
            "requires": ["listen"],
            "effects": [
                {
                    "lever": "churn_rate",
                    "segment": "all",
                    "low": 0.02,
                    "base": 0.06,
                    "high": 0.1,
                    "grade": "C",
                },
                {
                    "lever": "win_rate",
                    "segment": "North",
                    "low": 0.01,
                    "base": 0.04,
                    "high": 0.08,
                    "grade": "A",
                },
                {"lever": "first_contact_resolution", "low": 0.0, "base": 0.02, "high": 0.05, "grade": "B"},
            ],
        },
    ],
    "options": {"all_of_it": "all", "ears_only": ["listen"]},
}


def small(**changes: Any) -> dict[str, Any]:
    """A copy of the small case as plain data, some of its blocks replaced."""
    return {**copy.deepcopy(SMALL), **changes}


def moving(
    lever: str, low: float, base: float, high: float, segment: str = "all", **changes: Any
) -> dict[str, Any]:
    """The small case with one free initiative that moves one metric, in full, from the first day."""
    effect = {"lever": lever, "segment": segment, "low": low, "base": base, "high": high, "grade": "A"}
    return small(
        initiatives=[{"id": "one", "name": "One", "effects": [effect]}], options={"it": "all"}, **changes
    )


def flows(
    net: Iterable[float], per_year: int = 1, years: int | None = None, **company: Any
) -> dict[str, Any]:
    """A case of one cash-flow table, no levers: its net cash flow is `net` from period 0, in its only scenario.

    Yearly amounts; with more periods a year each amount is one year's, spread evenly over its periods.
    """
    initial, *by_year = net
    return {
        "casebuilder": 1,
        "title": "A table of cash flows",
        "company": {
            "name": "Table",
            "currency": "EUR",
            "decision_date": "2027-01-01",
            "years": years or len(by_year),
            "periods_per_year": per_year,
            "discount_rate": 0.1,
            **company,
        },
        "custom_lines": [
            {"name": "Net", "kind": "benefit", "class": "margin", "initial": initial, "by_year": by_year}
        ],
        "scenarios": {"as_typed": {}},
    }


def case_of(data: Mapping[str, Any]) -> Case:
    """The case in plain data."""
    return from_data(data)


def run(data: Mapping[str, Any], keep: Iterable[str] | None = None) -> Results:
    """Every scenario and option of the case in plain data."""
    return results(case_of(data), keep)


def only(data: Mapping[str, Any], keep: Iterable[str] | None = None) -> Outcome:
    """The headline scenario of the case in plain data."""
    return run(data, keep).headline


@functools.cache
def example(name: str) -> Results:
    """An example of the repository, evaluated."""
    return results(load(Path(__file__).parents[2] / "examples" / f"{name}.yaml"))


def few(share: float) -> settings:
    """A share of the examples that a quick test tries; a case from a seed does not become simpler by shrinking."""
    usual = settings.get_profile(settings.get_current_profile_name()).max_examples
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=max(3, round(share * usual)), phases=phases, report_multiple_bugs=False)


LINE_OF = {lever.id: lever.line for lever in library.levers().values()}
