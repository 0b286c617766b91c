"""What came home in an edited workbook: changed inputs with their worth, and all else that is not as exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Change:
    """An input that holds another number than it was exported with, in its own unit.

    `old` is the case's number now, `exported` the one in the workbook as it was made (None where nobody knows it any
    more), `new` the one typed. `effect` is what the change alone moves the return of what the decision asks for (net
    present value, in the case's currency), `share` what it adds when all changes that a case can keep are made. A
    `conflict` is a number that the case changed meanwhile too. `formula` is what was typed where it was no number.
    """

    key: str
    label: str
    unit: str
    place: str
    old: float
    new: float
    exported: float | None
    effect: float
    share: float | None = None
    conflict: bool = False
    formula: str = ""


#: Why a value cannot be taken over.
Why = Literal[
    "text",
    "empty",
    "error",
    "flag",
    "no_value",
    "limits",
    "order",
    "locked",
    "gone",
    "lost",
    "infinite",
    "case",
]


@dataclass(frozen=True)
class Refused:
    """A value of an input that a case must not take; the case's own number stays.

    `found` is what stands in the cell, as text; `allowed` what may stand there, in words.
    """

    key: str
    label: str
    place: str
    why: Why
    found: str
    allowed: str = ""


@dataclass(frozen=True)
class MovedOn:
    """An input that the case changed after the workbook was made, and the workbook did not.

    `exported` is None where the case did not have it yet when the workbook was made.
    """

    key: str
    label: str
    unit: str
    exported: float | None
    now: float


@dataclass(frozen=True)
class Selected:
    """Another scenario or option selected in the sheet: it changes what is shown, not the case."""

    kind: Literal["scenario", "option"]
    old: str
    new: str


@dataclass(frozen=True)
class Actual:
    """A number typed on Tracking: what really happened."""

    label: str
    period: str
    place: str
    value: float


@dataclass(frozen=True)
class FormulaChange:
    """Cells beside each other in a row whose formula or exported number is not ours any more.

    `old` and `new` are what stands in the first of `cells`, such as `F12:Y12`. `typed over` is a formula replaced by a
    value, `overwritten` an exported number or text replaced by another, `replaced` a formula that nobody can name any
    more with a number in its place.
    """

    sheet: str
    cells: str
    kind: Literal["changed", "typed over", "emptied", "added", "overwritten", "replaced"]
    old: str
    new: str


@dataclass(frozen=True)
class SheetChange:
    """A sheet that came, went or got another name, or rows and columns that came or went; `what` names them."""

    sheet: str
    kind: Literal[
        "sheet added", "sheet removed", "sheet renamed", "inserted", "deleted", "columns", "too long"
    ]
    what: str


@dataclass(frozen=True)
class Stale:
    """The return stored in the file (None: none is stored), and what the model makes of the inputs in it."""

    stored: float | None
    computed: float


@dataclass(frozen=True)
class Returned:
    """An edited workbook, read against its case: nothing of it is in the case yet.

    `fingerprint` is the case's now, `exported_as` that of the workbook; where they differ the workbook is of another
    version. `changes` can be taken over, `not_kept` are numbers that no case holds. `start` is the return of what the
    decision asks for now, `together` with all changes that have no conflict, `workbook` with everything read from the
    workbook. `compared` says whether formulas could be compared with ours at all, and `unread` on which sheets of the
    workbook they were not: there only numbers typed over formulas are found. `reprinted`: on some of these because
    another edition of this program wrote the workbook.
    """

    name: str
    title: str
    currency: str
    fingerprint: str
    exported_as: str
    program: str
    changes: tuple[Change, ...]
    not_kept: tuple[Change, ...]
    refused: tuple[Refused, ...]
    moved_on: tuple[MovedOn, ...]
    selected: tuple[Selected, ...]
    actuals: tuple[Actual, ...]
    compared: bool
    formulas: tuple[FormulaChange, ...]
    sheets: tuple[SheetChange, ...]
    stale: Stale | None
    start: float
    together: float
    workbook: float
    error: float | None = None
    unread: tuple[str, ...] = ()
    reprinted: bool = False

    @property
    def same_version(self) -> bool:
        """Whether the workbook was made from the case as it is now."""
        return self.exported_as == self.fingerprint

    @property
    def open(self) -> tuple[Change, ...]:
        """The changes that can be taken over without overruling anybody."""
        return tuple(change for change in self.changes if not change.conflict)

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """The changes of numbers that the case changed meanwhile too."""
        return tuple(change for change in self.changes if change.conflict)

    @property
    def untouched(self) -> bool:
        """Whether nothing at all came home."""
        lists = (
            self.changes,
            self.not_kept,
            self.refused,
            self.selected,
            self.actuals,
            self.formulas,
            self.sheets,
        )
        return not any(lists)
