"""A deck that somebody edited, brought up to date with the open case: what changed in it, and the new file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st

from casebuilder import build
from casebuilder.case import CaseError
from casebuilder.case.archive import MAX_BYTES
from casebuilder.deck.refresh import Refreshed, words
from casebuilder.ui import controls, state
from casebuilder.ui.wording import plain

_FILE, _WHOSE = "refresh:file", "refresh:persona"
_MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
#: Refreshed decks kept for everybody, by their bytes and the version of the case.
_MOST = 4


def refresh_a_deck() -> None:
    """Where an edited deck is brought, what a refresh does to it, and the new file; the one brought is not changed."""
    st.header("Refresh a deck", anchor=False)
    st.markdown(
        "You edited a deck and the case moved on? Open it here: what we wrote follows the case, what you wrote, moved, "
        "coloured, added or took out stays as it is, and you get a list of every change."
    )
    file = st.file_uploader("Deck (.pptx)", type="pptx", key=_FILE, max_upload_size=MAX_BYTES // 2**20)
    if file is None:
        return
    roles = controls.roles(state.results())
    whose = st.selectbox(
        "Whose deck",
        ["", *roles],
        key=_WHOSE,
        format_func=lambda id: plain(roles[id]) if id else "as the deck says",
    )
    raw, case = file.getvalue(), state.results().case
    try:
        with st.spinner("Reading the deck and bringing it up to date"):
            done = _refreshed(hashlib.sha256(raw).hexdigest(), case.fingerprint, whose, file.name, raw)
    except CaseError as error:
        st.error("  \n".join(plain(str(problem)) for problem in error.problems))
        return
    _show(done)


@st.cache_resource(max_entries=_MOST, show_spinner=False)
def _refreshed(digest: str, version: str, persona: str, name: str, _raw: bytes) -> Refreshed:
    """A deck refreshed with a version of the open case; the file's name stands in messages."""
    return build.refresh(state.results().case, Path(name), persona, _raw)


def _show(done: Refreshed) -> None:
    """What was done, kind by kind, and the file."""
    for said in words.notices(done):
        st.info(plain(said))
    for kind, title in words.TITLES.items():
        found = [f"- {plain(words.sentence(each))}" for each in done.findings if each.what == kind]
        if found:
            with st.expander(f"{title} ({len(found)})", expanded=kind == "yours"):
                st.markdown("\n".join(found))
    st.download_button(
        "The refreshed deck",
        done.content,
        f"{Path(done.name).stem}-refreshed.pptx",
        _MIME,
        key="refresh:get",
        on_click="ignore",
        icon=":material/download:",
    )
