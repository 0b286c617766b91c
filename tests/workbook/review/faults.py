"""Faults put into a workbook as it is read: whole rows at once, which a file keeps in many places."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from casebuilder import build, workbook
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.review import RULES
from casebuilder.workbook.review.formulas import relative
from casebuilder.workbook.review.reader import read_bytes
from casebuilder.workbook.review.records import BookRead, CellRead, Look, Place, SheetRead, Value, Violation
from tests.model.cases import SMALL, case_of, small

#: The sheet that most faults are put on; the other Calc sheet stays as it is and keeps rows and inputs in use.
CALC = "Calc base"


@functools.cache
def clean() -> BookRead:
    """The small case with one segment and one scenario, year by year, as a workbook that breaks no rule."""
    yearly = {**SMALL["company"], "periods_per_year": 1}
    data = small(company=yearly, segments=SMALL["segments"][:1], scenarios={"base": {}})
    case = case_of(data)
    return read_bytes(workbook.render(build.evaluate(case), stamp_of(case), ()), "clean.xlsx")


class Fault:
    """The clean workbook with some cells changed."""

    def __init__(self) -> None:
        self.sheets = {sheet.name: replace(sheet, cells=dict(sheet.cells)) for sheet in clean().sheets}
        self.given: dict[str, Any] = {}

    def row(self, label: str, sheet: str = CALC) -> int:
        """The first row whose label begins so, and which has a unit."""
        read = self.sheets[sheet]
        rows = [r for r, c in read.cells if c == 0 and read.text(r, 0).startswith(label) and read.text(r, 1)]
        return min(rows)

    def put(
        self, label: str | int, formula: str, column: int = 2, sheet: str = CALC, value: Value = None
    ) -> Fault:
        """Another formula in a row's cell; `{row}` is its row, counted from 1."""
        row = label if isinstance(label, int) else self.row(label, sheet)
        old = self.sheets[sheet].cells.get((row, column), CellRead("", 1.0, Look()))
        text = formula.format(row=row + 1)
        new = replace(old, formula=text, relative=relative(text, row, column))
        return self.cell(sheet, (row, column), new if value is None else replace(new, value=value))

    def across(self, label: str, formula: Callable[[str, str], str]) -> Fault:
        """Another formula in the periods of a row, from letters of the column and of the one before."""
        row, read = self.row(label), self.sheets[CALC]
        for column in (5, 6):
            assert read.formula(row, column), label
            self.put(row, formula(chr(65 + column), chr(64 + column)), column)
        return self

    def cell(self, sheet: str, place: Place, cell: CellRead) -> Fault:
        """Another cell."""
        cells = self.sheets[sheet].cells
        assert isinstance(cells, dict)
        cells[place] = cell
        return self

    def typed(self, sheet: str, place: Place, value: Value) -> Fault:
        """Another value typed into a cell, which looks as before."""
        old = self.sheets[sheet].cells.get(place, CellRead("", None, Look()))
        return self.cell(sheet, place, replace(old, formula="", relative="", value=value))

    def look(self, sheet: str, place: Place, **look: Any) -> Fault:
        """Another look of a cell."""
        old = self.sheets[sheet].cells[place]
        return self.cell(sheet, place, replace(old, look=replace(old.look, **look)))

    def sheet(self, name: str, change: Callable[[SheetRead], SheetRead]) -> Fault:
        """Another sheet in the place of this one."""
        self.sheets[name] = change(self.sheets[name])
        return self

    def book(self) -> BookRead:
        """The workbook with the fault."""
        return replace(clean(), sheets=tuple(self.sheets.values()), **self.given)


def only(fault: Fault, rule: str) -> list[Violation]:
    """What a fault broke: this rule, and no other of all that there are."""
    book = fault.book()
    broken = [each for known in RULES.values() for each in known.find(book)]
    assert {each.rule for each in broken} == {rule}, [each.line for each in broken]
    return broken


def found(fault: Fault, rule: str) -> list[Violation]:
    """What one rule has to say of a fault: a variant of one that was shown to break this rule alone."""
    return list(RULES[rule].find(fault.book()))
