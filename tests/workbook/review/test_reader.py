"""The reader gives what openpyxl and LibreOffice find in the same file, and says in a sentence what is no workbook."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebuilder.case import CaseError
from casebuilder.workbook.review import RULES, judged
from casebuilder.workbook.review.reader import read, read_bytes
from casebuilder.workbook.review.records import BookRead, CellRead, SheetRead, address
from tests.judges import libreoffice_recalculate
from tests.workbook.review.seeds import Edit, as_made, opened, original


def _loaded(data: bytes, values: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def _pairs(book: BookRead, other: Any) -> list[tuple[str, CellRead, Any]]:
    """Every cell that we read beside openpyxl's."""
    return [
        (f"{sheet.name}!{address(place)}", cell, other[sheet.name].cell(place[0] + 1, place[1] + 1))
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
    ]


def test_every_formula_is_openpyxls() -> None:
    book, other = as_made(), _loaded(original(), values=False)
    wrong = []
    for place, cell, theirs in _pairs(book, other):
        said = theirs.value if isinstance(theirs.value, str) and theirs.value.startswith("=") else "="
        if said[1:] != cell.formula:
            wrong.append((place, cell.formula, said))
    assert not wrong[:5]
    assert sum(bool(cell.formula) for _, cell, _ in _pairs(book, other)) > 5_000


def test_every_value_is_openpyxls() -> None:
    book, other = as_made(), _loaded(original(), values=True)
    wrong = []
    for place, cell, theirs in _pairs(book, other):
        said = theirs.value
        if theirs.is_date:
            said = None if said is None else float((said.date() - date(1899, 12, 30)).days)
        ours = None if cell.value == "" else cell.value
        if ours != said and not (said == "" and ours is None):
            wrong.append((place, ours, said))
    assert not wrong[:5]


def test_every_look_is_openpyxls() -> None:
    wrong = []
    for place, cell, theirs in _pairs(as_made(), _loaded(original(), values=False)):
        fill = theirs.fill.fgColor.rgb[-6:] if theirs.fill.patternType == "solid" else ""
        theirs_all = (theirs.number_format, fill, theirs.protection.locked)
        if (cell.look.number_format, cell.look.fill, cell.look.locked) != theirs_all:
            wrong.append((place, cell.look, theirs_all))
    assert not wrong[:5]


def test_what_surrounds_the_cells() -> None:
    other = _loaded(original(), values=False)
    for sheet in as_made().sheets:
        theirs = other[sheet.name]
        assert sheet.tab_colour == theirs.sheet_properties.tabColor.rgb[-6:]
        assert sheet.protected == theirs.protection.sheet
        rules = theirs.data_validations.dataValidation
        ruled = {cell for each in rules for area in each.sqref.ranges for cell in area.cells}
        assert {(row + 1, column + 1) for each in sheet.validations for row, column in each.cells} == ruled
        linked = (cell.hyperlink for row in theirs.iter_rows() for cell in row if cell.hyperlink)
        assert {address(place): to for place, to in sheet.links.items()} == {
            link.ref: f"#{link.location}" for link in linked
        }
        assert theirs.freeze_panes == address((sheet.frozen_rows, sheet.frozen_columns))


def test_cells_that_hold_one_formula_are_known_by_it() -> None:
    calc = as_made().sheet("Calc base")
    assert calc
    months = {calc.cells[4, column].relative for column in range(5, 13)}
    assert len(months) == 1
    assert calc.cells[4, 5].formula != calc.cells[4, 6].formula


@pytest.mark.judge
def test_a_workbook_that_libreoffice_saved(tmp_path: Path, soffice: str) -> None:
    ours = tmp_path / "ours.xlsx"
    ours.write_bytes(original())
    saved = read(libreoffice_recalculate(ours, tmp_path / "out"))
    before = as_made()
    assert [sheet.name for sheet in saved.sheets] == [sheet.name for sheet in before.sheets]
    for sheet, was in zip(saved.sheets, before.sheets, strict=True):
        told = {place for place, cell in was.cells.items() if cell.formula}
        assert {place for place, cell in sheet.cells.items() if cell.formula} == told
        for place in told:
            one, other = sheet.cells[place], was.cells[place]
            assert (one.look.fill, one.look.locked) == (other.look.fill, other.look.locked)
            assert (one.look.number_format, one.look.text_colour) == (
                other.look.number_format,
                other.look.text_colour,
            )
            if isinstance(other.value, float):
                assert one.value == pytest.approx(other.value, rel=1e-6, abs=1e-6), (sheet.name, place)


def foreign() -> bytes:
    """A workbook of somebody else: texts, dates, errors, links, a chart sheet, an array formula, an empty sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Year", 2027, True, None, date(2027, 1, 1), "=1/0", "=SUM(B:B)", "=TODAY()"])
    sheet.merge_cells("A3:C4")
    sheet["A5"].hyperlink = "https://example.org/"
    sheet["A6"] = openpyxl.worksheet.formula.ArrayFormula("A6:A8", "=B1:B3*2")
    sheet.conditional_formatting.add("A1:A3", openpyxl.formatting.rule.ColorScaleRule())
    book.create_sheet("Inputs")
    book.create_sheet("Checks")["C5"] = 3
    book.create_sheet("'quoted' & <odd>")
    book.create_chartsheet("Picture")
    book.defined_names["rate"] = openpyxl.workbook.defined_name.DefinedName("rate", attr_text="0.19")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_of_somebody_else_breaks_rules_and_nothing_else() -> None:
    found = judged(opened(foreign()))
    assert {"W1", "W3", "W5", "W6"} <= {each.rule for each in found.violations}
    assert "W6  workbook: the name rate holds the number 0.19" in found.lines


def test_a_workbook_without_sheets_and_one_of_empty_sheets_are_judged() -> None:
    for book in (BookRead(()), BookRead((SheetRead("A", "visible", "", {}),))):
        for rule in RULES.values():
            list(rule.find(book))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet4.xml"]
)
@pytest.mark.parametrize("damage", [b"", b"<a", b"no xml"])
def test_a_damaged_part_is_named(part: str, damage: bytes) -> None:
    edit = Edit()
    edit.parts[part] = damage
    with pytest.raises(CaseError, match=part):
        opened(edit.bytes())


@pytest.mark.parametrize("pattern", ['r="F30"', ' s="[0-9]+" t', "<v>[0-9]+</v>"])
def test_a_part_that_says_what_cannot_be_is_named(pattern: str) -> None:
    edit = Edit().sheet(
        "Calc base", pattern, {"r": 'r="FFFF0"', " ": ' s="x" t', "<": "<v>x</v>"}[pattern[0]]
    )
    with pytest.raises(CaseError, match=edit.part("Calc base")):
        opened(edit.bytes())


def test_a_style_that_is_not_there_looks_plain() -> None:
    assert opened(Edit().sheet("Calc base", r' s="\d+" t', ' s="9999" t').bytes())


def test_what_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    for data in (b"", b"no zip", stream.getvalue()):
        with pytest.raises(CaseError, match="no workbook"):
            read_bytes(data, "a.xlsx")
