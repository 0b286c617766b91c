"""The Checks sheet: one light for all, what must hold, and whether the file is as it was exported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebuilder.case import library
from casebuilder.workbook.book import EDITED, FAILS, HOLDS, LABEL_WIDTH, Book, column_name
from casebuilder.workbook.layout import CHANGES, CHECKS, MASTER_COLUMN, MASTER_ROW, Layout
from casebuilder.workbook.plan import CHANGED, SELECTION
from casebuilder.workbook.sheets.baseline import comparisons, write_baseline
from casebuilder.workbook.sheets.changes import BEHIND, ChangesPlan
from casebuilder.workbook.sheets.changes import CHANGED as FLAG
from casebuilder.workbook.sheets.check_lines import NONE, TOLERANCES, CheckLine, blocks, repeats
from casebuilder.workbook.sheets.stamp import StampPlan, inputs_listed, write_stamp

#: The column that says whether a check holds, and the first one of what is left over.
RESULT, LEFT = Layout.VALUE, Layout.OPENING
#: Rows of the counts beside the light, and of the first title below them.
HOLD_ROW, ALL_ROW, CHANGED_ROW, SELECTION_ROW, EDITED_ROW, STARTING_ROW, FIRST = 6, 7, 8, 9, 10, 11, 13
_WIDTH, _HEAD_HEIGHT = 15, 28


@dataclass(frozen=True)
class ChecksPlan:
    """Where everything on the sheet stands; rows count from 0."""

    book: Book

    @cached_property
    def blocks(self) -> dict[str, list[CheckLine]]:
        """The checks by the title of their block."""
        flags = [
            f"{column_name(LEFT + run)}${self.repeated_row + 1}" for run in range(len(self.book.columns) - 1)
        ]
        return blocks(self.book, flags)

    @property
    def tolerance_rows(self) -> dict[str, int]:
        """The row of every tolerance that runs have of their own, below the heads of the first block."""
        return {key: FIRST + 1 + number for number, key in enumerate(TOLERANCES)}

    @property
    def repeated_row(self) -> int:
        """The row that says which scenario's sheet is the one that Calc selected repeats."""
        return FIRST + 1 + len(TOLERANCES)

    @property
    def first(self) -> int:
        """The row of the title of the first block."""
        return self.repeated_row + 2

    @cached_property
    def placed(self) -> list[tuple[int, CheckLine]]:
        """Every check with its row."""
        found, row = [], self.first
        for lines in self.blocks.values():
            found += list(enumerate(lines, row + 1))
            row += len(lines) + 2
        return found

    @property
    def figures_row(self) -> int:
        """The row of the check on exported figures, below the title of its block; the one on inputs follows."""
        return self.placed[-1][0] + 3

    @property
    def last(self) -> int:
        """The row of the last check."""
        return self.figures_row + 1

    @property
    def results(self) -> str:
        """The cells that hold every result."""
        letters = column_name(RESULT)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    @property
    def count(self) -> int:
        """How many checks there are."""
        return len(self.placed) + 2

    @property
    def baseline(self) -> int:
        """The row of the title above the comparisons with books and plan."""
        return self.last + 2

    @property
    def stamp(self) -> StampPlan:
        """The block of exported figures, below the comparisons."""
        found = len(comparisons(self.book))
        return StampPlan(self.book, self.baseline + (found + 2 if found else 0), LEFT)


def write_checks(book: Book) -> None:
    """The Checks sheet: the light, what it rests on, every check with what is left over, the exported figures."""
    plan, runs = ChecksPlan(book), len(book.columns)
    sheet = book.sheet(CHECKS, "Checks", "check", LEFT + runs)
    sheet.set_column(0, 0, LABEL_WIDTH + 4)
    sheet.set_column(LEFT, LEFT + runs - 1, _WIDTH)
    sheet.freeze_panes(MASTER_ROW + 1, 1)
    _glance(book, sheet, plan)
    _allowed(book, sheet, plan)
    for title, lines in plan.blocks.items():
        row = next(row for row, line in plan.placed if line is lines[0]) - 1
        _title(book, sheet, row, title)
    for row, line in plan.placed:
        _check(book, sheet, plan, row, line)
    _exported(book, sheet, plan)
    fails = {"type": "cell", "criteria": "!=", "value": 1, "format": book.styles("bad")}
    for row in [*(row for row, _ in plan.placed), plan.figures_row, plan.last]:
        sheet.conditional_format(row, RESULT, row, RESULT, fails)
    write_baseline(book, sheet, plan.baseline, LEFT)
    write_stamp(book, sheet, plan.stamp)
    sheet.print_area(0, 0, plan.stamp.last, LEFT + runs - 1)


def _glance(book: Book, sheet: Any, plan: ChecksPlan) -> None:
    """The light and what it rests on: how many checks hold, and what was edited since the export."""
    styles, letters = book.styles, column_name(RESULT)
    sheet.write_string(MASTER_ROW, 0, "All together", styles("total"))
    hold, every, changed, other, edited = (
        f"${letters}${row + 1}" for row in (HOLD_ROW, ALL_ROW, CHANGED_ROW, SELECTION_ROW, EDITED_ROW)
    )
    # An error is not a check that holds, so that it cannot put the light out.
    state = f"1+MAX(2*({hold}<{every}),{edited})"
    book.light(sheet, MASTER_ROW, MASTER_COLUMN, f'=CHOOSE({state},"{HOLDS}","{EDITED}","{FAILS}")')
    inputs = ChangesPlan(book)
    waiting = library.words().statuses["default"]
    kept = f'COUNTIFS({CHANGES}!{inputs.column(BEHIND)},"{waiting}",{CHANGES}!{inputs.column(FLAG)},0)'
    holding = sum(_holds(book, line) for _, line in plan.placed) + plan.count - len(plan.placed)
    rows = (
        (HOLD_ROW, "Checks that hold", "count", f"=COUNTIF({plan.results},1)", holding),
        (CHANGED_ROW, "Inputs changed since export (which: see Changes)", "count", f"={CHANGED}", 0),
        (SELECTION_ROW, "Another scenario or option selected since export", "flag", f"={SELECTION}", 0),
        (EDITED_ROW, "Edited since export", "flag", f"=1-({changed}=0)*({other}=0)", 0),
        (STARTING_ROW, "Starting values that nobody has replaced", "count", f"={kept}", _starting(book)),
    )
    for row, label, unit, text, value in rows:
        book.label(sheet, row, label, unit)
        sheet.formula(row, RESULT, text, styles("plain", unit, float(value)), float(value))
    book.label(sheet, ALL_ROW, "Checks in this file", "count")
    sheet.write_number(ALL_ROW, RESULT, plan.count, styles("stamped", "count", float(plan.count)))


def _starting(book: Book) -> int:
    """How many inputs are starting values to replace; those that nothing reads are not counted anywhere."""
    return sum(book.behind.waits(each.key) for each in ChangesPlan(book).inputs)


def _title(book: Book, sheet: Any, row: int, title: str) -> None:
    sheet.write_string(row, 0, title, book.styles("section"))


def _allowed(book: Book, sheet: Any, plan: ChecksPlan) -> None:
    """The runs as headings, how much each may leave over, and which of them Calc selected repeats."""
    styles = book.styles
    sheet.set_row(FIRST, _HEAD_HEIGHT)
    sheet.write_string(FIRST, 0, "What is left over, by run", styles("section"))
    sheet.write_string(FIRST, RESULT, "holds (1 or 0)", styles("head"))
    sheet.write_string(FIRST, Layout.NOTE, "may be left over", styles("muted"))
    for column, (heading, _, _) in enumerate(book.columns, LEFT):
        sheet.write_string(FIRST, column, heading, styles("head"))
    for key, row in plan.tolerance_rows.items():
        label, unit = TOLERANCES[key]
        book.label(sheet, row, label, unit)
        for column, (_, name, outcome) in enumerate(book.columns, LEFT):
            value = outcome.amount(key)
            sheet.formula(row, column, f"={book.layout.on(name, key)}", styles("muted", unit, value), value)
    book.label(sheet, plan.repeated_row, "Repeated on Calc selected (1) or not (0)", "flag")
    for column, (text, flag) in enumerate(repeats(book), LEFT):
        book.number(sheet, plan.repeated_row, column, text, "flag", flag, "muted")


def _check(book: Book, sheet: Any, plan: ChecksPlan, row: int, line: CheckLine) -> None:
    """One check: what it says, what is left over in each run, and whether that is allowed."""
    book.label(sheet, row, line.label, line.unit)
    # Cents and thousandths where some is allowed, whole cells where none is.
    style = book.styles("muted", line.unit, 0.5 if line.tolerance else 0.0)
    for column, (text, value) in enumerate(line.left, LEFT):
        sheet.formula(row, column, text, style, value)
    first, last = (column_name(column) for column in (LEFT, LEFT + len(line.left) - 1))
    left, own = f"{first}{row + 1}:{last}{row + 1}", plan.tolerance_rows.get(line.tolerance)
    if line.holds:
        said, text = "said by its sheet", f"={line.holds}"
    elif line.tolerance == NONE:
        said, text = "nothing", f"=(SUM({left})=0)*1"
    elif own is None:
        said, text = "money, as on Calc selected", f"=({first}{row + 1}<={line.tolerance})*1"
    else:
        allowed = f"{first}${own + 1}:{last}${own + 1}"
        said = TOLERANCES[line.tolerance][0].removeprefix("Allowed: ")
        text = f"=(SUMPRODUCT(--({left}<={allowed}))=COLUMNS({left}))*1"
    sheet.write_string(row, Layout.NOTE, said, book.styles("note"))
    book.number(sheet, row, RESULT, text, "flag", float(_holds(book, line)))
    most = "0" if own is None else f"{first}${own + 1}"
    if own is not None or line.tolerance == NONE:
        rule = {"type": "formula", "criteria": f"={first}{row + 1}>{most}", "format": book.styles("bad")}
        sheet.conditional_format(row, LEFT, row, LEFT + len(line.left) - 1, rule)


def _holds(book: Book, line: CheckLine) -> bool:
    """Whether a check holds when the workbook is made."""
    if line.tolerance in TOLERANCES:
        allowed = [outcome.amount(line.tolerance) for _, _, outcome in book.columns]
        return all(value <= most for (_, value), most in zip(line.left, allowed, strict=True))
    return not any(value for _, value in line.left)


def _exported(book: Book, sheet: Any, plan: ChecksPlan) -> None:
    """Whether figures are as exported while no input was edited, and whether every exported input is still listed."""
    row, stamp, styles = plan.figures_row, plan.stamp, book.styles
    _title(book, sheet, row - 1, "As exported: a figure may change where an input did, and only there")
    book.label(sheet, row, "Figures of Summary are as exported (largest deviation)", "ratio")
    sheet.write_string(row, Layout.NOTE, "share of the exported figure, below", styles("note"))
    for run in range(stamp.runs):
        book.number(sheet, row, LEFT + run, stamp.largest(run), "ratio", 0.0, "muted")
    first, last = column_name(LEFT), column_name(LEFT + stamp.runs - 1)
    off = f"{stamp.flags}*({first}{row + 1}:{last}{row + 1}>{stamp.tolerance})"
    book.number(sheet, row, RESULT, f"=(SUMPRODUCT({off})=0)*1", "flag", 1.0)
    text, count = inputs_listed(book)
    book.label(sheet, plan.last, "Inputs listed on Changes, as many as exported", "count")
    sheet.write_string(plan.last, Layout.NOTE, "nothing: now, as exported", styles("note"))
    sheet.formula(plan.last, LEFT, text, styles("muted", "count", count), count)
    sheet.write_number(plan.last, LEFT + 1, count, styles("stamped", "count", count))
    listed = f"=({column_name(LEFT)}{plan.last + 1}={column_name(LEFT + 1)}{plan.last + 1})*1"
    book.number(sheet, plan.last, RESULT, listed, "flag", 1.0)
