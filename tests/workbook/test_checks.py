"""Checks: the light in every state, each check with a fault that it sees, and what is said beside the checks."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from casebuilder.model.checks import CHECKS as IDENTITIES
from casebuilder.pitch.plausibility import run_rates
from casebuilder.workbook.book import EDITED, FAILS, HOLDS
from casebuilder.workbook.layout import CHECKS, SELECTED, SUMMARY
from casebuilder.workbook.plan import figure_at
from casebuilder.workbook.sheets.baseline import CLOSE, FAR, comparisons
from casebuilder.workbook.sheets.checks import ALL_ROW, HOLD_ROW, LEFT, RESULT, STARTING_ROW
from tests import judges
from tests.workbook import live, made, sheets

EXAMPLE = "examples/contract_services.yaml"
EVERY_CASE = sorted(map(str, [*Path("examples").glob("*.yaml"), *Path("tests/golden").glob("*.yaml")]))
CALC = "Calc base"
#: A line for every identity whose totals or periods, a tenth larger, break it.
BROKEN = {
    "lines_add_up": "serving.with[Multi-site]",
    "receivables": "tied_change",
    "cash_flow": "cumulative",
    "npv": "npv",
    "pv_lines": "pv.retention",
    "costs": "investment_costs",
    "investments": "cost[portal]",
    "tax": "tax",
    "customers": "closing.with[Single-site]",
    "revenue": "revenue.with[Multi-site]",
    "growth": "arpc.with[Single-site]",
    "service": "serving.with[Multi-site]",
    "delivery": "area[portal]",
}


@pytest.fixture(scope="module")
def book() -> live.Live:
    return live.opened(EXAMPLE)


def cell_of(book: live.Live, sheet: str, key: str) -> sheets.Cell:
    """A line's constant, or its value in the eighth period."""
    shape = book.results.model[key].shape
    return book.calc(sheet, key, book.layout.first + 7 if shape == "period" else None)


def larger(book: live.Live, cell: sheets.Cell) -> str:
    return f"=({book.formulas[cell][1:]})*1.1+1000"


def labels(book: live.Live, *starts: str) -> list[str]:
    return [line.label for _, line in book.plan.placed if line.label.startswith(starts)]


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY_CASE)
def test_an_untouched_workbook_holds(path: str) -> None:
    """Recalculated by another program, every check of every case holds, and there are as many as the sheet says."""
    book = live.Live(path)
    assert book.failing == []
    assert (book.light, book.stamp_holds) == (HOLDS, True)
    every = len(book.plan.placed) + 2
    assert [book.value(CHECKS, row + 1, RESULT + 1) for row in (HOLD_ROW, ALL_ROW)] == [every, every]


@pytest.mark.parametrize("id", IDENTITIES)
def test_every_identity_sees_its_fault(book: live.Live, id: str) -> None:
    cell = cell_of(book, CALC, BROKEN[id])
    with book.formula(cell, larger(book, cell)):
        assert IDENTITIES[id] in book.failing
        assert book.light == FAILS


def test_what_is_left_over_is_shown_for_the_run_that_is_wrong(book: live.Live) -> None:
    cell = cell_of(book, CALC, "npv")
    row = next(row for row, line in book.plan.placed if line.label == IDENTITIES["npv"])
    with book.formula(cell, f"{book.formulas[cell]}+5"):
        left = [book.value(CHECKS, row + 1, LEFT + 1 + run) for run in range(5)]
    assert left == pytest.approx([0, 5, 0, 0, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("revenue.with", "Revenue, with the programme: the total"),
        ("closing.without", "Customers, do nothing: the total"),
        ("contribution.without", "Same in every run"),
        ("kpi.receivables.without", "Same in every run"),
        ("factor", "Same in every run: Time"),
        ("month", "Same in every run: Periods"),
    ],
)
def test_totals_and_what_no_scenario_changes(book: live.Live, key: str, start: str) -> None:
    shape = book.results.model[key].shape
    column = {"year": book.layout.year_first, "period": book.layout.first + 7}[shape]
    cell = book.calc(CALC, key, column)
    with book.formula(cell, larger(book, cell)):
        assert set(book.failing) & set(labels(book, start))
        assert book.light == FAILS


def test_calc_selected_is_compared_with_the_sheet_that_it_repeats(book: live.Live) -> None:
    label, cell = labels(book, "Calc selected is the same")[0], cell_of(book, SELECTED, "counted.retention")
    with book.formula(cell, larger(book, cell)):
        assert label not in book.failing
        scenarios = next(row.choices for row in book.layout.inputs if row.choices)
        options = next(
            row.choices for row in book.layout.inputs if row.cells and row.cells[0][1] == "select.option"
        )
        for scenario in scenarios:
            with book.typed("select.option", options[0]), book.typed("select.scenario", scenario):
                assert label in book.failing, scenario


def test_a_formula_broken_beside_an_edited_input_is_still_seen(book: live.Live) -> None:
    """Who changes an input silences the comparison with the export; the identities remain."""
    cell = cell_of(book, CALC, "net")
    with book.typed("company.discount_rate", 0.11):
        assert (book.light, book.stamp_holds) == (EDITED, True)
        with book.formula(cell, larger(book, cell)):
            assert book.stamp_holds
            assert book.failing
            assert book.light == FAILS


def test_a_changed_formula_that_no_identity_sees_turns_the_stamp_red(book: live.Live) -> None:
    cell = cell_of(book, CALC, "with.churn_rate[Single-site]")
    with book.formula(cell, f"{book.formulas[cell]}*1.001"):
        assert book.failing == []
        assert not book.stamp_holds
        assert book.light == FAILS
        with book.typed("company.discount_rate", 0.11):
            assert (book.light, book.stamp_holds) == (EDITED, True)


def test_the_selected_run_is_not_compared_once_another_is_selected(book: live.Live) -> None:
    mine, other = (cell_of(book, sheet, "counted.retention") for sheet in (SELECTED, CALC))
    with book.typed("select.scenario", book.plan.book.columns[0][0]):
        with book.formula(mine, larger(book, mine)):
            assert book.stamp_holds
        with book.formula(other, larger(book, other)):
            assert not book.stamp_holds


def test_a_figure_on_summary_typed_over_is_seen(book: live.Live) -> None:
    """A number that became a text is no number that happens to be near."""
    place = figure_at(book.plan.stamp.figures[0][0], 1).partition("!")[2]
    column, row = re.findall(r"[A-Z]+|\d+", place)
    cell = (SUMMARY, int(row), openpyxl.utils.column_index_from_string(column))
    for text in ('="as before"', "=0"):
        with book.formula(cell, text):
            assert not book.stamp_holds
            assert book.light == FAILS


def test_an_error_is_no_check_that_holds(book: live.Live) -> None:
    cell = cell_of(book, CALC, "pv_tax")
    with book.formula(cell, "=1/0"):
        assert book.light == FAILS


def test_effects_out_of_order(book: live.Live) -> None:
    key = next(key for row in book.layout.inputs for _, key in row.cells if key.endswith("].low"))
    with book.typed(key, 0.99):
        assert book.failing == ["Effects: low is at most expected"]
        assert book.light == FAILS


def test_a_larger_tolerance_is_an_edited_input(book: live.Live) -> None:
    """Nobody hides a changed formula behind a generous tolerance: it is an input, and the light says so."""
    with book.typed("technical.stamp_tolerance", 0.01):
        assert book.light == EDITED


def test_starting_values_are_counted_until_they_are_replaced(book: live.Live) -> None:
    given = book.results.case.inputs
    waiting = [key for key, status in given.items() if status.status == "default" and book.layout.has(key)]
    row = (CHECKS, STARTING_ROW + 1, RESULT + 1)
    assert waiting and book.value(*row) == len(waiting)
    with book.typed(waiting[0], 0.77):
        assert book.value(*row) == len(waiting) - 1


def test_books_and_plan_are_compared_and_are_no_check(book: live.Live) -> None:
    found, rates = comparisons(book.plan.book), run_rates(book.results.case)
    assert len(found) >= 4
    top = book.plan.baseline
    for row, each in enumerate(found, top + 2):
        assert book.value(CHECKS, row, LEFT + 1) == pytest.approx(each.value, rel=1e-12), each.label
        off = each.value / each.other_value - 1
        assert book.value(CHECKS, row, RESULT + 1) == pytest.approx(off, abs=1e-12)
        assert book.value(CHECKS, row, RESULT + 2) == CLOSE
    assert found[0].value == rates["revenue"]
    with book.typed("actuals.revenue", 2 * rates["revenue"]):
        assert book.value(CHECKS, top + 2, RESULT + 2) == FAR
        assert book.light == EDITED


def test_every_figure_of_summary_is_kept(book: live.Live) -> None:
    """By another reader: what Summary shows stands on Checks as a value that follows nothing."""
    sheet = made.written(EXAMPLE)[CHECKS]
    stamp = book.plan.stamp
    kept = [
        sheet.cell(stamp.exported + number + 1, LEFT + run + 1).value
        for number in range(len(stamp.figures))
        for run in range(stamp.runs)
    ]
    assert len(kept) > 100
    for was, now in zip(kept, book.figures(), strict=True):
        assert (was or None) == (now or None) if isinstance(now, str) else was == pytest.approx(now)


def test_labels_are_told_apart_and_formulas_short(book: live.Live) -> None:
    sheet = made.written(EXAMPLE)[CHECKS]
    said = [row[0].value for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert len(set(said)) == len(said)
    assert max(len(text) for cell, text in book.formulas.items() if cell[0] == CHECKS) <= 121


@pytest.mark.judge
def test_libreoffice_counts_errors(book: live.Live, tmp_path: Path, soffice: str) -> None:
    """The engine of the other tests does not look into ranges for errors; this program does."""
    found = openpyxl.load_workbook(io.BytesIO(made.content(EXAMPLE)))
    cell = cell_of(book, CALC, "hours_freed")
    found[cell[0]].cell(*cell[1:]).value = "=1/0"
    file = tmp_path / "broken.xlsx"
    found.save(file)
    seen = sheets.cached(judges.libreoffice_recalculate(file, tmp_path / "judged"))
    row = next(row for row, line in book.plan.placed if line.label == "No cell shows an error")
    assert seen[CHECKS, row + 1, LEFT + 2] >= 1
    assert seen[CHECKS, row + 1, RESULT + 1] == 0
    assert seen[CHECKS, 5, 3] == FAILS
