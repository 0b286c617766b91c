"""Answer: what the case is worth, to whom, and what changes when an assumption moves."""

import streamlit as st

from casebuilder.ui import answer, controls, state
from casebuilder.ui.screen import Screen

results = state.results()
with st.sidebar:
    controls.panel(results)
persona = controls.persona()
screen = Screen(results, persona, state.scenario(), answer.lead(results, persona))
answer.heading(screen)
controls.asked_for(results, state.scenario())
answer.returns(screen)
answer.changes()
answer.benefits(screen)
answer.their_number(screen)
answer.doubts(results, screen.asked)
