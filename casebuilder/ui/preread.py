"""What goes with a deck: the one-page pre-read, the five lines to forward, and the guide of the interview before."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from casebuilder import build
from casebuilder.analysis.certainty import Certainty
from casebuilder.model.results import Results
from casebuilder.pitch.forwarding import Forwarding
from casebuilder.pitch.together import COMMITTEE
from casebuilder.ui import files

#: Pages and e-mails kept for everybody: those of all ten personas of two cases.
MOST_PAGES = 24


@dataclass(frozen=True)
class Beside:
    """What goes with one reader's deck; a committee has no interview guide."""

    page: bytes
    email: Forwarding
    guide: bytes | None


@st.cache_data(max_entries=MOST_PAGES, show_spinner=False)
def made(fingerprint: str, persona: str, _results: Results, _sure: Certainty) -> Beside:
    """The page, the e-mail and the guide of exactly this version of the case; ValueError for results of another."""
    files.check_version(fingerprint, _results)
    return Beside(
        build.preread_file(_results, persona, _sure),
        build.email(_results, persona, _sure),
        None if persona == COMMITTEE else build.guide_file(_results, persona, sure=_sure),
    )
