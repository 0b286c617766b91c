"""Files from outside: what could hurt is refused quickly, cheaply and in one sentence, and honest files pass."""

from __future__ import annotations

import hashlib
import io
import time
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from casebuilder.case import CaseError
from casebuilder.case.archive import MAX_BYTES, Kind, check_archive, read_archive
from casebuilder.deck.template import TEMPLATE

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
RELS = "xl/worksheets/_rels/sheet1.xml.rels"
MAIN = "openxmlformats-officedocument.spreadsheetml.sheet.main"
HIDDEN = '<Relationship Id="x" Target="a>b" Type="x/image" TargetMode="&#69;xternal"/></Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def honest() -> bytes:
    """A workbook with what people put into one: a picture's worth of cells, a merge, a link, a comment."""
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 300):
        sheet.append([f"line {row}", row, f"=B{row}*2"])
    sheet.merge_cells("E1:G3")
    sheet["A1"].hyperlink = "https://example.org/source"
    sheet["A2"].comment = Comment("from the books", "Finance")
    book.save(stream)
    return stream.getvalue()


def changed(raw: bytes, parts: Mapping[str, bytes | None], twice: str = "") -> bytes:
    """The same file with parts replaced, added or taken out."""
    stream = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        content = {name: old.read(name) for name in old.namelist()} | dict(parts)
        for name, text in content.items():
            if text is not None:
                new.writestr(name, text)
        if twice:
            warnings.simplefilter("ignore")
            new.writestr(twice, b"<x/>")
    return stream.getvalue()


def edited(find: str, replace: str, part: str = SHEET) -> bytes:
    """The honest file with one text replaced in a part."""
    raw = honest()
    text = zipfile.ZipFile(io.BytesIO(raw)).read(part).decode()
    assert find in text
    return changed(raw, {part: text.replace(find, replace, 1).encode()})


def linked(kind: str, target: str) -> bytes:
    """The honest file with one more relationship that leads outside."""
    link = f'<Relationship Id="x9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return edited("</Relationships>", link, RELS)


def far(cell: str) -> bytes:
    """The honest file with something in a cell far out."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return edited("</sheetData>", f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>')


def patched(raw: bytes, at: int, number: int, size: int) -> bytes:
    """The bytes with a number of the last entry of the zip directory replaced."""
    place = raw.rfind(b"PK\x01\x02") + at
    return raw[:place] + number.to_bytes(size, "little") + raw[place + size :]


def zeros(megabytes: int, parts: int = 1) -> dict[str, bytes | None]:
    return {f"xl/media/image{n}.png": b"\0" * (megabytes * 1024**2) for n in range(parts)}


def noise(megabytes: int, parts: int) -> dict[str, bytes | None]:
    """Parts that pack less than 200 times smaller: every 30 KB hold something new."""
    return {f"xl/media/image{n}.png": _packable(b"xxxx", megabytes) for n in range(parts)}


def _packable(repeated: bytes, megabytes: int) -> bytes:
    every = repeated * (30_000 // len(repeated))
    hashes = (hashlib.sha512(str(n).encode()).hexdigest().encode() for n in range(megabytes * 4 * 35))
    made = b"".join(b"<!--" + each + b"-->" + (every if n % 4 == 3 else b"") for n, each in enumerate(hashes))
    return made[: megabytes * 1024**2]


def broken() -> bytes:
    """A file whose parts but the first do not begin where its directory says."""
    first, *others = honest().split(b"PK\x03\x04")[1:]
    return b"PK\x03\x04" + first + b"".join(b"PK\x03\x05" + other for other in others)


def encrypted() -> bytes:
    raw = bytearray(honest())
    place = bytes(raw).rfind(b"PK\x01\x02") + 8
    raw[place] |= 1
    return bytes(raw)


ATTACKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "the file is empty"),
    "csv renamed": (lambda: b"name,value\nchurn,0.2\n", "not a .xlsx file"),
    "password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "protected with a password"),
    "locked part": (encrypted, "locked with a password"),
    "too large": (lambda: honest() + b"\0" * MAX_BYTES, "larger than 10 MB"),
    "cut": (lambda: honest()[:-3000], "ends too early"),
    "cut at the front": (lambda: honest()[100:], "not a .xlsx file"),
    "damaged": (broken, "damaged"),
    "another zip": (lambda: changed(honest(), {TYPES: None}), "a zip file and not a workbook"),
    "a deck": (TEMPLATE.read_bytes, "a zip file and not a workbook"),
    "many parts": (lambda: changed(honest(), {f"xl/x{n}.xml": b"<x/>" for n in range(3_001)}), "3,000 parts"),
    "bomb": (lambda: changed(honest(), zeros(30)), "200 times smaller"),
    "large part": (lambda: changed(honest(), noise(41, 1)), "larger than 40 MB"),
    "large together": (lambda: changed(honest(), noise(21, 4)), "larger than 80 MB together"),
    "false size": (lambda: patched(honest(), 24, 17, 4), "damaged"),
    "unusual packing": (lambda: patched(honest(), 10, 12, 2), "packed in an unusual way"),
    "twice": (lambda: changed(honest(), {}, SHEET), "in the file twice"),
    "twice but for case": (lambda: changed(honest(), {"XL/Worksheets/SHEET1.xml": b"<x/>"}), "in the file twice"),
    "out of the file": (lambda: changed(honest(), {"xl/../../x.xml": b"<x/>"}), "leads out of the file"),
    "DOCTYPE": (lambda: edited("<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"), "DOCTYPE"),
    "DOCTYPE in a link": (lambda: edited("<Relationships", "<!DOCTYPE x><Relationships", RELS), "DOCTYPE"),
    "UTF-16": (lambda: changed(honest(), {SHEET: "<?xml version='1.0'?><!DOCTYPE x><a/>".encode("utf-16")}), "UTF-8"),
    "UTF-16 unmarked": (lambda: changed(honest(), {SHEET: "<!DOCTYPE x><a/>".encode("utf-16-le")}), "UTF-8"),
    "EBCDIC": (lambda: changed(honest(), {SHEET: "<?xml version='1.0'?><a/>".encode("cp037")}), "UTF-8"),
    "UTF-7": (lambda: changed(honest(), {SHEET: b'<?xml version="1.0" encoding="utf-7"?><a/>'}), "UTF-8"),
    "macros": (lambda: changed(honest(), {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "xlsm renamed": (lambda: edited(MAIN, "ms-excel.sheet.macroEnabled.main", TYPES), "holds macros"),
    "old macros": (lambda: changed(honest(), {"xl/macrosheets/sheet1.xml": b"<x/>"}), "holds macros"),
    "OLE": (lambda: changed(honest(), {"xl/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "ActiveX": (lambda: changed(honest(), {"xl/activeX/activeX1.xml": b"<x/>"}), "embedded"),
    "other workbook": (lambda: changed(honest(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "from other files"),
    "connection": (lambda: linked("connections", "https://example.org"), "from other files"),
    "linked picture": (lambda: linked("image", "https://example.org/x.png"), "outside itself"),
    "link to a file": (lambda: linked("hyperlink", "file://server/share/x"), "outside itself"),
    "hidden link": (lambda: edited("</Relationships>", HIDDEN, RELS), "outside itself"),
    "huge merge": (lambda: edited("E1:G3", "A1:XFD1048576"), "is merged"),
    "many merges": (lambda: edited("<mergeCell ", '<mergeCell ref="A1:Z500"/>' * 9 + "<mergeCell "), "is merged"),
    "merge in disguise": (lambda: edited('ref="E1:G3"', 'x="1" ref="&#65;1:XFD1048576"'), "is merged"),
    "far row": (lambda: far("A1048576"), "far outside"),
    "far column": (lambda: far("XFD2000"), "far outside"),
    "far in disguise": (lambda: edited('r="A5"', 'r="&#88;FD5"'), "far outside"),
    "too many tags": (lambda: changed(honest(), {"xl/x.xml": b"<x>" + _packable(b"<a/>", 36)}), "more cells"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_what_could_hurt_is_refused_in_one_sentence(name: str) -> None:
    make, words = ATTACKS[name]
    raw = make()
    start = time.process_time()
    with pytest.raises(CaseError) as refused:
        check_archive(raw, "returned.xlsx", "xlsx")
    assert time.process_time() - start < 2
    said = str(refused.value)
    assert words in said
    assert said.startswith("returned.xlsx")
    assert "; allowed is " in said
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize("name", ["bomb", "large part", "large together", "too many tags", "many parts"])
def test_refusing_costs_little_memory(name: str) -> None:
    raw = ATTACKS[name][0]()
    tracemalloc.start()
    with pytest.raises(CaseError):
        check_archive(raw, "returned.xlsx", "xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * 1024**2


def test_honest_files_pass(tmp_path: Path) -> None:
    check_archive(honest(), "honest.xlsx", "xlsx")
    path = tmp_path / "written.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_url("A1", "https://example.org")
    assert read_archive(path, "xlsx") == path.read_bytes()
    assert read_archive(TEMPLATE, "pptx") == TEMPLATE.read_bytes()


@pytest.mark.parametrize(
    "allowed",
    [
        lambda: linked("hyperlink", "mailto:finance@example.org"),
        lambda: changed(honest(), {"xl/printerSettings/printerSettings1.bin": b"\x00\x01<!DOCTYPE"}),
        lambda: changed(honest(), {"xl/media/image1.png": b"\x89PNG\r\n<!ENTITY"}),
        lambda: edited("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'),
    ],
    ids=["mail", "printer", "picture", "a coloured cell far out"],
)
def test_what_office_programs_write_passes(allowed: Callable[[], bytes]) -> None:
    check_archive(allowed(), "honest.xlsx", "xlsx")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"ppt/vbaProject.bin": b"x"}, "holds macros"),
        ({"ppt/embeddings/oleObject1.bin": b"x"}, "embedded"),
        ({"ppt/media/image9.svg": b"<!DOCTYPE svg><svg/>"}, "DOCTYPE"),
    ],
)
def test_decks_are_looked_at_too(part: dict[str, bytes], words: str) -> None:
    kind: Kind = "pptx"
    with pytest.raises(CaseError, match=words):
        check_archive(changed(TEMPLATE.read_bytes(), part), "template.pptx", kind)
    with_a_chart = changed(TEMPLATE.read_bytes(), {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": b"PK"})
    check_archive(with_a_chart, "template.pptx", kind)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "nowhere.xlsx", "No such file"), (tmp_path, "directory")):
        with pytest.raises(CaseError, match=words):
            read_archive(path, "xlsx")
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(5 * 1024**3)
    with pytest.raises(CaseError, match="larger than 10 MB"):
        read_archive(large, "xlsx")
