"""One sheet as its part of the file holds it: read in one pass, shared formulas written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from casebuilder.workbook.review.formulas import (
    LAST_COLUMN,
    LAST_ROW,
    Reference,
    moved,
    pieces,
    references,
    relative,
)
from casebuilder.workbook.review.looks import Looks
from casebuilder.workbook.review.package import SAFE, Package
from casebuilder.workbook.review.records import CellRead, Place, SheetRead, Validation, Value

#: A validation of more cells than this is taken for the cells that are there.
_MANY = 10_000
_KIND_OF_FORMULA = ("array", "dataTable")


class SheetReader:
    """Gathers one sheet while its part is read from top to bottom."""

    def __init__(self, package: Package, part: str, texts: Sequence[str], looks: Looks) -> None:
        self.package, self.part, self.texts, self.looks = package, part, texts, looks
        self.targets = {id: target for id, kind, target, _ in package.relations(part) if kind == "hyperlink"}
        self.cells: dict[Place, CellRead] = {}
        self.shared: dict[str, tuple[Place, list[str | Reference], str]] = {}
        self.rows_hidden: set[int] = set()
        self.columns_hidden: set[int] = set()
        self.validations: list[Any] = []
        self.merged: list[str] = []
        self.links: dict[Place, str] = {}
        self.tab, self.frozen, self.protected = "", (0, 0), False
        self.row = -1

    def read(self, name: str, state: str, print_area: str) -> SheetRead:
        """The sheet of this name."""
        try:
            self._pass()
        except (etree.XMLSyntaxError, ValueError, KeyError, IndexError, AttributeError) as error:
            raise self.package.damaged(self.part) from error
        return SheetRead(
            name,
            state,
            self.tab,
            self.cells,
            frozenset(self.rows_hidden),
            frozenset(self.columns_hidden),
            tuple(self.merged),
            self.frozen[0],
            self.frozen[1],
            tuple(map(self._validation, self.validations)),
            self.protected,
            self.links,
            print_area,
        )

    def _pass(self) -> None:
        handlers: Mapping[str, Callable[[Any], None]] = {
            "row": self._row,
            "tabColor": self._tab,
            "pane": self._pane,
            "col": self._column,
            "sheetProtection": self._protection,
            "mergeCell": lambda each: self.merged.append(each.get("ref", "")),
            "dataValidation": self.validations.append,
            "hyperlink": self._link,
        }
        tags = [f"{{*}}{name}" for name in handlers]
        with self.package.open(self.part) as stream:
            for _, element in etree.iterparse(stream, events=("end",), tag=tags, **SAFE):
                handlers[etree.QName(element).localname](element)

    def _row(self, row: Any) -> None:
        """A row's cells; a row or cell without its address stands right after the one before."""
        self.row = int(row.get("r", self.row + 2)) - 1
        if _yes(row.get("hidden")) or row.get("ht") in ("0", "0.0"):
            self.rows_hidden.add(self.row)
        column = -1
        for cell in row.iterchildren("{*}c"):
            given = cell.get("r")
            place = _place(given) if given else (self.row, column + 1)
            column = place[1]
            self.cells[place] = self._cell(cell, place)
        row.clear()

    def _cell(self, cell: Any, place: Place) -> CellRead:
        formula = raw = inline = None
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                raw = child.text
            elif tag.endswith("}f"):
                formula = child
            elif tag.endswith("}is"):
                inline = text_of(child)
        kind = cell.get("t", "n")
        value = inline if inline is not None else self._value(kind, raw, formula is not None)
        look = self.looks[int(cell.get("s", 0))]
        if formula is None:
            return CellRead("", value, look, error=kind == "e")
        said, spelled = self._formula(formula, place)
        special = formula.get("t", "")
        return CellRead(
            said, value, look, spelled, special if special in _KIND_OF_FORMULA else "", kind == "e"
        )

    def _value(self, kind: str, raw: str | None, computed: bool) -> Value:
        if raw is None:
            return "" if computed else None
        if kind == "s":
            return self.texts[int(raw)]
        if kind == "b":
            return raw == "1"
        return float(raw) if kind == "n" else raw

    def _formula(self, given: Any, place: Place) -> tuple[str, str]:
        """The formula of a cell as it is spelled there, and with its references as distances."""
        text = given.text or ""
        if given.get("t") != "shared":
            return text, relative(text, *place)
        group = given.get("si", "")
        if text or group not in self.shared:
            self.shared[group] = place, pieces(text), relative(text, *place)
            return text, self.shared[group][2]
        start, parts, spelled = self.shared[group]
        return moved(parts, place[0] - start[0], place[1] - start[1]), spelled

    def _tab(self, given: Any) -> None:
        self.tab = self.looks.colour(given)

    def _pane(self, given: Any) -> None:
        if given.get("state", "").startswith("frozen"):
            self.frozen = (int(float(given.get("ySplit", 0))), int(float(given.get("xSplit", 0))))

    def _column(self, given: Any) -> None:
        if _yes(given.get("hidden")) or given.get("width") in ("0", "0.0"):
            first, last = int(given.get("min")), min(int(given.get("max")), LAST_COLUMN + 1)
            self.columns_hidden.update(range(first - 1, last))

    def _protection(self, given: Any) -> None:
        self.protected = _yes(given.get("sheet"))

    def _link(self, given: Any) -> None:
        """Where a cell leads: `#` and the place for one within the workbook, else the address."""
        id = next((value for key, value in given.attrib.items() if key.endswith("}id")), "")
        target = self.targets.get(id, "") if id else ""
        inside = given.get("location", "")
        first = given.get("ref", "A1").partition(":")[0]
        self.links[_place(first)] = target + (f"#{inside}" if inside else "")

    def _validation(self, given: Any) -> Validation:
        """One rule; those of newer programs keep cells and limits in elements of their own."""
        areas = given.get("sqref") or _inside(given, "sqref")
        lower, upper = (_inside(given, tag) for tag in ("formula1", "formula2"))
        return Validation(
            frozenset(place for area in areas.split() for place in self._places(area)),
            given.get("type", "none"),
            lower,
            upper,
            given.get("prompt", "") if _yes(given.get("showInputMessage")) else "",
            given.get("operator", "between"),
        )

    def _places(self, area: str) -> Iterator[Place]:
        (covered,) = references(area)
        if len(covered.rows) * len(covered.columns) <= _MANY:
            return ((row, column) for row in covered.rows for column in covered.columns)
        return (place for place in self.cells if place[0] in covered.rows and place[1] in covered.columns)


def _place(address: str) -> Place:
    """Row and column of an address as files write it."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    row = int(address[len(letters) :]) - 1
    if not (0 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN + 1):
        raise ValueError(address)
    return row, column - 1


def _inside(element: Any, tag: str) -> str:
    """All text inside a child; empty where there is no such child."""
    child = element.find(f"{{*}}{tag}")
    return "" if child is None else "".join(child.itertext())


def _yes(given: str | None) -> bool:
    return given in ("1", "true")


def text_of(element: Any) -> str:
    """The text of a string that may be made of runs of different looks; readings for pronunciation are left out."""
    runs = (each for each in element.iter("{*}t") if not each.getparent().tag.endswith("}rPh"))
    return "".join(run.text or "" for run in runs)
