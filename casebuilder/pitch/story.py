"""The story of one stakeholder: which exhibits, in which order, under which stamp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.tornado import KpiYear, tornado
from casebuilder.case import library
from casebuilder.case.library_records import ExhibitKind
from casebuilder.model.results import Results
from casebuilder.pitch import exhibits as shown
from casebuilder.pitch.exhibits.bearing import WAIT, begun_later
from casebuilder.pitch.explained import linked
from casebuilder.pitch.records import Exhibit, Pitch
from casebuilder.pitch.speaking import spoken
from casebuilder.pitch.starting import marked
from casebuilder.pitch.together import COMMITTEE, Together
from casebuilder.pitch.view import View, stamp_of

Teller = Callable[[View, Certainty], Exhibit]
Tellers = dict[ExhibitKind, Teller]
Ids = Sequence[ExhibitKind]
#: A promise that moves a number by less than this share of it cannot be seen in it.
SEEN = 0.005
#: Exhibits of a story on which every starting value is called one.
UNSAID = 3
#: Parts of a story, as a deck names them.
STORY, BACKUP = "Story", "Backup"
#: What stands behind every story, whoever reads it, after what the persona asks for.
ALWAYS: tuple[ExhibitKind, ...] = (
    "roadmap",
    "readiness",
    "assumptions",
    "objections",
    "others",
    "lifetime_value",
    "sources",
    "method",
)
#: What somebody of whom nothing is asked is shown.
INFORMED: tuple[ExhibitKind, ...] = ("heads_up",)


def _must_be_true(view: View, sure: Certainty) -> Exhibit:
    """What the return rests on; to a reader with a number of their own, which promises of the investments move it."""
    promised = [each.path for each in ranges(sure.study) if each.path.startswith("initiatives[")]
    if not view.starts_with_money and promised:
        theirs = tornado(sure.study, KpiYear(view.kpi.id, view.year), promised)
        if theirs.at and any((bar.swing or 0.0) > SEEN * abs(theirs.at) for bar in theirs.bars):
            told, needed = shown.tornado(view, theirs), needed_to_pay(view, sure)
            return replace(told, id="must_be_true", takeaways=(f"{needed.title}.", *told.takeaways))
    return needed_to_pay(view, sure)


def needed_to_pay(view: View, sure: Certainty) -> Exhibit:
    """What the return rests on, whoever reads it."""
    return shown.must_be_true(view, sure.break_evens, sure.benefits_needed, sure.costs_bearable)


#: How each exhibit is told; nothing else is known about them here.
TOLD: Tellers = {
    "decision": shown.decision,
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
    "versions": lambda view, sure: shown.versions(view, sure.options, begun_later(view, sure), WAIT),
    "frontier": lambda view, sure: shown.frontier(view, sure.versions),
    "stages": lambda view, sure: shown.stages(view, sure.stages),
    "cuts": lambda view, sure: shown.cuts(view, sure.cuts),
    "lifetime_value": lambda view, sure: shown.lifetime_value(view, sure.lifetime),
    "value_at_stake": lambda view, sure: shown.value_at_stake(view, sure.stakes),
    "change": shown.change,
    "against": shown.against,
    "proof": shown.proof,
    "ask": shown.ask,
    "asks": shown.asks,
    "roadmap": lambda view, _: shown.roadmap(view),
    "money": lambda view, _: shown.money(view),
    "heads_up": shown.heads_up,
    "objections": shown.objections,
    "cascade": lambda view, sure: shown.cascade(view, sure.cascade),
    "readiness": lambda view, sure: shown.readiness(view, sure.readiness),
    "others": shown.others,
    "sources": shown.sources,
    "method": shown.method,
}


def pitch(results: Results, persona: str, certainty: Certainty | None = None) -> Pitch:
    """What is said to one stakeholder, or to those who decide together; KeyError where there is no such persona.

    `certainty` is that of what the decision asks for, where it is known already: several stories share one.
    """
    if persona == COMMITTEE:
        return committee(results, certainty)
    if persona not in library.personas():
        raise KeyError(persona)
    view = View(results, persona)
    return _told(view, certainty or Certainty(results, results.asked_option), TOLD, *story_of(view))


def committee(results: Results, certainty: Certainty | None = None) -> Pitch:
    """What is said to those who decide together, led by nobody's own number; `certainty` as for `pitch`."""
    shown_to, sure = library.committee(), certainty or Certainty(results, results.asked_option)
    return _told(Together(results), sure, TOGETHER, shown_to.story, shown_to.backup)


def is_informed(view: View) -> bool:
    """Whether nothing is asked of the reader, who is only told."""
    return view.stakeholder is not None and view.stakeholder.part == "informed"


def story_of(view: View) -> tuple[tuple[ExhibitKind, ...], tuple[ExhibitKind, ...]]:
    """Ids of a stakeholder's story and of its backup, in order; a heads-up alone where nothing is asked of them."""
    if is_informed(view):
        return INFORMED, ()
    persona = library.personas()[view.persona]
    backup = dict.fromkeys((*persona.backup, *ALWAYS))
    return persona.story, tuple(id for id in backup if id not in persona.story)


def _told(view: View, sure: Certainty, tellers: Tellers, story: Ids, backup: Ids) -> Pitch:
    """Cover, story and backup without what has nothing to say; each figure knows which exhibit explains it."""
    case = view.case
    every = [
        *(_first_seen(view, sure, tellers, id, place) for place, id in enumerate(story)),
        *(replace(tellers[id](view, sure), section=BACKUP) for id in backup),
    ]
    said = [exhibit for exhibit in every if not exhibit.empty]
    ids = [exhibit.id for exhibit in said]
    return Pitch(
        persona=view.persona,
        role=view.role,
        case_title=case.title,
        company=case.company.name,
        currency=case.company.currency,
        stamp=stamp_of(case),
        exhibits=(shown.cover(view), *(linked(exhibit, ids) for exhibit in said)),
        left_out=tuple(exhibit for exhibit in every if exhibit.empty),
    )


def _first_seen(view: View, sure: Certainty, tellers: Tellers, id: ExhibitKind, place: int) -> Exhibit:
    """An exhibit of the story with all that its speaker needs; among the first ones no starting value goes unsaid."""
    told = replace(spoken(view, sure, tellers[id](view, sure)), section=STORY)
    return marked(view, sure, told) if place < UNSAID else told


def _doubted(view: View, sure: Certainty) -> Exhibit:
    """The doubts, and first what must be true in spite of them."""
    doubts, needed = shown.against(view, sure), needed_to_pay(view, sure)
    return replace(doubts, takeaways=(f"{needed.title}.", *doubts.takeaways))


#: The same to a group that decides together.
TOGETHER: Tellers = TOLD | {"against": _doubted}
