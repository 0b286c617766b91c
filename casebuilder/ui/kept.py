"""Saved as it happens: every change of a case becomes a version in the store, and a reload comes back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import streamlit as st

from casebuilder.case import Case, CaseError
from casebuilder.case.edits import with_inputs
from casebuilder.store import (
    Conflict,
    Deleted,
    Kept,
    Kind,
    Store,
    StoreError,
    Version,
    Whereabouts,
    default_url,
    new_key,
)
from casebuilder.store.address import FOLDER
from casebuilder.store.limits import fits
from casebuilder.ui import visitor
from casebuilder.ui.interruptions import uninterrupted

#: The part of the page's address that names the case.
ADDRESS = "case"
#: How many of the versions put aside in one conflict are remembered over a reload.
MOST_ASIDE = 50
#: How many saves without an answer are asked about when one is answered again.
MOST_UNANSWERED = 200
_LINKS, _NOTES = "kept cases", "kept notes"


@dataclass(frozen=True)
class Link:
    """What ties a case on the desk to its versions: its id, and the versions it stands at and was opened at.

    `conflict` is there while somebody else's version waits for a choice, with the numbers of all versions of ours that
    were put `aside` since; `problem` says why the last change could not be kept. `unanswered` are the keys of saves of
    which nobody knows whether they landed, `begins` is that of the first save with what it was to hold.
    """

    case_id: str = ""
    number: int = 0
    opened: int = 0
    content: Case | None = None
    saved_at: datetime | None = None
    conflict: Conflict | None = None
    aside: tuple[int, ...] = ()
    problem: str = ""
    unanswered: tuple[str, ...] = ()
    begins: tuple[str, Case] | None = None


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
            here = _begun(origin, opened)
        if case != here.content or here.unanswered:
            _save(origin, case, kind, edits)
        else:
            _links()[origin] = replace(here, problem="")
            left(origin, edits)
    except StoreError as error:
        _links()[origin] = replace(link(origin), problem=str(error))


def _begun(origin: str, opened: Case) -> Link:
    """A new saved case, as it was opened; where the answer got lost before, the one that was made then."""
    here = link(origin)
    key, first = here.begins or (new_key(), opened)
    _links()[origin] = replace(here, begins=(key, first))
    made = store().create(first, author=visitor.author(), kind="import", key=key)
    _links()[origin] = Link(made.case_id, made.number, made.number, first, made.saved_at)
    return _links()[origin]


def _save(origin: str, case: Case, kind: Kind, edits: Mapping[str, Any]) -> None:
    """One save, with where somebody is, in one transaction; StoreError where nobody knows of a version with it."""
    before, key = link(origin), new_key()
    here = before
    if kind == "merge" and before.conflict is not None:
        here = replace(before, number=before.conflict.theirs.version.number)

    def after(saved: Version) -> Link:
        return _after(here, case, saved, merged=kind == "merge")

    place = Whereabouts(visitor.whose(), lambda saved: _place(origin, after(saved), edits))
    try:
        saved = store().save(
            here.case_id, case, expected=here.number, author=visitor.author(), kind=kind, key=key,
            unanswered=here.unanswered, settles=here.aside, place=place,
        )  # fmt: skip
        _links()[origin] = after(saved)
    except Conflict as conflict:
        _links()[origin] = replace(after(conflict.mine.version), conflict=conflict)
    except Deleted as gone:
        _links()[origin] = replace(before, aside=(*before.aside, gone.number), unanswered=())
        raise
    except StoreError:
        _links()[origin] = replace(before, unanswered=(*before.unanswered, key)[-MOST_UNANSWERED:])
        raise


def _after(here: Link, case: Case, saved: Version, merged: bool) -> Link:
    """What ties the case to its versions after a save: one in the line, or one beside it that waits for a choice."""
    here = replace(here, content=case, unanswered=(), problem="")
    if saved.state != "kept":
        return replace(here, aside=(*here.aside, saved.number))
    opened = saved.number if merged else here.opened
    return replace(here, number=saved.number, opened=opened, saved_at=saved.saved_at, conflict=None, aside=())


def rebase(origin: str) -> None:
    """From now on the case, which has no changes, counts as opened at the version it stands at.

    There is nothing to remember: a place whose opening does not lead to the case says the same.
    """
    here = link(origin)
    if here.case_id:
        _links()[origin] = replace(here, opened=here.number)


@uninterrupted()
def note(origin: str, name: str, value: str | int, edits: Mapping[str, Any]) -> None:
    """Remember something about where somebody is in a case, for their own eyes after a reload."""
    _notes().setdefault(origin, {})[name] = value
    left(origin, edits)


def noted(origin: str, name: str) -> str | int | None:
    """What was remembered under this name."""
    return _notes().get(origin, {}).get(name)


def left(origin: str, edits: Mapping[str, Any]) -> None:
    """Remember where somebody is in a kept case, to come back to it after a reload; never raises."""
    here = link(origin)
    if here.case_id:
        with suppress(StoreError):
            store().remember(here.case_id, _place(origin, here, edits), author=visitor.whose())


def _place(origin: str, here: Link, edits: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is remembered of where somebody is, as much as the store takes.

    Changes too many to be remembered one by one are part of the case all the same, and count as opened then.
    """
    state = {
        "opened": here.opened,
        "edits": dict(edits),
        "scenario": st.session_state.get("scenario", ""),
        "notes": _notes().get(origin, {}),
        "aside": here.aside[-MOST_ASIDE:],
    }
    fewer = state | {"opened": here.number, "edits": {}}
    return next((each for each in (state, fewer, fewer | {"notes": {}}) if fits(each)), {})


def settle(origin: str, case: Case, theirs: bool) -> None:
    """End a conflict: with their version, or with `case` saved on top of it; what is not chosen stays a version.

    StoreError where that could not be kept: then the choice is still to be made.
    """
    here = link(origin)
    if here.conflict is None:
        return
    if not theirs:
        _save(origin, case, "merge", {})
        return
    number = here.conflict.theirs.version.number
    store().settle(here.case_id, *here.aside)
    here = replace(here, number=number, opened=number, content=case, conflict=None, aside=(), problem="")
    _links()[origin] = here
    left(origin, {})


def found(case_id: str) -> Found:
    """A saved case as somebody left it, with a conflict that still waits for their choice; StoreError, CaseError.

    Where the changes since its opening cannot be told any more, it counts as opened as it stands.
    """
    if store().about(case_id).deleted_at is not None:
        raise StoreError("This case is in the bin: take it back on the page Start, under Deleted cases.")
    newest = store().read(case_id)
    place = store().place(case_id, author=visitor.whose())
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
    """The saved case that somebody of this name, or without one in this browser, worked on last; None if none."""
    try:
        place = store().last_place(author=visitor.whose())
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
        store().snapshot(here.case_id, here.number, label, author=visitor.author())
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
