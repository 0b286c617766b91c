"""Rules of values: no errors, nothing divided by what may be 0, the shape of the model not open to change (W12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casebuilder.workbook.layout import INPUTS
from casebuilder.workbook.review.conventions import VALUE, has_input_style, label, sheets_of, violation
from casebuilder.workbook.review.nodes import Function, Node, Operation
from casebuilder.workbook.review.precedents import Cell
from casebuilder.workbook.review.recalculation import INSTALLED, UNJUDGED, at_bounds
from casebuilder.workbook.review.records import BookRead, Rule, SheetRead, Violation
from casebuilder.workbook.review.spans import ANY, Known, Spans, after
from casebuilder.workbook.review.trees import formulas_of

#: Errors as they are stored where a formula left one.
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
#: How the labels of the numbers begin that decide the shape of the sheets: shown, and not inputs.
LOCKED = ("Decision date", "Horizon, years", "Periods a year", "Discounting at mid-period")


def w12(book: BookRead) -> Iterator[Violation]:
    """No stored error, no denominator that may be 0, and what shapes the sheets locked."""
    yield from _stored(book)
    yield from _shape(book)
    yield from _divisions(book)


def _stored(book: BookRead) -> Iterator[Violation]:
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            if cell.error or (cell.formula and cell.value in ERRORS):
                yield violation("W12", sheet, place, f"holds the error {cell.value}")
            elif any(error in cell.formula for error in ERRORS if cell.formula):
                yield violation("W12", sheet, place, "the formula lost what it referred to")


def _shape(book: BookRead) -> Iterator[Violation]:
    """Horizon, periods, dates and discounting: typed once on Inputs, locked, and not in the style of an input."""
    for sheet in sheets_of(book, "input"):
        if sheet.name != INPUTS:
            continue
        rows = {label(sheet, row): row for row, column in sheet.cells if column == VALUE}
        for start in LOCKED:
            row = next((row for said, row in rows.items() if said.startswith(start)), None)
            if row is None:
                yield violation("W12", sheet, None, f"{start!r} is not shown")
            elif _open(sheet, row):
                yield violation(
                    "W12", sheet, (row, VALUE), f"{start!r} is open to change; columns would not follow"
                )


def _open(sheet: SheetRead, row: int) -> bool:
    cell = sheet.cells[row, VALUE]
    checked = any((row, VALUE) in rule.cells for rule in sheet.validations)
    return not cell.look.locked or checked or has_input_style(cell)


def _divisions(book: BookRead) -> Iterator[Violation]:
    spans = Spans(book)
    sheets, repeated = formulas_of(book).sheets, spans.repeated()
    for run in formulas_of(book).runs:
        if run.sheet in repeated and sheets[repeated[run.sheet]].get(run.place) is run.parsed:
            continue
        for place in sorted({run.place, (run.row, run.last)}):
            said = next(_unguarded(run.parsed.tree, (run.sheet, place), spans, {}), "")
            if said:
                yield violation("W12", formulas_of(book).by_name[run.sheet], place, said)
                break


def _unguarded(node: Node, cell: Cell, spans: Spans, known: Known) -> Iterator[str]:
    """What a part of a formula divides by that may be 0; `known` is what conditions around it have asked."""
    if isinstance(node, Function) and node.name == "IF":
        yield from _unguarded(node.args[0], cell, spans, known)
        for arg, met in zip(node.args[1:], (True, False), strict=False):
            yield from _unguarded(arg, cell, spans, {**known, **after(node.args[0], met)})
    elif isinstance(node, Function | Operation):
        for arg in node.args:
            yield from _unguarded(arg, cell, spans, known)
        if isinstance(node, Operation) and len(node.args) == 2:
            yield from _inverse(node, cell, spans, known)


def _inverse(node: Operation, cell: Cell, spans: Spans, known: Known) -> Iterator[str]:
    # What a power is taken of may be anything only where flags decide: there the recalculation is the judge.
    first, second = (spans.value(arg, *cell, known) for arg in node.args)
    if node.symbol == "/" and second.zero:
        yield f"divides by {node.args[1].text}, which may be 0; an IF decides what then"
    if node.symbol == "^" and first.zero and first != ANY and second.low < 0:
        yield f"raises {node.args[0].text}, which may be 0, to a power below 0; an IF decides what then"


RULES: Mapping[str, Rule] = {
    "W12": Rule(
        "No error values at any allowed input, guarded denominators, horizon and dates locked",
        w12,
        unjudged=UNJUDGED,
        thorough=at_bounds if INSTALLED else None,
    )
}
