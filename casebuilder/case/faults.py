"""Turns what pydantic found into what a person reads; private words are not repeated."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebuilder.case.errors import Flaw, Place
from casebuilder.case.paths import PRIVATE, UNQUOTABLE
from casebuilder.case.shape import Shape
from casebuilder.case.words import A_DAY, figure, near, said

_BELOW = ("greater_than_equal", "greater_than")
_ABOVE = ("less_than_equal", "less_than")


def flaws_of(error: ValidationError, shape: Shape) -> Iterator[Flaw]:
    """One flaw for each thing pydantic found; broken rules between parts are passed on as they are."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "rules":
            yield from detail["ctx"]["flaws"]
        else:
            yield _flaw(detail, shape)


def _flaw(detail: ErrorDetails, shape: Shape) -> Flaw:
    place = tuple(step for step in detail["loc"] if not (isinstance(step, str) and step.startswith("<")))
    if place and place[-1] == "[key]":
        return Flaw(place[:-1], "this key cannot stand here", _key_allowed(detail, place[:-1], shape))
    if detail["type"] == "extra_forbidden":
        return _unknown_key(place, shape)
    if PRIVATE in place:
        place = place[: place.index(PRIVATE) + 1]
    found = _found(detail["type"], detail, hidden=bool(UNQUOTABLE.intersection(place)))
    return Flaw(place, found, _allowed(detail, place, shape))


def _found(kind: str, detail: ErrorDetails, hidden: bool) -> str:
    value = detail["input"]
    if kind == "missing":
        return "this is missing"
    if kind == "case":
        return str(detail["ctx"]["found"])
    if kind == "too_short":
        return "the list is empty" if isinstance(value, list | tuple) else "nothing stands in this block"
    if kind == "too_long":
        return f"{len(value)} entries are too many"
    if hidden:
        return "what stands here does not fit"
    if kind == "finite_number":
        return f"{figure(value)} is not a finite number"
    if kind in _BELOW:
        return f"{figure(value)} is below what is possible"
    if kind in _ABOVE:
        return f"{figure(value)} is above what is possible"
    return f"{said(value)} stands here"


def _allowed(detail: ErrorDetails, place: Place, shape: Shape) -> str:
    kind = detail["type"]
    if kind == "case":
        return str(detail["ctx"]["allowed"])
    if kind == "day_type":
        return A_DAY
    if kind == "too_long":
        return f"at most {detail['ctx']['max_length']}"
    words = shape.allowed(place)
    return words.removeprefix("a number, ") if kind in _BELOW + _ABOVE else words


def _key_allowed(detail: ErrorDetails, place: Place, shape: Shape) -> str:
    return str(detail["ctx"]["allowed"]) if detail["type"] == "case" else shape.allowed_key(place)


def _unknown_key(place: Place, shape: Shape) -> Flaw:
    if PRIVATE in place:
        place = place[: place.index(PRIVATE) + 1]
        return Flaw(place, "a key that is not known stands here", ", ".join(shape.keys(place)))
    key, known = str(place[-1]), shape.keys(place[:-1])
    return Flaw(place, f"this key is not known{near(key, known)}", ", ".join(known))
