"""Findings about movement: numbers that do not move, move the wrong way, or move too late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebuilder.analysis.additions import Addition
from casebuilder.analysis.arguments import better
from casebuilder.analysis.fit import SAME, Fit, Part, is_hurdle
from casebuilder.case import Stakeholder, library
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import numbers, words
from casebuilder.pitch.findings.finding import MOVES, Finding, Ground, label, listed, share_of

#: A driver with this share of their weight decides their year.
DECIDES = 1 / 3
#: Closing this share of a gap is worth a word; so many of the library's and of the case's own are named; our judgement.
WORTH_NAMING, NAMED, OURS_NAMED = 0.05, 3, 2
#: What closes less than this of a gap by the last year is not worth waiting for; our judgement.
WORTH_WAITING = 0.1
#: Less than this share of what moves in the end is there when it is due: most of it comes too late.
MOSTLY = 0.5


def not_addressed(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """A driver with a third of their weight that the case does not move, and what would move it and pay."""
    for part in fit.parts:
        share = share_of(part, fit.parts)
        if share < DECIDES - SAME or part.movement >= MOVES or not _open(part):
            continue
        counts = f"{numbers.percent(share, 0)} of what counts for them"
        said = f"{label(part.driver)}: {counts}, and {_still(ground, part)}."
        proposed = _proposed(ground, part)
        said += _offer(ground, part, proposed)
        ids = tuple(one.initiative for one in proposed)
        yield Finding("not_addressed", part.driver.kpi, said, share, part.with_, ids)


def harmed(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """A number that ends up worse than by doing nothing, by as much as people see; told first to whom it harms."""
    for part in fit.parts:
        if part.without is None or part.with_ is None or not _worse(ground, part):
            continue
        idle, then = (ground.text(value, part.driver) for value in (part.without, part.with_))
        worse = f"{then} in year {part.year} against {idle} if nothing is done"
        said = f"{label(part.driver)}: worse with the programme, {worse}{_because(ground, part)}."
        yield Finding("harmed", part.driver.kpi, said, amount=part.with_ - part.without)


def lands_too_late(ground: Ground, person: Stakeholder, fit: Fit) -> Iterator[Finding]:
    """Most of what moves in the last year has not moved yet when it is due."""
    last = ground.case.company.years
    for part in fit.parts:
        if part.driver.kpi in OF_THE_CASE or part.year == last or part.why in ("at_target", "not_computed"):
            continue
        then = _movement_in(ground, part, last)
        if then is None or then < WORTH_WAITING or part.movement >= MOSTLY * then:
            continue
        now, later = numbers.percent(part.movement, 0), numbers.percent(then, 0)
        said = (
            f"{label(part.driver)}: {now} of the gap is closed when it is due ({ground.due(part)}), {later} "
            f"in year {last}. Most of it comes too late for them."
        )
        yield Finding("lands_too_late", part.driver.kpi, said, part.movement / then)


def _open(part: Part) -> bool:
    """Whether there is something to address; without a target only what stands still is known not to be."""
    if part.why == "no_target":
        return part.with_ is not None and part.with_ == part.without
    return part.why != "at_target"


def _still(ground: Ground, part: Part) -> str:
    driver = part.driver
    target = f"; the target is {ground.text(driver.target, driver)}" if driver.target is not None else ""
    if part.why == "not_computed":
        return f"nothing in the case is shown to move it: the model has no such number{target}"
    if is_hurdle(driver) and driver.target is not None:
        return f"it is not met: {_reached(ground, part)}{target}"
    idle, then = (ground.text(value, driver) for value in (part.without, part.with_))
    if idle == then:
        return f"it does not move: {idle} in year {part.year}, with the programme or without{target}"
    return f"it hardly moves: {then} in year {part.year} against {idle} if nothing is done{target}"


def _reached(ground: Ground, part: Part) -> str:
    """Where a hurdle stands; a payback that does not exist is money that does not come back."""
    if part.with_ is not None:
        return ground.text(part.with_, part.driver)
    if part.driver.kpi == "payback":
        return f"the money is not back within {words.years(ground.case.company.years)}"
    return "there is none"


def _proposed(ground: Ground, part: Part) -> list[Addition]:
    """What the library has to move a driver, what pays first, then what closes most."""
    able = [one for one in ground.additions if one.from_library and one.moved[part.driver] >= WORTH_NAMING]
    return sorted(able, key=lambda one: (one.npv <= 0, -one.moved[part.driver]))[:NAMED]


def _offer(ground: Ground, part: Part, proposed: list[Addition]) -> str:
    if part.driver.kpi not in library.kpis() or is_hurdle(part.driver):
        return ""
    if part.driver.target is None:
        return " Without a target nobody can say what would close the gap."
    ours = [
        one for one in ground.additions if not one.from_library and one.moved[part.driver] >= WORTH_NAMING
    ]
    ours = sorted(ours, key=lambda one: -one.moved[part.driver])[:OURS_NAMED]
    scenario = words.inside(words.scenario_label(ground.certainty.study.scenario))
    said = (
        f" The library has, each added alone and {scenario}: {_each(ground, part, proposed)}."
        if proposed
        else ""
    )
    said += f" In the case but not in what is asked for: {_each(ground, part, ours)}." if ours else ""
    if said:
        return said
    least = numbers.percent(WORTH_NAMING, 0)
    return f" Neither the case nor the library has an investment that alone closes {least} of the gap."


def _each(ground: Ground, part: Part, ones: Iterable[Addition]) -> str:
    return listed([f"“{one.name}” ({_gap(one, part)} of the gap, {_pays(ground, one)})" for one in ones])


def _gap(one: Addition, part: Part) -> str:
    return numbers.percent(one.moved[part.driver], 0)


def _pays(ground: Ground, one: Addition) -> str:
    """Whether it pays: what the library proposes has no cost yet, what the case has is counted with its cost."""
    if one.bearable is None:
        return f"{'adds' if one.npv > 0 else 'loses'} {ground.money(abs(one.npv))} after its cost"
    if one.npv <= 0:
        return "no return that is counted"
    return f"pays up to a cost of {ground.money(one.bearable)} a year"


def _worse(ground: Ground, part: Part) -> bool:
    if part.driver.kpi not in library.kpis() or part.without is None or part.with_ is None:
        return False
    moved = better(part.driver, part.current) * (part.with_ - part.without)
    return moved < 0 and ground.text(part.without, part.driver) != ground.text(part.with_, part.driver)


def _because(ground: Ground, part: Part) -> str:
    """The benefit whose metric pushes a number most the wrong way."""
    pushed = [one for one in ground.arguments if one.moves[part.driver] < 0]
    if not pushed:
        return ""
    most = min(pushed, key=lambda one: one.moves[part.driver])
    return f", mostly from “{words.label_of(most.lever.line)}”"


def _movement_in(ground: Ground, part: Part, year: int) -> float | None:
    """How far a driver would have moved by the end of another year, 0 to 1, measured as its fit is."""
    driver, outcome = part.driver, ground.certainty.outcome
    if driver.target is None or part.current is None or driver.kpi not in library.kpis():
        return None
    idle, then = (outcome.kpi(driver.kpi, "without")[year - 1], outcome.kpi(driver.kpi, "with")[year - 1])
    if idle is None or then is None:
        return None
    good = better(driver, part.current)
    if is_hurdle(driver):
        return float(good * (then - driver.target) >= -SAME * max(abs(then), abs(driver.target)))
    gap = good * (driver.target - part.current)
    return min(max(good * (then - idle) / gap, 0.0), 1.0) if gap > 0 else None
