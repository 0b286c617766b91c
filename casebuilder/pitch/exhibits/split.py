"""The money at one glance: each scenario's return, how much of it is cash alone, what stands beside it uncounted."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.cash import cash_only
from casebuilder.analysis.study import in_force, study
from casebuilder.model.results import Outcome
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.cash import cash_flow
from casebuilder.pitch.exhibits.choice import KEY
from casebuilder.pitch.exhibits.futures import bar_role, paid_back
from casebuilder.pitch.records import Chart, Exhibit, Series, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label

#: What stands beside the return without being in it, and what people read for it.
BESIDE = {
    "pv_capacity_not_counted": "Freed capacity, not counted",
    "pv_risk_not_counted": "Smaller risk, not counted",
}


def money(view: View) -> Exhibit:
    """What is asked for under every scenario: the return, cash apart from promises, and what is not counted."""
    found = [view.results.outcome(id, view.asked.option) for id in view.case.scenario_table]
    cash = [on_cash(view, outcome) for outcome in found]
    counted = next(n for n, outcome in enumerate(found) if outcome.scenario == view.asked.scenario)
    beside = [key for key in BESIDE if any(outcome.amount(key) for outcome in found)]
    columns = ("Scenario", "On cash alone", *(BESIDE[key] for key in beside), "Money back")
    return Exhibit(
        "money",
        _title(view, found, cash[counted]),
        takeaways=(f"{cash_flow(view).title}.", _promised(view, cash[counted]), *_beside(view, beside)),
        chart=_chart(view, found),
        table=Table(
            columns,
            tuple(_row(view, outcome, amount, beside) for outcome, amount in zip(found, cash, strict=True)),
            numeric=frozenset(range(1, len(columns))),
            emphasised=counted,
            keys=tuple(_keys(view, outcome, beside) for outcome in found),
        ),
        source=view.basis_of_all,
    )


def on_cash(view: View, outcome: Outcome) -> float:
    """The net present value of a run where nobody turns freed hours or a smaller risk into money."""
    counted = in_force(study(view.case, outcome.scenario, outcome.option))
    return counted.npv(cash_only(counted))


def _title(view: View, found: Sequence[Outcome], cash: float) -> str:
    """What it returns, what of it is cash, and what the worst scenario comes to."""
    npv, worst = view.asked.npv, min(found, key=lambda outcome: outcome.npv)
    whole, sure = view.text(npv, "money"), view.text(cash, "money")
    part = f"{sure} of it" if cash > 0 else f"but {sure}"
    of_it = f"{'all of it' if sure == whole else part} on cash alone"
    end = ""
    if worst.scenario != view.asked.scenario:
        verb = "loses" if worst.npv < 0 else "still returns"
        end = f"; {inside(scenario_label(worst.scenario))} {verb} {view.text(abs(worst.npv), 'money')}"
    if npv < 0:
        return f"It loses {view.text(-npv, 'money')}{end}"
    return f"It returns {whole}, {of_it}{end}"


def _promised(view: View, cash: float) -> str:
    """What the return owes to promises about freed hours and smaller risks."""
    more = view.asked.npv - cash
    if view.text(view.asked.npv, "money") == view.text(cash, "money"):
        return "Nothing in the return rests on a promise about freed hours or a smaller risk."
    what = "freed hours or a smaller risk that somebody promised to turn into money"
    return f"{view.text(more, 'money')} of the return comes from {what}."


def _beside(view: View, beside: Sequence[str]) -> tuple[str, ...]:
    """What is not counted and stands beside the return, where there is any."""
    amounts = [(view.asked.amount(key), BESIDE[key].partition(",")[0]) for key in beside]
    said = [f"{view.text(amount, 'money')} of {inside(what)}" for amount, what in amounts if amount > 0]
    return (f"Beside the return and never added to it: {' and '.join(said)}.",) if said else ()


def _chart(view: View, found: Sequence[Outcome]) -> Chart:
    names, values = tuple(scenario_label(o.scenario) for o in found), tuple(o.npv for o in found)
    scale = numbers.chart_scale(values, "money")
    said = (f"{name} {view.text(value, 'money')}" for name, value in zip(names, values, strict=True))
    return Chart(
        "bars",
        names,
        (Series("Net present value", values, "programme", key=";".join(view.key("npv", o) for o in found)),),
        "money",
        f"Net present value, {scale.title('money', view.currency)}",
        f"Bars of net present value by scenario: {', '.join(said)}.",
        roles=tuple(bar_role(view, o.scenario, o.npv) for o in found),
        scale=scale.factor,
    )


def _row(view: View, outcome: Outcome, cash: float, beside: Sequence[str]) -> tuple[str, ...]:
    amounts = (view.text(outcome.amount(key), "money") for key in beside)
    return (scenario_label(outcome.scenario), view.text(cash, "money"), *amounts, paid_back(view, outcome))


def _keys(view: View, outcome: Outcome, beside: Sequence[str]) -> tuple[str, ...]:
    amounts = (view.key(key, outcome) for key in beside)
    return ("", f"{KEY}/cash/{outcome.scenario}", *amounts, view.key("payback", outcome))
