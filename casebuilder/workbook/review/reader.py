"""Reads a workbook from its file, fast and without trusting it: sheets, looks, links, names, parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casebuilder.case.archive import read_archive
from casebuilder.workbook.review.looks import Looks
from casebuilder.workbook.review.package import MAIN, Package
from casebuilder.workbook.review.records import BookRead, SheetRead
from casebuilder.workbook.review.sheets import SheetReader, text_of

_PRINT_AREA, _BUILT_IN = "_xlnm.Print_Area", "_xlnm."


def read(path: Path) -> BookRead:
    """The workbook of a file; CaseError says in a sentence why it is none, or none that is safe to open."""
    return read_bytes(read_archive(path, "xlsx"), str(path))


def read_bytes(data: bytes, name: str) -> BookRead:
    """The workbook of bytes that were looked at already (see case/archive.py); CaseError where they are none."""
    return _Reader(Package(data, name), data).read()


class _Reader:
    """Reads what the sheets share, then sheet by sheet."""

    def __init__(self, package: Package, data: bytes) -> None:
        self.package, self.data = package, data
        self.root = package.xml(MAIN)
        self.parts = {id: (kind, target) for id, kind, target, _ in package.relations(MAIN)}
        self.looks = Looks(package)
        strings = next((target for kind, target in self.parts.values() if kind == "sharedStrings"), "")
        root = package.xml(strings)
        self.texts = [] if root is None else [text_of(each) for each in root.iterchildren("{*}si")]

    def read(self) -> BookRead:
        """The whole workbook."""
        listed = list(self.root.iterfind("{*}sheets/{*}sheet"))
        named = [each.get("name", "") for each in listed]
        areas, names = self._names(named)
        sheets = tuple(self._sheet(each, areas.get(number, "")) for number, each in enumerate(listed))
        return BookRead(sheets, names, self.package.parts, self.package.external, self.data)

    def _sheet(self, given: Any, print_area: str) -> SheetRead:
        id = next((value for key, value in given.attrib.items() if key.endswith("}id")), "")
        kind, part = self.parts.get(id, ("", ""))
        name, state = given.get("name", ""), given.get("state", "visible")
        if kind != "worksheet":
            return SheetRead(name, state, "", {})
        return SheetReader(self.package, part, self.texts, self.looks).read(name, state, print_area)

    def _names(self, sheets: list[str]) -> tuple[dict[int, str], dict[str, str]]:
        """Print areas by the sheet's number, and the names that people gave; a sheet's own begins with the sheet."""
        areas: dict[int, str] = {}
        names: dict[str, str] = {}
        for each in self.root.iterfind("{*}definedNames/{*}definedName"):
            name, own, text = each.get("name", ""), each.get("localSheetId"), each.text or ""
            at = int(own) if own and own.isdigit() else -1
            if name == _PRINT_AREA:
                areas[at] = text
            elif not name.startswith(_BUILT_IN):
                names[f"{sheets[at]}!{name}" if 0 <= at < len(sheets) else name] = text
        return areas, names
