"""How sure: what matters most, how likely the return is, what can be chosen and what is still to be confirmed."""

import streamlit as st

from casebuilder.ui import certainty, controls, state

with st.sidebar:
    persona = controls.seen_by(state.results())

certainty.page(persona)
