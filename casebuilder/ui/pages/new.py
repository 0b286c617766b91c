"""New: a first case from the totals people have on day one."""

import streamlit as st

from casebuilder.ui import new_case, new_case_begun, new_case_draft, new_case_kept

with st.container(width=new_case.WIDTH):
    new_case.heading()
    new_case_kept.come_back()
    new_case_begun.begun()
    new_case.company()
    bar = st.empty()
    found = new_case_draft.draft()
    with bar:
        new_case.progress(found)
    new_case.ask(found)
    new_case.segments()
    new_case.scores()
    new_case.follow(found)
    new_case_begun.end()
