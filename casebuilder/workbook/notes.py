"""The sheet Notes."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import NOTES


def write_notes(book: Book) -> None:
    """The sheet Notes."""
    book.sheet(NOTES, "Notes", "output")
