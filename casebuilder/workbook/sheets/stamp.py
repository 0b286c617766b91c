"""The figures of Summary as exported, beside how far the live ones are from them: what shows a changed formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import CHANGES, SELECTED, Layout
from casebuilder.workbook.plan import CHANGED, SELECTION, figure_at, figures
from casebuilder.workbook.sheets.changes import EXPORTED, ChangesPlan

#: Units in which a figure of nothing may still be off by what computers round away.
_MONEY = ("money", "money_per_year")
_HEAD_HEIGHT = 28


@dataclass(frozen=True)
class StampPlan:
    """Where the block stands: its first row and column; runs go across, exported figures and then deviations down."""

    book: Book
    top: int
    first: int

    @property
    def runs(self) -> int:
        """How many runs Summary shows."""
        return len(self.book.columns)

    @property
    def tolerance(self) -> str:
        """The cell that repeats the tolerance, for rules of colour: they see their own sheet only."""
        return f"$C${self.top + 3}"

    @property
    def size_row(self) -> int:
        """The row of what deviations of money are a share of, at least."""
        return self.top + 3

    @property
    def counts_row(self) -> int:
        """The row that says whether a run is compared (1) or inputs were edited (0)."""
        return self.top + 4

    @cached_property
    def figures(self) -> list[tuple[int, str, str, str]]:
        """Row on Summary, line, words and unit of every figure."""
        return [figure for block in figures(self.book) for figure in block.rows()]

    @property
    def exported(self) -> int:
        """The row of the first exported figure."""
        return self.counts_row + 3

    @property
    def deviations(self) -> int:
        """The row of the first deviation, below a title of its own."""
        return self.exported + len(self.figures) + 2

    @property
    def last(self) -> int:
        """The last row."""
        return self.deviations + len(self.figures) - 1

    def column(self, run: int) -> str:
        """The column of a run."""
        return column_name(self.first + run)

    def largest(self, run: int) -> str:
        """The formula of a run's largest deviation."""
        letters = self.column(run)
        return f"=MAX({letters}${self.deviations + 1}:{letters}${self.last + 1})"

    @property
    def flags(self) -> str:
        """The cells that say which runs are compared."""
        row = self.counts_row + 1
        return f"${self.column(0)}${row}:${self.column(self.runs - 1)}${row}"


def inputs_listed(book: Book) -> tuple[str, float]:
    """The formula that counts the exported inputs on Changes, and how many there were."""
    plan = ChangesPlan(book)
    return f"=COUNT({CHANGES}!{plan.column(EXPORTED)})", float(len(plan.inputs))


def write_stamp(book: Book, sheet: Any, plan: StampPlan) -> None:
    """The block: which case, the tolerance, which runs are compared, every figure, and how far it moved."""
    sheet.write_string(
        plan.top, 0, "Summary as exported, and how far it has moved since", book.styles("section")
    )
    for run, (heading, _, _) in enumerate(book.columns):
        sheet.write_string(plan.top, plan.first + run, heading, book.styles("head"))
    book.label(sheet, plan.top + 1, "Stamp of the case", "text")
    sheet.write_string(plan.top + 1, Layout.VALUE, book.stamp.fingerprint, book.styles("stamped"))
    _rules(book, sheet, plan)
    for row, title in (
        (plan.exported - 1, "As exported"),
        (plan.deviations - 1, "Deviation, share of the exported figure"),
    ):
        sheet.write_string(row, 0, title, book.styles("section"))
        sheet.set_row(row, _HEAD_HEIGHT)
        for run, (heading, _, _) in enumerate(book.columns):
            sheet.write_string(row, plan.first + run, heading, book.styles("head"))
    for number, (on_summary, key, words, unit) in enumerate(plan.figures):
        before, since = plan.exported + number, plan.deviations + number
        book.label(sheet, before, words, unit)
        book.label(sheet, since, f"Deviation: {words}", "ratio")
        for run, (_, _, outcome) in enumerate(book.columns):
            book.stamped(sheet, before, plan.first + run, outcome.number(key), unit)
            text = _deviation(plan, before, run, figure_at(on_summary, run), unit)
            book.number(sheet, since, plan.first + run, text, "ratio", 0.0, "muted")
    _colours(book, sheet, plan)


def _rules(book: Book, sheet: Any, plan: StampPlan) -> None:
    """The tolerance, what deviations of money are measured against, and which runs are compared at all."""
    key, row = "technical.stamp_tolerance", plan.top + 2
    value = book.input_values[key]
    book.label(sheet, row, "Allowed deviation, share of the exported figure", "ratio")
    style = book.styles("plain", "ratio", value)
    sheet.formula(row, Layout.VALUE, f"={book.layout.given(key)}", style, value)
    book.label(sheet, plan.size_row, "A figure of money counts as at least this large: rounding", "money")
    book.label(sheet, plan.counts_row, "Compared (1), or inputs or selection edited since (0)", "flag")
    for run, (_, name, outcome) in enumerate(book.columns):
        column, size = plan.first + run, outcome.amount("check_tolerance") / value
        text = f"={book.layout.on(name, 'check_tolerance')}/{plan.tolerance}"
        book.number(sheet, plan.size_row, column, text, "money", size)
        also = f"*({SELECTION}=0)" if name == SELECTED else ""
        book.number(sheet, plan.counts_row, column, f"=({CHANGED}=0)*1{also}", "flag", 1.0)


def _deviation(plan: StampPlan, row: int, run: int, live: str, unit: str) -> str:
    """How far a figure moved, as a share; a number that became a text, or a text a number, moved by 1 more."""
    exported = f"{plan.column(run)}{row + 1}"
    size = f",{plan.column(run)}${plan.size_row + 1}" if unit in _MONEY else ""
    moved = f"ABS(N({live})-N({exported}))/MAX(1,ABS(N({exported})){size})"
    return f"={moved}+(ISNUMBER({live})<>ISNUMBER({exported}))"


def _colours(book: Book, sheet: Any, plan: StampPlan) -> None:
    """A deviation is red where the run is compared, and amber where inputs were edited: then it is no surprise."""
    first, letters = plan.deviations, plan.column(0)
    moved, flag = f"{letters}{first + 1}>{plan.tolerance}", f"{letters}${plan.counts_row + 1}"
    for role, compared in (("bad", 1), ("edited", 0)):
        rule = {
            "type": "formula",
            "criteria": f"=({moved})*({flag}={compared})",
            "format": book.styles(role),
        }
        sheet.conditional_format(first, plan.first, plan.last, plan.first + plan.runs - 1, rule)
