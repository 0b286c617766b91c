"""What reads what: the cells behind every formula, cells that stand behind themselves, and what rests on inputs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from casebuilder.workbook.review.nodes import Area, Reference
from casebuilder.workbook.review.records import BookRead, Place
from casebuilder.workbook.review.trees import Formulas, formulas_of

#: A cell: its sheet's name and its place.
Cell = tuple[str, Place]


class Precedents:
    """The references of a workbook as a graph of cells."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self._cells: dict[Area, tuple[Cell, ...]] = {}
        self._fixed: dict[tuple[str, int], Area] = {}

    @cached_property
    def areas(self) -> dict[Cell, tuple[Area, ...]]:
        """What every formula cell reads; whole rows and columns, and sheets that are not there, are left out."""
        return {
            (sheet, at): tuple(
                self._area(reference, sheet, at)
                for reference in parsed.references
                if not reference.whole and (reference.sheet or sheet) in self.formulas.by_name
            )
            for sheet, cells in self.formulas.sheets.items()
            for at, parsed in cells.items()
        }

    def _area(self, reference: Reference, sheet: str, at: Place) -> Area:
        """What a reference means in a cell; one without relative parts means the same in every cell of a sheet."""
        if not reference.fixed:
            return reference.area(sheet, at)
        key = (sheet, id(reference))
        if key not in self._fixed:
            self._fixed[key] = reference.area(sheet, at)
        return self._fixed[key]

    def cells(self, area: Area) -> tuple[Cell, ...]:
        """The cells of an area."""
        if area.single:
            return ((area.sheet, (area.top, area.left)),)
        if area not in self._cells:
            self._cells[area] = tuple((area.sheet, at) for at in area.cells())
        return self._cells[area]

    def _behind(self, cell: Cell) -> Iterator[Cell]:
        """The formula cells that a cell reads."""
        areas = self.areas
        return iter([each for area in areas[cell] for each in self.cells(area) if each in areas])

    @cached_property
    def order(self) -> tuple[Cell, ...]:
        """The formula cells, each after those that it reads; cells in a circle stand somewhere."""
        return self._search[0]

    @cached_property
    def circles(self) -> tuple[Cell, ...]:
        """One cell of every circle that was found."""
        return self._search[1]

    @cached_property
    def _search(self) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
        done: list[Cell] = []
        circles: list[Cell] = []
        #: False while the search stands below a cell, True when it has left it.
        left: dict[Cell, bool] = {}
        for start in self.areas:
            if start in left:
                continue
            left[start] = False
            path = [(start, self._behind(start))]
            while path:
                cell, behind = path[-1]
                found = next(behind, None)
                if found is None:
                    left[cell] = True
                    done.append(cell)
                    path.pop()
                elif found not in left:
                    left[found] = False
                    path.append((found, self._behind(found)))
                elif not left[found]:
                    circles.append(found)
        return tuple(done), tuple(dict.fromkeys(circles))

    @cached_property
    def read(self) -> frozenset[Cell]:
        """The rows that a formula of another row reads, each as its sheet with column 0."""
        found = set()
        for (sheet, (row, _)), areas in self.areas.items():
            for area in areas:
                for other in range(area.top, area.bottom + 1):
                    if (area.sheet, other) != (sheet, row):
                        found.add((area.sheet, (other, 0)))
        return frozenset(found)

    def behind(self, cell: Cell, sheets: tuple[str, ...]) -> set[Cell]:
        """The cells that a cell rests on; what stands behind cells of other sheets than these is not followed."""
        found: set[Cell] = set()
        waiting = [cell]
        while waiting:
            for area in self.areas.get(waiting.pop(), ()):
                new = set(self.cells(area)) - found
                found |= new
                if area.sheet in sheets:
                    waiting += new
        return found

    def resting_on(self, roots: frozenset[Cell]) -> set[Cell]:
        """The formula cells that, through however many others, read one of these cells."""
        found: set[Cell] = set()
        touched: dict[Area, bool] = {}
        for cell in self.order:
            for area in self.areas[cell]:
                if area.single:
                    at = (area.sheet, (area.top, area.left))
                    hit = at in roots or at in found
                else:
                    hit = touched.get(area, False) or any(
                        each in roots or each in found for each in self.cells(area)
                    )
                    touched[area] = hit
                if hit:
                    found.add(cell)
                    break
        return found


@lru_cache(maxsize=1)
def precedents_of(book: BookRead) -> Precedents:
    """What reads what in a workbook, gathered once for all rules."""
    return Precedents(formulas_of(book))
