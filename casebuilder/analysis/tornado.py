"""What matters most: every assumption alone from low to high, and how far it moves one number."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from casebuilder.analysis.ranges import Range, ranges
from casebuilder.analysis.study import Array, Study, in_force
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.results import CASE_LINES


@dataclass(frozen=True)
class KpiYear:
    """A KPI with the programme in a year, counted from 1; KPIs of the case as a whole are the same in every year."""

    kpi: str
    year: int


Measure = Literal["npv"] | KpiYear


@dataclass(frozen=True)
class Bar:
    """One assumption and the measure at its low and its high; None where the measure has no number there."""

    range: Range
    at_low: float | None
    at_high: float | None

    @property
    def swing(self) -> float | None:
        """How far the measure moves between low and high, never below zero; None where an end has no number."""
        if self.at_low is None or self.at_high is None:
            return None
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """A measure at the study's own values, and one bar per assumption: the largest swing first, ties by path."""

    measure: Measure
    at: float | None
    bars: tuple[Bar, ...]


def tornado(study: Study, measure: Measure = "npv", among: Collection[str] | None = None) -> Tornado:
    """Every assumption alone at its low and its high, as one batch of 1 run and 2 per assumption.

    `among` limits the assumptions by path. Sizes vary around the scenario's own, without a second risk adjustment.
    KeyError names a KPI that the model lacks, or a path that is no assumption of the case.
    """
    force, every = in_force(study), _chosen(ranges(study), among)
    found = _measured(force, measure, _changes(force, every))
    bars = [Bar(each, found[1 + 2 * n], found[2 + 2 * n]) for n, each in enumerate(every)]
    return Tornado(measure, found[0], tuple(sorted(bars, key=_rank)))


def _chosen(every: tuple[Range, ...], among: Collection[str] | None) -> tuple[Range, ...]:
    if among is None:
        return every
    paths = {each.path for each in every}
    for path in among:
        if path not in paths:
            raise KeyError(path)
    return tuple(each for each in every if each.path in among)


def _changes(study: Study, every: tuple[Range, ...]) -> dict[str, Array]:
    """The study's own values in run 0, then two runs per assumption: low and high."""
    changes = {each.key: np.full(1 + 2 * len(every), each.at) for each in every}
    for n, each in enumerate(every):
        changes[each.key][1 + 2 * n : 3 + 2 * n] = each.low, each.high
    return changes


def _measured(study: Study, measure: Measure, changes: dict[str, Array]) -> list[float | None]:
    key, year = ("npv", None) if isinstance(measure, str) else _line(measure)
    rows = study.runs(changes, [key])[key]
    row = rows if year is None else rows[year - 1]
    return [float(value) if math.isfinite(value) else None for value in row]


def _line(measure: KpiYear) -> tuple[str, int | None]:
    if measure.kpi in OF_THE_CASE:
        return CASE_LINES[measure.kpi], None
    return kpi_key(measure.kpi, "with"), measure.year


def _rank(bar: Bar) -> tuple[bool, float, str]:
    """Swings that differ in their last digits alone are equal: two factors of one product rank by path."""
    return bar.swing is None, -float(f"{bar.swing or 0.0:.9g}"), bar.range.path
