"""Native charts from display records, one function a kind: labels on the marks, hardly an axis."""

# mypy: allow-untyped-calls

from collections.abc import Callable

from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from casebuilder.deck import measure, xml
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.flows import cash_flow
from casebuilder.deck.histogram import histogram, is_histogram
from casebuilder.deck.lines import ends_fit, line
from casebuilder.deck.marks import (
    AXIS,
    POINTS,
    category_labels,
    extent,
    insert,
    labels,
    light_axis,
    limits,
    mark,
    mark_room,
    mark_size,
    paint,
    paint_points,
    quiet_categories,
    scale_of,
)
from casebuilder.deck.ranges import arrange
from casebuilder.deck.sidenames import side_names
from casebuilder.deck.text import Para, Run, one_line
from casebuilder.deck.theme import FILLS, INK, LABEL_SIZES, MUTED, Box
from casebuilder.deck.tornado import tornado
from casebuilder.deck.waterfall import waterfall
from casebuilder.pitch.records import Chart

HEADING = 0.34
_AIR = 0.08

#: Heights below which a chart, and each bar of one, is hard to read.
_LEAST, _LEAST_BAR = 2.4, 0.3


def draw(canvas: Canvas, chart: Chart, box: Box, kind: str | None = None, part: str = "chart") -> None:
    """The chart in its box with a line above it that says unit and series; ValueError names a kind we do not draw."""
    if (kind or chart.kind) not in _KINDS:
        raise ValueError(f"there is no drawing for a chart of kind {chart.kind}")
    head, plot = box.cut_top(HEADING)
    kind = kind or chart.kind
    heading(canvas, chart, head, f"{part} heading", not _names_itself(kind, chart, plot))
    _KINDS[kind](canvas, chart, plot, part)


def least_height(chart: Chart) -> float:
    """The height below which a chart is hard to read, in inches with its heading: more for more bars."""
    bars = len(chart.categories) if chart.kind in ("bars", "range") else 0
    return max(_LEAST, HEADING + _LEAST_BAR * (bars + 1))


def _names_itself(kind: str, chart: Chart, plot: Box) -> bool:
    """Whether names of the series stand at the marks, or one series needs none."""
    if kind == "line":
        return ends_fit(chart, plot)
    return kind == "waterfall" or (kind == "range" and arrange(chart, plot).named)


def heading(
    canvas: Canvas, chart: Chart, box: Box, part: str, named: bool, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> None:
    """What the marks count and, where no label stands at the marks themselves, a coloured name for each series."""
    runs = [Run(one_line(chart.axis_title), colour=MUTED)]
    if named and len(chart.series) > 1:
        for number, series in enumerate(chart.series):
            square = "□" if chart.kind == "range" and number == 0 else "■"
            runs += [
                Run(f"     {square} ", colour=FILLS[series.role]),
                Run(one_line(series.name), colour=INK),
            ]
    canvas.text(part, (Para(tuple(runs)),), box, LABEL_SIZES, anchor=anchor)


def columns(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Columns side by side, one colour a series, values above them; where those do not fit, a light axis instead."""
    if is_histogram(chart):
        histogram(canvas, chart, box, part)
        return
    native = insert(canvas, chart, XL_CHART_TYPE.COLUMN_CLUSTERED, chart.series, box, part)
    plot = native.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    slot = box.width / max(1, len(chart.categories))
    room = slot / (1 + 0.6) / max(1, len(chart.series)) if len(chart.series) > 1 else slot
    size = mark_size(chart, chart.series, room)
    below = category_labels(native, chart, box)
    low, high = extent(chart.series)
    limits(native, low, high, mark_room(size, box.height - below), below_too=True)
    light_axis(native, chart, shown=size is None)
    left = 0.0 if size else AXIS
    xml.plot_area(native, left / box.width, 0.0, 1 - left / box.width, 1 - below / box.height)
    for row, series in zip(plot.series, chart.series, strict=True):
        paint(row, series.role)
        if size:
            mark(row, series, chart, size, XL_LABEL_POSITION.OUTSIDE_END)
    paint_points(plot.series[0], chart)


def bars(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Horizontal bars from top to bottom in the order given, values at their ends, names at their left."""
    names = side_names(chart, box, 0.45)
    native = insert(canvas, chart, XL_CHART_TYPE.BAR_CLUSTERED, chart.series, box, part, names)
    bare_bars(native, chart, box.cut_left(names.width)[1])
    native.category_axis.tick_labels.font.size = Pt(names.size)
    xml.plot_area(native, names.width / box.width, 0.0, 1 - names.width / box.width, 1.0)


def beside(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Horizontal bars without names, to stand beside a table whose rows name them."""
    native = insert(canvas, chart, XL_CHART_TYPE.BAR_CLUSTERED, chart.series, box, part)
    bare_bars(native, chart, box)
    native.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    xml.plot_area(native, 0.0, 0.0, 1.0, 1.0)


def bare_bars(native: NativeChart, chart: Chart, box: Box) -> None:
    """Order, room for the values, colours and values of horizontal bars; `box` is where the bars themselves stand."""
    plot = native.plots[0]
    plot.gap_width = 70
    quiet_categories(native)
    native.category_axis.reverse_order = True
    scale, size = scale_of(chart), 12
    texts = [text for series in chart.series for text in labels(series, scale)]
    wide = max((measure.width(text, size, True) for text in texts), default=0.0) / POINTS + 2 * _AIR
    low, high = extent(chart.series)
    limits(native, low, high, min(0.4, wide / box.width), below_too=True)
    light_axis(native, chart, shown=False)
    for row, series in zip(plot.series, chart.series, strict=True):
        paint(row, series.role)
        mark(row, series, chart, size, XL_LABEL_POSITION.OUTSIDE_END)
    paint_points(plot.series[0], chart)


_KINDS: dict[str, Callable[[Canvas, Chart, Box, str], None]] = {
    "waterfall": waterfall,
    "columns": columns,
    "bars": bars,
    "line": line,
    "cash_flow": cash_flow,
    "range": tornado,
}

DRAWN_KINDS = frozenset(_KINDS)
