"""Rules of references: they point up, to the left or to an earlier sheet, never in a circle or to nothing (W10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casebuilder.workbook.book import Kind
from casebuilder.workbook.layout import MASTER, TRACKING
from casebuilder.workbook.review.conventions import VALUE, Axis, axis, is_stamped, kind_of, violation
from casebuilder.workbook.review.nodes import Area, Reference
from casebuilder.workbook.review.precedents import Cell, precedents_of
from casebuilder.workbook.review.records import BookRead, Place, Rule, SheetRead, Violation, address
from casebuilder.workbook.review.trees import Formulas, Run, formulas_of

_MODEL = ("input", "calculation")


def w10(book: BookRead) -> Iterator[Violation]:
    """References of one direction, no circle, no whole column, no link to a link, no empty cell."""
    formulas = formulas_of(book)
    yield from _directions(formulas)
    yield from _circles(book)
    yield from _links(formulas)
    yield from _empty(book)


def _directions(formulas: Formulas) -> Iterator[Violation]:
    sheets = formulas.book.sheets
    order = {sheet.name: number for number, sheet in enumerate(sheets)}
    kinds = {sheet.name: kind_of(sheet) for sheet in sheets}
    axes = {sheet.name: axis(sheet) for sheet in sheets if kinds[sheet.name] == "calculation"}
    for run in formulas.runs:
        sheet = formulas.by_name[run.sheet]
        for reference, area in run.areas():
            said = _shape(reference, area, order)
            if not said and kinds[run.sheet] in _MODEL and sheet.cells[run.place].formula != MASTER:
                said = (
                    _earlier(run, area, axes.get(run.sheet))
                    if area.sheet == run.sheet
                    else _before(order[area.sheet] < order[run.sheet] and kinds[area.sheet] in _MODEL)
                )
            if said:
                yield violation("W10", sheet, run.place, f"{_named(run, area, reference)} {said}")


def _named(run: Run, area: Area, reference: Reference) -> str:
    """The reference as a reader of the sheet finds it."""
    if reference.whole:
        return reference.text
    ends = address((area.top, area.left)), address((area.bottom, area.right))
    cells = ends[0] if area.single else ":".join(ends)
    return cells if area.sheet == run.sheet else f"{area.sheet}!{cells}"


def _shape(reference: Reference, area: Area, order: Mapping[str, int]) -> str:
    if reference.whole:
        return "is a whole row or column; a range names its cells"
    if area.sheet not in order:
        return "is on a sheet that is not there"
    return "" if area.top >= 0 and area.left >= 0 else "leaves the sheet"


def _before(earlier: bool) -> str:
    return "" if earlier else "is not on an earlier input or calculation sheet"


def _earlier(run: Run, area: Area, time: Axis | None) -> str:
    """An earlier column, or the same column above; totals read their own and earlier rows across the periods."""
    row, column = run.place
    if area.right < column or (area.right == column and area.bottom < row):
        return ""
    if time and column == VALUE and area.left >= time.opening and area.right <= time.periods[-1]:
        return "" if area.bottom <= row else "is a row further down, read across the periods"
    if area.left <= column <= area.right and area.top <= row <= area.bottom:
        return "is the cell itself"
    return "is to the right" if area.right > column else "is further down in the same column"


def _circles(book: BookRead) -> Iterator[Violation]:
    for name, place in precedents_of(book).circles:
        yield Violation("W10", name, address(place), "the cell rests on itself")


def _links(formulas: Formulas) -> Iterator[Violation]:
    """A link shows where a number is made; an opening carries the column before it, or what a balance starts with."""
    axes = {sheet.name: axis(sheet) for sheet in formulas.book.sheets if kind_of(sheet) == "calculation"}
    openings = {name: (time.opening, time.year_opening) for name, time in axes.items() if time}
    for run in formulas.runs:
        link = run.parsed.link
        if link is None or _carries(link):
            continue
        area = link.area(run.sheet, run.place)
        behind = formulas.sheets.get(area.sheet, {}).get((area.top, area.left))
        opens = area.sheet != run.sheet and area.left in openings.get(area.sheet, ())
        if behind is not None and behind.link is not None and not (_carries(behind.link) or opens):
            said = f"links to {_named(run, area, link)}, which is itself a link"
            yield violation("W10", formulas.by_name[run.sheet], run.place, said)


def _carries(link: Reference) -> bool:
    """Whether a link is to the column before it on its own sheet."""
    return not link.sheet and link.first.column_relative and link.first.column == -1


def _empty(book: BookRead) -> Iterator[Violation]:
    """Formulas that read cells in which nothing stands; Tracking waits for its actuals behind a COUNT."""
    formulas, precedents = formulas_of(book), precedents_of(book)
    kinds = {sheet.name: kind_of(sheet) for sheet in book.sheets}
    holes: dict[Area, Place | None] = {}
    for run in formulas.runs:
        if run.sheet == TRACKING and "COUNT" in run.parsed.functions:
            continue
        for column in range(run.first, run.last + 1):
            cell: Cell = (run.sheet, (run.row, column))
            areas = (area for area in precedents.areas[cell] if not _looks_over(kinds[run.sheet], area))
            if found := next(filter(None, (_hole(formulas, area, holes) for area in areas)), None):
                yield violation("W10", formulas.by_name[run.sheet], cell[1], f"reads the empty cell {found}")
                break


def _hole(formulas: Formulas, area: Area, known: dict[Area, Place | None]) -> str:
    """The address of the first cell of an area in which nothing stands."""
    sheet = formulas.by_name[area.sheet]
    if area.single:
        only = (area.top, area.left)
        return f"{area.sheet}!{address(only)}" if _nothing(sheet, only) else ""
    if area not in known:
        known[area] = next((at for at in area.cells() if _nothing(sheet, at)), None)
    at = known[area]
    return f"{area.sheet}!{address(at)}" if at else ""


def _looks_over(kind: Kind | None, area: Area) -> bool:
    """Whether a check looks over a range with its gaps: it counts or compares what stands there."""
    return kind == "check" and not area.single


def _nothing(sheet: SheetRead, at: Place) -> bool:
    """Whether nothing stands in a cell; an exported figure that was no number is kept as an empty cell."""
    cell = sheet.cells.get(at)
    return cell is None or (not cell.formula and cell.value in (None, "") and not is_stamped(cell))


RULES: Mapping[str, Rule] = {
    "W10": Rule(
        "A reference points up, to the left or to an earlier sheet; no circles, no links to links", w10
    )
}
