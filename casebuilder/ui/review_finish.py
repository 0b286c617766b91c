"""The end of a review: minutes, workbook and deck of one version, built together and carried away together."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import streamlit as st

from casebuilder import build
from casebuilder.case import Case
from casebuilder.model.results import Results
from casebuilder.pitch.view import stamp_of
from casebuilder.ui import controls, files, review_moment, review_versions, state
from casebuilder.ui.review_moment import Moment, Snapshot
from casebuilder.ui.wording import plain

_BUILT = "review:built"
#: Minutes kept for everybody.
MOST_MINUTES = 8


def finish(moment: Moment) -> None:
    """Who is there and whose deck, the button that builds, and the one file with all three."""
    people = build.personas_of(moment.view.case) or (controls.NOBODY,)
    roles = controls.roles(state.results())
    columns = st.columns([3, 2, 1.4, 1.6], vertical_alignment="bottom")
    present = columns[0].text_input(
        "Who is here (as it shall stand in the minutes)",
        key=state.key("review:present"),
        persist_state="session",
        max_chars=300,
    )
    usual = people.index("cfo") if "cfo" in people else 0
    persona = columns[1].selectbox(
        "Deck for", people, usual, key=state.key("review:deck"), format_func=roles.__getitem__
    )
    held = columns[2].date_input("Held on", date.today(), key=state.key("review:held"), format="YYYY-MM-DD")
    if columns[3].button("Build the files", key="review:build", type="primary", width="stretch"):
        _build(moment, str(persona), present, held)
    st.caption(plain(f"{stamp_of(moment.view.case).line}: minutes, workbook and deck carry this one stamp."))
    _offer(moment)


def _build(moment: Moment, persona: str, present: str, held: date) -> None:
    """All three from one version of the case, and remembered as that version's."""
    fingerprint = moment.view.case.fingerprint
    with st.spinner("Building minutes, workbook and deck"):
        _together(fingerprint, persona, present, held, review_moment.start().version, _snapshots(), moment)
    st.session_state[state.key(_BUILT)] = (fingerprint, persona, present, held, review_moment.start().version)


def _offer(moment: Moment) -> None:
    """What was built, as long as the case is the one it was built from."""
    if state.key(_BUILT) not in st.session_state:
        return
    fingerprint, persona, present, held, begun = st.session_state[state.key(_BUILT)]
    if fingerprint != moment.view.case.fingerprint or begun != review_moment.start().version:
        st.caption(f"The case has changed since version {fingerprint} was built: build again.")
        return
    name = files.file_name(moment.view.case, "zip", "review")
    st.download_button(
        "Minutes, workbook and deck",
        _together(fingerprint, persona, present, held, begun, _snapshots(), moment),
        name,
        "application/zip",
        key="review:get",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
    st.caption(plain(name))


@st.cache_data(max_entries=MOST_MINUTES, show_spinner=False)
def _together(
    fingerprint: str,
    persona: str,
    present: str,
    held: date,
    start: str,
    snapshots: tuple[tuple[str, str], ...],
    _moment: Moment,
) -> bytes:
    """One archive of the three files, each named after the version."""
    case, results = _moment.view.case, _moment.view.results
    made = {
        files.file_name(case, "html", "minutes"): _minutes(results, _moment, held, present),
        files.file_name(case, "xlsx"): files.built(fingerprint, "", results),
        files.file_name(case, "pptx", persona): files.built(fingerprint, persona, results),
    }
    return archived(made, held)


def _minutes(results: Results, moment: Moment, held: date, present: str) -> bytes:
    begun: Case = review_moment.start().case
    before = review_moment.of(review_moment.start()).found.ours
    versions = [(each.name, review_moment.of(each).found) for each in _taken()]
    return build.minutes_file(results, begun, before, moment.found, held, present, versions)


def _taken() -> tuple[Snapshot, ...]:
    """The newest snapshots, as many as stand beside the case on paper; the start has its own table there."""
    return review_versions.taken()[1:][-review_versions.BESIDE :]


def _snapshots() -> tuple[tuple[str, str], ...]:
    """Their names and versions: minutes with others are other minutes."""
    return tuple((each.name, each.version) for each in _taken())


def archived(made: dict[str, bytes], on: date) -> bytes:
    """Files in one archive, which is the same for the same files and day."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files_in:
        for name, content in made.items():
            stamp = datetime(on.year, on.month, on.day).timetuple()[:6]
            files_in.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()
