"""The formulas of a workbook taken apart, each distinct one once, and the runs of cells that hold the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from casebuilder.workbook.review.formulas import relative
from casebuilder.workbook.review.nodes import Area, Broken, Node, Parsed, Reference, depth
from casebuilder.workbook.review.parsing import parse
from casebuilder.workbook.review.records import BookRead, CellRead, Place, SheetRead

#: A formula whose parts stand inside each other more often than this is not taken apart.
DEEPEST = 200


@dataclass(frozen=True)
class Run:
    """Cells beside each other in a row that hold the same formula; the last column is included."""

    sheet: str
    row: int
    first: int
    last: int
    parsed: Parsed

    @property
    def place(self) -> Place:
        """Its first cell."""
        return self.row, self.first

    def areas(self) -> Iterator[tuple[Reference, Area]]:
        """What its first cell reads."""
        for reference in self.parsed.references:
            yield reference, reference.area(self.sheet, self.place)


class Formulas:
    """The formulas of a workbook by sheet and cell, each distinct one parsed once."""

    def __init__(self, book: BookRead) -> None:
        self.book = book
        self._known: dict[str, Parsed] = {}
        self.sheets: dict[str, dict[Place, Parsed]] = {
            sheet.name: {at: self._parsed(cell, at) for at, cell in sheet.cells.items() if cell.formula}
            for sheet in book.sheets
        }

    def _parsed(self, cell: CellRead, at: Place) -> Parsed:
        text = cell.relative or relative(cell.formula, *at)
        if text not in self._known:
            self._known[text] = Parsed(text, _tree(cell.formula, at))
        return self._known[text]

    @cached_property
    def by_name(self) -> dict[str, SheetRead]:
        """The sheets by name."""
        return {sheet.name: sheet for sheet in self.book.sheets}

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every run of equal formulas, sheet by sheet, row by row."""
        return tuple(run for name in self.sheets for run in self._runs(name))

    def _runs(self, sheet: str) -> Iterator[Run]:
        formulas = self.sheets[sheet]
        start: Place | None = None
        for at in sorted(formulas):
            row, column = at
            if (row, column + 1) in formulas and formulas[row, column + 1] is formulas[at]:
                start = start or at
                continue
            yield Run(sheet, row, (start or at)[1], column, formulas[at])
            start = None


@lru_cache(maxsize=1)
def formulas_of(book: BookRead) -> Formulas:
    """The formulas of a workbook, taken apart once for all rules."""
    return Formulas(book)


def _tree(formula: str, at: Place) -> Node:
    try:
        tree = parse(formula, at)
    except (ValueError, RecursionError):
        return Broken(formula)
    return tree if depth(tree) <= DEEPEST else Broken(formula)
