"""The geometry of ranges: where each bar begins and ends around the common centre, and how much room its words take.

Values are in units of the chart, lengths in inches, type sizes in points.
"""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.deck import measure
from casebuilder.deck.marks import POINTS, finite, labels, scale_of
from casebuilder.deck.sidenames import SideNames, side_names
from casebuilder.deck.text import one_line
from casebuilder.deck.theme import LABEL_SIZES, MARK_SIZES, Box
from casebuilder.pitch.records import Chart

#: Height of a bar with its gap at most, and of the line above the bars that names the centre and both ends.
ROW, LINE = 0.72, 0.27

AIR = 0.1

#: Parts of the width: names at most, to be tried in turn, and of what they leave the bars at least.
_NAMES, _BARS = (0.42, 0.34, 0.28), 0.4

#: Below this part of their width bars are not told apart, whatever stands at their ends.
_LEAST, _HALVINGS = 0.2, 60

#: A part of the centre by which an end differs from it through rounding alone.
_NOISE = 1e-9

#: So many of the type sizes for words are fair; the others are tried when names have given way.
_FAIR = 3

#: What stands at the low end and at the high end of each bar.
Words = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One range: its low and high end and the value where ranges meet; an end that is not known is None."""

    low: float | None
    high: float | None
    centre: float

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """Low end, high end."""
        return self.low, self.high

    @property
    def near(self) -> int | None:
        """Which of the ends, 0 or 1, is the nearer one where both lie on the same side of the centre, else None."""
        if self.low is None or self.high is None:
            return None
        below, above = self.low - self.centre, self.high - self.centre
        if min(below, above) < 0 < max(below, above):
            return None
        nearer = min if max(below, above) > 0 else max
        return 0 if self.low == nearer(self.low, self.high) else 1

    @property
    def hidden(self) -> float | None:
        """The nearer end, up to which nothing is seen from the centre on; None where the bar starts at the centre."""
        return None if self.near is None else self.ends[self.near]

    def on_the_left(self, end: int) -> bool:
        """Whether end 0 or 1 is the left end of the bar, so that its words stand left of it."""
        here, other = self.ends[end], self.ends[1 - end]
        if here is None:
            return False
        other = self.centre if other is None else other
        return here < other or (here == other and end == 0)


@dataclass(frozen=True)
class Arrangement:
    """How ranges stand in their box: names as they fit, words at the ends and their type size, ends of the axis.

    `named` says that the ends carry their names once, above all bars, because the low ones are all at the left.
    """

    bars: tuple[Bar, ...]
    area: Box
    plot: Box
    names: SideNames
    words: Words
    word_size: float
    low: float
    high: float
    dropped: tuple[str, ...]
    sides: tuple[str, str]

    @property
    def centre(self) -> float:
        """The value where bars meet."""
        return self.bars[0].centre

    @property
    def at(self) -> float:
        """Distance of the centre from the left edge of the slide."""
        return self.plot.left + (self.centre - self.low) / (self.high - self.low) * self.plot.width

    @property
    def named(self) -> bool:
        """Whether the low ends all lie at the left of the high ones, with room for the names of both above."""
        left, right = (measure.width(text, LABEL_SIZES[0], True) / POINTS + 0.5 for text in self.sides)
        fits = left <= self.at - self.area.left and right <= self.area.right - self.at
        return fits and all(None in bar.ends or bar.on_the_left(0) for bar in self.bars)


def arrange(chart: Chart, box: Box) -> Arrangement:
    """Ranges in a box below the line above them; ValueError where the chart has not two series.

    `dropped` are the record's words, for the notes, where they have no room and the ends show their bare values.
    """
    bars, own = _bars(chart), _own(chart)
    area = Box(box.left, box.top + LINE, box.width, min(box.height - LINE, ROW * len(bars)))
    names, words, size = _share(chart, bars, area)
    plot = area.cut_left(names.width)[1]
    low, high = _limits(bars, words, size, plot.width)
    rows = zip(chart.categories, *own, strict=True)
    lost = () if words == own else tuple(one_line(f"{name}: {one}, {other}") for name, one, other in rows)
    first, second = (one_line(series.name) for series in chart.series)
    return Arrangement(bars, area, plot, names, words, size, low, high, lost, (f"← {first}", f"{second} →"))


def _bars(chart: Chart) -> tuple[Bar, ...]:
    if len(chart.series) != 2:
        raise ValueError(f"a range has two series, its low and its high ends, not {len(chart.series)}")
    centre = finite((chart.centre,))[0] or 0.0
    low, high = ([_met(end, centre) for end in finite(series.values)] for series in chart.series)
    return tuple(Bar(one, other, centre) for one, other in zip(low, high, strict=True))


def _met(end: float | None, centre: float) -> float | None:
    """An end, or the centre where only the last digits of a sum tell them apart: its words stand at its own side."""
    return centre if end is not None and abs(end - centre) <= _NOISE * abs(centre) else end


def _share(chart: Chart, bars: Sequence[Bar], area: Box) -> tuple[SideNames, Words, float]:
    """Names at the left, words at the ends and their size: names give way to words; bare values where all fails."""
    slot, own = area.height / len(bars) * POINTS, _own(chart)
    tried = [side_names(chart, area, most) for most in _NAMES]
    for sizes in (MARK_SIZES[:_FAIR], MARK_SIZES[_FAIR:]):
        for names in tried:
            for size in sizes:
                if _fit(bars, own, size, area.width - names.width, slot):
                    return names, own, size
    bare = _own(replace(chart, series=tuple(replace(row, labels=()) for row in chart.series)))
    fitting = (s for s in MARK_SIZES if _fit(bars, bare, s, area.width - tried[0].width, slot))
    return tried[0], bare, next(fitting, MARK_SIZES[-1])


def _own(chart: Chart) -> Words:
    return tuple(labels(series, scale_of(chart)) for series in chart.series)


def _fit(bars: Sequence[Bar], words: Words, size: float, width: float, slot: float) -> bool:
    """Whether words of a type size leave the bars enough of their width and are no higher than a bar."""
    low, high = _span(bars)
    first, last = _limits(bars, words, size, width)
    return high - low >= _BARS * (last - first) and size * measure.LINE <= slot


def _span(bars: Sequence[Bar]) -> tuple[float, float]:
    """Lowest and highest of all ends and the centre, never the same."""
    known = [bars[0].centre, *(end for bar in bars for end in bar.ends if end is not None)]
    low, high = min(known), max(known)
    least = 1e-6 * max(abs(low), abs(high)) or 1.0
    return (low, high) if high - low >= least else (low - least, high + least)


def _limits(bars: Sequence[Bar], words: Words, size: float, width: float) -> tuple[float, float]:
    """Ends of the axis: all bars as long as they can be while their words stand beyond them within the width."""
    low, high = _span(bars)
    wide = [
        (bar, end, _room(text, size))
        for end, row in enumerate(words)
        for bar, text in zip(bars, row, strict=True)
    ]
    left = [(bar.ends[end] or 0.0, room) for bar, end, room in wide if bar.on_the_left(end)]
    right = [(bar.ends[end] or 0.0, room) for bar, end, room in wide if room and not bar.on_the_left(end)]

    def needed(inches: float) -> tuple[float, float]:
        """Room left and right of the span where a unit takes so many inches."""
        before = max((room - (value - low) * inches for value, room in left), default=0.0)
        after = max((room - (high - value) * inches for value, room in right), default=0.0)
        return max(0.0, before), max(0.0, after)

    shortest, longest = 0.0, width / (high - low)
    for _ in range(_HALVINGS):
        middle = (shortest + longest) / 2
        if sum(needed(middle)) + (high - low) * middle <= width:
            shortest = middle
        else:
            longest = middle
    inches = max(shortest, _LEAST * width / (high - low))
    before, after = needed(inches)
    return low - before / inches, high + after / inches


def _room(text: str, size: float) -> float:
    return measure.width(text, size, True) / POINTS + 2 * AIR if text else 0.0
