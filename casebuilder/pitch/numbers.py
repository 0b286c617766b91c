"""Numbers as people read them: the only place where a number becomes text.

The same everywhere: halves round away from zero; three significant digits unless a caller wants the whole
amount; money is its ISO code, then the amount by magnitude ("USD 1.23 M": K, M, B, T are thousands, millions,
billions, trillions); a minus is a real minus; a missing number is "n/a"; no-break spaces keep a number and
its unit on one line. NaN and infinity raise `ValueError`: what is not a number must not reach a reader.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Final, Literal, Protocol

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision
from babel.units import format_unit

LOCALE: Final = "en_US"
NOTHING: Final = "n/a"
MINUS: Final = "\u2212"
SPACE: Final = "\u00a0"

Direction = Literal["up", "down", "none"]

_WIDE: Final = Context(prec=700, rounding=ROUND_HALF_UP)
_MAGNITUDES: Final = ((12, "T"), (9, "B"), (6, "M"), (3, "K"))
_SCALE_WORDS: Final = {1e9: "billion", 1e6: "million", 1e3: "thousand", 1.0: ""}
_SCALED_UNITS: Final = frozenset({"money", "money_per_year", "count", "per_year"})
_UNIT_TITLES: Final = {"per_year": "", "share": "per cent", "fte": "FTE", "ratio": "times"}


# Rounding


def rounded(value: float, decimals: int = 0) -> Decimal:
    """`value` at so many decimals, halves away from zero: 2.5 -> 3; -2 decimals round to hundreds."""
    result = _exact(value).quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    return abs(result) if result == 0 else result


def significant(value: float, digits: int = 3) -> Decimal:
    """`value` at so many significant digits: 1,234,567 -> 1,230,000; 999,950 -> 1,000,000."""
    return rounded(value, digits - 1 - _exact(value).adjusted()) if value else Decimal(0)


def _exact(value: float) -> Decimal:
    """The number as it is written, so that 1.005 rounds as people expect, not as its binary neighbour."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be shown")
    return Decimal(repr(float(value)))


# One function for each kind of number. `signed` writes a plus before what is above zero.


def money(
    value: float | None, currency: str, digits: int = 3, *, signed: bool = False, locale: str = LOCALE
) -> str:
    """An amount by magnitude at so many significant digits: "USD 1.23 M", "USD 450", "USD 0"."""
    if value is None:
        return NOTHING
    return f"{currency}{SPACE}{_by_magnitude(significant(value, digits), signed, locale)}"


def has_cents(currency: str) -> bool:
    """Whether a currency has a smaller unit that people write behind the point."""
    return bool(get_currency_precision(currency))


def money_exact(value: float | None, currency: str, decimals: int = 0, *, locale: str = LOCALE) -> str:
    """The whole amount with thousands separators: "USD 1,234,567"."""
    if value is None:
        return NOTHING
    return f"{currency}{SPACE}{_fixed(rounded(value, decimals), decimals, False, locale)}"


def money_per_year(value: float | None, currency: str, *, signed: bool = False, locale: str = LOCALE) -> str:
    """An amount for each year: "USD 1.23 M a year"."""
    return _a_year(money(value, currency, signed=signed, locale=locale))


def percent(
    value: float | None, decimals: int | None = None, *, signed: bool = False, locale: str = LOCALE
) -> str:
    """A share as per cent: 0.82 -> "82%"; by default two decimals at most under 1 %, one under 100 %."""
    if value is None:
        return NOTHING
    sign = str(Locale.parse(locale).percent_formats[None].suffix[0])
    if decimals is not None:
        return _fixed(rounded(value, decimals + 2).scaleb(2, _WIDE), decimals, signed, locale) + sign
    most = 0 if abs(value) >= 0.9995 else 1 if abs(value) >= 0.00995 else 2
    return _plain(rounded(value, most + 2).scaleb(2, _WIDE), signed, locale) + sign


def points(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """A difference of two shares as percentage points: 0.07 -> "7 points", 0.01 -> "1 point"."""
    if value is None:
        return NOTHING
    amount = rounded(value, 4 if abs(value) < 0.001 else 3).scaleb(2, _WIDE)
    return f"{_plain(amount, signed, locale)}{SPACE}{'point' if abs(amount) == 1 else 'points'}"


def count(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """How many: two digits below 1, one decimal below 100, whole below 10,000, then three digits: "0.004", "3.4"."""
    if value is None:
        return NOTHING
    if 0.0005 <= abs(value) < 0.95:
        return _plain(significant(value, 2), signed, locale)
    if abs(value) < 9_999.5:
        return _plain(rounded(value, 1 if abs(value) < 99.95 else 0), signed, locale)
    amount = significant(value)
    return _plain(amount, signed, locale) if abs(amount) < 10**6 else _by_magnitude(amount, signed, locale)


def per_year(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """How many in each year: "11,400 a year"."""
    return _a_year(count(value, signed=signed, locale=locale))


def fte(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """Full-time equivalents: "12.5 FTE"."""
    return NOTHING if value is None else f"{count(value, signed=signed, locale=locale)}{SPACE}FTE"


def ratio(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """How many times, at three significant digits and two decimals at most: 3.2 -> "3.2x"."""
    return NOTHING if value is None else f"{_two_decimals(value, signed, locale)}x"


def factor(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """A multiplier or the number of a period as it is: "1.1", "3"."""
    return NOTHING if value is None else _two_decimals(value, signed, locale)


def minutes(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """A number of minutes: "12 minutes"."""
    return _duration(value, "duration-minute", signed, locale)


def hours(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """A number of hours: "1,400 hours"."""
    return _duration(value, "duration-hour", signed, locale)


def days(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """A number of days: "45 days", "1 day", "4.5 days"."""
    return _duration(value, "duration-day", signed, locale)


def months(value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
    """A number of months: "19 months", "1 month", "4.5 months"."""
    return _duration(value, "duration-month", signed, locale)


class _Writer(Protocol):
    def __call__(self, value: float | None, *, signed: bool, locale: str) -> str: ...


_WRITERS: Final[dict[str, _Writer]] = {
    "share": percent,
    "points": points,
    "count": count,
    "per_year": per_year,
    "fte": fte,
    "ratio": ratio,
    "factor": factor,
    "period": factor,
    "minutes": minutes,
    "hours": hours,
    "days": days,
    "months": months,
}


@lru_cache(maxsize=8192, typed=True)
def for_unit(
    value: float | str | None, unit: str, currency: str = "", *, signed: bool = False, locale: str = LOCALE
) -> str:
    """`value` in any of the product's units as text; KeyError names a unit that is none of them."""
    if value is None:
        return NOTHING
    if unit in ("choice", "text"):
        return str(value)
    if isinstance(value, str):
        raise ValueError(f"{value!r} is text where a number of unit {unit} is shown")
    if unit == "flag":
        return "yes" if value else "no"
    if unit == "money":
        return money(value, currency, signed=signed, locale=locale)
    if unit == "money_per_year":
        return money_per_year(value, currency, signed=signed, locale=locale)
    return _WRITERS[unit](value, signed=signed, locale=locale)


def change(
    before: float | None,
    after: float | None,
    unit: str,
    direction: Direction,
    currency: str = "",
    *,
    locale: str = LOCALE,
) -> str:
    """What moved, signed and judged: "+7 points, better". Shares move in points; `direction` is better."""
    if before is None or after is None:
        return NOTHING
    if for_unit(before, unit, currency, locale=locale) == for_unit(after, unit, currency, locale=locale):
        return "no change"
    moved = after - before
    unit = "points" if unit == "share" else unit
    if for_unit(moved, unit, currency, locale=locale) == for_unit(0.0, unit, currency, locale=locale):
        return "no change"
    if unit == "count" and abs(moved) >= 1 and min(abs(before), abs(after)) >= 99.95:
        moved = float(rounded(moved))  # whole things where what moves is shown as whole things
    text = for_unit(moved, unit, currency, signed=True, locale=locale)
    if direction == "none":
        return text
    return f"{text}, {'better' if (moved > 0) == (direction == 'up') else 'worse'}"


# The marks of a chart share one scale


@dataclass(frozen=True)
class Scale:
    """How the marks of a chart are written: divisor (1, 1e3, 1e6, 1e9), word, decimals, per cent or not."""

    factor: float
    word: str
    decimals: int
    share: bool = False

    @property
    def code(self) -> str:
        """The spreadsheet number format that writes a raw value as `text` does: a chart stays editable."""
        digits = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        digits += "%" if self.share else "," * (self._zeros // 3)
        return f"{digits};{MINUS}{digits};{digits}"

    def text(self, value: float | None, *, signed: bool = False, locale: str = LOCALE) -> str:
        """One raw value as it stands on its mark: 1,310,000 -> "1.31" on a scale of millions."""
        if value is None:
            return NOTHING
        if self.share:
            return percent(value, self.decimals, signed=signed, locale=locale)
        amount = rounded(value, self.decimals - self._zeros).scaleb(-self._zeros, _WIDE)
        return _fixed(amount, self.decimals, signed, locale)

    def title(self, unit: str, currency: str = "") -> str:
        """The unit of the marks, said once beside the chart: "USD million", "USD thousand a year", "days"."""
        if unit == "count":
            return self.word or "number"
        name = currency if unit in ("money", "money_per_year") else _UNIT_TITLES.get(unit, unit)
        year = "a year" if unit.endswith("per_year") else ""
        return " ".join(filter(None, (name, self.word, year)))

    @property
    def _zeros(self) -> int:
        return round(math.log10(self.factor))


def chart_scale(values: Iterable[float | None], unit: str, factor: float | None = None) -> Scale:
    """The scale on which the largest of `values` takes three digits and none more than two decimals.

    `factor` 1, 1e3, 1e6 or 1e9 fixes the divisor; left out, money and counts from 10,000 on choose one.
    """
    known = [value for value in values if value is not None]
    if unit == "share":
        return Scale(1.0, "", _decimals(known, zeros=-2, most=1), share=True)
    if factor is None:
        factor = _divisor(known) if unit in _SCALED_UNITS else 1.0
    return Scale(factor, _SCALE_WORDS[factor], _decimals(known, zeros=round(math.log10(factor)), most=2))


def _divisor(values: list[float]) -> float:
    largest = _largest(values)
    return 1.0 if largest < 10_000 else next(divisor for divisor in _SCALE_WORDS if largest >= divisor)


def _decimals(values: list[float], zeros: int, most: int) -> int:
    """Decimals all of `values` share after `zeros` are taken off: none where all are whole without them."""
    largest = _largest(values)
    most = min(most, max(0, 2 + zeros - largest.adjusted())) if largest else 0
    for decimals in range(most):
        if all(rounded(value, decimals - zeros) == rounded(value, most - zeros) for value in values):
            return decimals
    return most


def _largest(values: list[float]) -> Decimal:
    return max((abs(significant(value)) for value in values), default=Decimal(0))


# Digits, separators, signs


def _by_magnitude(amount: Decimal, signed: bool, locale: str) -> str:
    for zeros, letter in _MAGNITUDES:
        if abs(amount) >= 10**zeros:
            return f"{_plain(amount.scaleb(-zeros, _WIDE), signed, locale)}{SPACE}{letter}"
    return _plain(amount, signed, locale)


def _two_decimals(value: float, signed: bool, locale: str) -> str:
    return _plain(significant(value) if abs(value) >= 1 else rounded(value, 2), signed, locale)


def _plain(amount: Decimal, signed: bool, locale: str) -> str:
    """With separators and only the decimals there are."""
    return _sign(amount, signed) + _digits(_bare(amount), "#,##0.###", locale)


def _fixed(amount: Decimal, decimals: int, signed: bool, locale: str) -> str:
    """With separators and always so many decimals."""
    return _sign(amount, signed) + _digits(amount, "#,##0" + "." * (decimals > 0) + "0" * decimals, locale)


def _digits(amount: Decimal, pattern: str, locale: str) -> str:
    return _written(str(amount.copy_abs()), pattern, locale)


@lru_cache(maxsize=8192)
def _written(amount: str, pattern: str, locale: str) -> str:
    """A screen shows the same numbers again and again; 1 and 1.0 are kept apart as texts."""
    with localcontext(_WIDE):  # Babel rounds in the context it finds, which holds 28 digits
        return str(format_decimal(Decimal(amount), format=pattern, locale=locale, decimal_quantization=False))


def _sign(amount: Decimal, signed: bool) -> str:
    if amount < 0:
        return MINUS
    return "+" if signed and amount > 0 else ""


def _bare(amount: Decimal) -> Decimal:
    """Without trailing zeros and exponent, so that 1.0 months is one month."""
    whole = amount.to_integral_value(context=_WIDE)
    return whole if amount == whole else amount.normalize(_WIDE)


def _duration(value: float | None, unit: str, signed: bool, locale: str) -> str:
    if value is None:
        return NOTHING
    amount = _bare(rounded(value, 0 if abs(value) >= 9.95 else 1))
    words = format_unit(abs(amount), unit, length="long", format="#,##0.#", locale=locale)
    return _sign(amount, signed) + words.replace(" ", SPACE)


def _a_year(text: str) -> str:
    return text if text == NOTHING else f"{text} a year"
