"""The worksheet behind a chart, as a workbook of its own: what people change when they edit the data of a chart."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from casebuilder.deck.packing import member
from casebuilder.pitch.records import Series

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _relationships(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


#: What is the same in every workbook.
_SAME = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": _relationships(("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _relationships(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
    ),
}


def column(number: int) -> str:
    """The letters of the column of a series, counted from 0; the names of the marks stand before them all."""
    turns, letter = divmod(number + 1, 26)
    return (chr(ord("A") + turns - 1) if turns else "") + chr(ord("A") + letter)


def workbook(names: Sequence[str], data: Sequence[Series], code: str) -> bytes:
    """A workbook with the names of marks, and a column for each series under its name, in a number format.

    Its parts stand in it as they are: the deck that holds it makes all of it small at once.
    """
    heads = "".join(_text(f"{column(number)}1", row.name) for number, row in enumerate(data))
    rows = [f'<row r="1">{heads}</row>']
    for index, name in enumerate(names):
        at = index + 2
        values = "".join(
            f'<c r="{column(number)}{at}" s="1"><v>{row.values[index]}</v></c>'
            for number, row in enumerate(data)
            if row.values[index] is not None
        )
        rows.append(f'<row r="{at}">{_text(f"A{at}", name)}{values}</row>')
    wide = '<cols><col min="1" max="1" width="24" customWidth="1"/></cols>'
    sheet = f'<worksheet xmlns="{_SHEET}">{wide}<sheetData>{"".join(rows)}</sheetData></worksheet>'
    stream = BytesIO()
    own = {"xl/styles.xml": _styles(code), "xl/worksheets/sheet1.xml": sheet}
    with zipfile.ZipFile(stream, "w") as file:
        for place, text in (_SAME | own).items():
            member(file, place, text, small=False)
    return stream.getvalue()


def _text(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _styles(code: str) -> str:
    """Plain cells, and cells in a number format."""
    plain = 'fontId="0" fillId="0" borderId="0"'
    return (
        f'<styleSheet xmlns="{_SHEET}">'
        f'<numFmts count="1"><numFmt numFmtId="164" formatCode={quoteattr(code)}/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1"><xf numFmtId="0" {plain}/></cellStyleXfs>'
        f'<cellXfs count="2"><xf numFmtId="0" {plain} xfId="0"/>'
        f'<xf numFmtId="164" {plain} xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
