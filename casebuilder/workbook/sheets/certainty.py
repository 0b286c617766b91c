"""How sure: what takes many runs of the model, as values computed when the workbook was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebuilder.pitch.records import Block
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import CERTAINTY

#: The first column of a block's numbers stands beside its words, and all blocks share their columns.
_WIDTH = 17
_HEAD = 30
#: The row of the first block, and how many rows of a block stand over its values: title, note, heads.
_FIRST, _OVER = 5, 3
#: The column of long texts, and how wide it is.
_LONG, _LONG_WIDTH = 6, 70


def write_certainty(book: Book, blocks: Sequence[Block]) -> None:
    """The sheet of values: one block beneath another, each with a note that says what it is and rests on."""
    sheet = book.sheet(CERTAINTY, "How sure are we: values, not formulas", "output")
    sheet.write_string(
        3,
        0,
        f"Computed for version {book.stamp.fingerprint}; these values do not follow a change on Inputs",
        book.styles("muted"),
    )
    sheet.set_column(1, _LONG - 1, _WIDTH)
    sheet.set_column(_LONG, _LONG, _LONG_WIDTH)
    sheet.freeze_panes(5, 1)
    for number, block in enumerate(blocks):
        _block(book, sheet, row_of(blocks, number) - _OVER, block)
    sheet.print_area(0, 0, row_of(blocks, len(blocks)) - _OVER, _LONG)


def row_of(blocks: Sequence[Block], number: int) -> int:
    """The row of the first values of a block, counted from 0 like the blocks."""
    return _FIRST + _OVER + sum(_OVER + len(block.rows) + 1 for block in blocks[:number])


def _block(book: Book, sheet: Any, row: int, block: Block) -> None:
    """One block from a row down."""
    styles = book.styles
    sheet.write_string(row, 0, block.title, styles("section"))
    sheet.write_string(row + 1, 0, block.note, styles("muted"))
    sheet.set_row(row + 2, _HEAD)
    for column, (text, unit) in enumerate(zip(block.columns, block.units, strict=True)):
        sheet.write_string(row + 2, column, text, styles("muted" if unit == "text" else "head"))
    for number, values in enumerate(block.rows):
        own = block.row_units[number] if block.row_units else "text"
        for column, (value, unit) in enumerate(zip(values, block.units, strict=True)):
            _cell(book, sheet, row + _OVER + number, column, value, own if unit == "own" else unit)


def _cell(book: Book, sheet: Any, row: int, column: int, value: str | float | None, unit: str) -> None:
    if isinstance(value, str):
        role = "long" if column == _LONG else "fitted" if column else "plain"
        sheet.write_string(row, column, value, book.styles(role))
    elif value is not None:
        sheet.write_number(row, column, value, book.styles("plain", unit, value))
