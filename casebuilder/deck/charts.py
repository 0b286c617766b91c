"""Native charts from display records: columns, lines, bars and cash flow, labels on the marks, hardly an axis."""

# mypy: allow-untyped-calls

from collections.abc import Callable
from itertools import pairwise

from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR

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
    stroke,
)
from casebuilder.deck.text import Para, Run, one_line
from casebuilder.deck.theme import FILLS, INK, INKS, LABEL_SIZES, MARK_SIZES, MUTED, Box
from casebuilder.deck.waterfall import waterfall
from casebuilder.pitch.records import Chart, Series

HEADING = 0.34
_AIR = 0.08

#: With more columns than this, their values would stand in the way of the running total.
_LABELLED_FLOWS = 8


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


# Columns and bars: from zero, values at their ends


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


# Lines: what happens otherwise, thin and grey, against the case


def line(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """One line a series, values at the points, its name at its end; the axis need not start at zero."""
    native = insert(canvas, chart, XL_CHART_TYPE.LINE_MARKERS, chart.series, box, part)
    size = mark_size(chart, chart.series, box.width / max(1, len(chart.categories)))
    below = category_labels(native, chart, box)
    _window(native, chart)
    light_axis(native, chart, shown=size is None)
    left, right = 0.0 if size else AXIS, _beyond(chart, box) if ends_fit(chart, box) else 0.0
    xml.plot_area(native, left / box.width, 0.02, 1 - (left + right) / box.width, 0.98 - below / box.height)
    scale = scale_of(chart)
    for number, (row, series) in enumerate(zip(native.plots[0].series, chart.series, strict=True)):
        stroke(row, series)
        for index, text in enumerate(labels(series, scale)):
            if not text or size is None:
                continue
            position = XL_LABEL_POSITION.ABOVE if _is_upper(chart, number, index) else XL_LABEL_POSITION.BELOW
            runs = [Run(text, True, INKS[series.role])]
            if right and index == last(series):
                position = XL_LABEL_POSITION.RIGHT
                runs.append(Run(f"  {one_line(series.name)}", False, INKS[series.role]))
            label(row.points[index], runs, size, position)


def ends_width(chart: Chart) -> float:
    """Room right of the last points for value and name of each series, in inches."""
    scale = scale_of(chart)
    texts = [
        f"{labels(series, scale)[last(series)]}  {series.name}" for series in chart.series if series.values
    ]
    return max((measure.width(text, MARK_SIZES[0], True) for text in texts), default=0.0) / POINTS + 0.15


def _beyond(chart: Chart, box: Box) -> float:
    """Room right of the plot for the names at the ends, which begin in the middle of the last category."""
    half = 1 / (2 * len(chart.categories))
    return max(0.01, (ends_width(chart) - half * box.width) / (1 - half))


def ends_fit(chart: Chart, box: Box) -> bool:
    """Whether each line can carry its name: short enough, and far enough from the next one's."""
    if ends_width(chart) > 0.36 * box.width or len(chart.categories) < 2:
        return False
    low, high = _span(chart)
    ends = sorted(
        row.values[last(row)] or 0.0 for row in chart.series if last(row) == len(chart.categories) - 1
    )
    apart = [(b - a) / (high - low) * box.height for a, b in pairwise(ends)]
    return len(ends) == len(chart.series) and min(apart, default=1.0) > 0.25


def _clear_of_line(series: Series, index: int) -> XL_LABEL_POSITION:
    """Where a label does not lie on its own line: under a trough, left of a rise, else above."""
    values = finite(series.values)
    here = values[index] or 0.0
    before = values[index - 1] if index else None
    after = values[index + 1] if index + 1 < len(values) else None
    if (before is None or before >= here) and (after is None or after >= here):
        return XL_LABEL_POSITION.BELOW
    rising = before is not None and before < here and after is not None and after > here
    return XL_LABEL_POSITION.LEFT if rising else XL_LABEL_POSITION.ABOVE


def last(series: Series) -> int:
    """Index of the last value there is, 0 where there is none."""
    return max((i for i, value in enumerate(finite(series.values)) if value is not None), default=0)


def _is_upper(chart: Chart, number: int, index: int) -> bool:
    """Whether the point is the highest of its category, so that its value stands above it; of equals the last."""
    here = finite(chart.series[number].values)[index]
    others = [finite(series.values)[index] for i, series in enumerate(chart.series) if i != number]
    return all(other is None or (here or 0.0) > other or (here == other and number > 0) for other in others)


def _span(chart: Chart) -> tuple[float, float]:
    """Lower and upper end of a line chart's axis: the values with air, and never less than a tenth of their size."""
    known = [value for series in chart.series for value in finite(series.values) if value is not None] or [
        0.0
    ]
    low, high = min(known), max(known)
    spread = max(high - low, 0.1 * max(abs(low), abs(high)), 1e-9)
    middle = (low + high) / 2
    return middle - 0.8 * spread, middle + 0.8 * spread


def _window(native: NativeChart, chart: Chart) -> None:
    native.value_axis.minimum_scale, native.value_axis.maximum_scale = _span(chart)


# Cash flow: what comes and goes, and what has come so far


def cash_flow(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """The first series as columns, the others as lines over them; labels of the lines where the record gives one."""
    native = insert(canvas, chart, XL_CHART_TYPE.COLUMN_CLUSTERED, chart.series, box, part)
    xml.turn_into_lines(native, 1)
    native.plots[0].gap_width = 50 if len(chart.categories) > _LABELLED_FLOWS else 90
    size = mark_size(chart, chart.series[:1], box.width / max(1, len(chart.categories)))
    size = size if len(chart.categories) <= _LABELLED_FLOWS else None
    below = category_labels(native, chart, box)
    low, high = extent(chart.series)
    limits(native, low, high, mark_room(size or 12, box.height - below), below_too=True)
    light_axis(native, chart, shown=size is None)
    left = 0.0 if size else AXIS
    xml.plot_area(native, left / box.width, 0.0, 1 - left / box.width, 1 - below / box.height)
    flow = native.plots[0].series[0]
    paint(flow, chart.series[0].role)
    paint_points(flow, chart)
    if size:
        mark(flow, chart.series[0], chart, size, XL_LABEL_POSITION.OUTSIDE_END)
    for row, series in zip(native.plots[1].series, chart.series[1:], strict=True):
        stroke(row, series)
        row.marker.style = XL_MARKER_STYLE.NONE
        for index, text in enumerate(series.labels):
            if text and finite(series.values)[index] is not None:
                label(
                    row.points[index],
                    [Run(one_line(text), True, INK)],
                    12,
                    _clear_of_line(series, index),
                )
                xml.on_paper(row.points[index].data_label)
                dot(row.points[index], INK, 9)


_KINDS: dict[str, Callable[[Canvas, Chart, Box, str], None]] = {
    "waterfall": waterfall,
    "columns": columns,
    "bars": bars,
    "line": line,
    "cash_flow": cash_flow,
}

DRAWN_KINDS = frozenset(_KINDS)
