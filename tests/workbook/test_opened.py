"""A workbook from outside as plain cells: the same as openpyxl reads, and damaged ones are refused in one sentence."""

from __future__ import annotations

import io

import openpyxl
import pytest

from casebuilder.case import CaseError
from casebuilder.workbook.back.opened import Opened
from tests.workbook import sheets
from tests.workbook.returning import replaced, sent, sheet_part

TEXTS = "xl/sharedStrings.xml"


def test_every_cell_is_what_openpyxl_reads() -> None:
    raw = sent().raw
    book = Opened(raw, "sent.xlsx")
    formulas = openpyxl.load_workbook(io.BytesIO(raw))
    shown = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    assert list(book.sheets) == formulas.sheetnames
    for sheet in formulas.worksheets:
        ours = book.cells(sheet.title)
        theirs = {
            (c.row - 1, c.column - 1): c for row in sheet.iter_rows() for c in row if c.value is not None
        }
        assert ours.keys() == theirs.keys(), sheet.title
        for place, content in ours.items():
            cell = theirs[place]
            assert content.formula == (cell.value[1:] if cell.data_type == "f" else ""), (sheet.title, place)
            value = shown[sheet.title].cell(cell.row, cell.column).value
            if isinstance(value, int | float | str):
                assert sheets.agree(content.value, value), (sheet.title, place)


def test_what_it_says_of_itself() -> None:
    book = Opened(sent().raw, "sent.xlsx")
    assert book.origin is not None
    assert (book.origin.title, book.origin.fingerprint) == (sent().case.title, sent().case.fingerprint)
    assert (book.company, book.program) == ("Small", "Microsoft Excel")


def first(find: str, by: str) -> object:
    """What stands in the title of Inputs after a change in the part that holds it."""
    raw = replaced(sent().raw, sheet_part(sent().raw, "Inputs"), find, by)
    return Opened(raw, "x.xlsx").cells("Inputs")[0, 0].value


@pytest.mark.parametrize(
    ("by", "value"),
    [
        (r'<c r="A1" t="inlineStr"><is><t>one</t></is></c>', "one"),
        (r'<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        (r'<x:c xmlns:x="urn:x" r="A1"><x:v>2.5</x:v></x:c>', 2.5),
        (r'<c r="A1" t="b"><v>1</v></c>', True),
        (r'<c r="A1" t="str"><f>"a"</f><v>a</v></c>', "a"),
        (r'<c t="e"><v>#REF!</v></c>', "#REF!"),
    ],
)
def test_a_cell_however_it_is_written(by: str, value: object) -> None:
    assert first(r'<c r="A1"[^>]*>.*?</c>', by) == value


def test_how_a_text_is_pronounced_is_no_part_of_it() -> None:
    by = "<si><r><t>to</t></r><rPh><t>read</t></rPh><r><t>kyo</t></r></si>"
    raw = replaced(sent().raw, TEXTS, r"<si>.*?</si>", by)
    texts = {c.value for sheet in Opened(raw, "x").sheets for c in Opened(raw, "x").cells(sheet).values()}
    assert "tokyo" in texts
    assert not any(text == "read" for text in texts)


@pytest.mark.parametrize(
    ("part", "find", "by"),
    [
        ("Inputs", r"<sheetData>", "<sheetData>" + "<a>" * 60 + "</a>" * 60),
        ("Inputs", r'<c r="A1"[^>]*>.*?</c>', '<c r="A1"><v>twelve</v></c>'),
        ("Inputs", r'<c r="A1"[^>]*>.*?</c>', '<c r="A1" t="s"><v>999999</v></c>'),
        ("Inputs", r'<c r="A1"[^>]*>.*?</c>', '<c r="A1"><f t="shared" si="77"/></c>'),
        ("Inputs", r'<c r="A1"[^>]*>.*?</c>', f'<c r="A1" t="str"><v>{"x" * 40_001}</v></c>'),
        ("Inputs", r"<sheetData>", '<sheetData><row r="-4"/>' + '<row><c r="AB"><v>1</v></c></row>'),
        ("Inputs", r"</sheetData>", ""),
        (TEXTS, r"</si>", ""),
        ("xl/workbook.xml", r"<sheets>", "<sheets><sheet/>"),
        ("xl/workbook.xml", r"</sheets>", ""),
        ("docProps/app.xml", r"</Application>", ""),
    ],
)
def test_a_damaged_file_is_refused(part: str, find: str, by: str) -> None:
    raw = replaced(sent().raw, sheet_part(sent().raw, part) if part == "Inputs" else part, find, by)
    with pytest.raises(CaseError, match="the workbook is damaged and cannot be read; allowed is") as refused:
        sent().home(raw)
    assert "\n" not in str(refused.value)
