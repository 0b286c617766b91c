"""The parts of the downloads page: which version the files will hold, building them, and handing them out."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.story import stamp_of
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import files, state
from casebuilder.ui.wording import listing, plain

_DECKS, _BUILT = "downloads:decks", "downloads:built"
_WORKBOOK = ""
_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def heading() -> None:
    """What the files will say, so that nobody hands out another version than they looked at."""
    results = state.results()
    case, asked = results.case, results.asked
    st.title("Workbook and decks", anchor=False)
    npv = numbers.money(asked.npv, case.company.currency)
    said = [case.title, f"asked for: {option_label(asked.option)}", f"{scenario_label(asked.scenario)}: net present value {npv}"]
    st.markdown(f"**{plain(listing(said))}**")
    st.caption(plain(f"{stamp_of(case).line}. Both files carry this stamp; every scenario is in them."))


def choose_and_build() -> None:
    """Whose decks, and the button that builds; nothing is built by itself."""
    case = state.results().case
    people = build.personas_of(case)
    roles = {s.persona: s.role or library.personas()[s.persona].title for s in reversed(case.stakeholders)}
    if _DECKS not in st.session_state or not set(st.session_state[_DECKS]) <= set(people):
        st.session_state[_DECKS] = ["sales"] if "sales" in people else list(people[:1])
    if people:
        st.pills("Decks for", people, selection_mode="multi", key=_DECKS, format_func=lambda id: plain(roles[id]), persist_state="session")
    if st.button("Build the files", key="downloads:build", type="primary"):
        _build([_WORKBOOK, *st.session_state[_DECKS]], roles)


def _build(wanted: list[str], roles: dict[str, str]) -> None:
    results = state.results()
    fingerprint = results.case.fingerprint
    with st.status("Building", expanded=False) as progress:
        for number, persona in enumerate(wanted, 1):
            what = f"the deck for the {plain(roles[persona])}" if persona else "the workbook"
            progress.update(label=f"Building {what}, {number} of {len(wanted)}")
            files.built(fingerprint, persona, results)
        progress.update(label="Built", state="complete")
    st.session_state[_BUILT] = (fingerprint, tuple(wanted), roles)


def offer() -> None:
    """What was built, as long as the case is the one it was built from."""
    results = state.results()
    case = results.case
    fingerprint, wanted, roles = st.session_state.get(_BUILT, (None, (), {}))
    if fingerprint is None:
        return
    if fingerprint != case.fingerprint:
        st.caption(f"The case has changed since version {fingerprint} was built: build again.")
        return
    for persona in wanted:
        kind = "pptx" if persona else "xlsx"
        st.download_button(
            f"Deck for the {plain(roles[persona])}" if persona else "Workbook",
            files.built(fingerprint, persona, results),
            files.file_name(case, kind, persona),
            _MIME[kind],
            key=f"downloads:get:{persona or 'workbook'}",
            on_click="ignore",
            icon=":material/download:",
        )
        st.caption(plain(files.file_name(case, kind, persona)))
