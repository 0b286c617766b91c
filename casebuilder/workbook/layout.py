"""The only authority on cell addresses: which line and which input stands where, the same on every Calc sheet."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from casebuilder.case import Case
from casebuilder.model.expressions import Line
from casebuilder.model.model import Model
from casebuilder.workbook.input_rows import InputRow, input_rows

#: Sheet names.
SUMMARY, INPUTS, SELECTED, CHECKS = "Summary", "Inputs", "Calc selected", "Checks"
CERTAINTY = "How sure"
#: Inputs that are cells of each Calc sheet.
OF_THE_SHEET = ("run.scenario", "run.option")
_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True)
class Cell:
    """A cell, counted from 0; `sheet` is empty for the Calc sheet at hand."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The absolute address without its sheet."""
        return f"${xl_col_to_name(self.column)}${self.row + 1}"


class Layout:
    """Rows and columns of a case's workbook; columns and rows count from 0."""

    LABEL, UNIT, VALUE, NOTE, OPENING = 0, 1, 2, 3, 4
    TITLE_ROW, STAMP_ROW, DATE_ROW, HEAD_ROW, YEAR_ROW, YEAR_END_ROW = 0, 1, 2, 3, 4, 5
    FIRST_ROW = 7

    def __init__(self, case: Case, model: Model) -> None:
        shape = model.shape
        self.first = self.OPENING + 1
        self.last = self.OPENING + shape.periods
        self.year_opening = self.last + 2
        self.year_first = self.year_opening + 1
        self.year_last = self.year_opening + shape.years
        self.inputs: tuple[InputRow, ...] = input_rows(case, model)
        self._cells: dict[str, Cell] = {}
        self.titles = {row.key: self.input_row(number) for number, row in enumerate(self.inputs) if row.title}
        for number, row in enumerate(self.inputs):
            for column, key in row.cells:
                self._cells[key] = Cell(INPUTS, self.input_row(number), column)
        self.rows: tuple[Line | str, ...] = tuple(_with_sections(model))
        for number, entry in enumerate(self.rows):
            if isinstance(entry, Line):
                self._cells[entry.key] = Cell("", self.FIRST_ROW + number, self.VALUE)
        self.calc_names = _sheet_names(shape.scenarios)

    def input_row(self, number: int) -> int:
        """The row of the n-th row of Inputs."""
        return self.FIRST_ROW - 2 + number

    def where(self, line: Line) -> Cell:
        """The cell of an input, constant or total; of a period or year line its row (the column is the formula's)."""
        return self._cells[line.key]

    def row(self, key: str) -> int:
        """The row of a line on a Calc sheet, or of an input on Inputs."""
        return self._cells[key].row

    def input_cell(self, key: str) -> Cell:
        """The cell of an input on Inputs."""
        return self._cells[key]

    def on(self, sheet: str, key: str) -> str:
        """The absolute reference of a constant or total of a Calc sheet, from another sheet."""
        return f"'{sheet}'!{self._cells[key].a1}"

    def row_range(self, row: int, from_first: bool) -> str:
        """A row's periods, with or without period 0, columns absolute."""
        start = self.first if from_first else self.OPENING
        return f"${xl_col_to_name(start)}{row + 1}:${xl_col_to_name(self.last)}{row + 1}"


def _with_sections(model: Model) -> list[Line | str]:
    """The rows of a Calc sheet: a title before each section, then its lines."""
    rows: list[Line | str] = []
    section = ""
    for line in model.lines:
        if line.shape == "input" and line.key not in OF_THE_SHEET:
            continue
        if line.section != section:
            section = line.section
            rows.append(section)
        rows.append(line)
    return rows


def _sheet_names(scenarios: tuple[str, ...]) -> dict[str, str]:
    """A Calc sheet's name by scenario, unique within Excel's length."""
    names: dict[str, str] = {}
    for number, scenario in enumerate(scenarios, 1):
        name = f"Calc {scenario}"[:_LONGEST_SHEET_NAME]
        taken = {used.casefold() for used in [*names.values(), SELECTED]}
        if name.casefold() in taken:
            ending = f" {number}"
            name = name[: _LONGEST_SHEET_NAME - len(ending)] + ending
        names[scenario] = name
    return names
