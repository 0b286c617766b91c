"""The native waterfall: stacked columns of which the lowest part is invisible, correct below zero and across it."""

from collections.abc import Iterable
from dataclasses import dataclass

from casebuilder.deck import measure
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import (
    POINTS,
    begin,
    category_labels,
    finite,
    insert,
    label,
    limits,
    mark_room,
    mark_size,
    paint_points,
    scale_of,
)
from casebuilder.deck.native import NO_LINE, NOTHING, Native
from casebuilder.deck.sidenames import side_names
from casebuilder.deck.text import one_line
from casebuilder.deck.theme import LABEL_SIZES, Box
from casebuilder.pitch.records import Chart, Role, Series

#: Names of the columns in the chart's worksheet. The first is what people edit from; it is not drawn itself.
VALUE, BASE, ABOVE, BELOW, ROOM = "Value", "Invisible base", "Above zero", "Below zero", "Room for the label"

_GAP = 40
_MOST_LINES = 4


@dataclass(frozen=True)
class Step:
    """One column, from where the one before it ended (or zero for a total) to where this one ends."""

    start: float
    end: float

    @property
    def low(self) -> float:
        """Lower end on the axis."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """Upper end on the axis."""
        return max(self.start, self.end)

    @property
    def base(self) -> float:
        """Length of the invisible part between the axis and the column, below zero where the column is."""
        return self.low if self.low > 0 else min(self.high, 0.0)

    @property
    def above(self) -> float:
        """Length of the visible part above zero."""
        return max(self.high, 0.0) - max(self.low, 0.0)

    @property
    def below(self) -> float:
        """Length of the visible part below zero, as a negative number."""
        return min(self.low, 0.0) - min(self.high, 0.0)


def steps(values: Iterable[float | None], totals: frozenset[int]) -> tuple[Step, ...]:
    """The columns of changes and totals in reading order; a missing change has no height and moves nothing."""
    result: list[Step] = []
    level = 0.0
    for index, value in enumerate(values):
        start = 0.0 if index in totals else level
        level = start + (value or 0.0)
        result.append(Step(start, level))
    return tuple(result)


def stands_upright(chart: Chart, box: Box) -> bool:
    """Whether the names fit under columns with their words whole; otherwise the waterfall lies on its side."""
    slot = _slot(chart, box) * POINTS
    return any(_fits(chart, size, slot) for size in LABEL_SIZES)


def waterfall(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Changes in their order with their sign, totals from zero, each with its value; names below or at the left."""
    columns = steps(finite(chart.series[0].values), chart.totals)
    if stands_upright(chart, box):
        _upright(canvas, chart, box, part, columns)
    else:
        _lying(canvas, chart, box, part, columns)


def _upright(canvas: Canvas, chart: Chart, box: Box, part: str, columns: tuple[Step, ...]) -> None:
    texts = _texts(chart)
    words = Series("", chart.series[0].values, "muted", texts)
    size = mark_size(chart, (words,), _slot(chart, box)) or 10
    low, high = _extent(columns)
    room = mark_room(size, box.height * 0.85)
    drawn = begin(chart, "col", _series(chart, columns, _share(low, high, room, room)))
    below = category_labels(drawn, chart, box, all_of_them=True)
    drawn.plot = (0.0, 0.0, 1.0, 1 - below / box.height)
    limits(drawn, low, high, room, below_too=True)
    _finish(drawn, chart, texts, size)
    insert(canvas, drawn, chart, box, part)


def _lying(canvas: Canvas, chart: Chart, box: Box, part: str, columns: tuple[Step, ...]) -> None:
    texts, size = _texts(chart), 11
    names = side_names(chart, box, 0.5)
    wide = max(measure.width(text, size, True) for text in texts) / POINTS + 0.15
    low, high = _extent(columns)
    room = min(0.4, wide / (box.width - names.width))
    drawn = begin(chart, "bar", _series(chart, columns, _share(low, high, room, room)), names)
    drawn.backwards, left = True, names.width / box.width
    drawn.plot = (left, 0.0, 1 - left, 1.0)
    limits(drawn, low, high, room, below_too=True)
    _finish(drawn, chart, texts, size)
    insert(canvas, drawn, chart, box, part)


def _series(chart: Chart, columns: tuple[Step, ...], room: float) -> tuple[Series, ...]:
    """The columns of the chart's worksheet; the last carries the labels beyond the visible part."""
    role: Role = chart.series[0].role
    return (
        Series(VALUE, chart.series[0].values, role),
        Series(BASE, tuple(step.base for step in columns), role),
        Series(ABOVE, tuple(step.above for step in columns), role),
        Series(BELOW, tuple(step.below for step in columns), role),
        Series(ROOM, tuple(-room if _hangs(step) else room for step in columns), role),
    )


def _finish(drawn: Native, chart: Chart, texts: tuple[str, ...], size: float) -> None:
    """Colours, labels and what is not seen; the values themselves stand in the worksheet only."""
    drawn.stacked, drawn.gap, drawn.overlap = True, _GAP, 100
    _, base, above, below, room = drawn.bars
    drawn.bars = [base, above, below, room]
    base.look = room.look = NOTHING + NO_LINE
    roles = chart.roles or (chart.series[0].role,) * len(texts)
    for row in (above, below):
        paint_points(row, roles)
    known = zip(texts, roles, strict=True)
    room.labels = {i: label(text, role, size, "inBase") for i, (text, role) in enumerate(known) if text}


def _texts(chart: Chart) -> tuple[str, ...]:
    """Changes with their sign, totals without."""
    scale, row = scale_of(chart), chart.series[0]
    return tuple(
        ""
        if value is None
        else one_line(row.labels[i])
        if row.labels
        else scale.text(value, signed=i not in chart.totals)
        for i, value in enumerate(finite(row.values))
    )


def _hangs(step: Step) -> bool:
    """Whether the column lies below zero as a whole, so that its label stands under it."""
    return step.high <= 0 and step.low < 0


def _extent(columns: tuple[Step, ...]) -> tuple[float, float]:
    return min((step.low for step in columns), default=0.0), max((step.high for step in columns), default=0.0)


def _share(low: float, high: float, below: float, above: float) -> float:
    """The part of the axis that a label takes, in units of the chart."""
    sides = (below if low < 0 else 0.0) + (above if high > 0 else 0.0)
    return above * ((high - low) or 1.0) / (1 - sides)


def _slot(chart: Chart, box: Box) -> float:
    return box.width / max(1, len(chart.categories))


def _fits(chart: Chart, size: float, slot: float) -> bool:
    return not any(
        measure.breaks_words(name, size, slot * 0.94)
        or len(measure.wrap(name, size, slot * 0.94)) > _MOST_LINES
        for name in chart.categories
    )
