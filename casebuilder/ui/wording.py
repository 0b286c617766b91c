"""Texts on screen: what users wrote is shown as it is and never read as Markdown."""

import re
from functools import lru_cache

from casebuilder.pitch import numbers

#: What has a meaning in Markdown, in directives (`:red[...]`), formulas, entities and tags.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&]|:(?=[A-Za-z+]))")
#: What begins a list or a heading where it begins a line.
_START = re.compile(r"^(\d*)([.)](?=\s|$)|[-+](?=[-\s]|$))")
#: What turns into an emoji, an icon, an arrow or a link however it is escaped: an invisible joiner keeps it apart.
_SHORTCODE = re.compile(r"(?<=:)(?=[\w+\-/]+:)")
_ARROW = re.compile(r"(?<=[<>~-])(?=[>=-])")
_ADDRESS = re.compile(r"(?i)(?<=http)(?=s?:)|(?<=ftp)(?=:)|(?<=www)(?=\.)|(?<=\w)(?=@\w)")
_JOINER = "\u2060"
_BREAKS = re.compile(r"[ \t\r\n\f\v]+")
#: Nearly all texts of a page are those that it showed before.
_REMEMBERED = 2048


@lru_cache(maxsize=_REMEMBERED)
def plain(text: str) -> str:
    """A text that may hold a user's words, for a place that reads Markdown: shown as written, on one line."""
    text = _BREAKS.sub(" ", text).strip()
    for pattern in (_SHORTCODE, _ARROW, _ADDRESS):
        text = pattern.sub(_JOINER, text)
    return _START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))


def chip(text: str) -> str:
    """A starting value nobody stands behind yet, in amber."""
    return f":yellow-badge[{plain(text)}]"


def listing(parts: list[str]) -> str:
    """What is there of some texts, side by side."""
    return " · ".join(part for part in parts if part)


def exact(value: float | None, unit: str, currency: str) -> str | None:
    """The whole amount behind a number, where the text on screen is shorter; None where it is not."""
    if value is None:
        return None
    if unit == "money":
        return numbers.money_exact(value, currency)
    return numbers.money_exact(value, currency) + " a year" if unit == "money_per_year" else None
