"""Another engine recalculates the workbook with changed inputs: every formula cell equals a new evaluation."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import formualizer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebuilder import build
from casebuilder.case import library, load
from casebuilder.model.inputs import values
from casebuilder.model.model import evaluate
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.layout import INPUTS, SELECTED, Layout
from tests.workbook import sheets

CASES = ("tests/golden/every_lever.yaml", "tests/golden/tax_mid_late.yaml", "examples/contract_services.yaml")


@lru_cache
def opened(path: str) -> tuple[Any, Results, Layout, dict[str, float], tuple[sheets.Cell, ...]]:
    """The workbook in the other engine, what it came from, its inputs, and its formula cells on Calc selected."""
    results = build.evaluate(load(path))
    book = formualizer.load_workbook_bytes(build.workbook_file(results))
    book.evaluate_all()
    layout = Layout(results.case, results.model)
    cells = tuple(cell for cell in sheets.expected(results, layout) if cell[0] == SELECTED)
    return book, results, layout, values(results.case, results.model.shape), cells


def changeable(results: Results) -> list[str]:
    """Inputs that a person may type over."""
    closed = (
        "company.years",
        "company.periods_per_year",
        "company.mid_period",
        "technical.",
        "run.",
        "options.",
    )
    return [
        line.key for line in results.model.lines if line.shape == "input" and not line.key.startswith(closed)
    ]


def allowed(key: str) -> st.SearchStrategy[float]:
    """Values that this input may take."""
    field = key.rsplit(".", 1)[-1]
    if ".effects[" in key:
        return st.floats(-0.5, 0.5)
    if field == "effects":
        return st.sampled_from([1.0, 2.0, 3.0])
    if field in ("haircut", "enabled", "release_working_capital"):
        return st.sampled_from([0.0, 1.0])
    if field == "delay_months":
        return st.floats(0, 24)
    if key.startswith(("haircuts", "headline_shares")) or field in ("adoption", "risk_adjustment"):
        return st.floats(0, 1)
    word = library.inputs().get(field)
    low = word.lower if word is not None and word.lower is not None else 0.0
    high = word.upper if word is not None and word.upper is not None else 3.0
    if key.startswith("levers.") or key.startswith("limits."):
        return st.floats(0.01, 2.0)
    return st.floats(max(low, -0.5), high, allow_subnormal=False)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_changed_inputs_change_every_cell_alike(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(CASES))
    book, results, layout, given_values, cells = opened(path)
    keys = data.draw(st.lists(st.sampled_from(changeable(results)), min_size=1, max_size=6, unique=True))
    changed = {key: _scaled(key, data.draw(allowed(key)), given_values[key]) for key in keys}
    scenario = data.draw(st.sampled_from(results.model.shape.scenarios))
    option = data.draw(st.sampled_from(results.model.shape.options))
    _type(book, layout, changed, scenario_label(scenario), option_label(option))
    try:
        outcome = _evaluated(results, given_values | changed, scenario, option)
        want = _on_selected(results, layout, outcome)
        got = {cell: book.get_value(*cell) for cell in cells}
        large = dict.fromkeys(sheets.sizes(results, layout), _large(outcome))
        assert not sheets.disagreements(got, want, large)[:5], changed
    finally:
        _type(
            book,
            layout,
            {key: given_values[key] for key in keys},
            scenario_label(scenario),
            option_label(option),
        )


def _scaled(key: str, drawn: float, given_value: float) -> float:
    """A plain amount is drawn as a multiple of the case's own, anything with bounds as itself."""
    word = library.inputs().get(key.rsplit(".", 1)[-1])
    plain = (
        word is not None
        and word.upper is None
        and (word.lower or 0) == 0
        and not key.startswith(("levers", "limits"))
    )
    return drawn * given_value if plain and given_value else drawn


def _type(book: Any, layout: Layout, changed: dict[str, float], scenario: str, option: str) -> None:
    for key, value in changed.items():
        cell = layout.input_cell(key)
        book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.number(value))
    for kind, text in (("scenario", scenario), ("option", option)):
        cell = layout.input_cell(f"select.{kind}")
        book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.text(text))
    book.evaluate_all()


def _evaluated(results: Results, inputs: dict[str, float], scenario: str, option: str) -> Outcome:
    shape = results.model.shape
    run = {
        "run.scenario": shape.scenarios.index(scenario) + 1.0,
        "run.option": shape.options.index(option) + 1.0,
    }
    return Outcome(scenario, option, evaluate(results.model, inputs | run), 0)


def _on_selected(results: Results, layout: Layout, outcome: Outcome) -> dict[sheets.Cell, sheets.Value]:
    found: dict[sheets.Cell, sheets.Value] = {}
    for line in results.model.lines:
        if line.shape != "input":
            found |= {(SELECTED, *place): value for place, value in sheets.line_cells(line, layout, outcome)}
    return found


def _large(outcome: Outcome) -> float:
    rows = ("revenue.with", "revenue.without", "headline", "costs")
    return max(1.0, *(abs(value) for key in rows for value in outcome.flow(key)))
