"""Rule W7, broken alone in a workbook of ours in each of its ways, is the one that is reported, with its place."""

import re

import pytest

from casebuilder.workbook.layout import MASTER
from casebuilder.workbook.review import RULES
from tests.workbook.review.seeds import OURS, Edit, as_made, only, seeded

INPUTS, HURDLE, AMBER = "Inputs", "Hurdle rate", "Cost of a full-time position"


def hurdle(column: str = "C") -> tuple[Edit, str]:
    """The original and where the hurdle rate has its unit, value or note."""
    edit = Edit()
    return edit, edit.at(INPUTS, HURDLE, column)


@pytest.mark.parametrize(("column", "lacks"), [("B", "without a unit"), ("D", "without a source or owner")])
def test_an_input_without(column: str, lacks: str) -> None:
    edit, place = hurdle(column)
    (broken,) = only(edit.empty(INPUTS, place), "W7")
    assert broken.cell == place.replace(column, "C")
    assert lacks in broken.text


def test_an_input_without_a_rule() -> None:
    edit, place = hurdle()
    edit.sheet(INPUTS, rf'<dataValidation [^>]*sqref="{place}"[^>]*>.*?</dataValidation>', "")
    assert [(each.cell, each.text) for each in only(edit, "W7")] == [
        (place, "an input without a rule for what it may hold")
    ]


def test_an_input_whose_rule_says_nothing() -> None:
    edit, place = hurdle()
    edit.sheet(INPUTS, rf'(<dataValidation [^>]*?) prompt="[^"]*"( sqref="{place}")', r"\1\2")
    assert [each.cell for each in only(edit, "W7")] == [place]


def test_a_locked_input() -> None:
    edit, place = hurdle()
    style = edit.new_style(edit.style_of(INPUTS, place), locked="1")
    assert [(each.cell, each.text) for each in only(edit.restyled(INPUTS, place, style), "W7")] == [
        (place, "a locked input")
    ]


def test_an_empty_input() -> None:
    edit, place = hurdle()
    assert [each.text for each in only(edit.empty(INPUTS, place), "W7")] == ["an empty input"]


def test_a_formula_that_looks_like_an_input() -> None:
    edit, place = hurdle()
    assert [each.cell for each in only(edit.formula(INPUTS, place, "1/12"), "W7")] == [place]


def test_an_input_that_looks_like_a_formula() -> None:
    edit, place = hurdle()
    plain = edit.style_of(INPUTS, edit.at(INPUTS, "Horizon", "C"))
    assert [each.cell for each in only(edit.restyled(INPUTS, place, plain), "W7")] == [place]


def test_an_input_that_nothing_uses() -> None:
    edit, place = hurdle()
    for sheet in edit.book.sheets:
        part = edit.part(sheet.name)
        absolute = re.escape(f"Inputs!$C${place[1:]}") + r"(?!\d)"
        edit.parts[part] = re.sub(absolute, "Inputs!$C$13", edit.parts[part].decode()).encode()
    assert [(each.cell, each.text) for each in only(edit, "W7")] == [(place, "no formula uses this input")]


@pytest.mark.parametrize("sheet", ["Summary", "Calc base", "Checks"])
def test_the_style_of_an_input_elsewhere(sheet: str) -> None:
    edit, place = hurdle()
    read = edit.book.sheet(sheet)
    assert read
    row, column = next(at for at in sorted(read.cells) if at[0] > 8 and read.cells[at].formula)
    where = f"{'ABCDEFGHI'[column]}{row + 1}"
    style = edit.style_of(INPUTS, place)
    assert [(each.sheet, each.cell) for each in only(edit.restyled(sheet, where, style), "W7")] == [
        (sheet, where)
    ]


def test_a_formula_that_is_open_to_change() -> None:
    edit = Edit()
    place = edit.at("Calc base", "Number of periods", "C")
    like = edit.style_of("Calc base", place)
    style = edit.new_style(like, locked="0")
    assert [each.cell for each in only(edit.restyled("Calc base", place, style), "W7")] == [place]


def test_a_selector_elsewhere() -> None:
    rule = '<dataValidation type="list" sqref="C5"><formula1>"a,b"</formula1></dataValidation>'
    rules = f'<dataValidations count="1">{rule}</dataValidations>'
    edit = Edit().sheet("Summary", "(</conditionalFormatting>)(?!.*</conditionalFormatting>)", rf"\1{rules}")
    assert [(each.sheet, each.cell) for each in only(edit, "W7")] == [("Summary", "C5")]


def test_a_starting_value_that_its_row_does_not_flag() -> None:
    edit = Edit()
    edit.text(INPUTS, edit.at(INPUTS, AMBER, "D"), "Library")
    assert [each.cell for each in only(edit, "W7")] == [edit.at(INPUTS, AMBER, "C")]


def test_a_starting_value_that_checks_do_not_count() -> None:
    edit = Edit()
    note = edit.at(INPUTS, HURDLE, "D")
    edit.restyled(INPUTS, edit.at(INPUTS, HURDLE, "C"), edit.style_of(INPUTS, edit.at(INPUTS, AMBER, "C")))
    edit.text(INPUTS, note, "Starting value to replace")
    assert [each.sheet for each in only(edit, "W7")] == ["Checks"]


def test_actuals_of_tracking_are_inputs_and_may_be_empty() -> None:
    edit = Edit()
    place = edit.at("Tracking", "Net cash flow to date: actual", "F")
    assert not seeded(edit.cell("Tracking", place, "<v>5</v>").bytes(), OURS)
    assert [each.cell for each in only(edit.formula("Tracking", place, MASTER), "W7")] == [place]


def test_a_text_in_the_style_of_an_input_on_the_cover_is_the_colour_key() -> None:
    edit, place = hurdle()
    edit.restyled("Cover", "A1", edit.style_of(INPUTS, place))
    assert [each.text for each in seeded(edit.bytes(), OURS)] == []


def test_the_original_breaks_none() -> None:
    assert not [each.line for id in ("W7",) for each in RULES[id].find(as_made())]
