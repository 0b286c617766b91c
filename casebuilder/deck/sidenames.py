"""Names at the left of bars, broken into lines here: some programs squeeze a chart instead of wrapping its names."""

from dataclasses import dataclass

from casebuilder.deck import measure
from casebuilder.deck.text import one_line
from casebuilder.deck.theme import LABEL_SIZES, Box
from casebuilder.pitch.records import Chart

_AIR = 0.1
_POINTS = 72.0


@dataclass(frozen=True)
class SideNames:
    """Names with their line breaks, their type size, the inches they take, and whole those that end in an ellipsis."""

    texts: tuple[str, ...]
    size: float
    width: float
    cut: tuple[str, ...]


def side_names(chart: Chart, area: Box, most: float) -> SideNames:
    """The names of bars that fill the area, in the largest type that fits into at most a part of its width."""
    names = tuple(one_line(name) or " " for name in chart.categories)
    widest = max(measure.width(name, LABEL_SIZES[0]) for name in names) / _POINTS
    width = min(most * area.width, widest + 2 * _AIR)
    room, slot = (width - _AIR) * _POINTS, 0.98 * area.height / len(names) * _POINTS
    fitting = (s for s in LABEL_SIZES if all(measure.height(name, s, room) <= slot for name in names))
    size = next(fitting, LABEL_SIZES[-1])
    short = tuple(measure.shortened(name, size, room, _lines(name, size, slot)) for name in names)
    cut = tuple(name for name, text in zip(names, short, strict=True) if name != text)
    return SideNames(tuple("\n".join(measure.wrap(text, size, room)) for text in short), size, width, cut)


def _lines(name: str, size: float, slot: float) -> int:
    return max(1, int(slot / measure.line_height(name, size)))
