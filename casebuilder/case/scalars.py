"""What a bare word of a YAML or JSON file means: nothing, yes or no, a number, or a text."""

import math
import re

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
DECIMAL = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
#: More digits than any amount needs; a longer run is left as the text that it is.
LONGEST_NUMBER = 60

_WORDS: dict[str, object] = {
    "": None,
    "~": None,
    "null": None,
    ".nan": math.nan,
    ".inf": math.inf,
    "+.inf": math.inf,
    "-.inf": -math.inf,
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
}


def resolve(word: str) -> object:
    """The value of an unquoted YAML word: None, bool, int, float or the word itself.

    Two traps of YAML 1.1 are closed: `12:30` and `010` stay texts (they would be read as 750 and 8), so that a
    number field refuses them and a text field keeps them. Dates stay texts too: the record that wants a date
    reads it. `1e6` is a number. A number too large for a float becomes infinity, which every record refuses.
    """
    if word in _WORDS:
        return _WORDS[word]
    if word[0].isalpha() or word[0] in "~.+-":
        lowered = word.lower()
        if lowered in _WORDS and word in (
            lowered,
            lowered.title(),
            lowered.upper(),
            _after_dot_title(lowered),
        ):
            return _WORDS[lowered]
    return number(word)


def number(word: str) -> object:
    """An int or float where the word spells one, else the word; never raises."""
    if len(word) > LONGEST_NUMBER:
        return word
    if INTEGER.fullmatch(word):
        return int(word.replace("_", ""))
    if DECIMAL.fullmatch(word) and not re.match(r"[-+]?0[0-9_]", word):
        return float(word.replace("_", ""))
    return word


def _after_dot_title(lowered: str) -> str:
    """`.NaN` and `.Inf`, the spellings YAML allows besides lower case, title case and upper case."""
    return {".nan": ".NaN", ".inf": ".Inf", "-.inf": "-.Inf", "+.inf": "+.Inf"}.get(lowered, lowered)
