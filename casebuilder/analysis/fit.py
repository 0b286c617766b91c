"""Fit: how much of what decides a stakeholder's year the case closes, 0 to 100, for any number of runs at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.study import State, Study, in_force, study
from casebuilder.case import Case, library
from casebuilder.case.records.stakeholders import Accountability, Driver, Stakeholder
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.results import CASE_LINES
from casebuilder.model.timeline import period_end
from casebuilder.model.worlds import WORLDS, World

Array = NDArray[np.float64]
Rows = Mapping[str, Array]
Why = Literal[
    "moved",
    "not_moved",
    "moved_away",
    "at_target",
    "no_target",
    "not_computed",
    "hurdle_met",
    "hurdle_met_expected",
    "hurdle_missed",
]

#: What a number weighs by how somebody answers for it: priorities that are only professed count little.
HELD_TO: Mapping[Accountability, float] = {"scorecard": 1.0, "tracked": 0.5, "said": 0.25}
#: The scenario in which a hurdle that the counted one misses may still be met, and what that counts.
EXPECTED, HALF_MET = "base", 0.5
#: Two numbers closer than this share of the larger one are the same number.
SAME = 1e-9


@dataclass(frozen=True)
class Part:
    """What one driver adds: its weight, how far the case closes it (0 to 1), and why; numbers in the KPI's own unit.

    `current`, `without` and `with_` are None where there is no number; a number of the whole case has neither of
    the first two. `year` is the model year in which the target is due, from 1.
    """

    driver: Driver
    weight: float
    movement: float
    current: float | None
    without: float | None
    with_: float | None
    year: int
    why: Why


@dataclass(frozen=True)
class Fit:
    """The fit of one stakeholder in one run, 0 to 100, and its parts in their own order; None without drivers."""

    value: float | None
    parts: tuple[Part, ...]


def lines_for(stakeholders: Iterable[Stakeholder]) -> tuple[str, ...]:
    """Keys of the model lines that the fit of these people reads, each once; `npv` always, for it counts the runs."""
    named = [driver.kpi for person in stakeholders for driver in person.drivers]
    keys = [key for kpi in named if kpi in library.kpis() for key in _lines(kpi)]
    return tuple(dict.fromkeys(["npv", *keys]))


def fits(case: Case, stakeholder: Stakeholder, counted: Rows, expected: Rows | None) -> Array:
    """Fit of each run, 0 to 100, of shape (runs,); not-a-number where they named no drivers.

    `counted` holds the lines of `lines_for` in the scenario that counts, `expected` those of the same runs under
    `base`, None where the case has no such scenario.
    """
    return average(stakeholder, movements(case, stakeholder, counted, expected), _runs(counted))


def average(stakeholder: Stakeholder, movements: Iterable[Array], runs: int) -> Array:
    """The movements of somebody's drivers (0 to 1, one array of shape (runs,) each), weighted, as 0 to 100."""
    weights = [weight(driver) for driver in stakeholder.drivers]
    if not weights:
        return np.full(runs, np.nan)
    rows = zip(weights, movements, strict=True)
    return np.asarray(100.0 * sum(own * moved for own, moved in rows) / sum(weights), float)


def movements(case: Case, stakeholder: Stakeholder, counted: Rows, expected: Rows | None) -> list[Array]:
    """How far each run closes each driver, 0 to 1: one array of shape (runs,) per driver, in their order."""
    return [_judged(case, driver, counted, expected).movement for driver in stakeholder.drivers]


def fit(counted: Study, stakeholder: Stakeholder) -> Fit:
    """The fit of one stakeholder in the study's scenario and option, with its parts."""
    return all_fits(counted, [stakeholder])[0]


def all_fits(counted: Study, stakeholders: Iterable[Stakeholder]) -> tuple[Fit, ...]:
    """The fit of each of these people in the study's scenario and option; both scenarios are one batch."""
    people = tuple(stakeholders)
    first, second = both(counted, [{}], lines_for(people))
    return tuple(_fit(counted.case, person, first, second) for person in people)


def both(counted: Study, states: list[State], keep: Iterable[str]) -> tuple[Rows, Rows | None]:
    """The lines of these states as the study counts them, and under `base` (None without it), as one batch."""
    keys, extra = tuple(keep), expected_state(counted)
    twice = states if extra is None else [*states, *({**extra, **state} for state in states)]
    found, half = counted.states(twice, keys), len(states)
    first = {key: found[key][..., :half] for key in keys}
    return first, None if extra is None else {key: found[key][..., half:] for key in keys}


def expected_state(counted: Study) -> State | None:
    """The changes that put a study under the scenario `base`, its own changes kept; None without such a scenario."""
    case = counted.case
    if EXPECTED not in case.scenario_table:
        return None
    typed, base = (_fresh(counted, scenario) for scenario in (counted.scenario, EXPECTED))
    own = {key for key, value in counted.inputs.items() if value != typed.inputs[key]}
    return {key: value for key, value in base.inputs.items() if value != typed.inputs[key] and key not in own}


def _fresh(counted: Study, scenario: str) -> Study:
    found = study(counted.case, scenario, counted.option)
    return in_force(found) if counted.in_force else found


def is_hurdle(driver: Driver) -> bool:
    """Whether it is met or not; a number of the whole case always is, whatever it was called."""
    return driver.kind == "hurdle" or driver.kpi in OF_THE_CASE


def weight(driver: Driver) -> float:
    """What a driver weighs: its importance (1 to 5) times how they answer for it (1, 0.5 or 0.25)."""
    return driver.importance * HELD_TO[driver.held_to]


def due_year(case: Case, driver: Driver) -> int:
    """The model year, from 1, in which a target is due; the last one where it has no date or a later one."""
    company = case.company
    if driver.due is None:
        return company.years
    ends = [period_end(company.decision_date, 12 * year) for year in range(1, company.years + 1)]
    return next((year for year, end in enumerate(ends, 1) if end > driver.due), company.years)


@dataclass(frozen=True)
class _Judged:
    """One driver in every run; all arrays of shape (runs,), not-a-number is no number."""

    movement: Array
    why: NDArray[np.str_]
    current: Array
    without: Array
    with_: Array


def _judged(case: Case, driver: Driver, counted: Rows, expected: Rows | None) -> _Judged:
    none = np.full(_runs(counted), np.nan)
    if driver.kpi not in library.kpis():
        typed = none if driver.current is None else np.full(len(none), driver.current)
        return _nothing("not_computed", typed, none, none)
    year = due_year(case, driver)
    of_the_case = driver.kpi in OF_THE_CASE
    with_ = _value(driver.kpi, "with", year, counted)
    without = none if of_the_case else _value(driver.kpi, "without", year, counted)
    current = none if of_the_case else _current(driver, counted)
    if driver.target is None:
        return _nothing("no_target", current, without, with_)
    if is_hurdle(driver):
        likely = None if expected is None else _value(driver.kpi, "with", year, expected)
        return _hurdle(driver, driver.target, current, without, with_, likely)
    return _goal(driver, driver.target, current, without, with_)


def _nothing(why: Why, current: Array, without: Array, with_: Array) -> _Judged:
    runs = len(with_)
    return _Judged(np.zeros(runs), np.full(runs, why), current, without, with_)


def _goal(driver: Driver, target: float, current: Array, without: Array, with_: Array) -> _Judged:
    """The part of the way from today to the target that the programme goes; nothing where the target is reached."""
    good = _good(driver, target, current)
    gap, moved = good * (target - current), good * (with_ - without)
    arrived = gap <= SAME * np.maximum(abs(target), abs(current))
    known = np.isfinite(moved) & np.isfinite(gap)
    still = abs(moved) <= SAME * np.maximum(abs(with_), abs(without))
    with np.errstate(all="ignore"):
        closed = np.clip(moved / gap, 0.0, 1.0)
    why = np.select(
        [arrived, ~known, still, moved < 0], ["at_target", "not_computed", "not_moved", "moved_away"], "moved"
    )
    return _Judged(np.where(known & ~arrived, closed, 0.0), why, current, without, with_)


def _hurdle(
    driver: Driver, target: float, current: Array, without: Array, with_: Array, likely: Array | None
) -> _Judged:
    """Met or not; a KPI that stands at its target today counts nothing, a number of the case has no today."""
    good = _good(driver, target, current)
    met = _reached(with_, target, good)
    maybe = np.zeros(len(with_), bool) if likely is None else _reached(likely, target, good)
    arrived = _reached(current, target, good)
    unknown = np.isnan(with_) & (driver.kpi not in OF_THE_CASE)
    reasons = ["at_target", "not_computed", "hurdle_met", "hurdle_met_expected"]
    why = np.select([arrived, unknown & ~maybe, met, maybe], reasons, "hurdle_missed")
    counts = np.select([arrived, met, maybe], [0.0, 1.0, HALF_MET], 0.0)
    return _Judged(counts, why, current, without, with_)


def _reached(value: Array, target: float, good: Array) -> NDArray[np.bool_]:
    """At the target or past it; a number that does not exist never is."""
    return np.asarray(good * (value - target) >= -SAME * np.maximum(abs(value), abs(target)), bool)


def _good(driver: Driver, target: float, current: Array) -> Array:
    """1 where more is better, -1 where less is; a KPI without a better direction is to move towards its target."""
    direction = library.kpis()[driver.kpi].direction
    if direction == "none":
        return np.where(target >= current, 1.0, -1.0)
    return np.full(len(current), 1.0 if direction == "up" else -1.0)


def _current(driver: Driver, counted: Rows) -> Array:
    """Today's value as they named it, else what doing nothing gives in the first year."""
    if driver.current is None:
        return _value(driver.kpi, "without", 1, counted)
    return np.full(_runs(counted), driver.current)


def _value(kpi: str, world: World, year: int, rows: Rows) -> Array:
    if kpi in OF_THE_CASE:
        return rows[CASE_LINES[kpi]]
    by_year: Array = rows[kpi_key(kpi, world)]
    return np.asarray(by_year[year - 1], float)


def _lines(kpi: str) -> list[str]:
    return [CASE_LINES[kpi]] if kpi in OF_THE_CASE else [kpi_key(kpi, world) for world in WORLDS]


def _runs(rows: Rows) -> int:
    return int(next(iter(rows.values())).shape[-1])


def _fit(case: Case, stakeholder: Stakeholder, counted: Rows, expected: Rows | None) -> Fit:
    found = [_judged(case, driver, counted, expected) for driver in stakeholder.drivers]
    value = _number(average(stakeholder, [one.movement for one in found], 1))
    rows = zip(stakeholder.drivers, found, strict=True)
    return Fit(value, tuple(_part(case, driver, one) for driver, one in rows))


def _part(case: Case, driver: Driver, found: _Judged) -> Part:
    why: Why = found.why[0].item()
    current, without, with_ = (_number(row) for row in (found.current, found.without, found.with_))
    moved = float(found.movement[0])
    return Part(driver, weight(driver), moved, current, without, with_, due_year(case, driver), why)


def _number(row: Array) -> float | None:
    return None if np.isnan(row[0]) else float(row[0])
