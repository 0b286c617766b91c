"""Numbers that nobody stands behind: one definition for every page, sheet and slide that counts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casebuilder.analysis.needed import Moved, moved_metrics, needed_for
from casebuilder.analysis.ranges import OF_AN_INVESTMENT
from casebuilder.analysis.signatures import is_signed
from casebuilder.analysis.study import effect_key
from casebuilder.case import Case, Initiative, library
from casebuilder.case.records.lines import HeadlineShare
from casebuilder.model.inputs import SIZES
from casebuilder.model.structure import shares_in_force

#: What a case says of a number: the one that asks for work first.
Status = Literal["default", "estimate", "not_stated", "confirmed"]
STATUSES: tuple[Status, ...] = ("default", "estimate", "not_stated", "confirmed")
#: A choice rather than a number of the world, and still one that somebody may stand behind.
_HORIZON = ("company.years",)
#: What nothing reads of an investment without effects, the first of them unless another one needs it first.
_OF_EFFECTS = {"build_months", "adoption", "ramp_months"}


@dataclass(frozen=True)
class Unbacked:
    """Paths of the numbers that a case reads and nobody stands behind, see `read_by`.

    `starting` are starting values of the library, in the case's order; of what is `not_stated` the case says nothing,
    and nobody signed it.
    """

    starting: tuple[str, ...]
    not_stated: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All of them: every place that counts them counts these, or says which part of them."""
        return (*self.starting, *self.not_stated)

    def begins(self, path: str) -> bool:
        """Whether a number, or the effect with a size of its own, is a starting value."""
        return not {path, *(f"{path}.{size}" for size in SIZES)}.isdisjoint(self.starting)


def unbacked(case: Case) -> Unbacked:
    """Every number of the case that nobody stands behind."""
    read = read_by(case)
    starting = tuple(path for path, said in case.inputs.items() if said.status == "default" and path in read)
    silent = (path for path in read.difference(case.inputs) if status_of(case, path) == "not_stated")
    return Unbacked(starting, tuple(sorted(silent)))


def status_of(case: Case, path: str) -> Status:
    """What the case says of a number; what is only signed is confirmed."""
    said = case.inputs.get(path)
    if said is not None:
        return said.status
    return "confirmed" if is_signed(case, path) else "not_stated"


def read_by(case: Case) -> frozenset[str]:
    """The paths of the numbers that a return, or a number that somebody named, rests on as the case stands.

    The company's own, see `analysis.needed`; what enabled investments cost and when they work, and sizes of their
    effects of which the case states a status (all others have a grade of evidence instead); amounts of the case's own
    lines; the best achievable levels and shares counted as cash that the case has of its own; the horizon, where the
    case says who stands behind it.
    """
    moved = moved_metrics(case)
    ours = (path for each in case.initiatives if each.enabled for path in of_investment(case, each))
    horizon = (path for path in _HORIZON if path in case.inputs)
    return needed_for(case, moved).union(
        ours, _own_lines(case), _limits(case, moved), _shares(case, moved), horizon
    )


def of_investment(case: Case, initiative: Initiative) -> Iterator[str]:
    """Those numbers of one investment that are read while it is switched on, whether it is or not."""
    path, idle = f"initiatives[{initiative.id}]", set() if initiative.effects else _OF_EFFECTS
    if idle and any(initiative.id in other.requires for other in case.initiatives):
        idle = idle - {"build_months"}
    yield from (f"{path}.{field}" for field in OF_AN_INVESTMENT if field not in idle)
    sizes = (effect_key(initiative.id, effect, size) for effect in initiative.effects for size in SIZES)
    yield from (key for key in sizes if key in case.inputs)


def _own_lines(case: Case) -> Iterator[str]:
    """Amounts of own lines; an amount of 0 is none."""
    off = {each.id for each in case.initiatives if not each.enabled}
    for line in case.custom_lines:
        if line.initiative not in off:
            path = f"custom_lines[{line.name}]"
            amounts = {f"{path}.by_year[{year}]": amount for year, amount in enumerate(line.by_year, 1)}
            yield from (key for key, amount in {f"{path}.initial": line.initial, **amounts}.items() if amount)


def _limits(case: Case, moved: frozenset[Moved]) -> Iterator[str]:
    """The case's own best achievable levels of metrics that are moved."""
    names = {name for name, _ in moved} if case.limits else ()
    yield from (f"limits.{name}" for name in case.limits if name in names)


def _shares(case: Case, moved: frozenset[Moved]) -> Iterator[str]:
    """The shares counted as cash in force, of benefits that are moved."""
    shares = shares_in_force(case)
    lines = {library.levers()[name].line for name, _ in moved} if shares else ()
    yield from (share_path(case, line) for line in shares if line in lines)


def share_path(case: Case, line: str) -> str:
    """Where a share counted as cash stands in the case."""
    as_record = isinstance(case.headline_shares[line], HeadlineShare)
    return f"headline_shares.{line}.share" if as_record else f"headline_shares.{line}"
