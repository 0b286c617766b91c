"""What a program must compute, in which pass over the periods, and what it must remember between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casebuilder.model.expressions import Call, Expr, Line, lines_in

#: Kinds of operators that look across periods.
ACROSS = ("previous", "time", "year")


@dataclass
class Schedule:
    """The plan of a program for some kept lines; lines go by their number.

    A line's `phase` is the pass over the periods in which it is computed: a total is known only after its pass, and
    what reads it must wait for the next. Lines that `varies` differ between runs; `steady` period lines do not change
    in time; of `remembered` ones the previous period is read, and of `stored` ones the whole row, later.
    """

    kept: Sequence[Line]
    varying: frozenset[int]
    needed: list[Line] = field(default_factory=list)
    across: dict[int, list[Call]] = field(default_factory=dict)
    phase: dict[int, int] = field(default_factory=dict)
    varies: set[int] = field(default_factory=set)
    steady: set[int] = field(default_factory=set)
    remembered: set[int] = field(default_factory=set)
    stored: set[int] = field(default_factory=set)

    @property
    def phases(self) -> range:
        """The passes."""
        return range(max(self.phase.values(), default=0) + 1)

    def home(self, node: Call) -> int:
        """The line after which a reduction can take in its period: the last one it reads, in the latest pass."""
        rows = [read for read in lines_in(node) if read.shape == "period"]
        return max(rows, key=lambda read: (self.phase[read.index], read.index)).index

    def moves(self, node: Expr) -> bool:
        """Whether a part of a formula differs between runs."""
        return bool(self.varies) and any(read.index in self.varies for read in lines_in(node))


def schedule(kept: Sequence[Line], varying: frozenset[int]) -> Schedule:
    """Plan the computation of the kept lines; `varying` are the numbers of the inputs that differ between runs."""
    plan = Schedule(kept, varying)
    _find_needed(plan)
    _find_varying(plan)
    reduced: set[int] = set()
    for line in plan.needed:
        for node in plan.across[line.index]:
            target = plan.remembered if node.operator.kind == "previous" else reduced
            target.update(read.index for read in lines_in(node))
        plan.phase[line.index] = _phase(plan, line)
    moving = plan.remembered | reduced
    for line in plan.needed:
        if line.shape == "period" and line.index not in moving and _is_steady(plan, line):
            plan.steady.add(line.index)
    for line in plan.needed:
        plan.stored.update(_stored_for(plan, line))
    return plan


def _find_needed(plan: Schedule) -> None:
    found: dict[int, Line] = {}
    waiting = list(plan.kept)
    while waiting:
        line = waiting.pop()
        if line.index not in found:
            found[line.index] = line
            plan.across[line.index] = [node for node in line.calls if node.operator.kind in ACROSS]
            waiting.extend(line.reads)
    plan.needed = [found[index] for index in sorted(found)]


def _find_varying(plan: Schedule) -> None:
    """A balance is read above its own row, so one pass from top to bottom may not see everything."""
    before = -1
    while before != len(plan.varies):
        before = len(plan.varies)
        for line in plan.needed:
            if line.index in plan.varying or any(read.index in plan.varies for read in line.reads):
                plan.varies.add(line.index)


def _phase(plan: Schedule, line: Line) -> int:
    timed = {
        read.index
        for node in plan.across[line.index]
        if node.operator.kind == "time"
        for read in lines_in(node)
        if read.shape == "period"
    }
    known = (read.index for read in line.reads if read.index in plan.phase)
    return max((plan.phase[index] + (index in timed) for index in known), default=0)


def _is_steady(plan: Schedule, line: Line) -> bool:
    if any(node.operator.kind == "previous" for node in plan.across[line.index]):
        return False
    return all(read.shape != "period" or read.index in plan.steady for read in lines_in(line.formula))


def _stored_for(plan: Schedule, line: Line) -> Iterable[int]:
    """Lines of earlier passes that this one reads again, and the flows whose rate of return it searches."""
    for read in line.reads:
        later = line.shape == "period" and plan.phase[line.index] > plan.phase[read.index]
        if read.shape == "period" and later and read.index not in plan.steady:
            yield read.index
    for node in plan.across[line.index]:
        if node.operator.name == "irr":
            yield from (read.index for read in lines_in(node.args[0]))
        elif node.operator.kind == "time":
            latest = plan.phase[plan.home(node)]
            rows = (read.index for read in lines_in(node) if read.shape == "period")
            yield from (index for index in rows if plan.phase[index] < latest)
