"""Rules W1 to W4: what a workbook shows at first sight, its kinds of sheets, what is hidden, time, leading columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from casebuilder.case import library
from casebuilder.workbook.book import KINDS
from casebuilder.workbook.layout import CHECKS, MASTER, Layout
from casebuilder.workbook.review import conventions
from casebuilder.workbook.review.conventions import LABEL, NOTE, UNIT, Axis, kind_of, violation
from casebuilder.workbook.review.records import BookRead, CellRead, Place, Rule, SheetRead, Violation

#: What the cover states, and how it is recognised among the cover's words.
STATED = {
    "version": r"\bversion\b",
    "fingerprint": r"\bversion [0-9a-f]{6,}",
    "date": r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2} [A-Z][a-z]+ \d{4}\b",
    "sign convention": r"\bsigns?\b|\bnegative\b",
    "colour key": r"\bcolou?rs?\b",
    "limits": r"\blimits?\b",
    "known weaknesses": r"\bweakness(es)?\b",
}
#: Text on its ground is seen above this ratio of brightness; the same colour on itself has 1.
_CONTRAST = 1.3
#: Months have 28 to 31 days: a day that a shorter month does not have moves an end by three days at most.
_SHORTER = 3
#: The day from which Excel counts, as an ordinal.
_DAY_ZERO = date(1899, 12, 30).toordinal()
#: A number format that shows nothing.
_NOTHING = re.compile(r'(?:;|""|\s)*')


def w1(book: BookRead) -> Iterator[Violation]:
    """Kinds of sheets, their colours, and the contents of the cover."""
    for sheet in book.sheets:
        kind = kind_of(sheet)
        if kind is None:
            yield violation("W1", sheet, (Layout.STAMP_ROW, LABEL), "the sheet does not say which kind it is")
        elif sheet.tab_colour != _colour(KINDS[kind][1]):
            yield violation("W1", sheet, None, f"the tab does not have the colour of a sheet of kind {kind}")
    covers = list(conventions.sheets_of(book, "cover"))
    if covers != [*book.sheets[:1]]:
        yield Violation("W1", "", "", "the first sheet, and no other, must be the cover")
    for cover in covers[:1]:
        yield from _cover(book, cover)


def _colour(name: str) -> str:
    return library.look()[name].lstrip("#").upper()


def _cover(book: BookRead, cover: SheetRead) -> Iterator[Violation]:
    """What the cover leaves out: sheets it does not link to, statements it does not make."""
    targets = {
        link.removeprefix("#").rpartition("!")[0].strip("'").replace("''", "'")
        for link in cover.links.values()
    }
    for sheet in book.sheets:
        if sheet is not cover and sheet.name not in targets:
            yield violation("W1", cover, None, f"no link to the sheet {sheet.name}")
    words = "\n".join(str(cell.value) for cell in cover.cells.values() if isinstance(cell.value, str))
    for what, pattern in STATED.items():
        if not re.search(pattern, words, re.IGNORECASE):
            yield violation("W1", cover, None, f"the cover does not state: {what}")


def w2(book: BookRead) -> Iterator[Violation]:
    """Hidden sheets, rows and columns, and cells whose content cannot be seen."""
    for sheet in book.sheets:
        if sheet.state != "visible":
            yield violation("W2", sheet, None, "the sheet is hidden")
        for row in sorted(sheet.hidden_rows):
            yield violation("W2", sheet, (row, 0), f"row {row + 1} is hidden")
        for columns in conventions.runs(sorted(sheet.hidden_columns)):
            many = f" and the {len(columns) - 1} beside it" if len(columns) > 1 else ""
            yield violation("W2", sheet, (0, columns[0]), f"the column{many} is hidden")
        for place, cell in sheet.cells.items():
            if cell.value not in (None, "") or cell.formula:
                yield from _unseen(sheet, place, cell)


def _unseen(sheet: SheetRead, place: Place, cell: CellRead) -> Iterator[Violation]:
    if _contrast(cell.look.text_colour or "000000", cell.look.fill or "FFFFFF") < _CONTRAST:
        yield violation("W2", sheet, place, "the text has the colour of its ground")
    if cell.look.number_format and _NOTHING.fullmatch(cell.look.number_format):
        yield violation("W2", sheet, place, "the number format shows nothing")


def _contrast(one: str, other: str) -> float:
    """How much brighter one colour is than another, as accessibility guidelines measure it: 1 to 21."""
    low, high = sorted(map(_brightness, (one, other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=256)
def _brightness(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def w3(book: BookRead) -> Iterator[Violation]:
    """The axis of time on every Calc sheet, frozen panes, and the light on every sheet."""
    calc = list(conventions.sheets_of(book, "calculation"))
    axes = [(sheet, conventions.axis(sheet)) for sheet in calc]
    known = [(sheet, axis) for sheet, axis in axes if axis is not None]
    for sheet, axis in axes:
        if axis is None:
            text = f"no row '{conventions.PERIOD_ENDS}' with a date above every period and every year"
            yield violation("W3", sheet, None, text)
        else:
            yield from _time(sheet, axis, *known[0])
            yield from _panes(sheet, axis)
    for sheet in book.sheets:
        yield from _light(sheet)


def _time(sheet: SheetRead, axis: Axis, first: SheetRead, like: Axis) -> Iterator[Violation]:
    """Dates that stand elsewhere than on the first Calc sheet, and steps between them that are not equal."""
    for column in sorted({*axis.columns, *like.columns}):
        if _dated(sheet, axis, column) != _dated(first, like, column):
            yield violation(
                "W3", sheet, (axis.date_row, column), f"another period than in this column of {first.name}"
            )
    for columns in (axis.periods, axis.years):
        ends = [_dated(sheet, axis, column) for column in columns]
        steps = [_step(one, other) for one, other in pairwise(ends)]
        for column, step in zip(columns[1:], steps, strict=True):
            if step != steps[0] or step[0] <= 0:
                yield violation(
                    "W3", sheet, (axis.date_row, column), "the step in time is not the one of the row"
                )


def _dated(sheet: SheetRead, axis: Axis, column: int) -> float:
    cell = sheet.cells.get((axis.date_row, column))
    return cell.value if cell and isinstance(cell.value, float) else 0.0


def _step(one: float, other: float) -> tuple[float, str]:
    """The step between two ends of periods: in months where both are the last days of months counted from one day."""
    first, last = _day(one + 1), _day(other + 1)
    months = 12 * (last.year - first.year) + last.month - first.month
    return (months, "months") if abs(first.day - last.day) <= _SHORTER else (other - one, "days")


def _day(serial: float) -> date:
    """The day of a number of days as Excel counts them; what is no day counts as the last one there is."""
    at = _DAY_ZERO + serial
    return date.fromordinal(int(at)) if 1 <= at <= date.max.toordinal() else date.max


def _panes(sheet: SheetRead, axis: Axis) -> Iterator[Violation]:
    if sheet.frozen_rows <= axis.date_row or not LABEL < sheet.frozen_columns <= axis.opening:
        yield violation("W3", sheet, None, "the panes are not frozen below the dates and beside the labels")


def _light(sheet: SheetRead) -> Iterator[Violation]:
    """The overall light stands in the part of the sheet that stays in sight."""
    if sheet.name == CHECKS:
        found = [conventions.master_place()] if sheet.formula(*conventions.master_place()) else []
    else:
        found = [place for place, cell in sheet.cells.items() if conventions.is_master(cell)]
    if not any(row < sheet.frozen_rows or column < sheet.frozen_columns for row, column in found):
        yield violation(
            "W3", sheet, None, f"the overall light {MASTER} is not in the frozen part of the sheet"
        )


def w4(book: BookRead) -> Iterator[Violation]:
    """Merged cells, rows of numbers without a label, and numbers where words belong."""
    for sheet in conventions.sheets_of(book, "input", "calculation"):
        for area in sheet.merged:
            yield Violation("W4", sheet.name, area, "merged cells")
        nameless: set[int] = set()
        for place, cell in sheet.cells.items():
            if conventions.is_master(cell) or not (cell.formula or conventions.is_number(cell)):
                continue
            row, column = place
            if column in (LABEL, UNIT, NOTE):
                yield violation("W4", sheet, place, "a number in a column of labels, units or notes")
            elif not conventions.label(sheet, row) and row not in nameless:
                nameless.add(row)
                yield violation("W4", sheet, (row, LABEL), "numbers without a label")


RULES = {
    "W1": Rule("Every sheet shows which kind it is; the cover links to all and states what they rest on", w1),
    "W2": Rule("Nothing is hidden: sheets, rows, columns, white text", w2),
    "W3": Rule("Time runs across alike on every Calc sheet; labels, heads and the light stay in sight", w3),
    "W4": Rule(
        "Leading columns are label, unit, constant or total, note; inputs and Calc merge no cells", w4
    ),
}
