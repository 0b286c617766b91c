"""Whose budget a benefit or a cost of the case is in, one owner's rows beneath each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casebuilder.case import Case
from casebuilder.case.records.lines import HeadlineShare
from casebuilder.model.results import Results
from casebuilder.pitch.assumed import NOBODY, person
from casebuilder.pitch.words import label_of
from casebuilder.workbook.draft import one_line
from casebuilder.workbook.lines import possible

#: Whose benefit it is where no one function has it in its budget.
COMPANY = "the company as a whole"
_OWNER = 40


@dataclass(frozen=True)
class Owned:
    """A row of the budget to be: the key of its line, its label, and whose budget it is in."""

    key: str
    label: str
    owner: str


def benefits(results: Results) -> tuple[Owned, ...]:
    """The benefits that the case can have: the company's, then those with an owner."""
    case, found = results.case, []
    owners = {f"custom:{line.name}": line.owner for line in case.custom_lines}
    for name, share in case.headline_shares.items():
        owners[name] = share.owner if isinstance(share, HeadlineShare) else None
    for line in possible(results):
        owner = owners.get(line)
        whose = one_line(person(case, owner), _OWNER) if owner else COMPANY
        found.append(Owned(f"counted.{line}", f"Benefit: {label_of(line)}", whose))
    return _together(found, COMPANY)


def costs(case: Case) -> tuple[Owned, ...]:
    """The costs of investments and the company's own cost lines, those without an owner last."""
    found = [Owned(f"cost[{i.id}]", f"Cost: {i.name}", _owner(case, i.owner)) for i in case.initiatives]
    for line in case.custom_lines:
        if line.kind == "cost":
            found.append(Owned(f"custom:{line.name}", f"Own cost: {line.name}", _owner(case, line.owner)))
    ordered = _together(found)
    return (*(o for o in ordered if o.owner != NOBODY), *(o for o in ordered if o.owner == NOBODY))


def _owner(case: Case, owner: str | None) -> str:
    return one_line(person(case, owner), _OWNER)


def _together(rows: Iterable[Owned], *first: str) -> tuple[Owned, ...]:
    """The rows of one owner beneath each other, owners in the order in which they appear."""
    found = list(rows)
    owners = [*first, *dict.fromkeys(row.owner for row in found)]
    return tuple(sorted(found, key=lambda row: owners.index(row.owner)))


__all__ = ["COMPANY", "NOBODY", "Owned", "benefits", "costs"]
