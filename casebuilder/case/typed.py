"""Numbers as people type them: separators, currencies, per cent, millions in words, a range, or not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.case.typed_currency import meant

#: Nobody types more; a longer text is no number.
LONGEST = 60
MONEY, PARTS = ("money", "money_per_year"), ("share", "points")
_NOT_KNOWN = frozenset({"", "?", "-", "–", "n/a", "na", "unknown", "not known", "don't know", "dont know"})
_ABOUT = frozenset({"~", "≈", "c", "ca", "circa", "about", "approx"})
_PER_CENT = frozenset({"%", "per", "cent", "percent", "pct", "prozent"})
_TIMES = {
    "k": 1e3, "tsd": 1e3, "tys": 1e3, "thousand": 1e3, "thousands": 1e3, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7,
    "crores": 1e7, "cr": 1e7, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "mill": 1e6, "mln": 1e6, "million": 1e6,
    "millions": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9, "mld": 1e9, "md": 1e9, "billion": 1e9, "billions": 1e9,
}  # fmt: skip
#: What stands for thousands and millions only right before a currency: T€, kEUR, M€.
_BEFORE_CURRENCY = {"t": 1e3, "k": 1e3, "m": 1e6, "mio": 1e6, "mrd": 1e9, "md": 1e9}
_A_YEAR = r"(?:a|per|/) ?(?:year|yr)|p\. ?a\.?|pa"
#: Thousands as German reports count them, where T€ 1.234 is more than a million.
_THOUSANDS = frozenset({"t", "tsd"})
#: Words that a unit allows behind its number.
_UNITS = {
    "money_per_year": _A_YEAR, "per_year": _A_YEAR, "share": _A_YEAR,
    "points": r"points?|pp|pts",
    "days": "days?", "months": "months?", "minutes": r"min(?:utes?|\.)?", "hours": "hours?|h",
    "fte": "ftes?", "ratio": "x|times", "factor": "x|times",
}  # fmt: skip
_EXAMPLES = {"money": "120,000, 450k or 1.2 M", "share": "8.2 %", "points": "2 or 0.5"}
_ONE = re.compile(r"(?P<head>[^0-9]*?)(?P<digits>(?:(?<![^\W\d_])[.,])?[0-9][0-9.,' ]*)(?P<tail>[^0-9]*)")
_WORDS = re.compile(r"[^\W\d_]+\$?|\S")
_RANGE = re.compile(
    r"(?P<low>[^0-9]*[0-9].*?) ?(?:\bto\b|\bbis\b|\.\.\.?|[–—-](?=[^-])) ?(?P<high>.*[0-9].*)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(?P<before>[^()]*)\((?P<inside>[^()]*)\)(?P<behind>[^()]*)")
#: "40'000.-" and "40'000.–" are whole amounts.
_NO_CENTS = re.compile(r"(?<=[0-9])[.,][-–—](?![0-9])")
_GROUPS = re.compile(
    r"[0-9]{1,3}(?P<mark>[,. '])[0-9]{3}(?:(?P=mark)[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}"
)


class Unreadable(ValueError):
    """A text is no number; the message says what was found and what can be typed."""


@dataclass(frozen=True)
class Typed:
    """One number, or a range with its middle, as it stands in the text: 8.2 with `percent` for "8.2 %".

    `times` is the factor that the text itself names (1,000,000 for "48 M"), `currency` what it names as currency, ""
    where it names none; `unsure` where others would take its one mark for the other kind, as in "1.234".
    """

    value: float
    low: float
    high: float
    percent: bool = False
    times: float | None = None
    currency: str = ""
    unsure: bool = False

    @property
    def is_range(self) -> bool:
        """Whether a low and a high were given."""
        return self.low < self.high


@dataclass(frozen=True)
class Given:
    """What was typed into a field, in the field's own unit, with its ends where it is a range; see `Typed.unsure`."""

    value: float
    ends: tuple[float, float] | None = None
    unsure: bool = False


def given(text: str, unit: str, currency: str = "") -> Given | None:
    """What was typed into a field of this unit, None where it is not known.

    A share is typed as per cent and comes back as a part of one, money in whole units of `currency`. Raises Unreadable
    for what is no such number, such as an amount in another currency.
    """
    found = typed(text, unit)
    if found is None:
        return None
    if found.percent and unit not in PARTS:
        raise Unreadable(f"“{text.strip()}” is a per cent, and this is no per cent: type the number itself.")
    if unit not in MONEY and (found.currency or (found.times and unit in PARTS)):
        raise Unreadable(f"“{text.strip()}” is an amount. {_instead(unit)}")
    in_currency(found, currency)
    factor = 0.01 if unit in PARTS else found.times or 1.0
    value, *ends = (_as_written(each * factor) for each in (found.value, found.low, found.high))
    return Given(value, (ends[0], ends[1]) if found.is_range else None, found.unsure)


def _as_written(value: float) -> float:
    """A product without the last digits that binary numbers add: 1.1 M is 1,100,000."""
    return float(f"{value:.15g}")


def in_currency(found: Typed, currency: str) -> None:
    """Raises Unreadable where a text names another currency than the one that the case counts in."""
    if found.currency and currency and currency not in meant(found.currency):
        raise Unreadable(
            f"This case counts in {currency}, not in {found.currency}: type the amount in {currency}."
        )


def typed(text: str, unit: str = "") -> Typed | None:
    """The number in a text, None where it says that it is not known; raises Unreadable.

    A last point or comma is the decimal mark, unless exactly three digits follow it: then a comma parts thousands, and
    a point too where money or whole things are counted one by one.
    """
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip().replace("’", "'")
    if text.lower() in _NOT_KNOWN:
        return None
    if len(text) > LONGEST:
        raise Unreadable(f"This has {len(text)} characters and is no number.")
    said = _NO_CENTS.sub("", _bare(text, unit))
    ends = _RANGE.fullmatch(said)
    return _one(said, unit) if ends is None else _between(text, ends["low"], ends["high"], unit)


def _bare(text: str, unit: str) -> str:
    """The text without the words of its unit."""
    words = _UNITS.get(unit)
    found = re.fullmatch(rf"(.*[0-9].*?) ?(?:{words})", text, re.IGNORECASE) if words else None
    return found[1] if found else text


def _between(text: str, first: str, last: str, unit: str) -> Typed:
    """A range: what is said behind its second number holds for the first as well."""
    low, high = _one(first, unit), _one(last, unit)
    if (low.percent and not high.percent) or (low.times and low.times != high.times):
        raise Unreadable(f"“{text}” mixes units; write both ends alike, as in 8 to 11 %.")
    if high.times or high.percent:
        low = _one(first, unit, high)
    if low.value > high.value:
        raise Unreadable(f"“{text}” falls; write the low end first.")
    middle, unsure = _as_written((low.value + high.value) / 2), low.unsure or high.unsure
    return Typed(
        middle, low.value, high.value, high.percent, high.times, low.currency or high.currency, unsure
    )


@dataclass
class _Said:
    """What the words around a number say of it."""

    minus: bool = False
    percent: bool = False
    times: float | None = None
    currency: str = ""
    in_thousands: bool = False


def _one(text: str, unit: str, like: Typed | None = None) -> Typed:
    """One number; `like` is the other end of a range, whose words hold for this one too."""
    around = _IN_BRACKETS.fullmatch(text)
    bare = f"{around['before']} {around['inside']} {around['behind']}" if around else text
    found = _ONE.fullmatch(bare.strip())
    said = None if found is None else _around(found["head"], found["tail"])
    if found is None or said is None or (around and said.minus):
        raise Unreadable(f"“{text.strip()}” is no number. {_instead(unit)}")
    times, percent = (said.times, said.percent) if like is None else (like.times, like.percent)
    whole = not times or (said.in_thousands if like is None else False)
    value, unsure = _digits(found["digits"].strip().removesuffix("."), unit, whole, percent)
    value = -value if said.minus or around else value
    return Typed(value, value, value, percent, times, said.currency, unsure)


def _instead(unit: str) -> str:
    kind = "money" if unit in MONEY else unit
    return f"Type it as {_EXAMPLES.get(kind, '277, 48.5 M, 8.2 % or 250 to 300')}."


def _around(head: str, tail: str) -> _Said | None:
    """What is said before and behind a number; None where a word of it is nothing that can stand there."""
    said, signed = _Said(), False
    for word, after in _pairs(head):
        if word in "-−+" and not signed:
            said.minus, signed = word != "+", True
        elif not _currency(said, word, after) and word.lower() not in (*_ABOUT, "."):
            return None
    for word, after in _pairs(tail):
        lower = word.lower()
        if _currency(said, word, after) or lower == ".":
            continue
        if lower in _PER_CENT:
            said.percent = True
        elif lower in _TIMES and said.times is None:
            said.times, said.in_thousands = _TIMES[lower], lower in _THOUSANDS
        else:
            return None
    return said


def _pairs(words: str) -> Iterator[tuple[str, str]]:
    """Each word with the one behind it."""
    found = _WORDS.findall(words)
    return zip(found, [*found, ""][1:], strict=True)


def _currency(said: _Said, word: str, after: str) -> bool:
    """Take a word as a currency, or as the thousands or millions of the currency that it stands before."""
    lower, times = word.lower(), said.times is None
    if lower in _BEFORE_CURRENCY and meant(after) and times:
        said.times, said.in_thousands = _BEFORE_CURRENCY[lower], lower in _THOUSANDS
        return True
    if lower[:1] in _BEFORE_CURRENCY and not meant(word) and len(word) == 4 and meant(word[1:]) and times:
        said.times, said.in_thousands, word = _BEFORE_CURRENCY[lower[0]], lower[0] in _THOUSANDS, word[1:]
    if not meant(word) or said.currency:
        return False
    said.currency = word
    return True


def _digits(digits: str, unit: str, whole: bool, percent: bool) -> tuple[float, bool]:
    """The amount behind digits, whichever marks group them, and whether others would read it otherwise.

    `whole` where nothing smaller than what is counted is usual.
    """
    comma, point = digits.rfind(","), digits.rfind(".")
    if any(mark in digits for mark in " '") or (comma >= 0 and point >= 0):
        groups, mark, rest = digits.rpartition("," if comma > point else ".")
        return (_number(groups, rest, digits) if mark else _number(digits, "", digits)), False
    mark = "," if comma >= 0 else "."
    if digits.count(mark) > 1:
        return _number(digits, "", digits), False
    if not _GROUPS.fullmatch(digits) or digits[0] == "0":
        return float(digits.replace(",", ".")), False
    grouped = mark == "," or (unit in (*MONEY, "count") and whole)
    unsure = mark == "." or not whole or percent or unit in PARTS
    return float(digits.replace(mark, "" if grouped else ".")), unsure


def _number(whole: str, rest: str, said: str) -> float:
    """Digits without their separators, which stand before every three of them."""
    if (whole.isdigit() or _GROUPS.fullmatch(whole)) and (not rest or rest.isdigit()):
        return float(f"{re.sub(r'[^0-9]', '', whole)}.{rest or 0}")
    raise Unreadable(f"“{said}” can be read in more than one way; leave the thousands separators out.")
