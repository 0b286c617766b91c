"""Rule W8, broken alone in a workbook of ours, is the one that is reported, with its place."""

import re

import pytest

from casebuilder.workbook.review import RULES
from tests.workbook.review.seeds import OURS, Edit, as_made, only, seeded

BASE = "Calc base"


@pytest.mark.parametrize("text", ["$C$532", "$D{row}*$C$28", "{next}{row}*2", "-{own}{above}"])
def test_one_period_with_a_formula_of_its_own(text: str) -> None:
    edit = Edit()
    place = edit.at(BASE, "Net cash flow", "H")
    row = int(place[1:])
    edit.formula(BASE, place, text.format(row=row, above=row - 1, own="H", next="I"))
    assert [(each.sheet, each.cell) for each in only(edit, "W8")] == [(BASE, place)]


def test_one_period_without_a_formula() -> None:
    edit = Edit()
    place = edit.at(BASE, "Net cash flow", "H")
    (broken,) = only(edit.empty(BASE, place), "W8")
    assert (broken.cell, broken.text) == (place, "no formula, unlike the rest of the row")


def test_the_last_period_counts_and_the_opening_does_not() -> None:
    edit = Edit()
    opening, last = (edit.at(BASE, "Net cash flow", column) for column in "EM")
    edit.formula(BASE, opening, "$C$532*2").formula(BASE, last, "$C$532*2")
    assert [each.cell for each in only(edit, "W8")] == [last]


def test_one_year_with_a_formula_of_its_own() -> None:
    edit = Edit()
    read = edit.book.sheet(BASE)
    assert read
    row = max(row for row, column in read.cells if column == 16 and read.formula(row, 16))
    edit.formula(BASE, f"Q{row + 1}", "$C$28")
    assert {each.cell for each in only(edit, "W8")} <= {f"P{row + 1}", f"Q{row + 1}"}


def test_a_formula_that_a_row_shares_is_one_formula_however_it_is_stored() -> None:
    edit = Edit()
    read = edit.book.sheet(BASE)
    assert read
    written = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)><f t="shared"[^>]*>.*?</f>', re.DOTALL)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    def alone(at: re.Match[str]) -> str:
        text = read.formula(int(at[2]) - 1, letters.index(at[1])).replace("&", "&amp;")
        return f'<c r="{at[1]}{at[2]}"{at[3]}><f>{text.replace("<", "&lt;").replace(">", "&gt;")}</f>'

    part = edit.part(BASE)
    edit.parts[part] = written.sub(alone, edit.parts[part].decode()).encode()
    assert b"shared" not in edit.parts[part]
    assert not seeded(edit.bytes(), OURS)


def test_the_original_breaks_none() -> None:
    assert not [each.line for id in ("W8",) for each in RULES[id].find(as_made())]
