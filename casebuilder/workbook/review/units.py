"""Units as a review recognises them: what a row or a column is measured in, and what a formula makes of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from operator import itemgetter

from casebuilder.workbook.input_rows import TABLE
from casebuilder.workbook.review.conventions import VALUE, kind_of, unit
from casebuilder.workbook.review.nodes import Function, Node, Operation, Reference
from casebuilder.workbook.review.records import Place, SheetRead
from casebuilder.workbook.review.trees import Formulas
from casebuilder.workbook.style import NUMBERS, unit_word

#: What stands in the column of units where each column of the row has its own, named in its head.
BY_COLUMN = "by column"
_MONEY = re.compile(r"[A-Z]{3}( a year)?")
_OF_HEAD = re.compile(r".*\(([^()]+)\)", re.DOTALL)
#: A difference between two shares is measured like a share.
_SAME = {"points": "share"}
#: In a column that is a year, what happens a year is what happens in it.
_OF_A_YEAR = {"money_per_year": "money", "per_year": "count"}
#: Functions whose answer has the unit of their arguments, and which arguments these are.
_ALIKE = {"SUM": 0, "MIN": 0, "MAX": 0, "ABS": 0, "IF": 1, "AVERAGE": 0}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {unit_word(key, ""): key for key in NUMBERS if key not in ("money", "money_per_year")}


def unit_key(word: str) -> str:
    """The unit that a word of the column of units stands for; empty where it is none of the closed list."""
    money = _MONEY.fullmatch(word)
    if money:
        return "money_per_year" if money[1] else "money"
    return _words().get(word, "")


class Units:
    """The units of a workbook's cells."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self._known: dict[tuple[str, Place], str] = {}
        self._heads: dict[str, dict[int, list[int]]] = {}

    def of(self, sheet: SheetRead, at: Place) -> str:
        """The unit of a cell: what its column's head says in brackets, else its row's; empty where there is none."""
        key = (sheet.name, at)
        if key not in self._known:
            own = self.head(sheet, at) if self._heads_count(sheet, at[1]) else ""
            self._known[key] = own or unit_key(unit(sheet, at[0]))
        return self._known[key]

    @staticmethod
    def _heads_count(sheet: SheetRead, column: int) -> bool:
        """Whether the head of a column may say another unit than the row: not where all columns are time."""
        kind = kind_of(sheet)
        return kind != "calculation" and column >= (TABLE if kind == "input" else VALUE)

    def head(self, sheet: SheetRead, at: Place) -> str:
        """The unit in brackets at the end of the nearest text above a cell; empty where it says none."""
        texts = self._texts(sheet).get(at[1], [])
        above = bisect_left(texts, at[0])
        said = _OF_HEAD.fullmatch(sheet.text(texts[above - 1], at[1])) if above else None
        return unit_key(said[1]) if said else ""

    def _texts(self, sheet: SheetRead) -> dict[int, list[int]]:
        """By column, the rows in which a text was typed, downwards."""
        if sheet.name not in self._heads:
            found: dict[int, list[int]] = defaultdict(list)
            for (row, column), cell in sorted(sheet.cells.items(), key=itemgetter(0)):
                if isinstance(cell.value, str) and cell.value and not cell.formula:
                    found[column].append(row)
            self._heads[sheet.name] = found
        return self._heads[sheet.name]

    def made(self, node: Node, sheet: SheetRead, at: Place) -> tuple[str, ...]:
        """The units that a part of a formula adds up or passes on, each once; none for a number or a product."""
        if isinstance(node, Reference):
            return self._read(node, sheet, at)
        if isinstance(node, Operation) and node.symbol in "+-":
            return self._together(node.args, sheet, at)
        if isinstance(node, Function) and node.name in _ALIKE:
            return self._together(node.args[_ALIKE[node.name] :], sheet, at)
        return ()

    def _together(self, nodes: tuple[Node, ...], sheet: SheetRead, at: Place) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for node in nodes for found in self.made(node, sheet, at)))

    def _read(self, node: Reference, sheet: SheetRead, at: Place) -> tuple[str, ...]:
        """The units of what a reference reads; a long range is told by its corners and its first column."""
        area = node.area(sheet.name, at)
        other = self.formulas.by_name.get(area.sheet)
        if other is None or node.whole:
            return ()
        places = [(row, area.left) for row in range(area.top, area.bottom + 1)]
        found = (self.of(other, place) for place in places if place in other.cells)
        return tuple(dict.fromkeys(_SAME.get(key, key) for key in found if key and key != "text"))


def family(key: str, year: bool = False) -> str:
    """The unit that stands for all that may be added to it, in a column that is a year or any other."""
    key = _SAME.get(key, key)
    return _OF_A_YEAR.get(key, key) if year else key
