"""Shapley values against games with known answers, against every order played by hand, and their own laws."""

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.shapley import Array, Flags, all_flags, plan, sampled, shapley, shared, shuffled
from tests.model.cases import few

Worth = Callable[[frozenset[int]], float]


def worths(players: int, worth: Worth) -> Array:
    """The worth of every subset, in the order of their bits."""
    rows = (frozenset(n for n in range(players) if row >> n & 1) for row in range(2**players))
    return np.array([worth(inside) for inside in rows], float)


def by_orders(players: int, worth: Worth) -> Array:
    """The definition: what each adds when it comes, averaged over all orders."""
    added = np.zeros(players)
    orders = list(itertools.permutations(range(players)))
    for order in orders:
        for place, player in enumerate(order):
            added[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    return added / len(orders)


def random_game(players: int, seed: int) -> Array:
    return np.random.default_rng(seed).normal(size=2**players) * 1e6


def test_gloves() -> None:
    """Two left gloves, one right: the owner of the right one takes two thirds of the pair."""
    pairs = worths(3, lambda inside: min(len(inside & {0, 1}), len(inside & {2})))
    assert shapley(pairs) == pytest.approx([1 / 6, 1 / 6, 2 / 3], abs=1e-15)


def test_airport() -> None:
    """A runway as long as the largest aircraft needs: each piece is shared by those who need it."""
    costs = [8.0, 11.0, 13.0, 18.0]
    runway = worths(4, lambda inside: max((costs[n] for n in inside), default=0.0))
    assert shapley(runway) == pytest.approx([2.0, 3.0, 4.0, 9.0], abs=1e-12)


def test_unanimity() -> None:
    together = {1, 3, 4}
    found = shapley(worths(6, lambda inside: float(together <= inside)))
    assert found == pytest.approx([0, 1 / 3, 0, 1 / 3, 1 / 3, 0], abs=1e-15)


@pytest.mark.parametrize(
    ("votes", "quota", "power"),
    [
        ([50, 49, 1], 51, [2 / 3, 1 / 6, 1 / 6]),
        ([4, 3, 2, 1], 6, [5 / 12, 1 / 4, 1 / 4, 1 / 12]),
        ([1, 1, 1, 1, 1], 3, [0.2] * 5),
    ],
)
def test_majority(votes: list[int], quota: int, power: list[float]) -> None:
    found = shapley(worths(len(votes), lambda inside: float(sum(votes[n] for n in inside) >= quota)))
    assert found == pytest.approx(power, abs=1e-15)


@few(0.4)
@given(st.integers(0, 6), st.integers(0, 10**6))
def test_every_order_played_by_hand(players: int, seed: int) -> None:
    game = random_game(players, seed)
    hand = by_orders(players, lambda inside: float(game[sum(1 << n for n in inside)]))
    assert shapley(game) == pytest.approx(hand, rel=1e-9, abs=1e-6)


@given(st.integers(0, 12), st.integers(0, 10**6))
def test_shares_sum_to_the_whole(players: int, seed: int) -> None:
    game = random_game(players, seed)
    assert shapley(game).sum() == pytest.approx(game[-1] - game[0], rel=1e-9, abs=1e-6)


def test_who_adds_the_same_everywhere_gets_it_and_alike_players_get_alike() -> None:
    game = worths(7, lambda inside: len(inside & {0, 1, 2}) ** 2 + 5.5 * (6 in inside) + 40)
    found = shapley(game)
    assert found[3:6] == pytest.approx([0, 0, 0], abs=1e-12)
    assert found[6] == pytest.approx(5.5)
    assert found[:3] == pytest.approx([3, 3, 3])


def test_the_order_of_players_does_not_matter() -> None:
    game, order = random_game(5, 1), [3, 0, 4, 2, 1]
    other = worths(5, lambda inside: float(game[sum(1 << order[n] for n in inside)]))
    assert shapley(other) == pytest.approx(shapley(game)[order], rel=1e-12)


@pytest.mark.parametrize("length", [0, 3, 2**13])
def test_what_is_no_game_of_up_to_twelve_players(length: int) -> None:
    with pytest.raises(ValueError, match=f"{length} worths"):
        shapley(np.zeros(length))


def test_all_subsets_once() -> None:
    flags = all_flags(5)
    assert flags.shape == (32, 5)
    assert (flags @ 2.0 ** np.arange(5)).tolist() == list(range(32))


def counted(worth: Callable[[Flags], Array]) -> tuple[Callable[[Flags], Array], list[Flags]]:
    """A game that remembers every batch it was asked for."""
    batches: list[Flags] = []

    def play(flags: Flags) -> Array:
        batches.append(flags)
        return worth(flags)

    return play, batches


def crowded(flags: Flags) -> Array:
    """A game of many players in which each gets in the way of the others, and two need each other."""
    amounts = 1.0 + np.arange(flags.shape[1])
    return np.sqrt(flags @ amounts) * 100 + 30 * flags[:, 0] * flags[:, -1] + 7


def test_up_to_twelve_exact_in_one_batch() -> None:
    play, batches = counted(crowded)
    found = shared(play, 12)
    assert [len(batch) for batch in batches] == [4096]
    assert found.error is None
    assert found.values == pytest.approx(shapley(crowded(all_flags(12))))
    assert (found.empty, found.whole) == (7, pytest.approx(crowded(np.ones((1, 12)))[0]))


def test_beyond_twelve_sampled_in_one_batch_of_distinct_subsets() -> None:
    play, batches = counted(crowded)
    found = shared(play, 20)
    (batch,) = batches
    assert len(np.unique(batch, axis=0)) == len(batch) <= 256 * 19 + 2
    assert (batch[0].sum(), batch[-1].sum()) == (0, 20)
    assert found.values.sum() == pytest.approx(found.whole - found.empty, rel=1e-12)
    assert found.error is not None
    assert (found.error > 0).all()


def test_a_large_airport_within_the_stated_error() -> None:
    """Closed form for any number of players: nothing here is computed twice by the same code."""
    costs = np.cumsum(1.0 + np.arange(40) % 7)
    pieces = np.diff(costs, prepend=0.0) / np.arange(40, 0, -1)
    found = shared(lambda flags: (flags * costs).max(axis=1), 40)
    assert found.error is not None
    assert (abs(found.values - np.cumsum(pieces)) <= 4 * found.error + 1e-9).all()


def test_what_adds_the_same_everywhere_is_exact_even_sampled() -> None:
    amounts = np.arange(30) - 11.5
    found = shared(lambda flags: flags @ amounts + 3, 30)
    assert found.values == pytest.approx(amounts, abs=1e-9)
    assert found.error == pytest.approx(np.zeros(30), abs=1e-9)


def test_an_order_and_its_reverse_share_what_two_bring_together() -> None:
    """In one of them the first of the two comes last, in the other the second: half each, without any error."""
    found = shared(lambda flags: 8 * flags[:, 0] * flags[:, 19] - 6 * flags[:, 3] * flags[:, 4], 20)
    expected = np.zeros(20)
    expected[[0, 19]], expected[[3, 4]] = 4, -3
    assert found.values == pytest.approx(expected, abs=1e-12)
    assert found.error == pytest.approx(np.zeros(20), abs=1e-12)


def test_the_stated_error_is_honest() -> None:
    """Ten players, exact beside sampled: never four errors off, and off by one error as often as one should be."""
    exact = shapley(crowded(all_flags(10)))
    off = []
    for seed in range(40):
        subsets = sampled(10, seed)
        found = subsets.shares(crowded(subsets.flags))
        assert found.error is not None
        off += list((found.values - exact) / found.error)
    assert max(map(abs, off)) < 4
    assert 0.9 < math.sqrt(sum(z * z for z in off) / len(off)) < 1.1


def test_orders_come_with_their_reverse() -> None:
    orders = plan(15).orders
    assert orders is not None
    assert orders.shape == (256, 15)
    assert (orders[1::2] == orders[0::2, ::-1]).all()
    assert (np.sort(orders, axis=1) == np.arange(15)).all()


def test_every_player_comes_at_every_place_equally_often() -> None:
    orders = shuffled(6, 30_000, 7)
    seen = np.array([np.bincount(orders[:, place], minlength=6) for place in range(6)])
    expected = 30_000 / 6
    assert ((seen - expected) ** 2 / expected).sum() < 60  # chi-square, 25 degrees of freedom: 1 in 10,000
    assert len(np.unique(orders, axis=0)) == 720


def test_the_same_orders_everywhere() -> None:
    """PCG64's raw integers are the same on every platform and in every version; so must be what is made of them."""
    assert shuffled(8, 2, 1).tolist() == [[3, 5, 7, 0, 4, 1, 2, 6], [7, 4, 1, 0, 5, 3, 2, 6]]
    assert (shuffled(1, 3, 1) == 0).all()


@pytest.mark.parametrize("permutations", [0, 2, 7])
def test_too_few_orders_for_an_error(permutations: int) -> None:
    with pytest.raises(ValueError, match=f"{permutations} permutations"):
        shared(crowded, 13, permutations=permutations)
