"""After a disappointing answer: what drags it, which smaller version pays, and the numbers that would turn it."""

from __future__ import annotations

import streamlit as st

from casebuilder.analysis.study import Study
from casebuilder.analysis.ways_on import WaysOn, ways_on
from casebuilder.pitch.reviewing_help import Help, help_on
from casebuilder.pitch.view import View
from casebuilder.ui.wording import plain

#: The switch of the shared screen.
KEY = "help:ways"
#: Disappointing answers kept for everybody.
MOST_WAYS = 8


def ways(view: View, study: Study, key: str = KEY, begins: bool = False) -> None:
    """The block while its switch is on, which is so at first where it `begins`; the study may have doubts taken off.

    It takes some hundred runs of many versions, a third of a second: who moves sliders may switch it off.
    """
    st.session_state.setdefault(key, begins)
    if not st.toggle("Where to go from here", key=key, persist_state="session"):
        return
    doubts = tuple(view.case.review.doubts)
    found = help_on(view, _ways(view.case.fingerprint, repr(doubts), study.option, study))
    _block(found)


@st.cache_resource(max_entries=MOST_WAYS, show_spinner="Looking for what would change it")
def _ways(version: str, doubts: str, option: str, _study: Study) -> WaysOn:
    return ways_on(_study)


def _block(found: Help) -> None:
    with st.container(border=True, key="help-block"):
        st.markdown(f"**{plain(found.title)}**")
        parts = (
            ("What drags it", found.drags),
            ("The smaller version that pays", (found.smaller,)),
            ("One number that alone would turn it", found.turns),
        )
        for column, (title, lines) in zip(st.columns(3, gap="large"), parts, strict=True):
            with column:
                st.markdown(f"**{title}**")
                st.markdown("\n".join(f"- {plain(line)}" for line in lines))
