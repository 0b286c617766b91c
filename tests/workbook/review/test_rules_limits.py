"""Rule W16, broken alone in a workbook of ours, is the one that is reported."""

from dataclasses import replace

import pytest

from casebuilder.workbook.layout import INPUTS, NOTES
from casebuilder.workbook.review.records import CellRead, Look, SheetRead, Validation
from tests.workbook.review.faults import CALC, Fault, found, only

MONTHS = "Ready, without delay: Listen"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("DAYS($C$28,$C$28)", "DAYS is not a function of Excel 2010"),
        ("_xlfn.CONCAT($C$28)", "_XLFN.CONCAT is not a function"),
        ("OURS($C$28)", "OURS is not a function"),
        (f'IF("{"x" * 256}"="",1,2)', "longer than 255"),
        (f"MAX({','.join('1' * 256)})", "more than 255 arguments"),
        ("ABS(" * 65 + "1" + ")" * 65, "more than 64 deep"),
        ("MAX(" + "1+" * 4200 + "1)", "longer than 8192"),
        ("MAX(1,2", "cannot be read"),
    ],
)
def test_a_formula_that_excel_cannot_take(formula: str, said: str) -> None:
    broken = found(Fault().put(MONTHS, formula), "W16")
    assert said in broken[0].text


def test_a_newer_function_breaks_nothing_else() -> None:
    fault = Fault().put(MONTHS, "DAYS($C$28,$C$28)")
    (broken,) = only(fault, "W16")
    assert (broken.sheet, broken.cell) == (CALC, f"C{fault.row(MONTHS) + 1}")


@pytest.mark.parametrize(
    "formula", ["ABS(" * 64 + "1" + ")" * 64, f"MAX({','.join('1' * 255)})", "AGGREGATE(9,6,1)"]
)
def test_a_formula_at_the_limit(formula: str) -> None:
    assert not found(Fault().put(MONTHS, formula), "W16")


@pytest.mark.parametrize("name", ["AB12", "R1C1", "c", "2nd", "with space", "x" * 256])
def test_a_name_that_no_cell_can_have(name: str) -> None:
    fault = Fault()
    fault.given["names"] = {name: "Inputs!$C$16"}
    (broken,) = found(fault, "W16")
    assert "cannot be the name" in broken.text


@pytest.mark.parametrize("name", ["rate", "_own", "Inputs!größe", "x" * 255, "abcd12"])
def test_a_name_that_a_cell_can_have(name: str) -> None:
    fault = Fault()
    fault.given["names"] = {name: "Inputs!$C$16"}
    assert not found(fault, "W16")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 32, "longer than 31"),
        ("a/b", "not allowed"),
        ("History", "not allowed"),
        ("inputs", "two sheets"),
    ],
)
def test_a_sheet_that_cannot_be_called_so(name: str, said: str) -> None:
    def named(sheet: SheetRead) -> SheetRead:
        return replace(sheet, name=name)

    broken = found(Fault().sheet(NOTES, named), "W16")
    assert [said in each.text for each in broken] == [True]


@pytest.mark.parametrize(("text", "said"), [("x" * 32_768, "longer than 32767"), ("a\x01b", "cannot hold")])
def test_a_text_that_a_cell_cannot_hold(text: str, said: str) -> None:
    (broken,) = only(Fault().cell(NOTES, (300, 0), CellRead("", text, Look())), "W16")
    assert said in broken.text


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    fault = Fault().cell(NOTES, (300, 0), CellRead("", "\U0001f600" * 16_384, Look()))
    assert found(fault, "W16")


def test_a_prompt_that_is_too_long() -> None:
    def prompted(sheet: SheetRead) -> SheetRead:
        rule = Validation(frozenset({(300, 2)}), "decimal", "0", "1", "x" * 256)
        return replace(sheet, validations=(*sheet.validations, rule))

    (broken,) = found(Fault().sheet(INPUTS, prompted), "W16")
    assert "prompt" in broken.text
