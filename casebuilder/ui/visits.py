"""Which page is looked at, and to which one somebody was on the way when something they had typed arrived late.

A tap on another page's name can reach the server before what was being typed here. What was typed then brings this page
back, although nobody asked for it: they are sent on. Pages go by the hashes that Streamlit knows them by.
"""

from __future__ import annotations

import streamlit as st

_BEFORE, _HERE, _HEARD = "visit:before", "visit:here", "visit:heard on"


def here() -> str:
    """The page that is looked at; empty before the first."""
    return str(st.session_state.get(_HERE, ""))


def begin(page: str) -> None:
    """Note that a run of this page begins, before anything that was typed is heard."""
    st.session_state[_BEFORE] = here()
    st.session_state[_HERE] = page


def heard(page: str) -> None:
    """Note that something typed on this page arrived."""
    st.session_state[_HEARD] = page


def arrive(page: str) -> str:
    """The page to show: this one, or another that somebody left it for before what they typed here arrived."""
    if here() != page:
        begin(page)
    before, typed = st.session_state.get(_BEFORE), st.session_state.pop(_HEARD, None)
    return str(before) if before and typed == page else page
