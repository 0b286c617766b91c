"""Rule W10, broken alone in a workbook of ours, is the one that is reported."""

import pytest

from casebuilder.workbook.layout import SUMMARY, TRACKING
from tests.workbook.review.faults import CALC, Fault, found, only

MONTHS = "Ready, without delay: Listen"
SINCE = "Months since first effect: Act on it"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("MAX($C$28,$C$48)", "C48 is further down"),
        ("MAX($C$28,$C${row})", "the cell itself"),
        ("MAX($C$28,$F$60*0)", "F60 is a row further down"),
        ("MAX($C$28,$K$20*0)", "K20 is to the right"),
        ("MAX(Inputs!$C:$C)", "whole row or column"),
        ("MAX(Inputs!$28:$28)", "whole row or column"),
        ("$C$28+0*Summary!$E$9", "not on an earlier"),
        ("$C$28+0*'Calc selected'!$C$28", "not on an earlier"),
        ("$C$28+0*Gone!$C$28", "not there"),
        ("$C$28+0*Inputs!$C$9", "reads the empty cell Inputs!C9"),
    ],
)
def test_a_constant_that_reads_what_it_must_not(formula: str, said: str) -> None:
    broken = found(Fault().put(MONTHS, formula), "W10")
    assert any(said in each.text for each in broken), [each.line for each in broken]
    assert any(each.sheet == CALC for each in broken)


@pytest.mark.parametrize("other", ["{next}5", "{own}{below}"])
def test_a_period_that_reads_the_next_one_or_a_row_below(other: str) -> None:
    fault = Fault()
    below = fault.row(SINCE) + 3

    def formula(own: str, _: str) -> str:
        read = other.format(own=own, next=chr(ord(own) + 1), below=below)
        return f"MAX({own}5-$C$48,0*{read})"

    broken = found(fault.across(SINCE, formula), "W10")
    assert broken and all(each.sheet == CALC for each in broken)


def test_a_period_reads_earlier_columns_in_any_row_and_its_own_above() -> None:
    fault = Fault()
    below = fault.row(SINCE) + 40
    assert not found(fault.across(SINCE, lambda own, before: f"MAX({own}5-$C${below},0*{before}$5)"), "W10")


def test_a_total_reads_its_own_and_earlier_rows_across_the_periods() -> None:
    assert not found(
        Fault().put("Works, with what it needs first: Act", "MIN($C$45,$C$42)*SUM($E$30:$G$30)"), "W10"
    )


def test_figures_that_rest_on_each_other() -> None:
    fault = Fault()
    npv = fault.row("Net present value", SUMMARY)
    link = fault.sheets[SUMMARY].formula(npv, 3)
    fault.put(npv, f"{link}+0*$D${npv + 2}", 3, SUMMARY)
    fault.put(npv + 1, f"'{CALC}'!$C$28*0+$D${npv + 1}*0", 3, SUMMARY)
    assert [each.text for each in only(fault, "W10")] == ["the cell rests on itself"]


def test_a_link_to_a_link() -> None:
    fault = Fault().put("Works, with what it needs first: Act", "$C$42")
    (broken,) = only(fault, "W10")
    assert "C42, which is itself a link" in broken.text


def test_an_opening_links_to_a_closing_that_starts_with_a_link() -> None:
    fault = Fault()
    row = fault.row("Closing customers: North, do nothing")
    assert fault.sheets[CALC].formula(row, 4).startswith("Inputs!")
    assert not found(fault, "W10")


def test_an_actual_that_is_not_there_yet_is_read_only_behind_a_count() -> None:
    fault = Fault()
    read = fault.sheets[TRACKING]
    row, column = min(at for at in read.cells if ": variance" in read.text(at[0], 0) and at[1] > 3)
    counted = read.formula(row, column)
    assert "COUNT" in counted
    for at in [at for at in read.cells if at[0] == row and read.formula(*at)]:
        fault.put(row, read.formula(*at).partition(",")[2].partition(",")[0], at[1], TRACKING)
    assert all(each.sheet == TRACKING and "empty" in each.text for each in only(fault, "W10"))
