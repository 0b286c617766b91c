"""The story of one stakeholder: which exhibits, in which order, under which stamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.tornado import KpiYear, tornado
from casebuilder.case import library
from casebuilder.case.library_records import ExhibitKind
from casebuilder.model.results import Results
from casebuilder.pitch import exhibits as shown
from casebuilder.pitch.records import Exhibit, Pitch
from casebuilder.pitch.view import View, stamp_of

Teller = Callable[[View, Certainty], Exhibit]
#: A promise that moves a number by less than this share of it cannot be seen in it.
SEEN = 0.005
#: Parts of a story, as a deck names them.
STORY, BACKUP = "Story", "Backup"
#: What stands behind every story, whoever reads it, after what the persona asks for.
ALWAYS: tuple[ExhibitKind, ...] = ("assumptions", "objections", "others", "sources", "method")
#: What somebody of whom nothing is asked is shown.
INFORMED: tuple[ExhibitKind, ...] = ("heads_up",)


def _must_be_true(view: View, sure: Certainty) -> Exhibit:
    """What the return rests on; to a reader with a number of their own, which promises of the investments move it."""
    promised = [each.path for each in ranges(sure.study) if each.path.startswith("initiatives[")]
    if not view.starts_with_money and promised:
        theirs = tornado(sure.study, KpiYear(view.kpi.id, view.year), promised)
        if theirs.at and any((bar.swing or 0.0) > SEEN * abs(theirs.at) for bar in theirs.bars):
            return replace(shown.tornado(view, theirs), id="must_be_true")
    return shown.must_be_true(view, sure.break_evens, sure.benefits_needed, sure.costs_bearable)


#: How each exhibit is told; nothing else is known about them here.
TOLD: dict[ExhibitKind, Teller] = {
    "decision": lambda view, _: shown.decision(view),
    "kpi": lambda view, _: shown.kpi(view),
    "benefits": lambda view, _: shown.benefits(view),
    "cash_flow": lambda view, _: shown.cash_flow(view),
    "scenarios": lambda view, _: shown.scenarios(view),
    "assumptions": lambda view, _: shown.assumptions(view),
    "verdict": lambda view, sure: shown.verdict(view, sure.verdict),
    "tornado": lambda view, sure: shown.tornado(view, sure.tornado),
    "must_be_true": _must_be_true,
    "homework": lambda view, sure: shown.homework(view, sure.homework, sure.signed_share),
    "distribution": lambda view, sure: shown.distribution(view, sure.together),
    "attribution": lambda view, sure: shown.attribution(view, sure.attribution),
    "versions": lambda view, sure: shown.versions(view, sure.options),
    "frontier": lambda view, sure: shown.frontier(view, sure.versions),
    "stages": lambda view, sure: shown.stages(view, sure.stages),
    "cuts": lambda view, sure: shown.cuts(view, sure.cuts),
    "lifetime_value": lambda view, sure: shown.lifetime_value(view, sure.lifetime),
    "value_at_stake": lambda view, sure: shown.value_at_stake(view, sure.stakes),
    "change": shown.change,
    "against": shown.against,
    "proof": shown.proof,
    "ask": shown.ask,
    "heads_up": shown.heads_up,
    "objections": shown.objections,
    "cascade": lambda view, sure: shown.cascade(view, sure.cascade),
    "readiness": lambda view, sure: shown.readiness(view, sure.readiness),
    "others": shown.others,
    "sources": shown.sources,
    "method": shown.method,
}


def pitch(results: Results, persona: str, certainty: Certainty | None = None) -> Pitch:
    """What is said to one stakeholder; KeyError where there is no such persona.

    `certainty` is that of what the decision asks for, where it is known already: several stories share one.
    """
    if persona not in library.personas():
        raise KeyError(persona)
    view = View(results, persona)
    case, sure = results.case, certainty or Certainty(results, results.asked_option)
    return Pitch(
        persona=persona,
        role=view.role,
        case_title=case.title,
        company=case.company.name,
        currency=case.company.currency,
        stamp=stamp_of(case),
        exhibits=(shown.cover(view), *_told(view, sure)),
    )


def story_of(view: View) -> tuple[tuple[ExhibitKind, ...], tuple[ExhibitKind, ...]]:
    """Ids of a stakeholder's story and of its backup, in order; a heads-up alone where nothing is asked of them."""
    if view.stakeholder is not None and view.stakeholder.part == "informed":
        return INFORMED, ()
    persona = library.personas()[view.persona]
    backup = dict.fromkeys((*persona.backup, *ALWAYS))
    return persona.story, tuple(id for id in backup if id not in persona.story)


def _told(view: View, sure: Certainty) -> Iterator[Exhibit]:
    for part, ids in zip((STORY, BACKUP), story_of(view), strict=True):
        for id in ids:
            yield replace(TOLD[id](view, sure), section=part)
