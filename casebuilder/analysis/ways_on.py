"""Where a disappointing answer goes on: what drags it, which smaller version pays, which numbers would turn it."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.analysis.attribution import attribution
from casebuilder.analysis.break_even import BreakEven, break_evens
from casebuilder.analysis.options import Choice, options
from casebuilder.analysis.study import Study, in_force
from casebuilder.analysis.tornado import tornado

#: Investments that drag and numbers that turn the answer, at most.
DRAGS, TURNS = 3, 3
#: Of so many numbers that matter most, the ones that have the shortest way to go are told.
AMONG = 12


@dataclass(frozen=True)
class WaysOn:
    """What can be done about a return (money) that is too small.

    `drags` are investments that lose, with what each adds (money, below 0), the worst first; `smaller` the cheapest
    version that pays, None where none does or the case itself is it; `turns` numbers that alone would turn the
    verdict, the one with the shortest way to go first.
    """

    npv: float
    drags: tuple[tuple[str, float], ...]
    smaller: Choice | None
    turns: tuple[BreakEven, ...]


def ways_on(study: Study) -> WaysOn:
    """What drags the study, what smaller version of it pays and what would turn its verdict."""
    force = in_force(study)
    return WaysOn(force.npv(), _drags(force), _smaller(force), _turns(force))


def _drags(study: Study) -> tuple[tuple[str, float], ...]:
    found = attribution(study).values
    losing = sorted((worth, id) for id, worth in found.items() if worth < 0)
    return tuple((id, worth) for worth, id in losing[:DRAGS])


def _smaller(study: Study) -> Choice | None:
    found = next((choice for choice in options(study) if choice.kind == "cheapest_that_pays"), None)
    return None if found is None or set(found.initiatives) == set(study.members) else found


def _turns(study: Study) -> tuple[BreakEven, ...]:
    found = break_evens(study, tornado(study), AMONG)
    reached = [each for each in found if each.value is not None and each.direction != "stays"]
    return tuple(sorted(reached, key=_far)[:TURNS])


def _far(each: BreakEven) -> tuple[bool, float, str]:
    """Numbers that get there inside their own range first, then by the share of themselves that they have to move."""
    return not each.in_range, abs(each.room) if each.room is not None else float("inf"), each.range.path
