"""What the judges share: every formula cell of a file, what Results say it must hold, when two numbers agree."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple

from casebuilder.model.expressions import Line
from casebuilder.model.results import Outcome, Results
from casebuilder.workbook.layout import SELECTED, Layout

Cell = tuple[str, int, int]
Value = float | str | None
File = Path | io.BytesIO
TOLERANCE = 1e-9
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: What stands in place of every cached value where a judge must compute for itself.
POISON = 987654321.125


def formulas(path: File, wanted: Callable[[str], bool] = bool) -> dict[Cell, str]:
    """Every formula by sheet, row and column (counted from 1); one that a row shares, as each cell reads it.

    `wanted` says by its name whether a sheet is read; the default reads all.
    """
    found: dict[Cell, str] = {}
    shared: dict[tuple[str, str], Translator] = {}
    for place, node in _cells(path, wanted):
        formula = node.find(f"{MAIN}f")
        if formula is None:
            continue
        number = formula.get("si")
        if number is None or formula.text:
            found[place] = "=" + (formula.text or "")
        if number is not None and formula.text:
            shared[place[0], number] = Translator(found[place], node.get("r"))
        elif number is not None:
            found[place] = shared[place[0], number].translate_formula(node.get("r"))
    return found


def stored_formulas(path: File) -> dict[Cell, str]:
    """Every formula cell with its text as stored: of a formula that a row shares only the first cell has it."""
    found = ((place, node.find(f"{MAIN}f")) for place, node in _cells(path))
    return {place: f"={node.text or ''}" for place, node in found if node is not None}


def filled(path: File, colour: str) -> set[Cell]:
    """Cells without a formula on a ground of this colour (`#RRGGBB`)."""
    with zipfile.ZipFile(path) as parts:
        styles = etree.fromstring(parts.read("xl/styles.xml"))
    grounds = [
        any(node.get("rgb", "").endswith(colour.lstrip("#").upper()) for node in fill.iter(f"{MAIN}fgColor"))
        for fill in styles.iterfind(f"{MAIN}fills/{MAIN}fill")
    ]
    formats = [grounds[int(xf.get("fillId", "0"))] for xf in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")]
    return {
        place
        for place, node in _cells(path)
        if formats[int(node.get("s", "0"))] and node.find(f"{MAIN}f") is None
    }


def cached(path: File, wanted: Callable[[str], bool] = bool) -> dict[Cell, Value]:
    """Every stored number and every text of a formula; an empty text counts as no value, shared texts are left out."""
    return {place: _value(node) for place, node in _cells(path, wanted) if node.get("t") != "s"}


def _value(node: etree._Element) -> Value:
    text = node.findtext(f"{MAIN}v")
    if not text:
        return None
    return text if node.get("t") in ("str", "e") else float(text)


def _cells(path: File, wanted: Callable[[str], bool] = bool) -> Iterator[tuple[Cell, etree._Element]]:
    """Every cell of every sheet, read straight from the file: a workbook has a hundred thousand of them."""
    with zipfile.ZipFile(path) as parts:
        book = etree.fromstring(parts.read("xl/workbook.xml"))
        for number, sheet in enumerate(book.iter(f"{MAIN}sheet"), 1):
            if not wanted(sheet.get("name")):
                continue
            root = etree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            for node in root.iter(f"{MAIN}c"):
                row, column = coordinate_to_tuple(node.get("r"))
                yield (sheet.get("name"), row, column), node


def poisoned(source: Path, target: Path) -> Path:
    """The same workbook with every cached value of a formula replaced, so that handing it back unread shows."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                text = content.decode("utf-8")
                text = re.sub(r' t="str"(>?[^<]*>?<f>)', r"\1", text)
                content = re.sub(r"(</f>)<v>[^<]*</v>", rf"\1<v>{POISON}</v>", text).encode("utf-8")
            new.writestr(item, content)
    return target


def expected(results: Results, layout: Layout) -> dict[Cell, Value]:
    """What every computed cell of the Calc sheets must hold, by Results alone."""
    sheets = {layout.calc_names[id]: outcome for id, outcome in results.scenarios.items()}
    sheets[SELECTED] = results.asked
    found: dict[Cell, Value] = {}
    for name, outcome in sheets.items():
        found |= of_one_sheet(name, results, layout, outcome)
    return found


def of_one_sheet(name: str, results: Results, layout: Layout, outcome: Outcome) -> dict[Cell, Value]:
    """What every computed cell of a Calc sheet must hold for one run."""
    return {
        (name, *place): value
        for line in results.model.lines
        if line.shape != "input"
        for place, value in line_cells(line, layout, outcome)
    }


def line_cells(line: Line, layout: Layout, outcome: Outcome) -> Iterator[tuple[tuple[int, int], Value]]:
    """The cells of one line by row and column, with the values that they must hold."""
    row = layout.row(line.key) + 1
    if line.shape in ("constant", "total"):
        yield (row, layout.VALUE + 1), outcome.number(line.key)
        return
    start = layout.OPENING if line.shape == "period" else layout.year_first
    for column, value in enumerate(outcome.row(line.key), start + 1):
        if column > layout.OPENING + 1 or line.opening is not None:
            yield (row, column), value


def areas_of(cells: Iterable[Cell]) -> list[tuple[str, int, int, int, int]]:
    """The rectangle around the cells of each sheet: its name, first column and row, last column and row, from 0."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell[0], []).append(cell)
    return [
        (
            sheet,
            min(column for *_, column in inside) - 1,
            min(row for _, row, _ in inside) - 1,
            max(column for *_, column in inside) - 1,
            max(row for _, row, _ in inside) - 1,
        )
        for sheet, inside in found.items()
    ]


def values_of(
    areas: Sequence[tuple[str, int, int, int, int]], answers: Sequence[Sequence[Sequence[Value]]]
) -> dict[Cell, Value]:
    """What the rows of each rectangle hold, by cell."""
    return {
        (sheet, row, column): value
        for (sheet, left, top, *_), rows in zip(areas, answers, strict=True)
        for row, across in enumerate(rows, top + 1)
        for column, value in enumerate(across, left + 1)
    }


def sizes(results: Results, layout: Layout) -> dict[Cell, float]:
    """By cell of a Calc sheet, what its tolerance is a share of: the case's largest amount for money and counts."""
    large = size_of(results)
    names = [*layout.calc_names.values(), SELECTED]
    return {
        (name, layout.row(line.key) + 1, column): large
        for name in names
        for line in results.model.lines
        if line.shape != "input" and line.unit in ("money", "money_per_year", "count", "hours", "per_year")
        for column in range(1, layout.year_last + 2)
    }


def disagreements(
    got: Mapping[Cell, Value], want: Mapping[Cell, Value], large: Mapping[Cell, float], otherwise: float = 1.0
) -> list[str]:
    """Cells that differ by more than the tolerance: a share of the number itself, or of the case's largest amount."""
    return [
        f"{cell}: {got.get(cell)!r} where {value!r} is right"
        for cell, value in want.items()
        if not agree(got.get(cell), value, large.get(cell, otherwise))
    ]


def agree(got: Value, want: Value, large: float = 1.0) -> bool:
    """Whether two cells hold the same."""
    if isinstance(got, bool | int | float) and isinstance(want, bool | int | float):
        return abs(got - want) <= TOLERANCE * max(1.0, abs(want), large)
    return (got or None) == (want or None)


def size_of(results: Results) -> float:
    """The largest amount of a case: revenue of a period, or a benefit."""
    rows = ("revenue.with", "revenue.without", "headline", "costs")
    found = [abs(v) for outcome in results.outcomes.values() for key in rows for v in outcome.flow(key)]
    return max(1.0, *found)
