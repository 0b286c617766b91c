"""How much room text takes, from the widths of Carlito that we ship, so that nothing depends on installed fonts.

Widths and heights are in points (72 to the inch). Characters outside the table (other scripts, emoji) get a generous
width, because whichever font stands in for them on the reader's machine is unknown.
"""

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

_EMOJI = 1.4
_FULL = 1.05
_OTHER = 0.85


@cache
def _advances(bold: bool) -> dict[str, float]:
    """Character -> advance as a part of the type size."""
    data = read_data(WIDTHS)
    unit = float(data["units_per_em"])
    weight: dict[str, str] = data["bold" if bold else "regular"]
    return {
        character: float(width) / unit for width, characters in weight.items() for character in characters
    }


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
    advances = _advances(bold)
    units = sum(advances[c] if c in advances else _stand_in(c) for c in text)
    return units * size * SAFETY


def line_height(text: str, size: float) -> float:
    """Height of the lines of a text, in points."""
    others = set(text).difference(_advances(False))
    return size * (LINE_OF_OTHERS if any(_stand_in(character) for character in others) else LINE)


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines a text takes in `room` points; words that are wider than a line break where they must."""
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


@lru_cache(maxsize=1024)
def _measured(text: str, bold: bool) -> tuple[tuple[str, float, float], ...]:
    """What stays together, with its width at size 1 without and with the spaces after it."""
    return tuple((piece, width(piece.rstrip(" "), 1, bold), width(piece, 1, bold)) for piece in _pieces(text))


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
    return max((bare for _, bare, _ in _measured(text, bold)), default=0.0) * size


def breaks_words(text: str, size: float, room: float, bold: bool = False) -> bool:
    """Whether a word is wider than `room` points, so that it would break in the middle."""
    return widest_word(text, size, bold) > room


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
    pieces = [""]
    for character in text:
        full = unicodedata.east_asian_width(character) in "WF"
        if full or (pieces[-1] and _ends(pieces[-1][-1]) and character != " "):
            pieces.append("")
        pieces[-1] += character
    return [piece for piece in pieces if piece]


def _ends(character: str) -> bool:
    return character in " -–—" or unicodedata.east_asian_width(character) in "WF"
