"""The Inputs sheet: every number once, open to change, with its unit, its limits and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebuilder.analysis.ranges import OF_AN_INVESTMENT
from casebuilder.case import Case, library
from casebuilder.case.records.company import InputStatus
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import day, option_label, scenario_label
from casebuilder.workbook.behind import Behind
from casebuilder.workbook.book import VALUE_WIDTH, Book, column_name
from casebuilder.workbook.bounds import Limits
from casebuilder.workbook.input_rows import TABLE, InputRow
from casebuilder.workbook.layout import INPUTS, Layout

#: Characters of a column's heading that stand on one line.
_ONE_LINE, _HEAD_ROW_HEIGHT = 16, 28
_WIDEST = 14
_LEGEND_ROW, _NOTE_WIDTH = Layout.FIRST_INPUT - 2, 46


class _Writer:
    """Writes the rows of Inputs, one after another."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet, self.case = book, sheet, book.results.case
        self.limits = Limits(self.case)
        self.said = dict(_comments(self.case, book.behind))

    def row(self, at: int, row: InputRow) -> None:
        """One row: a title with its heads, or a label with its cells."""
        if row.title:
            self._title(at, row)
        elif row.cells:
            self.book.label(self.sheet, at, row.label, row.unit)
            self.sheet.write_string(at, Layout.NOTE, row.note, self.book.styles("note"))
            for (column, key), unit in zip(row.cells, row.units, strict=True):
                self._cell(at, column, key, unit, row)

    def _title(self, at: int, row: InputRow) -> None:
        styles = self.book.styles
        self.sheet.write_string(at, 0, row.label, styles("section"))
        if any(len(text) > _ONE_LINE for text in row.head):
            self.sheet.set_row(at, _HEAD_ROW_HEIGHT)
        for column, text in enumerate(row.head, TABLE):
            self.sheet.write_string(at, column, text, styles("head"))

    def _cell(self, at: int, column: int, key: str, unit: str, row: InputRow) -> None:
        book, styles = self.book, self.book.styles
        if row.choices:
            self._selector(at, column, key, row)
        elif row.key:
            number = column - row.cells[0][0] + 1
            before = f"=${column_name(column - 1)}${at + 1}+1" if number > 1 else "=1"
            book.number(self.sheet, at, column, before, unit, float(number))
        elif row.locked:
            value = book.input_values[key]
            self.sheet.write_number(at, column, value, styles("plain", unit, value))
        else:
            value = book.input_values[key]
            self.sheet.write_number(at, column, value, styles(self._role(key), unit, value))
            book.open_to_change(self.sheet, at, column, self.limits(key), row.label, row.note)
            if key in self.said:
                book.comment(self.sheet, at, column, self.said[key])

    def _role(self, key: str) -> str:
        return "default" if self.book.behind.waits(key) else "input"

    def _selector(self, at: int, column: int, key: str, row: InputRow) -> None:
        """A choice among the headings of a table further down."""
        kind = key.removeprefix("select.")
        asked = self.book.results
        chosen = (
            scenario_label(asked.case.headline) if kind == "scenario" else option_label(asked.asked_option)
        )
        self.sheet.write_string(at, column, chosen, self.book.styles("input"))
        head = self.book.layout.titles[f"{kind}s"] + 1
        last = column_name(TABLE + len(row.choices) - 1)
        rule = {
            "validate": "list",
            "source": f"=${column_name(TABLE)}${head}:${last}${head}",
            "input_title": row.label,
            "input_message": f"Choose the {kind} that the sheet Calc selected computes.",
            "error_title": "Not in the list",
            "error_message": f"Choose one of the {kind}s in the list.",
        }
        self.sheet.data_validation(at, column, at, column, rule)


def write_inputs(book: Book) -> None:
    """The Inputs sheet; inputs are blue, starting values to replace amber, everything else is locked."""
    layout = book.layout
    widest = max((cell[0] for row in layout.inputs for cell in row.cells), default=TABLE)
    sheet = book.sheet(INPUTS, "Inputs: change any blue or amber cell, everything follows", "input", widest)
    sheet.set_column(TABLE, max(widest, TABLE + _WIDEST), VALUE_WIDTH - 2)
    sheet.freeze_panes(Layout.FIRST_INPUT - 1, 1)
    sheet.set_column(Layout.NOTE, Layout.NOTE, _NOTE_WIDTH)
    sheet.write_string(_LEGEND_ROW, 0, "Blue: may be changed", book.styles("input"))
    amber = "Amber: a starting value to replace"
    sheet.write_string(_LEGEND_ROW, Layout.NOTE, amber, book.styles("default"))
    writer = _Writer(book, sheet)
    for number, row in enumerate(layout.inputs):
        writer.row(layout.input_row(number), row)
    last = layout.input_row(len(layout.inputs) - 1)
    sheet.print_area(0, 0, last, max(widest, TABLE))
    # Without a password: it keeps labels and the horizon from being typed over, and anyone may lift it.
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _comments(case: Case, behind: Behind) -> Iterator[tuple[str, str]]:
    """What is known about where a number comes from, by the key of its cell; of investments also that nothing is."""
    for initiative in case.initiatives:
        keys = (f"initiatives[{initiative.id}].{field}" for field in OF_AN_INVESTMENT)
        yield from ((key, behind.words(key)) for key in keys if behind.status(key) == "not_stated")
    for path, given in case.inputs.items():
        yield path, _behind(case, given)
    table = library.evidence()
    for initiative in case.initiatives:
        for effect in initiative.effects:
            path = f"initiatives[{initiative.id}].effects[{effect.lever},{effect.segment}].base"
            studies = [table[id].source if id in table else id for id in effect.sources]
            grade = library.words().grades[effect.grade]
            said = [f"Grade {effect.grade}: {grade}", *studies, effect.note]
            if effect.agreed:
                said.append(f"Agreed by {person(case, effect.agreed.by)}")
            yield path, "\n".join(part for part in said if part)


def _behind(case: Case, given: InputStatus) -> str:
    """Status, source, owner, date and range of a number."""
    said = [library.words().statuses[given.status], given.source]
    if given.owner:
        said.append(f"Owner: {person(case, given.owner)}")
    if given.as_of:
        said.append(f"As of {day(given.as_of)}")
    if given.low is not None and given.high is not None:
        said.append(f"Range: {given.low:g} to {given.high:g}")
    return "\n".join(part for part in (*said, given.note) if part)
