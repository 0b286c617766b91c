"""Draws between low and high: reproducible uniforms, and the inverse distribution functions that shape them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Shape = Literal["pert", "triangular"]
Ends = Literal["limits", "one_in_ten"]

#: Draws that share a stratification: among so many each effect falls once into every part of its range.
BLOCK = 500
#: Chance that a draw lies beyond low, and beyond high, where `ends` is `one_in_ten`.
TENTH = 0.1
#: Cells of the table of a PERT distribution.
_CELLS = 2048
_LARGEST_EFFECT = 1.0


class Stream:
    """Uniforms of one quantity, which depend on the seed and its name alone: adding another changes none of them.

    PCG64 started from a hash, so that neither a version of numpy nor the order of a case decides what is drawn.
    """

    def __init__(self, seed: int, name: str) -> None:
        digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
        state, step = int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:], "big") | 1
        self._bits = np.random.PCG64(0)
        self._bits.state = {
            "bit_generator": "PCG64",
            "state": {"state": state, "inc": step},
            "has_uint32": 0,
            "uinteger": 0,
        }

    def blocks(self, count: int) -> Array:
        """The next `count` blocks of numbers above 0 and below 1, shape (count * BLOCK,).

        Inside a block every part of 1 / BLOCK holds one number: their order comes from the order of random integers,
        their place in the part from the low half of these, which does not depend on that order.
        """
        raw = self._bits.random_raw(count * BLOCK).reshape(count, BLOCK)
        part = np.argsort(raw, axis=1, kind="stable")
        inside = ((raw & np.uint64(0xFFFFFFFF)).astype(float) + 0.5) / 2.0**32
        return np.asarray(((part + inside) / BLOCK).ravel())


@dataclass(frozen=True)
class Spread:
    """How a size varies: low <= base <= high, `base` the likeliest; ValueError names an order that is none.

    With `limits` nothing lies beyond low and high. With `one_in_ten` one draw in ten lies below low and one above
    high, and what would leave -1 to 1 stays at that end, as no effect is larger.
    """

    low: float
    base: float
    high: float
    shape: Shape = "pert"
    ends: Ends = "limits"

    def __post_init__(self) -> None:
        if not self.low <= self.base <= self.high:
            raise ValueError(f"low {self.low}, base {self.base}, high {self.high}: low <= base <= high")

    @property
    def constant(self) -> bool:
        """Whether there is nothing to vary."""
        return self.low == self.high

    def quantile(self, chance: Array) -> Array:
        """The sizes below which a draw falls with these chances (above 0, below 1), one for each."""
        if self.constant:
            return np.full(np.shape(chance), self.base)
        place = (self.base - self.low) / (self.high - self.low)
        if self.ends == "limits":
            return self.low + (self.high - self.low) * unit_quantile(self.shape, place, chance)
        modes, places = _stretched(self.shape)
        mode = float(np.interp(place, places, modes))
        first, last = unit_quantile(self.shape, mode, np.array([TENTH, 1 - TENTH]))
        width = (self.high - self.low) / (last - first)
        size = self.low + width * (unit_quantile(self.shape, mode, chance) - first)
        return np.asarray(np.clip(size, -_LARGEST_EFFECT, _LARGEST_EFFECT))


def unit_quantile(shape: Shape, mode: float, chance: Array) -> Array:
    """The inverse distribution function on 0 to 1 with its likeliest value at `mode`.

    PERT is the beta distribution whose mean is (low + 4 base + high) / 6, read off a table to about a millionth of
    the range.
    """
    if shape == "triangular":
        rising = np.sqrt(chance * mode)
        return np.where(chance < mode, rising, 1 - np.sqrt((1 - chance) * (1 - mode)))
    reached, place = _pert_table(mode)
    return np.interp(chance, reached, place)


@lru_cache(maxsize=512)
def _pert_table(mode: float) -> tuple[Array, Array]:
    """Chances and places of the PERT distribution: its density summed by Simpson's rule over angles.

    With x = sin(angle)^2 the density x^(4 mode) (1 - x)^(4 - 4 mode) loses its steep ends and becomes smooth.
    """
    log_sine, log_cosine, place = _angles()
    density = np.exp((1 + 8 * mode) * log_sine + (9 - 8 * mode) * log_cosine)
    cells = density[:-2:2] + 4 * density[1:-1:2] + density[2::2]
    reached = np.concatenate(([0.0], np.cumsum(cells)))
    return reached / reached[-1], place


@lru_cache(maxsize=1)
def _angles() -> tuple[Array, Array, Array]:
    """Logarithms of sine and cosine at the ends and middles of the cells, and the places of their ends."""
    angle = np.linspace(0, np.pi / 2, 2 * _CELLS + 1)
    sine, cosine = np.sin(angle), np.cos(angle)
    cosine[-1] = 0.0
    with np.errstate(divide="ignore"):
        return np.log(sine), np.log(cosine), sine[::2] ** 2


@lru_cache(maxsize=2)
def _stretched(shape: Shape) -> tuple[Array, Array]:
    """Modes on 0 to 1, and where each lies between the tenth and the ninetieth percentile of its distribution."""
    modes = np.linspace(0, 1, 201)
    tenths = np.array([TENTH, 1 - TENTH])
    ends = np.array([unit_quantile(shape, float(mode), tenths) for mode in modes])
    return modes, (modes - ends[:, 0]) / (ends[:, 1] - ends[:, 0])


def normal_inverse(chance: Array) -> Array:
    """Standard normal quantiles of chances above 0 and below 1 (Wichura 1988, AS 241), to 1e-15 of their size."""
    off = chance - 0.5
    found = off * _ratio(0.180625 - off * off, _CENTRE)
    outer = np.abs(off) > 0.425
    if outer.any():
        side = off[outer]
        far = np.sqrt(-np.log(np.where(side < 0, chance[outer], 1 - chance[outer])))
        value = np.where(far <= 5, _ratio(far - 1.6, _MIDDLE), _ratio(far - 5.0, _TAIL))
        found[outer] = np.copysign(value, side)
    return found


def normal_cdf(value: Array) -> Array:
    """Chances that a standard normal falls below these values (Hart 1968), to 1e-15; beyond 7 as at 7."""
    size = np.minimum(np.abs(value), 7.0)
    below = np.exp(-0.5 * size * size) * _ratio(size, _HART)
    return np.where(value < 0, below, 1 - below)


Ratio = tuple[Sequence[float], Sequence[float]]


def _ratio(value: Array, coefficients: Ratio) -> Array:
    """One polynomial over another, coefficients from the highest power down."""
    above, below = coefficients
    return np.asarray(_polynomial(value, above) / _polynomial(value, below))


def _polynomial(value: Array, coefficients: Sequence[float]) -> Array:
    total = np.full_like(value, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= value
        total += coefficient
    return total


_CENTRE: Ratio = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_MIDDLE: Ratio = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_TAIL: Ratio = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)
_HART: Ratio = (
    (
        3.52624965998911e-2,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376,
    ),
    (
        8.83883476483184e-2,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752,
    ),
)
