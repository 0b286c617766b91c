"""Rules of the flow: rows are used, figures rest on inputs, balances open with their last closing (W11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casebuilder.workbook.review.conventions import (
    Axis,
    axis,
    inputs,
    kind_of,
    label,
    sheets_of,
    unit,
    violation,
)
from casebuilder.workbook.review.nodes import Parsed
from casebuilder.workbook.review.precedents import Cell, precedents_of
from casebuilder.workbook.review.records import BookRead, Rule, SheetRead, Violation
from casebuilder.workbook.review.trees import Formulas, formulas_of
from casebuilder.workbook.style import unit_word

#: Units of rows that count time or say yes or no: they may build on their own previous column.
_COUNTERS = frozenset(unit_word(unit, "") for unit in ("period", "flag", "factor", "choice"))
#: Functions that count cells.
_COUNTS = frozenset({"COUNT", "COUNTA", "COUNTIF", "COUNTIFS"})
#: The formula of a line that a case has nothing of.
_NONE = "0"
#: How the label of a row begins that is itself what the sheet is for: a figure to be shown, read or not.
_SHOWN = "KPI: "


def w11(book: BookRead) -> Iterator[Violation]:
    """No dead rows, no figures from nowhere, no balance that reads itself."""
    yield from _dead(book)
    yield from _from_nowhere(book)
    formulas = formulas_of(book)
    for sheet in sheets_of(book, "calculation"):
        time = axis(sheet)
        if time:
            yield from _balances(sheet, formulas, time)


def _dead(book: BookRead) -> Iterator[Violation]:
    """Rows of calculation sheets that nothing reads; sheets of one plan share their readers."""
    read = precedents_of(book).read
    sheets = list(sheets_of(book, "calculation"))
    used = {
        (row, label(sheet, row)) for sheet in sheets for row in _rows(sheet) if (sheet.name, (row, 0)) in read
    }
    seen = set()
    for sheet in sheets:
        for row, column in _rows(sheet).items():
            line = (row, label(sheet, row))
            if line not in used and line not in seen and not line[1].startswith(_SHOWN):
                seen.add(line)
                yield violation("W11", sheet, (row, column), f"nothing reads the row {label(sheet, row)!r}")


def _rows(sheet: SheetRead) -> dict[int, int]:
    """The rows with formulas below what stays in sight, each with its first formula's column."""
    found: dict[int, int] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.formula and row >= sheet.frozen_rows:
            found[row] = min(column, found.get(row, column))
    return found


def _from_nowhere(book: BookRead) -> Iterator[Violation]:
    """Numbers on output sheets behind which no input stands; a row that counts time needs none."""
    formulas, given = formulas_of(book), _given(book)
    rests = precedents_of(book).resting_on(given) | given
    for run in formulas.runs:
        sheet = formulas.by_name[run.sheet]
        cell: Cell = (run.sheet, run.place)
        number = isinstance(sheet.cells[run.place].value, float) and unit(sheet, run.row) not in _COUNTERS
        if number and kind_of(sheet) in ("cover", "output") and cell not in rests:
            yield violation("W11", sheet, run.place, "no input stands behind this figure")


def _given(book: BookRead) -> frozenset[Cell]:
    """What is typed on Inputs, cells for actuals, counts of what is written, and lines that a case has nothing of."""
    typed = (
        (sheet.name, at)
        for sheet in sheets_of(book, "input")
        for at, cell in sheet.cells.items()
        if not cell.formula
    )
    counts = (
        (name, at)
        for name, cells in formulas_of(book).sheets.items()
        for at, parsed in cells.items()
        if _COUNTS.intersection(parsed.functions) or parsed.text == _NONE
    )
    return frozenset([*typed, *counts, *((sheet.name, at) for sheet, at, _ in inputs(book))])


def _balances(sheet: SheetRead, formulas: Formulas, time: Axis) -> Iterator[Violation]:
    """What a row carries from period to period comes in through an opening: a link to its closing, one column back."""
    rows = {
        at[0]: parsed
        for at, parsed in formulas.sheets[sheet.name].items()
        if at[1] == time.periods[0] and at[0] >= sheet.frozen_rows
    }
    reads = {row: list(_same_sheet(row, parsed, time)) for row, parsed in rows.items()}
    groups = _groups({row: [other for other, _ in found if other in rows] for row, found in reads.items()})
    for row, found in reads.items():
        for other, back in found:
            together = back and other in rows and groups[row] == groups[other]
            if together and rows[row].link is None and unit(sheet, row) not in _COUNTERS:
                yield violation("W11", sheet, (row, time.periods[0]), _told(sheet, row, other))
                break


def _told(sheet: SheetRead, row: int, other: int) -> str:
    whose = "its own" if row == other else f"{label(sheet, other)!r} of the"
    return f"{label(sheet, row)!r} reads {whose} previous period; an opening row carries the closing forward"


def _same_sheet(row: int, parsed: Parsed, time: Axis) -> Iterator[tuple[int, bool]]:
    """The rows that the first period of a row reads in its own column (False) or in the one before (True)."""
    at = (row, time.periods[0])
    for reference in parsed.references:
        if reference.sheet or reference.whole:
            continue
        area = reference.area("", at)
        for other in range(area.top, area.bottom + 1):
            if area.left <= at[1] <= area.right:
                yield other, False
            elif area.left <= at[1] - 1 <= area.right:
                yield other, True


def _groups(reads: Mapping[int, list[int]]) -> dict[int, int]:
    """Rows that read each other in a ring have the same number (Tarjan's components, without recursion)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    group: dict[int, int] = {}
    waiting: list[int] = []
    for start in reads:
        if start in index:
            continue
        path = [(start, iter(reads[start]))]
        index[start] = low[start] = len(index)
        waiting.append(start)
        while path:
            row, rest = path[-1]
            other = next(rest, None)
            if other is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[row])
                if low[row] == index[row]:
                    while row not in group:
                        group[waiting.pop()] = row
            elif other not in index:
                index[other] = low[other] = len(index)
                waiting.append(other)
                path.append((other, iter(reads[other])))
            elif other not in group:
                low[row] = min(low[row], index[other])
    return group


RULES: Mapping[str, Rule] = {
    "W11": Rule(
        "Every row is used, every figure rests on inputs, every balance is opening, plus, minus, closing", w11
    )
}
