"""Findings about the argument itself: a problem that they do not have, and an argument that is somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebuilder.analysis.arguments import Argument, Room, better
from casebuilder.analysis.fit import Fit, Part, is_hurdle, weight
from casebuilder.case import Stakeholder, library
from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import numbers, words
from casebuilder.pitch.findings.finding import MOVES, Finding, Ground, label, listed

#: Above this share of its claim without room to improve, a benefit rests on a problem that nobody has; our judgement.
WITHOUT_ROOM = 0.5


def problem_not_had(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """Their biggest benefit rests on a metric without room to improve, or on a number that is where it should be.

    Biggest is what the investments would earn them if every metric could move as far as it is pushed, whoever counts
    it: a benefit without room earns nothing and could never be the biggest otherwise. Of their numbers the one that
    the fewest metrics move is the one that the benefit is about.
    """
    theirs = [one for one in ground.arguments if one.claimed > 0 and _touched(one, fit)]
    if not theirs:
        return
    biggest = max(theirs, key=lambda one: one.claimed)
    touched = _touched(biggest, fit)
    fewest = min(len(library.kpis()[part.driver.kpi].levers) for part in touched)
    closest = [part for part in touched if len(library.kpis()[part.driver.kpi].levers) == fewest]
    no_room, reached = biggest.without_room > WITHOUT_ROOM, all(part.why == "at_target" for part in closest)
    if not (no_room or reached):
        return
    why = [_no_room(ground, biggest)] if no_room else []
    why += [_reached(ground, part) for part in closest] if reached else []
    name = words.label_of(biggest.lever.line)
    said = (
        f"The biggest argument here is “{name}”, and that is a problem they do not have: {'; '.join(why)}. "
    )
    said += _claim(ground, biggest) if no_room else f"{ground.money(biggest.earned)} of value rests on it."
    yield Finding("problem_not_had", closest[0].driver.kpi, said, biggest.without_room, biggest.claimed)


def wrong_lead(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """The case's biggest benefit is not an argument for them, or never one for their role; says what to lead with."""
    known = [one for one in ground.arguments if one.claimed_counted > 0]
    if not known or not fit.parts:
        return
    biggest = max(known, key=lambda one: one.claimed_counted)
    persona, who = library.personas()[person.persona], ground.role(person)
    other = _works_for(ground, biggest, person)
    never = biggest.lever.line in persona.never_lead_with
    if not never and (other is None or any(_counts(biggest, part) for part in fit.parts)):
        return
    name = words.label_of(biggest.lever.line)
    said = [f"Do not lead with “{name}” for the {who}: it is the case's biggest benefit and not theirs."]
    said += [persona.why_never] if never and persona.why_never else []
    said += [f"It is the argument for the {ground.role(other)}."] if other else []
    lead = _lead(ground, persona.never_lead_with, fit)
    said.append(
        _instead(ground, *lead) if lead else "No other benefit of the case moves what they are measured on."
    )
    yield Finding(
        "wrong_lead", lead[1].driver.kpi if lead else None, " ".join(said), amount=biggest.claimed_counted
    )


def _touched(one: Argument, fit: Fit) -> list[Part]:
    """The drivers that a metric would move the right way, however little, side effects of the mix left out."""
    kpis = library.kpis()
    return [
        part
        for part in fit.parts
        if part.driver.kpi in kpis
        and one.lever.id in kpis[part.driver.kpi].levers
        and one.would_move[part.driver] > 0
    ]


def _no_room(ground: Ground, one: Argument) -> str:
    levels = [_level(one, room.base) + _in(room) for room in one.rooms if room.has_none]
    best = _level(one, one.rooms[0].limit)
    metric = words.inside(one.lever.label)
    return f"{metric} is {listed(levels)} today, the best achievable is {best}"


def _level(one: Argument, value: float) -> str:
    return numbers.for_unit(value, library.inputs()[one.lever.id].unit)


def _in(room: Room) -> str:
    return f" in {room.place}" if room.place else ""


def _reached(ground: Ground, part: Part) -> str:
    now, target = ground.text(part.current, part.driver), ground.text(part.driver.target, part.driver)
    return f"{words.inside(label(part.driver))} is at its target already ({now}, target {target})"


def _claim(ground: Ground, one: Argument) -> str:
    left = f"only {ground.money(one.earned)} of it is left" if one.earned > 0 else "none of it is counted"
    return f"With room to improve it would be worth {ground.money(one.claimed)}; {left}."


def _counts(one: Argument, part: Part) -> bool:
    """Whether a metric would move a driver by as much as counts: a hundredth of the way, or the return they ask for."""
    driver, pull = part.driver, one.would_move[part.driver]
    if driver.kpi in OF_THE_CASE or driver.target is None:
        return pull > 0
    if part.current is None or part.why in ("at_target", "not_computed"):
        return False
    gap = better(driver, part.current) * (driver.target - part.current)
    return pull > 0 and pull >= MOVES * gap


def _works_for(ground: Ground, one: Argument, person: Stakeholder) -> Stakeholder | None:
    """Whose number the metric moves furthest, of all the others; a return alone makes it nobody's argument."""
    found = [
        (weight(part.driver) * _way(one, part), n)
        for n, (other, fit) in enumerate(zip(ground.case.stakeholders, ground.certainty.fits, strict=True))
        if other != person
        for part in fit.parts
        if not is_hurdle(part.driver) and _counts(one, part)
    ]
    return ground.case.stakeholders[max(found)[1]] if found else None


def _way(one: Argument, part: Part) -> float:
    """The share of the way to their target that the metric alone would go, at most all of it."""
    if part.driver.target is None or part.current is None or part.driver.target == part.current:
        return 0.0
    return min(abs(one.would_move[part.driver] / (part.driver.target - part.current)), 1.0)


def _lead(ground: Ground, never: Sequence[str], fit: Fit) -> tuple[Argument, Part] | None:
    """Their number that the case moves furthest, by what it counts for them, and the benefit that moves it most."""
    moved = sorted(fit.parts, key=lambda part: -part.weight * part.movement)
    for part in moved:
        if is_hurdle(part.driver) or part.movement < MOVES:
            continue
        may = [one for one in ground.arguments if one.lever.line not in never and _drives(one, part.driver)]
        if may:
            return max(may, key=lambda one: one.moves[part.driver]), part
    return None


def _drives(one: Argument, driver: Driver) -> bool:
    return one.lever.id in library.kpis()[driver.kpi].levers and one.moves[driver] > 0


def _instead(ground: Ground, one: Argument, part: Part) -> str:
    idle, then = (ground.text(value, part.driver) for value in (part.without, part.with_))
    return (
        f"Lead with {words.inside(label(part.driver))} instead: {then} in year {part.year} against {idle} if nothing "
        f"is done, most of it from “{words.label_of(one.lever.line)}”."
    )
