"""The answers of an evaluation as one plain object, ready for JSON: the author's own view, nothing private in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebuilder import MODEL_VERSION
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Stakeholder, library
from casebuilder.model.benefits import LINES
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.findings import Finding, all_findings, of_the_case
from casebuilder.pitch.plausibility import warnings


def answers(results: Results) -> dict[str, Any]:
    """Every scenario's return, flows, benefits, KPIs, checks and warnings, each stakeholder's lines, KPIs and findings.

    Fit and findings, about people and about the case as a whole, speak of what the decision asks for. Money in the
    case's currency; flows have one number per period from 0, KPIs one per year; missing numbers are None.
    """
    case = results.case
    asked = _spoken_of(results)
    return {
        "case": case.title,
        "model_version": MODEL_VERSION,
        "currency": case.company.currency,
        "headline": case.headline,
        "scenarios": {id: _scenario(results, outcome) for id, outcome in results.scenarios.items()},
        "stakeholders": [
            _stakeholder(stakeholder, fit.value, found)
            for stakeholder, fit, found in zip(
                case.stakeholders, asked.fits, all_findings(asked), strict=True
            )
        ],
        "findings": _findings(of_the_case(asked)),
    }


def _spoken_of(results: Results) -> Certainty:
    """What fit and findings speak of: what the decision asks for; everything where nothing of that is switched on."""
    asked = Certainty(results, results.asked_option)
    return asked if asked.study.members else Certainty(results, AS_SET)


def _findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [{"id": finding.id, "kpi": finding.kpi, "text": finding.text} for finding in found]


def _scenario(results: Results, outcome: Outcome) -> dict[str, Any]:
    lines, per_year = results.benefit_lines, results.case.company.periods_per_year
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
        "npv_by_year": list(outcome.flow("npv_so_far")[per_year::per_year]),
        "net": list(outcome.flow("net")),
        "costs": list(outcome.flow("costs")),
        "benefits": {name: list(outcome.flow(name)) for name in lines},
        "headline_benefits": {name: list(outcome.flow(f"counted.{name}")) for name in lines},
        "kpis": {
            name: {"without": list(outcome.kpi(name, "without")), "with": list(outcome.kpi(name, "with"))}
            for name in library.kpis()
        },
        "checks": [{"id": c.id, "ok": c.ok, "residual": c.residual} for c in outcome.checks],
        "warnings": [{"id": w.id, "text": w.text} for w in warnings(results, outcome)],
    }


def _stakeholder(stakeholder: Stakeholder, fit: float | None, found: Iterable[Finding]) -> dict[str, Any]:
    own = [driver.kpi for driver in stakeholder.drivers if driver.kpi in library.kpis()]
    named = list(dict.fromkeys([*own, *library.personas()[stakeholder.persona].kpis]))
    return {
        "persona": stakeholder.persona,
        "role": stakeholder.role,
        "fit": fit,
        "findings": _findings(found),
        "lines": _lines_for(named),
        "kpis": named,
    }


def _lines_for(kpis: list[str]) -> list[str]:
    """The benefit lines whose levers move one of these KPIs, in the order of the lines."""
    levers = {lever for kpi in kpis for lever in library.kpis()[kpi].levers}
    lines = {library.levers()[lever].line for lever in levers}
    return [name for name in LINES if name in lines]
