"""Who stands behind what: paths that exist, and ranges that hold the number they belong to."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebuilder.case.catalogue import span
from casebuilder.case.errors import Flaw, Place
from casebuilder.case.paths import shorten
from casebuilder.case.rules.view import as_number, block, entries, number, texts
from casebuilder.case.shape import Shape
from casebuilder.case.words import figure, near

_ALLOWED = "the path of something in this case, such as company.discount_rate"


def standing(data: Any, shape: Shape) -> Iterator[Flaw]:
    """Statuses and signatures for what is not in the case, and ranges that do not fit their number."""
    statuses = block(data, "inputs")
    signed = [
        found for place, person in entries(data, "stakeholders") for found in texts(person, "signed", place)
    ]
    named = [*statuses, *(path for _, path in signed)]
    paths = shape.paths(data, named)
    if any(path not in paths for path in named):
        paths = shape.paths(data)
    for path, status in statuses.items():
        place = ("inputs", path)
        if path not in paths:
            yield Flaw(place, f"nothing in this case has this path{near(path, paths)}", _ALLOWED)
        elif isinstance(status, Mapping):
            yield from _range(place, status, paths[path], shape)
    for where, path in signed:
        if path not in paths:
            found = f"nothing in this case has the path {shorten(path, 120)}{near(path, paths)}"
            yield Flaw(where, found, _ALLOWED)


def _range(
    place: Place, status: Mapping[str, Any], target: tuple[Place, Any], shape: Shape
) -> Iterator[Flaw]:
    low, high, value = number(status, "low"), number(status, "high"), as_number(target[1])
    if low is None and high is None:
        return
    lower, upper, is_number = shape.bounds(target[0])
    if not is_number:
        found = "a range stands here, and the path is not that of a number"
        yield Flaw(place, found, "low and high for a number")
        return
    if low is not None and high is not None and low > high:
        yield Flaw(place, f"low is {figure(low)} and high is {figure(high)}", "low <= high")
    elif value is not None and not _within(low, value, high) and _within(lower, value, upper):
        yield Flaw(
            place, f"the range does not hold the number itself, {figure(value)}", "low <= the number <= high"
        )
    for key, end in (("low", low), ("high", high)):
        if end is not None and not _within(lower, end, upper):
            yield Flaw((*place, key), f"{figure(end)} is outside what the number can be", span(lower, upper))


def _within(lower: float | None, value: float, upper: float | None) -> bool:
    return (lower is None or lower <= value) and (upper is None or value <= upper)
