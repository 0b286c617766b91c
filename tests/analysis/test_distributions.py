"""Draws between low and high: streams nobody's version changes, and shapes that are what textbooks say."""

import hashlib
import math
from itertools import product
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.distributions import (
    BLOCK,
    Array,
    Ends,
    Shape,
    Spread,
    Stream,
    normal_cdf,
    normal_inverse,
    unit_quantile,
)

SHAPES: tuple[Shape, ...] = ("pert", "triangular")
ENDS: tuple[Ends, ...] = ("limits", "one_in_ten")
MODES = (0.0, 0.1, 0.25, 0.5, 0.77, 1.0)
#: The first draws of the effect that is named below, seed 20270101.
FIRST = [0.14047593515436166, 0.39042822129582055, 0.6116658060343471, 0.5105721730918158]
CHANCES = (np.arange(200_000) + 0.5) / 200_000


def integers(seed: int, name: str, count: int) -> list[int]:
    """PCG64 (XSL-RR 128/64) as O'Neill published it, started from the hash of seed and name."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    state, step = int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:], "big") | 1
    found = []
    for _ in range(count):
        state = (state * 0x2360ED051FC65DA44385DF649FCCF645 + step) % 2**128
        mixed, turn = (state >> 64) ^ (state % 2**64), state >> 122
        found.append(((mixed >> turn) | (mixed << (64 - turn))) % 2**64)
    return found


# ---- uniforms


def test_a_stream_is_what_the_published_generator_gives() -> None:
    raw = integers(7, "an effect", 2 * BLOCK)
    expected = []
    for block in (raw[:BLOCK], raw[BLOCK:]):
        order = sorted(range(BLOCK), key=lambda place: block[place])
        low_halves = [((number % 2**32) + 0.5) / 2**32 for number in block]
        expected += [(part + inside) / BLOCK for part, inside in zip(order, low_halves, strict=True)]
    assert Stream(7, "an effect").blocks(2).tolist() == expected


def test_the_first_numbers_are_always_these() -> None:
    path = "initiatives[act].effects[churn_rate,all]"
    assert Stream(20270101, path).blocks(1)[:4].tolist() == pytest.approx(FIRST, rel=1e-14)


def test_every_block_covers_the_whole_range_evenly() -> None:
    found = Stream(1, "x").blocks(4).reshape(4, BLOCK)
    assert (found > 0).all() and (found < 1).all()
    for block in found:
        assert sorted(np.floor(block * BLOCK)) == list(range(BLOCK))
    assert not np.array_equal(found[0], found[1])


def test_blocks_follow_on_whether_taken_together_or_one_by_one() -> None:
    one_by_one, together = Stream(3, "x"), Stream(3, "x").blocks(5)
    assert np.array_equal(np.concatenate([one_by_one.blocks(n) for n in (1, 3, 1)]), together)


def test_streams_of_other_names_and_seeds_have_nothing_in_common() -> None:
    names = [Stream(seed, name).blocks(40) for seed, name in product((1, 2), "ab")]
    others = np.corrcoef(names)[np.triu_indices(4, 1)]
    assert np.abs(others).max() < 0.03  # four standard errors of 20,000 draws


def test_the_place_inside_a_part_does_not_depend_on_the_part() -> None:
    found = Stream(5, "x").blocks(40) * BLOCK
    part, inside = np.floor(found), found % 1
    assert abs(np.corrcoef(part, inside)[0, 1]) < 0.03
    assert inside.mean() == pytest.approx(0.5, abs=0.01)
    assert inside.var() == pytest.approx(1 / 12, rel=0.02)


# ---- shapes


def beta_chance(mode: float, places: Array) -> Array:
    """P(X <= place) of the beta distribution of PERT, by its density's constant and the midpoint rule in x."""
    first, second = 1 + 4 * mode, 5 - 4 * mode
    constant = math.gamma(6) / (math.gamma(first) * math.gamma(second))
    # x = t^2 for the left half and 1 - t^2 for the right: no end is steep
    cells = (np.arange(2000) + 0.5) / 2000
    found = []
    for place in places:
        left, right = min(place, 0.5), max(0.0, place - 0.5)
        root = math.sqrt(left) * cells
        area = (2 * root ** (2 * first - 1) * (1 - root**2) ** (second - 1)).mean() * math.sqrt(left)
        if right:
            start, end = math.sqrt(1 - 0.5 - right), math.sqrt(0.5)
            root = start + (end - start) * cells
            area += (2 * root ** (2 * second - 1) * (1 - root**2) ** (first - 1)).mean() * (end - start)
        found.append(constant * area)
    return np.array(found)


@pytest.mark.parametrize("mode", MODES)
def test_pert_against_its_density(mode: float) -> None:
    chances = np.array([0.001, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.999])
    assert beta_chance(mode, unit_quantile("pert", mode, chances)) == pytest.approx(chances, abs=2e-6)


@pytest.mark.parametrize(
    ("mode", "chance_of"),
    [
        (0.0, lambda x: 1 - (1 - x) ** 5),
        (0.25, lambda x: 1 - (1 - x) ** 4 * (1 + 4 * x)),
        (0.5, lambda x: x**3 * (10 - 15 * x + 6 * x**2)),
        (1.0, lambda x: x**5),
    ],
)
def test_pert_where_a_polynomial_is_its_distribution_function(mode: float, chance_of: object) -> None:
    assert callable(chance_of)
    assert np.abs(chance_of(unit_quantile("pert", mode, CHANCES)) - CHANCES).max() < 1e-6


@pytest.mark.parametrize("mode", MODES)
def test_triangular_against_its_distribution_function(mode: float) -> None:
    x = unit_quantile("triangular", mode, CHANCES)
    below = np.where(x < mode, x**2 / (mode or 1), 1 - (1 - x) ** 2 / ((1 - mode) or 1))
    assert np.abs(below - CHANCES).max() < 1e-12


@pytest.mark.parametrize(("low", "base", "high"), [(0.02, 0.06, 0.12), (-0.1, -0.1, 0.3), (-0.4, 0.0, 0.0)])
def test_moments_of_both_shapes(low: float, base: float, high: float) -> None:
    pert = Spread(low, base, high).quantile(CHANCES)
    mean = (low + 4 * base + high) / 6
    assert pert.mean() == pytest.approx(mean, abs=1e-6)
    assert pert.var() == pytest.approx((mean - low) * (high - mean) / 7, rel=1e-4)
    triangular = Spread(low, base, high, "triangular").quantile(CHANCES)
    squares = low**2 + base**2 + high**2 - low * base - low * high - base * high
    assert triangular.mean() == pytest.approx((low + base + high) / 3, abs=1e-6)
    assert triangular.var() == pytest.approx(squares / 18, rel=1e-4)


@given(
    st.lists(st.floats(-0.9, 0.9), min_size=3, max_size=3).map(sorted),
    st.sampled_from(SHAPES),
    st.sampled_from(ENDS),
)
def test_quantiles_rise_and_keep_to_what_low_and_high_mean(
    sizes: list[float], shape: Shape, ends: Ends
) -> None:
    low, base, high = sizes
    found = Spread(low, base, high, shape, ends).quantile(
        np.array([1e-12, 0.1, 0.3, 0.5, 0.8, 0.9, 1 - 1e-12])
    )
    assert (np.diff(found) >= 0).all()
    if ends == "limits":
        assert low - 1e-12 <= found[0] and found[-1] <= high + 1e-12
    else:
        assert (found[1], found[5]) == pytest.approx((low, high), abs=1e-9)
        assert found[0] >= -1 and found[-1] <= 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("base", [0.1, 0.15, 0.2, 0.3, 0.4])
def test_a_stretched_shape_keeps_its_likeliest_value(shape: Shape, base: float) -> None:
    """The density, as chance over width of narrow cells, is highest where base is."""
    found = Spread(0.1, base, 0.4, shape, "one_in_ten").quantile(CHANCES)
    counts, edges = np.histogram(found, bins=60)
    top = int(counts.argmax())
    assert edges[top] - 0.02 <= base <= edges[top + 1] + 0.02


def test_no_effect_is_larger_than_all_of_it() -> None:
    found = Spread(-0.9, 0.0, 0.95, "pert", "one_in_ten").quantile(np.array([1e-9, 0.1, 0.9, 1 - 1e-9]))
    assert found == pytest.approx([-1, -0.9, 0.95, 1])


@pytest.mark.parametrize(("shape", "ends"), list(product(SHAPES, ENDS)))
def test_equal_ends_mean_constant(shape: Shape, ends: Ends) -> None:
    spread = Spread(0.3, 0.3, 0.3, shape, ends)
    assert spread.constant
    assert spread.quantile(np.array([0.01, 0.99])).tolist() == [0.3, 0.3]


@pytest.mark.parametrize("sizes", [(0.2, 0.1, 0.3), (0.1, 0.4, 0.3), (0.3, 0.2, 0.1), (math.nan, 0.1, 0.2)])
def test_sizes_out_of_order_are_refused(sizes: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="low <= base <= high"):
        Spread(*sizes)


# ---- the normal distribution


def test_normal_quantiles_that_are_published() -> None:
    """Wichura's own check values (AS 241), and the ones every table has."""
    chances = np.array([0.25, 0.001, 1e-20, 0.975, 0.5, 0.9])
    published = [-0.6744897501960817, -3.090232306167814, -9.262340089798408, 1.959963984540054, 0.0]
    assert normal_inverse(chances).tolist() == pytest.approx([*published, 1.2815515655446004], rel=1e-14)


def test_normal_functions_against_the_standard_library() -> None:
    normal = NormalDist()
    values = np.linspace(-6.9, 6.9, 1999)
    assert normal_cdf(values) == pytest.approx([normal.cdf(value) for value in values], abs=1e-14)
    chances = np.concatenate((np.logspace(-12, -0.01, 500), 1 - np.logspace(-12, -0.01, 500)))
    assert normal_inverse(chances) == pytest.approx(
        [normal.inv_cdf(c) for c in chances], rel=1e-12, abs=1e-12
    )


def test_the_normal_inverse_undoes_the_normal() -> None:
    values = np.linspace(-5, 5, 501).reshape(3, 167)
    assert normal_inverse(normal_cdf(values)) == pytest.approx(values, abs=1e-9)
    assert 0 < normal_cdf(np.array([-40.0]))[0] < normal_cdf(np.array([40.0]))[0] < 1
