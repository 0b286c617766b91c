"""The five lines with which a reader passes a case on: plain text, written so that anybody may read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch import exhibits
from casebuilder.pitch.exhibits.asking import decided
from casebuilder.pitch.story import is_informed
from casebuilder.pitch.together import COMMITTEE, Together
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import day, inside, plain_text, scenario_label

#: What the line says already.
STRONGEST = "The strongest doubt: "


@dataclass(frozen=True)
class Forwarding:
    """An e-mail without a greeting; lines: decision, what it changes, money, doubt and checkpoint, what is asked."""

    subject: str
    lines: tuple[str, str, str, str, str]

    @property
    def body(self) -> str:
        """The lines, one below the other."""
        return "\n".join(self.lines)

    @property
    def text(self) -> str:
        """Subject and lines as a file of plain text."""
        return f"Subject: {self.subject}\n\n{self.body}\n"


def forwarding(results: Results, persona: str, certainty: Certainty | None = None) -> Forwarding:
    """The e-mail for one stakeholder, or those who decide together, to pass on; KeyError for no such persona.

    `certainty` is that of what the decision asks for, where it is known already.
    """
    sure = certainty or Certainty(results, results.asked_option)
    if persona == COMMITTEE:
        view = Together(results)
        changes = f"For customers: {exhibits.change(view, sure).title}."
        return _written(view, sure, changes, f"Asked: {inside(exhibits.asks(view, sure).title)}.")
    if persona not in library.personas():
        raise KeyError(persona)
    theirs = View(results, persona)
    number = f"For the {theirs.role}: {exhibits.kpi(theirs).title}."
    return _written(theirs, sure, number, _asked(theirs, sure))


def _written(view: View, sure: Certainty, changes: str, asked: str) -> Forwarding:
    return Forwarding(_subject(view), (_decision(view), changes, _money(view), _doubt(view, sure), asked))


def _subject(view: View) -> str:
    title, by = plain_text(view.case.title), view.case.decision.by
    if view.asked.npv <= 0:
        return f"{title}: we advise against it in this form"
    return f"{title}: decision by {day(by)}" if by else f"{title}: for decision"


def _decision(view: View) -> str:
    """What is asked, and who decides by when; where it does not pay, that we advise against it."""
    ask = plain_text(view.case.decision.ask)
    pays = view.asked.npv > 0 and bool(ask)
    said = inside(ask) if pays else exhibits.decision(Together(view.results)).title
    return " ".join([f"Decision: {said}.", *decided(view, to_them=False)])


def _money(view: View) -> str:
    """The return with its scenario, the version stamp, and how many starting values are still in it."""
    scenario = inside(scenario_label(view.asked.scenario))
    told = ", ".join(filter(None, (scenario, view.starting, f"version {stamp_of(view.case).fingerprint}")))
    return f"Money ({told}): {exhibits.money(view).title}. {exhibits.cash_flow(view).title}."


def _doubt(view: View, sure: Certainty) -> str:
    doubt = inside(exhibits.against(view, sure).title.removeprefix(STRONGEST))
    return f"Doubt and checkpoint: {doubt}. {exhibits.proof(view, sure).title}."


def _asked(view: View, sure: Certainty) -> str:
    """What is asked of the one who passes it on, by name of their role, and by when."""
    if is_informed(view):
        return f"Asked: nothing of the {view.role}."
    title = re.sub(r"\byou\b", lambda _: f"the {view.role}", exhibits.ask(view, sure).title)
    by = view.case.decision.by
    when = f", by {day(by)}" if by is not None and view.asked.npv > 0 and day(by) not in title else ""
    return f"Asked: {inside(title)}{when}."
