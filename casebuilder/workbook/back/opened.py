"""A workbook from outside as plain cells: value and formula side by side, read after the guard let the file in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from casebuilder.case import CaseError, Fault
from casebuilder.case.archive import check_archive
from casebuilder.workbook.back.part_readers import Cells, Content, Place, Texts

_STAMP = re.compile(r"^[^·]+ · (.*) · Version ([0-9a-f]{12}) · model (.+?) · (\S+)$", re.DOTALL)
#: Bytes of the part that lists the sheets; everything larger is read cell by cell.
_LARGEST = 4 * 1024**2


@dataclass(frozen=True)
class Origin:
    """What a workbook says of itself: title and version stamp of its case, and the model that computed it."""

    title: str
    fingerprint: str
    model_version: str


@dataclass(frozen=True)
class Look:
    """How a cell looks: whether it has a number format of its own, and a ground that is not the sheet's."""

    numbered: bool = False
    filled: bool = False


class Opened:
    """A workbook that passed the guard; sheets are read when they are asked for, one at a time."""

    def __init__(self, raw: bytes, name: str) -> None:
        """CaseError with one sentence where the file must not or cannot be opened."""
        check_archive(raw, name, "xlsx")
        self.name = name
        self._archive = zipfile.ZipFile(io.BytesIO(raw))
        self._parts = {each.casefold(): each for each in self._archive.namelist()}
        self._read: dict[str, dict[Place, Content]] = {}
        try:
            self._main = self._target("", "officeDocument")
            self.paths = self._sheets()
        except (ElementTree.ParseError, LookupError, StopIteration):
            raise self._damaged() from None

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in their order."""
        return tuple(self.paths)

    def cells(self, sheet: str) -> Mapping[Place, Content]:
        """The cells of a sheet that hold something; CaseError where the sheet is damaged."""
        if sheet not in self._read:
            try:
                text = self._archive.read(self._parts[self.paths[sheet].casefold()])
                self._read[sheet] = Cells(self._texts).read(text)
            except (ExpatError, LookupError, ValueError):
                raise self._damaged(sheet) from None
        return self._read[sheet]

    def forget(self, sheet: str) -> None:
        """Drop the cells of a sheet that is done with."""
        self._read.pop(sheet, None)

    @cached_property
    def program(self) -> str:
        """The program that saved the file, as the file names it; empty where it does not."""
        return next(self._said("docProps/app.xml", "Application"), "")

    @cached_property
    def company(self) -> str:
        """The company of its case, which the file's properties keep; empty where somebody cleared them."""
        return next(self._said("docProps/core.xml", "subject"), "")

    @cached_property
    def edition(self) -> str:
        """The edition of this program that wrote it; empty where it says none, or somebody cleared it."""
        return next(self._said("docProps/core.xml", "keywords"), "")

    @cached_property
    def origin(self) -> Origin | None:
        """The case it was made from, as the second row of any of its sheets says; None where no sheet does."""
        for sheet in self.sheets:
            given = self.cells(sheet).get((1, 0))
            found = _STAMP.match(given.value) if given and isinstance(given.value, str) else None
            if found:
                return Origin(found[1], found[2], found[3])
        return None

    def look(self, style: int) -> Look:
        """How cells of this style look; plain where the file has no such style."""
        return self._looks[style] if 0 <= style < len(self._looks) else Look()

    @cached_property
    def _looks(self) -> list[Look]:
        path = self._beside_main("/styles")
        if path is None:
            return []
        try:
            root = self._xml(path)
            grounds = [
                any(each.get("patternType") == "solid" for each in fill) for fill in _within(root, "fills")
            ]
            # LibreOffice lists the general format among a file's own.
            formats = {
                each.get("numFmtId", "")
                for each in _within(root, "numFmts")
                if each.get("formatCode", "").casefold() != "general"
            }
            return [_look(each, formats, grounds) for each in _within(root, "cellXfs")]
        except (ElementTree.ParseError, ValueError):
            raise self._damaged(path) from None

    def _damaged(self, place: str = "") -> CaseError:
        allowed = "the file as Excel or LibreOffice saves it: open it there and save it again"
        return CaseError(
            [Fault(self.name, None, place, "the workbook is damaged and cannot be read", allowed)]
        )

    def _xml(self, path: str) -> ElementTree.Element:
        """A small part as a tree."""
        part = self._parts[path.casefold()]
        if self._archive.getinfo(part).file_size > _LARGEST:
            raise self._damaged(path)
        return ElementTree.fromstring(self._archive.read(part))

    def _said(self, path: str, tag: str) -> Iterator[str]:
        if path.casefold() in self._parts:
            try:
                yield from (each.text or "" for each in self._xml(path).iter() if _plain(each.tag) == tag)
            except ElementTree.ParseError:
                raise self._damaged(path) from None

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of every relationship of a part, by id."""
        folder, _, file = part.rpartition("/")
        rels = join(folder, "_rels", f"{file}.rels")
        if rels.casefold() not in self._parts:
            return {}
        return {
            each.get("Id", ""): (
                each.get("Type", ""),
                normpath(join("/", folder, each.get("Target", "")))[1:],
            )
            for each in self._xml(rels)
            if each.get("TargetMode") != "External"
        }

    def _target(self, part: str, kind: str) -> str:
        return next(path for type_, path in self._links(part).values() if type_.endswith(f"/{kind}"))

    def _sheets(self) -> dict[str, str]:
        links = self._links(self._main)
        found: dict[str, str] = {}
        for each in self._xml(self._main).iter():
            if _plain(each.tag) == "sheet":
                id = next(value for key, value in each.attrib.items() if _plain(key) == "id")
                if links[id][0].endswith("/worksheet"):
                    found[each.get("name", "")] = links[id][1]
        return found

    def _beside_main(self, kind: str) -> str | None:
        """The part of this kind that the workbook itself is linked with; None where the file has none."""
        links = self._links(self._main).values()
        path = next((path for type_, path in links if type_.endswith(kind)), "")
        return path if path.casefold() in self._parts else None

    @cached_property
    def _texts(self) -> list[str]:
        """The texts that cells refer to by number."""
        path = self._beside_main("/sharedStrings")
        if path is None:
            return []
        return Texts().read(self._archive.read(self._parts[path.casefold()]))


def _look(style: ElementTree.Element, formats: set[str], grounds: list[bool]) -> Look:
    """A look as the file's table of styles has it; `formats` are the number formats that the file brings along."""
    fill = int(style.get("fillId", 0))
    return Look(style.get("numFmtId", "") in formats, fill < len(grounds) and grounds[fill])


def _within(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """What stands in a list of the table of styles."""
    return (each for part in root if _plain(part.tag) == name for each in part)


def _plain(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]
