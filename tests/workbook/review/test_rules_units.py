"""Rule W13, broken alone in a workbook of ours, is the one that is reported."""

import pytest

from casebuilder.workbook.layout import CHECKS, INPUTS, SUMMARY
from casebuilder.workbook.review.trees import formulas_of
from casebuilder.workbook.review.units import Units, unit_key
from tests.workbook.review.faults import CALC, Fault, clean, found, only

MONTHS = "Ready, without delay: Listen"
BENEFIT = "Benefits of the whole company"


def test_two_rows_of_one_name() -> None:
    fault = Fault()
    row = fault.row(MONTHS)
    (broken,) = only(fault.typed(CALC, (row, 0), "Months in the horizon"), "W13")
    assert (broken.sheet, broken.cell) == (CALC, f"A{row + 1}")


@pytest.mark.parametrize(
    ("word", "said"), [("parsecs", "not a unit"), ("", "has no unit"), ("eur", "not a unit")]
)
def test_a_unit_that_is_none(word: str, said: str) -> None:
    fault = Fault()
    row = fault.row("Share that stays a period: North, do nothing")
    (broken,) = found(fault.typed(CALC, (row, 1), word), "W13")
    assert (broken.cell, said in broken.text) == (f"B{row + 1}", True)


def test_a_number_shown_as_something_else() -> None:
    fault = Fault()
    row = fault.row("Hurdle rate", INPUTS)
    (broken,) = only(fault.look(INPUTS, (row, 2), number_format="#,##0_);(#,##0);0_)"), "W13")
    assert (broken.sheet, broken.cell) == (INPUTS, f"C{row + 1}")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("$C$28+Inputs!$C$16", "adds months and share"),
        ("($C$28-Inputs!$C$18)*1", "adds money_per_year and months"),
        ("SUM($C$28:$C$29)", "adds months and period"),
        ("MAX($C$28,Inputs!$C$16)+1", "adds months and share"),
        ("1*(ABS($C$28)+Inputs!$C$16)", "adds months and share"),
        ("IF($C$29=0,$C$28,Inputs!$C$16)", "adds months and share"),
        ("$C$29", "is measured in months and shows period"),
        ("$C$29+1", "is measured in months and shows period"),
    ],
)
def test_what_is_added_to_something_else(formula: str, said: str) -> None:
    (broken,) = found(Fault().put(MONTHS, formula), "W13")
    assert broken.text == said


def test_an_addition_breaks_nothing_else() -> None:
    fault = Fault().put(MONTHS, "$C$28+Inputs!$C$16")
    (broken,) = only(fault, "W13")
    assert (broken.sheet, broken.cell) == (CALC, f"C{fault.row(MONTHS) + 1}")


@pytest.mark.parametrize("formula", ["$C$28+1", "$C$28*Inputs!$C$16", "$C$28+$C$28*Inputs!$C$16", "-$C$28"])
def test_what_may_be_added(formula: str) -> None:
    assert not found(Fault().put(MONTHS, formula), "W13")


def test_money_and_money_a_year_are_the_same_only_in_a_column_that_is_a_year() -> None:
    fault = Fault()
    row = fault.row("KPI: Revenue, do nothing")
    read = fault.sheets[CALC]
    first = min(column for at, column in read.cells if at == row and column > 3)
    assert "$C$" in read.formula(row, first)
    assert not found(fault, "W13")
    cost = fault.row("Cost of replacing leavers, do nothing")
    (broken,) = found(fault.put(cost, "Inputs!$C$18"), "W13")
    assert broken.text == "is measured in money and shows money_per_year"


def test_a_head_says_the_unit_of_its_column() -> None:
    units, sheet = Units(formulas_of(clean())), clean().sheet(INPUTS)
    assert sheet
    row = next(row for row, column in sheet.cells if column == 0 and sheet.text(row, 0) == "Listen")
    assert [units.of(sheet, (row, column)) for column in (4, 5)] == ["flag", "months"]


def test_a_column_without_a_head() -> None:
    fault = Fault()
    row = fault.row("Listen", INPUTS) - 1
    broken = found(fault.typed(INPUTS, (row, 5), "first spending"), "W13")
    assert broken[0].text == "no head of the column says the unit"


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("EUR", "money"),
        ("USD a year", "money_per_year"),
        ("a year", "per_year"),
        ("1 or 0", "flag"),
        ("EURO", ""),
    ],
)
def test_a_word_of_the_list(word: str, key: str) -> None:
    assert unit_key(word) == key


@pytest.mark.parametrize("sheet", [SUMMARY, CHECKS])
def test_a_figure_without_a_unit(sheet: str) -> None:
    fault = Fault()
    read = fault.sheets[sheet]
    row = min(
        at[0]
        for at, cell in read.cells.items()
        if at[1] > 1 and cell.formula and isinstance(cell.value, float)
    )
    (broken,) = found(fault.typed(sheet, (row, 1), ""), "W13")
    assert (broken.sheet, broken.cell) == (sheet, f"B{row + 1}")
