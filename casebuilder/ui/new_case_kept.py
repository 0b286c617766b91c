"""What is typed for a new case is kept as it happens, until it is a case or thrown away; a reload comes back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

import streamlit as st

from casebuilder.case import library
from casebuilder.case.totals_asked import asked
from casebuilder.store import Draft, StoreError, new_key
from casebuilder.ui import kept, visitor
from casebuilder.ui import new_case_draft as typing
from casebuilder.ui.interruptions import uninterrupted

#: The part of the address of this page that names what is typed on it.
ADDRESS = "draft"
_HERE, _LAST, _PROBLEM, _GONE = "draft here", "draft as kept", "draft problem", "draft thrown away"
#: The id of a draft whose first save was not answered yet.
_NEXT = "draft to come"
_DAYS = (typing.DAY, typing.SCORED_ON)


@dataclass(frozen=True)
class Gone:
    """A draft that was thrown away, in the list or by emptying the page."""

    draft: Draft
    emptied: bool


@uninterrupted()
def keep() -> None:
    """Keep what is typed if it changed since; never raises. For every page: a field may be left by leaving its page."""
    if typing.NAME not in st.session_state:
        return
    said = typed()
    if said == st.session_state.get(_LAST, {}):
        return
    st.session_state[_LAST] = said
    try:
        _store(said)
        st.session_state[_PROBLEM] = ""
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)


def _store(said: Mapping[str, Any]) -> None:
    here, author, window = _here(), visitor.whose(), visitor.window()
    if said:
        draft_id, after = (
            (here.id, here.writer) if here else (st.session_state.setdefault(_NEXT, new_key()), "")
        )
        saved = kept.store().keep_draft(draft_id, said, author=author, writer=window, after=after)
        st.session_state[_HERE] = saved
        st.session_state.pop(_NEXT, None)
    elif here:
        kept.store().discard_draft(here.id)


def come_back() -> None:
    """Put back what was typed at this address before a reload; the address names what is typed from now on."""
    draft_id = st.query_params.get(ADDRESS)
    if draft_id and _here() is None and typing.NAME not in st.session_state:
        try:
            draft = kept.store().draft(draft_id, author=visitor.whose())
        except StoreError as error:
            st.session_state[_PROBLEM] = str(error)
            return
        if draft is not None:
            _take(draft)
    here = _here()
    if here is not None:
        st.query_params[ADDRESS] = here.id
    else:
        st.query_params.pop(ADDRESS, None)


def left() -> tuple[Draft, ...]:
    """What was begun before and left, the last first; StoreError where that cannot be known."""
    here = _here()
    every = kept.store().drafts(author=visitor.whose())
    return tuple(draft for draft in every if here is None or draft.id != here.id)


def problem() -> str:
    """Why what is typed is not kept; empty where it is."""
    return str(st.session_state.get(_PROBLEM, ""))


def thrown_away() -> Gone | None:
    """What was thrown away last, while it can be taken back."""
    return cast("Gone | None", st.session_state.get(_GONE))


def made() -> None:
    """What is typed is a case now, if that was kept: it is no draft any more."""
    here = _here()
    st.session_state[_LAST] = typed()
    for key in (_HERE, _GONE):
        st.session_state.pop(key, None)
    if here is not None:
        _discard(here)


def empty() -> None:
    """Begin again: what is typed here is thrown away, cases that were opened stay."""
    here = _here()
    if here is not None:
        throw_away(here, emptied=True)
    _clear()


def _clear() -> None:
    """Every field as it was at first; set, not forgotten, for the browser would send again what stands in it."""
    blank = {**dict.fromkeys(_words(), ""), **_choices(), typing.DAY: date.today()}
    for key, value in (blank | {typing.SCORED: None, typing.SCORED_ON: None}).items():
        st.session_state[key] = value
    for key in (_HERE, _LAST):
        st.session_state.pop(key, None)


def _here() -> Draft | None:
    return cast("Draft | None", st.session_state.get(_HERE))


def go_on(draft: Draft) -> None:
    """Put a draft that was left into the fields, in place of what stands there, which is kept."""
    _clear()
    _take(draft)


def _take(draft: Draft) -> None:
    """Put a draft into the fields of this page; what no field takes any more is left out."""
    for key, value in draft.state.items():
        found = _field(key, value)
        if found is not None:
            st.session_state[key] = found
    st.session_state.setdefault(typing.NAME, "")
    st.session_state[_HERE] = draft
    st.session_state[_LAST] = typed()


def throw_away(draft: Draft, emptied: bool = False) -> None:
    """Throw a draft away; the last one can be taken back."""
    if _discard(draft):
        st.session_state[_GONE] = Gone(draft, emptied)


def take_back() -> None:
    """Take back what was thrown away last; into the fields where they are empty."""
    gone = thrown_away()
    if gone is None:
        return
    draft, author, window = gone.draft, visitor.whose(), visitor.window()
    try:
        back = kept.store().keep_draft(draft.id, draft.state, author=author, writer=window)
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)
        return
    del st.session_state[_GONE]
    if not typed():
        go_on(back)


def _discard(draft: Draft) -> bool:
    """Whether a draft was thrown away; else why not is said."""
    try:
        kept.store().discard_draft(draft.id)
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)
        return False
    return True


def typed() -> dict[str, Any]:
    """What stands in the fields, as plain data; empty where nothing was typed or chosen yet."""
    first = _choices()
    found = {key: st.session_state.get(key) for key in (*_words(), *first, typing.SCORED, *_DAYS)}
    said = {
        key: _plain(value)
        for key, value in found.items()
        if value not in (None, "") and (key not in first or value != first[key])
    }
    return said if set(said) - {typing.DAY} else {}


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )


@cache
def _words() -> tuple[str, ...]:
    """The fields that hold what somebody typed, as they typed it."""
    cut = [f"{typing.CUT}:{what}" for what in ("name:0", "name:1", "customers", "revenue", "lost")]
    return (typing.NAME, typing.SCORE, *cut, *(typing.field(name) for name in asked()))


@cache
def _choices() -> Mapping[str, Any]:
    """The fields that hold a choice, with what is chosen at first."""
    return {typing.CURRENCY: typing.CURRENCIES[0], **{key: offered[0] for key, offered in _offered().items()}}


@cache
def _offered() -> Mapping[str, list[Any]]:
    """The fields that hold one of what is offered."""
    units = {typing.unit(name): typing.units(each) for name, each in asked().items()}
    flags = {typing.IN_MARGIN: [False, True], typing.CUT: [False, True]}
    return {**units, **flags, typing.SHAPE: list(library.starting_values())}


def _field(key: str, value: Any) -> Any:
    """A kept value as its field takes it; None where it does not."""
    try:
        if key in _DAYS:
            return date.fromisoformat(value)
        if key == typing.SCORED:
            return float(value)
        if key in (*_words(), typing.CURRENCY):
            return value if isinstance(value, str) else None
        chosen = tuple(value) if isinstance(value, list) else value
        return chosen if chosen in _offered().get(key, ()) else None
    except (TypeError, ValueError):
        return None
