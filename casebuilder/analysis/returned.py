"""What numbers changed by somebody else do to the return: each alone, all together, and what each adds to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.shapley import Flags, Shares, shared
from casebuilder.analysis.study import Array, Study


@dataclass(frozen=True)
class Effects:
    """Net present values in the case's currency, under one scenario and option.

    `alone` is by how much each change moves the return when nothing else changes, `shares` what each adds when all
    are made: these sum to `together` - `start`. `error` is the largest standard error of a share, None where every
    share is exact.
    """

    start: float
    together: float
    alone: Mapping[str, float]
    shares: Mapping[str, float]
    error: float | None


def alone(study: Study, changes: Mapping[str, float]) -> dict[str, float]:
    """By how much each changed input moves the return when nothing else changes; what the model does not read, by 0."""
    read = [key for key in changes if key in study.inputs]
    npvs = study.states([{}, *({key: changes[key]} for key in read)])["npv"]
    moved = {key: float(npv) - float(npvs[0]) for key, npv in zip(read, npvs[1:], strict=True)}
    return dict.fromkeys(changes, 0.0) | moved


def together(study: Study, changes: Mapping[str, float]) -> float:
    """The return with all changes made."""
    return study.npv({key: value for key, value in changes.items() if key in study.inputs})


def effects(study: Study, changes: Mapping[str, float]) -> Effects:
    """What changed inputs by key do, as batches of runs of the study.

    Shares are fair (Shapley): what a change adds on average over all orders in which the changes could come; exact
    where up to 12 of them move anything, over sampled orders beyond.
    """
    read = {key: value for key, value in changes.items() if key in study.inputs}
    single, end = alone(study, changes), together(study, changes)
    players = _moving(study, read, single, end)
    found = _shares(study, read, players)
    shares = dict.fromkeys(changes, 0.0) | dict(zip(players, map(float, found.values), strict=True))
    error = None if found.error is None else float(found.error.max(initial=0.0))
    return Effects(study.npv(), end, single, shares, error)


def _moving(
    study: Study, changes: Mapping[str, float], alone: Mapping[str, float], end: float
) -> Sequence[str]:
    """The changes that move anything, made first or last; all of them where those that do not would, made together."""
    keys = list(changes)
    last = study.states([{}, *({k: v for k, v in changes.items() if k != key} for key in keys)])["npv"][1:]
    moving = [key for key, npv in zip(keys, last, strict=True) if alone[key] or float(npv) != end]
    without = float(study.states([{key: changes[key] for key in moving}])["npv"][0])
    return moving if without == end else keys


def _shares(study: Study, changes: Mapping[str, float], players: Sequence[str]) -> Shares:
    """What each player adds, in the order of the players."""

    def worth(flags: Flags) -> Array:
        runs = {
            key: np.where(flags[:, n] == 1, changes[key], study.inputs[key]) for n, key in enumerate(players)
        }
        return study.runs(runs)["npv"] if runs else np.array([study.npv()])

    return shared(worth, len(players))
