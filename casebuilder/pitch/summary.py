"""The answer of a case in a few lines of plain text, for a terminal."""

from __future__ import annotations

from casebuilder.analysis.bridge import Bridge
from casebuilder.analysis.certainty import Certainty
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import numbers
from casebuilder.pitch.changed import changed
from casebuilder.pitch.exhibits import moving
from casebuilder.pitch.exhibits.chance import distribution
from casebuilder.pitch.exhibits.choice import choice_sentence
from casebuilder.pitch.exhibits.doubt import homework, must_be_true, tornado
from casebuilder.pitch.exhibits.ruling import NAMES, reasons
from casebuilder.pitch.plausibility import warnings
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import inside, option_label, scenario_label

_PAYBACK = {"not_reached": "not paid back", "no_investment": "nothing to pay back"}


def lines(results: Results) -> list[str]:
    """Every scenario and option with its net present value, return and payback, then the doubts."""
    case = results.case
    said = [case.title, stamp_of(case).line, "", "Scenarios, all investments as set in the case"]
    said += [_line(results, scenario_label(id), outcome) for id, outcome in results.scenarios.items()]
    if results.asked_option != AS_SET:
        said += ["", f"Scenarios, {inside(option_label(results.asked_option))} (what the decision asks for)"]
        asked = {id: results.outcome(id, results.asked_option) for id in results.scenarios}
        said += [_line(results, scenario_label(id), outcome) for id, outcome in asked.items()]
    said += ["", f"Options, {inside(scenario_label(case.headline))}"]
    said += [_line(results, option_label(id), outcome) for id, outcome in results.options.items()]
    said += [
        "",
        f"Worth a look: {option_label(results.asked_option)}, {inside(scenario_label(case.headline))}",
    ]
    said += [f"  {warning.id}: {warning.text}" for warning in warnings(results, results.asked)] or [
        "  nothing"
    ]
    return said


def how_sure(view: View, certainty: Certainty) -> list[str]:
    """The verdict with its reasons, what matters most, how likely, the choices and what is to be confirmed."""
    found = certainty.verdict
    exhibits = (
        tornado(view, certainty.tornado),
        must_be_true(view, certainty.break_evens, certainty.benefits_needed, certainty.costs_bearable),
        distribution(view, certainty.together),
        homework(view, certainty.homework, certainty.signed_share),
    )
    said = ["", f"Verdict: {NAMES[found.id]}", *(f"  {text}" for text in reasons(view, found))]
    said += ["", "How sure", *(f"  {exhibit.title}" for exhibit in exhibits)]
    return [*said, "", "Choices", *(f"  {choice_sentence(view, choice)}" for choice in certainty.options)]


def steps(view: View, found: Bridge) -> list[str]:
    """From one case to another: where the return was, each change that moved it, where it is, what moved nothing."""
    named, currency = changed(found.before, found.after), view.currency
    said = [
        moving.bridge(view, found).title,
        "",
        f"  {'Before':<60} {numbers.money(found.start, currency):>14}",
    ]
    for step in found.steps:
        amount = numbers.money(step.amount, currency, signed=True)
        said.append(f"  {named[step.path].name[:60]:<60} {amount:>14}")
    said.append(f"  {'Now':<60} {numbers.money(found.end, currency):>14}")
    if found.silent:
        said += ["", f"Changes that move nothing: {', '.join(named[path].name for path in found.silent)}"]
    return said


def _line(results: Results, name: str, outcome: Outcome) -> str:
    npv = numbers.money(outcome.npv, results.case.company.currency)
    roi = numbers.percent(outcome.roi)
    payback = (
        _PAYBACK.get(outcome.payback_state) or f"paid back after {numbers.months(outcome.payback_months)}"
    )
    return f"  {name:<24} net present value {npv:>12}, return on cost {roi:>7}, {payback}"
