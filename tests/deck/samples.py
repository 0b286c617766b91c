"""Pitches to render: a realistic one for a head of sales, and hard variants of it."""

import math
from dataclasses import replace
from functools import cache
from typing import Any

from casebuilder.deck import render
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Pitch, Role, Series, Table
from tests.deck.evidence import contents, distributions, tornadoes
from tests.deck.sales_pitch import (
    STAMP,
    STEPS,
    assumptions,
    benefits,
    cash_flow,
    cover,
    decision,
    figure,
    kpi,
    pitch,
    scenarios,
)

__all__ = [
    "STAMP",
    "STEPS",
    "assumptions",
    "benefits",
    "cash_flow",
    "cover",
    "decision",
    "figure",
    "kpi",
    "pitch",
    "scenarios",
]

LONG = "Close the loop with every detractor within forty-eight hours in all regions, all"
FOREIGN = "Größenordnung der Kündigungen, 客户流失率的降低和收入增长, Снижение оттока клиентов, تقليل فقدان العملاء 🚀"


def waterfall(title: str, steps: tuple[tuple[str, float], ...], roles: tuple[Role, ...] = ()) -> Exhibit:
    """Steps that end in their total."""
    values = (*(value for _, value in steps), sum(value for _, value in steps))
    names = (*(name for name, _ in steps), "Net present value")
    scale = numbers.chart_scale(values, "money")
    chart = Chart(
        "waterfall",
        names,
        (Series("Value", values, "programme"),),
        "money",
        scale.title("money", "USD"),
        f"Waterfall: {title}",
        roles=roles,
        totals=frozenset({len(steps)}),
        scale=scale.factor,
    )
    return replace(benefits(), title=title, chart=chart)


def with_chart(exhibit: Exhibit, title: str, **changes: Any) -> Exhibit:
    """The exhibit with another title and changes of its chart."""
    assert exhibit.chart
    return replace(exhibit, title=title, chart=replace(exhibit.chart, **changes))


def hard_waterfalls() -> tuple[Exhibit, ...]:
    """Waterfalls across zero, to a loss, of many steps, of long and foreign names, of one step, with a gap."""
    small = ("Benefits", "Costs", "Freed capacity", "Tax", "Late gains")
    roles: tuple[Role, ...] = ("programme", "cost", "capacity", "harm", "programme", "programme")
    many = (
        "More deals won",
        "Better conversion of leads",
        "Customers kept",
        "Contacts moved to self-service",
    )
    gap = waterfall("One step is not known", (("Known", 5.0), ("Unknown", 0.0), ("Also known", -2.0)))
    return (
        waterfall("Crosses zero twice", tuple(zip(small, (3e5, -9e5, 2e5, -15e4, 7e5), strict=True)), roles),
        waterfall("Ends in a loss", tuple(zip(small, (3e5, -9e5, 2e5, -15e4, 1e4), strict=True)), roles),
        waterfall("Fourteen steps in billions", tuple((many[i % 4], (7 - i) * 1.3e9) for i in range(13))),
        waterfall(f"{LONG} and {FOREIGN}", tuple((f"{i} {LONG}"[:80], 1e3 * (i - 3)) for i in range(1, 13))),
        waterfall(
            FOREIGN, (("客户流失率的降低", 1.0), ("Снижение оттока", 2.0), ("تقليل فقدان العملاء", 3.0))
        ),
        waterfall("One step", (("All of it", 12.0),)),
        with_chart(gap, gap.title, series=(Series("Value", (5.0, None, -2.0, 3.0), "programme"),)),
    )


def hard_kpis() -> tuple[Exhibit, ...]:
    """Columns, lines that touch, a target, a KPI that gets worse, a gap, no numbers, no chart."""
    assert kpi().chart
    years = ("2027", "2028", "2029", "2030", "2031")
    contacts = (
        Series("Do nothing", (118_400.0, 121_000, 124_000, 126_000, 131_000), "do_nothing"),
        Series("With the programme", (117_000.0, 109_000, 101_000, 94_000, 90_500), "programme"),
    )
    close = (
        Series("Do nothing", (0.82, 0.82, 0.821), "do_nothing"),
        Series("With the programme", (0.82, 0.821, 0.823), "programme"),
        Series("Target", (0.95, 0.95, 0.95), "muted"),
    )
    target = (*kpi().chart.series, Series("Target", (None, None, 0.95), "muted"))
    odd = (
        Series("Do nothing", (0.5, None, math.nan), "do_nothing"),
        Series("With\x07 the programme", (math.inf, None, 0.6), "harm"),
    )
    nothing = (Series("Do nothing", (None, None, None), "do_nothing"),)
    return (
        with_chart(
            kpi(), "Columns", kind="columns", unit="count", categories=years, series=contacts, scale=1e3
        ),
        with_chart(kpi(), "Lines that end close together", series=close),
        with_chart(kpi(), "A target in the last year", series=target),
        with_chart(kpi(), "Values that are none", series=odd),
        with_chart(kpi(), "No value at all", series=nothing),
        with_chart(kpi(), "Bars by segment", kind="bars", categories=(LONG, FOREIGN, "Small business")),
        replace(kpi(), title="No chart", chart=None, figures=kpi().figures * 7),
    )


def hard_cash_flows() -> tuple[Exhibit, ...]:
    """Four years, and every month of ten years."""
    net = (-420e3, -420e3, 840e3, 1.57e6)
    so_far = (-420e3, -840e3, 0.0, 1.57e6)
    yearly = (
        Series("Net cash of the year", net, "programme"),
        Series("So far", so_far, "muted", ("", "USD −840 K", "Paid back: month 24", "")),
    )
    monthly = (
        Series("Net cash of the month", tuple(-5e3 if i < 30 else 4e3 for i in range(121)), "programme"),
        Series("So far", tuple(-5e3 * min(i, 30) + 4e3 * max(0, i - 30) for i in range(121)), "muted"),
    )
    years, months = ("Start", "Year 1", "Year 2", "Year 3"), tuple(f"Month {i}" for i in range(121))
    roles: tuple[Role, ...] = ("cost", "cost", "programme", "programme")
    return (
        with_chart(cash_flow(), "By year", categories=years, series=yearly, roles=roles),
        with_chart(cash_flow(), "Ten years by month", categories=months, series=monthly, roles=(), scale=1e3),
    )


def hard_tables() -> tuple[Exhibit, ...]:
    """Scenarios with long names, without a table, without a match; figures and takeaways without end; endless cells."""
    first = scenarios()
    assert first.table
    named = replace(first.table, rows=tuple((LONG, *row[1:]) for row in first.table.rows))
    longer = replace(first.table, rows=tuple((LONG * 4, *row[1:]) for row in first.table.rows))
    fewer = replace(first.table, rows=first.table.rows[:2], emphasised=None)
    options = Table(
        ("Option", "Net present value", "Paid back after"),
        (("Full programme", "USD 1.3 M", "22 months"), ("Smaller version", "USD 0.7 M", "19 months")),
        numeric=frozenset({1, 2}),
        emphasised=1,
    )
    losses = tuple(
        figure(f"k{i}", LONG, -1.23e9 * (i + 1), "money", "USD −1.2 B, worse", "harm") for i in range(6)
    )
    rows = tuple((LONG, "USD 1,234 M", "−20%", FOREIGN, LONG[:50]) for _ in range(12))
    wide = Table(("What must be true", "Today", "Effect", "Status", "Owner"), rows, frozenset({1, 2}))
    endless = replace(wide, rows=((LONG * 60, "1", "2", FOREIGN * 20, "x" * 400),))
    return (
        replace(first, title="Long names", table=named),
        replace(first, title="Names longer than a row", table=longer),
        replace(first, title="No table", table=None),
        replace(first, title="A table of other rows", table=fewer),
        replace(first, title="No chart", chart=None),
        replace(
            decision(), title=LONG * 4, figures=losses, table=options, takeaways=(LONG, FOREIGN, LONG * 3)
        ),
        replace(
            decision(), title="Nothing but words", figures=(), takeaways=tuple(LONG * 9 for _ in range(9))
        ),
        replace(assumptions(), title="Long cells", table=wide, takeaways=(LONG * 3,) * 4, source=LONG * 9),
        replace(assumptions(), title="A cell without end", table=endless),
        replace(assumptions(), title="No table", table=None, figures=losses[:5]),
        replace(assumptions(), title="Sixty rows" + "\u200b" * 30, table=replace(wide, rows=rows * 5)),
    )


def hard() -> dict[str, Pitch]:
    """Pitches in which something is too long, too large, too many, negative, foreign or missing."""
    return {
        "waterfalls": pitch(*hard_waterfalls()),
        "kpis": pitch(*hard_kpis()),
        "cash flows": pitch(*hard_cash_flows()),
        "tables": pitch(*hard_tables()),
        "tornadoes": pitch(*tornadoes()),
        "distributions": pitch(*distributions()),
        "contents": pitch(*contents()),
        "cover": replace(
            pitch(replace(cover(), title=LONG * 3, takeaways=(LONG * 2, FOREIGN * 4))), company=LONG * 3
        ),
    }


PITCHES = {"sales": pitch(), **hard()}


@cache
def rendered(name: str) -> bytes:
    """The deck of a sample pitch, rendered once."""
    return render(PITCHES[name])
