"""The same choice under every scenario."""

from __future__ import annotations

from casebuilder.case import Scenario
from casebuilder.model.results import Outcome
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, Exhibit, Role, Series, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label


def scenarios(view: View) -> Exhibit:
    """What is asked for under every scenario."""
    found = [view.results.outcome(id, view.asked.option) for id in view.case.scenario_table]
    names = tuple(scenario_label(outcome.scenario) for outcome in found)
    values = tuple(outcome.npv for outcome in found)
    scale = numbers.chart_scale(values, "money")
    pays = sum(value > 0 for value in values)
    worst = min(found, key=lambda outcome: outcome.npv)
    verb = "loses" if worst.npv < 0 else "still returns"
    least = f"{inside(scenario_label(worst.scenario))} {verb} {view.text(abs(worst.npv), 'money')}"
    title = f"It pays in {pays} of {len(found)} scenarios; {least}"
    return Exhibit(
        "scenarios",
        title,
        takeaways=(
            f"The {inside(scenario_label(view.asked.scenario))} one is what we will be held to.",
            _scenario_words(view, worst.scenario),
        ),
        chart=Chart(
            "bars",
            names,
            (
                Series(
                    "Net present value", values, "programme", key=";".join(view.key("npv", o) for o in found)
                ),
            ),
            "money",
            f"Net present value, {scale.title('money', view.currency)}",
            "Bars of net present value by scenario: "
            + ", ".join(
                f"{name} {view.text(value, 'money')}" for name, value in zip(names, values, strict=True)
            )
            + ".",
            roles=tuple(bar_role(view, outcome.scenario, outcome.npv) for outcome in found),
            scale=scale.factor,
        ),
        table=Table(
            ("Scenario", "Return on cost", "Paid back after"),
            tuple(
                (
                    name,
                    view.text(o.roi, "share"),
                    paid_back(view, o),
                )
                for name, o in zip(names, found, strict=True)
            ),
            numeric=frozenset({1, 2}),
            emphasised=next((n for n, o in enumerate(found) if o.scenario == view.asked.scenario), None),
            keys=tuple(("", view.key("roi", o), view.key("payback", o)) for o in found),
        ),
        source=view.basis_of_all,
    )


def _scenario_words(view: View, id: str) -> str:
    scenario = view.case.scenario_table[id]
    effects = {
        "low": "every effect at its low end",
        "base": "effects as expected",
        "high": "every effect at its high end",
    }
    parts = [effects[scenario.effects]]
    if scenario.haircut:
        parts.append("less a risk adjustment by grade of evidence")
    return f"{scenario_label(id)} means {', '.join([*parts, *beside_effects(scenario)])}."


def beside_effects(scenario: Scenario) -> list[str]:
    """What a scenario does to costs, to timing and to all gains, each where it does anything."""
    parts = []
    if scenario.cost_factor != 1:
        parts.append(f"costs times {numbers.factor(scenario.cost_factor)}")
    if scenario.delay_months:
        parts.append(f"benefits {numbers.months(scenario.delay_months)} later")
    if scenario.benefit_factor != 1:
        parts.append(f"gains times {numbers.factor(scenario.benefit_factor)}")
    return parts


def paid_back(view: View, outcome: Outcome) -> str:
    """After how many months the money of a run is back, or why that is no number."""
    states = {"not_reached": "not reached", "no_investment": "nothing to pay back"}
    return states.get(outcome.payback_state) or view.text(outcome.payback_months, "months")


def bar_role(view: View, scenario: str, npv: float) -> Role:
    """What a scenario's bar means: harm where it loses, the case where it is the one that counts."""
    if npv < 0:
        return "harm"
    return "programme" if scenario == view.asked.scenario else "do_nothing"
