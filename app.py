"""The door to the browser app: page settings and the pages in their order; start it with `streamlit run app.py`."""

import streamlit as st

from casebuilder.ui import state
from casebuilder.ui.look import style
from casebuilder.ui.shell import shell
from casebuilder.ui.start import settle

PAGES = "casebuilder/ui/pages"

st.set_page_config(page_title="Casebuilder", layout="wide", initial_sidebar_state=340)
settle()
style()
page = st.navigation(
    {
        "": [
            st.Page(f"{PAGES}/start.py", title="Start", default=True),
            st.Page(f"{PAGES}/people.py", title="Who"),
            st.Page(f"{PAGES}/what.py", title="What"),
            st.Page(f"{PAGES}/numbers.py", title="Numbers"),
            st.Page(f"{PAGES}/answer.py", title="Answer"),
            st.Page(f"{PAGES}/pitch.py", title="Pitch"),
            st.Page(f"{PAGES}/review.py", title="Review"),
        ],
        "More": [
            st.Page(f"{PAGES}/certainty.py", title="How sure"),
            st.Page(f"{PAGES}/returned.py", title="Bring back"),
            st.Page(f"{PAGES}/versions.py", title="Versions"),
            st.Page(f"{PAGES}/new.py", title="A new case"),
        ],
    },
    position="top",
)
state.begin_run(page.url_path)
shell(steps=page.url_path != "new")
page.run()
state.end_run()
