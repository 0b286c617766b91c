"""The parts of the downloads page: which version the files will hold, building them, and handing them out."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits import decision
from casebuilder.pitch.findings import findings
from casebuilder.pitch.together import COMMITTEE, Together, look
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import certainty, controls, files, preread, state, template
from casebuilder.ui.wording import listing, plain

_DECKS, _BUILT = "downloads:decks", "downloads:built"
_FOR_YOU = "downloads:for_you"
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
        "- **Deck**: one per stakeholder, led by the number they are measured on, editable; for those who decide.\n"
        "- **Pre-read and e-mail**: one page and five lines that come before the deck, because those are what is read."
    )


def choose_and_build() -> None:
    """Whose decks, and the button that builds; nothing is built by itself."""
    case = state.results().case
    people = (*build.personas_of(case), COMMITTEE)
    roles = controls.roles(state.results()) | {COMMITTEE: Together(state.results()).role}
    key = state.key(_DECKS)
    if key not in st.session_state or not set(st.session_state[key]) <= set(people):
        named = build.personas_of(case)
        st.session_state[key] = [controls.first_reader(state.results())] if named else []
    st.pills(
        "Decks for",
        people,
        selection_mode="multi",
        key=key,
        format_func=lambda id: plain(roles[id]),
        persist_state="session",
    )
    foretold(tuple(st.session_state[key]))
    template.choose()
    if st.button("Build the files", key="downloads:build", type="primary"):
        _build([_WORKBOOK, *st.session_state[key]], roles)


def foretold(personas: tuple[str, ...]) -> None:
    """What each deck will open with, and on request what stands between this case and their yes."""
    results = state.results()
    views = [look(results, persona) for persona in personas]
    openings = [f"- **{plain(view.role)}**: {plain(decision(view).title)}" for view in views]
    if not openings:
        return
    st.markdown("\n".join(openings))
    if st.toggle("What stands between this case and their yes: only you see this", key=_FOR_YOU):
        for view in views:
            _for_you(view)


def _for_you(view: View) -> None:
    """Findings about one reader, for the author's eyes."""
    person = view.stakeholder
    if person is None:
        return
    sure = certainty.how_sure()
    fit = sure.fits[_place(view)].value
    closes = "named no number yet" if fit is None else f"{numbers.percent(fit / 100, 0)} of their gap closes"
    st.markdown(f"**{plain(view.role)}**: {plain(closes)}")
    found = findings(sure, person)
    st.caption("\n".join(f"- {plain(each.text)}" for each in found) or "Nothing found against it.")


def _place(view: View) -> int:
    """The place of the reader among the people of the case."""
    return next(n for n, person in enumerate(view.case.stakeholders) if person is view.stakeholder)


def _build(wanted: list[str], roles: dict[str, str]) -> None:
    results = state.results()
    fingerprint, design = results.case.fingerprint, template.in_use()
    for number, persona in enumerate(wanted, 1):
        what = f"the deck for the {roles[persona]}" if persona else "the workbook"
        with st.spinner(plain(f"Building {what}, {number} of {len(wanted)}")):
            _file(fingerprint, persona, design)
    st.session_state[_BUILT] = (fingerprint, tuple(wanted), roles, design)


def _file(fingerprint: str, persona: str, design: template.Brought | None) -> bytes:
    """A built file, made where it is not there yet; the design is that of decks."""
    if design is None or not persona:
        return files.built(fingerprint, persona, state.results())
    return files.built(fingerprint, persona, state.results(), design.digest, design.template)


def offer() -> None:
    """What was built, as long as the case is the one it was built from."""
    results = state.results()
    case = results.case
    fingerprint, wanted, roles, design = st.session_state.get(_BUILT, (None, (), {}, None))
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
                _file(fingerprint, persona, design),
                name,
                _MIME[kind],
                key=f"downloads:get:{persona or 'workbook'}",
                on_click="ignore",
                icon=":material/download:",
            )
            st.caption(plain(name))
        if persona:
            preread.offer(persona, roles[persona], results)
