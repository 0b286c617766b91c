"""What a reader sees before the deck: the five lines to forward, ready to copy, and the one-page pre-read."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.model.results import Results
from casebuilder.pitch.forwarding import Forwarding
from casebuilder.ui import certainty, files
from casebuilder.ui.wording import plain

#: Pages and e-mails kept for everybody: those of all ten personas of two cases.
MOST_PAGES = 24


@st.cache_data(max_entries=MOST_PAGES, show_spinner=False)
def _made(fingerprint: str, persona: str, _results: Results) -> tuple[bytes, Forwarding]:
    """The page and the e-mail of exactly this version of the case."""
    sure = certainty.how_sure()
    return build.preread_file(_results, persona, sure), build.email(_results, persona, sure)


def offer(persona: str, role: str, results: Results) -> None:
    """The e-mail in a box to copy, and the page as a file that prints on one sheet."""
    page, email = _made(results.case.fingerprint, persona, results)
    name = files.file_name(results.case, "html", f"{persona}-preread")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"Pre-read for the {plain(role)}",
            page,
            name,
            "text/html",
            key=f"downloads:preread:{persona}",
            on_click="ignore",
            icon=":material/description:",
        )
        st.caption(plain(f"{name}: one page, to send before the meeting and to print"))
    with st.expander(f"Five lines for the {plain(role)} to forward", key=f"downloads:email:{persona}"):
        st.caption("Subject")
        st.code(email.subject, language=None, wrap_lines=True)
        st.caption("Text")
        st.code(email.body, language=None, wrap_lines=True)
