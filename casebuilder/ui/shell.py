"""What stands above every page: the case that is open, whether it is kept, and the way back and forth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from casebuilder.store import StoreError
from casebuilder.ui import kept, messages, new_case_kept, state, visitor
from casebuilder.ui.wording import listing, plain

_SAID = "shell:said"


def shell(steps: bool = True) -> None:
    """The open case in a line, with undo and redo for whatever was changed last.

    Without these `steps` on a page that is about another case: they would change what is not in sight.
    """
    new_case_kept.keep()
    desk = state.desk()
    here = kept.link(desk.origin)
    _address(here.case_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="shell"):
        said = [plain(desk.case.title), plain(desk.case.company.name), f"version {desk.version}", _kept(here)]
        st.markdown(f":small[:gray[{listing(said)}]]", width="stretch")
        if steps:
            _step("Undo", state.undo, state.can_undo(), "Ctrl+Z")
            _step("Redo", state.redo, state.can_redo(), "Ctrl+Shift+Z")
    if missed := state.missed():
        st.warning(plain(f"The saved case of this address was not opened. {missed}"))
    if here.conflict is not None:
        _choose(here)
    elif here.problem:
        st.error(
            plain(f"The last change is not kept yet. {here.problem} It is tried again with the next change.")
        )
    visitor.recognise()
    messages.style()


def _step(label: str, what: state.Step, possible: bool, shortcut: str) -> None:
    name = label.lower()
    st.button(
        label, key=f"shell:{name}", on_click=what, disabled=not possible, type="tertiary",
        icon=f":material/{name}:", shortcut=shortcut,
    )  # fmt: skip


def _address(case_id: str) -> None:
    """The page's address names the saved case, so that a reload comes back to it."""
    if st.query_params.get(kept.ADDRESS, "") != case_id:
        if case_id:
            st.query_params[kept.ADDRESS] = case_id
        else:
            st.query_params.pop(kept.ADDRESS, None)


def _kept(here: kept.Link) -> str:
    """Whether what is on the screen is kept."""
    if not here.case_id:
        return "kept from the first change on"
    if here.conflict is not None or here.problem:
        return "waiting"
    return f"kept as number {here.number}" + (f", {ago(here.saved_at)}" if here.saved_at else "")


def ago(when: datetime) -> str:
    """How long ago something was, in words; the server's clock, so that no time zone has to be known."""
    seconds = max(0.0, (datetime.now(UTC) - when).total_seconds())
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return "just now"


def _choose(here: kept.Link) -> None:
    """Two people changed the case at once: both versions, and the three ways on."""
    assert here.conflict is not None
    with st.container(border=True, key="shell:conflict"):
        st.warning(plain(str(here.conflict)))
        if said := st.session_state.pop(_SAID, ""):
            st.error(plain(said))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Both together", key="conflict:both", on_click=_choice, args=(_both,), type="primary")
            st.button("Keep mine", key="conflict:mine", on_click=_choice, args=(state.keep_mine,))
            st.button("Take theirs", key="conflict:theirs", on_click=_choice, args=(state.take_theirs,))
            st.page_link("casebuilder/ui/pages/versions.py", label="Compare the two")
        st.caption(
            "Both together makes your changes on top of theirs; where both changed the same number, yours stands. "
            "Whatever you choose, both versions stay in the list of versions."
        )


def _both() -> None:
    st.session_state[_SAID] = state.take_both()


def _choice(make: Callable[[], None]) -> None:
    """Make a choice; where it cannot be kept it is none, what is on the screen stays, and the reason is said."""
    try:
        make()
    except StoreError as error:
        st.session_state[_SAID] = (
            f"Your choice was not made, for it cannot be kept: {error} Nothing has changed."
        )
