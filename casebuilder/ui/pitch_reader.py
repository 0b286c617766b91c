"""Whom the pitch is for: one of the people of the case, or those who decide together."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.case import Case, library
from casebuilder.pitch.together import COMMITTEE
from casebuilder.pitch.words import start
from casebuilder.ui import controls, state
from casebuilder.ui.wording import plain

_READER = "pitch:reader"


def readers(case: Case) -> dict[str, str]:
    """Everybody who gets a deck, by persona, as their role is called; those who decide together come last."""
    people = build.personas_of(case) or (controls.NOBODY,)
    roles = {each: library.personas()[each].title for each in people}
    for person in reversed(case.stakeholders):
        roles[person.persona] = person.role or roles[person.persona]
    return roles | {COMMITTEE: start(case.decision.forum) or library.committee().title}


def choose() -> str:
    """The heading, and the choice of the reader; at first the one whose yes is needed most."""
    roles = readers(state.desk().case)
    key = state.key(_READER)
    if st.session_state.get(key) not in roles:
        st.session_state[key] = controls.first_reader(state.results())
    st.title(plain(f"Pitch to the {roles[st.session_state[key]]}"), anchor=False)
    st.pills(
        "Pitch to", list(roles), key=key, required=True, label_visibility="collapsed",
        format_func=lambda id: plain(roles[id]), persist_state="session",
    )  # fmt: skip
    return str(st.session_state[key])
