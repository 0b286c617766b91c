"""One function for each kind of exhibit: which layout, and where its figures, chart, table and takeaways stand."""

# mypy: allow-untyped-calls

from collections.abc import Callable
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR

from casebuilder.case.library_records import ExhibitKind
from casebuilder.deck import charts, compose, tables
from casebuilder.deck.canvas import COMPANY, SOURCE, TAKEAWAYS, Canvas
from casebuilder.deck.compose import ROW_FIGURES, Deck, Rest, takeaways
from casebuilder.deck.roadmap import roadmap, stands_beside
from casebuilder.deck.text import para
from casebuilder.deck.theme import MUTED, TAKEAWAY_SIZES, Box, Grid
from casebuilder.deck.waterfall import stands_upright
from casebuilder.pitch.records import Exhibit

#: How high the rows of a table with a bar for each are at most.
_ROW = 0.75

#: Between a chart and the table below it.
_BETWEEN = 0.2

#: How much of the width sentences take that stand alone.
_READABLE = 0.85

#: A table whose texts take more lines than this beside takeaways gets the full width.
_LINES = 3


def cover(deck: Deck, exhibit: Exhibit) -> None:
    """Company, case, for whom, and the stamp that ties the deck to its case."""
    pitch, grid, canvas = deck.pitch, deck.grid, Canvas(deck.design, "Cover", exhibit.id)
    canvas.title(exhibit.title or pitch.case_title, sizes=grid.cover_sizes, box=grid.cover_title)
    words = exhibit.takeaways or (f"For the {pitch.role}",)
    lines = tuple(para(text, colour=MUTED, after=4) for text in words)
    rest = canvas.body(1, "subtitle", lines, grid.cover_subtitle, (20, 18, 16, 14, 12))
    over = canvas.body(
        COMPANY, "company", (para(pitch.company, colour=MUTED),), grid.cover_company, (16, 14, 12)
    )
    canvas.body(SOURCE, "stamp", (para(pitch.stamp.line, colour=MUTED),), grid.cover_stamp, (12, 11, 10))
    canvas.note(exhibit.notes)
    for paragraph in (*over, *rest):
        canvas.note(paragraph.text)
    canvas.finish()
    left = Rest((), exhibit.figures, compose.undrawn(exhibit), compose.has_chart(exhibit))
    compose.further(deck, exhibit, left)


def decision(deck: Deck, exhibit: Exhibit) -> None:
    """What is asked: the numbers that matter, big, then the ask in words; a table of the choice where there is one."""
    canvas = deck.canvas("Text", exhibit)
    below = compose.row_of_figures(canvas, exhibit.figures[:ROW_FIGURES], deck.grid.body)
    words = Box(below.left, below.top, _READABLE * below.width, below.height)
    rows = compose.undrawn(exhibit)
    if rows:
        rows = compose.table(canvas, exhibit, replace(words, width=deck.grid.exhibit.width), rows)
        words = Box(deck.grid.side.left, below.top, deck.grid.side.width, below.height)
    rest = canvas.body(TAKEAWAYS, "takeaways", takeaways(exhibit), words, (18, *TAKEAWAY_SIZES))
    rest = compose.not_alone(canvas, exhibit, rest)
    canvas.close(exhibit, deck.pitch.stamp)
    left = Rest(rest, exhibit.figures[ROW_FIGURES:], rows, compose.has_chart(exhibit))
    compose.further(deck, exhibit, left)


def kpi(deck: Deck, exhibit: Exhibit) -> None:
    """Their number with and without the programme, and how far it moves."""
    compose.beside(deck, exhibit, lambda canvas, box: _chart_alone(canvas, exhibit, box))


def benefits(deck: Deck, exhibit: Exhibit) -> None:
    """Value by line as a waterfall; over the full width where the names of many steps need it."""
    chart, narrow = exhibit.chart, deck.grid.exhibit.cut_top(charts.HEADING)[1]
    if (
        chart
        and chart.kind == "waterfall"
        and not stands_upright(chart, narrow)
        and stands_upright(chart, deck.grid.wide)
    ):
        compose.above(deck, exhibit)
    else:
        compose.beside(deck, exhibit, lambda canvas, box: _chart_alone(canvas, exhibit, box))


def cash_flow(deck: Deck, exhibit: Exhibit) -> None:
    """Money out and in by period, and the running total with the moment it is paid back."""
    compose.beside(deck, exhibit, lambda canvas, box: _chart_alone(canvas, exhibit, box, "cash_flow"))


def scenarios(deck: Deck, exhibit: Exhibit) -> None:
    """One bar a scenario, each beside its row of a table, in the order given; stacked where they do not match."""
    draw = _chart_over_table if _row_height(exhibit, deck.grid) is None else _rows_with_bars
    compose.beside(deck, exhibit, lambda canvas, box: draw(canvas, exhibit, box))


def assumptions(deck: Deck, exhibit: Exhibit) -> None:
    """What must be true: a table, on as many slides as it needs; starting values carry the amber mark."""
    table, words, rows = exhibit.table, takeaways(exhibit), compose.undrawn(exhibit)
    figures = exhibit.figures[: 1 if words else compose.SIDE_FIGURES]
    room = deck.grid.table if words or figures else deck.grid.body
    split = _split(exhibit, room, deck.grid.body)
    for number, shown in enumerate(split, start=1):
        canvas = deck.canvas("Table", exhibit, f"{number}/{len(split)}" if len(split) > 1 else "")
        assert table is not None
        setting = tables.plan(table, room, rows).airy(shown, (room if number == 1 else deck.grid.body).height)
        tall = tables.draw(canvas, table, shown, room, setting, exhibit.title)
        below = deck.grid.body.cut_top(tall, 0.25)[1]
        if number == 1:
            words = compose.not_alone(canvas, exhibit, compose.conclude(canvas, figures, words, below))
        canvas.close(exhibit, deck.pitch.stamp)
    left = Rest(words, exhibit.figures[len(figures) if split else 0 :], (), compose.has_chart(exhibit))
    compose.further(deck, exhibit, left, len(split) + 1)


def _split(exhibit: Exhibit, first: Box, others: Box) -> tuple[tuple[int, ...], ...]:
    """Which rows of a table stand on which slide; later ones have no takeaways and more room."""
    table, rows = exhibit.table, compose.undrawn(exhibit)
    if not table or not rows:
        return ()
    alike = tables.pages(table, first, rows)
    if len(alike) == 1:
        return alike
    fewer = tables.filled(tables.plan(table, first, rows), first.height, others.height, rows)
    return fewer if 1 < len(fewer) < len(alike) else alike


def evidence(deck: Deck, exhibit: Exhibit) -> None:
    """Any other exhibit: chart and table on eight columns, numbers and takeaways beside them; words alone as an ask."""
    if compose.has_chart(exhibit):
        if compose.undrawn(exhibit):
            compose.beside(deck, exhibit, lambda canvas, box: _chart_and_table(canvas, exhibit, box))
        else:
            benefits(deck, exhibit)
    elif not compose.undrawn(exhibit):
        decision(deck, exhibit)
    elif _stands_beside(exhibit, deck.grid):
        rows = compose.undrawn(exhibit)
        compose.beside(deck, exhibit, lambda canvas, box: compose.table(canvas, exhibit, box, rows))
    else:
        assumptions(deck, exhibit)


#: Exhibits with a composition of their own; all others are evidence.
_OWN: dict[ExhibitKind, Callable[[Deck, Exhibit], None]] = {
    "cover": cover,
    "decision": decision,
    "kpi": kpi,
    "benefits": benefits,
    "cash_flow": cash_flow,
    "scenarios": scenarios,
    "assumptions": assumptions,
}


def draw(deck: Deck, exhibit: Exhibit) -> None:
    """The slides of an exhibit of any kind."""
    if stands_beside(exhibit, deck.grid.table):
        roadmap(deck, exhibit)
        return
    _OWN.get(exhibit.id, evidence)(deck, exhibit)


def _chart_alone(canvas: Canvas, exhibit: Exhibit, box: Box, kind: str | None = None) -> tuple[int, ...]:
    compose.chart(canvas, exhibit, box, kind)
    return compose.undrawn(exhibit)


def _chart_over_table(canvas: Canvas, exhibit: Exhibit, box: Box) -> tuple[int, ...]:
    rows = compose.undrawn(exhibit)
    if not rows or not compose.has_chart(exhibit):
        compose.chart(canvas, exhibit, box)
        return compose.table(canvas, exhibit, box, rows)
    upper, lower = box.cut_top(0.5 * box.height, 0.2)
    compose.chart(canvas, exhibit, upper)
    return compose.table(canvas, exhibit, lower, rows)


def _chart_and_table(canvas: Canvas, exhibit: Exhibit, box: Box) -> tuple[int, ...]:
    """Bars beside the rows that name them, else the chart over a table that fits below it as a whole, else alone."""
    table, chart, rows = exhibit.table, exhibit.chart, compose.undrawn(exhibit)
    assert table and chart
    if (
        len(chart.series) == 1
        and _row_height(exhibit, canvas.grid)
        and all(row[0] == name for row, name in zip(table.rows, chart.categories, strict=True))
    ):
        return _rows_with_bars(canvas, exhibit, box)
    upper, lower = box.cut_top(charts.least_height(chart), _BETWEEN)
    if not tables.fits(table, lower, rows):
        return _chart_alone(canvas, exhibit, box)
    setting = tables.plan(table, lower, rows)
    upper, lower = box.cut_top(box.height - _BETWEEN - setting.height(rows), _BETWEEN)
    compose.chart(canvas, exhibit, upper)
    tables.draw(canvas, table, rows, lower, setting, exhibit.title)
    return ()


def _stands_beside(exhibit: Exhibit, grid: Grid) -> bool:
    """Whether a table fits beside numbers and takeaways as a whole, in few lines that full width would not save."""
    table, rows = exhibit.table, compose.undrawn(exhibit)
    alone = not exhibit.figures and not compose.takeaways(exhibit)
    if not table or alone or not tables.fits(table, grid.exhibit, rows):
        return False
    lines = tables.plan(table, grid.exhibit, rows).lines
    if lines > 2 and tables.fits(table, grid.table, rows):
        return tables.plan(table, grid.table, rows).lines >= lines
    return lines <= _LINES


def _rows_and_bars(grid: Grid) -> tuple[Box, Box]:
    """Where a table stands that has a bar for each row, and the bars beside it."""
    return grid.exhibit.cut_left(0.6 * grid.exhibit.width, 0.15)


def _row_height(exhibit: Exhibit, grid: Grid) -> float | None:
    """Height of the rows of a table that has one row for each bar, None where it has not or they do not fit."""
    table, chart, rows = exhibit.table, exhibit.chart, compose.undrawn(exhibit)
    if (
        not table
        or not chart
        or chart.kind != "bars"
        or not 0 < len(rows) == len(chart.categories) <= tables.MOST_ROWS
    ):
        return None
    beside = _rows_and_bars(grid)[0]
    setting = tables.plan(table, beside, rows)
    fair = (beside.height - max(setting.head, charts.HEADING)) / len(rows)
    tallest = max(setting.heights)
    return None if tallest > fair else max(tallest, min(_ROW, fair))


def _rows_with_bars(canvas: Canvas, exhibit: Exhibit, box: Box) -> tuple[int, ...]:
    """Each bar at the height of its row: the table names it and adds what the bar does not say."""
    table, chart, rows = exhibit.table, exhibit.chart, compose.undrawn(exhibit)
    row, (left, right) = _row_height(exhibit, canvas.grid), _rows_and_bars(canvas.grid)
    assert table and chart and row
    setting = tables.plan(table, left, rows)
    setting = setting.with_rows(max(setting.head, charts.HEADING), row)
    tables.draw(canvas, table, rows, left, setting, exhibit.title)
    head, below = right.cut_top(setting.head)
    charts.heading(canvas, chart, head, "chart heading", False, MSO_ANCHOR.BOTTOM)
    charts.beside(canvas, chart, below.cut_top(row * len(rows))[0], "chart")
    return ()
