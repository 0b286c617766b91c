"""What the parts of the step What share: what is looked at, keys, writing an answer, and words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from casebuilder.case import Case, Initiative, library
from casebuilder.case.edits import with_inputs
from casebuilder.case.records.base import Record
from casebuilder.pitch import numbers
from casebuilder.ui import state

PROBLEMS, INVESTMENTS, LIBRARY, MISSES = "problems", "investments", "library", "misses"
NOBODY_YET, WRITE = "Nobody yet", "Write it into the case"
_SAID, _REFUSED = "what:said", "what:refused"
_VIEW, _OPENED, _NEWEST, _EDITED = "what:view", "what:opened", "what:brought up", "what:edited"


def key(name: str, *about: object) -> str:
    """The key of a field; it changes with the record it shows, so that it always begins with what the case says."""
    said = "|".join(part.model_dump_json() if isinstance(part, Record) else str(part) for part in about)
    return state.key(f"what:{name}:{hashlib.sha256(said.encode()).hexdigest()[:10]}")


# What is looked at


def view() -> str:
    """Which part of the step is on screen."""
    return str(st.session_state.get(state.key(_VIEW)) or PROBLEMS)


def look_at(part: str) -> None:
    """Put a part of the step on screen."""
    st.session_state[state.key(_VIEW)] = part


def opened() -> str | None:
    """The id of the investment whose fields are open; None where none is."""
    return st.session_state.get(state.key(_OPENED))


def open_investment(id: str | None) -> None:
    """Open the fields of an investment, and close any other's."""
    st.session_state[state.key(_OPENED)] = id
    st.session_state[state.key(_NEWEST)] = None


def bring_up(id: str) -> None:
    """Open the fields of an investment above all others, for somebody who comes from elsewhere."""
    open_investment(id)
    st.session_state[state.key(_NEWEST)] = id
    look_at(INVESTMENTS)


def brought_up() -> str | None:
    """The id of the investment that stands above all others; None where none does."""
    return st.session_state.get(state.key(_NEWEST))


def edited() -> str | None:
    """The id of the problem whose fields are open, empty for a new one; None where none are."""
    return st.session_state.get(state.key(_EDITED))


def edit_problem(id: str | None) -> None:
    """Open the fields of a problem, and close any other's."""
    st.session_state[state.key(_EDITED)] = id


# Writing


def write(made: Callable[[Case], Case], said: str, settled: str = "") -> bool:
    """Write an answer and remember what to say about it; see `state.write`."""
    why = state.write(made, settled)
    tell(why, said)
    return not why


def tell(why: str, said: str) -> None:
    """Remember what became of an answer: why it was not written, else what to say about it."""
    st.session_state[_REFUSED if why else _SAID] = why or said


def refuse(why: str) -> None:
    """Remember why nothing was written."""
    st.session_state[_REFUSED] = why


def outcome() -> tuple[str, str]:
    """What became of the last answer, said once: that it was written, or why not."""
    return st.session_state.pop(_SAID, ""), st.session_state.pop(_REFUSED, "")


def settle(id: str, made: Callable[[Case], Case]) -> str:
    """Write an answer about one investment together with the trials on it; returns why not, empty where written.

    What stands on screen is what is written: a trial of the same investment becomes part of the case.
    """
    path = f"initiatives[{id}]"
    trials = {
        key: value for key, value in state.desk().edits.items() if key.startswith((f"{path}.", f"{path}["))
    }
    return state.write(lambda case: made(with_inputs(case, trials) if trials else case), settled=path)


def initiative(id: str) -> Initiative:
    """An investment of the open case as it stands."""
    return next(each for each in state.desk().case.initiatives if each.id == id)


# Words


def stages() -> dict[str, str]:
    """The stages of the customer's journey with their words, in their order."""
    return dict(library.words().journey_stages)


def by_stage() -> list[tuple[str | None, str]]:
    """The headings along the journey: each stage with its words, and last what has no stage yet."""
    return [*stages().items(), (None, "Stage not stated")]


def stages_or_none() -> list[str | None]:
    """What a stage of the journey can be, "not known yet" first."""
    return [None, *stages()]


def stage_name(stage: str | None) -> str:
    """A stage of the journey in words."""
    return stages()[stage] if stage else "Not known yet"


def owner_name(owner: str | None) -> str:
    """Who answers for something, as this company calls them; nobody yet where nobody is named."""
    if not owner:
        return NOBODY_YET
    roles = [who.role for who in state.desk().case.stakeholders if who.persona == owner and who.role]
    persona = library.personas().get(owner)
    return roles[0] if roles else persona.title if persona else owner


def owners() -> list[str | None]:
    """Who can answer for something: nobody yet, the people of the case, then every other function."""
    here = [who.persona for who in state.desk().case.stakeholders]
    return [None, *dict.fromkeys([*here, *library.personas()])]


def owner_field(label: str, owner: str | None, held: str) -> None:
    """A choice of who answers for something, in which any other name can be typed."""
    options = owners() if owner in owners() else [*owners(), owner]
    st.selectbox(
        label,
        options,
        index=options.index(owner),
        key=held,
        format_func=owner_name,
        accept_new_options=True,
        help="Choose a function, or type any name.",
    )


def money(value: float) -> str:
    """A whole amount in the case's currency."""
    return numbers.money_exact(value, state.desk().case.company.currency)
