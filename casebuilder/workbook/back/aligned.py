"""Which row of an edited sheet is which row of ours: rows that were inserted or taken out move all that is below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from casebuilder.workbook.back.opened import Opened
from casebuilder.workbook.back.part_readers import Content, Place

#: Rows that are aligned one by one; a sheet of ours has no more.
MOST_ROWS = 3_000


@dataclass(frozen=True)
class Rows:
    """Two versions of a sheet, row by row, counted from 0: `ours` by theirs; what came and what went."""

    ours: Mapping[int, int]
    inserted: tuple[int, ...]
    deleted: tuple[int, ...]
    too_long: bool = False

    @property
    def theirs(self) -> dict[int, int]:
        """Their row of each of ours."""
        return {mine: row for row, mine in self.ours.items()}

    def name(self, row: int) -> str:
        """A row of theirs as we call it: our own number, or that it is new."""
        if row in self.ours:
            return str(self.ours[row])
        return f"new {row}" if row in self.inserted else str(row)


def aligned(ours: Mapping[Place, Content], theirs: Mapping[Place, Content]) -> Rows:
    """The rows of an edited sheet by the labels in its first column; blank rows follow their neighbours."""
    one, two = _labels(ours, "ours"), _labels(theirs, "theirs")
    if len(two) > MOST_ROWS:
        return Rows({row: row for row in range(len(one))}, (), (), too_long=True)
    found: dict[int, int] = {}
    inserted: list[int] = []
    deleted: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        both = min(end - start, last - first)
        found |= {first + n: start + n for n in range(both)}
        inserted += range(first + both, last)
        deleted += range(start + both, end)
    held = {row for row, _ in ours}
    # What people write below everything of ours moved nothing.
    came = tuple(row for row in inserted if found and row < max(found))
    return Rows(found, came, tuple(row for row in deleted if row in held))


def _labels(cells: Mapping[Place, Content], side: str) -> list[str]:
    """What stands in the first column, row by row; what is blank is like no other row."""
    last = max((row for row, _ in cells), default=-1)
    labels = [f"\0{side} {row}" for row in range(min(last + 1, MOST_ROWS + 1))]
    for (row, column), content in cells.items():
        if column == 0 and row <= MOST_ROWS and not content.written and content.value is not None:
            labels[row] = str(content.value)
    return labels


def sheet_names(ours: Opened, theirs: Opened) -> dict[str, str]:
    """Their name of each sheet of ours that is still there: by name, or by its title where somebody renamed it."""
    by_name = {name.casefold(): name for name in theirs.sheets}
    found = {name: by_name[name.casefold()] for name in ours.sheets if name.casefold() in by_name}
    left = [name for name in theirs.sheets if name not in found.values()]
    for name in ours.sheets:
        if name not in found:
            same = [each for each in left if _title(theirs, each) == _title(ours, name)]
            found |= {name: same[0]} if len(same) == 1 else {}
    return found


def _title(book: Opened, sheet: str) -> object:
    content = book.cells(sheet).get((0, 0))
    return content.value if content else None


def in_runs(rows: tuple[int, ...]) -> Iterator[str]:
    """Rows as people call them, those beneath each other together: `5`, `7 to 9`."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at] != rows[at - 1] + 1:
            first, last = rows[start] + 1, rows[at - 1] + 1
            yield str(first) if first == last else f"{first} to {last}"
            start = at
