"""Formulas changed as people change them by mistake: another operator, a neighbour, a term less, a number, a sign."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from openpyxl.utils import column_index_from_string, get_column_letter

REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(])")
_OPERATOR = re.compile(r"(?<=[\w)])[-+*/<>](?=[\w($'])")
_TERM = re.compile(r"(?<=[\w)])[-+*/]\$?[A-Z]{1,3}\$?\d+(?![\d:(])")
_NUMBER = re.compile(r"(?<![A-Za-z$\d.])\d+(?![\d.(])")
_SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*", "<": ">", ">": "<"}
_NEIGHBOURS = ((1, 0), (-1, 0), (0, 1), (0, -1))

Change = Callable[[str, object, random.Random], str | None]


def mutated(text: str, value: object, draw: random.Random) -> str:
    """A formula (with its equals sign) changed in one way that it allows; `value` is what it shows today."""
    changes = list(CHANGES)
    draw.shuffle(changes)
    found = (change(text, value, draw) for change in changes)
    return next(each for each in found if each is not None and each != text)


def _another_operator(text: str, value: object, draw: random.Random) -> str | None:
    return _at(text, list(_OPERATOR.finditer(text)), draw, lambda found: _SWAPPED[found.group(0)])


def _a_neighbour(text: str, value: object, draw: random.Random) -> str | None:
    down, right = draw.choice(_NEIGHBOURS)

    def moved(found: re.Match[str]) -> str:
        fixed, letters, bound, row = found.groups()
        column = get_column_letter(max(1, column_index_from_string(letters) + right))
        return f"{fixed}{column}{bound}{max(1, int(row) + down)}"

    return _at(text, list(REFERENCE.finditer(text)), draw, moved)


def _a_term_less(text: str, value: object, draw: random.Random) -> str | None:
    return _at(text, list(_TERM.finditer(text)), draw, lambda found: "")


def _another_number(text: str, value: object, draw: random.Random) -> str | None:
    return _at(text, list(_NUMBER.finditer(text)), draw, lambda found: str(int(found.group(0)) + 1))


def _another_sign(text: str, value: object, draw: random.Random) -> str | None:
    return f"=-({text[1:]})"


def _typed_over(text: str, value: object, draw: random.Random) -> str | None:
    """A value in the place of a formula, a tenth above what stood there."""
    return f"={1.1 * value + 0.01:.6g}" if isinstance(value, float) else None


CHANGES: tuple[Change, ...] = (
    _another_operator, _a_neighbour, _a_term_less, _another_number, _another_sign, _typed_over,
)  # fmt: skip


def _at(
    text: str, places: list[re.Match[str]], draw: random.Random, change: Callable[[re.Match[str]], str]
) -> str | None:
    """The text with one of its places changed; None where it has none."""
    if not places:
        return None
    place = draw.choice(places)
    return text[: place.start()] + change(place) + text[place.end() :]
