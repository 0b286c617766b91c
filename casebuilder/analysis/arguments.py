"""Arguments: what each metric that a programme moves earns, could earn if it had room, and whose KPIs it moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.fit import due_year, lines_for
from casebuilder.analysis.study import State, Study, effect_key
from casebuilder.case import Stakeholder, library
from casebuilder.case.library import Lever
from casebuilder.case.records.stakeholders import Driver
from casebuilder.case.reserved import ALL
from casebuilder.model.inputs import SIZES
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.levers import COMPANY

Array = NDArray[np.float64]
Rows = Mapping[str, Array]

#: What lifts a best achievable level: a hundredth of today for what should fall, a hundred times for what should rise.
FAR_DOWN, FAR_UP = 0.01, 100.0
#: Two levels closer than this share are the same level.
SAME = 1e-9


@dataclass(frozen=True)
class Room:
    """A metric in one place ('' for the company): today's level, the best achievable one, and what is claimed there.

    Levels in the metric's own unit, `claimed` in money of today.
    """

    place: str
    base: float
    limit: float
    way: str
    claimed: float

    @property
    def has_none(self) -> bool:
        """Whether today's level is at the best achievable one, or past it."""
        gap = self.base - self.limit if self.way == "down" else self.limit - self.base
        return gap <= SAME * max(abs(self.base), abs(self.limit))


@dataclass(frozen=True)
class Argument:
    """One metric that the study's investments move, as the argument of its benefit; money in present value.

    `earned` is what it is worth whoever counts it, `counted` the part that enters the return; `claimed` and
    `claimed_counted` are the same if every metric could move as far as the investments push it. `moves` and
    `would_move` say for a driver how far this metric alone moves its KPI in the year it is due, in the KPI's own
    unit, better is positive; for a number of the whole case it is the counted money.
    """

    lever: Lever
    earned: float
    counted: float
    claimed: float
    claimed_counted: float
    rooms: tuple[Room, ...]
    moves: Mapping[Driver, float]
    would_move: Mapping[Driver, float]

    @property
    def without_room(self) -> float:
        """Share of the claim that stands where there is no room to improve, 0 to 1; 0 where nothing is claimed."""
        total = sum(max(room.claimed, 0.0) for room in self.rooms)
        return sum(max(room.claimed, 0.0) for room in self.rooms if room.has_none) / total if total else 0.0


def arguments(own: Study, people: Iterable[Stakeholder]) -> tuple[Argument, ...]:
    """Every metric that the study's investments move, in the order of the benefits, as one batch.

    A line without room to improve earns nothing, so what a case rests on shows only with the limits lifted: the
    batch holds the study as it is, all limits lifted, and both again without the effects on each metric in turn.
    """
    who = tuple(people)
    levers = [lever for lever in library.levers().values() if _effects_on(own, lever.id)]
    off, free = [_off(own, lever.id) for lever in levers], lifted(own, levers)
    rows = own.states([{}, free, *off, *({**free, **one} for one in off)], _keys(own, who, levers))
    found = []
    for n, lever in enumerate(levers):
        without, freely_without = 2 + n, 2 + n + len(levers)
        found.append(_argument(own, who, lever, rows, without, freely_without))
    return tuple(found)


def lifted(own: Study, levers: Iterable[Lever]) -> State:
    """The changes that put the best achievable levels of these metrics out of reach."""
    found: dict[str, float] = {}
    for lever in levers:
        word = library.inputs()[lever.id]
        if lever.id in own.case.limits:
            lowest = FAR_DOWN * min(own.inputs[_base(lever, place)] for place in _places(own, lever))
            highest = word.upper if word.upper is not None else FAR_UP**4
            found[f"limits.{lever.id}"] = lowest if lever.way == "down" else highest
            continue
        parts = {"share": FAR_DOWN if lever.way == "down" else FAR_UP, "points": FAR_UP, "floor": 0.0}
        parts["cap"] = word.upper if word.upper is not None else FAR_UP
        given = {part: to for part, to in parts.items() if getattr(lever.limit, part) is not None}
        found |= {f"levers.{lever.id}.{part}": to for part, to in given.items()}
    return found


def better(driver: Driver, current: float | None) -> float:
    """1 where more of a driver's KPI is better, -1 where less is; without a better direction, towards the target."""
    direction = library.kpis()[driver.kpi].direction
    if direction == "none":
        return 1.0 if (driver.target or 0.0) >= (current or 0.0) else -1.0
    return 1.0 if direction == "up" else -1.0


def _effects_on(own: Study, lever: str) -> list[str]:
    """The sizes of the members' effects on a metric, by key."""
    members = set(own.members)
    return [
        effect_key(initiative.id, effect, size)
        for initiative in own.case.initiatives
        if initiative.id in members
        for effect in initiative.effects
        if effect.lever == lever
        for size in SIZES
    ]


def _off(own: Study, lever: str) -> State:
    return dict.fromkeys(_effects_on(own, lever), 0.0)


def _places(own: Study, lever: Lever) -> Sequence[str]:
    """Where the members move a metric: the company, or the segments that their effects name."""
    if lever.scope == "company":
        return [COMPANY]
    members = set(own.members)
    effects = [effect for i in own.case.initiatives if i.id in members for effect in i.effects]
    named = {effect.segment for effect in effects if effect.lever == lever.id}
    return [s.name for s in own.case.segments if ALL in named or s.name in named]


def _base(lever: Lever, place: str) -> str:
    return (
        f"{library.inputs()[lever.id].group}.{lever.id}"
        if place == COMPANY
        else f"segments[{place}].{lever.id}"
    )


def _limit(own: Study, lever: Lever, place: str) -> str:
    return f"limits.{lever.id}" if lever.id in own.case.limits else f"limit.{lever.id}[{place}]"


def _keys(own: Study, people: Sequence[Stakeholder], levers: Iterable[Lever]) -> list[str]:
    keys = ["factor", *lines_for(people)]
    for lever in levers:
        keys += [lever.line, f"pv.{lever.line}"]
        for place in _places(own, lever):
            keys += [_limit(own, lever, place)] + ([f"{lever.line}[{place}]"] if place else [])
    return list(dict.fromkeys(keys))


def _argument(
    own: Study, people: Sequence[Stakeholder], lever: Lever, rows: Rows, without: int, freely_without: int
) -> Argument:
    worth, counted = _worth(rows, lever.line), rows[f"pv.{lever.line}"]
    drivers = [driver for person in people for driver in person.drivers]
    money = float(counted[0]), float(counted[1])
    return Argument(
        lever,
        float(worth[0]),
        money[0],
        float(worth[1]),
        money[1],
        tuple(_room(own, lever, place, rows) for place in _places(own, lever)),
        {driver: _pull(own, driver, rows, 0, without, money[0]) for driver in drivers},
        {driver: _pull(own, driver, rows, 1, freely_without, money[1]) for driver in drivers},
    )


def _worth(rows: Rows, line: str) -> Array:
    """Present value of a line whoever counts it, by run; period 0 may have no number."""
    return np.asarray(np.nansum(rows[line] * rows["factor"], axis=0), float)


def _room(own: Study, lever: Lever, place: str, rows: Rows) -> Room:
    line = f"{lever.line}[{place}]" if place else lever.line
    limit = float(rows[_limit(own, lever, place)][0])
    return Room(place, own.inputs[_base(lever, place)], limit, lever.way, float(_worth(rows, line)[1]))


def _pull(own: Study, driver: Driver, rows: Rows, whole: int, less: int, money: float) -> float:
    """How far a KPI moves in its good direction between the run without a metric's effects and the whole one."""
    if driver.kpi in OF_THE_CASE or driver.kpi not in library.kpis():
        return money if driver.kpi in OF_THE_CASE else 0.0
    row = rows[kpi_key(driver.kpi, "with")][due_year(own.case, driver) - 1]
    moved = better(driver, driver.current) * float(row[whole] - row[less])
    return 0.0 if np.isnan(moved) or abs(moved) <= SAME * abs(float(row[whole])) else moved
