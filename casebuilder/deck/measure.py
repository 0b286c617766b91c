"""How much room text takes, from the widths of Carlito that we ship, so that nothing depends on installed fonts.

Widths and heights are in points (72 to the inch). Characters outside the table (other scripts, emoji) get a generous
width, because whichever font stands in for them on the reader's machine is unknown.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from casebuilder.case.reading import read_data

WIDTHS = Path(__file__).with_name("widths.json")

#: Height of a line against the type size: ascent, descent and gap of Carlito; more for fonts that stand in.
LINE = 1.2207
LINE_OF_OTHERS = 1.4

#: Programs place glyphs a little differently; what just fits by our sum may not fit by theirs.
SAFETY = 1.02

#: Texts whose measures are kept: those of one deck are measured again at each size that is tried.
_REMEMBERED = 2048

#: Where a line may end: after a space or a dash, and after all of several spaces.
_BETWEEN = re.compile("(?<=[ \\-–—])(?! )")

_EMOJI = 1.4
_FULL = 1.05
_OTHER = 0.85


class _Advances(dict[str, float]):
    """Character -> advance as a part of the type size; one that is not among them is as wide as a stand-in."""

    def __missing__(self, character: str) -> float:
        return _stand_in(character)


@cache
def _advances(bold: bool) -> _Advances:
    data = read_data(WIDTHS)
    unit = float(data["units_per_em"])
    weight: dict[str, str] = data["bold" if bold else "regular"]
    return _Advances(
        (character, float(width) / unit) for width, characters in weight.items() for character in characters
    )


def known(character: str) -> bool:
    """Whether the deck's own typeface has the character."""
    return character in _advances(False)


@cache
def _stand_in(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.category(character) == "So" and ord(character) > 0xFFFF:
        return _EMOJI
    return _FULL if unicodedata.east_asian_width(character) in "WF" else _OTHER


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line of text at a type size, in points."""
    return _units(text, bold) * size * SAFETY


@lru_cache(maxsize=_REMEMBERED)
def _units(text: str, bold: bool) -> float:
    """The advances of all characters together, as parts of the type size."""
    return sum(map(_advances(bold).__getitem__, text))


def line_height(text: str, size: float) -> float:
    """Height of the lines of a text, in points."""
    return size * _line(text)


@lru_cache(maxsize=_REMEMBERED)
def _line(text: str) -> float:
    return LINE_OF_OTHERS if any(map(_stand_in, _others(text))) else LINE


def _others(text: str) -> set[str]:
    """The characters of a text that the deck's own typeface does not have; none that it has is of full width."""
    return set() if text.isascii() and text.isprintable() else set(text) - _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(_advances(False))


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines a text takes in `room` points; words that are wider than a line break where they must."""
    if width(text, size, bold) <= room:
        return [text.rstrip(" ")]
    lines, used = [""], 0.0
    for piece, bare, whole in _measured(text, bold):
        if used + bare * size <= room:
            lines[-1] += piece
            used += whole * size
        elif bare * size <= room:
            lines.append(piece)
            used = whole * size
        else:
            used = _break(lines, used, piece, size, room, bold)
    return [line.rstrip(" ") for line in lines]


@lru_cache(maxsize=_REMEMBERED)
def _measured(text: str, bold: bool) -> tuple[tuple[str, float, float], ...]:
    """What stays together, with its width at size 1 without and with the spaces after it."""
    advance, found = _advances(bold).__getitem__, []
    for piece in _pieces(text):
        bare = piece.rstrip(" ")
        units = sum(map(advance, bare))
        found.append((piece, units * SAFETY, sum(map(advance, piece[len(bare) :]), units) * SAFETY))
    return tuple(found)


def _break(lines: list[str], used: float, piece: str, size: float, room: float, bold: bool) -> float:
    """Adds a word wider than a line, on lines of its own; returns how much of the last line it takes."""
    if lines[-1]:
        lines.append("")
        used = 0.0
    for character in piece:
        wide = width(character, size, bold)
        if lines[-1] and used + wide > room:
            lines.append("")
            used = 0.0
        lines[-1] += character
        used += wide
    return used


def widest_word(text: str, size: float, bold: bool = False) -> float:
    """Width of the longest part that stays together, in points."""
    return _widest(text, bold) * size


@lru_cache(maxsize=_REMEMBERED)
def _widest(text: str, bold: bool) -> float:
    return max((bare for _, bare, _ in _measured(text, bold)), default=0.0)


def breaks_words(text: str, size: float, room: float, bold: bool = False) -> bool:
    """Whether a word is wider than `room` points, so that it would break in the middle."""
    return width(text, size, bold) > room and widest_word(text, size, bold) > room


def height(text: str, size: float, room: float, bold: bool = False) -> float:
    """Height of a text that wraps in `room` points, in points."""
    return len(wrap(text, size, room, bold)) * line_height(text, size)


def shortened(text: str, size: float, room: float, lines: int, bold: bool = False) -> str:
    """The text, or as many of its first words as fit into so many lines, with an ellipsis."""
    if len(wrap(text, size, room, bold)) <= lines:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if len(wrap(_ended(text, middle), size, room, bold)) <= lines:
            low = middle
        else:
            high = middle - 1
    return _ended(text, low)


def _ended(text: str, length: int) -> str:
    """The first characters with an ellipsis, back to the end of a word where one is near."""
    head = text[:length]
    space = head.rfind(" ")
    return (head[:space] if space > length - 20 and space > 0 else head).rstrip(" ,;:") + "…"


def _pieces(text: str) -> list[str]:
    """What a program keeps together: words with the space or hyphen after them, and single full-width characters."""
    full = {character for character in _others(text) if unicodedata.east_asian_width(character) in "WF"}
    if not full:
        return [piece for piece in _BETWEEN.split(text) if piece]
    pieces, before = list[str](), ""
    for character in text:
        after = before in " -–—" or before in full
        if not pieces or character in full or (after and character != " "):
            pieces.append("")
        pieces[-1] += character
        before = character
    return pieces
