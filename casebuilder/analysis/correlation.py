"""How effects move together: a common delivery factor, one for each investment, or a correlation stated for a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.distributions import normal_cdf, normal_inverse

Array = NDArray[np.float64]

#: An eigenvalue or a rest of variance this close to zero is zero.
_NOTHING = 1e-9


class Pair(NamedTuple):
    """A correlation (-1 to 1) stated for two effects, each by its path in the case."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True)
class Limit:
    """A pair that contradicts others: the correlation given, and what the others leave room for."""

    first: str
    second: str
    given: float
    lowest: float
    highest: float


class Contradiction(ValueError):
    """Correlations that cannot hold together; `limits` are those of a set that agrees once one effect is left out."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self.limits = tuple(limits)
        said = "; ".join(
            f"{limit.first} and {limit.second}: {limit.given:g}, where the others allow "
            f"{limit.lowest:.3g} to {limit.highest:.3g}"
            for limit in self.limits
        )
        super().__init__(f"correlations that cannot hold together: {said}")


def check_shared(within: float, across: float) -> None:
    """Refuse factors that contradict each other: 0 <= across <= within <= 1.

    The factor of all effects moves those of one investment too, so these cannot have less in common than any two.
    """
    for name, value in (("within", within), ("across", across)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name} is {value:g}: a correlation of 0 to 1")
    if across > within:
        pair = "an effect", "another of the same investment"
        raise Contradiction([Limit(*pair, given=within, lowest=across, highest=1.0)])


def share_factors(own: Array, investment: Array, common: Array, within: float, across: float) -> Array:
    """Uniforms of an effect that moves with all others and more so with those of its investment.

    From three independent uniforms a draw, by a Gaussian copula: the normals behind two effects correlate by `within`
    inside an investment and by `across` otherwise.
    """
    parts = ((own, 1 - within), (investment, within - across), (common, across))
    mixed = np.zeros_like(own)
    for uniform, weight in parts:
        if weight > 0:
            mixed += np.sqrt(weight) * normal_inverse(uniform)
    return normal_cdf(mixed)


def matrix_of(
    effects: Sequence[str], groups: Sequence[str], within: float, across: float, pairs: Sequence[Pair]
) -> Array:
    """The correlation of every two effects: what was stated for the pair, else `within` or `across` its group.

    Pairs that name an effect which is not among these are left out.
    """
    same = np.array([[one == other for other in groups] for one in groups])
    matrix = np.where(same, within, across)
    np.fill_diagonal(matrix, 1.0)
    position = {effect: place for place, effect in enumerate(effects)}
    for first, second, correlation in pairs:
        if first in position and second in position:
            one, other = position[first], position[second]
            matrix[one, other] = matrix[other, one] = correlation
    return matrix


def root_of(effects: Sequence[str], matrix: Array) -> Array:
    """The lower triangular L with L L' = matrix; Contradiction where no effects could correlate like this."""
    if not _holds(matrix):
        raise Contradiction(_explained(effects, matrix))
    root = np.zeros_like(matrix)
    for column in range(len(matrix)):
        left = matrix[column:, column] - root[column:, :column] @ root[column, :column]
        if left[0] > _NOTHING:
            root[column:, column] = left / np.sqrt(left[0])
    return root


def correlate(root: Array, own: Array) -> Array:
    """Uniforms with this root of their correlation, from independent ones; both of shape (effects, draws)."""
    return normal_cdf(root @ normal_inverse(own))


def _holds(matrix: Array) -> bool:
    return float(np.linalg.eigvalsh(matrix)[0]) >= -_NOTHING


def _explained(effects: Sequence[str], matrix: Array) -> list[Limit]:
    """Every pair of a smallest set of effects that contradicts itself, with the range that the others leave."""
    core = list(range(len(matrix)))
    for place in range(len(matrix)):
        rest = [other for other in core if other != place]
        if not _holds(matrix[np.ix_(rest, rest)]):
            core = rest
    return [
        _limit(effects, matrix, one, other, [place for place in core if place not in (one, other)])
        for number, one in enumerate(core)
        for other in core[number + 1 :]
    ]


def _limit(effects: Sequence[str], matrix: Array, one: int, other: int, rest: list[int]) -> Limit:
    """What `rest` leaves open: their correlation through it, and as much again as it leaves unexplained of both."""
    inverse = np.linalg.pinv(matrix[np.ix_(rest, rest)], rcond=_NOTHING, hermitian=True)
    to_one, to_other = matrix[rest, one], matrix[rest, other]
    through = float(to_one @ inverse @ to_other)
    unexplained = max(0.0, float(1 - to_one @ inverse @ to_one)) * max(
        0.0, float(1 - to_other @ inverse @ to_other)
    )
    room = float(np.sqrt(unexplained))
    given = float(matrix[one, other])
    return Limit(effects[one], effects[other], given, max(-1.0, through - room), min(1.0, through + room))
