"""A number that takes many runs of the model: what was done, and where the workbook keeps its value."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.pitch.origin_points import Point
from casebuilder.ui import state, studies
from casebuilder.ui.wording import plain


def large(text: str) -> None:
    """The number asked about: large, and no heading, for nothing stands under it."""
    with st.container(key="figures-asked"):
        st.markdown(f"**{plain(text)}**")


def about_study(chosen: Point) -> None:
    """The number, what was done to get at it, and its cell where the workbook keeps it."""
    large(chosen.text)
    st.caption(plain(chosen.label))
    st.markdown(f"**How it comes about**: {plain(chosen.done)}.")
    place = build.cell_of_study(state.results(), studies.how_sure(), chosen.key)
    if place is not None:
        st.markdown(f"**In the workbook**: {plain(place.text)}, as a value that follows no change on Inputs")
    else:
        st.caption("The workbook holds no cell of it: it is no formula but a comparison of runs.")
