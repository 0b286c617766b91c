"""What is looked at: whose number, which scenario, and what the decision asks for."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.case import DO_NOTHING, library
from casebuilder.case.edits import ASKED
from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import numbers
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import state
from casebuilder.ui.live_fields import live
from casebuilder.ui.wording import plain

_SEEN_BY, _SCENARIO, _ASKED = "control:seen by", "control:scenario", "control:asked"
#: Who looks at a case that names nobody.
NOBODY = "cfo"


def seen_by(results: Results) -> str:
    """The stakeholder whose number stands beside the return."""
    case = results.case
    people = build.personas_of(case) or (NOBODY,)
    key = state.key(_SEEN_BY)
    if st.session_state.get(key) not in people:
        st.session_state[key] = first_reader(results)
    titles = roles(results)
    st.selectbox("Seen by", people, key=key, format_func=titles.__getitem__, persist_state="session")
    return str(st.session_state[key])


def first_reader(results: Results) -> str:
    """Whose number is shown first: who approves, sales before others; else the first of the case."""
    people = results.case.stakeholders
    approving = [person.persona for person in people if person.part == "approves"]
    named = [*approving, *(person.persona for person in people), NOBODY]
    return "sales" if "sales" in approving else named[0]


def roles(results: Results) -> dict[str, str]:
    """What the stakeholders of the case are called, by persona; one who has no role there by the persona's title."""
    given = {person.persona: person.role for person in reversed(results.case.stakeholders) if person.role}
    return {id: given.get(id, persona.title) for id, persona in library.personas().items()}


def seen_under(results: Results) -> None:
    """The scenario that is looked at; the case stays as it is."""
    headline, here = results.case.headline, state.scenario()
    scenarios = list(results.case.scenario_table)
    st.selectbox(
        "Scenario",
        scenarios,
        scenarios.index(here),
        format_func=lambda id: scenario_label(id) + (" · counts" if id == headline else ""),
        **live(_SCENARIO, here, state.look_at),
    )


def asked_for(results: Results) -> None:
    """Which version the decision asks for, each with its net present value; the deck and the page follow."""
    options, currency = versions(results), results.case.company.currency
    if len(options) == 1:
        return

    def words(option: str) -> str:
        npv = results.npv(state.scenario(), option)
        return plain(f"{option_label(option)} · {numbers.money(npv, currency)}")

    asked = results.asked_option
    st.segmented_control(
        "Asked for", options, default=asked, required=True, format_func=words, **live(_ASKED, asked, _ask)
    )


def versions(results: Results) -> list[str]:
    """What can be asked for: the options of the case, and all switches as set unless one option holds everything."""
    table, asked = results.case.option_table, results.asked_option
    options = [option for option in table if option != DO_NOTHING or option == asked]
    whole = any(len(table[option]) == len(results.case.initiatives) for option in options)
    return options if whole and asked != AS_SET else [AS_SET, *options]


def _ask(chosen: str | None) -> None:
    if chosen is not None:
        state.change(ASKED, "" if chosen == AS_SET else chosen)
