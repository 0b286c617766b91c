"""Where each input stands in an edited workbook: by the links of its sheet Changes, else by label and layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebuilder.case.paths import shorten
from casebuilder.case.text import LONGEST_NAME
from casebuilder.workbook.back.compared import address
from casebuilder.workbook.back.formula_text import column_number
from casebuilder.workbook.back.opened import Opened
from casebuilder.workbook.back.part_readers import Content, Place
from casebuilder.workbook.layout import CHANGES, INPUTS, Layout

#: Columns of the sheet Changes: label, unit, value as exported, link to the input now, key of the input.
LABEL, UNIT, EXPORTED, NOW, KEY = 0, 1, 2, 4, 6
_LINK = re.compile(r"^\+?(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_EMPTY = Content(None)


@dataclass(frozen=True)
class Found:
    """An input of the workbook: its words, where it stands (None: its cell is gone), and what stands there.

    `exported` is the value that the workbook was made with, None where it does not say. `unlisted` says that the
    workbook lists its inputs and this is not among them.
    """

    key: str
    label: str
    unit: str
    sheet: str
    place: Place | None
    content: Content
    exported: float | None
    unlisted: bool = False

    @property
    def at(self) -> str:
        """Its address, for people."""
        return f"{self.sheet}!{address(self.place)}" if self.place else self.sheet


class Inputs:
    """Finds the inputs of an edited workbook."""

    def __init__(self, book: Opened, layout: Layout) -> None:
        self.book, self.layout = book, layout
        by_name = {name.casefold(): name for name in book.sheets}
        self.changes = by_name.get(CHANGES.casefold(), "")
        self.links = dict(self._links())
        sheets = [sheet for sheet, _, _ in self.links.values() if sheet in book.sheets]
        self.sheet = max(sheets, key=sheets.count, default=by_name.get(INPUTS.casefold(), ""))
        self.known = {key: row for row in layout.inputs for _, key in row.cells}
        self.by_label = self._labels()

    def all(self) -> Iterator[Found]:
        """Every input that the workbook or the case has; rows of numbers that are formulas are none."""
        own = (key for row in self.layout.inputs if not row.key for _, key in row.cells)
        for key in dict.fromkeys([*self.links, *own]):
            yield self._found(key)

    def _found(self, key: str) -> Found:
        place = self._place(key)
        content = self.book.cells(self.sheet).get(place, _EMPTY) if place and self.sheet else _EMPTY
        _, _, row = self.links.get(key, ("", None, -1))
        said = self.book.cells(self.changes) if row >= 0 else {}
        label, unit = (said.get((row, column), _EMPTY).value for column in (LABEL, UNIT))
        if key in self.known:
            label, unit = self._words(key, str(label) if label else "")
        exported = said.get((row, EXPORTED), _EMPTY)
        known = exported.value if isinstance(exported.value, float) and not exported.formula else None
        words = shorten(str(label or key), LONGEST_NAME), shorten(str(unit or ""))
        unlisted = bool(self.links) and key not in self.links
        return Found(key, *words, self.sheet or INPUTS, place, content, known, unlisted)

    def _words(self, key: str, said: str) -> tuple[str, str]:
        """Label and unit of an input of the case; of one in a table as Changes has it, which names the column."""
        row = self.known[key]
        units = dict(zip((each for _, each in row.cells), row.units, strict=True))
        return said or row.label, units[key]

    def _place(self, key: str) -> Place | None:
        """By its link, unless its row has another label now and its own label stands elsewhere."""
        _, linked, row = self.links.get(key, ("", None, -1))
        named = self._by_label(key)
        if linked is None:
            return named if row < 0 else None
        label = self.known[key].label if key in self.known else ""
        here = self.book.cells(self.sheet).get((linked[0], 0), _EMPTY).value
        return linked if not label or here == label or named is None else named

    def _by_label(self, key: str) -> Place | None:
        if key not in self.known:
            return None
        row = self.by_label.get(self.known[key].label)
        return None if row is None else (row, self.layout.input_cell(key).column)

    def _labels(self) -> Mapping[str, int]:
        """The rows of the sheet by label, those that stand there once."""
        if not self.sheet:
            return {}
        found: dict[str, list[int]] = {}
        for (row, column), content in self.book.cells(self.sheet).items():
            if column == 0 and isinstance(content.value, str):
                found.setdefault(content.value, []).append(row)
        return {label: rows[0] for label, rows in found.items() if len(rows) == 1}

    def _links(self) -> Iterator[tuple[str, tuple[str, Place | None, int]]]:
        """By key: the sheet and place its link leads to (None where the link is broken), and its row on Changes."""
        if not self.changes:
            return
        cells = self.book.cells(self.changes)
        for (row, column), content in cells.items():
            now = cells.get((row, NOW), _EMPTY)
            if column == KEY and isinstance(content.value, str) and now.formula:
                found = _LINK.match(now.formula.strip())
                sheet = (found[1] or found[2]).replace("''", "'") if found else ""
                place = (int(found[4]) - 1, column_number(found[3])) if found else None
                yield content.value, (sheet, place, row)
