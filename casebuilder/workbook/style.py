"""How cells look: number formats by unit and the few styles of the workbook."""

from __future__ import annotations

from typing import Any

from casebuilder.case import library

FONT = "Calibri"
#: Number formats by unit; negative amounts stand in brackets.
NUMBERS = {
    "money": "#,##0;(#,##0);0",
    "money_per_year": "#,##0;(#,##0);0",
    "share": "0.0%",
    "points": "0.0%",
    "count": "#,##0.0;(#,##0.0);0",
    "per_year": "[<1]0.000;#,##0.0",
    "hours": "#,##0;(#,##0);0",
    "fte": "#,##0.0;(#,##0.0);0",
    "days": "#,##0.0",
    "months": "#,##0.0",
    "minutes": "#,##0.0",
    "ratio": "0.000",
    "factor": "0.00##",
    "flag": "0",
    "choice": "0",
    "period": "0",
    "text": "@",
}
#: Amounts below this are shown with their cents: a cost per contact of 4.20 is not 4.
SMALL_MONEY = 1000
SMALL_FORMAT = "#,##0.00;(#,##0.00);0.00"
#: Amounts below this are written with their power of ten.
VISIBLE, TINY_FORMAT = 0.001, "0.0E+00"


def _fine(unit: str, size: float, usual: str) -> str:
    """The format of a number that the usual one would hide: cents, rare events, tiny tolerances, whole numbers."""
    if unit in ("money", "money_per_year") and 0 < size < SMALL_MONEY:
        return SMALL_FORMAT if size >= VISIBLE else TINY_FORMAT
    if unit in ("count", "months", "days", "fte", "per_year") and float(size).is_integer():
        return "#,##0;(#,##0);0"
    if unit == "per_year" and 0 < size < 1:
        return "0.000"
    if unit in ("ratio", "factor") and 0 < size < VISIBLE:
        return TINY_FORMAT
    return usual


class Styles:
    """Formats of one workbook, each made once; asked for by role and unit."""

    def __init__(self, book: Any) -> None:
        self.book, self.made = book, {}  # type: ignore[var-annotated]
        look = library.look()
        self.roles: dict[str, dict[str, Any]] = {
            "plain": {"font_color": look["ink"]},
            "muted": {"font_color": look["muted"], "font_size": 9},
            "note": {"font_color": look["muted"], "font_size": 9, "indent": 1},
            "long": {"font_color": look["muted"], "font_size": 9, "indent": 1, "text_wrap": True},
            "title": {"font_color": look["programme"], "font_size": 16, "bold": True},
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
            "good": {"font_color": "#FFFFFF", "bg_color": look["programme"], "bold": True, "align": "center"},
            "bad": {"font_color": "#FFFFFF", "bg_color": look["harm"], "bold": True, "align": "center"},
        }

    def __call__(self, role: str, unit: str = "text", value: object = None) -> Any:
        """The format of a role for a unit; small amounts of money keep their cents."""
        number = NUMBERS.get(unit, "General")
        if isinstance(value, int | float):
            number = _fine(unit, abs(value), number)
        return self._make(role, number)

    def date(self, role: str) -> Any:
        """The format of dates."""
        return self._make(role, "d mmm yyyy")

    def _make(self, role: str, number: str) -> Any:
        if (role, number) not in self.made:
            numbered = {} if number == "@" else {"num_format": number}
            self.made[role, number] = self.book.add_format(
                {"font_name": FONT, "font_size": 10, "valign": "vcenter", **self.roles[role], **numbered}
            )
        return self.made[role, number]
