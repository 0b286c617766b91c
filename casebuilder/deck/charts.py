"""Native charts from display records: columns, lines, bars and cash flow, labels on the marks, hardly an axis."""

# mypy: allow-untyped-calls

from collections.abc import Callable

from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR

from casebuilder.deck import measure, xml
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.flows import cash_flow
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
from casebuilder.deck.text import Para, Run, one_line
from casebuilder.deck.theme import FILLS, INK, LABEL_SIZES, MUTED, Box
from casebuilder.deck.waterfall import waterfall
from casebuilder.pitch.records import Chart

HEADING = 0.34
_AIR = 0.08


def draw(canvas: Canvas, chart: Chart, box: Box, kind: str | None = None, part: str = "chart") -> None:
    """The chart in its box with a line above it that says unit and series; ValueError names a kind we do not draw."""
    if (kind or chart.kind) not in _KINDS:
        raise ValueError(f"there is no drawing for a chart of kind {chart.kind}")
    head, plot = box.cut_top(HEADING)
    kind = kind or chart.kind
    named = kind != "waterfall" and not (kind == "line" and ends_fit(chart, plot))
    heading(canvas, chart, head, f"{part} heading", named)
    _KINDS[kind](canvas, chart, plot, part)


def heading(
    canvas: Canvas, chart: Chart, box: Box, part: str, named: bool, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> None:
    """What the marks count and, where no label stands at the marks themselves, a coloured name for each series."""
    runs = [Run(one_line(chart.axis_title), colour=MUTED)]
    if named and len(chart.series) > 1:
        for series in chart.series:
            runs += [Run("     ■ ", colour=FILLS[series.role]), Run(one_line(series.name), colour=INK)]
    canvas.text(part, (Para(tuple(runs)),), box, LABEL_SIZES, anchor=anchor)


def columns(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Columns side by side, one colour a series, values above them; where those do not fit, a light axis instead."""
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
    native = insert(canvas, chart, XL_CHART_TYPE.BAR_CLUSTERED, chart.series, box, part)
    names = min(box.width * 0.45, 0.1 + max(measure.width(c, 12) for c in chart.categories) / POINTS)
    bare_bars(native, chart, Box(box.left, box.top, box.width - names, box.height))
    xml.plot_area(native, names / box.width, 0.0, 1 - names / box.width, 1.0)


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
}

DRAWN_KINDS = frozenset(_KINDS)
