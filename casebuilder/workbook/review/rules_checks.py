"""Rules of the checks: name, tolerance and a result that the light rests on; stamp and changes in place (W15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casebuilder.workbook.layout import CHANGES, CHECKS, MASTER, SUMMARY
from casebuilder.workbook.plan import CHANGED, RETURNS
from casebuilder.workbook.review.conventions import (
    NOTE,
    VALUE,
    is_stamped,
    label,
    master_place,
    numeric_inputs,
    violation,
)
from casebuilder.workbook.review.nodes import Reference
from casebuilder.workbook.review.parsing import parse
from casebuilder.workbook.review.precedents import Cell, precedents_of
from casebuilder.workbook.review.records import BookRead, Place, Rule, SheetRead, Violation, address
from casebuilder.workbook.review.trees import formulas_of
from casebuilder.workbook.review.units import Units


def w15(book: BookRead) -> Iterator[Violation]:
    """Checks with name, tolerance and result, one light for all; exported figures and edited inputs behind it."""
    sheet = book.sheet(CHECKS)
    if sheet is None or not sheet.formula(*master_place()):
        yield Violation("W15", CHECKS if sheet else "", "", f"there is no light for all checks in {MASTER}")
        return
    behind = precedents_of(book).behind((CHECKS, master_place()), (CHECKS, CHANGES))
    yield from _checks(book, sheet, behind)
    yield from _stamp(sheet, behind)
    yield from _changes(book, behind)


def _results(book: BookRead, sheet: SheetRead) -> list[Place]:
    """The cells below the head of the results, which says that they are 1 or 0."""
    units = Units(formulas_of(book))
    column = ((row, VALUE) for row, at in sorted(sheet.cells) if at == VALUE)
    return [at for at in column if sheet.formula(*at) and units.head(sheet, at) == "flag"]


def _checks(book: BookRead, sheet: SheetRead, behind: set[Cell]) -> Iterator[Violation]:
    results = _results(book, sheet)
    if not results:
        yield violation("W15", sheet, None, "there is no check with a result of 1 or 0")
    for at in results:
        for said in _lacks(sheet, at, behind):
            yield violation("W15", sheet, at, said)
    read = precedents_of(book).areas[CHECKS, master_place()]
    for area in read:
        for at in area.cells():
            cell = sheet.cells.get(at) if area.sheet == CHECKS else None
            if cell and not cell.formula and cell.value != len(results):
                yield violation("W15", sheet, at, f"is not the number of checks, which is {len(results)}")


def _lacks(sheet: SheetRead, at: Place, behind: set[Cell]) -> Iterator[str]:
    if not label(sheet, at[0]):
        yield "the check has no name"
    if not sheet.text(at[0], NOTE):
        yield "the check does not say what may be left over"
    if sheet.cells[at].value not in (0.0, 1.0):
        yield "the result of the check is neither 1 nor 0"
    if (CHECKS, at) not in behind:
        yield "the light does not rest on this check"


def _stamp(sheet: SheetRead, behind: set[Cell]) -> Iterator[Violation]:
    """The returns of Summary as they were exported, each read by a check."""
    stamped = {at for at, cell in sheet.cells.items() if is_stamped(cell)}
    for _, words, _ in RETURNS:
        found = sorted(at for at in stamped if label(sheet, at[0]) == words)
        if not found:
            yield violation("W15", sheet, None, f"the exported figure {words!r} of {SUMMARY} is not kept")
        for at in found:
            if (CHECKS, at) not in behind:
                yield violation("W15", sheet, at, f"no check compares the exported figure {words!r}")


def _changes(book: BookRead, behind: set[Cell]) -> Iterator[Violation]:
    """A count of changed inputs that the light rests on, and every number of Inputs in it."""
    sheet, counted = book.sheet(CHANGES), _cell(CHANGED)
    if sheet is None or not sheet.formula(*counted[1]):
        yield Violation(
            "W15", CHANGES if sheet else "", "", f"there is no count of changed inputs in {CHANGED}"
        )
        return
    if counted not in behind:
        yield violation("W15", sheet, counted[1], "the light does not rest on the count of changed inputs")
    compared = precedents_of(book).behind(counted, (CHANGES,))
    for other, at, _ in numeric_inputs(book):
        if (other.name, at) not in compared:
            text = f"the input is not compared with what it was when exported ({address(counted[1])} of {CHANGES})"
            yield violation("W15", other, at, text)


def _cell(reference: str) -> Cell:
    node = parse(reference, (0, 0))
    assert isinstance(node, Reference)
    return node.sheet, node.first.place((0, 0))


RULES: Mapping[str, Rule] = {
    "W15": Rule(
        "Checks have name, tolerance and result and one light; exported figures and inputs are compared", w15
    )
}
