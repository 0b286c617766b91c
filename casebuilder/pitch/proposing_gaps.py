"""Where metrics and people miss each other: what the case moves and nobody reads, and whose number nothing moves."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.analysis.cascade import helps
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Case, Stakeholder, library
from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import words
from casebuilder.pitch.findings.finding import label, listed


def nobody_reads(certainty: Certainty) -> tuple[str, ...]:
    """A sentence for each metric that what is asked for moves and no number of a person in the case reads."""
    case = certainty.results.case
    found: dict[str, list[str]] = {}
    for initiative in case.initiatives:
        if initiative.id in certainty.study.members:
            for effect in initiative.effects:
                found.setdefault(effect.lever, []).append(initiative.name)
    return tuple(
        f"{library.levers()[lever].label}, moved by {listed([f'“{name}”' for name in dict.fromkeys(names)])}: "
        "no number of a person on file reads it."
        for lever, names in found.items()
        if not readers(case, lever)
    )


def nothing_moves(certainty: Certainty) -> tuple[str, ...]:
    """A sentence for each number of a person that has a way to go and that nothing asked for moves."""
    people = certainty.results.case.stakeholders
    return tuple(
        said
        for person, fit in zip(people, certainty.fits, strict=True)
        for part in fit.parts
        for said in _still(person, part.driver, part.why)
    )


def readers(case: Case, lever: str) -> tuple[str, ...]:
    """Who in the case has a number that a metric moves the better way, each with the numbers."""
    found = []
    for person in case.stakeholders:
        names = [words.inside(label(driver)) for driver in person.drivers if _helped(driver, lever)]
        if names:
            found.append(f"{_role(person)} ({listed(names)})")
    return tuple(found)


def _helped(driver: Driver, lever: str) -> bool:
    """Whether a metric helps a number; the return of the whole case is helped by all of them and is nobody's own."""
    return driver.kpi not in OF_THE_CASE and helps(lever, driver.kpi)


def _still(person: Stakeholder, driver: Driver, why: str) -> Iterator[str]:
    who = f"{_role(person)}: {driver.name or words.inside(label(driver))}."
    if why == "not_computed":
        yield f"{who} The model has no such number, so nothing is shown to move it."
    elif why == "moved_away":
        yield f"{who} It gets worse with what is asked for."
    elif why == "not_moved":
        yield f"{who} Nothing that is asked for moves it."


def _role(person: Stakeholder) -> str:
    return person.role or library.personas()[person.persona].title
