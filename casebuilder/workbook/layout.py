"""The only authority on cell addresses: which sheet, line and input stands where, the same on every Calc sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

from xlsxwriter.utility import xl_col_to_name

from casebuilder.case import Case
from casebuilder.model.expressions import Line
from casebuilder.model.model import Model
from casebuilder.pitch.assumed import person
from casebuilder.workbook.input_rows import InputRow, input_rows
from casebuilder.workbook.sections import Part, parts_of

#: Sheet names, in the order of the workbook; stakeholders' sheets follow Summary, Calc sheets follow Inputs.
COVER, SUMMARY, INPUTS, SELECTED, OPTIONS = "Cover", "Summary", "Inputs", "Calc selected", "Options"
CERTAINTY, CHECKS, CHANGES, BUDGET = "How sure", "Checks", "Changes", "Budget"
TRACKING, EVIDENCE, NOTES = "Tracking", "Evidence", "Notes"
_FIXED = (
    COVER, SUMMARY, INPUTS, SELECTED, OPTIONS, CERTAINTY, CHECKS, CHANGES, BUDGET, TRACKING, EVIDENCE, NOTES,
)  # fmt: skip
#: The overall light, which every sheet repeats: its row and column on Checks.
MASTER_ROW, MASTER_COLUMN = 4, 2
MASTER = f"{CHECKS}!${xl_col_to_name(MASTER_COLUMN)}${MASTER_ROW + 1}"
#: Inputs that are cells of each Calc sheet.
OF_THE_SHEET = ("run.scenario", "run.option")
#: Lines of time that head the columns of a Calc sheet and stay in sight.
HEADING = ("period", "month", "year")
#: Sections that the index of a Calc sheet names in one row, beside the name of their part, and columns for each.
INDEX_WIDTH, INDEX_STEP = 6, 2
_LONGEST_SHEET_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


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
    TITLE_ROW, STAMP_ROW, LIGHT_ROW = 0, 1, 2
    PERIOD_ROW, MONTH_ROW, YEAR_ROW, DATE_ROW, HEAD_ROW = 3, 4, 5, 6, 7
    INDEX_ROW = 9
    FIRST_INPUT = 5

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
        self.parts: tuple[Part, ...] = parts_of(_with_sections(model))
        self.first_row = self.INDEX_ROW + 2 + sum(part.height(INDEX_WIDTH) for part in self.parts)
        self.rows: tuple[Line | str, ...] = tuple(_with_sections(model))
        for key, at in zip(HEADING, (self.PERIOD_ROW, self.MONTH_ROW, self.YEAR_ROW), strict=True):
            self._cells[key] = Cell("", at, self.VALUE)
        self.section_rows: dict[str, int] = {}
        for at, entry in enumerate(self.rows, self.first_row):
            if isinstance(entry, Line):
                self._cells[entry.key] = Cell("", at, self.VALUE)
            else:
                self.section_rows[entry] = at
        self.calc_names = _sheet_names(shape.scenarios)
        self.view_names = _view_names(case, [*self.calc_names.values(), *_FIXED])

    @property
    def sheets(self) -> tuple[str, ...]:
        """Every sheet, in the order of the workbook."""
        return (
            COVER, SUMMARY, *self.view_names, INPUTS, *self.calc_names.values(), SELECTED, OPTIONS, CERTAINTY,
            CHECKS, CHANGES, BUDGET, TRACKING, EVIDENCE, NOTES,
        )  # fmt: skip

    def input_row(self, number: int) -> int:
        """The row of the n-th row of Inputs."""
        return self.FIRST_INPUT + number

    def where(self, line: Line) -> Cell:
        """The cell of an input, constant or total; of a period or year line its row (the column is the formula's)."""
        return self._cells[line.key]

    def row(self, key: str) -> int:
        """The row of a line on a Calc sheet, or of an input on Inputs."""
        return self._cells[key].row

    def has(self, key: str) -> bool:
        """Whether a line or an input of this key has a cell."""
        return key in self._cells

    def input_cell(self, key: str) -> Cell:
        """The cell of an input on Inputs."""
        return self._cells[key]

    def given(self, key: str) -> str:
        """The absolute reference of an input, from another sheet."""
        return f"{INPUTS}!{self._cells[key].a1}"

    def on(self, sheet: str, key: str) -> str:
        """The absolute reference of a constant or total of a Calc sheet, from another sheet."""
        return f"'{sheet}'!{self._cells[key].a1}"

    def at(self, sheet: str, key: str, column: int) -> str:
        """The reference of a period or year line of a Calc sheet in a column, from another sheet; the row stays."""
        return f"'{sheet}'!{xl_col_to_name(column)}${self._cells[key].row + 1}"

    def across(self, sheet: str, key: str, from_first: bool = False) -> str:
        """The absolute range of a period line of a Calc sheet, from another sheet."""
        return f"'{sheet}'!{self.row_range(self._cells[key].row, from_first)}"

    def year_column(self, year: int) -> int:
        """The column of a year of the yearly lines, counted from 1; 0 is the run rate."""
        return self.year_opening + year

    def row_range(self, row: int, from_first: bool) -> str:
        """A row's periods, with or without period 0, columns absolute."""
        start = self.first if from_first else self.OPENING
        return f"${xl_col_to_name(start)}${row + 1}:${xl_col_to_name(self.last)}${row + 1}"


def _with_sections(model: Model) -> list[Line | str]:
    """The rows of a Calc sheet: a title before each section, then its lines."""
    rows: list[Line | str] = []
    section = ""
    for line in model.lines:
        if line.key in HEADING or (line.shape == "input" and line.key not in OF_THE_SHEET):
            continue
        if line.section != section:
            section = line.section
            rows.append(section)
        rows.append(line)
    return rows


def _sheet_names(scenarios: tuple[str, ...]) -> dict[str, str]:
    """A Calc sheet's name by scenario, unique within Excel's length."""
    names: dict[str, str] = {}
    for scenario in scenarios:
        names[scenario] = _unique(f"Calc {scenario}", [*names.values(), *_FIXED])
    return names


def _view_names(case: Case, taken: list[str]) -> tuple[str, ...]:
    """A sheet's name for each stakeholder, by their role."""
    names: list[str] = []
    for stakeholder in case.stakeholders:
        role = stakeholder.role or person(case, stakeholder.persona)
        names.append(_unique(f"For {_NOT_IN_NAMES.sub(' ', role)}".strip(), [*names, *taken]))
    return tuple(names)


def _unique(name: str, taken: list[str]) -> str:
    """The name cut to Excel's length, with a number where another sheet has it already."""
    used = {each.casefold() for each in taken}
    for number in count(1):
        ending = f" {number}" if number > 1 else ""
        found = name[: _LONGEST_SHEET_NAME - len(ending)].rstrip() + ending
        if found.casefold() not in used:
            break
    return found
