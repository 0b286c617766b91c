"""The parts of the downloads page: which version the files will hold, building them, and handing them out."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.pitch import numbers
from casebuilder.pitch.view import stamp_of
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import controls, files, state
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
    said = [
        case.title,
        f"asked for: {option_label(asked.option)}",
        f"{scenario_label(asked.scenario)}: net present value {npv}",
    ]
    st.markdown(f"**{plain(listing(said))}**")
    st.caption(plain(f"{stamp_of(case).line}: the same stamp is in every file."))
    st.markdown(
        "- **Workbook**: every number a live formula, with every scenario and option; for those who check.\n"
        "- **Deck**: one per stakeholder, led by the number they are measured on, editable; for those who decide."
    )


def choose_and_build() -> None:
    """Whose decks, and the button that builds; nothing is built by itself."""
    case = state.results().case
    people = build.personas_of(case)
    roles = controls.roles(state.results())
    key = state.key(_DECKS)
    if key not in st.session_state or not set(st.session_state[key]) <= set(people):
        st.session_state[key] = [controls.first_reader(state.results())] if people else []
    if people:
        st.pills(
            "Decks for",
            people,
            selection_mode="multi",
            key=key,
            format_func=lambda id: plain(roles[id]),
            persist_state="session",
        )
    if st.button("Build the files", key="downloads:build", type="primary"):
        _build([_WORKBOOK, *st.session_state[key]], roles)


def _build(wanted: list[str], roles: dict[str, str]) -> None:
    results = state.results()
    fingerprint = results.case.fingerprint
    for number, persona in enumerate(wanted, 1):
        what = f"the deck for the {roles[persona]}" if persona else "the workbook"
        with st.spinner(plain(f"Building {what}, {number} of {len(wanted)}")):
            files.built(fingerprint, persona, results)
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
        name = files.file_name(case, kind, persona)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                f"Deck for the {plain(roles[persona])}" if persona else "Workbook",
                files.built(fingerprint, persona, results),
                name,
                _MIME[kind],
                key=f"downloads:get:{persona or 'workbook'}",
                on_click="ignore",
                icon=":material/download:",
            )
            st.caption(plain(name))
