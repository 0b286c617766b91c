"""Formulas as text: moved from cell to cell, and in one spelling for all programs, so that two can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from xlsxwriter.utility import xl_col_to_name

#: Text in quotes, a reference with its sheet, a number, a name, or one character.
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?"""
    r"""(?P<ref>\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w.(])(?::\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w.(]))?)"""
    r"""|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"""
    r"""|(?P<name>[^\W\d][\w.]*)"""
    r"""|(?P<space>\s+)"""
    r"""|(?P<other>.)""",
    re.DOTALL,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
#: Sheet and row (from 0) as the formula names them, to the sheet and the row as we call them.
RowName = Callable[[str, int], tuple[str, str]]
_NEWER = "_XLFN."


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads so many rows down and columns to the right; what a $ holds stays."""

    def cell(found: re.Match[str]) -> str:
        held_column, letters, held_row, number = found.groups()
        if not held_column:
            letters = xl_col_to_name(column_number(letters) + columns)
        row = int(number) if held_row else int(number) + rows
        return f"{held_column}{letters}{held_row}{row}"

    def token(found: re.Match[str]) -> str:
        if found.lastgroup != "ref":
            return found[0]
        return (found["sheet"] or "") + _CELL.sub(cell, found["ref"])

    return _TOKEN.sub(token, formula)


def canonical(formula: str, sheet: str, row_name: RowName) -> str:
    """The formula in a spelling of its own: the same for two programs that mean the same.

    Blanks, the case of letters, quotes around sheets, $ and the way a number is written do not count; `row_name` says
    which row of the workbook as we wrote it a reference means, so that rows inserted above do not count either.
    """
    return "".join(_spelled(found, sheet, row_name) for found in _TOKEN.finditer(formula))


def relative(formula: str, column: int) -> str:
    """The formula with its columns as steps from its own: the same all along a row."""

    def cell(found: re.Match[str]) -> str:
        held, letters, _, number = found.groups()
        return f"{held}{letters}{number}" if held else f"[{column_number(letters) - column}]{number}"

    def token(found: re.Match[str]) -> str:
        return (
            (found["sheet"] or "") + _CELL.sub(cell, found["ref"]) if found.lastgroup == "ref" else found[0]
        )

    return _TOKEN.sub(token, formula)


def _spelled(found: re.Match[str], sheet: str, row_name: RowName) -> str:
    kind = found.lastgroup
    if kind == "ref":
        named = (found["sheet"] or f"{sheet}!")[:-1]
        where = named[1:-1].replace("''", "'") if named.startswith("'") else named
        cells = [
            (letters.upper(), *row_name(where, int(row) - 1))
            for _, letters, _, row in _CELL.findall(found["ref"])
        ]
        ends = ":".join(f"{letters}.{row}" for letters, _, row in cells)
        return f"<{cells[0][1].casefold()}!{ends}>"
    if kind == "number":
        return f"{float(found[0]):.15g}"
    if kind == "name":
        return found[0].upper().replace(_NEWER, "")
    return "" if kind == "space" else found[0]


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """A column by its letters, counted from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
