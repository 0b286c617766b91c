"""What each player of a game adds: Shapley values, exact over all subsets or sampled with a stated error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Which players are in, one row per subset, one column per player, 1 or 0.
Flags = NDArray[np.float64]

#: Players up to which every subset is played: 4,096 subsets.
MOST_EXACT = 12
#: Orders in which players come, drawn beyond that; each second one is the order before it, backwards.
PERMUTATIONS = 256
SEED = 20_261_121


@dataclass(frozen=True)
class Shares:
    """Each player's share of a game, in the game's own unit; with `empty`, what no player brings, they sum to `whole`.

    `error` is the standard error of each share where the orders were sampled, None where shares are exact.
    """

    values: Array
    error: Array | None
    empty: float
    whole: float


@dataclass(frozen=True)
class Plan:
    """The subsets that must be played: `flags` has each of them once, the empty one first, the full one last.

    `places` is None where all subsets are played, row n being the one whose members are the set bits of n; sampled,
    it has one row per order drawn: the subset's row when 0, 1, ... all players of `orders` have come.
    """

    flags: Flags
    orders: NDArray[np.int64] | None = None
    places: NDArray[np.int64] | None = None

    def shares(self, worths: Array) -> Shares:
        """The shares, given the worth of each subset of `flags` in its order."""
        empty, whole = float(worths[0]), float(worths[-1])
        if self.orders is None or self.places is None:
            return Shares(shapley(worths), None, empty, whole)
        steps = np.diff(worths[self.places], axis=1)
        added = np.empty_like(steps)
        np.put_along_axis(added, self.orders, steps, axis=1)
        pairs = (added[0::2] + added[1::2]) / 2
        error = pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs))
        return Shares(pairs.mean(axis=0), error, empty, whole)


def shared(
    worth: Callable[[Flags], Array], players: int, seed: int = SEED, permutations: int = PERMUTATIONS
) -> Shares:
    """What each player adds to a game, played as one batch; exact up to 12 players, sampled beyond.

    `worth` takes flags of shape (runs, players), 1 where a player is in, and returns one number per run.
    """
    subsets = plan(players, seed, permutations)
    return subsets.shares(worth(subsets.flags))


def plan(players: int, seed: int = SEED, permutations: int = PERMUTATIONS) -> Plan:
    """The subsets to play: all of them up to 12 players, beyond that those of `permutations` orders."""
    return Plan(all_flags(players)) if players <= MOST_EXACT else sampled(players, seed, permutations)


def shapley(worths: Array) -> Array:
    """Exact Shapley values from the worth of every subset: bit n of an index says whether player n is in.

    ValueError where the number of worths is not a power of two, or players are more than 12.
    """
    players = max(len(worths), 1).bit_length() - 1
    if len(worths) != 1 << players or players > MOST_EXACT:
        raise ValueError(f"{len(worths)} worths: there must be 2**n, n from 0 to {MOST_EXACT}")
    return np.asarray(_weights(players) @ (worths - worths[0]), float)


def all_flags(players: int) -> Flags:
    """All 2**n subsets: row n has a 1 for each set bit of n."""
    return (np.arange(1 << players)[:, None] >> np.arange(players) & 1).astype(float)


def sampled(players: int, seed: int = SEED, permutations: int = PERMUTATIONS) -> Plan:
    """The distinct subsets that arise while players come one by one, in drawn orders and the same backwards.

    ValueError where `permutations` is odd or below 4: an error needs two pairs.
    """
    if permutations < 4 or permutations % 2:
        raise ValueError(f"{permutations} permutations: there must be an even number of them, 4 or more")
    drawn = shuffled(players, permutations // 2, seed)
    orders = np.stack([drawn, drawn[:, ::-1]], axis=1).reshape(-1, players)
    arrival = np.argsort(orders, axis=1)
    inside = arrival[:, None, :] < np.arange(players + 1)[None, :, None]
    packed = np.packbits(inside.reshape(-1, players), axis=1)
    found, places = np.unique(packed, axis=0, return_inverse=True)
    flags = np.unpackbits(found, axis=1, count=players).astype(float)
    return Plan(flags, orders, places.reshape(len(orders), players + 1))


def shuffled(players: int, rows: int, seed: int) -> NDArray[np.int64]:
    """Random orders of players, one per row, by Fisher and Yates from raw integers: the same on every platform."""
    swaps = max(players - 1, 0)
    raw = np.random.PCG64(seed).random_raw(rows * swaps).reshape(rows, swaps)
    orders, every = np.tile(np.arange(players), (rows, 1)), np.arange(rows)
    for last in range(players - 1, 0, -1):
        other = ((raw[:, last - 1] >> np.uint64(32)) * np.uint64(last + 1) >> np.uint64(32)).astype(np.int64)
        orders[every, last], orders[every, other] = orders[every, other], orders[every, last]
    return orders


@lru_cache(maxsize=MOST_EXACT + 1)
def _weights(players: int) -> Array:
    """How much of each subset's worth a player takes: joining it last counts for, being missing against."""
    inside = all_flags(players).T
    sizes = inside.sum(axis=0).astype(int)
    share = np.array([1 / (players * comb(players - 1, size)) for size in range(players)] + [0.0])
    return np.asarray(np.where(inside == 1, share[sizes - 1], -share[sizes]), float)
