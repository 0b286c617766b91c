"""The sheets: Inputs, one Calc sheet per scenario, Calc selected, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from casebuilder.case import library
from casebuilder.model.expressions import Line
from casebuilder.model.results import Outcome, Results
from casebuilder.model.timeline import last_day
from casebuilder.pitch.formulas import in_words
from casebuilder.pitch.records import Stamp
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.input_rows import InputRow
from casebuilder.workbook.layout import CHECKS, INPUTS, SELECTED, Layout
from casebuilder.workbook.spelling import Speller
from casebuilder.workbook.style import Styles

#: The widest text in the label column.
LABEL_WIDTH = 70
#: Characters of a column's heading that stand on one line.
ONE_LINE = 16


@dataclass(frozen=True)
class Book:
    """A workbook being written: the library's object, where cells are, how they look, and what they say."""

    file: Any
    styles: Styles
    layout: Layout
    results: Results
    stamp: Stamp
    input_values: dict[str, float]

    def sheet(self, name: str, title: str, colour: str) -> Any:
        """A new sheet with its title, the stamp and the light of the checks."""
        sheet = self.file.add_worksheet(name)
        sheet.set_tab_color(library.look()[colour])
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, LABEL_WIDTH, self.styles("plain"))
        sheet.set_column(1, 1, 14, self.styles("muted"))
        sheet.set_column(2, 2, 17)
        sheet.set_column(3, 3, 30, self.styles("muted"))
        sheet.set_row(0, 24)
        sheet.set_landscape()
        sheet.set_paper(8 if name.startswith("Calc") else 9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 3)
        sheet.set_footer(f"&L{self.stamp.line}&R&A, page &P of &N")
        sheet.write_string(0, 0, title, self.styles("title"))
        sheet.write_string(1, 0, f"{self.results.case.title} · {self.stamp.line}", self.styles("muted"))
        if name != CHECKS:
            self.light(sheet, name)
        return sheet

    def light(self, sheet: Any, name: str) -> None:
        """The overall light of the checks, on every sheet."""
        sheet.write_formula(
            0,
            2,
            f"={CHECKS}!$C$4",
            self.styles("good"),
            "All checks hold" if self.all_hold else "A check fails",
        )
        sheet.conditional_format(
            0,
            2,
            0,
            2,
            {"type": "cell", "criteria": "!=", "value": '"All checks hold"', "format": self.styles("bad")},
        )

    @property
    def all_hold(self) -> bool:
        """Whether every check of every scenario holds."""
        return all(check.ok for outcome in self.results.outcomes.values() for check in outcome.checks)


def write_inputs(book: Book) -> None:
    """The Inputs sheet: every number once, inputs in blue, defaults to replace in amber."""
    sheet, layout = (
        book.sheet(INPUTS, "Inputs: change any blue or amber cell, everything follows", "input_text"),
        book.layout,
    )
    sheet.set_column(4, 4 + 14, 15)
    sheet.freeze_panes(layout.input_row(0), 1)
    sheet.write_string(2, 0, "May be changed", book.styles("input"))
    sheet.write_string(3, 0, "Starting value to replace: nobody stands behind it yet", book.styles("default"))
    for number, row in enumerate(layout.inputs):
        _input_row(book, sheet, layout.input_row(number), row)
    # Without a password: it keeps labels and the horizon from being typed over, and anyone may lift it.
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _input_row(book: Book, sheet: Any, at: int, row: InputRow) -> None:
    styles = book.styles
    if row.title:
        sheet.write_string(at, 0, row.label, styles("section"))
        if any(len(text) > ONE_LINE for text in row.head):
            sheet.set_row(at, 28)
        for column, text in enumerate(row.head):
            sheet.write_string(at, 4 + column, text, styles("head"))
        return
    if not row.cells:
        return
    sheet.write_string(at, 0, row.label, styles("plain"))
    sheet.write_string(at, 1, unit_word(row.unit, book.results.case.company.currency), styles("muted"))
    if row.note:
        sheet.write_string(at, 3, row.note, styles("note"))
    for (column, key), unit in zip(row.cells, row.units, strict=True):
        if row.choices:
            sheet.write_string(at, column, _selected(book, key), styles("input"))
            head = book.layout.titles["scenarios" if key == "select.scenario" else "options"] + 1
            last = xl_col_to_name(3 + len(row.choices))
            sheet.data_validation(
                at, column, at, column, {"validate": "list", "source": f"=$E${head}:${last}${head}"}
            )
        elif row.key:
            number = column - row.cells[0][0] + 1
            before = book.layout.input_cell(row.cells[number - 2][1]).a1 if number > 1 else ""
            sheet.write_formula(at, column, f"={before}+1" if before else "=1", styles("plain", unit), number)
        else:
            role = "plain" if row.locked else _input_role(book, key)
            value = book.input_values[key]
            sheet.write_number(at, column, value, styles(role, unit, value))
            if not row.locked:
                _bounds(sheet, at, column, key)


def _selected(book: Book, key: str) -> str:
    return (
        scenario_label(book.results.case.headline)
        if key == "select.scenario"
        else option_label(book.results.asked_option)
    )


def _input_role(book: Book, key: str) -> str:
    given = book.results.case.inputs.get(key)
    return "default" if given is not None and given.status == "default" else "input"


def _bounds(sheet: Any, row: int, column: int, key: str) -> None:
    word = library.inputs().get(key.rsplit(".", 1)[-1])
    if word is None or word.lower is None:
        return
    rule: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": word.lower}
    if word.upper is not None:
        rule = {"validate": "decimal", "criteria": "between", "minimum": word.lower, "maximum": word.upper}
    allowed = f"{word.lower:g} to {word.upper:g}" if word.upper is not None else f"{word.lower:g} or more"
    rule |= {
        "error_title": "Outside what is possible",
        "error_message": f"{word.label}: allowed is {allowed}."[:255],
    }
    sheet.data_validation(row, column, row, column, rule)


def unit_word(unit: str, currency: str) -> str:
    """The unit as people read it."""
    words = {
        "money": currency,
        "money_per_year": f"{currency} a year",
        "per_year": "a year",
        "flag": "1 or 0",
        "choice": "choice",
    }
    return words.get(unit, unit)


class CalcSheets:
    """Writes Calc sheets: the formulas are spelled once and shared by all of them."""

    def __init__(self, book: Book) -> None:
        self.book, self.layout = book, book.layout
        layout = book.layout
        columns = [
            layout.VALUE,
            *range(layout.OPENING, layout.last + 1),
            *range(layout.year_opening, layout.year_last + 1),
        ]
        spellers = {column: Speller(layout, column) for column in columns}
        self.words = {line.key: in_words(line) for line in self.lines}
        self.texts: dict[str, list[tuple[int, str]]] = {}
        for line in self.lines:
            self.texts[line.key] = [
                (column, spellers[column].formula(formula))
                for column, formula in self._cells(line)
                if formula is not None
            ]

    @property
    def lines(self) -> list[Line]:
        """The computed lines, in the order of the rows."""
        return [entry for entry in self.layout.rows if isinstance(entry, Line) and entry.shape != "input"]

    def _cells(self, line: Line) -> list[tuple[int, Any]]:
        layout = self.layout
        if line.shape in ("constant", "total"):
            return [(layout.VALUE, line.formula)]
        opening, first, last = layout.OPENING, layout.first, layout.last
        if line.shape == "year":
            opening, first, last = layout.year_opening, layout.year_first, layout.year_last
        return [(opening, line.opening), *((column, line.formula) for column in range(first, last + 1))]

    def write(self, name: str, title: str, outcome: Outcome, scenario: str, option: str) -> None:
        """One Calc sheet; `scenario` and `option` are the formulas of its two selecting cells."""
        book, layout, styles = self.book, self.layout, self.book.styles
        sheet = book.sheet(name, title, "ink" if name == SELECTED else "muted")
        sheet.freeze_panes(layout.FIRST_ROW, layout.VALUE + 1)
        sheet.set_column(layout.NOTE, layout.NOTE, 24)
        sheet.set_column(layout.OPENING, layout.year_last, 13)
        self._heads(sheet)
        for number, entry in enumerate(layout.rows):
            row = layout.FIRST_ROW + number
            if isinstance(entry, str):
                sheet.write_string(row, 0, entry, styles("section"))
                continue
            sheet.write_string(row, 0, entry.label, styles("plain"))
            sheet.write_string(
                row, 1, unit_word(entry.unit, book.results.case.company.currency), styles("muted")
            )
            if entry.shape == "input":
                text = scenario if entry.key == "run.scenario" else option
                sheet.write_formula(
                    row, layout.VALUE, text, styles("plain", entry.unit), self._choice(entry.key, outcome)
                )
                continue
            sheet.write_string(row, layout.NOTE, self.words[entry.key], styles("note"))
            values = self._values(entry, outcome)
            for column, text in self.texts[entry.key]:
                value = values[column]
                sheet.write_formula(
                    row, column, text, styles("plain", entry.unit), "" if value is None else value
                )

    def _choice(self, key: str, outcome: Outcome) -> int:
        shape = self.book.results.model.shape
        return 1 + (
            shape.scenarios.index(outcome.scenario)
            if key == "run.scenario"
            else shape.options.index(outcome.option)
        )

    def _values(self, line: Line, outcome: Outcome) -> dict[int, float | None]:
        """The evaluated numbers by column: they are the cached values of the formulas."""
        layout = self.layout
        if line.shape in ("constant", "total"):
            return {layout.VALUE: outcome.number(line.key)}
        if line.shape == "period":
            return dict(enumerate(outcome.row(line.key), layout.OPENING))
        opening = (
            {layout.year_opening: outcome.number(line.opening.key)} if isinstance(line.opening, Line) else {}
        )
        return opening | dict(enumerate(outcome.row(line.key), layout.year_first))

    def _heads(self, sheet: Any) -> None:
        layout, styles, case = self.layout, self.book.styles, self.book.results.case
        per_year = case.company.periods_per_year
        sheet.write_string(layout.DATE_ROW, 0, "Period ends", styles("muted"))
        for column, text in ((0, "Line"), (1, "Unit"), (2, "Constant or total"), (3, "In words")):
            sheet.write_string(layout.HEAD_ROW, column, text, styles("head" if column == 2 else "muted"))
        for period in range(case.periods + 1):
            column = layout.OPENING + period
            end = last_day(case.company.decision_date, period * 12 // per_year)
            sheet.write_datetime(layout.DATE_ROW, column, end, styles.date("muted"))
            sheet.write_string(
                layout.HEAD_ROW,
                column,
                "Decision" if period == 0 else period_word(period, per_year),
                styles("head"),
            )
        sheet.write_string(
            layout.YEAR_ROW, 0, "Year number, for the yearly columns on the right", styles("muted")
        )
        sheet.write_string(layout.YEAR_END_ROW, 0, "Last period of that year", styles("muted"))
        periods = self.layout.input_cell("company.periods_per_year").a1
        for year in range(case.company.years + 1):
            column = layout.year_opening + year
            head = "Run rate" if year == 0 else f"Year {year}"
            sheet.write_string(layout.HEAD_ROW, column, head, styles("head"))
            before = f"{xl_col_to_name(column - 1)}${layout.YEAR_ROW + 1}"
            here = f"{xl_col_to_name(column)}${layout.YEAR_ROW + 1}"
            sheet.write_formula(
                layout.YEAR_ROW, column, f"={before}+1" if year else "=0", styles("muted", "flag"), year
            )
            if year:
                sheet.write_formula(
                    layout.YEAR_END_ROW,
                    column,
                    f"={here}*{INPUTS}!{periods}",
                    styles("muted", "flag"),
                    year * per_year,
                )


def period_word(period: int, per_year: int) -> str:
    """`Y2`, `Y1 Q3` or `Y1 M11`."""
    year, part = (period - 1) // per_year + 1, (period - 1) % per_year + 1
    return {1: f"Y{year}", 4: f"Y{year} Q{part}", 12: f"Y{year} M{part}"}[per_year]
