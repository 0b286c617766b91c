"""The checkpoints on Tracking: when each is due, what is hoped for, a cell for what was found, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from casebuilder.case import Case, Gate, Initiative
from casebuilder.model.timeline import period_end
from casebuilder.pitch.assumed import person
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.bounds import Bounds
from casebuilder.workbook.layout import Layout
from casebuilder.workbook.outside import serial

#: Rows of a checkpoint: its name, due, target, actual, difference, reached, and one left free.
_HEIGHT, _DUE, _TARGET, _ACTUAL, _LEFT, _REACHED = 7, 1, 2, 3, 4, 5
_VALUE = column_name(Layout.VALUE)
#: How a stop rule begins where what is hoped for is a least, and where it is a most.
_LEAST = re.compile(r"(still )?(below|under|less than|fewer than)\b", re.IGNORECASE)
_MOST = re.compile(r"(still )?(above|over|more than)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint of an investment."""

    initiative: Initiative
    gate: Gate

    @property
    def unit(self) -> str:
        """The unit of what is measured."""
        return self.gate.unit or "count"

    @property
    def test(self) -> tuple[str, str] | None:
        """How to compare with the target, as words and sign; None where the stop rule does not say which is better."""
        if self.gate.target is None:
            return None
        if _LEAST.match(self.gate.stop_if):
            return "at least the target", ">="
        return ("at most the target", "<=") if _MOST.match(self.gate.stop_if) else None

    def words(self, case: Case) -> str:
        """What is measured, when we stop, and who answers for it."""
        stop = self.gate.stop_if.rstrip(".")
        parts = (
            self.gate.indicator.rstrip("."),
            f"We stop if {stop}" if stop else "No stop rule is agreed",
            f"Owner: {person(case, self.initiative.owner)}",
        )
        return ". ".join(parts)


def checkpoints(case: Case) -> tuple[Checkpoint, ...]:
    """The checkpoints that the case has, in the order of its investments; switches decide nothing here."""
    return tuple(Checkpoint(i, i.gate) for i in case.initiatives if i.gate is not None)


def checkpoints_height(book: Book) -> int:
    """Rows of the block, its title included."""
    return 1 + max(1, len(checkpoints(book.results.case))) * _HEIGHT


def write_checkpoints(book: Book, sheet: Any, row: int) -> None:
    """The block from a row down; one value each, in the column of single values."""
    sheet.write_string(row, 0, "Checkpoints", book.styles("section"))
    found = checkpoints(book.results.case)
    for number, checkpoint in enumerate(found):
        _write(book, sheet, row + 1 + number * _HEIGHT, checkpoint)
    if not found:
        text = "No checkpoint is agreed yet: agree on one before money is released"
        sheet.write_string(row + 1, 0, text, book.styles("muted"))


def _write(book: Book, sheet: Any, row: int, one: Checkpoint) -> None:
    name, case = one.initiative.name, book.results.case
    sheet.write_string(row, 0, f"Checkpoint: {name}", book.styles("total"))
    sheet.write_string(row, Layout.NOTE, one.words(case), book.styles("note"))
    path = f"initiatives[{one.initiative.id}].gate"
    due = f"=EDATE({book.layout.given('company.decision_date')},{book.layout.given(f'{path}.month')})"
    day = serial(period_end(case.company.decision_date, int(one.gate.month)))
    book.label(sheet, row + _DUE, f"{name}, checkpoint due", "date")
    book.number(sheet, row + _DUE, Layout.VALUE, due, "date", day)
    actual = f"${_VALUE}${row + _ACTUAL + 1}"
    book.label(sheet, row + _ACTUAL, f"{name}, checkpoint actual", one.unit)
    sheet.write_string(row + _ACTUAL, Layout.NOTE, "type here", book.styles("note"))
    sheet.write_blank(row + _ACTUAL, Layout.VALUE, None, book.styles("input", one.unit, one.gate.target))
    book.open_to_change(sheet, row + _ACTUAL, Layout.VALUE, Bounds(), f"Checkpoint: {name}", one.words(case))
    if one.gate.target is not None:
        _against_target(book, sheet, row, one, actual)
        return
    book.label(sheet, row + _REACHED, f"{name}, checkpoint recorded", "flag")
    book.number(sheet, row + _REACHED, Layout.VALUE, f"=COUNT({actual})", "flag", 0.0)


def _against_target(book: Book, sheet: Any, row: int, one: Checkpoint, actual: str) -> None:
    """What is hoped for, how far the actual is from it, and whether it is reached where that can be told."""
    name, target = one.initiative.name, f"${_VALUE}${row + _TARGET + 1}"
    style = book.styles("plain", one.unit, one.gate.target)
    given = f"={book.layout.given(f'initiatives[{one.initiative.id}].gate.target')}"
    for part, words, text, value in (
        (_TARGET, "target", given, one.gate.target),
        (_LEFT, "actual less target", f'=IF(COUNT({actual})=1,{actual}-{target},"")', None),
    ):
        book.label(sheet, row + part, f"{name}, checkpoint {words}", one.unit)
        sheet.formula(row + part, Layout.VALUE, text, style, value)
    if one.test is None:
        note = "Reached or not: for people to say, the stop rule does not tell which is better"
        sheet.write_string(row + _REACHED, 0, f"{name}, checkpoint reached", book.styles("plain"))
        sheet.write_string(row + _REACHED, Layout.NOTE, note, book.styles("note"))
        return
    words, sign = one.test
    book.label(sheet, row + _REACHED, f"{name}, checkpoint reached: {words}", "flag")
    text = f'=IF(COUNT({actual})=1,({actual}{sign}{target})*1,"")'
    book.number(sheet, row + _REACHED, Layout.VALUE, text, "flag", None)
