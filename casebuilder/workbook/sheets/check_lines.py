"""What must hold, as rows for the Checks sheet: what is left over in each run, and how much of it is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casebuilder.model.checks import CHECKS as IDENTITIES
from casebuilder.model.checks import tolerance_key
from casebuilder.model.expressions import Line
from casebuilder.model.structure import AS_SET
from casebuilder.model.worlds import WORDS, WORLDS
from casebuilder.workbook.book import Book, column_name
from casebuilder.workbook.input_rows import TABLE
from casebuilder.workbook.layout import INPUTS, SELECTED, Layout
from casebuilder.workbook.sections import short
from casebuilder.workbook.sheets.budget import tie_cells
from casebuilder.workbook.sheets.options import check_cells
from casebuilder.workbook.sheets.summary_options import left_over

#: Rows of the sheet that no run moves and that stand beneath each other: fewer are not worth a check of their own.
_ROWS_AT_LEAST = 4
#: What may be left over, by the line of a Calc sheet that holds it; NONE is exactly nothing.
NONE = ""
TOLERANCES = {
    "check_tolerance": ("Allowed: money", "money"),
    "tolerance.customers": ("Allowed: customers", "count"),
    "tolerance.delivery": ("Allowed: months of full effect", "months"),
    "tolerance.share": ("Allowed: share of the total", "share"),
}


@dataclass(frozen=True)
class CheckLine:
    """One check: what it says when it holds, and what is left over, one formula and its value per run or one for all.

    `tolerance` is a line of the Calc sheets, NONE, or a reference; `holds` a reference that says 1 or 0 by itself.
    """

    label: str
    unit: str
    left: tuple[tuple[str, float], ...]
    tolerance: str = NONE
    holds: str = ""


def blocks(book: Book, repeated: Sequence[str]) -> dict[str, list[CheckLine]]:
    """The checks by the title of their block.

    `repeated` are the cells that say, by scenario, whether Calc selected repeats its sheet.
    """
    return {
        "On every calculation sheet: what must be equal": [*_identities(book), *_segments(book)],
        "On every calculation sheet: what no scenario may change, and errors": [
            *_same(book), _repeated(book, repeated), _errors(book),
        ],
        "Between sheets: what is left over": [*_order(book), *_options(book), *_budget(book)],
    }  # fmt: skip


def repeats(book: Book) -> Iterator[tuple[str, float]]:
    """By scenario, whether Calc selected shows it with all switches as set: a formula that says 1 or 0."""
    layout, asked = book.layout, book.results.asked
    option = f"({layout.on(SELECTED, 'run.option')}={layout.given('option_number[as_set]')})"
    for id in book.results.scenarios:
        number = layout.given(f"scenario_number[{id}]")
        same = asked.scenario == id and asked.option == AS_SET
        yield f"=({layout.on(SELECTED, 'run.scenario')}={number})*{option}", float(same)


def _identities(book: Book) -> Iterator[CheckLine]:
    """The identities that the model itself computes."""
    for id, words in IDENTITIES.items():
        key = f"left.{id}"
        left = tuple(
            (f"={book.layout.on(name, key)}", outcome.amount(key)) for _, name, outcome in book.columns
        )
        yield CheckLine(words, book.results.model[key].unit, left, tolerance_key(id))


def _segments(book: Book) -> Iterator[CheckLine]:
    """Totals are the sum of their segments, over all periods."""
    segments = book.results.model.shape.segments
    found = (("revenue", "Revenue", "check_tolerance"), ("closing", "Customers", "tolerance.customers"))
    for name, words, tolerance in found if segments else ():
        for world in WORLDS:
            rows = [book.layout.row(f"{name}.{world}[{s}]") for s in segments]
            total = book.layout.row(f"{name}.{world}")
            left = tuple(
                (f"=ABS(SUM({_area(book, sheet, rows[0], rows[-1])})-SUM({_area(book, sheet, total)}))", 0.0)
                for _, sheet, _ in book.columns
            )
            label = f"{words}, {WORDS[world]}: the total is the sum of its segments"
            yield CheckLine(label, TOLERANCES[tolerance][1], left, tolerance)


def _same(book: Book) -> Iterator[CheckLine]:
    """What neither scenario nor option moves, the whole do-nothing world among it, is what Calc selected says."""
    seen: dict[str, int] = {}
    for first, last, words in still(book):
        seen[words] = again = seen.get(words, 0) + 1
        left = tuple(
            (f"={_unlike(book, name, first, last)}", 0.0) for _, name, _ in book.columns if name != SELECTED
        )
        label = f"Same in every run: {words}" + (f" ({again})" if again > 1 else "")
        yield CheckLine(label, "count", left)


def still(book: Book) -> Iterator[tuple[int, int, str]]:
    """First and last row and the name of every stretch of rows that do not depend on scenario or option."""
    yield Layout.PERIOD_ROW, Layout.DATE_ROW, "Periods, months, years and dates"
    moved, stretch = _moved(book), []
    for at, entry in enumerate([*book.layout.rows, None], book.layout.first_row):
        if isinstance(entry, Line) and entry.key not in moved:
            stretch.append((at, short(entry.section)))
        elif not isinstance(entry, str):
            if len(stretch) >= _ROWS_AT_LEAST:
                names = dict.fromkeys((stretch[0][1], stretch[-1][1]))
                yield stretch[0][0], stretch[-1][0], " to ".join(names)
            stretch = []


def _moved(book: Book) -> set[str]:
    """The lines that depend on scenario or option, over however many steps."""
    lines, found, before = book.results.model.lines, {"run.scenario", "run.option"}, 0
    while len(found) > before:
        before = len(found)
        found |= {line.key for line in lines if any(read.key in found for read in line.reads)}
    return found


def _repeated(book: Book, flags: Sequence[str]) -> CheckLine:
    """The sheet that Calc selected repeats is the same cell by cell."""
    first = book.layout.first_row
    last = first + len(book.layout.rows) - 1
    names = [name for _, name, _ in book.columns if name != SELECTED]
    left = tuple(
        (f"={flag}*{_unlike(book, name, first, last)}", 0.0) for flag, name in zip(flags, names, strict=True)
    )
    return CheckLine("Calc selected is the same as the sheet that it repeats", "count", left)


def _errors(book: Book) -> CheckLine:
    first = book.layout.first_row
    last = first + len(book.layout.rows) - 1
    left = tuple(
        (f"=SUMPRODUCT(--ISERROR({_area(book, name, first, last)}))", 0.0) for _, name, _ in book.columns
    )
    return CheckLine("No cell shows an error", "count", left)


def _unlike(book: Book, name: str, first: int, last: int) -> str:
    """How many cells of some rows differ between a Calc sheet and Calc selected."""
    return f"SUMPRODUCT(--({_area(book, name, first, last)}<>{_area(book, SELECTED, first, last)}))"


def _area(book: Book, sheet: str, first: int, last: int | None = None) -> str:
    """Rows of a Calc sheet from the constants to the last year."""
    start, end = column_name(Layout.VALUE), column_name(book.layout.year_last)
    return f"'{sheet}'!${start}${first + 1}:${end}${(first if last is None else last) + 1}"


def _order(book: Book) -> Iterator[CheckLine]:
    """Every effect's low, expected and high are in order on Inputs."""
    effects = [row for row in book.layout.inputs if row.cells and row.cells[0][1].endswith("].low")]
    if not effects:
        return
    top, end = (book.layout.row(row.cells[0][1]) + 1 for row in (effects[0], effects[-1]))
    sizes = ("low", "expected", "high")
    for place, (less, more) in enumerate(pairwise(sizes)):
        left, right = (
            f"{INPUTS}!${name}${top}:${name}${end}"
            for name in map(column_name, (TABLE + place, TABLE + place + 1))
        )
        given = [[book.input_values[key] for _, key in row.cells] for row in effects]
        wrong = float(sum(size[place] > size[place + 1] for size in given))
        text = f"=SUMPRODUCT(--({left}>{right}))"
        yield CheckLine(f"Effects: {less} is at most {more}", "count", ((text, wrong),))


def _options(book: Book) -> Iterator[CheckLine]:
    left, holds = check_cells(book)
    label = "Options: the selected run equals its exported option, inputs unchanged"
    yield CheckLine(label, "money", ((f"={left}", 0.0),), holds=holds)
    label = "Summary: every run equals its exported option, inputs unchanged"
    yield CheckLine(label, "money", tuple(left_over(book)), "check_tolerance")


def _budget(book: Book) -> Iterator[CheckLine]:
    allowed = book.layout.on(SELECTED, "check_tolerance")
    for label, left in tie_cells(book):
        yield CheckLine(label, "money", ((f"=ABS({left})", 0.0),), allowed)
