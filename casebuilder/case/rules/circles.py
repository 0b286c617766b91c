"""Circles: an initiative that, in the end, needs itself can never start."""

from collections.abc import Iterator
from typing import Any

from casebuilder.case.errors import Flaw, Place
from casebuilder.case.paths import shorten
from casebuilder.case.rules.view import entries, text, texts

#: A circle is named by so many of its initiatives.
_SHOWN = 8


def circles(data: Any) -> Iterator[Flaw]:
    """Each circle of `requires` once, named from the first initiative in it; without recursion."""
    needs: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for place, initiative in entries(data, "initiatives"):
        name = text(initiative, "id")
        if name is not None and name not in needs:
            needs[name] = [needed for _, needed in texts(initiative, "requires")]
            places[name] = (*place, "requires")
    finished: set[str] = set()
    for start in needs:
        if start not in finished:
            yield from (_named(circle, places) for circle in _found_from(start, needs, finished))


def _found_from(start: str, needs: dict[str, list[str]], finished: set[str]) -> Iterator[list[str]]:
    """Walks everything `start` needs, depth first; a step back onto the walked path closes a circle."""
    path, ahead = {start: None}, [iter(needs[start])]
    while path:
        needed = next(ahead[-1], None)
        if needed is None:
            ahead.pop()
            finished.add(path.popitem()[0])
        elif needed in path:
            walked = list(path)
            yield walked[walked.index(needed) :]
        elif needed in needs and needed not in finished:
            path[needed] = None
            ahead.append(iter(needs[needed]))


def _named(circle: list[str], places: dict[str, Place]) -> Flaw:
    order = {name: position for position, name in enumerate(places)}
    first = circle.index(min(circle, key=order.__getitem__))
    turned = [shorten(name) for name in (*circle[first:], *circle[:first], circle[first])]
    if len(turned) > _SHOWN:
        turned[_SHOWN:-1] = [f"{len(turned) - _SHOWN - 1} more"]
    found = f"a circle of requirements: {' needs '.join(turned)}"
    return Flaw(places[circle[first]], found, "initiatives that can be put in an order")
