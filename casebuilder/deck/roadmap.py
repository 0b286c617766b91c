"""The slide of a roadmap: a table, and beside each of its rows the bar that shows when it happens."""

# mypy: allow-untyped-calls

import math
from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR

from casebuilder.deck import charts, compose, spans, tables
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.compose import Deck, Rest, takeaways
from casebuilder.deck.theme import Box
from casebuilder.pitch.records import Chart, Exhibit

#: Between table and bars, what the table takes of the width, and how high a row is at most.
_BETWEEN, _TABLE, _ROW = 0.2, 0.56, 0.7

#: Parts of the room that the table is set for, one after the other: the less room, the smaller the type.
_PARTS = (1.0, 0.85, 0.7, 0.55)


def roadmap(deck: Deck, exhibit: Exhibit) -> None:
    """The table at the left and each row's bar beside it, on as many slides as it needs; takeaways below the first."""
    room, words = deck.grid.table, takeaways(exhibit)
    split = _pages(exhibit, room)
    for number, shown in enumerate(split, start=1):
        canvas = deck.canvas("Table", exhibit, f"{number}/{len(split)}" if len(split) > 1 else "")
        tall = _rows(canvas, exhibit, shown, room)
        if number == 1:
            below = deck.grid.body.cut_top(tall, 0.25)[1]
            words = compose.conclude(canvas, exhibit.figures[:1], words, below)
            words = compose.not_alone(canvas, exhibit, words)
        canvas.close(exhibit, deck.pitch.stamp)
    compose.further(deck, exhibit, Rest(words, exhibit.figures[1:]), len(split) + 1)


def stands_beside(exhibit: Exhibit, room: Box) -> bool:
    """Whether each row of the table has one bar of the chart, and the rows have room beside the bars."""
    table, chart, rows = exhibit.table, exhibit.chart, compose.undrawn(exhibit)
    if not table or not chart or chart.kind != "spans" or not 0 < len(rows) == len(chart.categories):
        return False
    return bool(_pages(exhibit, room))


def _sides(room: Box) -> tuple[Box, Box]:
    """Where the table and the bars stand, the months below them left out."""
    return room.cut_top(room.height - spans.AXIS)[0].cut_left(_TABLE * room.width, _BETWEEN)


def _plan(exhibit: Exhibit, room: Box) -> tables.Plan:
    """How the table is set: in the largest type in which all rows stand on one slide, else as for further slides."""
    table, rows, left = exhibit.table, compose.undrawn(exhibit), _sides(room)[0]
    assert table
    plans = [tables.plan(table, left.cut_top(part * left.height)[0], rows) for part in _PARTS]
    return next((plan for plan in plans if _most(plan, left) >= len(rows)), plans[0])


def _most(plan: tables.Plan, left: Box) -> int:
    """How many rows of one height a slide holds."""
    return min(tables.MOST_ROWS, int((left.height - plan.head) / max(plan.heights) + 0.01))


def _pages(exhibit: Exhibit, room: Box) -> list[tuple[int, ...]]:
    """Which rows stand on which slide, evenly, all of one height; nothing where a single row is too high."""
    rows, most = compose.undrawn(exhibit), _most(_plan(exhibit, room), _sides(room)[0])
    if not most:
        return []
    each = math.ceil(len(rows) / math.ceil(len(rows) / most))
    return [rows[first : first + each] for first in range(0, len(rows), each)]


def _rows(canvas: Canvas, exhibit: Exhibit, shown: tuple[int, ...], room: Box) -> float:
    """The rows and their bars at the same heights; returns the height of both with the months below."""
    table, chart, (left, right) = exhibit.table, exhibit.chart, _sides(room)
    assert table and chart
    plan = _plan(exhibit, room)
    fair = (left.height - plan.head) / len(shown)
    row = max(*plan.heights, min(_ROW, fair))
    tables.draw(canvas, table, shown, left, plan.with_rows(plan.head, row), exhibit.title)
    head, below = right.cut_top(plan.head)
    charts.heading(canvas, chart, head, "chart heading", True, MSO_ANCHOR.BOTTOM)
    tall = row * len(shown)
    plot = Box(below.left, below.top, below.width, tall + spans.AXIS)
    spans.beside(canvas, _of_rows(chart, shown), chart, plot, "chart")
    return plan.head + tall + spans.AXIS


def _of_rows(chart: Chart, shown: Sequence[int]) -> Chart:
    """The part of the chart that belongs to these rows."""
    series = tuple(replace(each, values=tuple(each.values[row] for row in shown)) for each in chart.series)
    return replace(chart, categories=tuple(chart.categories[row] for row in shown), series=series)
