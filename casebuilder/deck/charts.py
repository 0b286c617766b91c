"""Native charts from display records, one function a kind: labels on the marks, hardly an axis."""

from collections.abc import Callable

from pptx.enum.text import MSO_ANCHOR

from casebuilder.deck import measure
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.flows import cash_flow
from casebuilder.deck.histogram import histogram, is_histogram
from casebuilder.deck.lines import ends_fit, line
from casebuilder.deck.marks import (
    AXIS,
    POINTS,
    begin,
    category_labels,
    extent,
    insert,
    labels,
    limits,
    mark,
    mark_room,
    mark_size,
    paint,
    paint_columns,
    scale_of,
)
from casebuilder.deck.native import Native
from casebuilder.deck.ranges import arrange
from casebuilder.deck.sidenames import side_names
from casebuilder.deck.spans import spans
from casebuilder.deck.text import Para, Run, one_line
from casebuilder.deck.theme import FILLS, INK, LABEL_SIZES, MUTED, Box
from casebuilder.deck.tornado import tornado
from casebuilder.deck.waterfall import waterfall
from casebuilder.pitch.records import Chart, Role, Series

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
    bars = len(chart.categories) if chart.kind in ("bars", "range", "spans") else 0
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
        shown = chart.series[1:] if chart.kind == "spans" else chart.series
        for number, series in enumerate(shown):
            square = "□" if chart.kind == "range" and number == 0 else "■"
            runs += [
                Run("     "),
                *(Run(square, colour=FILLS[role]) for role in _roles(chart, number, series)),
            ]
            runs.append(Run(f" {one_line(series.name)}", colour=INK))
    canvas.text(part, (Para(tuple(runs)),), box, LABEL_SIZES, anchor=anchor)


def _roles(chart: Chart, number: int, series: Series) -> tuple[Role, ...]:
    """The meanings that marks of a series have, each once: of columns that are told apart one by one all of theirs."""
    single = chart.roles if number == 0 and chart.kind == "columns" else ()
    return tuple(dict.fromkeys(single)) or (series.role,)


def columns(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Columns side by side, one colour a series, values above them; where those do not fit, a light axis instead."""
    if is_histogram(chart):
        histogram(canvas, chart, box, part)
        return
    drawn = begin(chart, "col", chart.series)
    drawn.gap, drawn.overlap = 60, -5
    slot = box.width / max(1, len(chart.categories))
    room = slot / (1 + 0.6) / max(1, len(chart.series)) if len(chart.series) > 1 else slot
    size = mark_size(chart, chart.series, room)
    below = category_labels(drawn, chart, box)
    limits(drawn, *extent(chart.series), mark_room(size, box.height - below), below_too=True)
    left = 0.0 if size else AXIS / box.width
    drawn.plot = (left, 0.0, 1 - left, 1 - below / box.height)
    paint_columns(drawn, chart, size)
    insert(canvas, drawn, chart, box, part)


def bars(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Horizontal bars from top to bottom in the order given, values at their ends, names at their left."""
    names = side_names(chart, box, 0.45)
    drawn, left = begin(chart, "bar", chart.series, names), names.width / box.width
    drawn.plot = (left, 0.0, 1 - left, 1.0)
    bare_bars(drawn, chart, box.cut_left(names.width)[1])
    insert(canvas, drawn, chart, box, part)


def beside(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Horizontal bars without names, to stand beside a table whose rows name them."""
    drawn = begin(chart, "bar", chart.series)
    drawn.named = False
    bare_bars(drawn, chart, box)
    insert(canvas, drawn, chart, box, part)


def bare_bars(drawn: Native, chart: Chart, box: Box) -> None:
    """Order, room for the values, colours and values of horizontal bars; `box` is where the bars themselves stand."""
    drawn.gap, drawn.backwards = 70, True
    scale, size = scale_of(chart), 12
    texts = [text for series in chart.series for text in labels(series, scale)]
    wide = max((measure.width(text, size, True) for text in texts), default=0.0) / POINTS + 2 * _AIR
    limits(drawn, *extent(chart.series), min(0.4, wide / box.width), below_too=True)
    for row in drawn.bars:
        paint(row, chart)
        mark(row, chart, size, "outEnd")


_KINDS: dict[str, Callable[[Canvas, Chart, Box, str], None]] = {
    "waterfall": waterfall,
    "columns": columns,
    "bars": bars,
    "line": line,
    "cash_flow": cash_flow,
    "range": tornado,
    "spans": spans,
}

DRAWN_KINDS = frozenset(_KINDS)
