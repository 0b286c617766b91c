"""The Budget sheet: cash, profit and positions by fiscal year, and whose budget it is."""

from __future__ import annotations

from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import BUDGET, Layout
from casebuilder.workbook.sheets.budget_rows import COUNT_ROW, FIRST, YEAR_ROW, budget
from casebuilder.workbook.sheets.calc import period_word

_WIDTH, _NOTE_WIDTH = 14, 34


def write_budget(book: Book) -> None:
    """The Budget sheet; the table of periods at its end is wider than a page and is not printed."""
    found, styles, company = budget(book), book.styles, book.results.case.company
    sheet = book.sheet(BUDGET, "Budget by fiscal year", "output", found.last + 1)
    sheet.set_column(Layout.NOTE, Layout.NOTE, _NOTE_WIDTH, styles("muted"))
    sheet.set_column(FIRST, max(found.last, book.layout.last), _WIDTH, styles("plain"))
    sheet.freeze_panes(COUNT_ROW + 1, 1)
    sheet.repeat_rows(0, COUNT_ROW)
    sheet.write_string(YEAR_ROW, Layout.VALUE, "Total", styles("head"))
    found.draft.write(book, sheet)
    sheet.write_string(YEAR_ROW, Layout.NOTE, "Whose budget", styles("muted"))
    for period, column in enumerate(range(book.layout.OPENING, book.layout.last + 1)):
        words = period_word(period, company.periods_per_year) if period else "Decision"
        sheet.write_string(found.names_row, column, words, styles("head"))
    empty = f"={column_name(FIRST)}${COUNT_ROW + 1}=0"
    rule = {"type": "formula", "criteria": empty, "format": styles("muted")}
    sheet.conditional_format(YEAR_ROW, FIRST, found.names_row - 3, found.last, rule)
    sheet.print_area(0, 0, found.names_row - 3, found.last)


def tie_cells(book: Book) -> tuple[tuple[str, str], ...]:
    """What the budget is compared with Calc selected in, and the reference of what is left over, for other sheets."""
    return tuple((label, f"{BUDGET}!$C${row + 1}") for label, row in budget(book).ties.items())
