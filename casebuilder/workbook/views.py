"""One sheet per stakeholder: their numbers with and without the programme, and what moves them."""

from __future__ import annotations

from casebuilder.workbook.book import Book


def write_views(book: Book) -> None:
    """A sheet for every stakeholder of the case, in its order."""
    for name in book.layout.view_names:
        book.sheet(name, name, "output")
