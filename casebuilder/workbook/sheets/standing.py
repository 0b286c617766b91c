"""Who stands behind each number of a case: its status, owner, source, date and range, starting values first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.signatures import signed_by
from casebuilder.analysis.study import study
from casebuilder.analysis.unbacked import STATUSES, Status, read_by, status_of
from casebuilder.case import Case
from casebuilder.pitch.assumed import NOBODY, assumed, person
from casebuilder.workbook.layout import Layout


@dataclass(frozen=True)
class Standing:
    """One number: its key on Inputs, name and unit, and what the case says about it; `low` and `high` as stated.

    `read`: the return, or a number that somebody named, rests on it as the case stands.
    """

    key: str
    name: str
    unit: str
    status: Status
    who: str
    read: bool = True
    source: str = ""
    note: str = ""
    as_of: date | None = None
    low: float | None = None
    high: float | None = None


def standing(case: Case, layout: Layout) -> tuple[Standing, ...]:
    """Every number that is an assumption, or whose status the case states, and that has a cell on Inputs.

    Their order and number stay whatever is switched on or off. Sizes of effects are left out: their evidence has a
    grade and not a status.
    """
    read = read_by(case)
    found = [_standing(case, path, path in read, *rest) for path, rest in _numbers(case, layout).items()]
    return tuple(sorted(found, key=lambda each: STATUSES.index(each.status)))


def _numbers(case: Case, layout: Layout) -> dict[str, tuple[str, str, str]]:
    """Key, name and unit of every number by its path in the case."""
    named = assumed(case)
    found = {
        each.path: (each.key, named[each.path].name, named[each.path].unit)
        for each in ranges(study(case))
        if each.kind == "input"
    }
    beside = {path: cell for path, cell in _cells(layout).items() if path in case.inputs}
    return found | {path: (path, *cell) for path, cell in beside.items() if path not in found}


def _cells(layout: Layout) -> dict[str, tuple[str, str]]:
    """Label and unit of every cell of Inputs by key."""
    return {
        key: (row.label, unit)
        for row in layout.inputs
        for (_, key), unit in zip(row.cells, row.units, strict=True)
    }


def _standing(case: Case, path: str, read: bool, key: str, name: str, unit: str) -> Standing:
    given, who = case.inputs.get(path), "; ".join(_people(case, path)) or NOBODY
    status = status_of(case, path)
    if given is None:
        return Standing(key, name, unit, status, who, read)
    return Standing(
        key, name, unit, status, who, read, given.source, given.note, given.as_of, given.low, given.high
    )


def _people(case: Case, path: str) -> Iterator[str]:
    """Its owner, and whoever signed it where that is another."""
    given, signer = case.inputs.get(path), signed_by(case, path)
    owner = given.owner if given is not None else None
    if owner:
        yield person(case, owner)
    if signer and signer != owner:
        yield f"signed: {person(case, signer)}"
