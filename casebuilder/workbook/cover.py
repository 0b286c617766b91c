"""The sheet Cover."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import COVER


def write_cover(book: Book) -> None:
    """The sheet Cover."""
    book.sheet(COVER, "Cover", "cover")
