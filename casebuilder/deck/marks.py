"""The parts all charts share: inserting a native chart, colours and labels of its marks, axes, and room for labels."""

# mypy: allow-untyped-calls

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.util import Pt

from casebuilder.deck import measure, xml
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.sidenames import SideNames
from casebuilder.deck.text import Run, one_line, write
from casebuilder.deck.theme import FILLS, INK, INKS, LABEL_SIZES, LINE, MARK_SIZES, MUTED, PAPER, Box
from casebuilder.pitch.numbers import Scale, chart_scale
from casebuilder.pitch.records import Chart, Role, Series

POINTS = 72.0

#: Room for the numbers of a value axis, in inches, where there is one.
AXIS = 0.6

#: Text beyond the end of a mark needs this much of its own height.
_MARK_ROOM = 1.5

#: How far towards white a pale mark goes.
_PALE = 0.5


def insert(
    canvas: Canvas,
    chart: Chart,
    kind: XL_CHART_TYPE,
    series: Sequence[Series],
    box: Box,
    part: str,
    names: SideNames | None = None,
) -> NativeChart:
    """A native chart of these series in the exhibit placeholder where it is still free, else beside it.

    `names` stand for the categories where these are broken into lines; those cut short go to the notes whole.
    """
    data = CategoryChartData(number_format=scale_of(chart).code)
    data.categories = names.texts if names else [one_line(category) or " " for category in chart.categories]
    for row in series:
        data.add_series(one_line(row.name) or " ", finite(row.values))
    place = canvas.place("insert_chart")
    if place is None:
        frame = canvas.shapes.add_chart(kind, *box.emu, data)
    else:
        frame = place.insert_chart(kind, data)
        frame.left, frame.top, frame.width, frame.height = box.emu
    canvas.name(frame, part)
    xml.describe(frame, chart.alt)
    for name in names.cut if names else ():
        canvas.note(name)
    native: NativeChart = frame.chart
    native.has_legend = native.has_title = False
    native.font.size = Pt(LABEL_SIZES[0])
    native.font.color.theme_color = INK
    xml.tidy(native)
    return native


def finite(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Values a chart can hold; anything that is no number leaves a gap."""
    return tuple(value if value is not None and math.isfinite(value) else None for value in values)


def scale_of(chart: Chart) -> Scale:
    """How the chart's marks are written."""
    values = [value for series in chart.series for value in finite(series.values)]
    return chart_scale(values, chart.unit, chart.scale if chart.unit != "share" else None)


# Marks


def paint(row: Any, role: Role) -> None:
    """Fills columns or bars with the colour of a role; freed capacity is hatched, because it is not cash."""
    colour(row.format, role)
    row.invert_if_negative = False


def paint_points(row: Any, chart: Chart) -> None:
    """Fills single marks with their own role where the chart names one for each."""
    for index, role in enumerate(chart.roles):
        colour(row.points[index].format, role)


def colour(form: Any, role: Role) -> None:
    """The fill of a mark."""
    if role == "capacity":
        form.fill.patterned()
        form.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        form.fill.fore_color.theme_color, form.fill.back_color.theme_color = FILLS[role], PAPER
        form.line.color.theme_color = FILLS[role]
        form.line.width = Pt(1)
    else:
        form.fill.solid()
        form.fill.fore_color.theme_color = FILLS[role]


def tint(row: Any, role: Role) -> None:
    """Makes the columns or bars of a role pale; hatched ones stay as they are."""
    if role != "capacity":
        row.format.fill.fore_color.brightness = _PALE


def stroke(row: Any, series: Series) -> None:
    """A line with its points: the case thick, do nothing thin, a mere mark such as a target dashed."""
    row.smooth = False
    row.format.line.color.theme_color = FILLS[series.role]
    row.format.line.width = Pt(3 if series.role == "programme" else 1.75)
    if series.role == "muted":
        row.format.line.dash_style = MSO_LINE.DASH
    row.marker.style = XL_MARKER_STYLE.CIRCLE
    row.marker.size = 8 if series.role == "programme" else 6
    row.marker.format.fill.solid()
    row.marker.format.fill.fore_color.theme_color = FILLS[series.role]
    row.marker.format.line.fill.background()


def dot(point: Any, fill: MSO_THEME_COLOR, size: int) -> None:
    """A single point that stands out of its line."""
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, size
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.theme_color = fill
    point.marker.format.line.fill.background()


def labels(series: Series, scale: Scale) -> tuple[str, ...]:
    """The text at each mark: what the record says, else the value on the chart's scale; nothing at a gap."""
    known = finite(series.values)
    if series.labels:
        return tuple(one_line(t) if v is not None else "" for t, v in zip(series.labels, known, strict=True))
    return tuple(scale.text(value) if value is not None else "" for value in known)


def mark(row: Any, series: Series, chart: Chart, size: float, position: XL_LABEL_POSITION) -> None:
    """Values at the marks: as numbers that follow an edit of the data, or as the record's own words."""
    scale = scale_of(chart)
    if series.labels:
        for index, text in enumerate(labels(series, scale)):
            if text:
                label(row.points[index], [Run(text, True, INKS[series.role])], size, position)
        return
    shown = row.data_labels
    shown.show_value, shown.position = True, position
    shown.number_format, shown.number_format_is_linked = scale.code, False
    shown.font.size, shown.font.bold = Pt(size), True
    shown.font.color.theme_color = INKS[series.role]
    for index, role in enumerate(chart.roles if series is chart.series[0] else ()):
        own = row.points[index].data_label
        own.font.size, own.font.bold = Pt(size), True
        own.font.color.theme_color = INKS[role]
        own.position = position


def label(point: Any, runs: Sequence[Run], size: float, position: XL_LABEL_POSITION) -> None:
    """Words of our own at one mark."""
    frame = point.data_label.text_frame
    frame.word_wrap = False
    for run in runs:
        write(frame.paragraphs[0].add_run(), run, size)
    point.data_label.position = position


# Axes and room


def category_labels(native: NativeChart, chart: Chart, box: Box, *, all_of_them: bool = False) -> float:
    """Names under the marks, wrapped between words; the room they take in inches. Some only where all do not fit."""
    quiet_categories(native)
    names, slot = chart.categories, box.width / len(chart.categories) * POINTS
    size = next((s for s in LABEL_SIZES if _stand_apart(names, s, slot)), None)
    native.category_axis.tick_labels.font.size = Pt(size or LABEL_SIZES[-1])
    xml.upright_labels(native)
    if size is None and not all_of_them:
        widest = max(measure.width(name, LABEL_SIZES[-1]) for name in names)
        xml.label_every(native, math.ceil(1.15 * widest / slot))
        return LABEL_SIZES[-1] * measure.LINE_OF_OTHERS / POINTS + 0.12
    lines = max(measure.height(name, size or LABEL_SIZES[-1], slot) for name in names)
    return min(0.4 * box.height, lines / POINTS + 0.12)


def _stand_apart(names: Sequence[str], size: float, slot: float) -> bool:
    """Whether names wrap between words and none that keeps to one line comes near another such."""
    if any(measure.breaks_words(name, size, 0.97 * slot) for name in names):
        return False
    wide = [measure.width(name, size) for name in names]
    return not any(1.7 * slot < one + other and max(one, other) <= slot for one, other in pairwise(wide))


def quiet_categories(native: NativeChart) -> None:
    """A thin line where the marks begin, no ticks, names at the low end even under negative marks."""
    axis = native.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.theme_color = MUTED
    axis.format.line.width = Pt(0.75)
    axis.tick_labels.font.color.theme_color = INK
    axis.tick_labels.font.size = Pt(LABEL_SIZES[0])


def light_axis(native: NativeChart, chart: Chart, shown: bool) -> None:
    """The value axis: none where the marks carry their values, else a few round numbers on a very light grid."""
    axis = native.value_axis
    code = scale_of(chart).code
    axis.has_major_gridlines = shown
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW if shown else XL_TICK_LABEL_POSITION.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = code, False
    axis.tick_labels.font.size = Pt(LABEL_SIZES[-1])
    axis.tick_labels.font.color.theme_color = MUTED
    if shown:
        axis.tick_labels.number_format = _round_axis(axis, chart)
        axis.major_gridlines.format.line.color.theme_color = LINE
        axis.major_gridlines.format.line.width = Pt(0.75)


def _round_axis(axis: Any, chart: Chart) -> str:
    """Widens the axis to six round steps or so; returns the number format of its numbers."""
    low, high = axis.minimum_scale, axis.maximum_scale
    rough = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = first * step, last * step, step
    return chart_scale([n * step for n in range(first, last + 1)], chart.unit, scale_of(chart).factor).code


def mark_size(chart: Chart, rows: Sequence[Series], room: float) -> float | None:
    """The type size at which every value fits into `room` inches beside its neighbours; None where none does."""
    scale = scale_of(chart)
    texts = [text for series in rows for text in labels(series, scale)]
    sizes = [s for s in MARK_SIZES if all(measure.width(t, s, True) / POINTS <= room for t in texts)]
    return next(iter(sizes), None)


def mark_room(size: float | None, height: float) -> float:
    """The part of a plot's height that values above its marks take."""
    return 0.04 if size is None else _MARK_ROOM * size * measure.LINE / POINTS / height


def extent(rows: Sequence[Series]) -> tuple[float, float]:
    """Lowest and highest value with zero between them, as marks start at zero."""
    known = [value for series in rows for value in finite(series.values) if value is not None]
    return min([0.0, *known]), max([0.0, *known])


def limits(native: NativeChart, low: float, high: float, room: float, *, below_too: bool) -> None:
    """Ends of the value axis with room for values beyond the marks, a part of the plot on each side that has marks."""
    if low == high:
        low, high = 0.0, 1.0
    below = room if below_too and low < 0 else 0.0
    above = room if high > 0 else 0.0
    whole = (high - low) / (1 - below - above)
    native.value_axis.minimum_scale, native.value_axis.maximum_scale = (
        low - below * whole,
        high + above * whole,
    )
