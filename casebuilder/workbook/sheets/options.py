"""Options: every option of the case as it was exported, the selected run live beside them, and whether both agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebuilder.model.results import Outcome
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.layout import OPTIONS, SELECTED, SUMMARY, Layout
from casebuilder.workbook.plan import CHANGED, EVERY_OPTION
from casebuilder.workbook.sheets.summary_options import TITLE

#: Figures of every option by block: line, words, unit, and what stands beside them.
RETURN = (
    ("npv", "Net present value", "money", "benefits less costs less tax"),
    ("roi", "Return on investment", "share", "net present value over cost"),
    ("irr", "Internal rate of return", "share", "empty where none can be given"),
    ("payback_months", "Payback, months from the decision", "months", "empty where it is not reached"),
    ("peak_funding", "Most cash out at any time", "money", ""),
    ("pv_benefits", "Counted benefits, present value", "money", "cash only"),
    ("pv_costs", "Costs, present value", "money", ""),
)
_FIRST_YEAR = ("first_year", "Cost until the end of year 1", "money", "as paid, not discounted")
_BESIDE = (
    ("pv_capacity_not_counted", "Freed capacity, present value", "money", "hours, not cash until agreed"),
    ("pv_risk_not_counted", "Risk reduction, present value", "money", "expected loss, not cash"),
    ("value_after_horizon", "Value after the horizon", "money", "customers who are still there"),
)
#: The blocks by title.
BLOCKS = {
    "Return, what is counted as cash": RETURN,
    "Budget": (_FIRST_YEAR,),
    "Beside the return, never added to it": _BESIDE,
}
#: What stands where an option has no such number.
_NONE = "n/a"
#: What the check compares.
COMPARED = ("npv", "pv_costs", "pv_benefits")
#: The row of the headings, where the first block begins, and the width of a column of figures.
_HEAD_ROW, _FIRST_BLOCK, _WIDTH, _LINE = 5, 9, 16, 14


@dataclass(frozen=True)
class OptionsPlan:
    """Where everything on the sheet stands; options keep the order of their table on Inputs, doing nothing last."""

    book: Book

    @property
    def options(self) -> dict[str, Outcome]:
        """Every option by id in the scenario that counts, all switches as set first."""
        results = self.book.results
        return {AS_SET: results.option(AS_SET), **results.options}

    @property
    def first(self) -> int:
        """The column of the first exported option."""
        return Layout.OPENING

    @property
    def last(self) -> int:
        """The column of the last one."""
        return self.first + len(self.options) - 1

    @property
    def since(self) -> int:
        """The column that compares the selected run with its exported option."""
        return self.last + 1

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each figure."""
        found: dict[str, int] = {}
        row = _FIRST_BLOCK
        for figures in BLOCKS.values():
            found |= {key: row + number for number, (key, *_) in enumerate(figures, 1)}
            row += len(figures) + 2
        return found

    @property
    def contents(self) -> int:
        """The row of the title above what is in each option."""
        return max(self.rows.values()) + 2

    @property
    def check(self) -> int:
        """The row of the title above the check: below the investments and their number."""
        return self.contents + len(self.book.results.case.initiatives) + 3

    @property
    def together(self) -> int:
        """The last row, in which the check comes together."""
        return self.check + 4 + len(COMPARED)

    @property
    def place(self) -> str:
        """The cell that says which of the exported options is selected, counted from 1."""
        return f"${column_name(Layout.VALUE)}${self.check + 2}"

    def across(self, row: int) -> str:
        """A row of the exported options."""
        return f"${column_name(self.first)}${row + 1}:${column_name(self.last)}${row + 1}"

    def exported(self, key: str) -> str:
        """The exported figure of the option that is selected."""
        return f"INDEX({self.across(self.rows[key])},{self.place})"


def check_cells(book: Book) -> tuple[str, str]:
    """What is left over (money) between the selected run and its exported option, and whether that is nothing (1/0).

    Both are 0 and 1 where the comparison does not apply: an input was changed, or another scenario is selected.
    """
    plan = OptionsPlan(book)
    left, holds = (column_name(plan.first + number) for number in (0, 1))
    return f"{OPTIONS}!${left}${plan.together + 1}", f"{OPTIONS}!${holds}${plan.together + 1}"


def write_options(book: Book) -> None:
    """The sheet Options: figures as exported, what is in each option, and the check against the selected run."""
    plan = OptionsPlan(book)
    sheet = book.sheet(OPTIONS, "Options: what else could be decided", "output", plan.since)
    sheet.set_column(plan.first, plan.since, _WIDTH)
    sheet.freeze_panes(_HEAD_ROW + 3, 1)
    _heads(book, sheet, plan)
    row = _FIRST_BLOCK
    for title, figures in BLOCKS.items():
        sheet.write_string(row, 0, title, book.styles("section"))
        for key, words, unit, note in figures:
            _figure(book, sheet, plan, key, (words, unit, note))
        row += len(figures) + 2
    _contents(book, sheet, plan)
    _check(book, sheet, plan)
    sheet.print_area(0, 0, plan.together, plan.since)


def _heads(book: Book, sheet: Any, plan: OptionsPlan) -> None:
    """Which option a column shows, in which scenario, and whether it lives."""
    styles, given = book.styles, book.layout.given
    case, results = book.results.case, book.results
    there = f"internal:'{SUMMARY}'!A{EVERY_OPTION + 1}"
    sheet.write_url(_HEAD_ROW - 1, 0, there, styles("link"), f"In every scenario: {SUMMARY}, {TITLE}")
    counts = scenario_label(case.headline)
    said = f"Grey: as exported, in the scenario that counts ({counts}); it follows no change. The selected run is live."
    sheet.write_string(_HEAD_ROW - 2, 0, said, styles("muted"))
    longest = max(len(option_label(option)) for option in plan.options)
    sheet.set_row(_HEAD_ROW, _LINE * max(2, 1 + longest // (_WIDTH - 4)))
    for row, text in enumerate(("Option", "Scenario", "Calculated"), _HEAD_ROW):
        sheet.write_string(row, 0, text, styles("muted"))
    live = (option_label(results.asked_option), counts)
    for row, (kind, value) in enumerate(zip(("option", "scenario"), live, strict=True), _HEAD_ROW):
        sheet.formula(row, Layout.VALUE, f"={given(f'select.{kind}')}", styles("head"), value)
    sheet.write_string(_HEAD_ROW + 2, Layout.VALUE, "selected, live", styles("head"))
    for column, option in enumerate(plan.options, plan.first):
        for row, text in enumerate((option_label(option), counts, "as exported"), _HEAD_ROW):
            sheet.write_string(row, column, text, styles("head"))
    sheet.write_string(_HEAD_ROW, plan.since, "Selected less its exported option", styles("head"))


def _figure(book: Book, sheet: Any, plan: OptionsPlan, key: str, said: tuple[str, str, str]) -> None:
    """One figure: of the selected run live, of every option as exported, and how far the selected one moved."""
    words, unit, note = said
    row = plan.rows[key]
    book.label(sheet, row, words, unit)
    sheet.write_string(row, Layout.NOTE, note, book.styles("note"))
    now = _value(book, book.results.asked, key)
    book.number(sheet, row, Layout.VALUE, _live(book, key), unit, now)
    for column, outcome in enumerate(plan.options.values(), plan.first):
        value = _value(book, outcome, key)
        if value is None:
            sheet.write_string(row, column, _NONE, book.styles("missing"))
        else:
            book.stamped(sheet, row, column, value, unit)
    live = f"${column_name(Layout.VALUE)}${row + 1}"
    exported = plan.exported(key)
    text = f'=IF(COUNT({live},{exported})=2,{live}-{exported},"")'
    book.number(sheet, row, plan.since, text, unit, None if now is None else 0.0)


def _live(book: Book, key: str) -> str:
    """The formula of a figure of the selected run."""
    layout = book.layout
    if key != _FIRST_YEAR[0]:
        return f"={layout.on(SELECTED, key)}"
    years, costs = (layout.across(SELECTED, line) for line in ("year", "costs"))
    return f'=SUMIF({years},"<=1",{costs})'


def _value(book: Book, outcome: Outcome, key: str) -> float | None:
    """A figure of a run; the first year's cost runs from the decision to the end of year 1."""
    if key == _FIRST_YEAR[0]:
        return sum(outcome.flow("costs")[: book.results.case.company.periods_per_year + 1])
    return outcome.number(key)


def _contents(book: Book, sheet: Any, plan: OptionsPlan) -> None:
    """Which investments are in each option, live, and which of them the selected run pays for."""
    case, given, results = book.results.case, book.layout.given, book.results
    title = "In the option (1) or not (0), live from Inputs; paid for in the selected run"
    sheet.write_string(plan.contents, 0, title, book.styles("section"))
    for row, initiative in enumerate(case.initiatives, plan.contents + 1):
        book.label(sheet, row, f"Investment: {initiative.name}", "flag")
        sheet.write_string(row, Layout.NOTE, f"owner: {person(case, initiative.owner)}", book.styles("note"))
        key = f"costed[{initiative.id}]"
        text = f"={book.layout.on(SELECTED, key)}"
        book.number(sheet, row, Layout.VALUE, text, "flag", results.asked.number(key))
        for column, option in enumerate(plan.options, plan.first):
            key = f"options.{option}[{initiative.id}]"
            book.number(sheet, row, column, f"={given(key)}", "flag", book.input_values[key])
    _how_many(book, sheet, plan)


def _how_many(book: Book, sheet: Any, plan: OptionsPlan) -> None:
    """The number of investments in each option; a case without any has nothing to count."""
    ids = [initiative.id for initiative in book.results.case.initiatives]
    row = plan.contents + len(ids) + 1
    book.label(sheet, row, "Investments together", "count", "total")
    paid = sum(book.results.asked.amount(f"costed[{id}]") for id in ids)
    inside = [sum(book.input_values[f"options.{option}[{id}]"] for id in ids) for option in plan.options]
    columns = (Layout.VALUE, *range(plan.first, plan.last + 1))
    for column, value in zip(columns, (paid, *inside), strict=True):
        name = column_name(column)
        text = f"=SUM({name}{plan.contents + 2}:{name}{row})" if ids else "=0"
        sheet.formula(row, column, text, book.styles("total", "count", value), value)


def _check(book: Book, sheet: Any, plan: OptionsPlan) -> None:
    """Whether the selected run still equals its exported option while no input was changed."""
    styles, row, given = book.styles, plan.check, book.layout.given
    title = "Check: the selected run equals its exported option while inputs are unchanged"
    sheet.write_string(row, 0, title, styles("section"))
    heads = (
        (Layout.VALUE, f"as exported ({book.currency})"),
        (plan.first, f"left over ({book.currency})"),
        (plan.first + 1, "holds (1 or 0)"),
    )
    for column, text in heads:
        sheet.write_string(row + 3, column, text, styles("head"))
    chosen = 1.0 + list(plan.options).index(book.results.asked_option)
    book.label(sheet, row + 1, "Which of the exported options is selected, counted from the left", "choice")
    find = f"=MATCH({given('select.option')},{plan.across(_HEAD_ROW)},0)"
    book.number(sheet, row + 1, Layout.VALUE, find, "choice", chosen)
    book.label(sheet, row + 2, "Comparison applies: exported scenario, no input changed", "flag")
    same = f"({given('select.scenario')}=${column_name(plan.first)}${_HEAD_ROW + 2})"
    book.number(sheet, row + 2, Layout.VALUE, f"={same}*({CHANGED}=0)", "flag", 1.0)
    for number, key in enumerate(COMPARED, row + 4):
        _compared(book, sheet, plan, number, key)
    _together(book, sheet, plan)


def _compared(book: Book, sheet: Any, plan: OptionsPlan, row: int, key: str) -> None:
    """One figure: as exported, what is left over, and whether that is within the tolerance."""
    words = next(said for name, said, *_ in RETURN if name == key)
    book.label(sheet, row, f"Selected against exported: {words}", "by column")
    exported, left = f"${column_name(Layout.VALUE)}${row + 1}", f"${column_name(plan.first)}${row + 1}"
    value = book.results.asked.amount(key)
    book.number(sheet, row, Layout.VALUE, f"={plan.exported(key)}", "money", value)
    live = f"${column_name(Layout.VALUE)}${plan.rows[key] + 1}"
    applies = f"${column_name(Layout.VALUE)}${plan.check + 3}"
    book.number(sheet, row, plan.first, f"={applies}*ABS({live}-{exported})", "money", 0.0)
    allowed = f"{book.layout.given('technical.stamp_tolerance')}*MAX(1,ABS({exported}))"
    book.number(sheet, row, plan.first + 1, f"=({left}<={allowed})*1", "flag", 1.0)


def _together(book: Book, sheet: Any, plan: OptionsPlan) -> None:
    """The largest left over and whether all of them hold: what Checks repeats."""
    first, last = plan.check + 5, plan.together
    book.label(sheet, plan.together, "Selected against exported, all together", "by column", "total")
    for column, name, unit, value in (
        (plan.first, "MAX", "money", 0.0),
        (plan.first + 1, "MIN", "flag", 1.0),
    ):
        letters = column_name(column)
        text = f"={name}({letters}{first}:{letters}{last})"
        book.number(sheet, plan.together, column, text, unit, value, "total")
