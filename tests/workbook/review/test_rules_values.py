"""Rule W12, broken alone in a workbook of ours, is the one that is reported."""

from dataclasses import replace

import pytest

from casebuilder.workbook.layout import INPUTS
from casebuilder.workbook.review.records import SheetRead, Validation
from tests.workbook.review.faults import CALC, Fault, found, only

MONTHS = "Ready, without delay: Listen"


def test_a_stored_error() -> None:
    fault = Fault()
    row = fault.row("Months in the horizon")
    cell = fault.sheets[CALC].cells[row, 2]
    (broken,) = only(fault.cell(CALC, (row, 2), replace(cell, value="#DIV/0!", error=True)), "W12")
    assert (broken.sheet, broken.cell, broken.text) == (CALC, f"C{row + 1}", "holds the error #DIV/0!")


def test_a_text_that_looks_like_an_error_is_a_text() -> None:
    assert not found(Fault().typed(CALC, (1, 3), "#DIV/0!"), "W12")


def test_a_reference_that_was_lost() -> None:
    (broken,) = found(Fault().put(MONTHS, "MAX($C$28,#REF!)"), "W12")
    assert "lost" in broken.text


@pytest.mark.parametrize("label", ["Horizon, years", "Periods a year", "Discounting at", "Decision date"])
def test_a_number_that_shapes_the_sheets_and_is_open_to_change(label: str) -> None:
    fault = Fault()
    row = fault.row(label, INPUTS)

    def opened(sheet: SheetRead) -> SheetRead:
        rule = Validation(frozenset({(row, 2)}), "whole", "1", "10", "Change it.")
        return replace(sheet, validations=(*sheet.validations, rule))

    (broken,) = only(fault.sheet(INPUTS, opened), "W12")
    assert (broken.cell, label in broken.text) == (f"C{row + 1}", True)


def test_a_number_that_shapes_the_sheets_and_is_not_shown() -> None:
    fault = Fault()
    row = fault.row("Horizon, years", INPUTS)
    broken = found(fault.typed(INPUTS, (row, 0), "Something else"), "W12")
    assert [each.text for each in broken] == ["'Horizon, years' is not shown"]


@pytest.mark.parametrize(
    "formula",
    [
        "$C$28/Inputs!$F$99*Inputs!$F$99",
        "$C$28/(Inputs!$F$99-Inputs!$G$99)",
        "$C$28/MAX(Inputs!$F$99,Inputs!$G$99)",
        "$C$28/(12-Inputs!$F$99)",
        "IF(Inputs!$F$99=0,$C$28/Inputs!$F$99,0)",
        "IF(Inputs!$G$99=0,0,$C$28/Inputs!$F$99)",
        "IF($C$28/Inputs!$F$99>1,0,0)",
        "$C$28*Inputs!$F$99^(-1)",
        "$C$28/SUM(Inputs!$F$99:$G$99)",
        "$C$28/SQRT(Inputs!$F$99)",
        "$C$28/ABS(Inputs!$F$99)",
    ],
)
def test_a_denominator_that_may_be_nothing(formula: str) -> None:
    (broken,) = found(Fault().put(MONTHS, formula), "W12")
    assert "may be 0" in broken.text


def test_a_denominator_breaks_nothing_else() -> None:
    fault = Fault().put(MONTHS, "$C$28/Inputs!$F$99*Inputs!$F$99")
    (broken,) = only(fault, "W12")
    assert (broken.sheet, broken.cell) == (CALC, f"C{fault.row(MONTHS) + 1}")


@pytest.mark.parametrize(
    "formula",
    [
        "$C$28/12",
        "$C$28/Inputs!$C$14",
        "$C$28/(1+Inputs!$F$99)",
        "$C$28/MAX(1,Inputs!$F$99)",
        "$C$28/(1-Inputs!$E$47/2)",
        "IF(Inputs!$F$99=0,0,$C$28/Inputs!$F$99)",
        "IF((Inputs!$F$99=0)*1=1,0,$C$28/Inputs!$F$99)",
        "IF(Inputs!$F$99>0,$C$28/Inputs!$F$99,0)",
        "IF(0<Inputs!$F$99,$C$28/Inputs!$F$99,0)",
        "IF(Inputs!$F$99<>0,$C$28/Inputs!$F$99,0)",
        "IF(Inputs!$F$99<Inputs!$G$99,$C$28/(Inputs!$G$99-Inputs!$F$99),0)",
        "$C$28/(1+Inputs!$C$16)^Inputs!$F$99",
        "$C$28*(1+Inputs!$F$99)^(-1)",
        "$C$28/SQRT(1+Inputs!$F$99)",
    ],
)
def test_a_denominator_that_cannot_be_nothing(formula: str) -> None:
    assert not found(Fault().put(MONTHS, formula), "W12")
