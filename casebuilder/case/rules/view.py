"""Looks into plain data that may be wrong anywhere: what has another type is passed over."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebuilder.case.errors import Place

#: Beyond it an integer cannot be made a float.
_HUGE = 10**300

Entry = tuple[Place, Mapping[str, Any]]


def block(data: Any, key: str) -> Mapping[str, Any]:
    """The mapping at `key`, its text keys only; empty where there is none."""
    value = data.get(key) if isinstance(data, Mapping) else None
    return (
        {name: inner for name, inner in value.items() if isinstance(name, str)}
        if isinstance(value, Mapping)
        else {}
    )


def entries(data: Any, key: str, before: Place = ()) -> Iterator[Entry]:
    """The records of the list at `key`, each with its place."""
    for position, item in listed(data, key):
        if isinstance(item, Mapping):
            yield (*before, key, position), item


def texts(data: Any, key: str, before: Place = ()) -> Iterator[tuple[Place, str]]:
    """The texts of the list at `key`, each with its place."""
    for position, item in listed(data, key):
        if isinstance(item, str):
            yield (*before, key, position), item


def listed(data: Any, key: str) -> Iterator[tuple[int, Any]]:
    """The items of the list at `key` with their positions."""
    value = data.get(key) if isinstance(data, Mapping) else None
    yield from enumerate(value if isinstance(value, list | tuple) else ())


def text(data: Mapping[str, Any], key: str) -> str | None:
    """The text at `key`, without blanks around it; None where there is none."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else None


def number(data: Mapping[str, Any], key: str) -> float | None:
    """The number at `key`; None where there is none."""
    return as_number(data.get(key))


def as_number(value: Any) -> float | None:
    """The value if it is a number, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, float) or abs(value) < _HUGE else None


def names(data: Any, key: str, name: str) -> dict[str, None]:
    """What the records of the list at `key` are called, by the field `name`: an ordered set."""
    found = (text(entry, name) for _, entry in entries(data, key))
    return dict.fromkeys(name for name in found if name is not None)
