"""Which investment earns what: each one's share of net present value, and what the case loses without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.shapley import PERMUTATIONS, SEED, Array, plan
from casebuilder.analysis.study import Study


@dataclass(frozen=True)
class Attribution:
    """Net present value by investment id, in the case's currency; what is off has 0.

    `values` are Shapley values: what each adds, averaged over every order in which the investments can be added, so
    that a foundation earns through what it enables and every cost stays with its owner. With `rest`, what is there
    without any investment, they sum to `whole`. `without_it` is what the case loses if this one alone is left out;
    what needs it first then costs and earns nothing. `error` holds standard errors where orders were sampled.
    """

    members: tuple[str, ...]
    values: Mapping[str, float]
    without_it: Mapping[str, float]
    rest: float
    whole: float
    error: Mapping[str, float] | None = None


def attribution(study: Study, seed: int = SEED, permutations: int = PERMUTATIONS) -> Attribution:
    """Each investment's share of the study's net present value, as one batch; sampled beyond 12 investments.

    The order of investments in the case does not matter.
    """
    members = tuple(sorted(study.members))
    subsets = plan(len(members), seed, permutations)
    all_but_one = 1 - np.eye(len(members))
    flags = np.concatenate([subsets.flags, all_but_one])
    npv = study.runs(study.switched(members, flags))["npv"]
    played = len(subsets.flags)
    shares = subsets.shares(npv[:played])

    def by_id(numbers: Array) -> dict[str, float]:
        found = dict(zip(members, numbers.tolist(), strict=True))
        return {initiative.id: found.get(initiative.id, 0.0) for initiative in study.case.initiatives}

    return Attribution(
        members=study.members,
        values=by_id(shares.values),
        without_it=by_id(shares.whole - npv[played:]),
        rest=shares.empty,
        whole=shares.whole,
        error=None if shares.error is None else by_id(shares.error),
    )
