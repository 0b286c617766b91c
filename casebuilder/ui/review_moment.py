"""Where a review stands: the case it began with, the case now, and what its doubts leave of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from casebuilder.analysis.bridge import Bridge, bridge
from casebuilder.analysis.cuts import applied, cut, cuts_of
from casebuilder.analysis.standing import standing
from casebuilder.analysis.study import Study, study
from casebuilder.case import Case, CaseError, Review
from casebuilder.model.results import Results
from casebuilder.pitch.minutes import FINANCE
from casebuilder.pitch.reviewing import Reviewed
from casebuilder.pitch.view import View
from casebuilder.store import StoreError
from casebuilder.ui import kept, state

#: Moments kept for everybody, by the versions of both cases.
MOST_MOMENTS = 16
_START, _NOTE = "review:start", "review"


@dataclass(frozen=True)
class Snapshot:
    """A case as it stood at one moment of a review, under a name."""

    name: str
    case: Case

    @property
    def version(self) -> str:
        """The version stamp of the case."""
        return self.case.fingerprint


@dataclass(frozen=True)
class Moment:
    """A version of the case in the review: what is said of it, and the study with every doubt taken off."""

    view: View
    study: Study
    doubted: Study
    found: Reviewed


def now() -> Moment:
    """The open case as it stands, on the way from where the review began."""
    return _moment(state.desk().version, start().version, state.results(), start().case)


def of(snapshot: Snapshot) -> Moment:
    """A snapshot for itself, with no way behind it."""
    version, case = snapshot.version, snapshot.case
    return _moment(version, version, state.results_of(version, case), case)


def start() -> Snapshot:
    """The case with which this review began: the one that was open when the page was first looked at."""
    key = state.key(_START)
    if key not in st.session_state and not _begun_before(key):
        begin()
    return cast(Snapshot, st.session_state[key])


def begin() -> None:
    """Let the review begin with the case as it stands."""
    st.session_state[state.key(_START)] = taken("At the start")
    here = state.desk()
    kept.note(here.origin, _NOTE, kept.link(here.origin).number or 1, here.edits)


def _begun_before(key: str) -> bool:
    """Go on with a review that was begun before a reload; False where there is none."""
    origin = state.desk().origin
    number = kept.noted(origin, _NOTE)
    if not isinstance(number, int):
        return False
    try:
        before = kept.content(kept.link(origin).case_id, number)
    except (CaseError, StoreError):
        return False
    st.session_state[key] = Snapshot("At the start", state.without_private(before))
    return True


def taken(name: str) -> Snapshot:
    """The open case under a name, without what stays between two people."""
    return Snapshot(name, state.without_private(state.desk().case))


@st.cache_resource(max_entries=MOST_MOMENTS, show_spinner=False)
def _moment(version: str, start_version: str, _results: Results, _start: Case) -> Moment:
    case = _results.case
    ours = study(case, option=_results.asked_option)
    cuts = cuts_of(case.review.doubts)
    theirs = applied(ours, cuts)
    counted = standing(ours)
    found = Reviewed(counted, standing(theirs) if cuts else counted, cut(ours, cuts), _way(_start, case))
    return Moment(View(_results, FINANCE), ours, theirs, found)


def _way(before: Case, after: Case) -> Bridge | None:
    """The way from one to the other; None where nothing changed but the review, or no way joins them."""
    if _unreviewed(before) == _unreviewed(after):
        return None
    try:
        return bridge(before, after)
    except ValueError:
        return None


def _unreviewed(case: Case) -> Case:
    return case.model_copy(update={"review": Review()})
