"""The first two slides: whose case it is, and the decision that is asked for."""

from __future__ import annotations

from casebuilder.case import library
from casebuilder.pitch.records import Exhibit, Figure, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, option_label, scenario_label


def cover(view: View) -> Exhibit:
    """Whose case, for whom, when it is decided."""
    return Exhibit("cover", view.case.title, takeaways=(f"For the {view.role}",))


def decision(view: View) -> Exhibit:
    """The decision asked for, what it costs until the first checkpoint, and what it returns."""
    asked, case = view.asked, view.case
    npv = view.text(asked.npv, "money")
    back = view.text(asked.payback_months, "months")
    if asked.npv > 0 and asked.payback_months is not None:
        title = f"{_start(view.programme)} pays: {npv} of net present value, money back after {back}"
    elif asked.npv > 0:
        title = f"{_start(view.programme)} pays: {npv} of net present value"
    else:
        title = f"Do not invest in this form: {view.programme} returns {npv}"
    figures = [
        view.figure(
            "npv", f"net present value, {scenario_label(asked.scenario).lower()}", "money", role_of(asked.npv)
        )
    ]
    stage = case.decision.stage_1
    if stage is not None:
        spent = view.spent_until(stage.until)
        label = f"to release now: cost until {day(stage.until)}"
        figures.append(
            Figure(view.key("stage_1"), label, spent, "money", view.text(spent, "money"), role="cost")
        )
    else:
        figures.append(view.figure("peak_funding", "most cash out at any time", "money", "cost"))
    figures += [view.kpi_figure(), view.figure("payback", "until the money is back", "months")]
    return Exhibit(
        "decision",
        title,
        takeaways=tuple(_asks(view)),
        figures=tuple(figures),
        source=view.basis,
        notes=f"In thirty seconds: {title}. The numbers are on the sheet Summary of the workbook, column Selected.",
    )


def _asks(view: View) -> list[str]:
    decision, said = view.case.decision, []
    if decision.ask:
        decider = (
            library.personas()[decision.decider].title
            if decision.decider in library.personas()
            else decision.decider
        )
        parts = [decision.ask.rstrip(".")]
        parts += [f"decided by the {decider}"] if decider else []
        parts += [f"in the {decision.forum}"] if decision.forum else []
        parts += [f"by {day(decision.by)}"] if decision.by else []
        said.append(", ".join(parts) + ".")
    if view.stakeholder and view.stakeholder.ask:
        said.append(f"From you: {view.stakeholder.ask.rstrip('.')}.")
    said += _alternatives(view)
    return said


def _alternatives(view: View) -> list[str]:
    """The other choices in one sentence: the whole programme where less is asked for, or the version that pays."""
    asked, whole = view.asked, view.results.headline
    if asked.option != whole.option and whole.npv < asked.npv:
        verb = "would lose" if whole.npv < 0 else "would return only"
        return [f"Everything at once {verb} {view.text(abs(whole.npv), 'money')}: we do not ask for it."]
    better = max(view.results.options.values(), key=lambda option: option.npv)
    if asked.npv <= 0 < better.npv:
        return [
            f"A smaller version pays: {option_label(better.option)} returns {view.text(better.npv, 'money')}."
        ]
    if asked.npv <= 0:
        return ["Doing nothing is the better choice today; a pilot can find out what would change that."]
    return []


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
