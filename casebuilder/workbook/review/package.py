"""The parts of a workbook's file: opened without any library that follows links, fetches or runs anything."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import IO, Any

from lxml import etree

from casebuilder.case.errors import CaseError, Fault

MAIN = "xl/workbook.xml"
_SAVE_AGAIN = "a workbook as Excel or LibreOffice saves it: open it there and save it again as .xlsx"
#: How XML is read: nothing is resolved and nothing fetched.
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Package:
    """A workbook's file: its parts by name, as bytes or as XML, and the relations between them."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self.file = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile:
            raise self.refused("", "this is no workbook") from None
        self.parts = tuple(self.file.namelist())
        if MAIN not in self.parts:
            raise self.refused("", "this is no workbook: it lists no sheets")

    def refused(self, part: str, found: str) -> CaseError:
        """What is wrong with the file and what to do, as an error to raise."""
        return CaseError([Fault(self.name, None, part, found, _SAVE_AGAIN)])

    def damaged(self, part: str) -> CaseError:
        """That a part is not what the file format asks for."""
        return self.refused(part, "this part of the file is damaged")

    def open(self, part: str) -> IO[bytes]:
        """A part as a stream of bytes."""
        try:
            return self.file.open(part)
        except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError):
            raise self.damaged(part) from None

    def xml(self, part: str) -> Any:
        """The root of a part; None where the file has no such part."""
        if part not in self.parts:
            return None
        with self.open(part) as stream:
            try:
                return etree.parse(stream, etree.XMLParser(**SAFE)).getroot()
            except (etree.XMLSyntaxError, zipfile.BadZipFile):
                raise self.damaged(part) from None

    def relations(self, part: str) -> list[tuple[str, str, str, bool]]:
        """Id, kind, target and whether it leaves the file, of every relation of a part; inner targets are parts."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for each in () if root is None else root.iterchildren("{*}Relationship"):
            outside, target = each.get("TargetMode") == "External", each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = each.get("Type", "").rsplit("/", 1)[-1]
            found.append((each.get("Id", ""), kind, target, outside))
        return found

    @property
    def external(self) -> tuple[str, ...]:
        """What the file links to outside itself, plain hyperlinks left out: kind and target."""
        owners = (_owner(part) for part in self.parts if part.endswith(".rels"))
        relations = (each for owner in owners for each in self.relations(owner))
        return tuple(f"{kind}: {to}" for _, kind, to, outside in relations if outside and kind != "hyperlink")


def _owner(relations: str) -> str:
    """The part whose relations a part holds: `xl/_rels/workbook.xml.rels` belongs to `xl/workbook.xml`."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
