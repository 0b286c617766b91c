"""Many columns side by side, of which a few are marked: a distribution with its words above the marked columns.

Lengths are in inches from the lower left corner of the plot.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.deck import measure
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import (
    AXIS,
    POINTS,
    begin,
    extent,
    finite,
    insert,
    labels,
    light_axis,
    limits,
    paint,
    scale_of,
)
from casebuilder.deck.native import NO_LINE, NO_MARKER, Native, Row, words
from casebuilder.deck.text import Run, one_line
from casebuilder.deck.theme import INK, INKS, Box
from casebuilder.pitch.records import Chart, Series

#: More columns than this, of one series, stand close together as a distribution.
_MANY = 16

_GAP, _SIZE = 8, 12
_LINE = _SIZE * measure.LINE / POINTS + 0.05
_MOST_LINES = 5

#: Name of the column in the chart's worksheet at whose points the names of columns stand.
NAMES = "Names of the columns"
_NAME_SIZE, _BELOW, _APART = 11, 0.32, 0.3


@dataclass(frozen=True)
class Tag:
    """Words at a column: its place, how far right of the column's middle they stand, and their lower edge."""

    index: int
    text: str
    right: float
    bottom: float


def is_histogram(chart: Chart) -> bool:
    """Whether the columns are a distribution: many of one series, none below zero, with words at a few at most."""
    if len(chart.series) != 1 or len(chart.categories) <= _MANY:
        return False
    words = chart.series[0].labels
    return extent(chart.series)[0] >= 0 and (not words or "" in words)


def histogram(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """The columns, coloured one by one where the record says so, a light axis, and words above those it marks."""
    zeros = Series(NAMES, (0.0,) * len(chart.categories), "muted")
    drawn = begin(chart, "col", (*chart.series, zeros))
    (row, names), drawn.gap, drawn.named = drawn.bars, _GAP, False
    drawn.bars, drawn.lines = [row], [names]
    plot = Box(box.left + AXIS, box.top, box.width - AXIS, box.height - _BELOW)
    drawn.plot = (AXIS / box.width, 0.0, plot.width / box.width, plot.height / box.height)
    paint(row, chart)
    _name(names, chart, plot.width)
    tags = _fit(drawn, chart, plot)
    heights = _heights(drawn, chart, plot.height)
    for tag in tags:
        role = chart.roles[tag.index] if chart.roles else chart.series[0].role
        aside = tag.right / box.width, (heights[tag.index] - tag.bottom) / box.height
        said = [Run(tag.text, True, INKS[role])]
        row.labels[tag.index] = words(said, _SIZE, "outEnd", paper=True, aside=aside)
    insert(canvas, drawn, chart, box, part)


def _name(row: Row, chart: Chart, width: float) -> None:
    """Names of some columns at the points of an unseen line, for programs that break the names of an axis in digits."""
    row.look, row.marker = NO_LINE, NO_MARKER
    for index in named(chart, width):
        said = [Run(one_line(chart.categories[index]), False, INK)]
        row.labels[index] = words(said, _NAME_SIZE, "b")


def named(chart: Chart, width: float) -> range:
    """Which columns carry their names: every so many, that they stand apart, and the first one that is no harm."""
    widest = max(measure.width(one_line(name), _NAME_SIZE) for name in chart.categories) / POINTS
    step = math.ceil((widest + _APART) * len(chart.categories) / width)
    gain = next((i for i, role in enumerate(chart.roles) if role != "harm"), 0)
    return range(gain % step, len(chart.categories), step)


def tags_of(texts: Sequence[str], heights: Sequence[float], width: float) -> tuple[Tag, ...]:
    """Where the words of marked columns stand: on no column and on no other words, as low as that allows."""
    slot, placed = width / len(heights), list[Tag]()
    for index in sorted((i for i, text in enumerate(texts) if text), key=lambda i: heights[i]):
        wide = _wide(texts[index])
        aside = max(0.0, (wide - slot) / 2)
        middle = (index + 0.5) * slot
        found = []
        for right in (0.0, -aside, aside):
            at = min(max(wide / 2, middle + right), width - wide / 2)
            found.append(Tag(index, texts[index], at - middle, _floor(at, wide, heights, slot, placed)))
        placed.append(min(found, key=lambda tag: round(tag.bottom, 2)))
    return tuple(placed)


def _floor(at: float, wide: float, heights: Sequence[float], slot: float, placed: Sequence[Tag]) -> float:
    """The lowest bottom of words of a width around `at` above the columns and clear of words that stand already."""
    first, last = int((at - wide / 2) / slot + 1e-6), int((at + wide / 2) / slot - 1e-6)
    floor = max(heights[first : last + 1], default=0.0)
    for tag in sorted(placed, key=lambda tag: tag.bottom):
        apart = abs((tag.index + 0.5) * slot + tag.right - at) >= (wide + _wide(tag.text)) / 2
        if not apart and tag.bottom < floor + _LINE and floor < tag.bottom + _LINE:
            floor = tag.bottom + _LINE
    return floor


def _wide(text: str) -> float:
    return measure.width(text, _SIZE, True) / POINTS + 0.12


def _fit(drawn: Native, chart: Chart, plot: Box) -> tuple[Tag, ...]:
    """Gives the axis as much room above the columns as their words need; returns where the words stand."""
    row = chart.series[0]
    texts = labels(row, scale_of(chart)) if row.labels else ("",) * len(row.values)
    for lines in range(1, _MOST_LINES + 1):
        limits(drawn, *extent(chart.series), lines * _LINE / plot.height, below_too=False)
        light_axis(drawn, chart)
        tags = tags_of(texts, _heights(drawn, chart, plot.height), plot.width)
        if all(tag.bottom + _LINE <= plot.height for tag in tags):
            break
    return tags


def _heights(drawn: Native, chart: Chart, height: float) -> tuple[float, ...]:
    """Height of each column on the native axis."""
    inches = height / (drawn.high - drawn.low)
    return tuple((value or 0.0) * inches for value in finite(chart.series[0].values))
