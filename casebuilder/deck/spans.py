"""The native chart of spans: stacked bars over time, each from where it begins, in the colours of its parts."""

import math

from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import begin, fill, finite, insert
from casebuilder.deck.native import NOTHING, Native
from casebuilder.deck.sidenames import side_names
from casebuilder.deck.theme import Box
from casebuilder.pitch.records import Chart

#: Room for the months below the bars, in inches.
AXIS = 0.32

#: Months between two numbers of the axis, and how many numbers it may have.
_STEPS, _TICKS = (1, 3, 6, 12, 24, 60), 8


def spans(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """Bars one below the other with their names at the left and the months below them."""
    bars = Box(box.left, box.top, box.width, box.height - AXIS)
    names = side_names(chart, bars, 0.45)
    drawn, left = begin(chart, "bar", chart.series, names), names.width / box.width
    drawn.plot = (left, 0.0, 1 - left, bars.height / box.height)
    stack(drawn, chart)
    insert(canvas, drawn, chart, box, part)


def beside(canvas: Canvas, chart: Chart, whole: Chart, box: Box, part: str) -> None:
    """The bars of `chart` alone, to stand beside rows that name them; the months are those of the whole chart."""
    drawn = begin(chart, "bar", chart.series)
    drawn.named, drawn.plot = False, (0.0, 0.0, 1.0, 1 - AXIS / box.height)
    stack(drawn, whole)
    insert(canvas, drawn, chart, box, part)


def stack(drawn: Native, chart: Chart) -> None:
    """What comes before a bar is left out, its parts have their colours; months in round steps on a light grid."""
    drawn.stacked, drawn.gap, drawn.overlap, drawn.backwards = True, 90, 100, True
    first, *parts = drawn.bars
    first.look = NOTHING
    for row in parts:
        row.look = fill(row.data.role)
    last = _last(chart)
    step = next((each for each in _STEPS if last / each <= _TICKS), math.ceil(last / _TICKS))
    drawn.low, drawn.high, drawn.step = 0.0, float(step * max(1, math.ceil(last / step))), step
    # The rows run from top to bottom, and so the months would stand above them on the low side.
    drawn.grid, drawn.numbers, drawn.axis_code = True, "high", "0"


def _last(chart: Chart) -> float:
    """Where the longest bar of all ends."""
    rows = zip(*(finite(series.values) for series in chart.series), strict=True)
    return max((sum(max(0.0, value or 0.0) for value in row) for row in rows), default=0.0)
