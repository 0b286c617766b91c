"""Line charts: do nothing, thin and grey, against the case, with values at the points and names at the ends."""

from itertools import pairwise

from casebuilder.deck import measure
from casebuilder.deck.canvas import Canvas
from casebuilder.deck.marks import (
    AXIS,
    POINTS,
    begin,
    category_labels,
    finite,
    insert,
    labels,
    light_axis,
    mark_size,
    scale_of,
    stroke,
)
from casebuilder.deck.native import Side, words
from casebuilder.deck.text import Run, one_line
from casebuilder.deck.theme import INKS, MARK_SIZES, Box
from casebuilder.pitch.records import Chart, Series

#: A line that climbs more than this, in inches of height for one of width, runs through a label above its point.
_STEEP = 0.3


def line(canvas: Canvas, chart: Chart, box: Box, part: str) -> None:
    """One line a series, values at the points, its name at its end; the axis need not start at zero."""
    drawn = begin(chart, "col", chart.series)
    drawn.bars, drawn.lines = [], drawn.bars
    size = mark_size(chart, chart.series, box.width / len(chart.categories))
    left, right = 0.0 if size else AXIS, _beyond(chart, box) if ends_fit(chart, box) else 0.0
    plot = Box(box.left + left, box.top, box.width - left - right, box.height)
    below = category_labels(drawn, chart, plot)
    drawn.plot = (left / box.width, 0.02, plot.width / box.width, 0.98 - below / box.height)
    drawn.low, drawn.high = _span(chart)
    if not size:
        light_axis(drawn, chart)
    for row in drawn.lines:
        stroke(row)
        for index, text in enumerate(labels(row.data, scale_of(chart)) if size else ()):
            side, colour = _side(chart, row.number, index, plot), INKS[row.data.role]
            runs = [Run(text, True, colour)]
            if right and index == last(row.data):
                side = "r"
                runs.append(Run(f"  {one_line(row.data.name)}", False, colour))
            if text and size:
                row.labels[index] = words(runs, size, side)
    insert(canvas, drawn, chart, box, part)


def ends_fit(chart: Chart, box: Box) -> bool:
    """Whether each line can carry its name: short enough, and far enough from the next one's."""
    if _ends_width(chart) > 0.36 * box.width or len(chart.categories) < 2:
        return False
    low, high = _span(chart)
    ends = sorted(value for value in (finite(row.values)[-1] for row in chart.series) if value is not None)
    apart = [(b - a) / (high - low) * box.height for a, b in pairwise(ends)]
    return len(ends) == len(chart.series) and min(apart, default=1.0) > 0.25


def last(series: Series) -> int:
    """Index of the last value there is, 0 where there is none."""
    return max((i for i, value in enumerate(finite(series.values)) if value is not None), default=0)


def _ends_width(chart: Chart) -> float:
    """Room right of the last points for value and name of each series, in inches."""
    scale = scale_of(chart)
    texts = [f"{labels(series, scale)[last(series)]}  {series.name}" for series in chart.series]
    return max(measure.width(text, MARK_SIZES[0], True) for text in texts) / POINTS + 0.15


def _beyond(chart: Chart, box: Box) -> float:
    """Room right of the plot for the names at the ends, which begin in the middle of the last category."""
    half = 1 / (2 * len(chart.categories))
    return max(0.01, (_ends_width(chart) - half * box.width) / (1 - half))


def _side(chart: Chart, number: int, index: int, plot: Box) -> Side:
    """Above the highest point of a category, below the others; left of it where the line runs through that place."""
    upper, values = _is_upper(chart, number, index), finite(chart.series[number].values)
    here, following = values[index], values[index + 1] if index + 1 < len(values) else None
    if index == 0 and here is not None and following is not None:
        low, high = _span(chart)
        climb = (following - here) / (high - low) * plot.height / (plot.width / len(values))
        if (climb if upper else -climb) > _STEEP:
            return "l"
    return "t" if upper else "b"


def _is_upper(chart: Chart, number: int, index: int) -> bool:
    """Whether the point is the highest of its category; of equals the last one counts as such."""
    here = finite(chart.series[number].values)[index]
    others = [finite(series.values)[index] for i, series in enumerate(chart.series) if i != number]
    return all(other is None or (here or 0.0) > other or (here == other and number > 0) for other in others)


def _span(chart: Chart) -> tuple[float, float]:
    """Lower and upper end of the axis: the values with air, and never less than a tenth of their size."""
    known = [value for series in chart.series for value in finite(series.values) if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    spread = max(high - low, 0.1 * max(abs(low), abs(high)), 1e-9)
    middle = (low + high) / 2
    return middle - 0.8 * spread, middle + 0.8 * spread
