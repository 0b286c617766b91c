"""A workbook in another engine, with its checks by name: change a cell, look at the light, put the cell back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import formualizer

from casebuilder import workbook
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.layout import CHECKS, INPUTS, MASTER_COLUMN, MASTER_ROW, SELECTED, SUMMARY
from casebuilder.workbook.plan import FIRST_RUN
from casebuilder.workbook.sheets.checks import RESULT, ChecksPlan
from casebuilder.workbook.writer import File
from tests.workbook import made, sheets

#: What compares with the export: it sees a change of any figure, and so is no proof that identities see it too.
STAMP = "Figures of Summary are as exported"
EXPORTED = "Summary: every run equals its exported option, inputs unchanged"


class Live:
    """The workbook of a case file, recalculated after every change."""

    def __init__(self, path: str) -> None:
        self.results = made.results(path)
        stamp = stamp_of(self.results.case)
        self.plan = ChecksPlan(workbook._book(File(io.BytesIO()), self.results, stamp))
        content = made.content(path)
        self.formulas = sheets.formulas(io.BytesIO(content))
        self.layout = self.plan.book.layout
        self.engine: Any = formualizer.load_workbook_bytes(content)
        self.engine.evaluate_all()
        names = {SELECTED, *self.layout.calc_names.values()}
        self.calc_cells = [cell for cell in self.formulas if cell[0] in names]
        self.stamp_row = self.plan.figures_row

    def value(self, sheet: str, row: int, column: int) -> Any:
        """A cell, counted from 1 as the engine does."""
        return self.engine.get_value(sheet, row, column)

    @property
    def light(self) -> str:
        """What the light says."""
        return str(self.value(CHECKS, MASTER_ROW + 1, MASTER_COLUMN + 1))

    @property
    def stamp_holds(self) -> bool:
        """Whether the figures count as those that were exported."""
        return bool(self.value(CHECKS, self.stamp_row + 1, RESULT + 1) == 1)

    @property
    def failing(self) -> list[str]:
        """The identities that do not hold; what compares with exported figures is not among them."""
        return [
            line.label
            for row, line in self.plan.placed
            if not line.holds and line.label != EXPORTED and self.value(CHECKS, row + 1, RESULT + 1) != 1
        ]

    @property
    def as_exported(self) -> bool:
        """Whether every run has the return that was exported for its option and scenario."""
        (row,) = (row for row, line in self.plan.placed if line.label == EXPORTED)
        return bool(self.value(CHECKS, row + 1, RESULT + 1) == 1)

    def figures(self) -> list[Any]:
        """Every figure of Summary."""
        runs = range(len(self.plan.book.columns))
        return [
            self.value(SUMMARY, row + 1, FIRST_RUN + run + 1)
            for row, *_ in self.plan.stamp.figures
            for run in runs
        ]

    @contextmanager
    def formula(self, cell: sheets.Cell, text: str) -> Iterator[None]:
        """Another formula in a cell, for a while; RuntimeError where the engine refuses it."""
        try:
            self.engine.set_formula(*cell, text)
            self.engine.evaluate_all()
            yield
        finally:
            self.engine.set_formula(*cell, self.formulas[cell])
            self.engine.evaluate_all()

    @contextmanager
    def typed(self, key: str, value: float | str | None) -> Iterator[None]:
        """Another number or text in an input cell, or nothing, for a while."""
        at = self.layout.input_cell(key)
        before = self.value(INPUTS, at.row + 1, at.column + 1)
        try:
            self._put(at.row + 1, at.column + 1, value)
            yield
        finally:
            self._put(at.row + 1, at.column + 1, before)

    def _put(self, row: int, column: int, value: float | str | None) -> None:
        make: Any = formualizer.LiteralValue
        literals = {str: make.text, float: make.number, type(None): lambda _: make.empty()}
        self.engine.set_value(INPUTS, row, column, literals[type(value)](value))
        self.engine.evaluate_all()

    def calc(self, name: str, key: str, column: int | None = None) -> sheets.Cell:
        """A cell of a line on a Calc sheet: its constant or total, or of a column counted from 0."""
        return name, self.layout.row(key) + 1, (self.layout.VALUE if column is None else column) + 1


@lru_cache
def opened(path: str) -> Live:
    """The workbook of a case file, opened once."""
    return Live(path)
