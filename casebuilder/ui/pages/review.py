"""Review: the shared screen, on which those who decide take off what they do not believe, and agree to the rest."""

import streamlit as st

from casebuilder.ui import (
    review,
    review_agree,
    review_finish,
    review_help,
    review_moment,
    review_open,
    review_style,
    review_versions,
)
from casebuilder.ui.assumptions import assumptions

SECTIONS = ("Assumptions", "Freed hours", "Parking lot", "Side by side", "Finish")

moment = review_moment.now()
review_style.style()
review.heading(moment)
review.numbers(moment)
review.doubts(moment)
review.way(moment)
if not moment.found.theirs.pays:
    review_help.ways(moment.view, moment.doubted)

section = st.segmented_control(
    "What is discussed",
    SECTIONS,
    default=SECTIONS[0],
    key="review:section",
    required=True,
    persist_state="session",
    label_visibility="collapsed",
)
if section == "Assumptions":
    moved, agreed = st.columns([3, 2], gap="large")
    with moved:
        assumptions()
    with agreed:
        review_agree.agreeing()
elif section == "Freed hours":
    review_agree.hours(moment)
elif section == "Parking lot":
    review_open.parking()
elif section == "Side by side":
    review_versions.keeping(moment)
    review_versions.snapshots(moment)
else:
    review_finish.finish(moment)
