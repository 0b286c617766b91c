"""An edited workbook against ours, cell by cell: which formulas changed, and which rows and sheets came or went."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from xlsxwriter.utility import xl_col_to_name

from casebuilder.workbook.back.aligned import Rows, aligned, in_runs, sheet_names
from casebuilder.workbook.back.formula_text import canonical, relative
from casebuilder.workbook.back.opened import Opened
from casebuilder.workbook.back.part_readers import Content, Place
from casebuilder.workbook.back.returned import FormulaChange, SheetChange
from casebuilder.workbook.layout import Layout

#: Two numbers are the same where they differ by less: programs store 15 digits.
SAME = 1e-12
_EMPTY = Content(None)


def same(one: float, two: float) -> bool:
    """Whether two numbers are one number that two programs stored."""
    return math.isclose(one, two, rel_tol=SAME, abs_tol=0.0)


@dataclass(frozen=True)
class Altered:
    """A cell that is not as we wrote it."""

    place: Place
    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """Our workbook of a case beside the one that came home; `leave_out` are sheets that are not compared.

    Where `values` is false, the two were made from different numbers, and only formulas are compared.
    """

    ours: Opened
    theirs: Opened
    leave_out: frozenset[str] = frozenset()
    values: bool = True

    @cached_property
    def names(self) -> dict[str, str]:
        """Their name of each sheet of ours that is still there."""
        return sheet_names(self.ours, self.theirs)

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """The alignment of each sheet that is still there, by our name."""
        return {
            mine: aligned(self.ours.cells(mine), self.theirs.cells(name))
            for mine, name in self.names.items()
            if mine not in self.leave_out
        }

    def sheets(self) -> Iterator[SheetChange]:
        """Sheets and rows that came, went or have another name."""
        for mine in self.ours.sheets:
            name = self.names.get(mine)
            if name is None and mine not in self.leave_out:
                yield SheetChange(mine, "sheet removed", "")
            elif name is not None and name.casefold() != mine.casefold():
                yield SheetChange(mine, "sheet renamed", name)
        yield from (
            SheetChange(name, "sheet added", "")
            for name in self.theirs.sheets
            if name not in self.names.values()
        )
        for mine, rows in self.rows.items():
            name = self.names[mine]
            yield from (SheetChange(name, "inserted", run) for run in in_runs(rows.inserted))
            yield from (SheetChange(name, "deleted", run) for run in in_runs(rows.deleted))
            if rows.too_long:
                yield SheetChange(name, "too long", "")
            elif self._moved(mine):
                yield SheetChange(name, "columns", "")

    def apart(self, beside: Mapping[str, frozenset[Place]]) -> Iterator[str]:
        """The sheets of ours that are missing, or on which anything else stands than we would write."""
        yield from (mine for mine in self.ours.sheets if mine not in self.names)
        for mine, rows in self.rows.items():
            structure = rows.inserted or rows.deleted or rows.too_long or self._moved(mine)
            if structure or any(self._cells(mine, rows, beside.get(mine, frozenset()))):
                yield mine

    def _moved(self, mine: str) -> bool:
        """Whether columns came or went: most of what heads the columns of time stands elsewhere."""
        heads = {
            column: cell.value
            for (row, column), cell in self.ours.cells(mine).items()
            if row == Layout.HEAD_ROW and isinstance(cell.value, str) and not cell.written
        }
        theirs = self.theirs.cells(self.names[mine])
        row = self.rows[mine].theirs.get(Layout.HEAD_ROW, Layout.HEAD_ROW)
        away = [column for column, text in heads.items() if theirs.get((row, column), _EMPTY).value != text]
        return len(heads) > 2 and 2 * len(away) > len(heads)

    def formulas(self, beside: Mapping[str, frozenset[Place]]) -> Iterator[FormulaChange]:
        """Cells whose formula or exported number is not ours, by row; `beside` are places of ours to leave out."""
        for mine, rows in self.rows.items():
            if not rows.too_long and not self._moved(mine):
                found = sorted(
                    self._cells(mine, rows, beside.get(mine, frozenset())), key=lambda each: each.place
                )
                yield from grouped(self.names[mine], found)

    def _cells(self, mine: str, rows: Rows, beside: frozenset[Place]) -> Iterator[Altered]:
        ours, theirs = self.ours.cells(mine), self.theirs.cells(self.names[mine])
        at = rows.theirs
        for place, content in ours.items():
            if place not in beside and place[0] in at:
                here = (at[place[0]], place[1])
                found = theirs.get(here, _EMPTY)
                if content.written:
                    yield from self._formula(mine, here, content, found)
                elif self.values and _another_value(content, found):
                    yield Altered(here, "overwritten", _shown(content), _shown(found))
        for place, found in theirs.items():
            known = (rows.ours.get(place[0], -1), place[1])
            new = place[0] not in rows.inserted and known not in ours and known not in beside
            if found.written and new:
                yield Altered(place, "added", "", _shown(found))

    def _formula(self, mine: str, here: Place, ours: Content, theirs: Content) -> Iterator[Altered]:
        if self._still and (theirs.spelled_as(ours) or theirs.formula == ours.formula):
            return
        if not theirs.written:
            kind = "emptied" if theirs.value is None else "typed over"
            yield Altered(here, kind, _shown(ours), _shown(theirs))
        elif canonical(ours.formula, mine, _own) != canonical(theirs.formula, mine, self._named):
            yield Altered(here, "changed", _shown(ours), _shown(theirs))

    @cached_property
    def _still(self) -> bool:
        """Whether no row moved and no sheet has another name: the same text then means the same."""
        return all(name == mine for mine, name in self.names.items()) and all(
            row == mine for rows in self.rows.values() for row, mine in rows.ours.items()
        )

    @cached_property
    def _by_their_name(self) -> dict[str, str]:
        return {name.casefold(): mine for mine, name in self.names.items()}

    def _named(self, sheet: str, row: int) -> tuple[str, str]:
        """A sheet and row of theirs as we call them."""
        mine = self._by_their_name.get(sheet.casefold(), sheet)
        return mine, self.rows[mine].name(row) if mine in self.rows else str(row)


def _own(sheet: str, row: int) -> tuple[str, str]:
    return sheet, str(row)


def _another_value(ours: Content, theirs: Content) -> bool:
    """Whether an exported number was replaced; texts may be reworded."""
    if not isinstance(ours.value, float):
        return False
    return not (isinstance(theirs.value, float) and not theirs.written and same(ours.value, theirs.value))


def _shown(content: Content) -> str:
    """A cell as a person sees it while editing."""
    if content.written:
        return f"={content.formula}"
    if isinstance(content.value, float):
        return f"{content.value:.15g}"
    return "" if content.value is None else str(content.value)


def grouped(sheet: str, cells: list[Altered]) -> Iterator[FormulaChange]:
    """Neighbours in a row that were changed alike, as one."""
    start = 0
    for at, (one, two) in enumerate(pairwise([*cells, None]), 1):
        assert one is not None
        if two is None or not _alike(one, two):
            yield _change(sheet, cells[start:at])
            start = at


def _alike(one: Altered, two: Altered) -> bool:
    """Whether two cells are neighbours with the same fate; a formula must be the same as a step along the row."""
    if two.place != (one.place[0], one.place[1] + 1) or one.kind != two.kind:
        return False
    spelled = one.kind in ("changed", "added")
    return not spelled or relative(one.new, one.place[1]) == relative(two.new, two.place[1])


def _change(sheet: str, cells: Iterable[Altered]) -> FormulaChange:
    found = list(cells)
    ends = [address(each.place) for each in (found[0], found[-1])]
    area = ends[0] if ends[0] == ends[1] else ":".join(ends)
    return FormulaChange(sheet, area, found[0].kind, found[0].old, found[0].new)  # type: ignore[arg-type]


def address(place: Place) -> str:
    """A place as people call it: `C57`."""
    return f"{xl_col_to_name(place[1])}{place[0] + 1}"
