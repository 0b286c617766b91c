"""What must be true: where each assumption alone turns the verdict, and how much of the gains and costs it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from casebuilder.analysis.ranges import Range
from casebuilder.analysis.study import Array, Study, in_force
from casebuilder.analysis.tornado import Tornado

#: A number without a bound is searched this many times its own size away from today's value.
REACH = 10.0
#: Values tried at once on each side of today's, and in each round that narrows a crossing down.
POINTS = 32
#: Rounds that narrow a crossing down, each `POINTS` times closer: as close as a float can tell.
ROUNDS = 11
#: What remains of the largest amount when nothing is left.
NOTHING = 1e-9


@dataclass(frozen=True)
class BreakEven:
    """Where one assumption alone turns NPV from above zero to below, or back; sizes of effects without risk adjustment.

    `value` is the one nearest to today's, in the assumption's own unit, just before the turn where NPV jumps; None
    where it is `never` reached between `searched[0]` and `searched[1]`. `room` is how far it may move, signed, as a
    share of the size of today's value; None where that is 0.
    """

    range: Range
    value: float | None
    searched: tuple[float, float]

    @property
    def state(self) -> Literal["reached", "never"]:
        """Whether there is such a value."""
        return "never" if self.value is None else "reached"

    @property
    def direction(self) -> Literal["falls", "rises", "stays"]:
        """Which way the assumption goes to get there; `stays` where it is there already, or never gets there."""
        if self.value is None or self.value == self.range.at:
            return "stays"
        return "falls" if self.value < self.range.at else "rises"

    @property
    def room(self) -> float | None:
        """From today's value to the one that breaks even: -0.4 is 40 % less."""
        if self.value is None or self.range.at == 0:
            return None
        return (self.value - self.range.at) / abs(self.range.at)

    @property
    def in_range(self) -> bool:
        """Whether it lies between the assumption's own low and high: that one alone may turn the verdict."""
        return self.value is not None and self.range.low <= self.value <= self.range.high


def break_evens(study: Study, tornado: Tornado, top: int = 8) -> tuple[BreakEven, ...]:
    """Where each of the tornado's top assumptions alone turns NPV, in its order; what moves nothing falls out.

    Every value the number can have is searched, outward from today's; one without a bound as far as `REACH` times its
    size. A turn and back again between two of `POINTS` neighbouring values goes unseen. One batch for the search and
    one for each round that narrows all crossings down together.
    """
    moving = [bar.range for bar in tornado.bars[:top] if bar.swing]
    if not moving:
        return ()
    return tuple(_solved(in_force(study), moving))


def _solved(study: Study, every: Sequence[Range]) -> list[BreakEven]:
    spans = [_span(each) for each in every]
    today = study.npv()
    if today == 0:
        return [BreakEven(each, each.at, span) for each, span in zip(every, spans, strict=True)]
    inside, outside = _brackets(study, every, spans, today)
    for _ in range(ROUNDS):
        inside, outside = _narrowed(study, every, inside, outside, today)
    values = [None if np.isnan(value) else float(value) for value in inside]
    return [BreakEven(*found) for found in zip(every, values, spans, strict=True)]


def _span(each: Range) -> tuple[float, float]:
    """Everything the number can be: from bound to bound, its range and the usual reach where there is none."""
    away = REACH * abs(each.at)
    low = min(each.at - away, each.low) if each.lower is None else each.lower
    high = max(each.at + away, each.high) if each.upper is None else each.upper
    return low, high


def _brackets(
    study: Study, every: Sequence[Range], spans: Sequence[tuple[float, float]], today: float
) -> tuple[Array, Array]:
    """For each assumption the last value before its nearest turn and the first one after it; without one, nan."""
    inside, outside = np.full(len(every), np.nan), np.full(len(every), np.nan)
    ends = np.array(spans)
    at = np.array([each.at for each in every])
    for side in (0, 1):
        last, first = _first_turn(study, every, at, ends[:, side], today)
        nearer = ~np.isnan(first) & ~(np.abs(first - at) >= np.abs(outside - at))
        inside, outside = np.where(nearer, last, inside), np.where(nearer, first, outside)
    return inside, outside


def _narrowed(
    study: Study, every: Sequence[Range], inside: Array, outside: Array, today: float
) -> tuple[Array, Array]:
    last, first = _first_turn(study, every, inside, outside, today)
    return np.where(np.isnan(first), inside, last), np.where(np.isnan(first), outside, first)


def _first_turn(
    study: Study, every: Sequence[Range], start: Array, end: Array, today: float
) -> tuple[Array, Array]:
    """Evenly from start to end: the last value with today's verdict and the first with the other, as one batch."""
    steps = np.linspace(0.0, 1.0, POINTS + 1)
    tried = start[:, None] + (end - start)[:, None] * steps
    tried[:, -1] = end
    turned = _npv(study, every, tried) * np.sign(today) <= 0
    turned[:, 0] = False
    found, row = turned.any(axis=1), np.arange(len(every))
    place = np.where(found, turned.argmax(axis=1), 1)
    nothing = np.full(len(every), np.nan)
    return np.where(found, tried[row, place - 1], nothing), np.where(found, tried[row, place], nothing)


def _npv(study: Study, every: Sequence[Range], tried: Array) -> Array:
    """NPV with each assumption alone at the values of its row; an assumption without values stays as it is."""
    rows, columns = tried.shape
    changes = {}
    for n, each in enumerate(every):
        values = np.full(rows * columns, each.at)
        values[n * columns : (n + 1) * columns] = np.where(np.isnan(tried[n]), each.at, tried[n])
        changes[each.key] = values
    return np.where(np.isnan(tried), np.nan, study.runs(changes)["npv"].reshape(rows, columns))


def benefits_needed(study: Study) -> float | None:
    """The share of all counted gains that must arrive for NPV to be zero, above 1 where more than all of them must.

    Not above 0 where it pays without any; harm and cash tied up in growth stay in full. None where nothing is gained.
    """
    without, as_is = _two(study, "benefit_factor")
    gains = as_is - without
    return -without / gains if gains > NOTHING * max(abs(without), abs(as_is)) else None


def costs_bearable(study: Study) -> float | None:
    """What all costs may be multiplied by until NPV is zero: 1.4 is 40 % more; None where nothing is spent.

    Below 1 where the case does not pay, below 0 where it would not without any cost.
    """
    without, as_is = _two(study, "cost_factor")
    costs = without - as_is
    return without / costs if costs > NOTHING * max(abs(without), abs(as_is)) else None


def _two(study: Study, factor: str) -> tuple[float, float]:
    """NPV with a factor of the scenario at zero, and with the scenario's own; NPV is linear in it."""
    key = f"scenarios.{study.scenario}.{factor}"
    found = in_force(study).states([{key: 0.0}, {}])["npv"]
    return float(found[0]), float(found[1])
