"""Rule W11, broken alone in a workbook of ours, is the one that is reported."""

import pytest

from casebuilder.workbook.layout import SUMMARY
from casebuilder.workbook.review.records import CellRead, Look
from tests.workbook.review.faults import CALC, Fault, found, only

CLOSING, CARRIED, NET = "Cumulative net cash flow", "Cumulative net cash flow, carried", "Net cash flow"


def _last(fault: Fault) -> int:
    return max(row for row, _ in fault.sheets[CALC].cells)


def _added(fault: Fault, label: str, formula: str) -> int:
    """A new row at the end of one Calc sheet, in months."""
    row, like = _last(fault) + 1, fault.sheets[CALC].cells[27, 2]
    for column, text in ((0, label), (1, "months")):
        fault.cell(CALC, (row, column), CellRead("", text, Look()))
    fault.cell(CALC, (row, 2), CellRead("", 1.0, like.look))
    fault.put(row, formula)
    return row


def test_a_row_that_nothing_reads() -> None:
    fault = Fault()
    row = _added(fault, "Months for nothing", "$C$28*1")
    (broken,) = only(fault, "W11")
    assert (broken.sheet, broken.cell) == (CALC, f"C{row + 1}")
    assert "'Months for nothing'" in broken.text


def test_a_row_that_reads_itself_is_not_read() -> None:
    fault = Fault()
    _added(fault, "Months for nothing", "$C$28*1")
    _added(fault, "Months of months", f"$C${_last(fault) + 1}*1")
    (broken,) = found(fault, "W11")
    assert "'Months of months'" in broken.text


def test_a_kpi_is_an_output() -> None:
    fault = Fault()
    _added(fault, "KPI: Months, do nothing", "$C$28*1")
    assert not found(fault, "W11")


def test_a_figure_from_nowhere() -> None:
    fault = Fault()
    row = fault.row("Net present value", SUMMARY)
    (broken,) = only(fault.put(row, "100*12", 3, SUMMARY), "W11")
    assert (broken.sheet, broken.cell) == (SUMMARY, f"D{row + 1}")


def test_a_balance_that_reads_itself() -> None:
    fault = Fault()
    row, net = fault.row(CARRIED) + 1, fault.row(NET) + 1
    assert fault.sheets[CALC].text(row, 0) == CLOSING
    for column in (5, 6):
        fault.put(row, f"{chr(64 + column)}{row + 1}+{chr(65 + column)}{net}", column)
    (broken,) = only(fault, "W11")
    assert (broken.cell, broken.text.split(";")[0]) == (
        f"F{row + 1}",
        f"'{CLOSING}' reads its own previous period",
    )


def test_an_opening_that_is_more_than_a_link() -> None:
    fault = Fault()
    row = fault.row(CARRIED)
    for column in (5, 6):
        fault.put(row, f"{chr(64 + column)}{row + 2}*1", column)
    (broken,) = found(fault, "W11")
    assert broken.cell == f"F{row + 1}"
    assert f"'{CLOSING}'" in broken.text


@pytest.mark.parametrize("label", ["Latest sign of net cash flow", "Latest turn to positive"])
def test_counters_and_flags_may_build_on_themselves(label: str) -> None:
    fault = Fault()
    row, read = fault.row(label), fault.sheets[CALC]
    assert f"E{row + 1}" in read.formula(row, 5)
    assert not found(fault, "W11")
