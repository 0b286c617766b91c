"""The story of one stakeholder: which exhibits, in which order, under which stamp."""

from __future__ import annotations

from casebuilder import MODEL_VERSION, __version__
from casebuilder.case import Case, library
from casebuilder.model.results import Results
from casebuilder.pitch import exhibits
from casebuilder.pitch.records import Pitch, Stamp
from casebuilder.pitch.view import View

#: The exhibits in order; each is one function of the view.
ORDER = (
    exhibits.cover,
    exhibits.decision,
    exhibits.kpi,
    exhibits.benefits,
    exhibits.cash_flow,
    exhibits.scenarios,
    exhibits.assumptions,
)


def pitch(results: Results, persona: str) -> Pitch:
    """What is said to one stakeholder; KeyError where there is no such persona."""
    if persona not in library.personas():
        raise KeyError(persona)
    view = View(results, persona)
    case = results.case
    return Pitch(
        persona=persona,
        role=view.role,
        case_title=case.title,
        company=case.company.name,
        currency=case.company.currency,
        stamp=stamp_of(case),
        exhibits=tuple(exhibit(view) for exhibit in ORDER),
    )


def stamp_of(case: Case) -> Stamp:
    """The stamp of everything made from this case."""
    return Stamp(case.fingerprint, MODEL_VERSION, __version__, case.company.decision_date.isoformat())
