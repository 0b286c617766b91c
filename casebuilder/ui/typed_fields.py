"""Fields in which numbers are typed as people write them: what stands in one, what is read, and how that is said."""

from __future__ import annotations

import math

from casebuilder.case.typed import LONGEST, MONEY, Given, Unreadable, given
from casebuilder.pitch import numbers
from casebuilder.pitch.echo_inputs import as_typed

__all__ = ["LONGEST", "MONEY", "Given", "Unreadable", "outside", "read", "reading", "shown", "unit_words"]

_WORDS = {"share": "%", "per_year": "a year", "fte": "FTE", "count": "", "ratio": "", "factor": "times"}


def unit_words(unit: str, currency: str) -> str:
    """What a number is typed in: the currency, "%", "days"; empty where the number says it all."""
    return currency if unit in MONEY else _WORDS.get(unit, unit)


def shown(value: float | None, unit: str) -> str:
    """A number as it stands in its field: "120,000", "17.2%"; empty where it is not known.

    It may have more digits than are shown: a field whose text is still this one was left as it is.
    """
    if value is None:
        return ""
    return as_typed(round(value * 100, 10), "count") if unit == "points" else as_typed(value, unit)


def read(text: str | None, unit: str, currency: str) -> Given | None:
    """The one number in a text, in the field's own unit; None where it is not known. Unreadable also for a range."""
    found = given(text or "", unit, currency)
    if found is not None and found.ends is not None:
        kind = "amount" if unit in MONEY else "number"
        raise Unreadable(f"“{(text or '').strip()}” is no single {kind}: type the one that you expect.")
    return found


def reading(text: str, found: Given | None, unit: str, currency: str) -> str:
    """How a text was read that others would read otherwise; empty where nobody would."""
    if found is None or not found.unsure:
        return ""
    amount = f"{currency} {shown(found.value, unit)}" if unit in MONEY else shown(found.value, unit)
    return f"“{text.strip()}” is read as {amount}."


def outside(value: float, unit: str, currency: str, lower: float | None, upper: float | None) -> str | None:
    """Why a number is not possible between its bounds; None where it is."""
    if not math.isfinite(value):
        return "This is not a number."
    if (lower is None or value >= lower) and (upper is None or value <= upper):
        return None
    ends = [None if end is None else numbers.for_unit(end, unit, currency) for end in (lower, upper)]
    between = (
        f"{ends[0]} to {ends[1]}" if all(ends) else f"{ends[0]} or more" if ends[0] else f"{ends[1]} or less"
    )
    found = numbers.for_unit(value, unit, currency)
    return f"{found} is not possible: allowed is {between}. Nothing was changed."
