"""Texts on screen: what users wrote is shown as it is and never read as Markdown."""

import re

from casebuilder.pitch import numbers

#: Every sign with a meaning in Markdown, in directives (`:red[...]`) or in formulas.
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=^&\"'/@])")
#: What turns into an emoji, an icon or a link even where its signs are escaped: an invisible joiner keeps it apart.
_SHORTCODE = re.compile(r":(?=[\w+\-/]+:)")
_ADDRESS = re.compile(r"(?i)(https?:|ftp:|mailto:|www)(?=[/.\w])|(?<=\w)(@)(?=\w)")
_ARROW = re.compile(r"(?<=[<>~-])(?=[>=-])|(?<=[<>])(?==)")
_BREAKS = re.compile(r"[ \t\r\n\f\v]+")
_JOINER = "\u2060"


def plain(text: str) -> str:
    """A text of the user for a place that reads Markdown: it looks as it was written, on one line, and does nothing."""
    text = _BREAKS.sub(" ", text).strip()
    text = _SHORTCODE.sub(":" + _JOINER, text)
    text = _ADDRESS.sub(lambda found: found.group() + _JOINER, text)
    text = _ARROW.sub(_JOINER, text)
    return _SIGNS.sub(r"\\\1", text)


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
