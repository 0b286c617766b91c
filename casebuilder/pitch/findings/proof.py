"""Findings about proof: what rests on judgement, does not agree with their own number, or could never be seen."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from casebuilder.analysis.detect import CONFIDENCE, POWER, Detection, detection
from casebuilder.analysis.fit import Fit, Part
from casebuilder.case import Initiative, Stakeholder, library
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import numbers, words
from casebuilder.pitch.findings.finding import MOVES, Finding, Ground, label, listed
from casebuilder.pitch.plausibility import warnings

#: More than this share of what moves rests on vendor studies and our own estimates.
MOSTLY = 0.5
#: Their own number and the first year of doing nothing may differ by this share.
APART = 0.05
#: So many leading indicators are named.
NAMED = 2
#: What a KPI is observed on, after a number.
COUNTED = {
    "customers": "customer-years",
    "opportunities": "opportunities",
    "leads": "leads",
    "contacts": "contacts",
    "positions": "position-years",
    "wins": "wins",
    "years": "years",
}


def rests_on_judgement(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """More than half of what closes for them goes where weak evidence goes."""
    if not fit.value:
        return
    whole, proven = ground.proven[person]
    if whole < 100 * MOVES or whole - proven <= MOSTLY * whole:
        return
    closes, left = numbers.percent(whole / 100, 0), numbers.percent(max(proven, 0.0) / 100, 0)
    text = (
        f"The case closes {closes} of the gap over all they are measured on; without what rests on a vendor study or "
        "on our own estimate it is "
        f"{left}. More than half of it is judgement: say so first, and offer to measure it."
    )
    yield Finding("rests_on_judgement", None, text, (whole - proven) / whole)


def too_small_to_see(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """Of the benefits nobody would see in the books, those that move one of their numbers."""
    kpis, results = library.kpis(), ground.certainty.results
    doubts = [w.text for w in warnings(results, ground.certainty.outcome) if w.id == "too_small_to_see"]
    for one in ground.arguments if doubts else ():
        said = [text for text in doubts if text.startswith(f"{words.label_of(one.lever.line)}: ")]
        moved = [
            part.driver.kpi
            for part in fit.parts
            if part.driver.kpi in kpis
            and part.driver.kpi not in OF_THE_CASE
            and one.lever.id in kpis[part.driver.kpi].levers
            and one.moves[part.driver] > 0
        ]
        if said and moved:
            kpi = min(moved, key=lambda id: len(kpis[id].levers))
            yield Finding("too_small_to_see", kpi, said[0], amount=one.earned)


def baseline_disagrees(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """What they say a number is today is not what the model starts from."""
    for part in fit.parts:
        driver = part.driver
        if driver.current is None or driver.kpi not in library.kpis() or driver.kpi in OF_THE_CASE:
            continue
        modelled = ground.certainty.outcome.kpi(driver.kpi, "without")[0]
        if modelled is None or abs(driver.current - modelled) <= APART * abs(modelled):
            continue
        apart = abs(driver.current - modelled) / abs(modelled) if modelled else None
        theirs, ours = ground.text(driver.current, driver), ground.text(modelled, driver)
        far = f", {numbers.percent(apart)} apart" if apart is not None else ""
        text = (
            f"{label(driver)}: on file as {theirs} today, the model's first year of doing nothing has {ours}{far}. "
            "Agree on one number before showing any."
        )
        yield Finding("baseline_disagrees", driver.kpi, text, apart, driver.current - modelled)


def cannot_be_measured(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """A number that moves by less than chance moves it anyway, and what to watch instead."""
    for part in fit.parts:
        found = detection(ground.case, ground.certainty.outcome, part) if part.movement >= MOVES else None
        if found is None or found.possible or not isfinite(found.needed):
            continue
        text = f"{_too_small(ground, part, found)} {_watch(ground, part)}".strip()
        yield Finding("cannot_be_measured", part.driver.kpi, text, found.there / found.needed, found.needed)


def _too_small(ground: Ground, part: Part, found: Detection) -> str:
    before, after = (ground.text(value, part.driver) for value in (part.without, part.with_))
    sure = f"{numbers.percent(CONFIDENCE)} confidence, {numbers.percent(POWER)} power"
    needed, there = (_many(value, found) for value in (found.needed, found.there))
    return (
        f"{label(part.driver)}: {before} without and {after} with the programme in year {part.year}. To tell that from "
        f"chance ({sure}) takes {needed} before and as many after; there are {there} until it is due "
        f"({ground.due(part)})."
    )


def _many(value: float, found: Detection) -> str:
    return f"{numbers.count(value)} {COUNTED[found.population]}"


def _watch(ground: Ground, part: Part) -> str:
    """What shows sooner: checkpoints of what moves the number most, or the library's leading indicators."""
    moving = sorted(ground.arguments, key=lambda one: -one.moves[part.driver])
    able = [
        initiative
        for one in moving
        if one.moves[part.driver] > 0 and one.lever.id in library.kpis()[part.driver.kpi].levers
        for initiative in ground.members
        if any(effect.lever == one.lever.id and effect.base > 0 for effect in initiative.effects)
    ]
    named = list(dict.fromkeys(filter(None, map(_indicator, able))))[:NAMED]
    return f"Watch instead: {listed([words.inside(name) for name in named])}." if named else ""


def _indicator(initiative: Initiative) -> str:
    if initiative.gate is not None:
        return initiative.gate.indicator
    entry = library.initiatives().get(initiative.use or "")
    return entry.leading_indicator if entry else ""
