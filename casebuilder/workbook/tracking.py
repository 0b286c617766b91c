"""The sheet Tracking."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import TRACKING


def write_tracking(book: Book) -> None:
    """The sheet Tracking."""
    book.sheet(TRACKING, "Tracking", "output")
