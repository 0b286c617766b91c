"""A programme of five investments for the tests of attribution and choice, and each of its versions typed by hand."""

import copy
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from casebuilder.analysis import results
from casebuilder.model.results import Outcome
from tests.model.cases import case_of, small

#: What is read of a case that is typed in.
READ = ("npv", "pv_costs", "costs", "peak_funding", "payback_months")
IDS = ("listen", "act", "desk", "quotes", "portal")


def programme(**changes: Any) -> dict[str, Any]:
    """`act` needs `listen`, `portal` needs `desk`; lines of the company's own, a promise, two options, two people."""
    listen, act = small()["initiatives"]
    listen |= {"one_time_cost": 8_000, "annual_cost": 6_000, "gate": {"month": 7, "indicator": "Answers"}}
    act |= {"one_time_cost": 12_000, "annual_cost": 9_000, "internal_fte": 0.1, "adoption": 1}
    act["gate"] = {"month": 6, "indicator": "Calls"}
    act["effects"][0].update(low=0.1, base=0.3, high=0.4)
    data = small(
        initiatives=[
            listen,
            act,
            _investment("desk", "Desk", 9_000, 4_000, first_contact_resolution=0.15, churn_rate=0.05),
            _investment("quotes", "Quotes, fast", 6_000, 3_000, sales_cycle_days=0.12),
            _investment("portal", "Portal", 20_000, 9_000, ["desk"], self_service_share=0.2, churn_rate=0.1),
        ],
        options={"all_of_it": "all", "lean": ["listen", "act"], "odd": ["act", "portal"]},
        custom_lines=[
            {"name": "Audit", "kind": "cost", "initial": 3_000, "by_year": [1_000, 2_000]},
            {
                "name": "Tool retired",
                "kind": "benefit",
                "class": "cost_out",
                "by_year": [4_000, 8_000],
                "initiative": "listen",
            },
        ],
        headline_shares={"repeat_contacts": 0.9, "incidents": 0.5},
        stakeholders=[
            {
                "persona": "service",
                "drivers": [
                    {"kpi": "first_contact_resolution", "importance": 4, "on_scorecard": True, "target": 0.8},
                    {"kpi": "churn_rate", "importance": 2, "target": 0.1},
                ],
            },
            {
                "persona": "cfo",
                "drivers": [{"kpi": "npv", "kind": "hurdle", "importance": 5, "target": 30_000}],
            },
            {"persona": "cio"},
        ],
    )
    return {**data, **changes}


def _investment(
    id: str, name: str, once: float, annual: float, requires: Iterable[str] = (), **effects: float
) -> dict[str, Any]:
    return {
        "id": id,
        "name": name,
        "build_months": 1,
        "ramp_months": 3,
        "one_time_cost": once,
        "annual_cost": annual,
        "requires": list(requires),
        "effects": [
            {"lever": lever, "low": size / 2, "base": size, "high": size * 1.5, "grade": "B"}
            for lever, size in effects.items()
        ],
    }


def typed(data: dict[str, Any], inside: Iterable[str], **changes: Any) -> Outcome:
    """The headline of a case in which only these investments are switched on, one evaluation of its own."""
    data, chosen = copy.deepcopy({**data, **changes}), frozenset(inside)
    for initiative in data["initiatives"]:
        initiative["enabled"] = initiative["id"] in chosen
    return results(case_of(data), READ).headline


def subsets(ids: Iterable[str]) -> Iterator[frozenset[str]]:
    """All subsets, by size."""
    all_ids = tuple(ids)
    for size in range(len(all_ids) + 1):
        yield from map(frozenset, itertools.combinations(all_ids, size))
