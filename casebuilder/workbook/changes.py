"""The sheet Changes."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import CHANGES


def write_changes(book: Book) -> None:
    """The sheet Changes."""
    book.sheet(CHANGES, "Changes", "check")
