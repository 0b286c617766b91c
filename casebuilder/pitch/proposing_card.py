"""An investment of the library in plain words: what it does, where that was seen, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.case import library
from casebuilder.case.library import Evidence, LibraryInitiative, ProposedEffect
from casebuilder.case.reserved import ALL
from casebuilder.pitch import numbers, words
from casebuilder.pitch.cited import study_graded

#: What the four sides of a change in how people work are called.
PACE = {
    "processes": "How the work is done",
    "attitudes": "What people believe",
    "communication": "What is told to whom",
    "evaluation": "How it is measured",
}


@dataclass(frozen=True)
class Card:
    """One entry of the library as sentences; every text is plain, without any mark-up.

    `moves` names each metric with its sizes and their grade, `first` the investments it is best built on; `pilot` is
    empty where a credible size is known. `pace` pairs a side of the change with what it takes.
    """

    entry: str
    name: str
    does: str
    stage: str
    owner: str
    time: str
    moves: tuple[str, ...]
    note: str
    seen: tuple[str, ...]
    evidence: tuple[str, ...]
    against: tuple[str, ...]
    cost: str
    needs: tuple[str, ...]
    first: tuple[str, ...]
    pace: tuple[tuple[str, str], ...]
    checkpoint: str
    pilot: str


def card(entry: str) -> Card:
    """The card of an entry; KeyError where the library has none."""
    found = library.initiatives()[entry]
    studies = list(_for(found))
    return Card(
        entry=entry,
        name=found.name,
        does=found.description,
        stage=library.words().journey_stages[found.journey_stage],
        owner=library.personas()[found.owner].title,
        time=_time(found),
        moves=tuple(moved(effect) for effect in found.effects),
        note=found.note,
        seen=tuple(dict.fromkeys(study.population for study in studies if study.population)),
        evidence=tuple(cited(study) for study in studies),
        against=tuple(cited(study) for study in _against(found, studies)),
        cost=found.cost_shape.words,
        needs=found.needs,
        first=tuple(library.initiatives()[needed].name for needed in found.requires),
        pace=tuple((title, getattr(found.pace, side)) for side, title in PACE.items()),
        checkpoint=_checkpoint(found),
        pilot=found.pilot or "",
    )


def moved(effect: ProposedEffect) -> str:
    """A metric with its sizes, and what they rest on."""
    lever = library.levers()[effect.lever]
    unit = "points" if lever.kind == "points" else "share"
    base, low, high = (size(value, unit) for value in (effect.base, effect.low, effect.high))
    where = "" if effect.segment == ALL else f" ({effect.segment})"
    grade = words.inside(library.words().grades[effect.grade])
    return f"{lever.label}{where}: {base} expected, from {low} to {high}; {grade}"


def size(value: float, unit: str) -> str:
    """How far a metric moves, and which way: "6% better", "2 points worse"."""
    if value == 0:
        return "no change"
    return f"{numbers.for_unit(abs(value), unit)} {'better' if value > 0 else 'worse'}"


def cited(study: Evidence) -> str:
    """A piece of evidence with its kind, what it says and what limits it."""
    said = [study.statement, *([study.caveat] if study.caveat else [])]
    return f"{study_graded(study)}. {' '.join(said)}"


def finds(found: LibraryInitiative, text: str) -> bool:
    """Whether every word of a search stands in an entry: its name, what it does, its metrics or what they mean."""
    levers = [library.levers()[effect.lever] for effect in found.effects]
    parts = [
        found.name,
        found.description,
        found.note,
        *(f"{lever.label} {lever.meaning}" for lever in levers),
    ]
    whole = " ".join(parts).casefold()
    return all(word in whole for word in text.casefold().split())


def moves_kpi(found: LibraryInitiative, kpi: str) -> bool:
    """Whether one of an entry's metrics moves a number that somebody is measured on."""
    return any(effect.lever in library.kpis()[kpi].levers for effect in found.effects)


def _for(found: LibraryInitiative) -> Iterator[Evidence]:
    cited_by = [*found.sources, *(source for effect in found.effects for source in effect.sources)]
    left_out = (*found.against, found.owner_source)  # who owns it is no evidence for it
    yield from (library.evidence()[id] for id in dict.fromkeys(cited_by) if id not in left_out)


def _against(found: LibraryInitiative, studies: list[Evidence]) -> Iterator[Evidence]:
    known = {study.id for study in studies}
    opposing = [*found.against, *(id for study in studies for id in study.counter)]
    yield from (library.evidence()[id] for id in dict.fromkeys(opposing) if id not in known)


def _time(found: LibraryInitiative) -> str:
    build = f"{numbers.months(found.build_months)} to build" if found.build_months else "nothing to build"
    full = (
        f"{numbers.months(found.ramp_months)} to full effect" if found.effects and found.ramp_months else ""
    )
    return ", ".join(part for part in (build, full) if part)


def _checkpoint(found: LibraryInitiative) -> str:
    at = found.checkpoint
    look, stop = words.inside(at.indicator.rstrip(".")), at.stop_if.rstrip(".")
    return f"After {numbers.months(at.month)}: {look}; stop if {stop}."
