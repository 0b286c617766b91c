"""One sheet per stakeholder: their numbers with and without the programme, and what moves them."""

from __future__ import annotations

from typing import Any

from casebuilder.workbook.book import Book
from casebuilder.workbook.draft import Draft
from casebuilder.workbook.layout import Layout
from casebuilder.workbook.sheets.view_sheet import DECISION, HEAD_ROW, ViewSheet

_YEAR_WIDTH, _WORTH_WIDTH, _NOTE_WIDTH = 15, 19, 34


def write_views(book: Book) -> None:
    """A sheet for every stakeholder of the case, in its order, all of them drafted before the first is written."""
    people = enumerate(book.results.case.stakeholders, 1)
    found = [ViewSheet(book, number, stakeholder) for number, stakeholder in people]
    for view in found:
        view.add_others(found)
    for view in found:
        _write(book, view)


def _write(book: Book, view: ViewSheet) -> None:
    sheet = book.sheet(view.draft.name, view.title, "output", view.present + 1)
    sheet.set_column(Layout.NOTE, Layout.NOTE, _NOTE_WIDTH, book.styles("muted"))
    sheet.set_column(DECISION, view.present, _YEAR_WIDTH, book.styles("plain"))
    sheet.set_column(view.present, view.present, _WORTH_WIDTH, book.styles("plain"))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(0, HEAD_ROW)
    years = [f"Year {year}" for year in range(1, book.results.case.company.years + 1)]
    write_heads(book, sheet, HEAD_ROW, ["At the decision", *years, f"Present value ({book.currency})"])
    view.draft.write(book, sheet)
    print_all(sheet, view.draft, view.present)


def write_heads(book: Book, sheet: Any, row: int, times: list[str]) -> None:
    """What stands above the columns: the leading ones, then those of time."""
    for column, text in enumerate(("", "Unit", "Total or value", "Note")):
        if text:
            role = "head" if column == Layout.VALUE else "muted"
            sheet.write_string(row, column, text, book.styles(role))
    for column, text in enumerate(times, DECISION):
        sheet.write_string(row, column, text, book.styles("head"))


def print_all(sheet: Any, draft: Draft, last_column: int) -> None:
    """Print what was drafted, from the first column to the last."""
    sheet.print_area(0, 0, draft.next - 1, last_column)
