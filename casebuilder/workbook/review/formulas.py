"""Formulas as a review reads them: their pieces, the cells they refer to, and one spelling for every place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

#: The last row and column of a sheet, counted from 0.
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_PREFIX = r"(?:(?:'(?:[^']|'')*'|(?:\[\d+\])?[^\W\d][\w.]*|\[\d+\])!)?"
_CELL, _COLUMN, _ROW = r"\$?[A-Z]{1,3}\$?[1-9]\d*", r"\$?[A-Z]{1,3}", r"\$?[1-9]\d*"
_TEXT = r'"(?:[^"]|"")*"'
_REFERENCE = rf"{_PREFIX}(?:{_CELL}(?::{_CELL})?|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW})(?![\w.(])"
_PIECES = re.compile(rf"({_TEXT})|(?<![\w.$])({_REFERENCE})")
_TOKENS = re.compile(
    rf"(?P<text>{_TEXT})|(?P<reference>{_REFERENCE})|(?P<error>#[A-Z0-9/]+[!?]?)"
    r"|(?P<function>[^\W\d][\w.]*)(?=\()|(?P<name>[^\W\d][\w.]*)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<operator><=|>=|<>|\S)"
)
_CORNER = re.compile(r"(\$?)([A-Z]{1,3})?(\$?)(\d+)?")


class Token(NamedTuple):
    """A piece of a formula: text, reference, error, function, name, number or operator, as written."""

    kind: str
    text: str


class Corner(NamedTuple):
    """A corner of a reference, counted from 0; None where whole rows or columns are meant."""

    row: int | None
    column: int | None
    row_fixed: bool
    column_fixed: bool


class Reference(NamedTuple):
    """A reference: what names its sheet as written (with the exclamation mark), and one corner or two."""

    prefix: str
    first: Corner
    last: Corner | None

    @property
    def sheet(self) -> str:
        """The sheet's name, empty for the formula's own."""
        name = self.prefix.removesuffix("!")
        return name[1:-1].replace("''", "'") if name.startswith("'") else name

    @property
    def whole(self) -> bool:
        """Whether it takes whole rows or columns."""
        return self.first.row is None or self.first.column is None

    @property
    def rows(self) -> range:
        """The rows that it covers."""
        return _covered(self.first.row, (self.last or self.first).row, LAST_ROW)

    @property
    def columns(self) -> range:
        """The columns that it covers."""
        return _covered(self.first.column, (self.last or self.first).column, LAST_COLUMN)


def _covered(one: int | None, other: int | None, last: int) -> range:
    if one is None or other is None:
        return range(last + 1)
    return range(min(one, other), max(one, other) + 1)


@lru_cache(maxsize=20_000)
def tokens(formula: str) -> tuple[Token, ...]:
    """The pieces of a formula without its equals sign, in their order; blanks are left out."""
    return tuple(Token(str(found.lastgroup), found.group()) for found in _TOKENS.finditer(formula))


@lru_cache(maxsize=20_000)
def references(formula: str) -> tuple[Reference, ...]:
    """The references of a formula, in their order, a repeated one as often as it stands there."""
    return tuple(piece for piece in pieces(formula) if isinstance(piece, Reference))


def functions(formula: str) -> tuple[str, ...]:
    """The functions that a formula calls, in capitals, as the file spells them."""
    return tuple(token.text.upper() for token in tokens(formula) if token.kind == "function")


def pieces(formula: str) -> list[str | Reference]:
    """A formula as texts and references that, joined as written, give it again."""
    found: list[str | Reference] = []
    end = 0
    for match in _PIECES.finditer(formula):
        if match.group(2):
            found += [formula[end : match.start()], _reference(match.group(2))]
            end = match.end()
    return [*found, formula[end:]]


@lru_cache(maxsize=50_000)
def _reference(text: str) -> Reference:
    prefix, mark, area = text.rpartition("!")
    first, *last = area.split(":")
    return Reference(prefix + mark, _corner(first), _corner(last[0]) if last else None)


def _corner(text: str) -> Corner:
    found = _CORNER.fullmatch(text)
    assert found is not None
    before, letters, between, digits = found.groups()
    row = int(digits) - 1 if digits else None
    column = column_number(letters) if letters else None
    # In `$5` the only mark is the row's.
    return Corner(row, column, bool(between if letters else before), bool(before and letters))


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """A column's number from its letters, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@lru_cache(maxsize=20_000)
def _letters(column: int) -> str:
    name: str = xl_col_to_name(column)
    return name


def relative(formula: str, row: int, column: int) -> str:
    """The formula of a cell with its references as distances: the same text wherever the same formula stands."""
    return _spelled(pieces(formula), lambda corner: _distance(corner, row, column))


def moved(given: list[str | Reference], rows: int, columns: int) -> str:
    """A formula's pieces as a cell so many rows below and columns to the right spells them."""
    return _spelled(given, lambda corner: _shifted(corner, rows, columns))


def _spelled(given: list[str | Reference], corner: Callable[[Corner], str]) -> str:
    parts: list[str] = []
    for piece in given:
        if isinstance(piece, str):
            parts.append(piece)
        else:
            parts += [piece.prefix, corner(piece.first), f":{corner(piece.last)}" if piece.last else ""]
    return "".join(parts)


def _distance(corner: Corner, row: int, column: int) -> str:
    text = ""
    if corner.row is not None:
        text = f"R{corner.row}" if corner.row_fixed else f"R[{corner.row - row}]"
    if corner.column is not None:
        text += f"C{corner.column}" if corner.column_fixed else f"C[{corner.column - column}]"
    return text


def _shifted(corner: Corner, rows: int, columns: int) -> str:
    """The corner as written, moved where it is not fixed; an error where that leaves the sheet."""
    text = ""
    if corner.column is not None:
        column = corner.column + (0 if corner.column_fixed else columns)
        if not 0 <= column <= LAST_COLUMN:
            return "#REF!"
        text = f"{'$' * corner.column_fixed}{_letters(column)}"
    if corner.row is not None:
        row = corner.row + (0 if corner.row_fixed else rows)
        if not 0 <= row <= LAST_ROW:
            return "#REF!"
        text += f"{'$' * corner.row_fixed}{row + 1}"
    return text
