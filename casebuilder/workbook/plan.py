"""Where the figures of Summary and the counts of Changes stand: what other sheets refer to and the stamp compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.pitch.words import label_of
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import CHANGES, SUMMARY

#: The first column of runs on Summary: one per scenario, then the selected one.
FIRST_RUN = 4
#: The row of the first block of figures.
FIRST_BLOCK = 7
#: How many inputs differ from the export, and whether another scenario or option is selected.
CHANGED, SELECTION = f"{CHANGES}!$C$5", f"{CHANGES}!$C$6"

#: The returns: line, words, unit.
RETURNS = (
    ("npv", "Net present value", "money"),
    ("roi", "Return on investment (net present value over cost)", "share"),
    ("irr", "Internal rate of return", "share"),
    ("payback_months", "Payback, months from the decision", "months"),
    ("peak_funding", "Most cash out at any time", "money"),
    ("pv_benefits", "Counted benefits, present value", "money"),
    ("pv_costs", "Costs, present value", "money"),
    ("pv_tax", "Tax, present value", "money"),
)
#: What stands beside the return and is never added to it.
BESIDE = (
    ("pv_capacity_not_counted", "Freed capacity, present value", "money"),
    ("pv_risk_not_counted", "Risk reduction, present value", "money"),
    ("value_after_horizon", "Value after the horizon", "money"),
    ("pv_tied_back", "Inside the return: receivables that come back at the end, present value", "money"),
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
    """The blocks of figures on Summary, beneath each other; two rows of words stand below the first."""
    lines = tuple((f"pv.{name}", label_of(name), "money") for name in book.results.benefit_lines)
    returns = Figures("Return", FIRST_BLOCK, RETURNS)
    counted = Figures("Counted benefits, present value", returns.below + 3, lines)
    return returns, counted, Figures("Beside the return, never added to it", counted.below + 1, BESIDE)


def figure_at(row: int, run: int) -> str:
    """The reference of a figure on Summary; `run` counts the columns of runs from 0."""
    return f"{SUMMARY}!${column_name(FIRST_RUN + run)}${row + 1}"
