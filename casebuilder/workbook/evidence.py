"""The sheet Evidence."""

from __future__ import annotations

from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import EVIDENCE


def write_evidence(book: Book) -> None:
    """The sheet Evidence."""
    book.sheet(EVIDENCE, "Evidence", "output")
