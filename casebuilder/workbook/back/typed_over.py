"""Numbers typed over formulas, as an edited workbook tells by itself: by how its cells look, without ours beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casebuilder.workbook.back.compared import Altered, grouped
from casebuilder.workbook.back.opened import Opened
from casebuilder.workbook.back.returned import FormulaChange
from casebuilder.workbook.book import KINDS
from casebuilder.workbook.layout import CERTAINTY, INPUTS, Layout

_CALCULATION = KINDS["calculation"][0]
_KINDS = frozenset(words for words, _ in KINDS.values())
#: Sheets on which numbers stand that are no formulas and look like none.
_OF_NUMBERS = frozenset(each.casefold() for each in (INPUTS, CERTAINTY))


def typed_over(book: Opened, leave_out: Collection[str] = ()) -> Iterator[FormulaChange]:
    """Cells that hold a number where the workbook was made with a formula, by sheet and row.

    Every number that we write as a number has a ground of its own, and every formula of a number has a number format
    and none: a number that looks like a formula is one that was typed over. `leave_out` are sheets, by their name in
    the file, that are not looked at.
    """
    for sheet in book.sheets:
        kind = _kind(book, sheet)
        if kind in _KINDS and sheet.casefold() not in _OF_NUMBERS and sheet not in leave_out:
            yield from grouped(sheet, sorted(_cells(book, sheet, kind), key=lambda each: each.place))


def _kind(book: Opened, sheet: str) -> str:
    """What a sheet of ours says in its second row that it is; a sheet of somebody else says nothing of the kind."""
    said = book.cells(sheet).get((Layout.STAMP_ROW, 0))
    return str(said.value).partition(" · ")[0] if said else ""


def _cells(book: Opened, sheet: str, kind: str) -> Iterator[Altered]:
    for place, content in book.cells(sheet).items():
        if isinstance(content.value, float) and not content.written and place[1] >= Layout.VALUE - 1:
            look = book.look(content.style)
            # On a calculation sheet no number is typed at all, whatever somebody painted it with.
            if look.numbered and (kind == _CALCULATION or not look.filled):
                yield Altered(place, "replaced", "", f"{content.value:.15g}")
