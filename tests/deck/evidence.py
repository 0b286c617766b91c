"""Exhibits of what moves a case and how sure it is: tornadoes, distributions, and tables of every size."""

import math
from dataclasses import replace

from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Role, Series, Table
from tests.deck.sales_pitch import benefits, decision, figure

NAMES = (
    "Win rate, Mid-market (15% to 19%)",
    "Revenue churn, Enterprise (9% to 12%)",
    "Share of deals that wait for a rep's time, all segments together (20% to 60%)",
    "Cost of one assisted contact (USD 6 to USD 9)",
    "Months to full effect (6 to 18)",
    "Growth of existing customers, Small business (1% to 4%)",
)

LONG_ROW = (
    "Win rate of opportunities, Mid-market and Enterprise",
    "Head of sales operations, Europe and Americas together",
    "CRM export of closed opportunities by segment and quarter",
    "USD 1.23 M",
    "Not signed",
    "E-mail ready: please confirm or replace the number by 15 January",
)


SHORT_ROW = ("Win rate of deals", "Sales operations", "CRM export", "USD 1.2 M", "Not signed")


def tornado(
    title: str, ends: tuple[tuple[float | None, float | None], ...], centre: float, *, words: str = ""
) -> Exhibit:
    """Ranges with the given low and high ends around a centre; `words` stand at each end after its amount."""
    values = [end for pair in ends for end in pair if end is not None]
    scale = numbers.chart_scale(values, "money")
    roles: tuple[Role, Role] = ("harm", "programme")
    series = tuple(
        Series(name, row, role, tuple(f"{scale.text(end)}{words}" for end in row) if words else ())
        for name, row, role in zip(("Low end", "High end"), zip(*ends, strict=True), roles, strict=True)
    )
    chart = Chart(
        "range",
        tuple(NAMES[i % len(NAMES)] for i in range(len(ends))),
        series,
        "money",
        f"Net present value, {scale.title('money', 'USD')}",
        f"Tornado: {title}",
        scale=scale.factor,
        centre=centre,
    )
    signed = figure("signed", "of the value rests on signed numbers", 0.0, "share")
    return Exhibit("tornado", title, ("Win rate alone decides.",), (signed,), chart, source="Case file")


def around(centre: float, unit: float, count: int) -> tuple[tuple[float, float], ...]:
    """Ends on both sides of a centre, the widest first."""
    return tuple((centre - 2 * unit / (1 + i / 2), centre + 1.5 * unit / (1 + i / 3)) for i in range(count))


#: Ends on both sides, on one side, at the centre, the low one at the right, one or both unknown.
MIXED: tuple[tuple[float | None, float | None], ...] = (
    (-4e5, 3e6),
    (1.5e6, 2.4e6),
    (0.2e6, 0.8e6),
    (1e6, 1.9e6),
    (0.3e6, 1e6),
    (1.4e6, 0.7e6),
    (None, 1.6e6),
    (1e6, 1e6),
    (None, None),
)


def tornadoes() -> tuple[Exhibit, ...]:
    """One, four, ten and twelve bars; thousands to billions; losses; ends anywhere; words that do not fit."""
    return (
        tornado("One bar", around(1.3e6, 1e6, 1), 1.3e6),
        tornado("Four bars with words", around(45e3, 3e4, 4), 45e3, words=" at 19%"),
        tornado("Ten bars", around(1.3e6, 1e6, 10), 1.3e6),
        tornado("Twelve bars, a loss in billions", around(-1.5e9, 2e9, 12), -1.5e9),
        tornado("Ends anywhere", MIXED, 1e6),
        tornado("No swing", ((5.0, 5.0),) * 2, 5.0),
        tornado("Words without end", around(1.3e6, 1e6, 3), 1.3e6, words=" of all that is sold in a year"),
    )


def distribution(title: str, count: int, middle: float, marks: dict[int, str]) -> Exhibit:
    """A bell of so many bins from -3 to 3 million, those below zero as harm, some of them marked."""
    middles = [(i + 0.5) * 6 / count - 3 for i in range(count)]
    heights = [math.exp(-((value - middle) ** 2)) for value in middles]
    roles: tuple[Role, ...] = tuple("harm" if value < 0 else "do_nothing" for value in middles)
    chart = Chart(
        "columns",
        tuple(f"{value:.2f}".replace("-", "−") for value in middles),
        (
            Series(
                "Share of runs",
                tuple(height / sum(heights) for height in heights),
                "do_nothing",
                tuple(marks.get(i, "") for i in range(count)),
            ),
        ),
        "share",
        "Share of 10,000 runs by net present value, USD million",
        f"Columns: {title}",
        roles=roles,
    )
    loss = figure("loss", "chance of a loss", 0.07, "share", role="harm")
    return Exhibit("distribution", title, ("It loses money in 7 of 100 runs.",), (loss,), chart)


def distributions() -> tuple[Exhibit, ...]:
    """Marks on both slopes and at the top, side by side, at the edges, none."""
    slopes = {
        9: "One in ten: −0.9",
        14: "Middle: 0.11",
        15: "Risk-adjusted: 0.3",
        19: "One in ten above: 1.2",
    }
    return (
        distribution("Marks on both slopes", 28, 0.1, slopes),
        distribution("Marks side by side", 30, 0.5, {i: f"Mark number {i}" for i in range(15, 20)}),
        distribution("Marks at the edges", 25, 0.0, {0: "Worst of a hundred", 24: "Best of a hundred"}),
        distribution("No marks", 26, 1.0, {}),
    )


def table(rows: int, columns: int, texts: tuple[str, ...] = LONG_ROW) -> Table:
    """A table of rows that differ in their number."""
    heads = ("Number", "Owner", "Report it stands in", "Swing", "Status", "Next step")
    cells = tuple(tuple(f"{text} {row}" for text in texts[:columns]) for row in range(rows))
    return Table(heads[:columns], cells, numeric=frozenset({3}))


def contents() -> tuple[Exhibit, ...]:
    """Charts and tables in every combination, under ids that have no slide of their own."""
    signed = figure("signed", "of the value is signed", 0.0, "share")
    three = tuple(figure(key, "of the value is signed", 0.0, "share") for key in "abc")
    base = Exhibit("homework", "Title", ("First.", "Second."), (signed,), source="Case file", notes="Notes.")
    ten = tornado("", around(1.3e6, 1e6, 10), 1.3e6).chart
    bars = Chart("bars", ("A 0", "A 1"), (Series("Fit", (0.8, 0.2), "programme"),), "share", "Share", "Bars")
    return (
        replace(base, title="Ten long rows of six", table=table(10, 6)),
        replace(base, title="Seven long rows of six", id="must_be_true", table=table(7, 6)),
        replace(base, title="Four rows of five", id="versions", table=table(4, 5, SHORT_ROW)),
        replace(
            base, title="Chart over a short table", id="cuts", chart=bars, table=table(3, 3, ("C", "D", "E"))
        ),
        replace(base, title="Chart, then a long table", id="attribution", chart=ten, table=table(8, 6)),
        replace(base, title="Bars beside rows", id="fit", chart=bars, table=table(2, 3, ("A", "B", "C"))),
        replace(base, title="Figures below a table", table=table(10, 6), figures=three, takeaways=()),
        replace(decision(), id="verdict"),
        replace(benefits(), id="bridge"),
    )
