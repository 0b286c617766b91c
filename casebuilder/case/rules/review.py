"""Reviews: doubts that say what they take off, each once, and sets of them under names of their own."""

from collections.abc import Iterator, Mapping
from typing import Any

from casebuilder.case.errors import Flaw, Place
from casebuilder.case.library import words
from casebuilder.case.paths import shorten
from casebuilder.case.rules.view import block, entries, text
from casebuilder.case.words import near, one_of

_WITH_AMOUNT = ("benefits", "later", "costs", "hurdle")
_KINDS = (*_WITH_AMOUNT, "cash_only", "theme", "signed_only")


def doubts(data: Any) -> Iterator[Flaw]:
    """Doubts without what their kind needs, with what it does not have, or made twice."""
    review = block(data, "review")
    yield from _each("doubts", review, ("review",))
    for place, one in entries(review, "kept", ("review",)):
        yield from _each("doubts", one, place)


def kept(data: Any) -> Iterator[Flaw]:
    """Two kept sets of one name."""
    seen: set[str] = set()
    for place, one in entries(block(data, "review"), "kept", ("review",)):
        name = text(one, "name")
        if name is not None and name in seen:
            yield Flaw((*place, "name"), f"{shorten(name)} stands here a second time", "each name once")
        seen.add(name or "")


def _each(key: str, record: Mapping[str, Any], before: Place) -> Iterator[Flaw]:
    seen: set[tuple[str, str | None]] = set()
    for place, one in entries(record, key, before):
        kind, theme = text(one, "kind"), text(one, "theme")
        if kind not in _KINDS:
            continue
        yield from _parts(place, one, kind)
        if theme is not None and theme not in words().themes:
            found = f"{shorten(theme)} is not a theme{near(theme, words().themes)}"
            yield Flaw((*place, "theme"), found, one_of(words().themes))
        if (kind, theme) in seen:
            yield Flaw((*place, "kind"), f"the doubt {kind} stands here a second time", "each doubt once")
        seen.add((kind, theme))


def _parts(place: Place, one: Mapping[str, Any], kind: str) -> Iterator[Flaw]:
    for key, article, has in (("amount", "an", kind in _WITH_AMOUNT), ("theme", "a", kind == "theme")):
        if (one.get(key) is not None) != has:
            found = f"a doubt of kind {kind} has {'no' if has else article} {key}"
            yield Flaw((*place, key), found, f"its {key}" if has else f"no {key} here")
