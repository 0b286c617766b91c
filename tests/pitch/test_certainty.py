"""How sure we are as JSON, as blocks of numbers and in the terminal: complete, finite, and the same numbers."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from casebuilder import build
from casebuilder.analysis import results
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import load, loads
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.blocks import blocks
from casebuilder.pitch.view import View

EXAMPLES = Path(__file__).parents[2] / "examples"
KEYS = {"tornado", "break_even", "simulation", "attribution", "options", "homework", "verdict"}
BARE = """
casebuilder: 1
title: Only a table
company: {name: A, currency: USD, decision_date: 2027-01-01, years: 2, discount_rate: 0.1}
custom_lines:
  - {name: Licence, kind: cost, class: cost_out, initial: 100, by_year: [50, 50]}
  - {name: Saved, kind: benefit, class: cost_out, by_year: [60, 60]}
"""


@pytest.fixture(scope="module", params=["growth_network", "contract_services", "consumer_subscription"])
def answers(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The answers of an example, analysis included."""
    return build.answers(load(EXAMPLES / f"{request.param}.yaml"), how_sure=True)


def test_the_analysis_is_complete_and_plain_json(answers: dict[str, Any]) -> None:
    found = answers["analysis"]
    assert set(found) >= KEYS
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert set(found["tornado"][0]) == {"input", "low", "high", "npv_low", "npv_high"}
    assert found["verdict"]["id"] in ("invest", "stage", "pilot", "do_not_invest")
    assert found["verdict"]["reasons"]


def test_it_speaks_of_the_headline_with_all_switches_as_set(answers: dict[str, Any]) -> None:
    npv = answers["scenarios"][answers["headline"]]["npv"]
    found = answers["analysis"]
    assert found["simulation"]["counted"] == pytest.approx(npv, rel=1e-9)
    assert sum(found["attribution"]["shapley"].values()) == pytest.approx(npv, rel=1e-9)
    assert min(o["npv"] for o in found["options"] if not o["initiatives"]) == 0


def test_the_tornado_is_ranked_and_the_homework_too(answers: dict[str, Any]) -> None:
    swings = [abs(bar["npv_high"] - bar["npv_low"]) for bar in answers["analysis"]["tornado"]]
    assert swings == pytest.approx(sorted(swings, reverse=True), rel=1e-9)
    tasks = [task["swing"] for task in answers["analysis"]["homework"]]
    assert tasks == pytest.approx(sorted(tasks, reverse=True), rel=1e-9)
    assert all(task["email"] is not None for task in answers["analysis"]["homework"] if task["swing"])


def test_every_stakeholder_has_a_fit(answers: dict[str, Any]) -> None:
    assert all(0 <= person["fit"] <= 100 for person in answers["stakeholders"])


def test_blocks_fit_their_columns(answers: dict[str, Any]) -> None:
    found = results(load(EXAMPLES / "contract_services.yaml"))
    for block in blocks(View(found, "cfo"), Certainty(found, AS_SET)):
        assert len(block.columns) == len(block.units)
        assert all(len(row) == len(block.columns) for row in block.rows)
        assert len(block.row_units) in (0, len(block.rows))
        assert all(math.isfinite(cell) for row in block.rows for cell in row if isinstance(cell, float))


def test_a_case_without_segments_and_investments() -> None:
    found = build.answers(loads(BARE), how_sure=True)["analysis"]
    assert found["verdict"]["id"] == "do_not_invest"
    assert found["attribution"]["shapley"] == {}
    assert found["simulation"]["p10"] == pytest.approx(found["simulation"]["p90"])
    assert build.in_words(loads(BARE), how_sure=True)
