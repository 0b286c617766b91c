"""Answer: what the case is worth, to whom, and what changes when an assumption moves."""

import streamlit as st

from casebuilder.ui import answer, controls, state
from casebuilder.ui.assumptions import assumptions
from casebuilder.ui.investments import investments
from casebuilder.ui.screen import Screen

results = state.results()
with st.sidebar:
    persona = controls.seen_by(results)
    controls.seen_under(results)
    numbers, switches = st.tabs(["Assumptions", "Investments"])
    with numbers:
        assumptions()
    with switches:
        investments(results)

screen = Screen(results, persona, state.scenario(), answer.lead(results, persona))
answer.heading(screen)
controls.asked_for(results)
answer.returns(screen)
answer.changes()
answer.benefits(screen)
answer.their_number(screen)
answer.ways_on(screen)
answer.doubts(screen)
