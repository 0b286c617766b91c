"""Fields that are written as soon as they are typed: each begins with what the case says, and is heard only for itself.

A browser sends the value of every field with whatever was pressed, as it last painted them: of a number that was undone
a moment ago it still says what stood there before. So a field whose value was changed by anything but itself becomes
another field, which begins with what the case says; what the browser still sends of the old one changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypedDict, cast

import streamlit as st

from casebuilder.store import new_key
from casebuilder.ui import visits

_FIELDS, _MARK = "fields:known", "fields:mark"


class Live(TypedDict):
    """The key of a field and what happens once something was typed into it, as Streamlit's fields take them."""

    key: str
    on_change: Callable[[], None]


@dataclass(frozen=True)
class _Known:
    """How often a field became another one, what it says, and the page it stands on."""

    turn: int = 0
    says: object = None
    page: str = ""


def live(name: str, shown: object, typed: Callable[[Any], None]) -> Live:
    """The field of this name that shows a value, which must be its default as well; what is typed goes to `typed`."""
    key = _key(name)
    if key not in st.session_state or not _same(st.session_state[key], shown):
        renew(name)
        key = _key(name)
    _fields()[name] = replace(_known(name), says=shown, page=visits.here())
    return Live(key=key, on_change=lambda: _heard(name, key, typed))


def renew(name: str) -> None:
    """Make the field of this name another one, that has not the focus and begins with what the case says."""
    _fields()[name] = replace(_known(name), turn=_known(name).turn + 1)


def _heard(name: str, key: str, typed: Callable[[Any], None]) -> None:
    """Something was typed, unless the field is another one by now or says what it said before."""
    known, value = _known(name), st.session_state[key]
    if key == _key(name) and not _same(value, known.says):
        _fields()[name] = replace(known, says=value)
        visits.heard(known.page)
        typed(value)


def _same(one: object, other: object) -> bool:
    """Whether two values are one; a slider counts its steps with an error in the last digits."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def _key(name: str) -> str:
    """The key as it is now; a browser that comes back after a restart knows none of the new session's."""
    return f"{name}:{st.session_state.setdefault(_MARK, new_key()[:6])}:{_known(name).turn}"


def _known(name: str) -> _Known:
    return _fields().get(name, _Known())


def _fields() -> dict[str, _Known]:
    """What is known of each field of this session, by its name."""
    return cast("dict[str, _Known]", st.session_state.setdefault(_FIELDS, {}))
