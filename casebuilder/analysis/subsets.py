"""Every version of a programme: which investments it keeps, what it returns and costs, and whom it wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.attribution import attribution
from casebuilder.analysis.cash import cash_only
from casebuilder.analysis.fit import expected_state, fits, is_hurdle, lines_for
from casebuilder.analysis.shapley import MOST_EXACT, Array, Flags, all_flags
from casebuilder.analysis.study import Study
from casebuilder.model.model import Values

#: What a budget limits: money out until the end of the first year, or over the whole horizon.
Budget = Literal["first_year_cash", "total_cost"]
#: What is wanted for it: net present value, or the fit of a stakeholder by position in the case.
Gain = Literal["npv"] | int
#: Digits to which shares of the largest amount are told apart.
DIGITS = 9
#: How often a choice of versions is extended by the neighbours of its best, at most.
ROUNDS = 5

_LINES = ("npv", "pv_costs", "costs", "peak_funding", "payback_months")


@dataclass(frozen=True)
class Measures:
    """What each run of a batch comes to: arrays of shape (runs,), money in the case's currency, costs positive.

    `total_cost` and `first_year_cash` are costs as paid, not discounted and before tax, from the decision to the end
    of the horizon or of year 1. `npv_on_cash` counts only what reaches the books by itself. `payback_months` is
    not-a-number where nothing is paid back. `fit` has one array (0 to 100) per stakeholder of the case.
    """

    npv: Array
    npv_on_cash: Array
    pv_costs: Array
    total_cost: Array
    first_year_cash: Array
    peak_funding: Array
    payback_months: Array
    fit: tuple[Array, ...]


@dataclass(frozen=True)
class Versions:
    """Versions of one study: `flags` has a row per version with 1 for each member in it, the empty one first.

    Every subset where `exact`; else a stated choice of them. `sound` marks those in which every investment has what
    it needs first: any other costs more and returns less than the same without what cannot work.
    """

    members: tuple[str, ...]
    flags: Flags
    found: Measures
    sound: NDArray[np.bool_]
    exact: bool

    def inside(self, version: int) -> tuple[str, ...]:
        """Ids of the investments in a version, in the case's order."""
        return tuple(id for id, flag in zip(self.members, self.flags[version], strict=True) if flag)

    def budget(self, budget: Budget) -> Array:
        """What each version takes of a budget (money)."""
        return self.found.first_year_cash if budget == "first_year_cash" else self.found.total_cost

    def gain(self, gain: Gain) -> Array:
        """What each version brings: net present value (money) or the fit of a stakeholder (0 to 100)."""
        return self.found.npv if gain == "npv" else self.found.fit[gain]


def all_versions(study: Study) -> Versions:
    """All subsets of the study's investments up to 12, beyond that a choice that is always the same; see `choice`."""
    members, needs = study.members, needed(study)
    flags = all_flags(len(members)) if len(members) <= MOST_EXACT else choice(study, needs)
    found = measured(study, study.switched(members, flags))
    return Versions(members, flags, found, is_sound(flags, needs), len(members) <= MOST_EXACT)


def measured(study: Study, changes: Mapping[str, Array]) -> Measures:
    """Measure a batch of runs of a study."""
    case, strict = study.case, cash_only(study)
    keep = tuple(dict.fromkeys((*_LINES, *lines_for(case.stakeholders))))
    found = study.runs(changes, keep)
    costs, first_year = found["costs"], case.company.periods_per_year + 1
    expected = _expected(study, changes, keep)
    return Measures(
        npv=found["npv"],
        npv_on_cash=study.with_inputs(strict).runs(changes)["npv"] if strict else found["npv"],
        pv_costs=found["pv_costs"],
        total_cost=costs.sum(axis=0),
        first_year_cash=costs[:first_year].sum(axis=0),
        peak_funding=found["peak_funding"],
        payback_months=found["payback_months"],
        fit=tuple(fits(case, person, found, expected) for person in case.stakeholders),
    )


def _expected(study: Study, changes: Mapping[str, Array], keep: tuple[str, ...]) -> Values | None:
    """The same runs in the scenario in which a missed hurdle may still be met; None where nobody has a hurdle."""
    hurdles = any(is_hurdle(driver) for person in study.case.stakeholders for driver in person.drivers)
    state = expected_state(study) if hurdles else None
    return None if state is None else study.with_inputs(state).runs(changes, keep)


def efficient(budget: Array, gain: Array, allowed: NDArray[np.bool_]) -> list[int]:
    """The runs that no other allowed run beats, taking no more and bringing at least as much; by budget, upwards.

    Of equal runs the first one stands. A gain that is not a number is none.
    """
    taken, brought = on_grid(budget), on_grid(gain)
    known = np.flatnonzero(allowed & ~np.isnan(gain))
    order = known[np.lexsort((known, -brought[known], taken[known]))]
    kept: list[int] = []
    for run in order.tolist():
        if not kept or brought[run] > brought[kept[-1]]:
            kept.append(run)
    return kept


def on_grid(amounts: Array) -> Array:
    """Amounts as shares of the largest one, rounded so that what differs by rounding alone is equal."""
    largest = float(np.abs(amounts[~np.isnan(amounts)]).max(initial=0.0))
    return np.asarray(np.round(amounts / (largest or 1.0), DIGITS), float)


def needed(study: Study) -> Flags:
    """What each member needs, directly or not, itself included: one row and column per member, 1 where needed.

    A column more says whether any of that never works: it is off, or starts after the horizon.
    """
    initiatives = {initiative.id: initiative for initiative in study.case.initiatives}
    members, end = study.members, 12 * study.case.company.years
    found = np.zeros((len(members), len(members) + 1))
    for row, member in enumerate(members):
        waiting, seen = [member], {member}
        while waiting:
            waiting = [id for here in waiting for id in initiatives[here].requires if id not in seen]
            seen.update(waiting)
        for id in seen:
            works = id in members and initiatives[id].start_month < end
            found[row, members.index(id) if works else -1] = 1
    return found


def is_sound(flags: Flags, needs: Flags) -> NDArray[np.bool_]:
    """Whether everything in a version has what it needs first."""
    return np.asarray((only_working(flags, needs) == flags).all(axis=1), bool)


def only_working(flags: Flags, needs: Flags) -> Flags:
    """The versions without what cannot work in them."""
    there = np.concatenate([flags, np.zeros((len(flags), 1))], axis=1)
    return np.asarray(there @ needs.T == needs.sum(axis=1), float)


def with_needed(flags: Flags, needs: Flags) -> Flags:
    """The versions with everything that what is in them needs."""
    return np.asarray(flags @ needs[:, :-1] > 0, float)


def choice(study: Study, needs: Flags) -> Flags:
    """Versions of a large programme, each once and always the same ones.

    Nothing, everything, each investment with what it needs, everything but one and what needs it, and the best first
    by what they add and by that per cost; then, round by round, the neighbours of those of them that are efficient.
    """
    members, direct = study.members, needs[:, :-1]
    added = attribution(study).values
    costs = study.runs(study.switched(members, np.eye(len(members))), ("pv_costs",))["pv_costs"]
    worth = np.array([added[id] for id in members])
    chains = [_best_first(worth), _best_first(worth / np.maximum(costs, 1.0))]
    grown = with_needed(np.concatenate([direct, *chains]), needs)
    flags = _once(np.concatenate([grown, 1 - direct.T, np.zeros((1, len(members)))]), needs)
    for _ in range(ROUNDS):
        before, flags = flags, _once(np.concatenate([flags, _neighbours(study, flags, needs)]), needs)
        if len(flags) == len(before):
            break
    return flags


def _best_first(worth: Array) -> Flags:
    """One version per member: the best, the best two, and so on."""
    return (np.argsort(np.argsort(-worth, kind="stable")) <= np.arange(len(worth))[:, None]).astype(float)


def _neighbours(study: Study, flags: Flags, needs: Flags) -> Flags:
    """Each efficient version with one investment more, or without one and what needs it."""
    found = study.runs(study.switched(study.members, flags), ("npv", "costs"))
    cost, every = found["costs"].sum(axis=0), np.ones(len(flags), bool)
    best = flags[efficient(cost, found["npv"], every)]
    more = np.maximum(best[:, None, :], np.eye(len(needs))[None])
    fewer = best[:, None, :] * (1 - needs[:, :-1].T)[None]
    both = np.concatenate([more, fewer]).reshape(-1, len(needs))
    return with_needed(both, needs)


def _once(flags: Flags, needs: Flags) -> Flags:
    """Each sound version once, the empty one first, the fullest last."""
    return np.unique(only_working(flags, needs), axis=0)
