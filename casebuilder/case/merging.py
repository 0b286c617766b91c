"""Two people's changes of one case put together: what only one of them changed is taken, the rest is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebuilder.case.loading import from_data
from casebuilder.case.paths import readable
from casebuilder.case.records import Case

#: What tells the entries of a list apart, tried in this order.
_NAMES = ("id", "name", "persona", "lever")
_GONE = object()


@dataclass(frozen=True)
class Merged:
    """A case with both people's changes; `both` are the paths that both changed, where mine stands."""

    case: Case
    both: tuple[str, ...]


def merged(base: Case, theirs: Case, mine: Case) -> Merged:
    """My changes since `base` made on top of theirs; CaseError where the two together are no valid case."""
    data = [case.model_dump(by_alias=True, exclude_unset=True) for case in (base, theirs, mine)]
    both: list[tuple[str | int, ...]] = []
    found = _merged(data[0], data[1], data[2], (), both)
    return Merged(from_data(found), tuple(dict.fromkeys(readable(place, found) for place in both)))


def _merged(base: Any, theirs: Any, mine: Any, place: tuple[str | int, ...], both: list[Any]) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if all(isinstance(each, Mapping) for each in (base, theirs, mine)):
        return _mapping(base, theirs, mine, place, both)
    named = _by_name(base, theirs, mine)
    if named is not None:
        return list(_mapping(named[0], named[1], named[2], place, both, numbered=True).values())
    both.append(place)
    return theirs if mine is _GONE else mine


def _mapping(
    base: Mapping[Any, Any],
    theirs: Mapping[Any, Any],
    mine: Mapping[Any, Any],
    place: tuple[str | int, ...],
    both: list[Any],
    numbered: bool = False,
) -> dict[Any, Any]:
    """Key by key, in their order with my own ones behind; what one changed and the other took out stays."""
    found: dict[Any, Any] = {}
    for key in (*theirs, *(key for key in mine if key not in theirs)):
        step = len(found) if numbered else key
        was, is_theirs, is_mine = (each.get(key, _GONE) for each in (base, theirs, mine))
        if is_theirs is _GONE and is_mine == was:
            continue
        value = is_mine if is_theirs is _GONE else _merged(was, is_theirs, is_mine, (*place, step), both)
        if value is not _GONE:
            found[key] = value
    return found


def _by_name(*lists: Any) -> list[dict[Any, Any]] | None:
    """Lists of named records as mappings by their names; None where names do not tell the entries apart."""
    if not all(isinstance(each, list | tuple) for each in lists):
        return None
    for name in _NAMES:
        entries = [
            [entry.get(name) if isinstance(entry, Mapping) else None for entry in each] for each in lists
        ]
        if all(None not in names and len(set(names)) == len(names) for names in entries):
            return [dict(zip(names, each, strict=True)) for names, each in zip(entries, lists, strict=True)]
    return None
