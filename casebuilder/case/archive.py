"""Looks into a workbook or deck from outside before any library opens it, and refuses what could hurt."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.paths import shorten

Kind = Literal["xlsx", "pptx"]

#: Most bytes of a file, of one of its parts unpacked, and of all of them together.
MAX_BYTES, MAX_PART, MAX_TOGETHER = 10 * 1024**2, 40 * 1024**2, 80 * 1024**2
#: Most parts, and how much smaller than itself a part may be packed.
MAX_PARTS, MAX_RATIO = 3_000, 200
#: The list of parts itself: no office program writes names this long.
MAX_DIRECTORY = 1024**2
#: Elements of all parts together, cells that merged areas cover, and the farthest cell with something in it.
MAX_TAGS, MAX_MERGED, MAX_ROW, MAX_COLUMN = 8_000_000, 100_000, 100_000, 2_000

#: What a file of a kind is called, which types its main part may have, and the folder of its parts.
_NAMES: Mapping[Kind, tuple[str, tuple[str, ...], str]] = {
    "xlsx": ("a workbook saved as .xlsx", ("spreadsheetml.sheet.main+xml",), "xl/"),
    "pptx": (
        "a deck saved as .pptx or .potx",
        tuple(f"presentationml.{kind}.main+xml" for kind in ("presentation", "template", "slideshow")),
        "ppt/",
    ),
}
_SMALLER = "a smaller file: take out sheets that were added"
_AS_SAVED = "the file as Excel, PowerPoint or LibreOffice saves it: open it there and save it again"
_LOCAL, _DIRECTORY_END, _LARGE_END, _COMPOUND = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x07",
    b"\xd0\xcf\x11\xe0",
)
_END_LENGTH, _LONGEST_COMMENT = 22, 65_535
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Starts of texts in encodings that a parser would understand and this module does not look through.
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"\x00\x00", b"<\x00", b"L\x6f\xa7\x94", b"+/v")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
#: Tags are spelled as office programs spell them: what is written in another way is refused, not understood.
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s(?:ref="([A-Za-z0-9:$]*)")?""")
#: A cell that holds something (one that is only coloured ends in />) and stands far out, or nobody can tell where.
_FAR = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']"""
    rb"""([A-Za-z]*\d{6,}|[A-Za-z]{3,}\d*|[^"'<>]*&[^"'<>]*)["'](?:[^<>]*[^/])?>"""
)
_PLACE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_ACTIVE_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex", "oleobject", "sheet.binary")
_ACTIVE_LINKS = ("oleobject", "vbaproject", "activexcontrol", "/control", "macrosheet", "attachedtemplate")
_LINKS_OUT = ("externallink", "connections", "querytable")
_PLAIN_LINK = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)


def read_archive(path: str | Path, kind: Kind) -> bytes:
    """The bytes of a workbook or deck that is safe to open; at most 10 MB are read. CaseError says why not."""
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "this is not a file name"
        raise CaseError([Fault(name, None, "", f"the file cannot be read: {said}")]) from None
    check_archive(raw, name, kind)
    return raw


def check_archive(raw: bytes, name: str, kind: Kind) -> None:
    """Raise CaseError with one sentence where the bytes are no harmless workbook or deck.

    Only the list of parts and their raw bytes are looked at, one part at a time: no library has opened the file yet.
    """
    guard = _Guard(name, kind)
    guard.outside(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            guard.directory(archive.infolist())
            guard.parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        guard.refuse("the file is damaged or incomplete", "", _AS_SAVED)


class _Guard:
    """The checks of one file, from the outside in; each refuses by raising."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.name, self.kind = name, kind
        self.wanted, self.mains, self.folder = _NAMES[kind]
        self.without_macros = f"a file without macros: save it as .{kind} and leave the macros out"
        self.tags = self.merged = 0

    def refuse(self, found: str, place: str, allowed: str) -> NoReturn:
        """One sentence: the file, the place, what was found, what to do."""
        raise CaseError([Fault(self.name, None, shorten(place, 80), found, allowed)]) from None

    def outside(self, raw: bytes) -> None:
        """Size, and whether this is a zip file at all, before its list of parts is read."""
        if len(raw) > MAX_BYTES:
            self.refuse(
                "the file is larger than 10 MB",
                "",
                "at most 10 MB: take out pictures and sheets that were added",
            )
        if not raw:
            self.refuse("the file is empty", "", self.wanted)
        if raw.startswith(_COMPOUND):
            found = "the file is protected with a password or saved in the format of Excel 97 to 2003"
            self.refuse(found, "", f"{self.wanted}, without a password to open it")
        if not raw.startswith(_LOCAL):
            self.refuse(f"this is not a .{self.kind} file, whatever its name says", "", self.wanted)
        end = raw.rfind(_DIRECTORY_END, max(0, len(raw) - _END_LENGTH - _LONGEST_COMMENT))
        if end < 0 or len(raw) < end + _END_LENGTH:
            self.refuse(
                "the file ends too early: only a part of it arrived", "", "the whole file; copy it again"
            )
        if raw.find(_LARGE_END, max(0, end - 20), end) >= 0:
            self.refuse("the list of its parts is written for files beyond 4 GB", "", _AS_SAVED)
        if int.from_bytes(raw[end + 10 : end + 12], "little") > MAX_PARTS:
            self.refuse("the file has more than 3,000 parts", "", _AS_SAVED)
        if int.from_bytes(raw[end + 12 : end + 16], "little") > MAX_DIRECTORY:
            self.refuse("the list of its parts is too long", "", _AS_SAVED)

    def directory(self, entries: list[zipfile.ZipInfo]) -> None:
        """Names, sizes and packing of the parts, as the file itself states them."""
        if len(entries) > MAX_PARTS:
            self.refuse("the file has more than 3,000 parts", "", _AS_SAVED)
        seen: set[str] = set()
        for entry in entries:
            self._named(entry, seen)
            self._packed(entry)
        if sum(entry.file_size for entry in entries) > MAX_TOGETHER:
            self.refuse("the parts are larger than 80 MB together", "", _SMALLER)
        if "[content_types].xml" not in seen or not any(name.startswith(self.folder) for name in seen):
            self.refuse(f"this is a zip file and not {self.wanted}", "", self.wanted)

    def _named(self, entry: zipfile.ZipInfo, seen: set[str]) -> None:
        name = entry.filename.casefold()
        if name in seen:
            self.refuse("this part is in the file twice", entry.filename, _AS_SAVED)
        seen.add(name)
        steps = name.split("/")
        if (
            name.startswith("/")
            or ".." in steps
            or "\\" in entry.orig_filename
            or "\0" in entry.orig_filename
        ):
            self.refuse("a part has a name that leads out of the file", entry.filename, _AS_SAVED)
        if stat.S_ISLNK(entry.external_attr >> 16):
            self.refuse("a part stands for a file elsewhere", entry.filename, _AS_SAVED)
        if "vbaproject" in name or "/macrosheets/" in name:
            self.refuse("the file holds macros", entry.filename, self.without_macros)
        embedded = "/embeddings/" in name and not (self.kind == "pptx" and name.endswith(".xlsx"))
        if embedded or "/activex/" in name:
            self.refuse(
                "a part of another program is embedded", entry.filename, "a file without embedded objects"
            )
        if "/externallinks/" in name:
            self._links_out(entry.filename)

    def _links_out(self, place: str) -> NoReturn:
        allowed = "a workbook without them: in Excel choose Data, Edit Links, Break Link, and save"
        self.refuse("the file takes numbers from other files", place, allowed)

    def _packed(self, entry: zipfile.ZipInfo) -> None:
        if entry.flag_bits & 0x1:
            self.refuse(
                "a part is locked with a password", entry.filename, f"{self.wanted}, without a password"
            )
        if entry.compress_type not in _METHODS:
            self.refuse("a part is packed in an unusual way", entry.filename, _AS_SAVED)
        if entry.file_size > MAX_PART:
            self.refuse("a part is larger than 40 MB", entry.filename, _SMALLER)
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            self.refuse("a part is packed more than 200 times smaller than it is", entry.filename, _AS_SAVED)

    def parts(self, archive: zipfile.ZipFile) -> None:
        """The raw bytes of every part, one after another: nothing is parsed."""
        for entry in archive.infolist():
            with archive.open(entry) as file:
                content = file.read(entry.file_size + 1)
            if len(content) != entry.file_size:
                self.refuse("a part is not as long as the file says", entry.filename, _AS_SAVED)
            self._part(entry.filename, content)

    def _part(self, name: str, content: bytes) -> None:
        text = content.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
        if text.startswith(_OTHER_ENCODINGS):
            if text.startswith(b"\x00\x00") and b"<" not in text[:8]:
                return
            self.refuse("a part is not written in UTF-8", name, _AS_SAVED)
        if not text.startswith(b"<"):
            return  # a picture or a font: nothing that reads XML goes beyond its first byte
        declared = _ENCODING.match(text[:200])
        if b"\0" in text or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
            self.refuse("a part is not written in UTF-8", name, _AS_SAVED)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            self.refuse("a part defines entities of its own (DOCTYPE)", name, _AS_SAVED)
        self.tags += text.count(b"<")
        if self.tags > MAX_TAGS:
            self.refuse(
                "the file has more cells than a case can fill",
                name,
                _SMALLER,
            )
        if name.casefold() == "[content_types].xml":
            self._types(name, text)
        if name.casefold().endswith(".rels"):
            self._relationships(name, text)
        self._cells(name, text)

    def _types(self, name: str, text: bytes) -> None:
        types = [said.get("ContentType", "").casefold() for _, said in self._elements(name, text)]
        if any(active in each for each in types for active in _ACTIVE_TYPES):
            self.refuse("the file holds macros or embedded programs", name, self.without_macros)
        if not any(each.endswith(main) for each in types for main in self.mains):
            self.refuse(f"this is not {self.wanted}", name, self.wanted)

    def _relationships(self, name: str, text: bytes) -> None:
        for _, said in self._elements(name, text):
            kind, target = said.get("Type", "").casefold(), said.get("Target", "")
            if any(active in kind for active in _ACTIVE_LINKS):
                self.refuse("the file holds macros or embedded programs", name, self.without_macros)
            if any(out in kind for out in _LINKS_OUT):
                self._links_out(name)
            if said.get("TargetMode", "").casefold() == "external":
                self._external(name, kind, target)

    def _elements(self, name: str, text: bytes) -> list[tuple[str, dict[str, str]]]:
        """Every element of a list of parts or links, which is short and flat."""
        found: list[tuple[str, dict[str, str]]] = []
        if len(text) > MAX_DIRECTORY:
            self.refuse("a list of parts is too long", name, _AS_SAVED)
        parser = ParserCreate()
        parser.StartElementHandler = lambda tag, said: found.append((tag, said))
        try:
            parser.Parse(text, True)
        except ExpatError:
            self.refuse("a part is damaged", name, _AS_SAVED)
        return found

    def _external(self, name: str, kind: str, target: str) -> None:
        if not kind.endswith("/hyperlink") or not _PLAIN_LINK.match(target):
            found = f"the file points to {shorten(target, 80)!r} outside itself"
            self.refuse(
                found, name, "pictures and numbers inside the file, and links to web pages or mail addresses"
            )

    def _cells(self, name: str, text: bytes) -> None:
        for found in _MERGE.finditer(text):
            area = (found[1] or b"").decode("ascii", "replace")
            self.merged += _covered(area)
            if self.merged > MAX_MERGED:
                what = f"{shorten(area, 40)} is merged, more cells than a sheet fills"
                self.refuse(what, name, "small merged areas")
        for found in _FAR.finditer(text):
            cell = found[1].decode("ascii", "replace")
            row, column = _row_and_column(cell)
            if row > MAX_ROW or column > MAX_COLUMN:
                allowed = (
                    f"cells down to row {MAX_ROW:,} and {MAX_COLUMN:,} columns; delete what stands beyond"
                )
                self.refuse("something stands far outside the sheet", f"{name}!{cell}", allowed)


def _covered(area: str) -> int:
    """How many cells an area covers; one that is not written as an area covers too many."""
    first, _, last = area.partition(":")
    if not (_PLACE.match(first) and _PLACE.match(last or first)):
        return MAX_MERGED + 1
    (top, left), (bottom, right) = _row_and_column(first), _row_and_column(last or first)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)


def _row_and_column(cell: str) -> tuple[int, int]:
    """Row and column of a cell, counted from 1; beyond every sheet where it is none."""
    found = _PLACE.match(cell)
    if found is None:
        return 10**7, 10**5
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
