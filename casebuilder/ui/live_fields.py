"""Fields that are written as soon as they are typed: each begins with what the case says, and is heard only for itself.

A browser sends the value of every field with whatever was pressed, as it last painted them: of a number that was undone
a moment ago it still says what stood there before. So a field whose value was changed by anything but itself becomes
another field, which begins with what the case says. What the browser still sends of the old one is heard only where it
never said so before: that was typed before the new one was painted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, cast

import streamlit as st

from casebuilder.store import new_key
from casebuilder.ui import visits

_FIELDS, _MARK = "fields:known", "fields:mark"
#: How many of the fields that a field was before may still be typed into.
MOST_BEFORE = 8


class Live(TypedDict):
    """The key of a field and what happens once something was typed into it, as Streamlit's fields take them."""

    key: str
    on_change: Callable[[], None]


@dataclass(frozen=True)
class _Known:
    """How often a field became another one, and what it said last, by turn."""

    turn: int = 0
    said: Mapping[int, object] = field(default_factory=dict)


def live(name: str, shown: object, typed: Callable[[Any], None]) -> Live:
    """The field of this name that shows a value, which must be its default as well; what is typed goes to `typed`."""
    page = visits.here()
    if (key := _key(name, page)) not in st.session_state or not _same(st.session_state[key], shown):
        renew(name)
    known, key = _known(name, page), _key(name, page)
    _say(name, page, known.turn, shown)
    return Live(key=key, on_change=lambda: _heard(name, page, known.turn, st.session_state[key], typed))


def renew(name: str) -> None:
    """Make the field of this name another one, that has not the focus and begins with what the case says."""
    known = _known(name, visits.here())
    _fields()[name, visits.here()] = replace(known, turn=known.turn + 1)


def _heard(name: str, page: str, turn: int, value: object, typed: Callable[[Any], None]) -> None:
    """Something was typed, unless this field has said so before, or was another one too long ago."""
    said = _known(name, page).said
    if turn in said and not _same(value, said[turn]):
        _say(name, page, turn, value)
        visits.heard(page)
        typed(value)


def _say(name: str, page: str, turn: int, value: object) -> None:
    known = _known(name, page)
    said = {**known.said, turn: value}
    _fields()[name, page] = replace(known, said=dict([*said.items()][-MOST_BEFORE:]))


def _same(one: object, other: object) -> bool:
    """Whether two values are one; a slider counts its steps with an error in the last digits."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def _key(name: str, page: str) -> str:
    """The key as it is now; a browser that comes back after a restart knows none of the new session's."""
    mark = st.session_state.setdefault(_MARK, new_key()[:6])
    return f"{name}:{page[:6]}{mark}:{_known(name, page).turn}"


def _known(name: str, page: str) -> _Known:
    return _fields().get((name, page), _Known())


def _fields() -> dict[tuple[str, str], _Known]:
    """What is known of each field of this session, by its name and page."""
    return cast("dict[tuple[str, str], _Known]", st.session_state.setdefault(_FIELDS, {}))
