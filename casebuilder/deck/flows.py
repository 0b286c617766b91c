"""The cash-flow chart: what comes and goes as columns, what has come so far as a line, and where it is paid back."""

# mypy: allow-untyped-calls

from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE

from casebuilder.deck import measure, xml
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import (
    AXIS,
    POINTS,
    category_labels,
    dot,
    extent,
    finite,
    insert,
    label,
    light_axis,
    limits,
    mark,
    mark_room,
    mark_size,
    paint,
    paint_points,
    stroke,
)
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

    side: XL_LABEL_POSITION
    up: float = 0.0


def cash_flow(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """The first series as columns, the others as lines over them; labels of the lines where the record gives one."""
    native = insert(canvas, chart, XL_CHART_TYPE.COLUMN_CLUSTERED, chart.series, box, part)
    xml.turn_into_lines(native, 1)
    few = len(chart.categories) <= _LABELLED
    native.plots[0].gap_width = 90 if few else 50
    size = mark_size(chart, chart.series[:1], box.width / len(chart.categories)) if few else None
    left = 0.0 if size else AXIS
    plot = Box(box.left + left, box.top, box.width - left, box.height)
    below = category_labels(native, chart, plot)
    plot = Box(plot.left, plot.top, plot.width, box.height - below)
    limits(native, *extent(chart.series), mark_room(size or _SIZE, plot.height), below_too=True)
    light_axis(native, chart, shown=size is None)
    xml.plot_area(native, left / box.width, 0.0, plot.width / box.width, plot.height / box.height)
    flow = native.plots[0].series[0]
    paint(flow, chart.series[0].role)
    paint_points(flow, chart)
    if size:
        mark(flow, chart.series[0], chart, size, XL_LABEL_POSITION.OUTSIDE_END)
    for row, series in zip(
        native.plots[1].series if len(chart.series) > 1 else (), chart.series[1:], strict=True
    ):
        stroke(row, series)
        row.marker.style = XL_MARKER_STYLE.NONE
        for index, text in enumerate(series.labels):
            if text and finite(series.values)[index] is not None:
                place = _place(native, chart, series, index, plot)
                _mark_point(row.points[index], one_line(text), place, box)


def _mark_point(point: Any, text: str, place: Place, box: Box) -> None:
    """A dot on the line with its words beside it."""
    label(point, [Run(text, True, INK)], _SIZE, place.side)
    xml.on_paper(point.data_label)
    if place.up:
        xml.move_label(point.data_label, 0.0, -place.up / box.height)
    dot(point, INK, 9)


def _place(native: NativeChart, chart: Chart, series: Series, index: int, plot: Box) -> Place:
    """Under a trough and above a peak; on a rise right below the line and the columns, else left above them."""
    values = finite(series.values)
    here = values[index] or 0.0
    before = values[index - 1] if index else None
    after = values[index + 1] if index + 1 < len(values) else None
    if (before is None or before >= here) and (after is None or after >= here):
        return Place(XL_LABEL_POSITION.BELOW)
    if before is None or before >= here or after is None or after <= here:
        return Place(XL_LABEL_POSITION.ABOVE)
    slot = plot.width / len(values)
    wide = measure.width(one_line(series.labels[index]), _SIZE, True) / POINTS
    reach = int(wide / slot) + 1
    axis = native.value_axis
    inches = plot.height / (axis.maximum_scale - axis.minimum_scale)
    clear = _AIR + _SIZE * measure.LINE / POINTS / 2
    columns = [value or 0.0 for value in finite(chart.series[0].values)]
    if wide < slot * (len(values) - index - 0.5):
        lowest = min(here, 0.0, *columns[index : index + reach + 1])
        return Place(XL_LABEL_POSITION.RIGHT, -(here - lowest) * inches - clear)
    highest = max(here, *columns[max(0, index - reach) : index + 1])
    return Place(XL_LABEL_POSITION.LEFT, (highest - here) * inches + clear)
