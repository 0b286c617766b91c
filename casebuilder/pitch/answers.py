"""The answers of an evaluation as one plain object, ready for JSON: the author's own view, nothing private in it."""

from __future__ import annotations

from typing import Any

from casebuilder import MODEL_VERSION
from casebuilder.case import library
from casebuilder.model.benefits import LINES
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch.plausibility import warnings


def answers(results: Results) -> dict[str, Any]:
    """Every scenario's return, flows, benefits, KPIs, checks and warnings, and each stakeholder's lines and KPIs.

    Money in the case's currency; flows have one number per period from 0, KPIs one per year; missing numbers are None.
    """
    case = results.case
    return {
        "case": case.title,
        "model_version": MODEL_VERSION,
        "currency": case.company.currency,
        "headline": case.headline,
        "scenarios": {id: _scenario(results, outcome) for id, outcome in results.scenarios.items()},
        "stakeholders": [_stakeholder(results, number) for number in range(len(case.stakeholders))],
    }


def benefit_lines(results: Results) -> dict[str, str]:
    """The benefit lines of a case by id, own ones as `custom:<name>`, with the key of the line before its share."""
    own = [f"custom:{line.name}" for line in results.case.custom_lines if line.kind == "benefit"]
    return {name: name for name in (*LINES, *own)}


def _scenario(results: Results, outcome: Outcome) -> dict[str, Any]:
    lines = benefit_lines(results)
    return {
        "npv": outcome.npv,
        "roi": outcome.roi,
        "irr": outcome.irr,
        "irr_note": outcome.irr_note,
        "payback_months": outcome.payback_months,
        "payback_state": outcome.payback_state,
        "peak_funding": outcome.number("peak_funding"),
        "pv_benefits": outcome.number("pv_benefits"),
        "pv_costs": outcome.number("pv_costs"),
        "pv_tax": outcome.number("pv_tax"),
        "value_after_horizon": outcome.number("value_after_horizon"),
        "npv_by_year": list(
            outcome.flow("npv_so_far")[
                results.case.company.periods_per_year :: results.case.company.periods_per_year
            ]
        ),
        "net": list(outcome.flow("net")),
        "costs": list(outcome.flow("costs")),
        "benefits": {name: list(outcome.flow(key)) for name, key in lines.items()},
        "headline_benefits": {name: list(outcome.flow(f"counted.{key}")) for name, key in lines.items()},
        "kpis": {
            name: {"without": list(outcome.kpi(name, "without")), "with": list(outcome.kpi(name, "with"))}
            for name in library.kpis()
        },
        "checks": [{"id": c.id, "ok": c.ok, "residual": c.residual} for c in outcome.checks],
        "warnings": [{"id": w.id, "text": w.text} for w in warnings(results, outcome)],
    }


def _stakeholder(results: Results, number: int) -> dict[str, Any]:
    stakeholder = results.case.stakeholders[number]
    kpis = stakeholder_kpis(results, stakeholder.persona)
    own = [driver.kpi for driver in stakeholder.drivers if driver.kpi in library.kpis()]
    named = list(dict.fromkeys([*own, *kpis]))
    return {
        "persona": stakeholder.persona,
        "role": stakeholder.role,
        "fit": None,
        "findings": [],
        "lines": lines_for(results, named),
        "kpis": named,
    }


def stakeholder_kpis(results: Results, persona: str) -> list[str]:
    """The KPIs that a function is usually measured on."""
    return list(library.personas()[persona].kpis)


def lines_for(results: Results, kpis: list[str]) -> list[str]:
    """The benefit lines whose levers move one of these KPIs, in the order of the lines."""
    levers = {lever for kpi in kpis for lever in library.kpis()[kpi].levers}
    lines = {library.levers()[lever].line for lever in levers}
    return [name for name in LINES if name in lines]
