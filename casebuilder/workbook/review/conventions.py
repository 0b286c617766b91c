"""What our workbooks have in common, as a review recognises it: kinds of sheets, leading columns, styles, time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casebuilder.case import library
from casebuilder.workbook.book import KINDS, Kind
from casebuilder.workbook.layout import CHECKS, INPUTS, MASTER, TRACKING, Layout
from casebuilder.workbook.review.formulas import column_number
from casebuilder.workbook.review.records import BookRead, CellRead, Place, SheetRead, Violation, address

#: The leading columns of input and calculation sheets.
LABEL, UNIT, VALUE, NOTE = Layout.LABEL, Layout.UNIT, Layout.VALUE, Layout.NOTE
#: What the row of end dates is called, and what the note of a number says that is shown and not an input.
PERIOD_ENDS, SHOWN = "Period ends", "shown, not to be changed here"
_AFTER_KIND = " · "


def kind_of(sheet: SheetRead) -> Kind | None:
    """What a sheet says in its second row that it is; None where it does not say."""
    said = sheet.text(Layout.STAMP_ROW, LABEL).partition(_AFTER_KIND)[0].strip()
    return next((kind for kind, (words, _) in KINDS.items() if words == said), None)


def sheets_of(book: BookRead, *kinds: Kind) -> Iterator[SheetRead]:
    """The sheets of these kinds, in their order."""
    return (sheet for sheet in book.sheets if kind_of(sheet) in kinds)


def label(sheet: SheetRead, row: int) -> str:
    """What a row is called."""
    return sheet.text(row, LABEL)


def unit(sheet: SheetRead, row: int) -> str:
    """The unit of a row, as people read it."""
    return sheet.text(row, UNIT)


@lru_cache(maxsize=1)
def fills() -> dict[str, str]:
    """Fill colours as six capital digits, by name: input, default, stamped."""
    look = library.look()
    named = {"input": "input_fill", "default": "default_fill", "stamped": "panel"}
    return {name: look[key].lstrip("#").upper() for name, key in named.items()}


def has_input_style(cell: CellRead) -> bool:
    """Whether a cell looks like an input: one to change, or a starting value to replace."""
    return cell.look.fill in (fills()["input"], fills()["default"])


def is_default(cell: CellRead) -> bool:
    """Whether a cell looks like a starting value to replace."""
    return cell.look.fill == fills()["default"]


def is_stamped(cell: CellRead) -> bool:
    """Whether a cell looks like a value kept from the export, which follows nothing."""
    return cell.look.fill == fills()["stamped"] and not cell.formula


def is_number(cell: CellRead) -> bool:
    """Whether a number or a truth value was typed into a cell."""
    return not cell.formula and isinstance(cell.value, float | bool)


def inputs(book: BookRead) -> Iterator[tuple[SheetRead, Place, CellRead]]:
    """The input cells: in input style, on Inputs and Tracking, below the colour key at the top."""
    for sheet in book.sheets:
        if sheet.name in (INPUTS, TRACKING):
            for place, cell in sheet.cells.items():
                if has_input_style(cell) and place[0] >= Layout.FIRST_INPUT:
                    yield sheet, place, cell


def numeric_inputs(book: BookRead) -> Iterator[tuple[SheetRead, Place, CellRead]]:
    """The input cells on Inputs that hold a number."""
    return (found for found in inputs(book) if found[0].name == INPUTS and is_number(found[2]))


def is_master(cell: CellRead) -> bool:
    """Whether a cell repeats the overall light of the checks."""
    return cell.formula == MASTER


def master_place() -> Place:
    """The cell of the overall light on Checks."""
    letters, row = MASTER.removeprefix(f"{CHECKS}!$").split("$")
    return int(row) - 1, column_number(letters)


@dataclass(frozen=True)
class Axis:
    """The columns of time of a calculation sheet: the opening, periods 1..T, the run rate, years 1..N; row of dates."""

    date_row: int
    opening: int
    periods: range
    year_opening: int
    years: range

    @property
    def columns(self) -> tuple[int, ...]:
        """Every column of time."""
        return (self.opening, *self.periods, self.year_opening, *self.years)


def axis(sheet: SheetRead) -> Axis | None:
    """The columns of time, found by the row of end dates; None where there is no such row with two blocks."""
    row = next(
        (row for row, column in sheet.cells if column == LABEL and label(sheet, row) == PERIOD_ENDS), None
    )
    if row is None:
        return None
    dated = sorted(
        c for r, c in sheet.cells if r == row and c > NOTE and isinstance(sheet.cells[r, c].value, float)
    )
    blocks = list(runs(dated))
    if len(blocks) != 2:
        return None
    periods, years = blocks
    return Axis(row, periods[0], periods[1:], years[0], years[1:])


def runs(columns: list[int]) -> Iterator[range]:
    """Columns that stand beside each other, as ranges."""
    start = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or columns[at] != columns[at - 1] + 1:
            yield range(columns[start], columns[at - 1] + 1)
            start = at


def distinct(sheet: SheetRead) -> Iterator[tuple[Place, CellRead]]:
    """The formula cells of a sheet, of cells that hold one formula only the first."""
    seen: set[str] = set()
    for place, cell in sheet.cells.items():
        if cell.formula and cell.relative not in seen:
            seen.add(cell.relative)
            yield place, cell


def violation(rule: str, sheet: SheetRead, place: Place | None, text: str) -> Violation:
    """What breaks a rule in a cell, or on a sheet as a whole."""
    return Violation(rule, sheet.name, address(place) if place else "", text)
