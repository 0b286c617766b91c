"""The part of the page of a new case that says what is kept of it, and shows what was begun before and left."""

from __future__ import annotations

import streamlit as st

from casebuilder.case.totals_asked import asked
from casebuilder.store import Draft, StoreError
from casebuilder.ui import new_case_draft as typing
from casebuilder.ui import new_case_kept, shell
from casebuilder.ui.wording import listing, plain


def begun() -> None:
    """Why what is typed is not kept, and what was begun before and left."""
    if problem := new_case_kept.problem():
        st.error(plain(f"What you type is not kept yet. {problem} It is tried again with the next change."))
    try:
        drafts = new_case_kept.left()
    except StoreError:
        return
    if drafts:
        with st.expander(f"Begun before, not a case yet: {len(drafts)}"):
            for draft in drafts:
                _line(draft)
    _back(emptied=False)


def end() -> None:
    """The way to an empty page, and back from it."""
    if new_case_kept.typed():
        st.button("Empty this page", type="tertiary", key="draft:empty", on_click=new_case_kept.empty)
    _back(emptied=True)


def _back(emptied: bool) -> None:
    """What was thrown away just now can be taken back, where it was done: in the list, or below the fields."""
    gone = new_case_kept.thrown_away()
    if gone is None or gone.emptied != emptied:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(plain(f"Thrown away: {_name(gone.draft)}."), width="stretch")
        st.button("Take it back", key="draft:back", on_click=new_case_kept.take_back)


def _line(draft: Draft) -> None:
    count = sum(typing.field(name) in draft.state for name in asked())
    said = [
        f"**{plain(_name(draft))}**",
        f"{count} field{'' if count == 1 else 's'} filled in",
        shell.ago(draft.saved_at),
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(listing(said), width="stretch")
        st.button("Go on with it", key=f"draft:go on:{draft.id}", on_click=new_case_kept.go_on, args=(draft,))
        st.button(
            "Throw away", key=f"draft:drop:{draft.id}", on_click=new_case_kept.throw_away, args=(draft,)
        )


def _name(draft: Draft) -> str:
    return str(draft.state.get(typing.NAME) or "no company yet")
