"""Rules of Excel 2016: names, sheet names, lengths and functions inside its limits (W16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from openpyxl.utils import FORMULAE

from casebuilder.workbook.review.conventions import violation
from casebuilder.workbook.review.formulas import LAST_COLUMN, LAST_ROW
from casebuilder.workbook.review.nodes import Function, Node, Parsed, Words, parts
from casebuilder.workbook.review.records import BookRead, Rule, SheetRead, Violation
from casebuilder.workbook.review.trees import formulas_of

LONGEST_SHEET, LONGEST_TEXT, LONGEST_FORMULA, LONGEST_QUOTED = 31, 32_767, 8_192, 255
DEEPEST, MOST_ARGUMENTS, LONGEST_NAME, LONGEST_PROMPT, MOST_LINKS = 64, 255, 255, 255, 65_530
#: Functions of Excel 2010 beside those of 2007, which the reading library lists.
_SINCE = frozenset({"AGGREGATE", "NETWORKDAYS.INTL", "WORKDAY.INTL"})
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]|^'|'$")
_NAME = re.compile(r"[^\W\d][\w.\\]*|\\[\w.\\]*", re.UNICODE)
_LIKE_A_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]+|[RrCc]|[Rr][0-9]*[Cc][0-9]*")
_NOT_IN_FILES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A name that Excel keeps for itself.
_RESERVED = "history"


def w16(book: BookRead) -> Iterator[Violation]:
    """Nothing that Excel 2016 would repair, cut or not know."""
    yield from _sheets(book)
    yield from _names(book)
    for sheet in book.sheets:
        yield from _cells(sheet)
    yield from _formulas(book)


def _sheets(book: BookRead) -> Iterator[Violation]:
    seen: set[str] = set()
    for sheet in book.sheets:
        folded = sheet.name.casefold()
        if not sheet.name or _units(sheet.name) > LONGEST_SHEET:
            yield violation("W16", sheet, None, f"the sheet's name is longer than {LONGEST_SHEET} characters")
        if _NOT_IN_SHEETS.search(sheet.name) or folded == _RESERVED:
            yield violation("W16", sheet, None, "the sheet's name is not allowed")
        if folded in seen:
            yield violation("W16", sheet, None, "two sheets have this name")
        seen.add(folded)


def _names(book: BookRead) -> Iterator[Violation]:
    for name in book.names:
        own = name.rpartition("!")[2]
        if not _NAME.fullmatch(own) or _LIKE_A_CELL.fullmatch(own) or len(own) > LONGEST_NAME:
            yield Violation("W16", "", "", f"{own!r} cannot be the name of a cell")


def _cells(sheet: SheetRead) -> Iterator[Violation]:
    for place, cell in sheet.cells.items():
        if place[0] > LAST_ROW or place[1] > LAST_COLUMN:
            yield violation("W16", sheet, place, "stands beyond the last row or column")
        if isinstance(cell.value, str):
            if _units(cell.value) > LONGEST_TEXT:
                yield violation("W16", sheet, place, f"the text is longer than {LONGEST_TEXT} characters")
            if _NOT_IN_FILES.search(cell.value):
                yield violation("W16", sheet, place, "the text has a character that a file cannot hold")
    for rule in sheet.validations:
        if _units(rule.prompt) > LONGEST_PROMPT:
            yield violation(
                "W16", sheet, min(rule.cells), f"the prompt is longer than {LONGEST_PROMPT} characters"
            )
    if len(sheet.links) > MOST_LINKS:
        yield violation("W16", sheet, None, f"the sheet has more than {MOST_LINKS} links")


def _formulas(book: BookRead) -> Iterator[Violation]:
    formulas = formulas_of(book)
    said: dict[int, list[str]] = {}
    for run in formulas.runs:
        if id(run.parsed) not in said:
            said[id(run.parsed)] = list(_beyond(run.parsed))
        sheet = formulas.by_name[run.sheet]
        if len(sheet.cells[run.row, run.last].formula) > LONGEST_FORMULA:
            yield violation(
                "W16", sheet, run.place, f"the formula is longer than {LONGEST_FORMULA} characters"
            )
        for text in said[id(run.parsed)]:
            yield violation("W16", sheet, run.place, text)


def _beyond(parsed: Parsed) -> Iterator[str]:
    if parsed.broken:
        yield "cannot be read as a formula"
    for name in sorted({name for name in parsed.functions if name not in FORMULAE and name not in _SINCE}):
        yield f"{name} is not a function of Excel 2010"
    if any(isinstance(node, Words) and _units(node.text) > LONGEST_QUOTED + 2 for node in parsed.nodes):
        yield f"a text in the formula is longer than {LONGEST_QUOTED} characters"
    if any(isinstance(node, Function) and len(node.args) > MOST_ARGUMENTS for node in parsed.nodes):
        yield f"a function has more than {MOST_ARGUMENTS} arguments"
    if _depth(parsed.tree) > DEEPEST:
        yield f"functions are nested more than {DEEPEST} deep"


def _depth(tree: Node) -> int:
    """How many functions stand inside each other at most."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        depth += isinstance(node, Function)
        deepest = max(deepest, depth)
        waiting += [(part, depth) for part in parts(node)]
    return deepest


def _units(text: str) -> int:
    """The length as Excel counts it: a character beyond the basic plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


RULES: Mapping[str, Rule] = {
    "W16": Rule("Names, lengths and functions stay inside the limits of Excel 2016", w16)
}
