"""What output sheets share: which benefits a case can have, and the sum of a period line by year."""

from __future__ import annotations

from casebuilder.case import library
from casebuilder.model.results import Outcome, Results
from casebuilder.workbook.layout import SELECTED, Layout

#: The benefit that no metric has as its own, and a KPI behind which stand all metrics that can move it.
TIED, MOVED_BY = "working_capital", "revenue"


def possible(results: Results) -> tuple[str, ...]:
    """Ids of the benefits that an investment's effects can bring, whatever inputs become, then the company's own."""
    kpis, levers = library.kpis(), library.levers()
    named = {effect.lever for initiative in results.case.initiatives for effect in initiative.effects}
    lines = {levers[name].line for name in named}
    if named & set(kpis[MOVED_BY].levers):
        lines.add(TIED)
    return tuple(line for line in results.benefit_lines if line in lines or line.startswith("custom:"))


def sum_of_year(layout: Layout, years: str, year: str, key: str, first: bool = False) -> str:
    """The sum of a period line of Calc selected where `years` is the year; `first` leaves period 0 out of it."""
    return f"=SUMIF({years},{year},{layout.across(SELECTED, key, first)})"


def by_year(outcome: Outcome, key: str, year_of_period: list[int]) -> dict[int, float]:
    """A period line summed by the year that each period belongs to, period 0 first."""
    found = dict.fromkeys(year_of_period, 0.0)
    for year, value in zip(year_of_period, outcome.flow(key), strict=True):
        found[year] += value
    return found
