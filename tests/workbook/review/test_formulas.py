"""Formulas in pieces, moved and as distances: openpyxl's translator, which moves formulas too, is the judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from xlsxwriter.utility import xl_rowcol_to_cell

from casebuilder.workbook.review.formulas import (
    LAST_ROW,
    functions,
    moved,
    pieces,
    references,
    relative,
    tokens,
)

CELLS = st.builds(
    lambda column, row, fixed: xl_rowcol_to_cell(row, column, *fixed),
    st.integers(40, 800),
    st.integers(40, 5_000),
    st.tuples(st.booleans(), st.booleans()),
)
SHEETS = st.sampled_from(("", "Inputs!", "'Calc base'!", "'It''s A1'!"))
AREAS = st.builds(
    lambda sheet, cells: sheet + ":".join(cells), SHEETS, st.lists(CELLS, min_size=1, max_size=2)
)
LEAVES = st.one_of(AREAS, st.sampled_from(('"A1 and $B$2"', '"a""B3"', "1", "0.5", "TRUE")))
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("{}+{}".format, inner, inner),
        st.builds("SUM({},{})".format, inner, inner),
        st.builds("IF({}<=0,LOG10({}),-({}))".format, inner, inner, inner),
    ),
    max_leaves=6,
)


@given(FORMULAS, st.integers(-40, 40), st.integers(-40, 40))
def test_a_moved_formula_is_what_openpyxl_makes_of_it(formula: str, rows: int, columns: int) -> None:
    own = Translator(f"={formula}", origin="BA60").translate_formula(row_delta=rows, col_delta=columns)
    assert "=" + moved(pieces(formula), rows, columns) == own


@given(FORMULAS, st.integers(-40, 40), st.integers(-40, 40))
def test_distances_stay_when_a_formula_moves(formula: str, rows: int, columns: int) -> None:
    there = moved(pieces(formula), rows, columns)
    assert relative(formula, 100, 100) == relative(there, 100 + rows, 100 + columns)


@given(FORMULAS)
def test_a_formula_that_stays_where_it_is_has_other_distances_elsewhere(formula: str) -> None:
    loose = any(
        not (corner.row_fixed and corner.column_fixed)
        for each in references(formula)
        for corner in each[1:]
        if corner
    )
    assert (relative(formula, 100, 100) != relative(formula, 101, 102)) == loose


def test_what_a_reference_covers() -> None:
    first, second, whole, row = references("SUM('It''s mine'!$C$5:B7,F3,Inputs!$D:$D,$4:6)")
    assert (first.sheet, first.rows, first.columns) == ("It's mine", range(4, 7), range(1, 3))
    assert (second.sheet, second.rows, second.columns, second.whole) == ("", range(2, 3), range(5, 6), False)
    assert (whole.sheet, len(whole.rows), whole.columns, whole.whole) == (
        "Inputs",
        LAST_ROW + 1,
        range(3, 4),
        True,
    )
    assert row.rows == range(3, 6)
    assert (row.first.row_fixed, row.first.column_fixed) == (True, False)


@pytest.mark.parametrize(
    "text", ["LOG10(2)", "own.A1", "ABCD12", '"A1"', "A1B2", "TRUE", "_xlfn.X1(2)", "A0"]
)
def test_what_is_no_reference(text: str) -> None:
    assert not references(text)


def test_a_formula_that_leaves_the_sheet_is_an_error() -> None:
    assert moved(pieces("A1+$A$1"), -1, 0) == "#REF!+$A$1"
    assert moved(pieces("A1"), 0, -1) == "#REF!"


def test_the_pieces_of_a_formula() -> None:
    assert [tuple(each) for each in tokens('IF(A1>=1.5E3,"x ""y""",#N/A)&name%')] == [
        ("function", "IF"),
        ("operator", "("),
        ("reference", "A1"),
        ("operator", ">="),
        ("number", "1.5E3"),
        ("operator", ","),
        ("text", '"x ""y"""'),
        ("operator", ","),
        ("error", "#N/A"),
        ("operator", ")"),
        ("operator", "&"),
        ("name", "name"),
        ("operator", "%"),
    ]
    assert functions("sum(A1)+_xlfn.NPV (2)+IF(1,2)") == ("SUM", "IF")
