"""E-mails ready to send: one number, who should confirm it, what turns on it, and room for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.analysis.homework import Task
from casebuilder.analysis.ranges import USUAL
from casebuilder.analysis.signatures import effects_by_path
from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import NOBODY, Assumed, assumed, person
from casebuilder.pitch.view import View
from casebuilder.pitch.words import day, inside

#: What the answer is written into.
FORM = ("Low:", "Likely:", "High:", "Where the number comes from:", "Your name, if you stand behind it:")


@dataclass(frozen=True)
class Request:
    """One e-mail about the assumption at `path`: to whom in words, subject and body as plain text."""

    path: str
    to: str
    subject: str
    body: str


def requests(view: View, tasks: Sequence[Task]) -> tuple[Request, ...]:
    """An e-mail for each task that moves the return, in their order; nothing that anybody told us in private."""
    named = assumed(view.case)
    return tuple(_request(view, task, named[task.path]) for task in tasks if task.swing)


def _request(view: View, task: Task, words: Assumed) -> Request:
    to = person(view.case, task.owner)
    return Request(
        task.path,
        "" if to == NOBODY else to,
        f"{view.case.title}: please confirm {words.phrase}",
        "\n\n".join(
            (_greeting(view, task.owner), _why(view, words), _what_stands(view, task, words), _reply())
        ),
    )


def _greeting(view: View, owner: str | None) -> str:
    """By name where the case knows it; an owner is often a function, which nobody is called by."""
    names = [s.name for s in view.case.stakeholders if s.persona == owner and s.name]
    return f"Dear {names[0]}," if names else "Good day,"


def _why(view: View, words: Assumed) -> str:
    decision = view.case.decision
    where = f" at {view.case.company.name}"
    if decision.by is not None:
        where += f", to be decided by {day(decision.by)}"
    return (
        f"We are preparing the business case “{view.case.title}”{where}. One of its numbers is closer to you "
        f"than to us: {words.phrase}. Would you look at it? It takes a few minutes."
    )


def _what_stands(view: View, task: Task, words: Assumed) -> str:
    return "\n".join(
        f"- {line}"
        for line in (
            f"What stands there now: {_now(view, task, words)}.",
            f"Where it comes from: {_source(view, task)}.",
            *([f"Where {_reported(task)} usually stands: {task.report}."] if task.report else ()),
            f"What turns on it: {_weight(view, task)}.",
        )
    )


def _now(view: View, task: Task, words: Assumed) -> str:
    effect, span = effects_by_path(view.case).get(task.path), words.span(task.range, view.currency)
    if effect is not None:
        of = "" if words.unit == "points" else " of today's value"
        return f"{words.text(effect.base, view.currency)}{of} once it works in full, somewhere from {span}"
    usual = f", {numbers.percent(USUAL)} down and up for want of a better range"
    now = words.text(task.range.at, view.currency)
    return f"{now}, tried from {span}{'' if task.range.stated else usual}"


def _source(view: View, task: Task) -> str:
    """What kind of number it is, and where whoever wrote it down had it from."""
    stated, effect = view.case.inputs.get(task.path), effects_by_path(view.case).get(task.path)
    if effect is not None:
        said, more = library.words().grades[effect.grade], effect.note
    else:
        said, more = library.words().statuses[task.status], stated.source if stated is not None else ""
    return f"{inside(said)}{'. ' if effect else ', source: '}{more.rstrip('.')}" if more else inside(said)


def _reported(task: Task) -> str:
    """For an effect the report shows today's value of what it moves."""
    return "today's value" if task.range.kind == "effect" else "it"


def _weight(view: View, task: Task) -> str:
    swing = view.text(task.swing, "money")
    said = f"between the low and the high value the net present value moves by {swing}"
    return f"{said}, and whether the investment pays at all" if task.flips else said


def _reply() -> str:
    form = "\n".join(FORM)
    return f"A short answer is enough, and so is the name of somebody better to ask:\n\n{form}\n\nThank you."
