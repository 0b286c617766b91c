"""The sheet How sure: values of this version, the same as in the answers, and said to be no formulas."""

import io

import openpyxl
import pytest

from casebuilder import build
from casebuilder.workbook.layout import CERTAINTY
from tests.workbook import made

EXAMPLE = "examples/contract_services.yaml"


@pytest.fixture(scope="module")
def sheet() -> openpyxl.worksheet.worksheet.Worksheet:
    """The sheet of an example, as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(made.whole(EXAMPLE)))[CERTAINTY]


def row_of(sheet: openpyxl.worksheet.worksheet.Worksheet, label: str) -> list[object]:
    """The cells beside a label."""
    return [cell.value for row in sheet.iter_rows(min_row=5) if row[0].value == label for cell in row[1:]]


def test_its_values_are_those_of_the_analysis(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    found = build.certainty(made.results(EXAMPLE))
    assert row_of(sheet, "As likely better as worse than")[0] == pytest.approx(found.simulation.npv.p50)
    assert row_of(sheet, "Together")[0] == pytest.approx(found.outcome.npv)
    top = found.tornado.bars[0]
    shown = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, float)]
    assert all(
        any(value == pytest.approx(end, rel=1e-12) for value in shown) for end in (top.at_low, top.at_high)
    )


def test_it_says_what_it_is(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    case = made.results(EXAMPLE).case
    assert "not formulas" in sheet["A1"].value
    assert case.fingerprint in sheet["A4"].value
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == ["A3"]
