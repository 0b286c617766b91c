"""The bridge: by how much each changed assumption moved the return, or a KPI in a year, from one case to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.bridge_cases import (
    Version,
    asked_option,
    in_one_vocabulary,
    renamed_segments,
    with_segments_named,
)
from casebuilder.analysis.bridge_frames import Frames, frames, owners, study_of
from casebuilder.analysis.shapley import Flags, shared
from casebuilder.analysis.study import Array, Study
from casebuilder.case import Case, library
from casebuilder.model.inputs import values
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from casebuilder.model.results import CASE_LINES
from casebuilder.model.structure import AS_SET, structure

Worth = Callable[[Flags], Array]


@dataclass(frozen=True)
class Step:
    """One changed assumption: its path in the case, its number before and after, and what it moved.

    `before` and `after` are in the assumption's own unit, of an effect its expected size; None where the change is of
    many numbers, or where a case has none. `amount` is in the unit of the measure.
    """

    path: str
    before: float | None
    after: float | None
    amount: float


@dataclass(frozen=True)
class Bridge:
    """From `start` to `end` in steps that sum exactly, the largest first; money in the case's currency.

    `measure` is a KPI, with the `year` it is taken in (from 1) or None where it is one number of the whole case.
    `silent` are the paths of changes that move nothing. `error` is the largest standard error of a step, None where
    every step is exact.
    """

    before: Case
    after: Case
    measure: str
    year: int | None
    start: float
    end: float
    steps: tuple[Step, ...]
    silent: tuple[str, ...]
    error: float | None


def bridge(
    before: Case,
    after: Case,
    measure: str = "npv",
    year: int | None = None,
    scenario: str | None = None,
    option: str | None = None,
) -> Bridge:
    """Explain the way of a measure from one case to another by what changed between them.

    Each case counts under its headline scenario and the option its decision asks for, unless `scenario` or `option`
    (AS_SET: all switches as set) names one for both. `measure` is a KPI with the programme, in a `year` from 1, or a
    number of the whole case (npv, roi, irr, payback, peak_funding).

    Changes of numbers share their interplay fairly (Shapley): a step is what its change moves on average over all
    orders in which the changes could come, exact for up to 12 that move anything, over sampled orders beyond. What
    came or went (an investment, an effect, a segment, an own line) is a change of numbers too: where it is missing it
    stands without effect. A limit that came or went, what an investment needs first, the horizon and its periods are
    steps one after the other, taken with the new numbers (a need that went: with the old ones).

    ValueError where the currencies differ, where a case lacks the scenario, option or year, or where the measure has
    no number on the way, such as a payback that is not reached.
    """
    currencies = [case.company.currency for case in (before, after)]
    if currencies[0] != currencies[1]:
        raise ValueError(
            f"one case counts in {currencies[0]}, the other in {currencies[1]}: no bridge joins them"
        )
    measured = _measured(measure, year, min(before.company.years, after.company.years))
    new_names = renamed_segments(before, after)
    one = _version(with_segments_named(before, new_names), scenario, option)
    two = _version(after, scenario, option)
    padded = in_one_vocabulary(one, two)
    way = frames(*padded)
    amounts, error = _numbers(way, owners(one, two, padded[0]), measured)
    for path, amount in (*_walk(padded[0], way.first, measured), *_walk(way.new, way.last, measured)):
        amounts[path] = amounts.get(path, 0.0) + amount
    silent = [path for path, amount in amounts.items() if amount == 0]
    silent += [*_not_in_force(one, two), *(f"segments[{name}].name" for name in new_names.values())]
    start, end = (measured.of(case) for case in padded)
    steps = _steps(amounts, (one, two), padded)
    return Bridge(before, after, measure, year, start, end, steps, tuple(silent), error)


def _version(case: Case, scenario: str | None, option: str | None) -> Version:
    found = Version(case, scenario or case.headline, option or asked_option(case))
    if found.scenario not in case.scenario_table:
        raise ValueError(f"{case.title} has no scenario {found.scenario}")
    if found.option not in (AS_SET, *case.option_table):
        raise ValueError(f"{case.title} has no option {found.option}")
    return found


@dataclass(frozen=True)
class _Measured:
    """The line that is explained, and the year in which it is taken."""

    line: str
    year: int | None

    def over(self, study: Study, changes: Mapping[str, Array] | None = None) -> Array:
        """The measure of every run of a batch; ValueError where a run has none."""
        found = study.runs(changes, (self.line,))[self.line]
        row = found if self.year is None else found[self.year - 1]
        if np.isnan(row).any():
            raise ValueError(f"{self.line} has no number in one of the cases or on the way between them")
        return row

    def of(self, case: Case) -> float:
        """The measure of a case written in one vocabulary."""
        return float(self.over(study_of(case))[0])


def _measured(measure: str, year: int | None, years: int) -> _Measured:
    if measure in OF_THE_CASE:
        return _Measured(CASE_LINES[measure], None)
    if measure not in library.kpis():
        raise ValueError(f"{measure} is not a KPI of the library")
    if year is None or not 1 <= year <= years:
        raise ValueError(f"{measure} is a number of a year, and both cases have the years 1 to {years}")
    return _Measured(kpi_key(measure, "with"), year)


def _walk(case: Case, way: Iterable[tuple[str, Case]], measured: _Measured) -> Iterator[tuple[str, float]]:
    """What each further step of structure moves."""
    level = measured.of(case)
    for path, changed in way:
        before, level = level, measured.of(changed)
        yield path, level - before


def _numbers(
    way: Frames, owner: Mapping[str, str], measured: _Measured
) -> tuple[dict[str, float], float | None]:
    """What each change of numbers moves, by its path, and the largest standard error."""
    old, new = study_of(way.old), study_of(way.new)
    changed: dict[str, list[str]] = {}
    for key, value in old.inputs.items():
        if new.inputs[key] != value:
            changed.setdefault(owner.get(key, key), []).append(key)
    paths = list(changed)

    def worth(flags: Flags) -> Array:
        runs = {
            key: np.where(flags[:, n] == 1, new.inputs[key], old.inputs[key])
            for n, path in enumerate(paths)
            for key in changed[path]
        }
        return measured.over(old, runs)

    amounts = dict.fromkeys(paths, 0.0)
    if not paths:
        return amounts, None
    moving = _moving(worth, len(paths))
    shares = shared(_held(worth, moving, len(paths)), len(moving))
    amounts |= {paths[n]: float(amount) for n, amount in zip(moving, shares.values, strict=True)}
    return amounts, None if shares.error is None else float(shares.error.max())


def _moving(worth: Worth, changes: int) -> Sequence[int]:
    """The changes that move anything, made first or last; all of them where those that do not would, made together."""
    alone = np.eye(changes)
    found = worth(np.vstack([np.zeros(changes), alone, np.ones(changes), 1 - alone]))
    first, last = found[: changes + 1], found[changes + 1 :]
    still = (first[1:] == first[0]) & (last[1:] == last[0])
    together = worth(np.vstack([still, ~still]).astype(float))
    if together[0] != first[0] or together[1] != last[0]:
        return range(changes)
    return [n for n in range(changes) if not still[n]]


def _held(worth: Worth, moving: Sequence[int], changes: int) -> Worth:
    """The same game among the changes that move anything, the others made before."""

    def among(flags: Flags) -> Array:
        every = np.ones((len(flags), changes))
        every[:, list(moving)] = flags
        return worth(every)

    return among


def _steps(
    amounts: Mapping[str, float], versions: tuple[Version, Version], padded: tuple[Case, Case]
) -> tuple[Step, ...]:
    one, two = (_given(version.case, case) for version, case in zip(versions, padded, strict=True))
    steps = [
        Step(path, _number(one, path), _number(two, path), amount)
        for path, amount in amounts.items()
        if amount
    ]
    return tuple(sorted(steps, key=lambda step: (-abs(step.amount), step.path)))


def _given(case: Case, padded: Case) -> dict[str, float]:
    """The numbers of a case by path, with the shares it counts as cash."""
    shares = {f"headline_shares.{line}": float(share) for line, share in padded.headline_shares.items()}  # type: ignore[arg-type]
    return values(case, structure(case)) | shares


def _number(given: Mapping[str, float], path: str) -> float | None:
    return given.get(path, given.get(f"{path}.base"))


def _not_in_force(one: Version, two: Version) -> Iterator[str]:
    """Scenarios and options that both cases have, that differ, and under which neither case counts here."""
    stayed = frozenset(i.id for i in one.case.initiatives) & frozenset(i.id for i in two.case.initiatives)
    rows, options = one.case.scenario_table, one.case.option_table
    for id, row in two.case.scenario_table.items():
        if id not in (one.scenario, two.scenario) and rows.get(id, row) != row:
            yield f"scenarios.{id}"
    for id, inside in two.case.option_table.items():
        if id not in (one.option, two.option) and (options.get(id, inside) ^ inside) & stayed:
            yield f"options.{id}"
