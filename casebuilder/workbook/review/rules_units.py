"""Rules of labels and units: each row told apart, measured in something, shown and added accordingly (W13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from casebuilder.workbook.review.conventions import LABEL, UNIT, axis, kind_of, label, unit, violation
from casebuilder.workbook.review.formulas import LAST_COLUMN
from casebuilder.workbook.review.nodes import Node, Operation
from casebuilder.workbook.review.records import BookRead, CellRead, Rule, SheetRead, Violation
from casebuilder.workbook.review.trees import formulas_of
from casebuilder.workbook.review.units import BY_COLUMN, Units, family, unit_key
from casebuilder.workbook.style import FORMATS

#: Kinds of sheets on which every number has a unit, typed or computed.
_MODEL = ("input", "calculation")
#: What a row may be made of beside its own unit: flags are counted, and tell which of a list it is.
_MADE_OF: Mapping[str, tuple[str, ...]] = {"count": ("flag",), "choice": ("flag",), "text": tuple(FORMATS)}


def w13(book: BookRead) -> Iterator[Violation]:
    """Labels unique, units of the closed list, formats that agree with them, nothing added to something else."""
    units = Units(formulas_of(book))
    for sheet in book.sheets:
        rows = _rows(sheet)
        yield from _labels(sheet, rows)
        yield from _units(sheet, rows)
        yield from _formats(sheet, rows, units)
    yield from _sums(book, units)


def _rows(sheet: SheetRead) -> dict[int, list[int]]:
    """The columns of the numbers in every row that has some: computed ones, on a sheet of the model typed ones too."""
    typed = kind_of(sheet) in _MODEL
    found = defaultdict(list)
    for (row, column), cell in sheet.cells.items():
        if column > UNIT and isinstance(cell.value, float) and (cell.formula or typed):
            found[row].append(column)
    return dict(sorted(found.items()))


def _labels(sheet: SheetRead, rows: Mapping[int, list[int]]) -> Iterator[Violation]:
    first: dict[str, int] = {}
    for row, columns in rows.items():
        said = label(sheet, row)
        if not said:
            yield violation("W13", sheet, (row, min(columns)), "the row has numbers and no label")
        elif said in first:
            text = f"the label {said!r} stands in row {first[said] + 1} already"
            yield violation("W13", sheet, (row, LABEL), text)
        first.setdefault(said, row)


def _units(sheet: SheetRead, rows: Mapping[int, list[int]]) -> Iterator[Violation]:
    for row in rows:
        said = unit(sheet, row)
        if not said:
            yield violation("W13", sheet, (row, UNIT), f"the row {label(sheet, row)!r} has no unit")
        elif said != BY_COLUMN and not unit_key(said):
            yield violation("W13", sheet, (row, UNIT), f"{said!r} is not a unit of the list")


def _formats(sheet: SheetRead, rows: Mapping[int, list[int]], units: Units) -> Iterator[Violation]:
    """The first cell of a row whose number is not shown as its unit asks."""
    for row, columns in rows.items():
        for column in sorted(columns):
            said = _shown(sheet.cells[row, column], units.of(sheet, (row, column)), unit(sheet, row))
            if said:
                yield violation("W13", sheet, (row, column), said)
                break


def _shown(cell: CellRead, key: str, row_unit: str) -> str:
    if not key:
        return "no head of the column says the unit" if row_unit == BY_COLUMN else ""
    form = cell.look.number_format
    return "" if form in FORMATS[key] else f"is shown as {form!r}, which is not how {key!r} is shown"


def _sums(book: BookRead, units: Units) -> Iterator[Violation]:
    """Sums, differences and links: what they bring together has one unit, and it is the unit of their row."""
    years = {sheet.name: _first_year(sheet) for sheet in book.sheets}
    formulas = formulas_of(book)
    for run in formulas.runs:
        sheet, year = formulas.by_name[run.sheet], run.first >= years[run.sheet]
        parts = [run.parsed.tree, *(node for node in run.parsed.nodes if _adds(node))]
        made = [{family(key, year) for key in units.made(part, sheet, run.place)} for part in parts]
        own = family(units.of(sheet, run.place), year)
        mixed = next((each for each in made if len(each) > 1), None)
        if mixed:
            yield violation("W13", sheet, run.place, f"adds {' and '.join(sorted(mixed))}")
        elif own and made[0] and not made[0] & {own, *_MADE_OF.get(own, ())}:
            yield violation("W13", sheet, run.place, f"is measured in {own} and shows {made[0].pop()}")


def _adds(node: Node) -> bool:
    return isinstance(node, Operation) and node.symbol in ("+", "-")


def _first_year(sheet: SheetRead) -> int:
    """The first column of a calculation sheet that is a year."""
    time = axis(sheet) if kind_of(sheet) == "calculation" else None
    return time.year_opening if time else LAST_COLUMN + 1


RULES: Mapping[str, Rule] = {
    "W13": Rule(
        "Labels are unique, units come from one list, formats agree, different units are never added", w13
    )
}
