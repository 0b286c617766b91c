"""The door to the browser app: page settings and the pages in their order; start it with `streamlit run app.py`."""

import streamlit as st

from casebuilder.ui.look import style
from casebuilder.ui.start import settle

PAGES = "casebuilder/ui/pages"

st.set_page_config(page_title="Casebuilder", layout="wide", initial_sidebar_state=340)
settle()
style()
st.navigation(
    [
        st.Page(f"{PAGES}/answer.py", title="Answer", default=True),
        st.Page(f"{PAGES}/people.py", title="Who"),
        st.Page(f"{PAGES}/certainty.py", title="How sure"),
        st.Page(f"{PAGES}/case.py", title="Case"),
        st.Page(f"{PAGES}/downloads.py", title="Downloads"),
        st.Page(f"{PAGES}/returned.py", title="Bring back"),
    ],
    position="top",
).run()
