"""How sure we are as one plain object, ready for JSON: the numbers of every study and the words of the verdict."""

from __future__ import annotations

from typing import Any

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.homework import Task
from casebuilder.analysis.simulation import Simulation
from casebuilder.pitch.exhibits.choice import choice_label, choice_sentence
from casebuilder.pitch.exhibits.ruling import reasons
from casebuilder.pitch.requests import requests
from casebuilder.pitch.view import View


def analysis(view: View, certainty: Certainty) -> dict[str, Any]:
    """Everything under `analysis` of the answers: money in the case's currency, missing numbers None."""
    cuts = certainty.cuts
    return {
        "tornado": [
            {
                "input": bar.range.path,
                "low": bar.range.low,
                "high": bar.range.high,
                "npv_low": bar.at_low,
                "npv_high": bar.at_high,
            }
            for bar in certainty.tornado.bars
        ],
        "break_even": [
            {"input": each.range.path, "today": each.range.at, "value": each.value, "room": each.room}
            for each in certainty.break_evens
        ],
        "benefits_needed": certainty.benefits_needed,
        "costs_bearable": certainty.costs_bearable,
        "signed_share": certainty.signed_share,
        "simulation": _simulation(certainty.simulation),
        "simulation_together": _simulation(certainty.together),
        "attribution": {
            "shapley": dict(certainty.attribution.values),
            "without_it": dict(certainty.attribution.without_it),
            "error": dict(certainty.attribution.error) if certainty.attribution.error else None,
        },
        "options": _options(view, certainty),
        "stages": _stages(certainty),
        "cuts": [{"cut": step.cut.kind, "npv": step.npv, "step": step.step} for step in cuts.steps],
        "lifetime_value": _lifetime(certainty),
        "at_stake": _stakes(certainty),
        "homework": _homework(view, certainty.homework),
        "verdict": {"id": certainty.verdict.id, "reasons": list(reasons(view, certainty.verdict))},
    }


def _simulation(found: Simulation) -> dict[str, Any]:
    payback = found.payback
    return {
        "p10": found.npv.p10,
        "p50": found.npv.p50,
        "p90": found.npv.p90,
        "mean": found.mean,
        "deviation": found.deviation,
        "probability_of_loss": found.probability_of_loss,
        "value_at_risk": found.value_at_risk,
        "expected_shortfall": found.expected_shortfall,
        "expected": found.expected,
        "counted": found.counted,
        "payback": {"p10": payback.p10, "p50": payback.p50, "p90": payback.p90} if payback else None,
        "share_paid_back": found.share_paid_back,
        "draws": found.settings.draws,
        "seed": found.settings.seed,
        "shape": found.settings.shape,
        "low_and_high_are": found.settings.ends,
        "algorithm": found.algorithm,
        "standard_error": {
            "mean": found.convergence.mean,
            "p50": found.convergence.p50,
            "probability_of_loss": found.convergence.probability_of_loss,
        },
        "converged": found.convergence.known,
    }


def _options(view: View, certainty: Certainty) -> list[dict[str, Any]]:
    return [
        {
            "id": choice.id,
            "name": choice_label(choice),
            "initiatives": list(choice.initiatives),
            "npv": choice.npv,
            "npv_on_cash": choice.npv_on_cash,
            "cost": choice.cost,
            "first_year_cash": choice.first_year_cash,
            "payback_months": choice.payback_months,
            "text": choice_sentence(view, choice),
        }
        for choice in certainty.options
    ]


def _stages(certainty: Certainty) -> list[dict[str, Any]]:
    return [
        {
            "month": stage.month,
            "gates": list(stage.gates),
            "spent": stage.spent,
            "loss_if_stopped": stage.loss_if_stopped,
            "to_spend": stage.to_spend,
            "worth_of_going_on": stage.worth_of_going_on,
        }
        for stage in certainty.stages
    ]


def _lifetime(certainty: Certainty) -> list[dict[str, Any]]:
    return [
        {"segment": each.segment, "year": each.year, "without": each.without, "with": each.with_}
        for each in certainty.lifetime
    ]


def _stakes(certainty: Certainty) -> list[dict[str, Any]]:
    return [
        {"segment": stake.segment, "stage": stake.stage, "customers": stake.customers, "value": stake.value}
        for stake in certainty.stakes
    ]


def _homework(view: View, tasks: tuple[Task, ...]) -> list[dict[str, Any]]:
    ready = {request.path: request for request in requests(view, tasks)}
    return [
        {
            "input": task.path,
            "owner": task.owner,
            "report": task.report,
            "status": task.status,
            "swing": task.swing,
            "flips": task.flips,
            "email": {"subject": ready[task.path].subject, "body": ready[task.path].body}
            if task.path in ready
            else None,
        }
        for task in tasks
    ]
