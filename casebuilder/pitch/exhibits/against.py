"""What could go wrong and what we found against us, and what this reader may say with the number that answers it."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.case.library_records import Objection
from casebuilder.pitch.exhibits.bearing import borne_out
from casebuilder.pitch.exhibits.moving import cuts
from casebuilder.pitch.exhibits.weighing import Doubt, doubts, said_of
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import spelled

#: Doubts on the table, as many as one slide holds; the others stand in the speaker notes.
ROWS = 5
COLUMNS = ("What speaks against it", "How much", "What we do about it")


def against(view: View, certainty: Certainty) -> Exhibit:
    """What speaks against the run that is asked for; what would change the decision comes first."""
    found = sorted(doubts(view, certainty), key=lambda doubt: not doubt.turns)
    shown, rest = found[:ROWS], found[ROWS:]
    rows = tuple((doubt.what, doubt.much, doubt.answer) for doubt in shown)
    return Exhibit(
        "against",
        _title(view, found),
        takeaways=(*_how_likely(view, certainty), *_large_projects(view, certainty)),
        table=Table(COLUMNS, rows, emphasised=0 if shown and shown[0].turns else None) if rows else None,
        source=view.basis,
        notes=" ".join(f"{doubt.what}: {doubt.much} {doubt.answer}" for doubt in rest),
    )


def _title(view: View, found: Sequence[Doubt]) -> str:
    """That it loses money anyway; else the strongest doubt with its number."""
    npv = view.asked.npv
    if npv == 0:
        return "It returns nothing, before any doubt"
    if npv < 0:
        return f"It loses {view.text(-npv, 'money')} as counted, before any of these doubts"
    if not found:
        return f"Nothing that we computed speaks against it: it returns {view.text(npv, 'money')}"
    if found[0].turns:
        return f"The strongest doubt: {found[0].short}"
    return f"No doubt that we can count ends it alone; the strongest: {found[0].short}"


def _how_likely(view: View, certainty: Certainty) -> list[str]:
    said = said_of(view, certainty, ("rare_loss",))
    return [said] if said and view.asked.npv > 0 else []


def _large_projects(view: View, certainty: Certainty) -> tuple[str, ...]:
    """How it would end if it went as large projects did on average."""
    return cuts(view, certainty.cuts).takeaways[-1:] if view.asked.amount("pv_costs") > 0 else ()


def objections(view: View, certainty: Certainty) -> Exhibit:
    """What people in this position usually say, our answer, and the number of this case that bears it out."""
    usual = _usual(view)
    rows = tuple((one.says, one.answer, borne_out(view, certainty, one)) for one in usual)
    many = f"{spelled(len(usual))} objections" if len(usual) != 1 else "One objection"
    return Exhibit(
        "objections",
        f"{many} we expect, {'each with' if len(usual) > 1 else 'and'} what this case says to it",
        table=Table(("You may say", "Our answer", "In this case"), rows),
        source=view.basis,
        notes="Usual for this position, whoever holds it: none of it repeats what somebody said.",
    )


def _usual(view: View) -> tuple[Objection, ...]:
    """What this reader usually says; of a group the first of each member, whoever of them says it."""
    if view.has_reader:
        return library.personas()[view.persona].objections
    members = dict.fromkeys(person.persona for person in view.case.stakeholders)
    firsts = (library.personas()[member].objections[:1] for member in members if member in library.personas())
    return tuple(one for first in firsts for one in first)[:ROWS]
