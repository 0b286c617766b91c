"""The two sides of the workbook's benchmark write the same file, and the case is the one that the goal names."""

import io
import re
import zipfile

import pytest

from benchmarks import measure, writing
from casebuilder.workbook.layout import Layout
from tests.workbook import sheets


def test_the_goal_case_has_three_segments_ten_investments_and_twenty_quarters() -> None:
    case = writing.goal_case()
    assert (len(case.segments or ()), len(case.initiatives), case.periods) == (3, 10, 20)
    assert writing.goal_case(12, 10).periods == 120
    assert len(case.scenario_table) == 4


@pytest.fixture(scope="module")
def files() -> tuple[io.BytesIO, io.BytesIO]:
    """Our workbook of a small case, and the same through the library alone."""
    given = writing.made_ready(writing.goal_case(1, 2))
    plain = writing.Plain(writing.noted(given))
    plain.prepare()
    assert plain.stream.getvalue() == b""
    return io.BytesIO(given.render()), io.BytesIO(plain.write())


def test_both_sides_write_the_same_cells(files: tuple[io.BytesIO, io.BytesIO]) -> None:
    ours, theirs = files
    assert sheets.formulas(ours) == sheets.formulas(theirs)
    assert sheets.cached(ours) == sheets.cached(theirs)


def test_all_but_the_sheets_with_formulas_that_rows_share_is_the_same_to_the_byte(
    files: tuple[io.BytesIO, io.BytesIO],
) -> None:
    """Texts, formats, widths, comments, rules and charts as well."""
    ours, theirs = (zipfile.ZipFile(file) for file in files)
    assert ours.namelist() == theirs.namelist()
    for name in ours.namelist():
        mine, other = (re.sub(rb"<f( [^>]*)?>[^<]*</f>", b"<f/>", part.read(name)) for part in (ours, theirs))
        assert mine == other, name


@pytest.mark.slow
def test_the_plain_side_can_be_prepared_again(files: tuple[io.BytesIO, io.BytesIO]) -> None:
    plain = writing.Plain(writing.noted(writing.made_ready(writing.goal_case(1, 1))))
    plain.prepare()
    first = plain.write()
    plain.prepare()
    assert plain.write() == first


@pytest.mark.slow
def test_a_workbook_of_the_usual_size_stays_below_its_limit() -> None:
    assert measure.workbook_size().ok


def test_columns_of_time_go_beyond_the_alphabet() -> None:
    results = writing.made_ready(writing.goal_case(12, 3)).results
    layout = Layout(results.case, results.model)
    assert layout.last == layout.OPENING + 36 > 26
