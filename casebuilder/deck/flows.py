"""The cash-flow chart: what comes and goes as columns, what has come so far as a line, and where it is paid back."""

from dataclasses import dataclass

from casebuilder.deck import measure
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import (
    AXIS,
    POINTS,
    begin,
    category_labels,
    extent,
    finite,
    insert,
    limits,
    mark_room,
    mark_size,
    paint_columns,
    stroke,
)
from casebuilder.deck.native import NO_MARKER, Native, Row, Side, marker, words
from casebuilder.deck.text import Run, one_line
from casebuilder.deck.theme import INK, Box
from casebuilder.pitch.records import Chart, Series

#: With more columns than this, their values would stand in the way of the running total.
_LABELLED = 8

_SIZE = 12
_AIR = 0.06


@dataclass(frozen=True)
class Place:
    """Where a label of the line stands: its side of the point, and how far up it is moved, in inches."""

    side: Side
    up: float = 0.0


def cash_flow(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """The first series as columns, the others as lines over them; labels of the lines where the record gives one."""
    drawn = begin(chart, "col", chart.series)
    drawn.bars, drawn.lines = drawn.bars[:1], drawn.bars[1:]
    few = len(chart.categories) <= _LABELLED
    drawn.gap = 90 if few else 50
    size = mark_size(chart, chart.series[:1], box.width / len(chart.categories)) if few else None
    left = 0.0 if size else AXIS
    plot = Box(box.left + left, box.top, box.width - left, box.height)
    below = category_labels(drawn, chart, plot)
    plot = Box(plot.left, plot.top, plot.width, box.height - below)
    drawn.plot = (left / box.width, 0.0, plot.width / box.width, plot.height / box.height)
    limits(drawn, *extent(chart.series), mark_room(size or _SIZE, plot.height), below_too=True)
    paint_columns(drawn, chart, size)
    for row in drawn.lines:
        stroke(row)
        row.marker = NO_MARKER
        for index, text in enumerate(row.data.labels):
            if text and row.data.values[index] is not None:
                place = _place(drawn, chart, row.data, index, plot)
                _mark_point(row, index, one_line(text), place, box)
    insert(canvas, drawn, chart, box, part)


def _mark_point(row: Row, index: int, text: str, place: Place, box: Box) -> None:
    """A dot on the line with its words beside it."""
    aside = (0.0, -place.up / box.height) if place.up else None
    row.labels[index] = words([Run(text, True, INK)], _SIZE, place.side, paper=True, aside=aside)
    row.single[index] = marker(INK, 9)


def _place(drawn: Native, chart: Chart, series: Series, index: int, plot: Box) -> Place:
    """Under a trough and above a peak; on a rise right below the line and the columns, else left above them."""
    values = finite(series.values)
    here = values[index] or 0.0
    before = values[index - 1] if index else None
    after = values[index + 1] if index + 1 < len(values) else None
    if (before is None or before >= here) and (after is None or after >= here):
        return Place("b")
    if before is None or before >= here or after is None or after <= here:
        return Place("t")
    slot = plot.width / len(values)
    wide = measure.width(one_line(series.labels[index]), _SIZE, True) / POINTS
    reach = int(wide / slot) + 1
    inches = plot.height / (drawn.high - drawn.low)
    clear = _AIR + _SIZE * measure.LINE / POINTS / 2
    columns = [value or 0.0 for value in finite(chart.series[0].values)]
    if wide < slot * (len(values) - index - 0.5):
        lowest = min(here, 0.0, *columns[index : index + reach + 1])
        return Place("r", -(here - lowest) * inches - clear)
    highest = max(here, *columns[max(0, index - reach) : index + 1])
    return Place("l", (highest - here) * inches + clear)
