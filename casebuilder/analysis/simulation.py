"""Simulation: every effect drawn between its low and high many times over, and the returns that come of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.correlation import (
    Pair,
    check_shared,
    correlate,
    matrix_of,
    root_of,
    share_factors,
)
from casebuilder.analysis.distributions import BLOCK, Ends, Shape, Spread, Stream
from casebuilder.analysis.study import Study, effect_key, effect_path
from casebuilder.model.inputs import SIZES

Array = NDArray[np.float64]

#: Changes whenever the same seed would draw something else.
ALGORITHM = "1"
MOST_DRAWS = 1_000_000
#: The mean counts as known once it lies within this share of itself, or of the distance from P10 to P90.
KNOWN_WITHIN = 0.005
#: Chance of the worst cases that value at risk and expected shortfall speak of.
WORST = 0.05
#: Most columns of the histogram.
COLUMNS = 30
#: Below this share of its amounts, or of one unit of money, a range has one column: its edges would read the same.
_HARDLY = 1e-6
_BLOCKS_AT_ONCE = 10
_NUMBERS_AT_ONCE = 1_000_000
_LINES = ("npv", "payback_months", "payback_state")
_NOTHING_TO_PAY_BACK = 2


@dataclass(frozen=True)
class Settings:
    """What a simulation is asked: draws (whole blocks of 500), seed, what low and high mean, what moves together.

    `within` is the correlation of two effects of one investment, `across` of any two (0 <= across <= within <= 1),
    `pairs` states single ones. ValueError says which setting is none; Contradiction which cannot hold together.
    """

    draws: int = 10_000
    seed: int = 20270101
    shape: Shape = "pert"
    ends: Ends = "limits"
    within: float = 0.0
    across: float = 0.0
    pairs: tuple[Pair, ...] = ()

    def __post_init__(self) -> None:
        if self.draws % BLOCK or not 2 * BLOCK <= self.draws <= MOST_DRAWS:
            allowed = f"a multiple of {BLOCK} from {2 * BLOCK} to {MOST_DRAWS}"
            raise ValueError(f"{self.draws} draws: {allowed}")
        check_shared(self.within, self.across)
        named = [frozenset(pair[:2]) for pair in self.pairs]
        for pair, names in zip(self.pairs, named, strict=True):
            if len(names) != 2 or named.count(names) > 1 or not -1 <= pair.correlation <= 1:
                raise ValueError(f"{pair}: two different effects, stated once, and a correlation of -1 to 1")


@dataclass(frozen=True)
class Quantiles:
    """What one draw in ten lies below, half of them, and nine in ten."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Convergence:
    """How well the draws know what they say: standard errors between blocks of draws, and whether that will do.

    `mean` and `p50` are money, `probability_of_loss` a share. `known`: twice the error of the mean is within half a
    per cent of the mean, or of the distance from P10 to P90 where that is larger, as a mean near zero has no per cent.
    """

    mean: float
    p50: float
    probability_of_loss: float
    known: bool


@dataclass(frozen=True)
class Histogram:
    """Draws by NPV: `edges` (one more than columns) are round amounts, one of them 0 where draws lie on both sides.

    A column holds what is at or above its lower edge and below its upper one. Where hardly anything varies there is one
    column, from the lowest to the highest amount.
    """

    edges: tuple[float, ...]
    draws: tuple[int, ...]

    def column_of(self, amount: float) -> int:
        """The column in which an amount lies; the first or last where it lies outside."""
        inside = np.searchsorted(self.edges, amount, side="right") - 1
        return int(np.clip(inside, 0, len(self.draws) - 1))


@dataclass(frozen=True)
class Simulation:
    """The returns of all draws. Money is nominal in the case's currency; losses are positive amounts.

    `expected` is the NPV with every effect at its expected size, `counted` the study's own (risk-adjusted where its
    scenario is), both under the same costs and delay; `probability_of_counted` is the share of draws that reach it.
    One draw in twenty lies below `p5`: `value_at_risk` is what these lose at least, measured from zero (0 where even
    they earn), `expected_shortfall` what they lose on average.
    `payback` is in months, of the draws in which money comes back (None where it never does); `share_paid_back` the
    share of draws in which it comes back within the horizon, those with nothing to pay back among them, at month 0.
    `effects` is how many effects vary.
    """

    scenario: str
    option: str
    settings: Settings
    algorithm: str
    effects: int
    npv: Quantiles
    mean: float
    deviation: float
    probability_of_loss: float
    probability_of_counted: float
    p5: float
    value_at_risk: float
    expected_shortfall: float
    payback: Quantiles | None
    share_paid_back: float
    convergence: Convergence
    histogram: Histogram
    expected: float
    counted: float
    npvs: Array = field(repr=False, compare=False)
    paybacks: Array = field(repr=False, compare=False)


def simulate(raw: Study, settings: Settings | None = None) -> Simulation:
    """Draw every effect of the study's investments from its own low, base and high, and evaluate each draw.

    The scenario's cost factor, delay and benefit factor hold; its size of effects and its risk adjustment do not, for
    the draws are that uncertainty already. Raises ValueError for a study whose sizes are adjusted, or a pair of
    effects that the case does not have, and Contradiction for correlations that cannot hold together.
    """
    if raw.in_force:
        raise ValueError("a study with its risk adjustment worked in would apply uncertainty twice")
    asked = settings or Settings()
    row = f"scenarios.{raw.scenario}"
    plain = raw.with_inputs({f"{row}.haircut": 0.0, f"{row}.effects": SIZES.index("base") + 1.0})
    sampler = Sampler(raw, asked)
    npvs, paybacks = _evaluated(plain, sampler, asked.draws)
    expected, counted = plain.npv(), raw.npv()
    p5 = float(np.quantile(npvs, WORST))
    back = paybacks[~np.isnan(paybacks)]
    return Simulation(
        scenario=raw.scenario,
        option=raw.option,
        settings=asked,
        algorithm=ALGORITHM,
        effects=len(sampler.spreads),
        npv=_quantiles(npvs),
        mean=float(npvs.mean()),
        deviation=float(npvs.std(ddof=1)),
        probability_of_loss=float((npvs < 0).mean()),
        probability_of_counted=float((npvs >= counted).mean()),
        p5=p5,
        value_at_risk=_loss(p5),
        expected_shortfall=_loss(float(np.sort(npvs)[: round(WORST * len(npvs))].mean())),
        payback=_quantiles(back) if back.size else None,
        share_paid_back=back.size / len(npvs),
        convergence=_convergence(npvs),
        histogram=histogram_of(npvs, (expected, counted)),
        expected=expected,
        counted=counted,
        npvs=npvs,
        paybacks=paybacks,
    )


class Sampler:
    """Draws the sizes of all effects that vary, block after block, each from streams of its own."""

    def __init__(self, raw: Study, settings: Settings) -> None:
        self.spreads = _spreads(raw, settings)
        self._settings = settings
        _check_pairs(raw, settings.pairs)
        paths = list(self.spreads)
        self._own = {path: Stream(settings.seed, path) for path in paths}
        groups = [_investment(path) for path in paths]
        self._investments = {name: Stream(settings.seed, name) for name in dict.fromkeys(groups)}
        self._common = Stream(settings.seed, "all effects")
        self._root: Array | None = None
        if settings.pairs and paths:
            matrix = matrix_of(paths, groups, settings.within, settings.across, settings.pairs)
            self._root = root_of(paths, matrix)

    def blocks(self, count: int) -> dict[str, Array]:
        """The next `count` blocks of draws: by input key, shape (count * BLOCK,)."""
        own = {path: stream.blocks(count) for path, stream in self._own.items()}
        together = self._together(own, count)
        return {f"{path}.base": self.spreads[path].quantile(chance) for path, chance in together}

    def _together(self, own: dict[str, Array], count: int) -> Iterable[tuple[str, Array]]:
        """The uniforms of each effect, moved together as the settings say."""
        within, across = self._settings.within, self._settings.across
        if self._root is not None:
            return zip(own, correlate(self._root, np.array(list(own.values()))), strict=True)
        if within == 0:
            return own.items()
        common = self._common.blocks(count)
        shared = {name: stream.blocks(count) for name, stream in self._investments.items()}
        return (
            (path, share_factors(chance, shared[_investment(path)], common, within, across))
            for path, chance in own.items()
        )


def _spreads(raw: Study, settings: Settings) -> dict[str, Spread]:
    """The spread of every effect that varies, by path: of investments that are in this option, in the case's order."""
    found: dict[str, Spread] = {}
    members = set(raw.members)
    for initiative in raw.case.initiatives:
        for effect in initiative.effects if initiative.id in members else ():
            low, base, high = (raw.inputs[effect_key(initiative.id, effect, size)] for size in SIZES)
            spread = Spread(low, base, high, settings.shape, settings.ends)
            if not spread.constant:
                found[effect_path(initiative.id, effect)] = spread
    return found


def _investment(path: str) -> str:
    """The path of the investment that an effect belongs to."""
    return path.partition(".effects[")[0]


def _check_pairs(raw: Study, pairs: Sequence[Pair]) -> None:
    known = {effect_path(i.id, effect) for i in raw.case.initiatives for effect in i.effects}
    unknown = {name for pair in pairs for name in pair[:2]} - known
    if unknown:
        raise ValueError(f"the case has no effect {', '.join(sorted(unknown))}")


def _evaluated(plain: Study, sampler: Sampler, draws: int) -> tuple[Array, Array]:
    """NPV and months to payback of every draw, evaluated in chunks so that memory does not grow with their inputs."""
    if not sampler.spreads:
        found = plain.runs(keep=_LINES)
        return np.repeat(found["npv"], draws), np.repeat(
            _months(found["payback_months"], found[_LINES[2]]), draws
        )
    npvs, months = np.empty(draws), np.empty(draws)
    fitting = _NUMBERS_AT_ONCE // (BLOCK * len(sampler.spreads))
    width = BLOCK * max(1, min(_BLOCKS_AT_ONCE, fitting))
    for start in range(0, draws, width):
        part = slice(start, min(start + width, draws))
        found = plain.runs(sampler.blocks((part.stop - start) // BLOCK), _LINES)
        npvs[part] = found["npv"]
        months[part] = _months(found["payback_months"], found["payback_state"])
    return npvs, months


def _months(payback: Array, state: Array) -> Array:
    """Months to payback, not-a-number where the money does not come back, 0 where none was ever out."""
    return np.where(state == _NOTHING_TO_PAY_BACK, 0.0, payback)


def _quantiles(values: Array) -> Quantiles:
    return Quantiles(*(float(value) for value in np.quantile(values, (0.1, 0.5, 0.9))))


def _loss(amount: float) -> float:
    """The amount lost; 0 where there is none."""
    return max(0.0, -amount)


def _convergence(npvs: Array) -> Convergence:
    """Errors from how far whole blocks differ: they are independent, and each alone is as spread as all together."""
    blocks = npvs.reshape(-1, BLOCK)
    of_mean = _standard_error(blocks.mean(axis=1))
    found = _quantiles(npvs)
    scale = max(abs(float(npvs.mean())), found.p90 - found.p10)
    return Convergence(
        mean=of_mean,
        p50=_standard_error(np.median(blocks, axis=1)),
        probability_of_loss=_standard_error((blocks < 0).mean(axis=1)),
        known=2 * of_mean <= KNOWN_WITHIN * scale,
    )


def _standard_error(of_blocks: Array) -> float:
    return float(of_blocks.std(ddof=1) / math.sqrt(len(of_blocks)))


def histogram_of(npvs: Array, marks: Sequence[float] = ()) -> Histogram:
    """The draws in 19 to 30 columns as wide as a round amount, wide enough for `marks` to lie inside."""
    low, high = min([float(npvs.min()), *marks]), max([float(npvs.max()), *marks])
    if high - low <= _HARDLY * max(1.0, abs(low), abs(high)):
        return Histogram((low, high), (len(npvs),))
    step = _round_step((high - low) / (COLUMNS - 2))
    first, last = math.floor(low / step), math.floor(high / step)
    columns = np.clip(np.floor(npvs / step).astype(int) - first, 0, last - first)
    counts = np.bincount(columns, minlength=last - first + 1)
    edges = tuple(number * step for number in range(first, last + 2))
    return Histogram(edges, tuple(int(count) for count in counts))


def _round_step(least: float) -> float:
    """The smallest amount of one digit, or 1.5 or 2.5, times a power of ten that is at least this.

    None is more than half as large again as the one before it, so there are always 19 columns or more.
    """
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * digits for digits in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * digits >= least)
