"""The choices a decider has: nothing, the case's own options, and the versions that are best at something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.shapley import Array, Flags
from casebuilder.analysis.study import Study
from casebuilder.analysis.subsets import (
    Budget,
    Gain,
    Measures,
    Versions,
    all_versions,
    efficient,
    measured,
    on_grid,
)
from casebuilder.case.reserved import DO_NOTHING
from casebuilder.model.structure import AS_SET

#: What a choice is: one the case names, or the version that is cheapest, cheapest on cash alone, or returns most.
Kind = Literal["named", "cheapest_that_pays", "pays_on_cash", "returns_most"]


@dataclass(frozen=True)
class Choice:
    """One choice: `id` is the option's id or the kind; money in the case's currency, costs positive.

    `cost` is everything paid over the horizon, `first_year_cash` what is paid until the end of year 1, neither
    discounted; `payback_months` is None where nothing is paid back. `fit` has a number (0 to 100) per stakeholder of
    the case, None where they named nothing.
    """

    id: str
    kind: Kind
    initiatives: tuple[str, ...]
    npv: float
    npv_on_cash: float
    cost: float
    first_year_cash: float
    peak_funding: float
    payback_months: float | None
    fit: tuple[float | None, ...]


def options(study: Study, versions: Versions | None = None) -> tuple[Choice, ...]:
    """Doing nothing, the case's options with their own switches, and the study's versions that stand out.

    All switches as set come second where no option names them and the study is of that. What stands out: the cheapest
    version that pays, the cheapest that pays on cash alone, and the one that returns most, where there is one.
    `versions` saves computing them again.
    """
    versions = versions or all_versions(study)
    picked: dict[Kind, int | None] = {
        "cheapest_that_pays": cheapest_that_pays(versions),
        "pays_on_cash": cheapest_on_cash(versions),
        "returns_most": best(versions),
    }
    found = [
        _choice(kind, kind, versions.inside(run), versions.found, run)
        for kind, run in picked.items()
        if run is not None
    ]
    return (*_named(study), *found)


def best(versions: Versions) -> int | None:
    """The version that returns most; of equal ones the cheapest. None where none pays."""
    return _first(_pays(versions, versions.found.npv), -versions.found.npv, versions.found.total_cost)


def cheapest_that_pays(versions: Versions) -> int | None:
    """The version of lowest total cost whose NPV is above zero and above that of doing nothing; None without one."""
    return _first(_pays(versions, versions.found.npv), versions.found.total_cost, -versions.found.npv)


def cheapest_on_cash(versions: Versions) -> int | None:
    """The same where only cash counts that nobody had to promise."""
    worth = versions.found.npv_on_cash
    return _first(_pays(versions, worth), versions.found.total_cost, -worth)


def frontier(versions: Versions, budget: Budget = "first_year_cash", gain: Gain = "npv") -> tuple[int, ...]:
    """The versions that bring most for what they take, by budget upwards; each brings more than the one before."""
    return tuple(efficient(versions.budget(budget), versions.gain(gain), versions.sound))


def best_within(
    versions: Versions, amount: float, budget: Budget = "first_year_cash", gain: Gain = "npv"
) -> int | None:
    """The version that brings most for at most this amount (money); None where even nothing takes more."""
    taken = versions.budget(budget)
    within = [run for run in frontier(versions, budget, gain) if taken[run] <= amount]
    return within[-1] if within else None


def _pays(versions: Versions, worth: Array) -> NDArray[np.bool_]:
    """Sound versions that are worth more than zero and more than doing nothing."""
    return versions.sound & (worth > max(0.0, float(worth[0])))


def _first(allowed: NDArray[np.bool_], *keys: Array) -> int | None:
    """The allowed version that is least by the first key, then by the next, then the one with the first row."""
    runs = np.flatnonzero(allowed)
    order = np.lexsort([on_grid(key)[runs] for key in reversed(keys)])
    return int(runs[order[0]]) if len(runs) else None


def _named(study: Study) -> list[Choice]:
    """The case's options, doing nothing first: subsets of everything that is switched on, in one batch."""
    on = tuple(initiative.id for initiative in study.case.initiatives if initiative.enabled)
    table = _table(study, frozenset(on))
    flags: Flags = np.array([[float(id in inside) for id in on] for inside in table.values()])
    found = measured(study, study.switched(on, flags) or _alike(study, len(table)))
    return [
        _choice(name, "named", tuple(id for id in on if id in inside), found, run)
        for run, (name, inside) in enumerate(table.items())
    ]


def _table(study: Study, on: frozenset[str]) -> dict[str, frozenset[str]]:
    """What is on in each option by id; all switches as set too where the study is of that and no option says so."""
    named = {name: inside & on for name, inside in study.case.option_table.items()}
    found = {DO_NOTHING: named.pop(DO_NOTHING)}
    if study.option == AS_SET and on not in (found | named).values():
        found[AS_SET] = on
    return found | named


def _alike(study: Study, runs: int) -> dict[str, Array]:
    """Runs of a case without investments: all the same."""
    return {"run.option": np.full(runs, study.inputs["run.option"])}


def _choice(id: str, kind: Kind, initiatives: tuple[str, ...], found: Measures, run: int) -> Choice:
    return Choice(
        id=id,
        kind=kind,
        initiatives=initiatives,
        npv=float(found.npv[run]),
        npv_on_cash=float(found.npv_on_cash[run]),
        cost=float(found.total_cost[run]),
        first_year_cash=float(found.first_year_cash[run]),
        peak_funding=float(found.peak_funding[run]),
        payback_months=_number(found.payback_months[run]),
        fit=tuple(_number(fit[run]) for fit in found.fit),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
