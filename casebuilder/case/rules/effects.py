"""Effects, limits and shares: known metrics, segments that exist, sizes in order, nothing moved twice."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from casebuilder.case.catalogue import inputs, span
from casebuilder.case.errors import Flaw, Place
from casebuilder.case.library import levers
from casebuilder.case.paths import shorten
from casebuilder.case.reserved import ALL, WORKING_CAPITAL
from casebuilder.case.rules.view import as_number, block, entries, names, number, text
from casebuilder.case.words import figure, near, one_of

#: A limit of 0 would divide by zero where the metric is measured today.
_DIVISORS = {"sales_cycle_days": "sales", "minutes_per_assisted_contact": "service"}


def effects(data: Any) -> Iterator[Flaw]:
    """Effects on what does not exist, out of order, or twice on the same thing."""
    segments = names(data, "segments", "name")
    for place, initiative in entries(data, "initiatives"):
        moved: dict[str, set[str]] = {}
        for where, effect in entries(initiative, "effects", place):
            yield from _in_order(where, effect)
            lever, segment = text(effect, "lever"), text({"segment": ALL, **effect}, "segment")
            if lever is None or segment is None:
                continue
            yield from _target(where, lever, segment, segments, "segments" in data)
            before = moved.setdefault(lever, set())
            if before and (segment == ALL or before & {ALL, segment}):
                found = f"this initiative moves {shorten(lever)} for {shorten(segment)} a second time"
                yield Flaw(where, found, "one effect of an initiative on a metric and segment")
            before.add(segment)


def _in_order(place: Place, effect: Mapping[str, Any]) -> Iterator[Flaw]:
    sizes = [number(effect, key) for key in ("low", "base", "high")]
    low, base, high = sizes
    if low is not None and base is not None and high is not None and not low <= base <= high:
        said = ", ".join(figure(size) for size in (low, base, high))
        yield Flaw(place, f"low, base and high are {said} and not in order", "low <= base <= high")


def _target(
    place: Place, lever: str, segment: str, segments: Collection[str], has_segments: bool
) -> Iterator[Flaw]:
    if not has_segments:
        yield Flaw(place, "an effect stands in a case without segments", "effects on the metrics of segments")
    elif lever not in levers():
        found = f"{shorten(lever)} is not an operational metric (lever){near(lever, levers())}"
        yield Flaw((*place, "lever"), found, one_of(levers()))
    elif levers()[lever].scope == "company" and segment != ALL:
        found = f"{shorten(segment)} is named, and {lever} is one number for the whole company"
        yield Flaw((*place, "segment"), found, f"{ALL}, or no segment")
    elif segment not in (ALL, *segments):
        found = f"{shorten(segment)} is not a segment of this case{near(segment, segments)}"
        yield Flaw((*place, "segment"), found, one_of([ALL, *segments]))


def limits(data: Any) -> Iterator[Flaw]:
    """Best achievable levels of what is no metric, outside the bounds of its input, or without segments."""
    for key, value in block(data, "limits").items():
        place, limit = ("limits", key), as_number(value)
        if key not in levers():
            found = f"{shorten(key)} is not an operational metric (lever){near(key, levers())}"
            yield Flaw(place, found, one_of(levers()))
        elif "segments" not in data:
            yield Flaw(
                place, "a limit stands in a case without segments", "limits for the metrics of segments"
            )
        elif limit is not None:
            yield from _limit_fits(place, key, limit, data)


def _limit_fits(place: Place, key: str, limit: float, data: Any) -> Iterator[Flaw]:
    word = inputs()[key]
    if not word.holds(limit):
        yield Flaw(place, f"{figure(limit)} is outside what {key} can be", span(word.lower, word.upper))
    elif limit == 0 and key in _DIVISORS and (number(block(data, _DIVISORS[key]), key) or 0) > 0:
        yield Flaw(place, f"0 cannot be reached where {key} is above 0 today", "above 0")


def shares(data: Any) -> Iterator[Flaw]:
    """Shares counted as cash for what is no benefit."""
    lines = [lever.line for lever in levers().values()]
    for key in block(data, "headline_shares"):
        if key == WORKING_CAPITAL:
            found = "the share of working_capital is always 1, cash tied up in growth counts in full"
            yield Flaw(("headline_shares", key), found, one_of(lines))
        elif key not in lines:
            found = f"{shorten(key)} is not a benefit of the model{near(key, lines)}"
            yield Flaw(("headline_shares", key), found, one_of(lines))
