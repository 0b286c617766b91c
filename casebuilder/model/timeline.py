"""Time: periods, months, years and the discount factor, one column each."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from casebuilder.model.expressions import Line, ceiling, equal, previous
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input


@dataclass(frozen=True)
class Timeline:
    """The lines of time that others read."""

    per_year: Line
    horizon_months: Line
    period: Line
    month: Line
    year: Line
    final: Line
    factor: Line


def timeline(graph: Graph) -> Timeline:
    """Add the lines of time; period t ends at month 12*t/P and belongs to year ceil(t/P)."""
    graph.section("Time")
    years = graph.input("company.years", "Horizon", "years")
    per_year = graph.input("company.periods_per_year", "Periods per year", "per_year")
    mid = graph.input("company.mid_period", "Discounting at mid-period", "flag")
    rate = company_input(graph, "discount_rate")
    horizon = graph.constant("horizon_months", "Months in the horizon", "months", years * 12)
    last = graph.constant("periods", "Number of periods", "period", years * per_year)
    period = graph.later("period", "Period", "period", 0)
    graph.place(period, previous(period) + 1)
    month = graph.level("month", "Month at the end of the period", "months", period * 12 / per_year)
    year = graph.level("year", "Year", "period", ceiling(period / per_year))
    final = graph.level("final", "Last period", "flag", equal(period, last))
    factor = graph.period(
        "factor", "Discount factor", "factor", (1 + rate) ** (-((period - mid / 2) / per_year)), 1
    )
    return Timeline(per_year, horizon, period, month, year, final, factor)


def last_day(start: date, months: int) -> date:
    """The last day of a period that ends a number of months after the start; the start itself for none."""
    return period_end(start, months) - timedelta(days=1) if months else start


def period_end(start: date, months: int) -> date:
    """The day a number of months after the start: a period's end, and the next one's first day."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
