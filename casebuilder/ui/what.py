"""The step What: the problems customers have, the investments against them, the library, and what misses its reader."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from casebuilder.pitch.proposing_gaps import nobody_reads, nothing_moves
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.certainty import how_sure
from casebuilder.ui.live_fields import live
from casebuilder.ui.what_investments import investments
from casebuilder.ui.what_library import the_library
from casebuilder.ui.what_problems import problems
from casebuilder.ui.wording import plain

PEOPLE = "casebuilder/ui/pages/people.py"


def heading() -> None:
    """What this step is for, and what became of the last answer."""
    st.title("What goes wrong, and what we would do about it", anchor=False)
    st.markdown(
        "A problem that customers have, an investment that ends it, a number that somebody is measured on: an "
        "argument needs all three."
    )
    said, refused = fields.outcome()
    if refused:
        st.error(plain(f"Nothing was written. {refused}"))
    if said:
        st.success(plain(said))


def parts() -> None:
    """The parts of the step, one at a time."""
    case = state.desk().case
    names = {
        fields.PROBLEMS: f"Problems ({len(case.problems)})",
        fields.INVESTMENTS: f"Investments ({len(case.initiatives)})",
        fields.LIBRARY: "Library",
        fields.MISSES: "What misses its reader",
    }
    st.segmented_control(
        "Part",
        list(names),
        default=fields.view(),
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        **live(state.key("what:part"), fields.view(), fields.look_at),
    )
    shown = {
        fields.PROBLEMS: problems,
        fields.INVESTMENTS: investments,
        fields.LIBRARY: the_library,
        fields.MISSES: misses,
    }
    shown[fields.view()]()


def misses() -> None:
    """Metrics that the case moves and nobody is measured on, and numbers of people that nothing moves."""
    if not state.desk().case.stakeholders:
        st.markdown(
            "**Nobody's numbers are on file yet.** An improvement that no one is measured on has no one to argue for "
            "it. Write down who decides and what decides their year."
        )
        st.page_link(PEOPLE, label="Go to the people", icon=":material/group:")
        return
    found = how_sure()
    _listed(
        "Moved by the case, and nobody is measured on it",
        nobody_reads(found),
        "Every metric that the case moves is part of a number that somebody is measured on.",
    )
    _listed(
        "Somebody is measured on it, and nothing moves it",
        nothing_moves(found),
        "Something that is asked for moves each number that has a way to go.",
    )
    st.button(
        "See what the library could do",
        key=fields.key("misses library"),
        on_click=fields.look_at,
        args=(fields.LIBRARY,),
    )


def _listed(title: str, said: Sequence[str], none: str) -> None:
    st.header(title, anchor=False)
    st.markdown("\n".join(f"- {plain(each)}" for each in said) if said else none)
