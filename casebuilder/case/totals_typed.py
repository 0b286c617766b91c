"""Numbers as people type them: separators, per cent, thousands and millions in words, a range, or not known."""

import re
from dataclasses import dataclass

#: Nobody types more; a longer text is no number.
LONGEST = 60
_NOT_KNOWN = frozenset({"", "?", "-", "–", "n/a", "na", "unknown", "not known", "don't know", "dont know"})
_TIMES = {
    "k": 1e3, "tsd": 1e3, "thousand": 1e3, "thousands": 1e3,
    "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
    "b": 1e9, "bn": 1e9, "mrd": 1e9, "billion": 1e9, "billions": 1e9,
}  # fmt: skip
_ONE = re.compile(
    r"(?P<before>[^\d.,+−-]{0,4})(?P<sign>[-+−]?)(?P<currency>[^\d.,+−\w-]?)(?P<digits>[\d.,' ]*\d[\d.,' ]*?)"
    r" ?(?P<times>[A-Za-z]*?)\.? ?(?P<percent>%|per ?cent|pct)?",
)  # fmt: skip
_RANGE = re.compile(r"(?<=[\w%.]) ?(?:\bto\b|\.\.\.?|[–—-](?=[^-])) ?", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?P<mark>[,. '])\d{3}(?:(?P=mark)\d{3})*")


class Unreadable(ValueError):
    """A text is no number; the message says what was found and what can be typed."""


@dataclass(frozen=True)
class Typed:
    """One number, or a range with its middle, as it stands in the text: 8.2 with `percent` for "8.2 %".

    `times` is the factor that the text itself names (1,000,000 for "48 M"), None where it names none.
    """

    value: float
    low: float
    high: float
    percent: bool = False
    times: float | None = None

    @property
    def is_range(self) -> bool:
        """Whether a low and a high were given."""
        return self.low < self.high


def typed(text: str) -> Typed | None:
    """The number in a text, None where it says that it is not known; raises Unreadable.

    A last point or comma is the decimal mark, unless exactly three digits follow a comma: "1,234" is a thousand and
    "1,5" one and a half.
    """
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip().replace("’", "'")
    if text.lower() in _NOT_KNOWN:
        return None
    if len(text) > LONGEST:
        raise Unreadable(f"This has {len(text)} characters and is no number.")
    ends = _RANGE.split(text, maxsplit=1)
    return _single(ends[0]) if len(ends) == 1 else _between(text, *ends)


def _single(text: str) -> Typed:
    value, times, percent = _one(text)
    return Typed(value, value, value, percent, times)


def _between(text: str, first: str, last: str) -> Typed:
    """A range: what is said behind its second number holds for the first as well."""
    (low, low_times, low_percent), (high, times, percent) = _one(first), _one(last)
    if (low_percent and not percent) or (low_times and low_times != times):
        raise Unreadable(f"“{text}” mixes units; write both ends alike, as in 8 to 11 %.")
    if low > high:
        raise Unreadable(f"“{text}” falls; write the low end first.")
    return Typed((low + high) / 2, low, high, percent, times)


def _one(text: str) -> tuple[float, float | None, bool]:
    found = _ONE.fullmatch(text.strip())
    word = found["times"].lower() if found else ""
    if found is None or (word and word not in _TIMES):
        raise Unreadable(f"“{text.strip()}” is no number. Type it as 277, 48.5 M, 8.2 % or 250 to 300.")
    value = _digits(found["digits"].strip())
    return (-value if found["sign"] in ("-", "−") else value), _TIMES.get(word), bool(found["percent"])


def _digits(digits: str) -> float:
    """The amount behind digits, whichever marks group them."""
    plain = digits.replace(" ", "").replace("'", "")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
        whole, _, rest = plain.rpartition(decimal)
        return float(f"{_ungrouped(whole, digits)}.{rest or 0}")
    mark = "," if comma >= 0 else "."
    if plain.count(mark) > 1 or (mark == "," and comma >= 0 and _GROUPS.fullmatch(plain) and plain[0] != "0"):
        return float(_ungrouped(plain, digits))
    return float(plain.replace(",", "."))


def _ungrouped(whole: str, said: str) -> str:
    """Digits without their separators, which stand before every three of them."""
    if whole.isdigit() or _GROUPS.fullmatch(whole):
        return re.sub(r"\D", "", whole)
    raise Unreadable(f"“{said}” can be read in more than one way; leave the thousands separators out.")
