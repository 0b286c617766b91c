"""How sure we are of the open case: the studies that take many runs, made once a version and shared."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.analysis.certainty import Certainty
from casebuilder.model.results import Results
from casebuilder.ui import state

#: Cases whose studies are kept; each holds the returns of its draws.
MOST_STUDIES = 8


@st.cache_resource(max_entries=MOST_STUDIES, show_spinner="Running the model many times")
def _certainty(version: str, _results: Results) -> Certainty:
    """How sure we are of a case as it stands, from a bounded store that all sessions share."""
    return build.certainty(_results)


def how_sure() -> Certainty:
    """How sure we are of the open case as it stands."""
    return _certainty(state.desk().version, state.results())
