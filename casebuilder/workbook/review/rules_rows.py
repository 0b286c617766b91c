"""Rule W8: one formula per row, for all periods and for all years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casebuilder.workbook.review import conventions
from casebuilder.workbook.review.conventions import violation
from casebuilder.workbook.review.records import BookRead, Rule, SheetRead, Violation


def w8(book: BookRead) -> Iterator[Violation]:
    """Cells whose formula is another than that of most cells of their row, in periods 1..T or in years 1..N."""
    for sheet in conventions.sheets_of(book, "calculation"):
        axis = conventions.axis(sheet)
        for columns in (axis.periods, axis.years) if axis else ():
            for row in sorted({row for row, column in sheet.cells if column in columns}):
                yield from _row(sheet, row, columns)


def _row(sheet: SheetRead, row: int, columns: range) -> Iterator[Violation]:
    cells = [sheet.cells.get((row, column)) for column in columns]
    spelled = [cell.relative if cell else "" for cell in cells]
    if not any(spelled):
        return
    usual = Counter(filter(None, spelled)).most_common(1)[0][0]
    for column, said in zip(columns, spelled, strict=True):
        if said != usual:
            what = (
                "another formula than the rest of the row"
                if said
                else "no formula, unlike the rest of the row"
            )
            yield violation("W8", sheet, (row, column), what)


RULES = {
    "W8": Rule("One formula per row for periods 1..T, and one for the years; period 0 may have its own", w8)
}
