"""What the formulas give when each input stands at its limits: computed again by an engine that is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from casebuilder.workbook.review.conventions import label, numeric_inputs, violation
from casebuilder.workbook.review.records import BookRead, Place, SheetRead, Validation, Violation, address

ENGINE = "formualizer"
#: Whether the engine is on this machine: it is for those who develop, and nothing else needs it.
INSTALLED = find_spec(ENGINE) is not None
UNJUDGED = "errors at the limits of the inputs: " + (
    "computed again only on request" if INSTALLED else f"needs the package {ENGINE}"
)
#: A limit as far away as this stands for none; a limit that is left out is passed by this much.
_FAR, _STEP = 1e15, 1e-6
#: A sheet beside those of the workbook that sums each of them: a sum is an error where a cell of it is one.
_SUMS = "Sums by sheet"
#: The name of an error, as people know it.
_ERRORS = {
    "Div": "#DIV/0!",
    "Num": "#NUM!",
    "Value": "#VALUE!",
    "Ref": "#REF!",
    "Na": "#N/A",
    "Name": "#NAME?",
}


def at_bounds(book: BookRead) -> Iterator[Violation]:
    """Cells that become an error where one input stands at a limit of its validation and all others as typed."""
    engine = _Engine(book)
    yield from engine.errors("as typed")
    rules = {place: rule for sheet in book.sheets for rule in sheet.validations for place in _on(sheet, rule)}
    for sheet, place, cell in numeric_inputs(book):
        for bound in _bounds(rules.get((sheet.name, place))):
            engine.put(sheet.name, place, bound)
            yield from engine.errors(f"where {label(sheet, place[0])!r} ({address(place)}) is {bound:g}")
        engine.put(sheet.name, place, cell.value)


def _on(sheet: SheetRead, rule: Validation) -> Iterator[tuple[str, Place]]:
    return ((sheet.name, place) for place in rule.cells)


def _bounds(rule: Validation | None) -> Iterator[float]:
    """The lowest and highest value that a rule lets in, where it has them."""
    if rule is None or rule.kind not in ("whole", "decimal"):
        return
    step = _STEP if rule.operator == "greaterThan" else 0.0
    for text, beyond in ((rule.lower, step), (rule.upper, 0.0)):
        if text and abs(float(text)) < _FAR:
            yield float(text) + beyond


class _Engine:
    """The workbook in the engine, and where its formulas stand."""

    def __init__(self, book: BookRead) -> None:
        self.api: Any = import_module(ENGINE)
        self.book = book
        self.engine: Any = self.api.load_workbook_bytes(book.data)
        self.sheets = [sheet for sheet in book.sheets if any(cell.formula for cell in sheet.cells.values())]
        self.engine.add_sheet(_SUMS)
        for row, sheet in enumerate(self.sheets, 1):
            name = sheet.name.replace("'", "''")
            self.engine.set_formula(_SUMS, row, 1, f"=SUM('{name}'!A1:{address(_corner(sheet))})")

    def put(self, sheet: str, place: Place, value: Any) -> None:
        """Type a number into a cell."""
        row, column = place
        self.engine.set_value(sheet, row + 1, column + 1, self.api.LiteralValue.number(float(value)))

    def errors(self, when: str) -> Iterator[Violation]:
        """The first cell of each sheet that is an error now."""
        self.engine.evaluate_all()
        for number, sheet in enumerate(self.sheets, 1):
            if _kind(self.engine.get_value(_SUMS, number, 1)):
                place, kind = self._first(sheet)
                yield violation("W12", sheet, place, f"is {_ERRORS.get(kind, kind)} {when}")

    def _first(self, sheet: SheetRead) -> tuple[Place, str]:
        """The first cell of a sheet that is an error, and which."""
        for row, column in sorted(place for place, cell in sheet.cells.items() if cell.formula):
            if kind := _kind(self.engine.get_value(sheet.name, row + 1, column + 1)):
                return (row, column), kind
        return (0, 0), "an error in a sum"


def _kind(value: Any) -> str:
    """Which error a value is, in the engine's word; empty where it is none."""
    return str(value.get("kind")) if isinstance(value, dict) and value.get("type") == "Error" else ""


def _corner(sheet: SheetRead) -> Place:
    """The last row and the last column with a cell."""
    rows, columns = zip(*sheet.cells, strict=True)
    return max(rows), max(columns)
