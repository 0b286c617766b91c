"""Ten years by month with three segments and ten investments: the largest workbook still opens, whole and right."""

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from benchmarks.writing import goal_case
from casebuilder import build
from casebuilder.case.archive import check_archive
from casebuilder.model.results import Results
from casebuilder.workbook.layout import SELECTED, Layout
from tests.workbook import sheets, typed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def results() -> Results:
    return build.evaluate(goal_case(12, 10))


@pytest.fixture(scope="module")
def content(results: Results) -> io.BytesIO:
    return typed.rendered(results)


def test_its_periods_stand_side_by_side_beyond_column_az(results: Results, content: io.BytesIO) -> None:
    layout = Layout(results.case, results.model)
    assert layout.last - layout.OPENING == 120
    assert get_column_letter(layout.last + 1) == "DU"
    stored = sheets.cached(content, lambda name: name == SELECTED)
    want = sheets.of_one_sheet(SELECTED, results, layout, results.asked)
    assert len(want) > 80_000
    assert not sheets.disagreements(stored, want, {})[:5]


def test_formulas_of_its_last_column_read_that_column_or_the_one_before(
    results: Results, content: io.BytesIO
) -> None:
    layout = Layout(results.case, results.model)
    written = sheets.formulas(content, lambda name: name == SELECTED)
    text = written[SELECTED, layout.row("cumulative") + 1, layout.last + 1]
    near = {get_column_letter(layout.last), get_column_letter(layout.last + 1)}
    assert set(re.findall(r"[A-Z]+(?=\d)", text)) <= near, text


def test_another_program_and_our_own_guard_let_it_in(results: Results, content: io.BytesIO) -> None:
    check_archive(content.getvalue(), "long.xlsx", "xlsx")
    book = openpyxl.load_workbook(content, read_only=True)
    rows = sum(1 for _ in book[SELECTED].iter_rows(values_only=True))
    layout = Layout(results.case, results.model)
    assert rows == layout.first_row + len(layout.rows)
    with zipfile.ZipFile(content) as parts:
        assert parts.testzip() is None
