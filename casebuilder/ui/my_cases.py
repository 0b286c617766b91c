"""The saved cases on the start page: open one, copy it, delete it and take that back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from casebuilder.store import SavedCase, StoreError
from casebuilder.ui import kept, shell, state, visitor
from casebuilder.ui.wording import listing, plain

ANSWER = "casebuilder/ui/pages/answer.py"
#: Cases that are shown; the rest on request.
MOST_LINES = 8
_ALL, _PROBLEM, _GONE, _SURE, _NAME = "mine:all", "mine:problem", "mine:gone", "mine:sure", "mine:name"


def mine() -> None:
    """Every saved case, the one changed last first, and the bin."""
    st.header("My cases", anchor=False)
    try:
        every, bin_ = kept.store().cases(), kept.store().cases(in_bin=True)
    except StoreError as error:
        st.error(plain(f"Saved cases cannot be shown. {error} Until then, keep your case as a file below."))
        return
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(plain(problem))
    _deleted_just_now(bin_)
    if not every:
        st.caption("None yet. A case is kept here from its first change on, with every version of it.")
    for case in (
        every if len(every) <= MOST_LINES or st.toggle(f"All {len(every)}", key=_ALL) else every[:MOST_LINES]
    ):
        _line(case)
    if bin_:
        with st.expander(f"Deleted cases: {len(bin_)}"):
            for case in bin_:
                _deleted(case)


def _line(case: SavedCase) -> None:
    open_now = kept.link(state.desk().origin).case_id == case.id
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        waiting = f"{case.waiting} waiting for a choice" if case.waiting else ""
        by = plain(f"by {case.author}") if case.author else ""
        said = [f"**{plain(case.title)}**", shell.ago(case.saved_at), by, f"{case.version} versions", waiting]
        st.markdown(listing(said), width="stretch")
        if st.button("Go on with it" if open_now else "Open", key=f"mine:open:{case.id}"):
            if open_now:
                st.switch_page(ANSWER)
            _open(case.id)
        st.button("Duplicate", key=f"mine:copy:{case.id}", on_click=_copy, args=(case.id,))
        st.button(
            "Delete", key=f"mine:delete:{case.id}", on_click=_delete, args=(case.id,), disabled=open_now
        )


def _open(case_id: str) -> None:
    why = state.put_kept(case_id)
    if why:
        st.session_state[_PROBLEM] = f"This case was not opened. {why}"
        st.rerun()
    st.switch_page(ANSWER)


def _copy(case_id: str) -> None:
    _try(lambda: kept.store().duplicate(case_id, author=visitor.author()))


def _delete(case_id: str) -> None:
    if _try(lambda: kept.store().delete(case_id)):
        st.session_state[_GONE] = case_id


def _deleted_just_now(bin_: tuple[SavedCase, ...]) -> None:
    """The way back for what was just deleted."""
    case = next((case for case in bin_ if case.id == st.session_state.get(_GONE)), None)
    if case is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(plain(f"“{case.title}” is in the bin, with all its versions."), width="stretch")
        st.button("Take it back", key="mine:back", on_click=_undelete, args=(case.id,))


def _deleted(case: SavedCase) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(listing([plain(case.title), f"{case.version} versions"]), width="stretch")
        st.button("Take it back", key=f"mine:back:{case.id}", on_click=_undelete, args=(case.id,))
        if st.session_state.get(_SURE) == case.id:
            st.button(
                "Yes, delete it for good",
                key=f"mine:purge:{case.id}",
                on_click=_purge,
                args=(case.id,),
                type="primary",
            )
        else:
            st.button("Delete for good", key=f"mine:sure:{case.id}", on_click=_ask, args=(case.id,))


def _ask(case_id: str) -> None:
    st.session_state[_SURE] = case_id


def _undelete(case_id: str) -> None:
    _try(lambda: kept.store().undelete(case_id))
    st.session_state.pop(_GONE, None)


def _purge(case_id: str) -> None:
    _try(lambda: kept.store().purge(case_id))
    st.session_state.pop(_SURE, None)


def _try(what: Callable[[], object]) -> bool:
    """Whether it was done; else why not is said on the next run."""
    try:
        what()
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)
        return False
    return True


def go_on() -> None:
    """The case that was worked on last, one click away."""
    case_id = kept.last()
    here = kept.link(state.desk().origin)
    if case_id is None or case_id == here.case_id:
        return
    try:
        case = kept.store().about(case_id)
    except StoreError:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f"You were last in **{plain(case.title)}**, {shell.ago(case.saved_at)}.", width="stretch")
        if st.button("Go on there", key="mine:go on", type="primary"):
            _open(case_id)


def who() -> None:
    """The name under which changes are kept; whoever signed in has one already."""
    if st.user.get("is_logged_in"):
        return
    st.session_state.setdefault(_NAME, visitor.author())
    st.text_input(
        "Your name, as it shall stand beside your changes",
        key=_NAME,
        max_chars=visitor.LONGEST_NAME,
        on_change=_named,
        width=360,
    )


def _named() -> None:
    """From now on under this name, where they are included."""
    visitor.call_me(st.session_state[_NAME])
    kept.left(state.desk().origin, state.desk().edits)
