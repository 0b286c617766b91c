"""Which investment earns what: each one's share of net present value, and what the case loses without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.shapley import PERMUTATIONS, SEED, Array, Flags, plan
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
    """Each investment's share of the study's net present value; sampled beyond 12 investments.

    The order of investments in the case does not matter.
    """
    members = tuple(sorted(study.members))
    subsets = plan(len(members), seed, permutations)
    all_but_one = 1 - np.eye(len(members))
    flags = np.concatenate([subsets.flags, all_but_one])
    npv = worths(study, members, flags)
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


def worths(study: Study, members: Sequence[str], flags: Flags) -> Array:
    """Net present value of each version (money): `flags` has a row per version, a column per member, 1 where it is in.

    One batch runs each set of investments that can work together once, and each investment alone: one that lacks
    what it needs first adds its costs, whatever else there is, and nothing else; net present value is linear in them.
    """
    if not members:
        return study.runs()["npv"]
    working = _working(study, members, flags)
    kept, place = _each_once(working)
    alone = np.eye(len(members))
    npv = study.runs(study.switched(members, np.concatenate([np.zeros_like(alone[:1]), alone, kept])))["npv"]
    cost = npv[1 : len(alone) + 1] - npv[0]
    found: Array = npv[len(alone) + 1 :][place] + (flags - working) @ cost
    return found


def _working(study: Study, members: Sequence[str], flags: Flags) -> Flags:
    """The versions without the investments that do not work in them, as the model has it."""
    keys = [f"active[{id}]" for id in members]
    found = study.runs(study.switched(members, flags), keys)
    return np.stack([found[key] for key in keys], axis=1)


def _each_once(flags: Flags) -> tuple[Flags, NDArray[np.intp]]:
    """Each row once, and which of them each row is; compared as texts of bits, which sorts far faster than rows do."""
    packed = np.packbits(flags.astype(bool), axis=1)
    _, first, place = np.unique(
        packed.view(f"S{packed.shape[1]}")[:, 0], return_index=True, return_inverse=True
    )
    return flags[first], place
