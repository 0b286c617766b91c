"""The sheet Budget."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import BUDGET


def write_budget(book: Book) -> None:
    """The sheet Budget."""
    book.sheet(BUDGET, "Budget", "output")
