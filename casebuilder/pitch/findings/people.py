"""The findings about one person, and about everybody, in the order in which an author should read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.fit import Fit
from casebuilder.case import Stakeholder
from casebuilder.pitch.findings import gains, leads, moves, proof
from casebuilder.pitch.findings.finding import Finding, Ground

Rule = Callable[[Ground, Stakeholder, Fit], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    leads.problem_not_had,
    moves.not_addressed,
    gains.professed_not_measured,
    moves.harmed,
    gains.delivers_without_gain,
    leads.wrong_lead,
    proof.rests_on_judgement,
    moves.lands_too_late,
    proof.too_small_to_see,
    proof.baseline_disagrees,
    proof.cannot_be_measured,
)


def findings(certainty: Certainty, person: Stakeholder) -> tuple[Finding, ...]:
    """What stands between one stakeholder of the case and a yes to the certainty's option; see `Finding.private`."""
    at = certainty.results.case.stakeholders.index(person)
    return _found(Ground(certainty, (person,)), person, certainty.fits[at])


def all_findings(certainty: Certainty) -> tuple[tuple[Finding, ...], ...]:
    """The findings about every stakeholder, in the case's order."""
    people = certainty.results.case.stakeholders
    ground = Ground(certainty, people)
    return tuple(_found(ground, person, fit) for person, fit in zip(people, certainty.fits, strict=True))


def _found(ground: Ground, person: Stakeholder, fit: Fit) -> tuple[Finding, ...]:
    return tuple(finding for rule in RULES for finding in rule(ground, person, fit))
