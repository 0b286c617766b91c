"""Formulas as text: moved as openpyxl moves them, and one spelling for what means the same."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from casebuilder.workbook.back.formula_text import canonical, relative, shifted
from casebuilder.workbook.back.opened import Opened
from tests.workbook.returning import sent


def as_is(sheet: str, row: int) -> tuple[str, str]:
    return sheet, str(row)


def two_down(sheet: str, row: int) -> tuple[str, str]:
    return sheet, str(row - 2)


@cache
def some_of_ours() -> list[str]:
    """Sixty formulas of a workbook."""
    cells = Opened(sent().raw, "x").cells("Calc selected")
    texts = sorted({content.formula for content in cells.values() if content.formula})
    return texts[:: max(1, len(texts) // 60)]


@given(rows=st.integers(0, 50), columns=st.integers(0, 50))
def test_our_own_formulas_move_as_another_program_moves_them(rows: int, columns: int) -> None:
    for text in some_of_ours():
        there = f"{get_column_letter(columns + 1)}{rows + 1}"
        assert "=" + shifted(text, rows, columns) == Translator(f"={text}", "A1").translate_formula(there)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("SUM(A1:B2)", "sum( A1 : B2 )"),
        ("Inputs!$C$5*2", "'Inputs'!C5*2.0"),
        ("'Calc base'!$C$5", "'CALC BASE'!$C5"),
        ("A1*0.000001", "A1*1E-06"),
        ("_xlfn.ISFORMULA(A1)", "ISFORMULA(A1)"),
        ("LOG10(A1)", "log10(A1)"),
    ],
)
def test_two_spellings_of_one_formula(one: str, two: str) -> None:
    assert canonical(one.replace(" : ", ":"), "S", as_is) == canonical(two.replace(" : ", ":"), "S", as_is)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("A1+B1", "A1-B1"),
        ("A1", "A2"),
        ("Inputs!A1", "Other!A1"),
        ("IF(A1=1,2,3)", "IF(A1=1,3,2)"),
        ('"a b"', '"ab"'),
        ('"A1"', "A1"),
        ("A1*1.1", "A1*1.10001"),
        ("SUM(A1:A9)", "SUM(A1:A8)"),
    ],
)
def test_two_formulas_that_differ(one: str, two: str) -> None:
    assert canonical(one, "S", as_is) != canonical(two, "S", as_is)


def test_rows_inserted_above_do_not_count() -> None:
    assert canonical("SUM(A3:A5)*Inputs!$C$7", "S", two_down) == canonical(
        "SUM(A1:A3)*Inputs!$C$5", "S", as_is
    )


def test_a_row_has_one_formula() -> None:
    assert relative("F12-$C$3+E12", 5) == relative("G12-$C$3+F12", 6) != relative("G12-$C$3+E12", 6)
