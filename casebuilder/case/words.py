"""Small words for sentences about a case: what stands there, what is near it, which choices there are."""

import difflib
import math
from collections.abc import Collection, Mapping
from typing import Any

from casebuilder.case.paths import shorten

A_DAY = "a date such as 2027-01-31"
AN_ID = "letters, digits and _ - . (at most 60, the first a letter or digit)"

#: Beyond these a guess takes longer than it helps.
_LONGEST_GUESS, _MOST_GUESSES = 120, 3_000
#: A sentence names at most so many choices.
_MANY = 45


def said(value: Any) -> str:
    """What stands at a place, in words that fit before `stands here`."""
    if value is None:
        return "nothing"
    if value is True or value is False:
        return "true (as yes and on mean in YAML)" if value else "false (as no and off mean in YAML)"
    if isinstance(value, str):
        return f"the text {shorten(value)!r}" if value else "an empty text"
    if isinstance(value, int | float):
        return f"the number {figure(value)}"
    return (
        "a list"
        if isinstance(value, list | tuple)
        else "a block of keys"
        if isinstance(value, Mapping)
        else "a value"
    )


def figure(value: float) -> str:
    """A number as it would be typed."""
    if isinstance(value, int):
        return repr(value) if abs(value) < 10**60 else "beyond all bounds"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    return repr(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)


def near(word: str, known: Collection[str]) -> str:
    """` (did you mean ...?)` where something known looks like the word, else nothing."""
    if len(word) > _LONGEST_GUESS or len(known) > _MOST_GUESSES:
        return ""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f" (did you mean {shorten(found[0])}?)" if found else ""


def one_of(choices: Collection[str], nothing: str = "nothing, there is none yet") -> str:
    """The choices as `a, b or c`; `nothing` where there are none."""
    shown = [shorten(choice) for choice in list(choices)[:_MANY]]
    if not shown:
        return nothing
    if len(choices) > _MANY:
        return f"{', '.join(shown)} and {len(choices) - _MANY} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
