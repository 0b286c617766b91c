"""The answers of an evaluation: exactly the documented shape, plain numbers, the same numbers as Results."""

import itertools
import json
import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import MODEL_VERSION
from casebuilder.case import library
from casebuilder.model.benefits import LINES
from casebuilder.model.checks import CHECKS
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.model.results import CASE_LINES, IRR_NOTES, PAYBACK_STATES, Results
from casebuilder.pitch.answers import answers
from casebuilder.pitch.plausibility import RULES
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, flows, run, small
from tests.pitch.saying import texts

TOP = ["case", "model_version", "currency", "headline", "scenarios", "stakeholders", "findings"]
NUMBERS = [
    *("npv", "roi", "irr", "payback_months", "peak_funding"),
    *("pv_benefits", "pv_costs", "pv_tax", "value_after_horizon"),
]
SCENARIO = [
    *("npv", "roi", "irr", "irr_note", "payback_months", "payback_state", "peak_funding"),
    *("pv_benefits", "pv_costs", "pv_tax", "value_after_horizon", "npv_by_year"),
    *("net", "costs", "benefits", "headline_benefits", "kpis", "checks", "warnings"),
]
STAKEHOLDER = ["persona", "role", "fit", "findings", "lines", "kpis"]
#: Returns that are always a number.
ALWAYS = {"npv", "peak_funding", "pv_benefits", "pv_costs", "pv_tax", "value_after_horizon"}


def plain(value: Any) -> bool:
    """Only what JSON knows: no numpy, no tuple, no infinity."""
    if isinstance(value, dict):
        return all(type(key) is str and plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(plain(inner) for inner in value)
    if type(value) is float:
        return math.isfinite(value)
    return value is None or type(value) in (str, bool, int)


def check(results: Results) -> dict[str, Any]:
    """The answers, once their shape was checked from end to end."""
    case, said = results.case, answers(results)
    years, periods = case.company.years, case.periods
    assert list(said) == TOP
    assert plain(said)
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert (said["case"], said["currency"]) == (case.title, case.company.currency)
    assert said["model_version"] == MODEL_VERSION
    assert said["headline"] in said["scenarios"]
    assert list(said["scenarios"]) == list(case.scenario_table)
    own = [f"custom:{line.name}" for line in case.custom_lines if line.kind == "benefit"]
    for id, scenario in said["scenarios"].items():
        assert list(scenario) == SCENARIO
        for key in NUMBERS:
            assert type(scenario[key]) is float or (scenario[key] is None and key not in ALWAYS), key
        assert len(scenario["npv_by_year"]) == years
        assert len(scenario["net"]) == len(scenario["costs"]) == periods + 1
        for table in ("benefits", "headline_benefits"):
            assert list(scenario[table]) == [*LINES, *own]
            for row in scenario[table].values():
                assert [type(value) for value in row] == [float] * (periods + 1)
        assert list(scenario["kpis"]) == list(library.kpis())
        for kpi, worlds in scenario["kpis"].items():
            assert list(worlds) == ["without", "with"]
            assert [len(row) for row in worlds.values()] == [years, years]
            if kpi in OF_THE_CASE:
                key = CASE_LINES[kpi]
                assert worlds == {"without": [None] * years, "with": [scenario[key]] * years}
        assert [found["id"] for found in scenario["checks"]] == list(CHECKS)
        for found in scenario["checks"]:
            assert list(found) == ["id", "ok", "residual"]
            assert found["ok"] is True
        for warning in scenario["warnings"]:
            assert list(warning) == ["id", "text"]
            assert warning["id"] in RULES
        check_numbers(results, id, scenario)
    assert [list(person) for person in said["stakeholders"]] == [STAKEHOLDER] * len(case.stakeholders)
    return said


def check_numbers(results: Results, id: str, scenario: dict[str, Any]) -> None:
    """What must follow from the numbers themselves."""
    outcome, scale = results.scenario(id), max(1.0, *map(abs, scenario["net"]))
    assert scenario["npv"] == outcome.npv
    assert scenario["npv"] == pytest.approx(scenario["npv_by_year"][-1], abs=1e-9 * scale)
    parts = scenario["pv_benefits"] - scenario["pv_costs"] - scenario["pv_tax"]
    assert scenario["npv"] == pytest.approx(parts, abs=1e-9 * scale * len(scenario["net"]))
    lowest = min(itertools.accumulate(scenario["net"]))
    assert scenario["peak_funding"] == pytest.approx(max(0.0, -lowest), abs=1e-9 * scale)
    factor = outcome.flow("factor")
    for total, row in (("npv", "net"), ("pv_costs", "costs")):
        summed = math.fsum(a * b for a, b in zip(scenario[row], factor, strict=True))
        assert scenario[total] == pytest.approx(summed, abs=1e-8 * scale)
    headline = [math.fsum(column) for column in zip(*scenario["headline_benefits"].values(), strict=True)]
    assert list(outcome.flow("headline")) == pytest.approx(headline, abs=1e-9 * max(1, *map(abs, headline)))
    assert scenario["irr_note"] in IRR_NOTES.values()
    assert (scenario["irr"] is None) == (scenario["irr_note"] is not None)
    assert scenario["payback_state"] in PAYBACK_STATES.values()
    assert (scenario["payback_months"] is None) == (scenario["payback_state"] != "reached")
    assert (scenario["roi"] is None) == (scenario["pv_costs"] == 0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    said = check(example(name))
    assert said["stakeholders"]


@few(0.4)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    check(run(random_case(random.Random(seed))))


@pytest.mark.parametrize("net", [[-100.0, 50.0, 99.0], [0.0], [0.0, -1.0]], ids=str)
def test_custom_lines_alone(net: list[float]) -> None:
    """No segment: nobody to lose, nothing to serve; what divides by them is no number."""
    said = check(run(flows(net if len(net) > 1 else [net[0], 0.0])))
    (scenario,) = said["scenarios"].values()
    assert scenario["kpis"]["churn_rate"]["with"][0] is None
    assert scenario["kpis"]["revenue"]["with"][0] == 0
    assert scenario["benefits"]["custom:Net"][0] == net[0]


def test_a_stakeholder_s_lines_and_kpis() -> None:
    people = [
        {"persona": "sales", "role": "CRO", "drivers": [{"kpi": "churn_rate"}, {"kpi": "win_rate"}]},
        {"persona": "service", "drivers": [{"kpi": "other", "name": "Smiles", "unit": "count"}]},
    ]
    said = answers(run(small(stakeholders=people)))["stakeholders"]
    assert [(s["persona"], s["role"], s["fit"]) for s in said] == [
        ("sales", "CRO", 0.0),
        ("service", "", 0.0),
    ]
    every = [finding for person in said for finding in person["findings"]]
    assert every
    assert all(list(finding) == ["id", "kpi", "text"] for finding in every)
    usual = library.personas()["sales"].kpis
    assert said[0]["kpis"][:2] == ["churn_rate", "win_rate"]
    assert set(said[0]["kpis"]) == {"churn_rate", *usual}
    assert len(said[0]["kpis"]) == len(set(said[0]["kpis"]))
    assert {"retention", "win_rate"} <= set(said[0]["lines"])
    assert "other" not in said[1]["kpis"]
    for person in said:
        assert [line for line in LINES if line in person["lines"]] == person["lines"]


def test_names_are_given_as_they_are() -> None:
    """Whatever a company calls its things; JSON carries it."""
    title = 'Größe "zählt" \\ 大事 \U0001f600'
    data = small(title=title)
    data["custom_lines"] = [
        {"name": f"A;b+c/{title}", "kind": "benefit", "class": "margin", "by_year": [1.0, 2.0]}
    ]
    said = check(run(data))
    assert said["case"] == title
    assert sum(said["scenarios"]["base"]["benefits"][f"custom:A;b+c/{title}"]) == pytest.approx(3)
    assert title in list(texts(said))
