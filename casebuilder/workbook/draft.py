"""An output sheet drafted before it is written: rows and cells with their values, so that sheets can refer to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import Layout

Value = float | str | None
#: Characters of a label that are seen beside its unit, and of a note beside the columns of time.
LABEL_LENGTH, NOTE_LENGTH = 72, 44


@dataclass(frozen=True)
class Drafted:
    """A cell to be: its formula with the equals sign, the value it has, unit and role, and the size it is read by."""

    text: str
    value: Value
    unit: str
    role: str
    size: float = 0.0


@dataclass(frozen=True)
class Row:
    """A row to be: label, unit (empty for words), note and role."""

    label: str
    unit: str
    note: str
    role: str


class Draft:
    """Rows of one sheet from a row downwards; rows and columns count from 0, labels are told apart."""

    def __init__(self, name: str, first_row: int) -> None:
        self.name, self.next = name, first_row
        self.rows: dict[int, Row] = {}
        self.cells: dict[tuple[int, int], Drafted] = {}
        self._seen: dict[str, int] = {}

    def row(self, label: str, unit: str = "", note: str = "", role: str = "plain", long: bool = False) -> int:
        """The number of a new row; a label is cut where its unit begins, unless it may run on (`long`)."""
        said = one_line(label, 10 * LABEL_LENGTH if long else LABEL_LENGTH)
        self._seen[said] = self._seen.get(said, 0) + 1
        if self._seen[said] > 1:
            said = f"{one_line(said, LABEL_LENGTH - 5)} ({self._seen[said]})"
        self.rows[self.next] = Row(said, unit, one_line(note, NOTE_LENGTH), role)
        self.next += 1
        return self.next - 1

    def section(self, title: str, words: str = "") -> None:
        """A title after an empty row, and a line that says what stands below it."""
        self.next += 1
        self.row(title, role="section", long=True)
        if words:
            self.row(words, role="muted", long=True)

    def put(
        self,
        row: int,
        column: int,
        text: str,
        value: Value,
        size: float = 0.0,
        role: str = "",
        unit: str = "",
    ) -> None:
        """A formula in a cell, in the unit of its row or its own; `size` is the largest amount that it must show."""
        found = self.rows[row]
        shown = "text" if isinstance(value, str) else unit or found.unit or "text"
        self.cells[row, column] = Drafted(text, value, shown, role or found.role, size)

    def value(self, row: int, column: int) -> Value:
        """The value of a cell; None where it has no number or nothing was put."""
        cell = self.cells.get((row, column))
        return cell.value if cell else None

    def amounts(self, cells: Iterable[tuple[int, int]]) -> float:
        """The sum of the numbers in these cells."""
        found = (self.value(*place) for place in cells)
        return sum((value for value in found if isinstance(value, float)), 0.0)

    def total(self, row: int, column: int, first: int, last: int) -> None:
        """The sum of the rows from the first to the last, in one column."""
        name = column_name(column)
        amount = self.amounts((each, column) for each in range(first, last + 1))
        self.put(row, column, f"=SUM({name}{first + 1}:{name}{last + 1})", amount)

    def along(self, row: int, column: int, first: int, last: int) -> None:
        """The sum of a row from the first column to the last."""
        amount = self.amounts((row, each) for each in range(first, last + 1))
        place = f"{column_name(first)}{row + 1}:{column_name(last)}{row + 1}"
        self.put(row, column, f"=SUM({place})", amount)

    def reference(self, row: int, column: int) -> str:
        """A cell of this sheet as another sheet refers to it, its row fixed."""
        return f"'{self.name}'!{column_name(column)}${row + 1}"

    def write(self, book: Book, sheet: Any) -> None:
        """Write every row and cell."""
        for number, row in self.rows.items():
            book.label(sheet, number, row.label, row.unit, row.role)
            if row.note:
                sheet.write_string(number, Layout.NOTE, row.note, book.styles("note"))
        for (number, column), cell in self.cells.items():
            style = book.styles(cell.role, cell.unit, cell.size or None)
            sheet.formula(number, column, cell.text, style, cell.value)


def one_line(text: str, length: int) -> str:
    """A text on one line within a length, an ellipsis where it was longer."""
    said = " ".join(text.split())
    return said if len(said) <= length else f"{said[: length - 1].rstrip()}…"
