"""The company's own template for the decks: where it is brought, what of it serves, and how it is taken out again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from casebuilder import build
from casebuilder.case import CaseError
from casebuilder.case.archive import MAX_BYTES
from casebuilder.deck.brand import Template
from casebuilder.ui.wording import plain

_FILE, _TIMES = "template:file", "template:times"
_KEPT, _OUT = "template:kept", "template:out"


@dataclass(frozen=True)
class Brought:
    """A template of this session without its own slides, which name it has and which bytes it was."""

    name: str
    digest: str
    template: Template


def choose() -> None:
    """Where a template is brought; a file that cannot be used leaves the decks in the built-in design."""
    with st.expander("Your company's template (optional)", key="template"):
        st.markdown(
            "Bring a .pptx or .potx of your company: the decks take its colours, typefaces, logo and layouts. Its own "
            "slides are left out, and the file is not kept beyond this session. Without one the decks have our design."
        )
        file = st.file_uploader(
            "Template (.pptx or .potx)",
            type=["pptx", "potx"],
            key=f"{_FILE}:{st.session_state.setdefault(_TIMES, 0)}",
            max_upload_size=MAX_BYTES // 2**20,
        )
        if file is not None:
            _take(file.name, file.getvalue())
        _show()


def _take(name: str, raw: bytes) -> None:
    """Opens a file once; what is kept of it is its design alone."""
    digest, before = hashlib.sha256(raw).hexdigest(), in_use()
    if before is not None and before.digest == digest:
        return
    try:
        with st.spinner("Reading the template"):
            st.session_state[_KEPT] = Brought(name, digest, build.template_of(name, raw))
    except CaseError as error:
        st.session_state.pop(_KEPT, None)
        st.error("  \n".join(plain(str(problem)) for problem in error.problems))
        st.info("The decks have the built-in design.")


def _show() -> None:
    """What the decks are written in, and what of it was not usable."""
    kept = in_use()
    if kept is None:
        return
    st.success(plain(f"The decks have the design of {kept.name}."))
    if kept.template.said:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in kept.template.said))
    if st.button("Use the built-in design instead", key=_OUT):
        st.session_state.pop(_KEPT, None)
        st.session_state[_TIMES] += 1  # a new field: the old one would bring its file again
        st.rerun()


def in_use() -> Brought | None:
    """The template of this session, None where the decks have the built-in design."""
    return st.session_state.get(_KEPT)
