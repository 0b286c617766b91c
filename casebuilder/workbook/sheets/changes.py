"""The sheet Changes: every input as exported and as it is now, so that an edited file says what was edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.input_rows import TABLE, InputRow
from casebuilder.workbook.layout import CHANGES, Layout

#: Columns beside the exported value: who stands behind it, the value now, whether it changed, the input's key.
EXPORTED, BEHIND, NOW, CHANGED, KEY = Layout.VALUE, Layout.NOTE, 4, 5, 6
#: Rows of the two counts (their cells are `plan.CHANGED` and `plan.SELECTION`), of the heads and of the first selector.
COUNT_ROW, SELECTION_ROW, HEAD_ROW, FIRST = 4, 5, 7, 8
_NOW_WIDTH, _FLAG_WIDTH, _KEY_WIDTH = 17, 14, 52


@dataclass(frozen=True)
class Listed:
    """An input that may be changed: its key, a label that no other has, and its unit."""

    key: str
    label: str
    unit: str


@dataclass(frozen=True)
class ChangesPlan:
    """Where everything on the sheet stands; rows count from 0."""

    book: Book

    @cached_property
    def selectors(self) -> tuple[Listed, ...]:
        """The cells that choose what Calc selected shows."""
        found = (row for row in self.book.layout.inputs if row.choices)
        return tuple(Listed(row.cells[0][1], row.label, "text") for row in found)

    @cached_property
    def inputs(self) -> tuple[Listed, ...]:
        """The numbers that are open to change, in the order of Inputs."""
        return tuple(_told_apart(_open_cells(self.book.layout.inputs)))

    @property
    def first_input(self) -> int:
        """The row of the first number, below the selectors and a title."""
        return FIRST + len(self.selectors) + 2

    @property
    def last(self) -> int:
        """The last row."""
        return self.first_input + len(self.inputs) - 1

    def column(self, column: int, of_selectors: bool = False) -> str:
        """The absolute range of a column over all numbers, or over the selectors."""
        top, count = (FIRST, len(self.selectors)) if of_selectors else (self.first_input, len(self.inputs))
        letters = column_name(column)
        return f"${letters}${top + 1}:${letters}${top + count}"


def write_changes(book: Book) -> None:
    """The sheet Changes: two counts, the selectors, then one row for each input; changed rows turn amber."""
    plan, styles = ChangesPlan(book), book.styles
    sheet = book.sheet(CHANGES, "Changes since this file was exported", "check", KEY + 1)
    sheet.set_column(NOW, NOW, _NOW_WIDTH)
    sheet.set_column(CHANGED, CHANGED, _FLAG_WIDTH)
    sheet.set_column(KEY, KEY, _KEY_WIDTH)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    _counts(book, sheet, plan)
    for column, text in ((EXPORTED, "as exported"), (NOW, "now"), (CHANGED, "changed (1 or 0)")):
        sheet.write_string(HEAD_ROW, column, text, styles("head"))
    for column, text in (
        (0, "Input"),
        (1, "Unit"),
        (BEHIND, "When exported"),
        (KEY, "Name in the case file"),
    ):
        sheet.write_string(HEAD_ROW, column, text, styles("note" if column in (BEHIND, KEY) else "muted"))
    for row, listed in enumerate(plan.selectors, FIRST):
        _selector(book, sheet, row, listed)
    sheet.write_string(plan.first_input - 1, 0, "Numbers", styles("section"))
    for row, listed in enumerate(plan.inputs, plan.first_input):
        _number(book, sheet, row, listed)
    changed = {
        "type": "formula",
        "criteria": f"=${column_name(CHANGED)}{FIRST + 1}=1",
        "format": styles("edited"),
    }
    sheet.conditional_format(FIRST, 0, plan.last, KEY, changed)
    sheet.print_area(0, 0, plan.last, KEY)


def _counts(book: Book, sheet: Any, plan: ChangesPlan) -> None:
    """How many numbers changed, and whether the selection did; an error counts as a change."""
    rows = (
        (COUNT_ROW, "Inputs changed since export", "count", plan.column(CHANGED), False),
        (
            SELECTION_ROW,
            "Another scenario or option selected (1/0)",
            "flag",
            plan.column(CHANGED, True),
            True,
        ),
    )
    for row, label, unit, cells, any_of_them in rows:
        book.label(sheet, row, label, unit, "total")
        unlike = f"ROWS({cells})-COUNTIF({cells},0)"
        text = f"=({unlike}>0)*1" if any_of_them else f"={unlike}"
        style = book.styles("total", unit, 0.0)
        sheet.formula(row, EXPORTED, text, style, 0.0)


def _selector(book: Book, sheet: Any, row: int, listed: Listed) -> None:
    """A choice: its text as exported, as it is, and whether both are the same."""
    of_scenario = listed.key == "select.scenario"
    case, option = book.results.case, book.results.asked_option
    chosen = scenario_label(case.headline) if of_scenario else option_label(option)
    _said(book, sheet, row, listed, "chosen on Inputs")
    book.stamped(sheet, row, EXPORTED, chosen)
    sheet.formula(row, NOW, f"={book.layout.given(listed.key)}", book.styles("head"), chosen)
    before, now = (f"${column_name(column)}{row + 1}" for column in (EXPORTED, NOW))
    book.number(sheet, row, CHANGED, f"=({before}<>{now})*1", "flag", 0.0)


def _number(book: Book, sheet: Any, row: int, listed: Listed) -> None:
    """A number: as exported, as it is, and whether it is another one, a text, or gone."""
    value, cell = book.input_values[listed.key], book.layout.given(listed.key)
    _said(book, sheet, row, listed, _status(book, listed.key))
    sheet.write_number(row, EXPORTED, value, book.styles("stamped", listed.unit, value))
    sheet.formula(row, NOW, f"={cell}", book.styles("plain", listed.unit, value), value)
    before, now = (f"${column_name(column)}{row + 1}" for column in (EXPORTED, NOW))
    # A reference shows an emptied cell as 0: only the cell itself knows that it holds no number.
    book.number(sheet, row, CHANGED, f"=1-ISNUMBER({cell})*({before}={now})", "flag", 0.0)


def _said(book: Book, sheet: Any, row: int, listed: Listed, behind: str) -> None:
    """What stands beside the values: label, unit, what is known of the value, and the key that a reader finds it by."""
    book.label(sheet, row, listed.label, listed.unit)
    for column, text in ((BEHIND, behind), (KEY, listed.key)):
        sheet.write_string(row, column, text, book.styles("note"))


def _status(book: Book, key: str) -> str:
    """What the case says of a number: a starting value, an estimate, confirmed; nothing where it says nothing."""
    said = book.behind.path(key) in book.results.case.inputs
    return book.behind.words(key) if said else ""


def _open_cells(rows: tuple[InputRow, ...]) -> Iterator[Listed]:
    """Every number that may be typed over; in a table the heading of its column tells cells of a row apart."""
    head: tuple[str, ...] = ()
    for row in rows:
        if row.title:
            head = row.head
        elif not (row.locked or row.choices or row.key):
            for (column, key), unit in zip(row.cells, row.units, strict=True):
                within = head[column - TABLE] if TABLE <= column < TABLE + len(head) else ""
                yield Listed(key, f"{row.label}, {within}" if within else row.label, unit)


def _told_apart(found: Iterator[Listed]) -> Iterator[Listed]:
    """The same with a number behind a label that another input has already."""
    seen: dict[str, int] = {}
    for each in found:
        seen[each.label] = again = seen.get(each.label, 0) + 1
        yield replace(each, label=f"{each.label} ({again})") if again > 1 else each
