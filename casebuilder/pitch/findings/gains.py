"""Findings about what is in it for somebody, for the author alone."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.analysis.fit import Fit
from casebuilder.case import Stakeholder
from casebuilder.pitch import numbers
from casebuilder.pitch.findings.finding import Finding, Ground, label, listed

#: More than this share of their weight on numbers that are only said: professed, not measured.
MOSTLY = 0.5
#: Whoever carries an investment should see at least this much of their gap close (of 100); our judgement.
LITTLE = 10.0


def professed_not_measured(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """Most of what counts for them is only said: nobody holds them to it."""
    total = sum(part.weight for part in fit.parts)
    said = [part for part in fit.parts if part.driver.held_to == "said"]
    share = sum(part.weight for part in said) / total if total else 0.0
    if share <= MOSTLY:
        return
    held = [label(part.driver) for part in fit.parts if part.driver.held_to != "said"]
    rest = f"measured is {listed(held)}" if held else "nothing is on file that they are measured on"
    names = listed([label(part.driver) for part in said])
    text = (
        f"{numbers.percent(share, 0)} of what counts for the {ground.role(person)} is only said ({names}); {rest}. "
        "Ask which number decides their year, and build on that one."
    )
    yield Finding("professed_not_measured", None, text, share)


def delivers_without_gain(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """They carry investments of the case, and next to nothing of their own gap closes."""
    carried = [i for i in ground.members if i.owner == person.persona]
    if not carried or fit.value is None or fit.value >= LITTLE:
        return
    names = listed([f"“{i.name}”" for i in carried])
    text = (
        f"The {ground.role(person)} would carry {names}, and {numbers.percent(fit.value / 100, 0)} of their own gap "
        f"closes, less than {numbers.percent(LITTLE / 100, 0)}: the work without the gain. Put something in it for "
        "them, or ask somebody else to carry it."
    )
    yield Finding("delivers_without_gain", None, text, fit.value / 100, None, tuple(i.id for i in carried))
