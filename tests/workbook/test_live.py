"""Another engine recalculates the workbook with inputs typed over: every formula cell equals a new evaluation."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import formualizer
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from casebuilder import build
from casebuilder.case import Case, CaseError, load, loads
from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.book import EDITED, FAILS
from casebuilder.workbook.layout import INPUTS, MASTER, SELECTED, SUMMARY, Layout
from casebuilder.workbook.outside import outside
from tests.agreement.random_cases import random_case
from tests.workbook import sheets, typed

CASES = ("tests/golden/every_lever.yaml", "tests/golden/tax_mid_late.yaml", "examples/contract_services.yaml")
EXAMPLES = sorted(Path("examples").glob("*.yaml"))
#: The longest random case, in periods: the engine takes seconds for a workbook of five years.
LONGEST = 12
FEW = max(5, settings.default.max_examples // 5)
PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class Opened:
    """A workbook in the other engine, what it came from, and its inputs."""

    def __init__(self, case: Case) -> None:
        self.results = build.evaluate(case)
        self.layout = Layout(case, self.results.model)
        self.content = typed.rendered(self.results)
        self.book: Any = formualizer.load_workbook_bytes(self.content.getvalue())
        self.book.evaluate_all()
        beside = {each.key: each.value for block in outside(case).values() for each in block}
        self.inputs = values(case, self.results.model.shape) | beside

    def type(self, changed: Mapping[str, float], scenario: str, option: str) -> None:
        """Type numbers over inputs, select a scenario and an option, and recalculate."""
        self.put(changed, scenario, option)
        self.book.evaluate_all()

    def put(self, changed: Mapping[str, float], scenario: str, option: str) -> None:
        """The same without recalculating."""
        for key, value in changed.items():
            self._set(key, formualizer.LiteralValue.number(value))
        self._set("select.scenario", formualizer.LiteralValue.text(scenario_label(scenario)))
        self._set("select.option", formualizer.LiteralValue.text(option_label(option)))

    def _set(self, key: str, value: Any) -> None:
        cell = self.layout.input_cell(key)
        self.book.set_value(INPUTS, cell.row + 1, cell.column + 1, value)

    def shown(self, cells: Any) -> dict[sheets.Cell, Any]:
        """What the engine computes for cells."""
        return {cell: self.book.get_value(*cell) for cell in cells}


@lru_cache
def opened(path: str) -> Opened:
    """The workbook of a case file, opened once."""
    return Opened(load(path))


@st.composite
def edits(draw: st.DrawFn, book: Opened, most: int) -> tuple[dict[str, float], str, str]:
    """Some inputs with values that the sheet allows, and what is selected."""
    keys = draw(
        st.lists(st.sampled_from(typed.open_inputs(book.results)), min_size=1, max_size=most, unique=True)
    )
    changed = {key: draw(typed.allowed(book.results, key, book.inputs[key])) for key in keys}
    shape = book.results.model.shape
    return changed, draw(st.sampled_from(shape.scenarios)), draw(st.sampled_from(shape.options))


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_typed_every_sheet_of_an_example_shows_what_is_stored(path: Path) -> None:
    book = opened(str(path))
    book.type({}, book.results.case.headline, book.results.asked_option)
    assert not _wrong(book, book.results, set())[:5]


@settings(suppress_health_check=PATIENT)
@given(data=st.data())
def test_what_is_typed_changes_every_cell_of_calc_selected_alike(data: st.DataObject) -> None:
    book = opened(data.draw(st.sampled_from(CASES)))
    changed, scenario, option = data.draw(edits(book, 6))
    results = _evaluated(book, changed, scenario, option)
    try:
        book.type(changed, scenario, option)
        want = sheets.of_one_sheet(SELECTED, results, book.layout, results.asked)
        large = sheets.sizes(results, book.layout)
        assert not sheets.disagreements(book.shown(want), want, large)[:5], changed
    finally:
        book.put({key: book.inputs[key] for key in changed}, scenario, option)


@pytest.mark.slow
@settings(max_examples=FEW, suppress_health_check=PATIENT)
@given(seed=st.integers(0, 10**9), data=st.data())
def test_what_is_typed_into_a_random_case_shows_on_every_sheet(seed: int, data: st.DataObject) -> None:
    """The recalculated old workbook shows what a new workbook of the edited case stores, but for what is stamped."""
    book = Opened(small_case(seed))
    assert not _wrong(book, book.results, set())[:5]
    changed, scenario, option = data.draw(edits(book, 6))
    results = _evaluated(book, changed, scenario, option)
    book.type(changed, scenario, option)
    stamped = typed.since_export(book.content)
    assert not _wrong(book, results, stamped)[:5], changed


def small_case(seed: int) -> Case:
    """A random case of few periods."""
    for number in range(seed, seed + 1000):
        data = random_case(random.Random(number))
        if data["company"]["years"] * data["company"]["periods_per_year"] <= LONGEST:
            break
    return loads(yaml.safe_dump(data, sort_keys=False), "random.yaml")


def _evaluated(book: Opened, changed: Mapping[str, float], scenario: str, option: str) -> typed.Typed:
    """The results that follow; an edit that no computer can hold the amounts of is left out."""
    try:
        found = typed.typed(book.results, changed, scenario, option)
    except CaseError:
        assume(False)
        raise
    assume(math.isfinite(sheets.size_of(found)))
    return found


def _wrong(book: Opened, results: Results, stamped: set[sheets.Cell]) -> list[str]:
    """Cells of every sheet that show something else than a new workbook stores; its formulas are the same."""
    fresh = typed.rendered(results)
    written, stored = sheets.stored_formulas(fresh), sheets.cached(fresh)
    assert written == sheets.stored_formulas(book.content)
    want = {cell: stored.get(cell) for cell in written if cell not in stamped}
    large = sheets.sizes(results, book.layout)
    return sheets.disagreements(book.shown(want), want, large, sheets.size_of(results))


def test_the_light_says_that_inputs_were_edited_and_no_check_fails() -> None:
    book = opened(CASES[-1])
    sheet, _, place = MASTER.partition("!")
    column, row = place.strip("$").split("$")
    at = (sheet, int(row), ord(column) - ord("A") + 1)
    key = "company.discount_rate"
    scenario, option = book.results.case.headline, book.results.asked_option
    try:
        book.type({key: book.inputs[key] + 0.02}, scenario, option)
        assert book.book.get_value(*at) == EDITED
    finally:
        book.type({key: book.inputs[key]}, scenario, option)
    assert book.book.get_value(*at) not in (EDITED, FAILS)


def test_a_typed_formula_that_lies_is_noticed() -> None:
    """The comparison can fail: one formula cell of Summary replaced by a number that is a thousandth off."""
    book = Opened(small_case(7))
    written = (cell for cell in sheets.stored_formulas(book.content) if cell[0] == SUMMARY)
    cell = next(cell for cell in written if isinstance(book.book.get_value(*cell), float))
    number = book.book.get_value(*cell) * 1.001 + 1.0
    book.book.set_value(*cell, formualizer.LiteralValue.number(number))
    book.book.evaluate_all()
    assert _wrong(book, book.results, set())


def test_typed_results_are_those_of_a_new_case() -> None:
    """Typing over and writing it into the case file give the same net present value."""
    path = CASES[-1]
    case = load(path)
    rate = case.company.discount_rate
    results = build.evaluate(case)
    found = typed.typed(results, {"company.discount_rate": rate + 0.01}, case.headline, results.asked_option)
    company = case.company.model_copy(update={"discount_rate": rate + 0.01})
    again = build.evaluate(case.model_copy(update={"company": company}))
    assert found.asked.npv == again.asked.npv != results.asked.npv
    assert isinstance(typed.rendered(found), io.BytesIO)
