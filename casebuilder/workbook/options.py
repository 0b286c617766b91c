"""The sheet Options."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import OPTIONS


def write_options(book: Book) -> None:
    """The sheet Options."""
    book.sheet(OPTIONS, "Options", "output")
