"""Which page is looked at, and to which one somebody was on the way when something they had typed arrived late.

A tap on another page's name can reach the server before what was being typed here. What was typed then brings this page
back, although nobody asked for it: they are sent on. Pages go by the hashes that Streamlit knows them by, which are
private to it.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_BEFORE, _HERE, _HEARD = "visit:before", "visit:here", "visit:heard on"


def here() -> str:
    """The page that is looked at; empty before the first."""
    return str(st.session_state.get(_HERE, ""))


def begin(page: str) -> None:
    """Note that a run of this page begins, before anything that was typed is heard."""
    if (
        not page == here() == st.session_state.get(_HEARD)
    ):  # else this is more of what was typed before they left
        st.session_state[_BEFORE] = here()
    st.session_state[_HERE] = page


def heard(page: str) -> None:
    """Note that something typed on this page arrived."""
    st.session_state[_HEARD] = page


def onward(page: StreamlitPage, pages: Iterable[StreamlitPage]) -> StreamlitPage | None:
    """Another page that somebody left this one for before what they typed here arrived; None where they did not."""
    now = page._script_hash
    if here() != now:
        begin(now)
    left_for, typed = st.session_state.get(_BEFORE), st.session_state.pop(_HEARD, None)
    if typed != now or left_for == now:
        return None
    st.session_state[_HERE] = left_for  # more that was typed here may come before that page begins again
    return next((each for each in pages if each._script_hash == left_for), None)
