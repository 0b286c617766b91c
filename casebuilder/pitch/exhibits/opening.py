"""The first two slides: whose case it is, and the decision that is asked for."""

from __future__ import annotations

from casebuilder.analysis.certainty import Certainty
from casebuilder.model.structure import AS_SET
from casebuilder.model.worlds import WORLDS
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.asking import decided
from casebuilder.pitch.exhibits.choice import KEY
from casebuilder.pitch.exhibits.split import on_cash
from casebuilder.pitch.records import Exhibit, Figure, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, inside, option_label, scenario_label


def cover(view: View) -> Exhibit:
    """Whose case, for whom, when it is decided."""
    return Exhibit("cover", view.case.title, takeaways=(f"For the {view.role}",))


def decision(view: View, certainty: Certainty | None = None) -> Exhibit:
    """The decision asked for, or that it should not be taken; what it costs at first and what it returns.

    `certainty` knows whether a part of what does not pay does; without it only the choices of the case are compared.
    """
    asked = view.asked
    tax = "" if view.case.company.tax_rate == 0 else " after tax"
    name = "net present value" if view.starts_with_money else "returned to the company in today's money"
    worth = f"{name}{tax}, {inside(scenario_label(asked.scenario))}"
    returned = view.figure("npv", worth, "money", role_of(asked.npv))
    promises = _promises(view)
    if promises is not None:
        figures = [_on_cash(view, promises, worth), _release(view), returned, view.payback_figure()]
    elif view.starts_with_money:
        figures = [returned, _release(view), _third(view), view.payback_figure()]
    else:
        figures = [view.kpi_figure(), _release(view), returned, view.payback_figure()]
    return Exhibit(
        "decision",
        _title(view),
        takeaways=tuple(_asks(view) if asked.npv > 0 else _advice(view, certainty)),
        figures=tuple({figure.key: figure for figure in figures}.values()),
        source=view.basis,
    )


def _promises(view: View) -> float | None:
    """What is left on cash alone for a reader who counts that, where promises are a part of the return."""
    if not view.counts_cash or view.asked.npv <= 0:
        return None
    cash = on_cash(view, view.asked)
    return None if view.text(cash, "money") == view.text(view.asked.npv, "money") else cash


def _on_cash(view: View, cash: float, worth: str) -> Figure:
    key = f"{KEY}/cash/{view.asked.scenario}"
    return Figure(key, f"on cash alone: {worth}", cash, "money", view.text(cash, "money"), role=role_of(cash))


def _third(view: View) -> Figure:
    """The reader's own number beside the money; the most cash that is out where nobody's number leads."""
    return view.kpi_figure() if view.has_reader else _most_out(view)


def _most_out(view: View) -> Figure:
    return view.figure("peak_funding", "most cash out at any time", "money", "cost")


def _title(view: View) -> str:
    asked, npv = view.asked, view.text(view.asked.npv, "money")
    if asked.npv <= 0:
        return f"Do not invest in this form: {view.programme} returns {npv}"
    if not view.starts_with_money:
        return _for_their_number(view)
    cash = _promises(view)
    if cash is not None:
        return _paid_in_cash(view, cash)
    alone = " on cash alone" if view.counts_cash else ""
    pays = f"{_start(view.programme)} pays{alone}: {npv} of net present value"
    months = asked.payback_months
    return pays if months is None else f"{pays}, money back after {view.text(months, 'months')}"


def _paid_in_cash(view: View, cash: float) -> str:
    """What it returns without any promise about freed hours or smaller risks, and with those that were made."""
    whole, left = view.text(view.asked.npv, "money"), view.text(abs(cash), "money")
    if cash <= 0:
        return (
            f"{_start(view.programme)} pays only if promises are kept: {whole}; on cash alone it loses {left}"
        )
    return f"{_start(view.programme)} pays on cash alone: {left} of net present value, {whole} with what is promised"


def _for_their_number(view: View) -> str:
    """By when it is decided, and what it does to the reader's own number, in its unit; money comes later."""
    by, label = view.case.decision.by, inside(view.kpi.label)
    when = f"Decision by {day(by)}" if by else "To be decided"
    before, after = (view.text(view.kpi_value(world, view.year), view.kpi.unit) for world in WORLDS)
    if before == after:
        return f"{when}: {view.programme} leaves {label} at {after} in year {view.year}{_harm_later(view)}"
    return f"{when}: {view.programme} takes {label} from {before} to {after} in year {view.year}"


def _harm_later(view: View) -> str:
    """By how much a number that stays as it is in its year gets worse by the last one; else nothing."""
    last, kpi = view.case.company.years, view.kpi
    before, after = (view.kpi_value(world, last) for world in WORLDS)
    change = numbers.change(before, after, kpi.unit, kpi.direction, view.currency)
    return f"; by year {last} it moves by {change}" if change.endswith("worse") else ""


def _release(view: View) -> Figure:
    """What the first stage costs, before any benefit; without one the most cash that is out."""
    stage = view.case.decision.stage_1
    if stage is None or view.asked.npv <= 0:
        return _most_out(view)
    spent = view.spent_until(stage.until)
    whole = sum(view.asked.flow("costs"))
    part = f" of {view.text(whole, 'money')}" if whole > spent else ""
    label = f"to release now{part}: cost until {day(stage.until)}, before any benefit"
    return Figure(view.key("stage_1"), label, spent, "money", view.text(spent, "money"), role="cost")


def _asks(view: View) -> list[str]:
    decision, said = view.case.decision, []
    if decision.ask:
        said += [f"{decision.ask.rstrip('.')}.", *decided(view)]
    if view.stakeholder and view.stakeholder.ask:
        said.append(f"From you: {view.stakeholder.ask.rstrip('.')}.")
    whole = view.results.npv(view.case.headline, AS_SET)
    if view.asked.option != AS_SET and whole < view.asked.npv:
        verb = "would lose" if whole < 0 else "would return only"
        said.append(
            f"All investments together {verb} {view.text(abs(whole), 'money')}: we do not ask for it."
        )
    return said


def _advice(view: View, certainty: Certainty | None) -> list[str]:
    """What to do instead of what was asked for."""
    asked, options = view.asked, view.results.options
    better = max(options.values(), key=lambda option: option.npv)
    said = (
        [f"The proposal was: {view.case.decision.ask.rstrip('.')}. We advise against it."]
        if view.case.decision.ask
        else []
    )
    if better.npv > 0:
        smaller = _inside(view, better.option) < _inside(view, asked.option)
        what = "A smaller version" if smaller else "Another choice"
        said.append(f"{what} pays: {option_label(better.option)} returns {view.text(better.npv, 'money')}.")
    else:
        said.append(_no_choice_pays(view, certainty))
    said += view.doubts("requirement_off")
    return said


def _no_choice_pays(view: View, certainty: Certainty | None) -> str:
    """Where no choice of the case pays: what a part of what is asked for returns, else that nothing does."""
    part = certainty.verdict.grounds.best if certainty else 0.0
    if part > 0:
        return f"A part of it pays: the version that returns most comes to {view.text(part, 'money')}."
    return "No version in this case pays; doing nothing is the better choice today."


def _inside(view: View, option: str) -> frozenset[str]:
    """The investments that an option pays for."""
    run = view.results.option(option)
    ids = (initiative.id for initiative in view.case.initiatives)
    return frozenset(id for id in ids if run.number(f"costed[{id}]") == 1.0)


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
