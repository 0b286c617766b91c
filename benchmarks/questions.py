"""The questions that take many runs, asked of the product and of the kernel: attribution, tornado, simulation, draws.

Each is one frozen case under its scenario `base`. The product is asked through its own functions; by hand it is
numpy as an expert would write it for the one question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np

from benchmarks import kernel
from benchmarks.numbers import REQUIRES, Effect, Row
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.study import Study, in_force, study
from casebuilder.case import load
from casebuilder.model.model import Values

DRAWS = 10_000
SEED = 20270101
INITIATIVES = tuple(REQUIRES)
#: What the tornado turns besides the sizes of all effects: of the world, of both segments and of initiatives.
TURNED = (
    "company.discount_rate",
    "company.loaded_cost_per_fte",
    "sales.referral_cost_share",
    "sales.capacity_bound",
    "sales.variable_acquisition_share",
    "service.first_contact_resolution",
    "service.self_service_share",
    "service.cost_per_assisted_contact",
    "service.outsourced_share",
    "people.attrition_rate",
    "people.replacement_cost",
    "finance.days_sales_outstanding",
    *(
        f"segments[{segment}].{field}"
        for segment in ("Enterprise", "Small business")
        for field in (
            "customers",
            "revenue_per_customer",
            "gross_margin",
            "churn_rate",
            "leads",
            "win_rate",
            "acquisition_cost",
        )
    ),
    "initiatives[closed_loop].adoption",
    "initiatives[closed_loop].one_time_cost",
    "initiatives[agent_assist].adoption",
    "initiatives[agent_assist].annual_cost",
)


@lru_cache(maxsize=1)
def frozen() -> Study:
    """The frozen case as the product studies it, with the sizes of its scenario in force."""
    return in_force(study(load(kernel.CASE), "base"))


def input_of(effect: Effect) -> str:
    """The input that holds the size of an effect."""
    initiative, lever, segment = effect
    return f"initiatives[{initiative}].effects[{lever},{segment}].base"


# ---- 1,024 subsets --------------------------------------------------------------------------------------------


def every_subset() -> dict[str, Row]:
    """Who is paid for, by initiative: run n has those whose bits n has."""
    numbers = np.arange(1 << len(INITIATIVES))
    return {id: (numbers >> bit & 1).astype(float) for bit, id in enumerate(INITIATIVES)}


def subsets_of_the_product(flags: Mapping[str, Row]) -> Row:
    """NPV of each subset by the model."""
    case = frozen()
    found: Row = case.runs({case.switch(id): row for id, row in flags.items()})["npv"]
    return found


@lru_cache(maxsize=1)
def _weights() -> Row:
    players = len(INITIATIVES)
    inside = np.stack(list(every_subset().values())).astype(bool)
    size = inside.sum(axis=0)
    share = np.array([1 / (players * comb(players - 1, n)) for n in range(players)] + [0.0])
    weights: Row = np.where(inside, share[size - 1], -share[size])
    return weights


def shapley_by_hand(flags: Mapping[str, Row]) -> Row:
    """What each initiative adds to NPV, averaged over all orders, in the order of the case."""
    earned: Row = _weights() @ kernel.subsets(flags)
    return earned


# ---- a tornado ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turned:
    """The runs of a tornado: the middle first, then every assumption low and high; sizes by effect, others by path."""

    sizes: dict[Effect, Row]
    inputs: dict[str, Row]

    @property
    def by_input(self) -> dict[str, Row]:
        """The same runs by the product's inputs."""
        return {**{input_of(effect): row for effect, row in self.sizes.items()}, **self.inputs}


@lru_cache(maxsize=1)
def turned() -> Turned:
    """60 assumptions with their ranges: all effects and the inputs of `TURNED`, 121 runs."""
    known = {each.key: each for each in ranges(frozen())}
    names: list[tuple[Effect | str, str]] = [(effect, input_of(effect)) for effect in kernel.EFFECTS]
    names += [(path, path) for path in TURNED]
    found: dict[Effect | str, Row] = {}
    for n, (name, key) in enumerate(names):
        found[name] = np.full(1 + 2 * len(names), known[key].at)
        found[name][1 + 2 * n : 3 + 2 * n] = known[key].low, known[key].high
    sizes = {effect: found[effect] for effect in kernel.EFFECTS}
    return Turned(sizes, {path: found[path] for path in TURNED})


# ---- draws and a simulation -----------------------------------------------------------------------------------


def draws(count: int) -> dict[Effect, Row]:
    """Triangular draws around every effect's size, the same for both sides."""
    random = np.random.Generator(np.random.PCG64(SEED))
    found = {}
    for effect, size in kernel.effects_of_the_case().items():
        low, high = sorted((0.4 * size, 1.6 * size))
        found[effect] = random.triangular(low, size, high, count) if size else np.zeros(count)
    return found


def drawn_by_the_product(sizes: Mapping[Effect, Row], keep: tuple[str, ...]) -> Values:
    """The kept lines of every draw by the model."""
    return frozen().runs({input_of(effect): row for effect, row in sizes.items()}, keep)


@dataclass(frozen=True)
class Simulated:
    """What a simulation by hand says: P10, P50, P90 of NPV and of months to payback, and the chance of a loss."""

    npv: Row
    payback: Row
    chance_of_loss: float


def simulated_by_hand(count: int = DRAWS) -> Simulated:
    """Draw every effect from the PERT distribution of its low, base and high; quantiles of what comes of it."""
    random = np.random.Generator(np.random.PCG64(SEED))
    sizes = {}
    for effect, (low, base, high) in kernel.ranges_of_the_case().items():
        mode = (base - low) / (high - low)
        sizes[effect] = low + (high - low) * random.beta(1 + 4 * mode, 5 - 4 * mode, count)
    found = kernel.run(sizes, "totals")
    npv = np.quantile(found.npv, (0.1, 0.5, 0.9))
    payback = np.nanquantile(found.payback_months, (0.1, 0.5, 0.9))
    return Simulated(npv, payback, float((found.npv < 0).mean()))
