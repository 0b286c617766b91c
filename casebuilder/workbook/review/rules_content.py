"""Rules W5 and W6: what a workbook must not contain, and numbers that do not stand on Inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebuilder.workbook.layout import CERTAINTY, INPUTS, TRACKING
from casebuilder.workbook.review import conventions
from casebuilder.workbook.review.conventions import kind_of, violation
from casebuilder.workbook.review.formulas import functions, references, tokens
from casebuilder.workbook.review.records import BookRead, CellRead, Rule, SheetRead, Violation

#: Parts of a file that compute, fetch or hide something, by a piece of their name.
PARTS = {
    "vbaproject": "macros",
    "macrosheets/": "macros",
    "dialogsheets/": "macros",
    "externallinks/": "links to other files",
    "connections": "connections to data",
    "querytables/": "connections to data",
    "xl/model/": "a data model",
    "embeddings/": "embedded objects",
    "activex/": "active controls",
    "ctrlprops/": "form controls",
    "customui": "a user interface of its own",
    "webextensions/": "add-ins",
    "richdata/": "linked data types",
    "xl/metadata.xml": "dynamic arrays or linked data types",
}
_VOLATILE = ("NOW", "TODAY", "RAND", "RANDBETWEEN", "CELL", "INFO")
_ARRAYS = (
    "FILTER", "SORT", "SORTBY", "UNIQUE", "SEQUENCE", "RANDARRAY", "VSTACK", "HSTACK", "TOCOL", "TOROW", "TAKE",
    "DROP", "EXPAND", "WRAPROWS", "WRAPCOLS", "CHOOSECOLS", "CHOOSEROWS", "TEXTSPLIT", "ANCHORARRAY", "SINGLE",
)  # fmt: skip
_LAMBDAS = ("LAMBDA", "LET", "MAP", "REDUCE", "SCAN", "BYROW", "BYCOL", "MAKEARRAY")
_FETCHING = (
    "WEBSERVICE",
    "IMAGE",
    "RTD",
    "DDE",
    "CALL",
    "REGISTER.ID",
    "SQL.REQUEST",
    "STOCKHISTORY",
    "EVALUATE",
)
#: Functions that a workbook must not call, with what is wrong with them.
FORBIDDEN = {
    **dict.fromkeys(_VOLATILE, "changes without any input having changed"),
    **dict.fromkeys(("OFFSET", "INDIRECT"), "refers to cells that nobody can trace"),
    "NPV": "discounts the first period too",
    **dict.fromkeys(_FETCHING, "fetches something from outside"),
    **dict.fromkeys(_LAMBDAS, "is not known to Excel 2016"),
    **dict.fromkeys(_ARRAYS, "fills cells that nobody sees in it"),
}
_PREFIXES = re.compile(r"^(_XLFN\.|_XLWS\.|_XLUDF\.)+")
_SPECIAL = {"array": "an array formula", "dataTable": "a data table"}
#: Numbers that a formula may contain; a minus before them is an operator.
ALLOWED = frozenset((0.0, 1.0, 2.0, 12.0, 60.0, 100.0, 365.0))
#: A text that works as a number: alone, or after a comparison as criteria are written.
_NUMBER_IN_TEXT = re.compile(
    r'"(?:<=|>=|<>|=|<|>)?\s*([-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(%?)"'
)


def w5(book: BookRead) -> Iterator[Violation]:
    """Forbidden parts, links that leave the file, forbidden functions."""
    for part in book.parts:
        for piece, what in PARTS.items():
            if piece in part.casefold():
                yield Violation("W5", "", "", f"the file holds {what} ({part})")
                break
    for link in book.external:
        yield Violation("W5", "", "", f"the file points outside itself: {link}")
    for name, text in book.names.items():
        for wrong in _forbidden(text):
            yield Violation("W5", "", "", f"the name {name}: {wrong}")
    for sheet in book.sheets:
        for place, cell in conventions.distinct(sheet):
            found = [*_forbidden(cell.formula), *([_SPECIAL[cell.special]] if cell.special else [])]
            for wrong in found:
                yield violation("W5", sheet, place, wrong)
        yield from _in_validations(sheet)


def _in_validations(sheet: SheetRead) -> Iterator[Violation]:
    for rule in sheet.validations:
        for wrong in (*_forbidden(rule.lower), *_forbidden(rule.upper)):
            yield violation("W5", sheet, min(rule.cells, default=None), f"the validation: {wrong}")


def _forbidden(formula: str) -> Iterator[str]:
    """What a formula does that it must not."""
    for name in dict.fromkeys(_PREFIXES.sub("", found) for found in functions(formula)):
        if name in FORBIDDEN or name.startswith("CUBE"):
            yield f"{name} {FORBIDDEN.get(name, 'reads a connection to data')}"
    if any("[" in reference.sheet for reference in references(formula)):
        yield "refers to another file"
    if any(token == ("operator", "|") for token in tokens(formula)):
        yield "calls another program (DDE)"


def w6(book: BookRead) -> Iterator[Violation]:
    """Numbers typed anywhere but on Inputs, and numbers inside formulas and names."""
    for name, text in book.names.items():
        for number in _numbers(text):
            yield Violation("W6", "", "", f"the name {name} holds the number {number}")
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            if conventions.is_number(cell) and not _declared(sheet, cell):
                yield violation(
                    "W6", sheet, place, f"the number {cell.value:g} was typed here, not on {INPUTS}"
                )
        for place, cell in conventions.distinct(sheet):
            for number in _numbers(cell.formula):
                yield violation("W6", sheet, place, f"the formula holds the number {number}")


def _declared(sheet: SheetRead, cell: CellRead) -> bool:
    """Whether a typed number may stand here: an input, a value kept from the export, or of the sheet of values."""
    if sheet.name in (INPUTS, CERTAINTY):
        return True
    if sheet.name == TRACKING and conventions.has_input_style(cell):
        return True
    return conventions.is_stamped(cell) and kind_of(sheet) in ("cover", "check", "output")


def _numbers(formula: str) -> Iterator[str]:
    """The numbers in a formula that it may not contain, once each."""
    seen: dict[str, None] = {}
    for kind, text in tokens(formula):
        if kind == "number" and float(text) not in ALLOWED:
            seen[text] = None
        elif kind == "operator" and text == "%":
            seen["1%"] = None
        elif kind == "text" and abs(_number_in(text)) not in ALLOWED:
            seen[text] = None
    yield from seen


def _number_in(text: str) -> float:
    """The number that a text works as; 0 for words, and for formats such as "0.0%"."""
    found = _NUMBER_IN_TEXT.fullmatch(text)
    if found is None:
        return 0.0
    return float(found.group(1).replace(",", "")) / (100 if found.group(2) else 1)


RULES = {
    "W5": Rule(
        "No links to other files, macros, embedded objects, volatile, indirect or array functions", w5
    ),
    "W6": Rule(
        "Numbers of the world stand on Inputs only; formulas hold 0, 1, 2, 12, 60, 100, 365 at most", w6
    ),
}
