"""Rule W7: what every input cell has, that it is used and entered once, and that nothing else looks like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from casebuilder.case import library
from casebuilder.workbook.layout import CHECKS, INPUTS, TRACKING
from casebuilder.workbook.review import conventions
from casebuilder.workbook.review.conventions import NOTE, SHOWN, violation
from casebuilder.workbook.review.formulas import Reference, references
from casebuilder.workbook.review.records import (
    BookRead,
    CellRead,
    Place,
    Rule,
    SheetRead,
    Validation,
    Violation,
)

#: What Checks calls the row that counts starting values.
STARTING_VALUES = "starting value"
#: An area of more cells than this is kept as an area.
_MANY = 10_000


def w7(book: BookRead) -> Iterator[Violation]:
    """Inputs that lack something, cells that look like inputs and are none, starting values that are not counted."""
    used = _Used(book)
    guarded = {sheet.name: _guarded(sheet) for sheet in book.sheets}
    for sheet, place, cell in conventions.inputs(book):
        for wrong in _lacking(sheet, place, cell, guarded[sheet.name].get(place)):
            yield violation("W7", sheet, place, wrong)
        if not cell.formula and not used.has(sheet.name, place):
            yield violation("W7", sheet, place, "no formula uses this input")
    for sheet in book.sheets:
        yield from _elsewhere(sheet)
    yield from _starting_values(book)


def _guarded(sheet: SheetRead) -> Mapping[Place, Validation]:
    """The rule of validation of every cell that has one."""
    return {place: rule for rule in sheet.validations for place in rule.cells}


def _lacking(sheet: SheetRead, place: Place, cell: CellRead, rule: Validation | None) -> Iterator[str]:
    """What an input cell does not have."""
    row = place[0]
    if cell.formula:
        yield "a formula in the style of an input"
        return
    if not conventions.unit(sheet, row):
        yield "an input without a unit"
    if sheet.name == INPUTS and cell.value in (None, ""):
        yield "an empty input"
    if sheet.name == INPUTS and not sheet.text(row, NOTE):
        yield "an input without a source or owner"
    if rule is None or rule.kind == "none":
        yield "an input without a rule for what it may hold"
    elif not rule.prompt:
        yield "an input whose rule does not say what it may hold"
    if cell.look.locked:
        yield "a locked input"


def _elsewhere(sheet: SheetRead) -> Iterator[Violation]:
    """Selectors, open cells and input styles where no inputs belong, and numbers on Inputs that are not inputs."""
    here = sheet.name in (INPUTS, TRACKING)
    for rule in sheet.validations:
        if rule.kind == "list" and sheet.name != INPUTS:
            yield violation("W7", sheet, min(rule.cells, default=None), f"a selector that is not on {INPUTS}")
    for place, cell in sheet.cells.items():
        styled = conventions.has_input_style(cell)
        if here and styled:
            continue
        if styled and (cell.formula or not isinstance(cell.value, str)):
            yield violation("W7", sheet, place, f"the style of an input on a sheet that is not {INPUTS}")
        elif not styled and not cell.look.locked:
            yield violation("W7", sheet, place, "open to change without the style of an input")
        elif sheet.name == INPUTS and conventions.is_number(cell) and SHOWN not in sheet.text(place[0], NOTE):
            yield violation("W7", sheet, place, "a number without the style of an input")


def _starting_values(book: BookRead) -> Iterator[Violation]:
    """Starting values that their row does not call so, and whether Checks counts them."""
    called = library.words().statuses["default"].casefold()
    count = 0
    for sheet, place, cell in conventions.inputs(book):
        if conventions.is_default(cell):
            count += 1
            if called not in sheet.text(place[0], NOTE).casefold():
                yield violation("W7", sheet, place, "a starting value whose row does not say so")
    checks = book.sheet(CHECKS)
    if count and (checks is None or float(count) not in set(_counted(checks))):
        yield Violation(
            "W7", CHECKS, "", f"no row '{STARTING_VALUES}' counts the {count} starting values on {INPUTS}"
        )


def _counted(checks: SheetRead) -> Iterator[float]:
    for (row, _), cell in checks.cells.items():
        if isinstance(cell.value, float) and STARTING_VALUES in conventions.label(checks, row).casefold():
            yield cell.value


class _Used:
    """Which cells of the sheets with inputs some formula refers to."""

    def __init__(self, book: BookRead) -> None:
        self.cells: dict[str, set[Place]] = defaultdict(set)
        self.areas: dict[str, list[Reference]] = defaultdict(list)
        for sheet in book.sheets:
            for formula in {cell.formula for cell in sheet.cells.values() if cell.formula}:
                if sheet.name in (INPUTS, TRACKING) or INPUTS in formula or TRACKING in formula:
                    self._note(sheet.name, formula)

    def _note(self, own: str, formula: str) -> None:
        for reference in references(formula):
            name = reference.sheet or own
            if len(reference.rows) * len(reference.columns) > _MANY:
                self.areas[name].append(reference)
            else:
                self.cells[name].update(
                    (row, column) for row in reference.rows for column in reference.columns
                )

    def has(self, sheet: str, place: Place) -> bool:
        """Whether some formula refers to a cell."""
        row, column = place
        areas = self.areas[sheet]
        return place in self.cells[sheet] or any(
            row in area.rows and column in area.columns for area in areas
        )


RULES = {
    "W7": Rule(
        "Every input looks like one, has a unit, a source or owner and a rule that says what it may hold, is open to"
        " change, used and entered once; nothing else looks like one; starting values are flagged and counted",
        w7,
    )
}
