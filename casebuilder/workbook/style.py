"""How cells look: words and number formats by unit, and the few styles of the workbook."""

from __future__ import annotations

from typing import Any

from casebuilder.case import library
from casebuilder.pitch.numbers import has_cents

FONT = "Calibri"


def _bracketed(form: str, zero: str = "") -> str:
    """A format with negative numbers in brackets, digits beneath digits."""
    return f"{form}_);({form});{zero or form}_)"


_WHOLE, _TENTH, _CENTS = _bracketed("#,##0", "0"), _bracketed("#,##0.0", "0"), _bracketed("#,##0.00")
_PERCENT, _PLAIN = _bracketed("0.0%"), "0_);(0);0_)"
#: Number formats by unit; negative numbers stand in brackets.
NUMBERS = {
    "money": _WHOLE,
    "money_per_year": _WHOLE,
    "share": _PERCENT,
    "points": _PERCENT,
    "count": _TENTH,
    "per_year": _TENTH,
    "hours": _WHOLE,
    "fte": _TENTH,
    "days": _TENTH,
    "months": _TENTH,
    "minutes": _TENTH,
    "ratio": _bracketed("0.000"),
    "factor": _bracketed("0.00##"),
    "flag": _PLAIN,
    "choice": _PLAIN,
    "period": _PLAIN,
    "years": _PLAIN,
    "date": "d mmm yyyy",
    "text": "@",
}
#: Units as people read them, where the word is another; the closed list of what may stand in the column of units.
_WORDS = {
    "per_year": "a year",
    "flag": "1 or 0",
    "fte": "positions",
    "by column": "by column",
}
#: Amounts below this are shown with their cents: a cost per contact of 4.20 is not 4.
SMALL_MONEY = 1000
_SMALL_UNITS = ("money", "money_per_year")
#: Amounts below this are written with their power of ten.
VISIBLE, _TINY = 0.001, "0.0E+00"
_FINE = _bracketed("0.000")


#: What a format may be for a unit, beside the usual one: chosen by the size of a number that does not move.
FORMATS = {
    unit: {
        usual,
        *((_CENTS, _TINY) if unit in _SMALL_UNITS else ()),
        *((_WHOLE, _FINE) if usual == _TENTH else ()),
        *((_TINY,) if unit in ("ratio", "factor") else ()),
    }
    for unit, usual in NUMBERS.items()
}


def _fitting(unit: str, size: float, currency: str) -> str:
    """The format of a number that the usual one would hide: cents, rare events, tiny tolerances, whole numbers."""
    usual = NUMBERS[unit]
    if unit in _SMALL_UNITS and 0 < size < SMALL_MONEY and has_cents(currency):
        return _CENTS if size >= VISIBLE else _TINY
    if usual == _TENTH and float(size).is_integer():
        return _WHOLE
    if usual == _TENTH and 0 < size < 1:
        return _FINE
    if unit in ("ratio", "factor") and 0 < size < VISIBLE:
        return _TINY
    return usual


def unit_word(unit: str, currency: str) -> str:
    """The unit as people read it; money is in the case's currency."""
    money = {"money": currency, "money_per_year": f"{currency} a year"}
    return money.get(unit) or _WORDS.get(unit, unit)


class Styles:
    """Formats of one workbook, each made once; asked for by role and unit."""

    def __init__(self, book: Any, currency: str) -> None:
        self.book, self.currency = book, currency
        self.made: dict[tuple[str, str], Any] = {}
        look = library.look()
        self.roles: dict[str, dict[str, Any]] = {
            "plain": {"font_color": look["ink"]},
            "muted": {"font_color": look["muted"], "font_size": 9},
            "note": {"font_color": look["muted"], "font_size": 9, "indent": 1},
            "fitted": {"font_color": look["muted"], "font_size": 9, "indent": 1, "shrink": True},
            "long": {"font_color": look["muted"], "font_size": 9, "indent": 1, "text_wrap": True},
            "text": {"font_color": look["ink"], "text_wrap": True, "valign": "top"},
            "wrapped": {"font_color": look["ink"], "text_wrap": True},
            "title": {"font_color": look["programme"], "font_size": 16, "bold": True},
            "figure": {"font_color": look["ink"], "font_size": 11, "bold": True},
            "section": {
                "font_color": look["programme"],
                "bold": True,
                "bottom": 1,
                "bottom_color": look["line"],
            },
            "head": {
                "font_color": look["muted"],
                "bold": True,
                "align": "right",
                "text_wrap": True,
                "valign": "top",
            },
            "total": {"font_color": look["ink"], "bold": True, "top": 1, "top_color": look["line"]},
            "input": {"font_color": look["input_text"], "bg_color": look["input_fill"], "locked": False},
            "default": {
                "font_color": look["default_text"],
                "bg_color": look["default_fill"],
                "locked": False,
            },
            "stamped": {"font_color": look["muted"], "bg_color": look["panel"]},
            "stamped_figure": {"font_color": look["ink"], "bg_color": look["panel"], "bold": True},
            "missing": {"font_color": look["muted"], "bg_color": look["panel"], "align": "right"},
            "link": {"font_color": look["programme"], "font_size": 9, "underline": 1},
            "good": {"font_color": look["paper"], "bg_color": look["programme"], "bold": True},
            "edited": {"font_color": look["default_text"], "bg_color": look["default_fill"], "bold": True},
            "bad": {"font_color": look["paper"], "bg_color": look["harm"], "bold": True},
        }

    def __call__(self, role: str, unit: str = "text", value: object = None) -> Any:
        """The format of a role for a unit; a number that stays may get a finer one."""
        number = NUMBERS[unit]
        if isinstance(value, int | float):
            number = _fitting(unit, abs(value), self.currency)
        return self._make(role, number)

    def _make(self, role: str, number: str) -> Any:
        if (role, number) not in self.made:
            numbered = {} if number == "@" else {"num_format": number}
            self.made[role, number] = self.book.add_format(
                {"font_name": FONT, "font_size": 10, "valign": "vcenter", **self.roles[role], **numbered}
            )
        return self.made[role, number]
