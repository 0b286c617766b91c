"""Effects that move together: the correlations asked for are those found, and a contradiction names its pairs."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.correlation import (
    Contradiction,
    Pair,
    check_shared,
    correlate,
    matrix_of,
    root_of,
    share_factors,
)
from casebuilder.analysis.distributions import Array, Stream, normal_inverse

NAMES = ("a", "b", "c", "d", "e")
GROUPS = ("one", "one", "one", "two", "two")


def uniforms(*names: str) -> list[Array]:
    return [Stream(11, name).blocks(80) for name in names]


def of_normals(first: Array, second: Array) -> float:
    return float(np.corrcoef(normal_inverse(first), normal_inverse(second))[0, 1])


def of_ranks(first: Array, second: Array) -> float:
    return float(np.corrcoef(first.argsort().argsort(), second.argsort().argsort())[0, 1])


def stated(*pairs: tuple[str, str, float], within: float = 0.0, across: float = 0.0) -> Array:
    return matrix_of(NAMES, GROUPS, within, across, [Pair(*pair) for pair in pairs])


# ---- factors


@pytest.mark.parametrize(("within", "across"), [(0.5, 0.0), (0.5, 0.2), (0.3, 0.3), (1.0, 0.6), (0.9, 0.9)])
def test_factors_give_the_correlations_asked_for(within: float, across: float) -> None:
    """Ranks of two normals that correlate by r do so by 6/pi asin(r/2) (Pearson 1907)."""
    common, one, two, *own = uniforms("common", "one", "two", "a", "b", "c")
    a, b = (share_factors(each, one, common, within, across) for each in own[:2])
    c = share_factors(own[2], two, common, within, across)
    for pair, asked in (((a, b), within), ((a, c), across), ((b, c), across)):
        assert of_normals(*pair) == pytest.approx(asked, abs=0.02)
        assert of_ranks(*pair) == pytest.approx(6 / math.pi * math.asin(asked / 2), abs=0.02)


def test_factors_leave_every_effect_evenly_spread() -> None:
    own, one, common = uniforms("a", "one", "common")
    found = np.sort(share_factors(own, one, common, 0.6, 0.3))
    even = (np.arange(found.size) + 0.5) / found.size
    assert np.abs(found - even).max() < 0.01  # Kolmogorov's distance, 1.36 / sqrt(40,000) = 0.0068 at 5 %


def test_full_correlation_is_one_and_the_same() -> None:
    common, one, a, b = uniforms("common", "one", "a", "b")
    assert np.array_equal(share_factors(a, one, common, 1.0, 0.0), share_factors(b, one, common, 1.0, 0.0))
    assert share_factors(a, one, common, 1.0, 1.0) == pytest.approx(common, abs=1e-12)


def test_more_in_common_between_any_two_than_inside_an_investment_is_refused() -> None:
    with pytest.raises(Contradiction, match=r"an effect and another of the same investment: 0\.2") as refused:
        check_shared(0.2, 0.5)
    (limit,) = refused.value.limits
    assert (limit.given, limit.lowest, limit.highest) == (0.2, 0.5, 1.0)
    check_shared(0.5, 0.5)


@pytest.mark.parametrize(("within", "across"), [(1.1, 0.0), (0.0, -0.1), (math.nan, 0.0)])
def test_factors_that_are_no_correlation_are_refused(within: float, across: float) -> None:
    with pytest.raises(ValueError, match="a correlation of 0 to 1"):
        check_shared(within, across)


# ---- pairs


def test_the_matrix_holds_what_was_stated_and_the_factors_elsewhere() -> None:
    matrix = stated(("b", "a", -0.4), ("a", "d", 0.7), ("a", "elsewhere", 0.9), within=0.5, across=0.1)
    assert matrix.tolist() == [
        [1.0, -0.4, 0.5, 0.7, 0.1],
        [-0.4, 1.0, 0.5, 0.1, 0.1],
        [0.5, 0.5, 1.0, 0.1, 0.1],
        [0.7, 0.1, 0.1, 1.0, 0.5],
        [0.1, 0.1, 0.1, 0.5, 1.0],
    ]


def test_pairs_correlate_as_stated() -> None:
    matrix = stated(("a", "b", -0.4), ("a", "d", 0.7), within=0.3, across=0.1)
    found = correlate(root_of(NAMES, matrix), np.array(uniforms(*NAMES)))
    for one, other in itertools.combinations(range(5), 2):
        assert of_normals(found[one], found[other]) == pytest.approx(matrix[one, other], abs=0.02)
    assert found.mean(axis=1) == pytest.approx([0.5] * 5, abs=0.005)


@pytest.mark.parametrize("correlation", [1.0, -1.0])
def test_a_pair_that_is_tied(correlation: float) -> None:
    root = root_of(NAMES[:2], np.array([[1.0, correlation], [correlation, 1.0]]))
    first, second = correlate(root, np.array(uniforms("a", "b")))
    assert second == pytest.approx(first if correlation > 0 else 1 - first, abs=1e-12)


@given(st.lists(st.lists(st.floats(-1, 1), min_size=3, max_size=3), min_size=5, max_size=5))
def test_what_comes_from_factors_always_holds(loadings: list[list[float]]) -> None:
    rows = np.array(loadings) + np.array([1.5, 0.0, 0.0])
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    matrix = rows @ rows.T
    np.fill_diagonal(matrix, 1.0)
    root = root_of(NAMES, matrix)
    assert root @ root.T == pytest.approx(matrix, abs=1e-4)
    assert np.array_equal(root, np.tril(root))


# ---- contradictions


def limits_of(
    matrix: Array, names: Sequence[str] = NAMES
) -> dict[tuple[str, str], tuple[float, float, float]]:
    with pytest.raises(Contradiction) as refused:
        root_of(names, matrix)
    return {(x.first, x.second): (x.given, x.lowest, x.highest) for x in refused.value.limits}


def test_three_that_cannot_hold_together_are_named_with_what_can() -> None:
    """Two at 0.9 with a third share at least 2 * 0.81 - 1 = 0.62; 0.9 and 0.62 leave 0.558 +- 0.342."""
    found = limits_of(stated(("a", "b", 0.9), ("a", "d", 0.9), ("b", "d", -0.5)))
    assert set(found) == {("a", "b"), ("a", "d"), ("b", "d")}
    assert found["b", "d"] == pytest.approx((-0.5, 0.62, 1.0))
    side = math.sqrt((1 - 0.81) * (1 - 0.25))
    assert found["a", "b"] == pytest.approx((0.9, -0.45 - side, -0.45 + side))


def test_the_text_says_the_pairs() -> None:
    with pytest.raises(ValueError, match=r"b and d: -0\.5, where the others allow 0\.62 to 1"):
        root_of(NAMES, stated(("a", "b", 0.9), ("a", "d", 0.9), ("b", "d", -0.5)))


def test_a_stated_pair_against_the_factors() -> None:
    """Full correlation inside an investment, and one pair of it that is told to differ."""
    found = limits_of(stated(("a", "b", 0.0), within=1.0))
    assert found["a", "b"] == pytest.approx((0.0, 1.0, 1.0))
    assert set(found) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_four_of_which_any_three_agree() -> None:
    """Four effects cannot all repel each other by more than a third; any three may, down to a half."""
    pairs = [(*pair, -0.4) for pair in itertools.combinations("abcd", 2)]
    found = limits_of(stated(*pairs))
    assert set(found) == set(itertools.combinations("abcd", 2))
    # through two others that repel by 0.4: x R^-1 x = 0.32 / 0.6, so the pair lies within -0.0667 and 1 of it
    assert found["a", "b"] == pytest.approx((-0.4, 2 * 0.32 / 0.6 - 1, 1.0))


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_a_limit_is_where_the_rest_begins_to_hold(correlations: list[float]) -> None:
    """Moved to the middle of its range any one pair agrees with the others; moved past its end it does not."""
    pairs = list(itertools.combinations(range(4), 2))
    matrix = np.eye(4)
    for (one, other), correlation in zip(pairs, correlations, strict=True):
        matrix[one, other] = matrix[other, one] = correlation
    if np.linalg.eigvalsh(matrix)[0] > -1e-3:
        return
    limits = limits_of(matrix, NAMES[:4])
    core = sorted({name for pair in limits for name in pair})
    places = [NAMES.index(name) for name in core]
    for (first, second), (given_, lowest, highest) in limits.items():
        part = matrix[np.ix_(places, places)].copy()
        one, other = core.index(first), core.index(second)
        assert given_ < lowest + 1e-6 or given_ > highest - 1e-6
        for value, holds in (((lowest + highest) / 2, True), (lowest - 0.05, False), (highest + 0.05, False)):
            part[one, other] = part[other, one] = value
            assert (np.linalg.eigvalsh(part)[0] > -1e-7) == holds
