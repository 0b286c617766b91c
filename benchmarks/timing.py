"""One measurement, and how two ways of doing the same are timed: one after the other, round by round.

Processor time, not time on the wall: what else a machine is doing lengthens it far less, and both sides use one thread.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One measurement: what it is, its value and unit, and the goal it must not exceed, None where it is shown only.

    Where it is a ratio, `ours` and `by_hand` are the median milliseconds of both sides.
    """

    id: str
    words: str
    unit: str
    value: float
    goal: float | None = None
    ours: float | None = None
    by_hand: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the goal is met; what has none is."""
        return self.goal is None or self.value <= self.goal


@dataclass(frozen=True)
class Pair:
    """Median milliseconds of ours and theirs, and the median of the ratios of all rounds."""

    ours: float
    by_hand: float
    ratio: float

    def figure(self, id: str, words: str, goal: float | None) -> Figure:
        """The pair as a measurement of the ratio."""
        return Figure(id, words, "times", self.ratio, goal, self.ours, self.by_hand)


def compare(
    ours: Callable[[], object],
    by_hand: Callable[[], object],
    rounds: int,
    before: Callable[[], object] = lambda: None,
) -> Pair:
    """Time both in every round, so that whatever slows the machine slows both; two rounds before do not count.

    `before` is what the other side prepares for each round; it is not timed.
    """
    settle()
    for _ in range(2):
        before(), ours(), by_hand()
    mine, theirs = [], []
    for _ in range(rounds):
        before()
        mine.append(milliseconds(ours))
        theirs.append(milliseconds(by_hand))
    ratios = [one / other for one, other in zip(mine, theirs, strict=True)]
    return Pair(statistics.median(mine), statistics.median(theirs), statistics.median(ratios))


def settle() -> None:
    """Free one large block: from then on the C library keeps what is freed instead of handing it back.

    Without it either side pays for fetching the same pages again and again, by chance and up to half its time. And
    what was imported stays out of the garbage collector's rounds, as in the app when it is served (ui/start).
    """
    np.ones(3 << 20)
    gc.collect()
    gc.freeze()


def milliseconds(call: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.thread_time()
    call()
    return 1000 * (time.thread_time() - start)
