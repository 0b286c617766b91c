"""Where the figures of Summary and the counts of Changes stand: what other sheets refer to and the stamp compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.pitch.words import label_of
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import CHANGES, SUMMARY

#: The first column of runs on Summary: one per scenario, then the selected one.
FIRST_RUN = 2
#: The row of the first block of figures.
FIRST_BLOCK = 6
#: How many inputs differ from the export, and whether another scenario or option is selected.
CHANGED, SELECTION = f"{CHANGES}!$C$5", f"{CHANGES}!$C$6"

#: The returns: line, words, unit.
RETURNS = (
    ("npv", "Net present value", "money"),
    ("roi", "Return on investment (net present value over cost)", "share"),
    ("irr", "Internal rate of return", "share"),
    ("payback_months", "Payback, months from the decision", "months"),
    ("peak_funding", "Most cash out at any time", "money"),
)
#: Rows of words below the returns: why a number is missing, and which sheet has the calculation.
WORDS = 3
#: The row of the title above net present value of every option, below the returns and their words.
EVERY_OPTION = FIRST_BLOCK + 1 + len(RETURNS) + WORDS
#: What counts as cash, and what is as large as money and is not: never added up.
APART = (
    ("pv_benefits", "Cash: counted benefits, present value", "money"),
    ("pv_costs", "Cash: costs, present value", "money"),
    ("pv_tax", "Cash: tax, present value", "money"),
    ("pv_capacity_not_counted", "Freed capacity, not counted, present value", "money"),
    ("pv_risk_not_counted", "Risk reduction, not counted, present value", "money"),
)
#: One row below: the hours behind the freed capacity.
HOURS = 1
#: What else a reader of the return must know; only the last is part of it.
BESIDE = (
    ("value_after_horizon", "After the horizon, not counted, present value", "money"),
    ("pv_tied_back", "Inside the return: receivables that come back at the end", "money"),
)


@dataclass(frozen=True)
class Figures:
    """A block of rows on Summary, one figure of every run in each: title, row of the title, and its lines."""

    title: str
    row: int
    lines: tuple[tuple[str, str, str], ...]

    def rows(self) -> Iterator[tuple[int, str, str, str]]:
        """Row, line, words and unit of every figure."""
        for number, (key, words, unit) in enumerate(self.lines, self.row + 1):
            yield number, key, words, unit

    @property
    def below(self) -> int:
        """The row below the block."""
        return self.row + 1 + len(self.lines)


def figures(book: Book) -> tuple[Figures, ...]:
    """The blocks of figures on Summary, beneath each other: the return, what is kept apart, benefits, what else."""
    lines = tuple((f"pv.{name}", label_of(name), "money") for name in book.results.benefit_lines)
    returns = Figures("Return", FIRST_BLOCK, RETURNS)
    below = live_row(book) + 1
    apart = Figures("Cash, freed capacity, risk: beside each other, never added", below, APART)
    counted = Figures("Counted benefits, present value", apart.below + HOURS, lines)
    return returns, apart, counted, Figures("Worth knowing", counted.below, BESIDE)


def option_rows(book: Book) -> dict[str, int]:
    """The row of every option of that block by id, below its title and heads, in the order of their table on Inputs."""
    return {option: row for row, option in enumerate(book.results.model.shape.options, EVERY_OPTION + 2)}


def live_row(book: Book) -> int:
    """The last row of that block, which shows the live returns."""
    return EVERY_OPTION + 2 + len(book.results.model.shape.options)


def by_year(book: Book) -> int:
    """The row of the title above net present value after each year, the last block of Summary."""
    return figures(book)[-1].below


def figure_at(row: int, run: int) -> str:
    """The reference of a figure on Summary; `run` counts the columns of runs from 0."""
    return f"{SUMMARY}!${column_name(FIRST_RUN + run)}${row + 1}"
