"""Each of the rules W1 to W4, broken alone in a workbook of ours, is the one that is reported, with its place."""

import re

import pytest

from casebuilder.workbook.review import RULES
from casebuilder.workbook.review.conventions import kind_of
from casebuilder.workbook.review.rules_sheets import STATED
from tests.workbook.review.seeds import OURS, Edit, as_made, only, seeded

BASE = "Calc base"
MERGED = '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'


def test_w1_a_tab_of_another_colour() -> None:
    (broken,) = only(Edit().sheet("Options", 'tabColor rgb="FF\\w+"', 'tabColor rgb="FF6B7280"'), "W1")
    assert broken.sheet == "Options"


def test_w1_a_sheet_of_no_kind() -> None:
    broken = only(Edit().text("Notes", "A2", "Somewhere to write · notes"), "W1")
    assert [(each.sheet, each.cell) for each in broken] == [("Notes", "A2")]


def test_w1_a_cover_that_is_not_first() -> None:
    edit = Edit()
    edit.replace("xl/workbook.xml", r"(<sheet name=\"Cover\"[^>]*/>)(<sheet [^>]*/>)", r"\2\1")
    assert "first sheet" in only(edit, "W1")[0].text


def test_w1_a_link_is_missing() -> None:
    (broken,) = only(Edit().sheet("Cover", r"<hyperlink [^>]*location=\"'?Checks'?!A1\"[^>]*/>", ""), "W1")
    assert broken.text == "no link to the sheet Checks"


@pytest.mark.parametrize("what", STATED)
def test_w1_the_cover_does_not_say_something(what: str) -> None:
    edit = Edit()
    cover = edit.book.sheet("Cover")
    assert cover
    for (row, column), cell in cover.cells.items():
        if isinstance(cell.value, str) and re.search(STATED[what], cell.value, re.IGNORECASE):
            assert not cell.formula
            edit.text(
                "Cover", f"{'ABCDEFGHIJ'[column]}{row + 1}", re.sub(STATED[what], "…", cell.value, flags=re.I)
            )
    assert f"the cover does not state: {what}" in [each.text for each in only(edit, "W1")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_w2_a_hidden_sheet(state: str) -> None:
    edit = Edit().replace("xl/workbook.xml", '<sheet name="Notes"', f'<sheet name="Notes" state="{state}"')
    assert [each.sheet for each in only(edit, "W2")] == ["Notes"]


@pytest.mark.parametrize("how", ['hidden="1"', 'ht="0" customHeight="1"'])
def test_w2_a_hidden_row(how: str) -> None:
    edit = Edit().sheet(BASE, '<row r="40" ', f'<row r="40" {how} ')
    assert [(each.sheet, each.cell) for each in only(edit, "W2")] == [(BASE, "A40")]


def test_w2_a_hidden_column() -> None:
    edit = Edit().sheet(BASE, r'<col min="4" max="4"', '<col min="4" max="4" hidden="1"')
    assert [each.cell for each in only(edit, "W2")] == ["D1"]


def test_w2_many_hidden_columns_are_one_line() -> None:
    edit = Edit().sheet(BASE, "</cols>", '<col min="200" max="16384" width="0" hidden="1"/></cols>')
    (broken,) = only(edit, "W2")
    assert "16184" in broken.text


def test_w2_white_text() -> None:
    edit = Edit()
    styles = "xl/styles.xml"
    fonts = edit.parts[styles].decode().partition("</fonts>")[0].count("<font>")
    edit.replace(
        styles, "</fonts>", '<font><sz val="10"/><color rgb="FFFDFDFD"/><name val="Calibri"/></font></fonts>'
    )
    place = edit.at(BASE, "Net present value", "C")
    style = edit.new_style(edit.style_of(BASE, place), fontId=str(fonts))
    assert [each.cell for each in only(edit.restyled(BASE, place, style), "W2")] == [place]


def test_w2_a_format_that_shows_nothing() -> None:
    edit = Edit()
    edit.replace("xl/styles.xml", "</numFmts>", '<numFmt numFmtId="399" formatCode=";;;"/></numFmts>')
    place = edit.at(BASE, "Net present value", "C")
    style = edit.new_style(edit.style_of(BASE, place), numFmtId="399")
    assert [each.cell for each in only(edit.restyled(BASE, place, style), "W2")] == [place]


def _date(edit: Edit, sheet: str, column: str, days: int) -> None:
    """Move a stored date of the axis by some days."""
    place = edit.at(sheet, "Period ends", column)
    edit.sheet(
        sheet,
        rf'(<c r="{place}"[^>]*>(?:(?!</c>).)*<v>)([\d.]+)(</v>)',
        lambda at: f"{at[1]}{float(at[2]) + days}{at[3]}",
    )


def test_w3_another_period_in_a_column() -> None:
    edit = Edit()
    for column in "FGHIJKLM":
        _date(edit, "Calc selected", column, 31)
    broken = only(edit, "W3")
    assert {each.sheet for each in broken} == {"Calc selected"}
    assert len(broken) == 8


def test_w3_unequal_steps() -> None:
    edit = Edit()
    sheets = [sheet.name for sheet in edit.book.sheets if kind_of(sheet) == "calculation"]
    for sheet in sheets:
        _date(edit, sheet, "H", 20)
    broken = only(edit, "W3")
    assert {each.sheet for each in broken} == set(sheets)
    assert all("step" in each.text for each in broken)


def test_w3_no_row_of_dates() -> None:
    edit = Edit()
    edit.text("Calc selected", edit.at("Calc selected", "Period ends", "A"), "Last day")
    assert [each.sheet for each in only(edit, "W3")] == ["Calc selected"]


@pytest.mark.parametrize("pane", ["", '<pane xSplit="3" ySplit="4" state="frozen"/>'])
def test_w3_heads_that_scroll_away(pane: str) -> None:
    broken = only(Edit().sheet(BASE, r"<pane [^>]*/>", pane), "W3")
    assert {each.sheet for each in broken} == {BASE}


def test_w3_the_light_is_out_of_sight() -> None:
    broken = only(Edit().sheet("Summary", r"<pane [^>]*/>", ""), "W3")
    assert [each.sheet for each in broken] == ["Summary"]


@pytest.mark.parametrize("sheet", ["Budget", "Cover"])
def test_w3_a_sheet_without_the_light(sheet: str) -> None:
    assert [each.sheet for each in only(Edit().empty(sheet, "A3"), "W3")] == [sheet]


@pytest.mark.parametrize("sheet", ["Inputs", BASE])
def test_w4_merged_cells(sheet: str) -> None:
    edit = Edit().sheet(
        sheet, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    )
    assert [(each.sheet, each.cell) for each in only(edit, "W4")] == [(sheet, "A1:B1")]


def test_w4_merged_cells_on_an_output_sheet_are_free() -> None:
    edit = Edit().sheet(
        "Notes", "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    )
    assert not seeded(edit.bytes(), OURS)


def test_w4_numbers_without_a_label() -> None:
    edit = Edit()
    place = edit.at(BASE, "Number of periods", "A")
    assert [each.cell for each in only(edit.empty(BASE, place), "W4")] == [place]


def test_w4_a_number_among_the_notes() -> None:
    edit = Edit()
    place = edit.at(BASE, "Number of periods", "D")
    assert [each.cell for each in only(edit.formula(BASE, place, "$C$28"), "W4")] == [place]


def test_the_original_breaks_none() -> None:
    assert not [each.line for id in ("W1", "W2", "W3", "W4") for each in RULES[id].find(as_made())]
