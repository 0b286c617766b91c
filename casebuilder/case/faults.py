"""Turns what pydantic found into what a person reads; private words are not repeated."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebuilder.case.errors import Flaw, Place
from casebuilder.case.paths import PRIVATE, UNQUOTABLE
from casebuilder.case.shape import Shape
from casebuilder.case.words import A_DAY, figure, near, said

#: Names of alternatives (a number or a block, say): they appear in pydantic's places and in no file.
TAGS = ("<short>", "<long>")


def flaws_of(error: ValidationError, shape: Shape) -> Iterator[Flaw]:
    """One flaw for each thing pydantic found; broken rules between parts are passed on as they are."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "rules":
            yield from detail["ctx"]["flaws"]
        elif not _follows_from_another(detail):
            yield _flaw(detail, shape)


def _follows_from_another(detail: ErrorDetails) -> bool:
    """A list that only pydantic finds too short, for it does not count wrong entries; a default without its source."""
    kind = detail["type"]
    return (kind == "too_short" and bool(detail["input"])) or kind == "default_factory_not_called"


def _flaw(detail: ErrorDetails, shape: Shape) -> Flaw:
    kind, place = detail["type"], _place(detail["loc"])
    if detail["loc"][-1:] == ("[key]",):
        allowed = str(detail["ctx"]["allowed"]) if kind == "case" else shape.allowed_key(place)
        return Flaw(place, "this key cannot stand here", allowed)
    if PRIVATE in place[:-1]:
        inside = place[: place.index(PRIVATE) + 1]
        return Flaw(inside, "something in this block does not fit", shape.allowed(inside))
    if kind == "extra_forbidden":
        key, above = str(detail["loc"][-1]), _place(detail["loc"][:-1])
        known = shape.keys(above)
        return Flaw((*above, key), f"this key is not known{near(key, known)}", ", ".join(known))
    hidden = UNQUOTABLE.intersection(place) and kind not in _QUOTE_NOTHING
    found = "what stands here does not fit" if hidden else _found(detail)
    return Flaw(place, found, _allowed(detail, place, shape))


def _place(loc: tuple[int | str, ...]) -> Place:
    """Pydantic's place without the names of alternatives and without its mark for a key."""
    steps = loc[:-1] if loc[-1:] == ("[key]",) else loc
    return tuple(step for step in steps if step not in TAGS)


def _found(detail: ErrorDetails) -> str:
    value = detail["input"]
    words = _FOUND.get(detail["type"])
    return words(value, detail.get("ctx", {})) if words else f"{said(value)} stands here"


def _allowed(detail: ErrorDetails, place: Place, shape: Shape) -> str:
    kind = detail["type"]
    if kind == "case":
        return str(detail["ctx"]["allowed"])
    if kind == "day_type":
        return A_DAY
    if kind == "too_long":
        return f"at most {detail['ctx']['max_length']}"
    words = shape.allowed(place)
    return words.removeprefix("a number, ") if kind in _OUTSIDE else words


#: Pydantic's kind of error -> what a person reads, from the value and what pydantic says about it.
_FOUND: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda value, about: "this is missing",
    "case": lambda value, about: str(about["found"]),
    "too_short": lambda value, about: "there is nothing in it",
    "too_long": lambda value, about: f"{len(value)} entries are too many",
    "finite_number": lambda value, about: f"{figure(value)} is not a finite number",
    "greater_than_equal": lambda value, about: f"{figure(value)} is below what is possible",
    "less_than_equal": lambda value, about: f"{figure(value)} is above what is possible",
}
_OUTSIDE = ("greater_than_equal", "less_than_equal")
#: Kinds whose sentence repeats nothing of the file.
_QUOTE_NOTHING = ("missing", "case", "too_short", "too_long")
