"""The door to the browser app: page settings and the pages in their order; start it with `streamlit run app.py`."""

import streamlit as st

from casebuilder.ui import visits
from casebuilder.ui.look import style
from casebuilder.ui.presses import painting
from casebuilder.ui.shell import shell
from casebuilder.ui.start import settle

PAGES = "casebuilder/ui/pages"

STEPS = {
    "Start": "start",
    "Who": "people",
    "What": "what",
    "Numbers": "numbers",
    "Answer": "answer",
    "Pitch": "pitch",
    "Review": "review",
}
MORE = {"How sure": "certainty", "Bring back": "returned", "Versions": "versions", "A new case": "new"}

st.set_page_config(page_title="Casebuilder", layout="wide", initial_sidebar_state=340)
settle()
style()
pages = {
    title: st.Page(f"{PAGES}/{name}.py", title=title, default=title == "Start")
    for title, name in (STEPS | MORE).items()
}
page = st.navigation(
    {"": [pages[title] for title in STEPS], "More": [pages[title] for title in MORE]}, position="top"
)
if elsewhere := visits.onward(page, pages.values()):
    st.switch_page(elsewhere)
with painting():
    shell(steps=page.title != "A new case")
    page.run()
