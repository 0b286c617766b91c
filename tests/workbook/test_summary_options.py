"""Every option in every scenario on Summary: what Results say, marked, live beneath, and checked while inputs stay."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.book import EDITED, FAILS, HOLDS
from casebuilder.workbook.layout import (
    CHECKS,
    INPUTS,
    MASTER_COLUMN,
    MASTER_ROW,
    OPTIONS,
    SELECTED,
    SUMMARY,
    Layout,
)
from casebuilder.workbook.plan import EVERY_OPTION, FIRST_RUN, live_row, option_rows
from casebuilder.workbook.review import review
from casebuilder.workbook.sheets.checks import RESULT
from casebuilder.workbook.sheets.summary_options import TITLE
from tests import judges
from tests.workbook import live, made
from tests.workbook.test_options import book_of

EXAMPLE = "examples/contract_services.yaml"


@pytest.fixture(scope="module")
def book() -> live.Live:
    return live.opened(EXAMPLE)


@pytest.mark.parametrize("path", made.EXAMPLES)
def test_every_return_is_that_of_results_and_stays(path: str) -> None:
    results, sheet = made.results(path), made.written(path)[SUMMARY]
    assert sheet.cell(EVERY_OPTION + 1, 1).value == TITLE
    rows, shape = option_rows(book_of(results)), results.model.shape
    assert list(rows) == list(shape.options)
    for option, row in rows.items():
        asked = option == results.asked_option
        assert sheet.cell(row + 1, 1).value == option_label(option) + (" (asked for)" if asked else "")
        for column, scenario in enumerate(shape.scenarios, FIRST_RUN + 1):
            cell = sheet.cell(row + 1, column)
            assert sheet.cell(5, column).value == scenario_label(scenario)
            assert sheet.cell(EVERY_OPTION + 2, column).value == "as exported"
            assert cell.value == pytest.approx(results.outcome(scenario, option).npv, rel=1e-12)
            assert cell.font.b is asked


def test_what_the_deck_says_of_the_option_asked_for_stands_there() -> None:
    """Everything low at once, with what is asked for alone: no column of a scenario shows it."""
    sheet = made.stored(EXAMPLE)[SUMMARY]
    (row,) = [cell.row for cell in sheet["A"] if str(cell.value).endswith("(asked for)")]
    shown = [sheet.cell(row, FIRST_RUN + 1 + place).value for place in range(4)]
    assert sum(value > 0 for value in shown) == 3
    assert round(shown[0], -3) == -656_000


def test_options_leads_there() -> None:
    sheet = made.written(EXAMPLE)[OPTIONS]
    (link,) = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert link.hyperlink.location == f"'{SUMMARY}'!A{EVERY_OPTION + 1}"


def test_a_case_without_a_decision_marks_nothing() -> None:
    sheet = made.written("tests/golden/harm.yaml")[SUMMARY]
    assert not [cell for cell in sheet["A"] if "asked for" in str(cell.value)]


def test_every_pair_selected_is_the_exported_one(book: live.Live) -> None:
    results, at = book.results, (SUMMARY, live_row(book_of(book.results)) + 1, FIRST_RUN + 5)
    for scenario, option in (("conservative", "lean"), ("optimistic", "do_nothing"), ("base", "full")):
        words = scenario_label(scenario), option_label(option)
        with book.typed("select.scenario", words[0]), book.typed("select.option", words[1]):
            want = results.outcome(scenario, option).npv
            assert book.value(*at) == pytest.approx(want, abs=1e-3), (scenario, option)
            assert book.as_exported
            assert book.light == EDITED


@pytest.mark.parametrize("sheet", ["Calc conservative", SELECTED])
def test_a_number_typed_over_a_return_is_seen(book: live.Live, sheet: str) -> None:
    cell = book.calc(sheet, "npv")
    with book.formula(cell, f"={book.formulas[cell][1:]}+1000"):
        assert not book.as_exported
        assert book.light == FAILS


def test_on_another_selection_too(book: live.Live) -> None:
    """The figures as exported know one selection only."""
    cell = book.calc(SELECTED, "npv")
    with book.typed("select.scenario", scenario_label("conservative")):
        assert book.as_exported
        with book.formula(cell, f"={book.formulas[cell][1:]}+1000"):
            assert book.stamp_holds
            assert not book.as_exported


def test_a_changed_input_is_no_fault(book: live.Live) -> None:
    with book.typed("company.discount_rate", 0.2):
        assert book.as_exported
        assert book.light == EDITED
    assert (book.as_exported, book.light) == (True, HOLDS)


@pytest.mark.judge
@pytest.mark.slow
def test_libreoffice_selects_everything_low_and_finds_the_exported_return(
    tmp_path: Path, soffice: str
) -> None:
    results = made.results(EXAMPLE)
    edited = openpyxl.load_workbook(io.BytesIO(made.content(EXAMPLE)), keep_links=False)
    cell = Layout(results.case, results.model).input_cell("select.scenario")
    edited[INPUTS].cell(cell.row + 1, cell.column + 1).value = scenario_label("conservative")
    edited.save(tmp_path / "edited.xlsx")
    saved = judges.libreoffice_recalculate(tmp_path / "edited.xlsx", tmp_path / "judged")
    read = openpyxl.load_workbook(saved, data_only=True)
    row = live_row(book_of(results)) + 1
    found = [read[SUMMARY].cell(row, FIRST_RUN + 1 + run).value for run in range(5)]
    want = [*(outcome.npv for outcome in results.scenarios.values())]
    want.append(results.outcome("conservative", results.asked_option).npv)
    assert found == [pytest.approx(value, rel=1e-9) for value in want]
    (check,) = [cell.row for cell in read[CHECKS]["A"] if cell.value == live.EXPORTED]
    assert read[CHECKS].cell(check, RESULT + 1).value == 1
    assert read[CHECKS].cell(MASTER_ROW + 1, MASTER_COLUMN + 1).value == EDITED


@pytest.mark.slow
def test_the_review_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "written.xlsx"
    file.write_bytes(made.content(EXAMPLE))
    assert review(file).shown == []
