"""Tracking: what is expected of every indicator in every period, a cell for what really happened, and the variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casebuilder.case import library
from casebuilder.model.timeline import last_day
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import SELECTED, TRACKING, Layout
from casebuilder.workbook.outside import serial
from casebuilder.workbook.sheets.calc import period_word
from casebuilder.workbook.sheets.checkpoints import checkpoints_height, write_checkpoints
from casebuilder.workbook.sheets.indicators import CASH, Indicator, metrics, money

#: Rows of an indicator: its name, what is expected, what happened, the variance, and one left free.
_HEIGHT, _EXPECTED, _ACTUAL, _VARIANCE = 5, 1, 2, 3
_HOW_TO, _SO_FAR, _FIRST = Layout.PERIOD_ROW, Layout.HEAD_ROW + 2, Layout.HEAD_ROW + 10
_WIDTH = 13
_HEADS = (("Indicator", "muted"), ("Unit", "muted"), ("Today, or one value", "head"), ("In words", "note"))
#: The lines of time above the columns.
_LIVE = ("month", "year")
#: What stands beside an indicator's rows.
_BESIDE = {_EXPECTED: "live from Calc selected", _ACTUAL: "type here", _VARIANCE: "actual less expected"}
_SAID = (
    "Type what happened into the blue cells, period by period: metrics as the mean of the period and yearly rates as "
    "yearly rates, amounts to date as they stand at its end. Expected is the run selected on Inputs."
)


@dataclass(frozen=True)
class Tracked:
    """An indicator with the row of its name."""

    row: int
    indicator: Indicator

    def across(self, layout: Layout, part: int) -> str:
        """The range of one of its rows, from the decision to the last period."""
        return layout.row_range(self.row + part, from_first=False)


def write_tracking(book: Book) -> None:
    """The sheet Tracking; columns stand where they stand on the Calc sheets, and only what happened may be typed."""
    layout = book.layout
    sheet = book.sheet(TRACKING, "Tracking: expected, actual, variance", "output", layout.last + 1, wide=True)
    sheet.freeze_panes(Layout.HEAD_ROW + 1, Layout.VALUE + 1)
    sheet.set_column(layout.OPENING, layout.last, _WIDTH)
    sheet.repeat_rows(0, Layout.HEAD_ROW)
    sheet.repeat_columns(0, Layout.UNIT)
    _heads(book, sheet)
    sheet.write_string(_HOW_TO, 0, _SAID, book.styles("muted"))
    row, found = _FIRST, []
    for title, indicators in (("Money and customers", money(book)), ("What moves", metrics(book))):
        sheet.write_string(row, 0, title, book.styles("section"))
        for number, indicator in enumerate(indicators):
            found.append(Tracked(row + 1 + number * _HEIGHT, indicator))
        row += 1 + len(indicators) * _HEIGHT
    writer = _Writer(book, sheet)
    for tracked in found:
        writer.write(tracked)
    _so_far(book, sheet, next(each for each in found if each.indicator.line == CASH))
    write_checkpoints(book, sheet, row)
    sheet.print_area(0, 0, row + checkpoints_height(book), layout.last)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _heads(book: Book, sheet: Any) -> None:
    """The rows above the columns of time, where they stand on Calc selected, months, years and days live from there."""
    layout, asked, company = book.layout, book.results.asked, book.results.case.company
    days = [
        serial(last_day(company.decision_date, period * 12 // company.periods_per_year))
        for period in range(book.results.case.periods + 1)
    ]
    rows: list[tuple[int, str, str, Sequence[float | None]]] = [
        (layout.row(key), book.results.model[key].label, book.results.model[key].unit, asked.row(key))
        for key in _LIVE
    ]
    for row, label, unit, values in (*rows, (layout.DATE_ROW, "Period ends", "date", days)):
        book.label(sheet, row, label, unit)
        for column, value in enumerate(values, layout.OPENING):
            there = f"='{SELECTED}'!{column_name(column)}${row + 1}"
            book.number(sheet, row, column, there, unit, value)
    _names(book, sheet)


def _names(book: Book, sheet: Any) -> None:
    """What the columns are called."""
    layout, styles, case = book.layout, book.styles, book.results.case
    for column, (text, role) in enumerate(_HEADS):
        sheet.write_string(layout.HEAD_ROW, column, text, styles(role))
    sheet.write_string(layout.HEAD_ROW, layout.OPENING, "Decision", styles("head"))
    for period in range(1, case.periods + 1):
        words = period_word(period, case.company.periods_per_year)
        sheet.write_string(layout.HEAD_ROW, layout.OPENING + period, words, styles("head"))


@dataclass(frozen=True)
class _Writer:
    """Writes the rows of an indicator."""

    book: Book
    sheet: Any

    def write(self, tracked: Tracked) -> None:
        """Name, baseline and note; then what is expected, what happened, and the variance, period by period."""
        book, sheet, row, one = self.book, self.sheet, tracked.row, tracked.indicator
        book.label(sheet, row, one.name, one.unit, "total")
        sheet.write_string(row, Layout.NOTE, one.note, book.styles("note"))
        if one.today:
            style = book.styles("plain", one.unit, one.fit)
            sheet.formula(row, Layout.VALUE, one.today, style, one.baseline)
        for part, word in ((_EXPECTED, "expected"), (_ACTUAL, "actual"), (_VARIANCE, "variance")):
            book.label(sheet, row + part, f"{one.name}: {word}", one.unit)
            sheet.write_string(row + part, Layout.NOTE, _BESIDE[part], book.styles("note"))
        self._across(tracked)

    def _across(self, tracked: Tracked) -> None:
        layout, row, one = self.book.layout, tracked.row, tracked.indicator
        first = layout.OPENING if one.from_opening else layout.first
        expected = one.expected(self.book.results.asked)[first - layout.OPENING :]
        plain = self.book.styles("plain", one.unit, one.fit)
        typed = self.book.styles("input", one.unit, one.fit)
        for column, value in enumerate(expected, first):
            self.sheet.formula(row + _EXPECTED, column, self._expected(tracked, column), plain, value)
            self.sheet.write_blank(row + _ACTUAL, column, None, typed)
        prompt = f"What happened in the period of this column. {one.note}"
        self.book.open_to_change(self.sheet, row + _ACTUAL, first, one.allowed, one.name, prompt, layout.last)
        columns = range(first, layout.last + 1)
        texts = [_variance(column_name(column), row) for column in columns]
        self.sheet.formulas(row + _VARIANCE, first, texts, plain, [None] * len(texts))
        self._worse(row + _VARIANCE, first, one.way)

    def _expected(self, tracked: Tracked, column: int) -> str:
        """A line of Calc selected; to date, what stood there before and what this period adds."""
        one, layout = tracked.indicator, self.book.layout
        added = layout.at(SELECTED, one.line, column)
        if not one.running or column == layout.OPENING:
            return f"={added}"
        return f"={column_name(column - 1)}{tracked.row + _EXPECTED + 1}+{added}"

    def _worse(self, row: int, first: int, way: str) -> None:
        """A variance in the worse direction stands in the colour of harm."""
        colour = self.book.file.add_format({"font_color": library.look()["harm"]})
        rule = {"type": "cell", "criteria": "<" if way == "up" else ">", "value": 0, "format": colour}
        self.sheet.conditional_format(row, first, row, self.book.layout.last, rule)


def _variance(column: str, row: int) -> str:
    """Actual less expected where an actual was typed."""
    actual, expected = f"{column}{row + _ACTUAL + 1}", f"{column}{row + _EXPECTED + 1}"
    return f'=IF(COUNT({actual})=1,{actual}-{expected},"")'


def _so_far(book: Book, sheet: Any, cash: Tracked) -> None:
    """How far the books have come, and what they say of the net cash flow."""
    layout = book.layout
    sheet.write_string(_SO_FAR, 0, "So far", book.styles("section"))
    month, recorded = _SO_FAR + 1, _SO_FAR + 2
    per_year = layout.given("company.periods_per_year")
    book.label(sheet, month, "Last month with an actual net cash flow", "months")
    sheet.write_string(month, Layout.NOTE, "0 while there is none", book.styles("note"))
    columns = [column_name(column) for column in range(layout.first, layout.last + 1)]
    actual = cash.row + _ACTUAL + 1
    texts = [f"=COUNT({name}{actual})*{name}${layout.MONTH_ROW + 1}" for name in columns]
    sheet.formulas(month, layout.first, texts, book.styles("muted", "months"), [0.0] * len(texts))
    book.number(sheet, month, Layout.VALUE, f"=MAX({layout.row_range(month, True)})", "months", 0.0)
    book.label(sheet, recorded, "Months recorded so far", "months")
    counted = f"=COUNT({layout.row_range(cash.row + _ACTUAL, True)})*12/{per_year}"
    book.number(sheet, recorded, Layout.VALUE, counted, "months", 0.0)
    found = (
        ("Its last day", "date", layout.row_range(layout.DATE_ROW, False)),
        ("Then: net cash flow to date expected", "money", cash.across(layout, _EXPECTED)),
        ("Then: net cash flow to date recorded", "money", cash.across(layout, _ACTUAL)),
        ("Then: variance to date", "money", cash.across(layout, _VARIANCE)),
    )
    typed = f"COUNT({cash.across(layout, _ACTUAL)})"
    place = f"${column_name(Layout.VALUE)}${month + 1}*{per_year}/12+1"
    for row, (label, unit, across) in enumerate(found, recorded + 1):
        book.label(sheet, row, label, unit)
        book.number(sheet, row, Layout.VALUE, f'=IF({typed}>0,INDEX({across},{place}),"")', unit, None)
