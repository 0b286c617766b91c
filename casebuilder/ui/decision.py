"""The decision asked for: what the case is called, what is asked of whom by when, and how far the first stage goes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from casebuilder.case import Case, library
from casebuilder.case.decision_in import EVERYTHING, why_not, with_decision
from casebuilder.case.reserved import DO_NOTHING
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import missing_of, option_label
from casebuilder.ui import people_fields as fields
from casebuilder.ui import state
from casebuilder.ui.wording import plain

_WHY = "Deck and workbook open with what is asked; without it nobody knows what a yes would release."
_LONGEST_ASK, _LONGEST_NAME = 400, 120


def the_decision() -> None:
    """The decision as the case has it, to be written here; open while something of it is not stated."""
    case = state.desk().case
    missing = missing_of(case.decision)
    with st.expander("Decision", expanded=bool(missing), icon=":material/gavel:"):
        if missing:
            st.markdown(f"{_WHY} Not stated yet: **{', '.join(missing)}**.")
        _form(case)


def reminder() -> None:
    """What of the decision is not stated yet, and the way to where it is written; nothing where all of it is.

    It is written on another page than files are built on, so that nothing half typed can be missing in a file.
    """
    missing = missing_of(state.desk().case.decision)
    if missing:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{_WHY} Not stated yet: **{', '.join(missing)}**.]", width="content")
            st.page_link(
                "casebuilder/ui/pages/people.py", label="State the decision", icon=":material/gavel:"
            )


def _form(case: Case) -> None:
    decision = case.decision
    key: fields.Key = lambda name: fields.key(f"decision:{name}", decision, case.title, case.company)  # noqa: E731
    with st.form(key("form"), enter_to_submit=False, border=False):
        st.text_input("Title of the case", case.title, key=key("title"), max_chars=_LONGEST_NAME)
        st.text_area(
            "What is asked, in one sentence", decision.ask, key=key("ask"), max_chars=_LONGEST_ASK, height=80,
            placeholder="Release the first stage; its result decides on the rest",
        )  # fmt: skip
        who, where, when = st.columns([2, 2, 1])
        deciders = _deciders(case)
        who.selectbox(
            "Decided by", deciders, index=deciders.index(decision.decider) if decision.decider else None,
            key=key("decider"), format_func=lambda id: person(case, id), accept_new_options=True,
            placeholder=fields.NOT_KNOWN,
        )  # fmt: skip
        where.text_input("In which meeting", decision.forum, key=key("forum"), max_chars=_LONGEST_NAME)
        when.date_input("By", decision.by, key=key("by"), format="YYYY-MM-DD")
        _stage(case, key)
        st.form_submit_button("Write the decision", key=key("submit"), on_click=_write, args=(key,))


def _stage(case: Case, key: fields.Key) -> None:
    """The first stage: which version of the case, until when."""
    stage = case.decision.stage_1
    versions = _versions(case)
    which, when, _ = st.columns([2, 1, 2])
    which.selectbox(
        "First stage: which version", versions, index=versions.index(stage.option) if stage else None,
        key=key("version"), format_func=lambda id: plain(option_label(id)), placeholder="No first stage",
    )  # fmt: skip
    when.date_input("Until", stage.until if stage else None, key=key("until"), format="YYYY-MM-DD")


def _deciders(case: Case) -> list[str]:
    """Who can decide: the people of the case first, then every other function; a name in words can be typed."""
    known = [each.persona for each in case.stakeholders]
    own = [case.decision.decider] if case.decision.decider else []
    return list(dict.fromkeys([*own, *known, *library.personas()]))


def _versions(case: Case) -> list[str]:
    """What the first stage can be: the options of the case, or all of its investments where it has none."""
    options = [id for id in case.option_table if id != DO_NOTHING] or [EVERYTHING]
    stage = case.decision.stage_1
    return list(dict.fromkeys([*options, *([stage.option] if stage else [])]))


def _write(key: fields.Key) -> None:
    """Write what stands in the fields, or say why not."""
    typed: dict[str, Any] = {name: st.session_state[key(name)] for name in ("ask", "decider", "forum", "by")}
    given = {name: value.strip() if isinstance(value, str) else value for name, value in typed.items()}
    title, version, until = (st.session_state[key(name)] for name in ("title", "version", "until"))
    wrong = why_not(state.desk().case, title or "", version, until)
    if wrong:
        fields.refuse(wrong)
        return
    fields.write(
        lambda case: with_decision(case, title, given, version, until), "The decision is written.", "decision"
    )
