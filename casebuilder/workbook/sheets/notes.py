"""Notes: how to use the workbook, the method in plain words, what is not counted, what the words of Summary mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casebuilder.case import library
from casebuilder.case.method_records import Statement
from casebuilder.model.results import IRR_NOTES, PAYBACK_STATES
from casebuilder.pitch import numbers
from casebuilder.pitch.words import years
from casebuilder.workbook.book import Book
from casebuilder.workbook.layout import NOTES, Layout

#: The columns: a name, its statement, what this case has; and their widths.
_NAME, _TEXT, _HERE = 0, 1, 2
_WIDTHS = (36, 118, 18)
_FIRST_ROW = 4
#: Characters of a statement and of a name that surely fit on a line, and the height of a line.
_LINE, _NAME_LINE, _HEIGHT = 150, 42, 13.5
_CHOICES, _IRR, _PAYBACK = (
    "What this case chose, as Inputs has it now",
    "What Summary says of the rate of return",
    "What Summary says of payback",
)


@dataclass(frozen=True)
class _Here:
    """What the case has: a text, and the formula that makes it from Inputs; without one it cannot change here."""

    text: str
    formula: str = ""


def write_notes(book: Book) -> None:
    """The sheet Notes: one statement in each row, and beside a choice what this case has."""
    sheet = book.sheet(NOTES, "Notes: how this is computed, and what is left out", "output", _HERE + 1)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(Layout.LIGHT_ROW + 1, 1)
    row = _FIRST_ROW
    for title, statements in _sections().items():
        sheet.write_string(row, _NAME, title, book.styles("section"))
        for column in (_TEXT, _HERE):
            sheet.write_blank(row, column, None, book.styles("section"))
        for number, said in enumerate(statements, row + 1):
            _statement(book, sheet, number, said)
        if title == _CHOICES:
            _chosen(book, sheet, row + 1)
        row += len(statements) + 2
    sheet.print_area(0, 0, row - 2, _HERE)


def irr_words() -> str:
    """The cells that hold what is said of the rate of return, by the model's number of its state from 0."""
    return _names(_IRR)


def payback_words() -> str:
    """The cells that hold what is said of payback, by the model's number of its state from 0."""
    return _names(_PAYBACK)


def irr_names() -> tuple[str, ...]:
    """What is said of the rate of return, by the model's number of its state from 0."""
    words = library.words().irr_notes
    return tuple(words[note] if note else library.method().states.found for note in IRR_NOTES.values())


def payback_names() -> tuple[str, ...]:
    """What is said of payback, by the model's number of its state from 0."""
    return tuple(library.words().payback_states[state] for state in PAYBACK_STATES.values())


def _sections() -> dict[str, tuple[Statement, ...]]:
    """The sections in their order, by title."""
    said = library.method()
    return {
        "How to use this workbook": said.use,
        "The method": said.method,
        _CHOICES: tuple(said.choices.values()),
        "What is not counted, and why": said.not_counted,
        "Where the model is weak": said.weaknesses,
        _IRR: tuple(
            Statement(name=name, text=said.states.irr[note or "found"])
            for name, note in zip(irr_names(), IRR_NOTES.values(), strict=True)
        ),
        _PAYBACK: tuple(
            Statement(name=name, text=said.states.payback[state])
            for name, state in zip(payback_names(), PAYBACK_STATES.values(), strict=True)
        ),
        "Signs": said.signs,
        "The rules that this workbook keeps": said.rules,
    }


def _names(title: str) -> str:
    """The range of the names of a section."""
    row = _FIRST_ROW
    for before, statements in _sections().items():
        if before == title:
            return f"{NOTES}!$A${row + 2}:$A${row + 1 + len(statements)}"
        row += len(statements) + 2
    raise KeyError(title)


def _statement(book: Book, sheet: Any, row: int, said: Statement) -> None:
    """One statement under its name, in a row that is high enough for it."""
    lines = max(-(-len(said.text) // _LINE), -(-len(said.name) // _NAME_LINE))
    sheet.set_row(row, 3 + _HEIGHT * lines)
    sheet.write_string(row, _NAME, said.name, book.styles("text"))
    sheet.write_string(row, _TEXT, said.text, book.styles("text"))


def _chosen(book: Book, sheet: Any, first: int) -> None:
    """Beside each choice what the case has."""
    here, style = dict(_live(book)), book.styles("head")
    for row, key in enumerate(library.method().choices, first):
        if here[key].formula:
            sheet.formula(row, _HERE, here[key].formula, style, here[key].text)
        else:
            sheet.write_string(row, _HERE, here[key].text, style)


def _live(book: Book) -> Iterator[tuple[str, _Here]]:
    """What the case has, by choice: texts that follow Inputs."""
    company, given = book.results.case.company, book.layout.given
    yield "horizon", _Here(years(company.years))
    yield "periods", _Here({1: "a year", 4: "a quarter", 12: "a month"}[company.periods_per_year])
    for key, rate in (("discount_rate", company.discount_rate), ("tax_rate", company.tax_rate)):
        yield key, _Here(numbers.percent(rate, 1), f'=TEXT({given(f"company.{key}")},"0.0%")')
    mid = company.discounting == "mid"
    yield "discounting", _Here("mid-period" if mid else "period end")
    back = f'=IF({given("company.release_working_capital")}=1,"yes","no")'
    yield "release", _Here("yes" if company.release_working_capital else "no", back)
    yield "currency", _Here(book.currency)
