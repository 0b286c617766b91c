"""The parts all charts share: beginning and inserting one, colours and labels of its marks, axes, room for labels."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from casebuilder.deck import measure, native
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.native import Native, Row, Side, solid
from casebuilder.deck.sidenames import SideNames
from casebuilder.deck.text import Run, one_line
from casebuilder.deck.theme import FILLS, INKS, LABEL_SIZES, MARK_SIZES, PAPER, Box
from casebuilder.pitch.numbers import Scale, chart_scale
from casebuilder.pitch.records import Chart, Role, Series

POINTS = 72.0

#: Room for the numbers of a value axis, in inches, where there is one.
AXIS = 0.6

#: Text beyond the end of a mark needs this much of its own height.
_MARK_ROOM = 1.5

#: Half way to white, for pale marks.
_PALE = '<a:lumMod val="50000"/><a:lumOff val="50000"/>'


def begin(
    chart: Chart, across: Literal["col", "bar"], data: Sequence[Series], names: SideNames | None = None
) -> Native:
    """A chart with these series as bars; `names` stand for the categories where these are broken into lines."""
    said = names.texts if names else tuple(one_line(category) or " " for category in chart.categories)
    known = tuple(replace(row, name=one_line(row.name) or " ", values=finite(row.values)) for row in data)
    drawn = Native(across, said, known, scale_of(chart).code)
    drawn.bars = [Row(number, row) for number, row in enumerate(known)]
    if names:
        drawn.name_size, drawn.cut = names.size, names.cut
    return drawn


def insert(canvas: Canvas, drawn: Native, chart: Chart, box: Box, part: str) -> None:
    """The chart as a shape of the slide; names that were cut short go to the notes."""
    canvas.chart(part, chart.alt, box, drawn)
    for name in drawn.cut:
        canvas.note(name)


def finite(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Values a chart can hold; anything that is no number leaves a gap."""
    return tuple(value if value is not None and math.isfinite(value) else None for value in values)


def scale_of(chart: Chart) -> Scale:
    """How the chart's marks are written."""
    values = [value for series in chart.series for value in finite(series.values)]
    return chart_scale(values, chart.unit, chart.scale if chart.unit != "share" else None)


# Marks


def fill(role: Role, pale: bool = False) -> str:
    """The look of a mark in the colour of a role; freed capacity is hatched, because it is not cash."""
    if role != "capacity":
        return solid(FILLS[role], _PALE if pale else "")
    front, back = (f'<a:schemeClr val="{colour.xml_value}"/>' for colour in (FILLS[role], PAPER))
    hatch = f"<a:fgClr>{front}</a:fgClr><a:bgClr>{back}</a:bgClr>"
    return f'<a:pattFill prst="wdUpDiag">{hatch}</a:pattFill>{native.stroke(FILLS[role], 1)}'


def paint(row: Row, chart: Chart) -> None:
    """The colour of the row's role, and for single marks their own where the chart names one for each."""
    row.look = fill(row.data.role)
    if row.number == 0:
        paint_points(row, chart.roles)


def paint_points(row: Row, roles: Sequence[Role]) -> None:
    """Single marks in the colours of their roles."""
    row.single = {index: f"<c:spPr>{fill(role)}</c:spPr>" for index, role in enumerate(roles)}


def stroke(row: Row) -> None:
    """A line with its points: the case thick, do nothing thin, a mere mark such as a target dashed."""
    role, case = row.data.role, row.data.role == "programme"
    dash = '<a:prstDash val="dash"/>' if role == "muted" else ""
    row.look = native.stroke(FILLS[role], 3 if case else 1.75, dash)
    row.marker = native.marker(FILLS[role], 8 if case else 6)


def labels(series: Series, scale: Scale) -> tuple[str, ...]:
    """The text at each mark: what the record says, else the value on the chart's scale; nothing at a gap."""
    known = finite(series.values)
    if series.labels:
        return tuple(one_line(t) if v is not None else "" for t, v in zip(series.labels, known, strict=True))
    return tuple(scale.text(value) if value is not None else "" for value in known)


def mark(row: Row, chart: Chart, size: float, side: Side) -> None:
    """Values at the marks: as numbers that follow an edit of the data, or as the record's own words."""
    if row.data.labels:
        said = enumerate(labels(row.data, scale_of(chart)))
        row.labels = {index: label(text, row.data.role, size, side) for index, text in said if text}
        return
    row.values = native.value(size, INKS[row.data.role], side)
    for index, role in enumerate(chart.roles if row.number == 0 else ()):
        row.labels[index] = native.value(size, INKS[role], side)


def label(text: str, role: Role, size: float, side: Side) -> str:
    """The look of a label with words of our own, strong and in the colour of a role."""
    return native.words([Run(text, True, INKS[role])], size, side)


# Axes and room


def category_labels(drawn: Native, chart: Chart, box: Box, *, all_of_them: bool = False) -> float:
    """Names under the marks, wrapped between words; the room they take in inches. Some only where all do not fit."""
    names, slot = chart.categories, box.width / len(chart.categories) * POINTS
    size = next((s for s in LABEL_SIZES if _stand_apart(names, s, slot)), None)
    drawn.name_size, drawn.upright = size or LABEL_SIZES[-1], True
    if size is None and not all_of_them:
        widest = max(measure.width(name, LABEL_SIZES[-1]) for name in names)
        drawn.every = math.ceil(1.15 * widest / slot)
        return LABEL_SIZES[-1] * measure.LINE_OF_OTHERS / POINTS + 0.12
    lines = max(measure.height(name, size or LABEL_SIZES[-1], slot) for name in names)
    return min(0.4 * box.height, lines / POINTS + 0.12)


def _stand_apart(names: Sequence[str], size: float, slot: float) -> bool:
    """Whether names wrap between words and none that keeps to one line comes near another such."""
    if any(measure.breaks_words(name, size, 0.97 * slot) for name in names):
        return False
    wide = [measure.width(name, size) for name in names]
    return not any(1.7 * slot < one + other and max(one, other) <= slot for one, other in pairwise(wide))


def paint_columns(drawn: Native, chart: Chart, size: float | None) -> None:
    """Columns in their colours with their values above them; a light axis instead where no size lets these fit."""
    if size is None:
        light_axis(drawn, chart)
    for row in drawn.bars:
        paint(row, chart)
        if size is not None:
            mark(row, chart, size, "outEnd")


def light_axis(drawn: Native, chart: Chart) -> None:
    """A few round numbers on a very light grid, for marks that do not carry their values; the axis is widened to six
    round steps or so.
    """
    rough = (drawn.high - drawn.low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    first, last = math.floor(drawn.low / step), math.ceil(drawn.high / step)
    drawn.low, drawn.high, drawn.step = first * step, last * step, step
    ticks = [n * step for n in range(first, last + 1)]
    drawn.axis_code = chart_scale(ticks, chart.unit, scale_of(chart).factor).code
    drawn.grid, drawn.numbers = True, "low"


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


def limits(drawn: Native, low: float, high: float, room: float, *, below_too: bool) -> None:
    """Ends of the value axis with room for values beyond the marks, a part of the plot on each side that has marks."""
    if low == high:
        low, high = 0.0, 1.0
    below = room if below_too and low < 0 else 0.0
    above = room if high > 0 else 0.0
    whole = (high - low) / (1 - below - above)
    drawn.low, drawn.high = low - below * whole, high + above * whole
