"""A formula read into its parts: what binds to what, and what it reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.utility import xl_rowcol_to_cell

from casebuilder.workbook.review.nodes import Area, Parsed, Reference
from casebuilder.workbook.review.parsing import parse


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("1+2*3", "(1+(2*3))"),
        ("1-2-3", "((1-2)-3)"),
        ("2^3^2", "((2^3)^2)"),
        ("-2^2", "((-2)^2)"),
        ("1+2=3", "((1+2)=3)"),
        ("(1+2)*3", "((1+2)*3)"),
        ('"a"&"b"="ab"', '(("a"&"b")="ab")'),
        ("50%*2", "(50%*2)"),
        ("if(1<2,3,)", "IF((1<2),3)"),
        ("PI()", "PI()"),
        ("1E-3*2", "(1E-3*2)"),
    ],
)
def test_operators_bind_as_in_a_spreadsheet(formula: str, text: str) -> None:
    assert parse(formula, (0, 0)).text == text


@pytest.mark.parametrize("formula", ["MAX(1,2", "1+", ")", "", "1 2"])
def test_what_is_no_formula(formula: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        parse(formula, (0, 0))


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("C5", Area("Here", 4, 2, 4, 2)),
        ("$C$5", Area("Here", 4, 2, 4, 2)),
        ("Inputs!C$5", Area("Inputs", 4, 2, 4, 2)),
        ("'Calc base'!$E5:$G7", Area("Calc base", 4, 4, 6, 6)),
        ("'It''s'!A1", Area("It's", 0, 0, 0, 0)),
        ("G7:E5", Area("Here", 4, 4, 6, 6)),
    ],
)
def test_what_a_reference_reads(text: str, area: Area) -> None:
    node = parse(text, (9, 9))
    assert isinstance(node, Reference)
    assert node.area("Here", (9, 9)) == area


@pytest.mark.parametrize("text", ["A:A", "$A:$C", "1:1", "Inputs!$3:$4"])
def test_whole_rows_and_columns(text: str) -> None:
    node = parse(text, (0, 0))
    assert isinstance(node, Reference)
    assert (node.whole, node.single) == (True, False)


def test_a_name_is_no_reference() -> None:
    assert not Parsed("x", parse("rate*2", (0, 0))).references


def test_what_stands_in_a_formula() -> None:
    parsed = Parsed("x", parse('IF(C5>0,MIN(-1,D6*12),"C7")', (0, 0)))
    assert parsed.functions == ("IF", "MIN")
    assert len(parsed.references) == 2
    assert parsed.link is None
    assert Parsed("x", parse("Inputs!$C$5", (0, 0))).link is not None


@given(row=st.integers(0, 900), column=st.integers(0, 90), down=st.integers(0, 900), right=st.integers(0, 90))
def test_a_formula_moved_is_the_same_and_reads_what_moved_along(
    row: int, column: int, down: int, right: int
) -> None:
    def spelled(by_row: int, by_column: int) -> str:
        near = xl_rowcol_to_cell(row + by_row, column + by_column)
        return f"{near}*$C$5+SUM(Inputs!{near}:{near})"

    at, moved = (row + 1, column + 1), (row + 1 + down, column + 1 + right)
    first, second = (
        Parsed("x", parse(spelled(*by), to)) for by, to in (((0, 0), at), ((down, right), moved))
    )
    assert first.tree.text == second.tree.text
    assert first.references[0].area("A", moved) == second.references[0].area("A", moved)
