"""The studies behind a case: those that its effects cite, those that speak against them, and what rests on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebuilder.case import Case, library
from casebuilder.case.library import Evidence
from casebuilder.case.records.initiatives import Effect, Initiative
from casebuilder.case.reserved import ALL
from casebuilder.pitch.cited import against
from casebuilder.pitch.words import inside

#: The grade of a source that only the case names.
NAMED_HERE = "Named by the case"
_UNKNOWN = "not stated"


@dataclass(frozen=True)
class Studied:
    """A study: its source, grade, year, who or what was measured, what it says and leaves open, effects it touches."""

    name: str
    grade: str
    year: str
    population: str
    statement: str
    caveat: str
    effects: tuple[str, ...]


def effects_of(case: Case) -> Iterator[tuple[Initiative, Effect]]:
    """Every effect of the case with its investment; switches decide nothing here."""
    return ((initiative, effect) for initiative in case.initiatives for effect in initiative.effects)


def effect_name(initiative: Initiative, effect: Effect) -> str:
    """The investment, the metric, and the segment where it is for one."""
    lever = library.levers()[effect.lever].label
    return f"{initiative.name}: {inside(lever)}" + ("" if effect.segment == ALL else f", {effect.segment}")


def studies_cited(case: Case) -> list[Studied]:
    """What effects cite, the best grade first, then what only the case names; each with how the effect is graded."""
    grades = library.words().grades
    found = [
        (id, f"{effect_name(initiative, effect)} ({inside(grades[effect.grade])})")
        for initiative, effect in effects_of(case)
        for id in effect.sources
    ]
    table = library.evidence()
    ours = _gathered((id, name) for id, name in found if id not in table)
    known = _gathered((id, name) for id, name in found if id in table)
    named = [Studied(id, NAMED_HERE, "", "", "", "", tuple(names)) for id, names in ours.items()]
    return [*_studied(known), *named]


def studies_against(case: Case) -> list[Studied]:
    """What is known against the case's effects, the best grade first."""
    found = (
        (study.id, effect_name(initiative, effect))
        for initiative, effect in effects_of(case)
        for study in against(initiative, effect)
    )
    return _studied(_gathered(found))


def _gathered(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The names by id, each once."""
    names: dict[str, list[str]] = {}
    for id, name in found:
        if name not in names.setdefault(id, []):
            names[id].append(name)
    return names


def _studied(names: dict[str, list[str]]) -> list[Studied]:
    table = library.evidence()
    ordered = sorted(names, key=lambda id: table[id].grade)
    return [_one(table[id], tuple(names[id])) for id in ordered]


def _one(study: Evidence, names: tuple[str, ...]) -> Studied:
    return Studied(
        name=study.source,
        grade=_GRADES[study.grade],
        year=str(study.year or _UNKNOWN),
        population=study.population or _UNKNOWN,
        statement=study.statement,
        caveat=study.caveat or "",
        effects=names,
    )


#: A study of the best grade measured it, elsewhere: only an effect of that grade was measured here.
_GRADES = {"A": "Measured", "B": "Independent study", "C": "Vendor study"}
