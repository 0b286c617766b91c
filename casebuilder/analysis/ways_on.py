"""Where a disappointing answer goes on: what drags it, which smaller version pays, which numbers would turn it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from casebuilder.analysis.attribution import worths
from casebuilder.analysis.break_even import BreakEven, break_evens
from casebuilder.analysis.facts import is_fact
from casebuilder.analysis.options import Choice, options
from casebuilder.analysis.shapley import Flags
from casebuilder.analysis.study import Study, in_force
from casebuilder.analysis.subsets import needed
from casebuilder.analysis.tornado import tornado

#: Investments that drag and numbers that turn the answer, at most.
DRAGS, TURNS = 3, 3
#: Of so many numbers that matter most, the ones that have the shortest way to go are told.
AMONG = 12


@dataclass(frozen=True)
class WaysOn:
    """What can be done about a return (money) that is too small.

    `drags` are investments, each with all that needs it first, that lose: with what they add (money, below 0), the
    worst first; `smaller` the cheapest version that pays, None where none does or the case itself is it; `turns`
    numbers that alone would turn the verdict, the one with the shortest way to go first, none of them a fact.
    """

    npv: float
    drags: tuple[tuple[tuple[str, ...], float], ...]
    smaller: Choice | None
    turns: tuple[BreakEven, ...]


def ways_on(study: Study) -> WaysOn:
    """What drags the study, what smaller version of it pays and what would turn its verdict."""
    force = in_force(study)
    smaller = _smaller(force)
    return WaysOn(force.npv(), _drags(force, smaller), smaller, _turns(force))


def _drags(study: Study, smaller: Choice | None) -> tuple[tuple[tuple[str, ...], float], ...]:
    """What the return would gain without an investment and whatever needs it; nothing that the smaller version has.

    Of two that share an investment only the worse is told.
    """
    members = study.members
    if not members:
        return ()
    resting = _resting(study)
    without = worths(study, members, np.concatenate([np.ones((1, len(members))), 1.0 - resting]))
    adds = without[0] - without[1:]
    told: dict[tuple[str, ...], float] = {}
    kept = set(smaller.initiatives) if smaller else set()
    for place in np.argsort(adds, kind="stable"):
        block = tuple(id for id, inside in zip(members, resting[place], strict=True) if inside)
        if adds[place] < 0 and not kept.union(*told).intersection(block):
            told[block] = float(adds[place])
    return tuple(told.items())[:DRAGS]


def _resting(study: Study) -> Flags:
    """A row for each member: itself and every other that needs it first, directly or not."""
    return np.maximum(needed(study)[:, :-1].T, np.eye(len(study.members)))


def _smaller(study: Study) -> Choice | None:
    found = next((choice for choice in options(study) if choice.kind == "cheapest_that_pays"), None)
    return None if found is None or set(found.initiatives) == set(study.members) else found


def _turns(study: Study) -> tuple[BreakEven, ...]:
    every = tornado(study)
    chosen = tuple(bar for bar in every.bars if not is_fact(study.case, bar.range.path))
    found = break_evens(study, replace(every, bars=chosen), AMONG)
    reached = [each for each in found if each.value is not None and each.direction != "stays"]
    return tuple(sorted(reached, key=_far)[:TURNS])


def _far(each: BreakEven) -> tuple[bool, float, str]:
    """Numbers that get there inside their own range first, then by the share of themselves that they have to move."""
    return not each.in_range, abs(each.room) if each.room is not None else float("inf"), each.range.path
