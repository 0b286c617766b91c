"""The numbers of the frozen case, for the hand-written kernel: as the case has them, or one per run where they vary.

A number is a plain float, or an array of shape (runs,) once a run changes it; arithmetic is the same for both, so the
records below say `Row` for either. Money in USD, rates per year, times in months unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

Row = NDArray[np.float64]
#: An effect by initiative id, lever and segment as the case writes it.
Effect = tuple[str, str, str]

CASE = Path(__file__).with_name("frozen_case.yaml")
#: What the case leaves at its default and a run may change.
DEFAULTS = {"sales.variable_acquisition_share": 0.5}


@dataclass(frozen=True)
class Segment:
    """One segment's inputs, by the names of the case."""

    customers: Row
    revenue_per_customer: Row
    gross_margin: Row
    churn_rate: Row
    growth_per_customer: Row
    discount: Row
    leads: Row
    lead_to_opportunity: Row
    win_rate: Row
    acquisition_cost: Row
    referral_rate: Row
    issues_per_customer: Row
    onboarding_days: Row
    credit_rate: Row


@dataclass(frozen=True)
class Company:
    """The company's inputs, by the names of the case."""

    discount_rate: Row
    loaded_cost_per_fte: Row
    sales_cycle_days: Row
    capacity_bound: Row
    referral_cost_share: Row
    variable_acquisition_share: Row
    first_contact_resolution: Row
    self_service_share: Row
    cost_per_assisted_contact: Row
    cost_per_self_service_contact: Row
    minutes_per_assisted_contact: Row
    outsourced_share: Row
    frontline_headcount: Row
    attrition_rate: Row
    replacement_cost: Row
    incidents_per_year: Row
    cost_per_incident: Row
    days_sales_outstanding: Row


@dataclass(frozen=True)
class Initiative:
    """One initiative: what it costs and how much of it is taken up; when it works is in `SCHEDULE`."""

    adoption: Row
    one_time_cost: Row
    annual_cost: Row
    internal_fte: Row


@dataclass(frozen=True)
class Timing:
    """When an initiative spends first, and from when and how slowly it takes effect."""

    start: int
    begin: int
    ramp: int


@dataclass(frozen=True)
class Numbers:
    """Everything but sizes of effects."""

    segments: dict[str, Segment]
    company: Company
    initiatives: dict[str, Initiative]


@lru_cache(maxsize=1)
def _case() -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    return case


def ranges_of_the_case() -> dict[Effect, tuple[float, float, float]]:
    """The 30 effects of the case with their low, base and high sizes, in the order of the file."""
    return {
        (initiative["id"], effect["lever"], effect["segment"]): (
            effect["low"],
            effect["base"],
            effect["high"],
        )
        for initiative in _case()["initiatives"]
        for effect in initiative.get("effects", [])
    }


def effects_of_the_case() -> dict[Effect, float]:
    """The effects of the case with their `base` sizes."""
    return {effect: base for effect, (_, base, _) in ranges_of_the_case().items()}


def _inputs_of_the_case() -> dict[str, float]:
    """Every input by its path in the case."""
    case, found = _case(), dict(DEFAULTS)
    for segment in case["segments"]:
        found |= {f"segments[{segment['name']}].{field}": segment[field] for field in _names(Segment)}
    for group in ("company", "sales", "service", "people", "risk", "finance"):
        found |= {f"{group}.{field}": case[group][field] for field in _names(Company) if field in case[group]}
    for initiative in case["initiatives"]:
        terms = {"adoption": 1.0, "internal_fte": 0.0, **initiative}
        found |= {f"initiatives[{initiative['id']}].{field}": terms[field] for field in _names(Initiative)}
    return {path: float(value) for path, value in found.items()}


def _timing_of_the_case() -> dict[str, Timing]:
    """An initiative works once it and everything it requires, directly or not, is built."""
    found: dict[str, Timing] = {}
    for initiative in _case()["initiatives"]:
        start = initiative.get("start_month", 0)
        needed = [found[required].begin for required in initiative.get("requires", [])]
        begin = max([start + initiative.get("build_months", 0), *needed])
        found[initiative["id"]] = Timing(start, begin, initiative.get("ramp_months", 0))
    return found


def _names(record: type) -> list[str]:
    return [field.name for field in fields(record)]


INPUTS = _inputs_of_the_case()
SCHEDULE = _timing_of_the_case()
EFFECTS: tuple[Effect, ...] = tuple(effects_of_the_case())
SEGMENTS: tuple[str, ...] = tuple(segment["name"] for segment in _case()["segments"])
REQUIRES: dict[str, tuple[str, ...]] = {
    initiative["id"]: tuple(initiative.get("requires", [])) for initiative in _case()["initiatives"]
}
#: The path of each of the company's inputs, by name.
PATH = {path.rpartition(".")[2]: path for path in INPUTS if "[" not in path}


def numbers(changed: Mapping[str, Row]) -> Numbers:
    """The case's numbers with some inputs changed, by path: one value per run each, not checked."""
    given: dict[str, Any] = {**INPUTS, **changed}
    return Numbers(
        {s: Segment(*(given[f"segments[{s}].{field}"] for field in _names(Segment))) for s in SEGMENTS},
        Company(*(given[PATH[field]] for field in _names(Company))),
        {
            id: Initiative(*(given[f"initiatives[{id}].{field}"] for field in _names(Initiative)))
            for id in SCHEDULE
        },
    )
