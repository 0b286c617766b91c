"""Text at the border: one spelling for what looks alike, and nothing invisible that breaks an output."""

import re
import unicodedata

#: The longest text a field holds, in UTF-16 units (a spreadsheet cell holds 32,767).
LONGEST_TEXT = 5_000
#: The longest name, title or label.
LONGEST_NAME = 200

_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
#: No text without one of these is looked at letter by letter.
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text with composed characters (NFC) and line ends written as one newline.

    Composing takes time that grows with the square of a run of accents: check the length first.
    """
    for before, after in _LINE_ENDS.items():
        text = text.replace(before, after)
    return unicodedata.normalize("NFC", text)


def forbidden(text: str, lines: bool = True) -> str | None:
    """What the first character is that must not stand in a text, in words; None where all may.

    Refused are control characters (newline and tab only where `lines` is false), halves of surrogate pairs,
    non-characters, and characters that turn the direction of what follows.
    """
    for character in text if _SUSPECT.search(text) else "":
        if character in "\n\t" and lines:
            continue
        kind = _kind(character)
        if kind:
            return f"{kind} (U+{ord(character):04X})"
    return None


def utf16_length(text: str) -> int:
    """Length as spreadsheets and slides count it."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def _kind(character: str) -> str | None:
    code = ord(character)
    if character in "\n\t":
        return "a line end or a tab"
    if unicodedata.category(character) == "Cc":
        return "an invisible control character"
    if 0xD800 <= code <= 0xDFFF:
        return "half of a character (a lone surrogate)"
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return "a code that is no character"
    if character in _DIRECTION:
        return "an invisible character that turns the direction of the text"
    return None
