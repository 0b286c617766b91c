"""Saved as it happens: every change of a case becomes a version in the store, and a reload comes back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import streamlit as st

from casebuilder.case import Case, CaseError
from casebuilder.case.edits import with_inputs
from casebuilder.case.text import clean, forbidden
from casebuilder.store import (
    Conflict,
    Deleted,
    Kept,
    Kind,
    Store,
    StoreError,
    Version,
    default_url,
    new_key,
)
from casebuilder.store.address import FOLDER

#: The part of the page's address that names the case.
ADDRESS = "case"
#: The longest name of somebody who changes a case.
LONGEST_AUTHOR = 80
#: How many of the versions put aside in one conflict are remembered over a reload.
MOST_ASIDE = 50
_LINKS, _NOTES, _AUTHOR = "kept cases", "kept notes", "author"


@dataclass(frozen=True)
class Link:
    """What ties a case on the desk to its versions: its id, and the versions it stands at and was opened at.

    `conflict` is there while somebody else's version waits for a choice, with the numbers of all versions of ours that
    were put `aside` since; `problem` says why the last change could not be kept.
    """

    case_id: str = ""
    number: int = 0
    opened: int = 0
    content: Case | None = None
    saved_at: datetime | None = None
    conflict: Conflict | None = None
    aside: tuple[int, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Found:
    """A saved case as it was left: as it was opened then, the changes on it, and the scenario looked at."""

    link: Link
    opened: Case
    case: Case
    edits: Mapping[str, Any]
    scenario: str
    notes: Mapping[str, Any]


@st.cache_resource(show_spinner="Opening your saved cases")
def store() -> Store:
    """The store of this server; StoreError says why it cannot be used."""
    return Store(default_url(FOLDER))


def author() -> str:
    """Who works here: as signed in, else as they said; empty where nobody said anything."""
    if st.user.get("is_logged_in"):
        return _name(str(st.user.get("name") or st.user.get("email") or ""))
    return str(st.session_state.get(_AUTHOR, ""))


def call_me(name: str) -> None:
    """Say under which name changes are kept."""
    st.session_state[_AUTHOR] = _name(name)


def _name(text: str) -> str:
    """A name that the store takes, whatever was typed: a case is not left unsaved for the name beside it."""
    words = "".join(letter for letter in text[:LONGEST_AUTHOR] if not forbidden(letter))
    return " ".join(clean(words).split())[:LONGEST_AUTHOR]


def link(origin: str) -> Link:
    """What is kept of a case on the desk; an empty link where nothing was changed yet."""
    return _links().get(origin, Link())


def origin_of(case_id: str) -> str | None:
    """Under which name a saved case is on the desk of this session."""
    return next((origin for origin, each in _links().items() if each.case_id == case_id), None)


def bind(origin: str, found: Found) -> None:
    """Tie a case on the desk to the saved case that it came from."""
    _links()[origin] = found.link
    _notes()[origin] = dict(found.notes)


def release(origin: str) -> None:
    """A case on the desk is no longer the saved one."""
    _links().pop(origin, None)
    _notes().pop(origin, None)


def keep(origin: str, opened: Case, case: Case, edits: Mapping[str, Any], kind: Kind = "edit") -> None:
    """Keep a changed case as its next version, the first time also as it was opened; never raises.

    Where somebody else was faster, both versions are kept and `link(origin).conflict` asks for a choice.
    """
    here = link(origin)
    if case == here.content and not here.problem:
        return
    try:
        if not here.case_id:
            here = _begun(opened)
        if here.conflict is None or case != here.content:
            here = _saved(here, case, kind)
        for waiting in here.aside if here.conflict is None else ():
            store().settle(here.case_id, waiting)
        _links()[origin] = replace(here, problem="", aside=here.aside if here.conflict else ())
    except Conflict as conflict:
        aside = (*here.aside, conflict.mine.version.number)
        _links()[origin] = replace(here, conflict=conflict, aside=aside, content=case, problem="")
    except Deleted as gone:
        _links()[origin] = replace(here, aside=(*here.aside, gone.number), problem=str(gone))
    except StoreError as error:
        _links()[origin] = replace(here, problem=str(error))
    left(origin, edits)


def _begun(opened: Case) -> Link:
    """A new saved case, as it was opened."""
    first = store().create(opened, author=author(), kind="import", key=new_key())
    return Link(first.case_id, first.number, first.number, opened, first.saved_at)


def _saved(here: Link, case: Case, kind: Kind) -> Link:
    if case == here.content:
        return here
    saved = store().save(here.case_id, case, expected=here.number, author=author(), kind=kind, key=new_key())
    return replace(here, number=saved.number, content=case, saved_at=saved.saved_at)


def rebase(origin: str, edits: Mapping[str, Any]) -> None:
    """From now on the case counts as opened at the version it stands at."""
    here = link(origin)
    if here.case_id:
        _links()[origin] = replace(here, opened=here.number)
        left(origin, edits)


def note(origin: str, name: str, value: str | int, edits: Mapping[str, Any]) -> None:
    """Remember something about where somebody is in a case, for their own eyes after a reload."""
    _notes().setdefault(origin, {})[name] = value
    left(origin, edits)


def noted(origin: str, name: str) -> str | int | None:
    """What was remembered under this name."""
    return _notes().get(origin, {}).get(name)


def left(origin: str, edits: Mapping[str, Any]) -> None:
    """Remember where somebody is in a kept case, to come back to it after a reload; never raises.

    Changes too many to be remembered one by one are part of the case all the same, and count as opened then.
    """
    here = link(origin)
    state = {
        "opened": here.opened,
        "edits": dict(edits),
        "scenario": st.session_state.get("scenario", ""),
        "notes": _notes().get(origin, {}),
        "aside": here.aside[-MOST_ASIDE:] if here.conflict else (),
    }
    try:
        if here.case_id and not _remembered(here.case_id, state):
            _remembered(here.case_id, state | {"opened": here.number, "edits": {}})
    except StoreError:
        return


def _remembered(case_id: str, state: Mapping[str, Any]) -> bool:
    """Whether the store took it: there is a limit to how much it remembers of a place."""
    try:
        store().remember(case_id, state, author=author())
    except ValueError:
        return False
    return True


def settle(origin: str, case: Case, theirs: bool) -> None:
    """End a conflict: with their version, or with `case` saved on top of it; what is not chosen stays a version."""
    here = link(origin)
    if here.conflict is None:
        return
    number = here.conflict.theirs.version.number
    try:
        if theirs:
            here = replace(here, number=number, content=case)
        else:
            saved = store().save(
                here.case_id, case, expected=number, author=author(), kind="merge", key=new_key()
            )
            here = replace(here, number=saved.number, content=case, saved_at=saved.saved_at)
        for waiting in here.aside:
            store().settle(here.case_id, waiting)
        _links()[origin] = replace(here, conflict=None, aside=(), opened=here.number, problem="")
    except Conflict as again:
        _links()[origin] = replace(here, conflict=again, aside=(*here.aside, again.mine.version.number))
    except StoreError as error:
        _links()[origin] = replace(here, problem=str(error))
    left(origin, {})


def found(case_id: str) -> Found:
    """A saved case as somebody left it, with a conflict that still waits for their choice; StoreError, CaseError.

    Where the changes since its opening cannot be told any more, it counts as opened as it stands.
    """
    if store().about(case_id).deleted_at is not None:
        raise StoreError("This case is in the bin: take it back on the page Start, under Deleted cases.")
    newest = store().read(case_id)
    place = store().place(case_id, author=author())
    state = place.state if place else {}
    aside = tuple(number for number in _aside(case_id) if number in state.get("aside", ()))
    conflict = _choice(newest, aside)
    here = conflict.mine if conflict else newest
    number = (here.version.parent or 0) if conflict else here.version.number
    link = Link(case_id, number, number, here.case, conflict=conflict, aside=aside if conflict else ())
    scenario, notes = str(state.get("scenario", "")), state.get("notes", {})
    opened, edits = state.get("opened"), state.get("edits", {})
    if isinstance(opened, int) and opened != here.version.number:
        try:
            before = store().read(case_id, opened).case
            if (with_inputs(before, edits) if edits else before) == here.case:
                return Found(replace(link, opened=opened), before, here.case, edits, scenario, notes)
        except (CaseError, StoreError):
            pass
    return Found(link, here.case, here.case, {}, scenario, notes)


def _choice(newest: Kept, aside: Sequence[int]) -> Conflict | None:
    """The choice between the newest version and the last of ours beside it, where somebody left it open."""
    if not aside:
        return None
    case_id = newest.version.case_id
    mine = store().read(case_id, aside[-1])
    parent = mine.version.parent
    if parent == newest.version.number:
        return None
    return Conflict(newest, mine, None if parent is None else store().read(case_id, parent))


def _aside(case_id: str) -> list[int]:
    """The versions of a case that wait for a choice, the oldest first."""
    return [each.number for each in reversed(store().versions(case_id)) if each.state == "aside"]


def last() -> str | None:
    """The saved case that somebody of this name worked on last; None where there is none."""
    try:
        place = store().last_place(author=author())
    except StoreError:
        return None
    return place.case_id if place else None


def versions(origin: str) -> tuple[Version, ...]:
    """Every version of a case on the desk, the newest first; none where nothing was changed yet."""
    here = link(origin)
    return store().versions(here.case_id) if here.case_id else ()


def snapshot(origin: str, label: str) -> str:
    """Give the version that a case stands at a name; returns why that is not possible, empty where it was done."""
    here = link(origin)
    try:
        store().snapshot(here.case_id, here.number, label, author=author())
    except StoreError as error:
        return str(error)
    return ""


def snapshots(origin: str) -> tuple[tuple[str, Case], ...]:
    """The named versions of a case with their names, the oldest first; those that cannot be read are left out."""
    try:
        named = [(label, each.number) for each in reversed(versions(origin)) for label in each.snapshots]
        return tuple((label, content(link(origin).case_id, number)) for label, number in named)
    except (CaseError, StoreError):
        return ()


@st.cache_resource(max_entries=24, show_spinner=False)
def content(case_id: str, number: int) -> Case:
    """A version's case, which never changes; StoreError and CaseError as the store raises them."""
    return store().read(case_id, number).case


def _notes() -> dict[str, dict[str, Any]]:
    return cast("dict[str, dict[str, Any]]", st.session_state.setdefault(_NOTES, {}))


def _links() -> dict[str, Link]:
    return cast("dict[str, Link]", st.session_state.setdefault(_LINKS, {}))
