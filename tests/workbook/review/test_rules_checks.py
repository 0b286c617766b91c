"""Rule W15, broken alone in a workbook of ours, is the one that is reported."""

import re
from dataclasses import replace

import pytest

from casebuilder.workbook.layout import CHANGES, CHECKS, INPUTS, MASTER_COLUMN, MASTER_ROW
from tests.workbook.review.faults import Fault, found, only

CHECK, HOLD, ALL = "Net present value is benefits", "Checks that hold", "Checks in this file"


@pytest.mark.parametrize(("column", "said"), [(3, "may be left over"), (0, "no name")])
def test_a_check_without_name_or_tolerance(column: int, said: str) -> None:
    fault = Fault()
    row = fault.row(CHECK, CHECKS)
    broken = found(fault.typed(CHECKS, (row, column), ""), "W15")
    assert [(each.cell, said in each.text) for each in broken] == [(f"C{row + 1}", True)]


def test_a_check_without_tolerance_breaks_nothing_else() -> None:
    fault = Fault()
    only(fault.typed(CHECKS, (fault.row(CHECK, CHECKS), 3), ""), "W15")


def test_a_check_whose_result_is_neither_yes_nor_no() -> None:
    fault = Fault()
    row = fault.row(CHECK, CHECKS)
    cell = fault.sheets[CHECKS].cells[row, 2]
    (broken,) = only(fault.cell(CHECKS, (row, 2), replace(cell, value=0.5)), "W15")
    assert "neither 1 nor 0" in broken.text


def test_a_check_that_the_light_does_not_rest_on() -> None:
    fault = Fault()
    row = fault.row(HOLD, CHECKS)
    counted = fault.sheets[CHECKS].formula(row, 2)
    first, last = map(int, re.findall(r"\$C\$(\d+)", counted))
    (broken,) = only(fault.put(row, counted.replace(f"${last},", f"${last - 1},"), 2, CHECKS), "W15")
    assert (broken.cell, broken.text) == (f"C{last}", "the light does not rest on this check")
    assert first < last


def test_another_number_of_checks() -> None:
    fault = Fault()
    row = fault.row(ALL, CHECKS)
    value = fault.sheets[CHECKS].cells[row, 2].value
    assert isinstance(value, float)
    (broken,) = only(fault.typed(CHECKS, (row, 2), value - 1), "W15")
    assert f"which is {value:g}" in broken.text


def test_no_light() -> None:
    fault = Fault()
    (broken,) = found(fault.typed(CHECKS, (MASTER_ROW, MASTER_COLUMN), "All checks hold"), "W15")
    assert "no light" in broken.text


def test_an_exported_figure_that_is_not_kept() -> None:
    fault = Fault()
    row = fault.row("Internal rate of return", CHECKS)
    (broken,) = found(fault.typed(CHECKS, (row, 0), "Rate of return"), "W15")
    assert "'Internal rate of return' of Summary is not kept" in broken.text


def test_an_exported_figure_that_nothing_compares() -> None:
    fault = Fault()
    row = fault.row("Internal rate of return", CHECKS)
    for at in [at for at in fault.sheets[CHECKS].cells if fault.sheets[CHECKS].formula(*at)]:
        formula = fault.sheets[CHECKS].formula(*at)
        if re.search(rf"\bF{row + 1}\b", formula):
            fault.put(at[0], re.sub(rf"\bF{row + 1}\b", f"E{row + 1}", formula), at[1], CHECKS)
    broken = found(fault, "W15")
    assert [(each.cell, each.text.split("'")[0]) for each in broken] == [
        (f"F{row + 1}", "no check compares the exported figure ")
    ]


def test_an_input_that_nothing_compares() -> None:
    fault = Fault()
    row = fault.row("Hurdle rate", CHANGES)
    (broken,) = only(fault.put(row, "1-1", 5, CHANGES, value=0.0), "W15")
    assert broken.sheet == INPUTS
    assert broken.cell == f"C{fault.row('Hurdle rate', INPUTS) + 1}"


def test_no_count_of_changes() -> None:
    fault = Fault()
    broken = found(fault.typed(CHANGES, (4, 2), 0.0), "W15")
    assert any("no count of changed inputs" in each.text for each in broken)
