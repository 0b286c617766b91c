"""What the parts of the step What share: keys, writing an answer, and a number that is written as it is typed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from casebuilder.case import Case, Initiative, library
from casebuilder.case.edits import with_inputs
from casebuilder.case.records.base import Record
from casebuilder.case.totals_typed import Unreadable
from casebuilder.case.totals_typed import typed as as_read
from casebuilder.pitch import numbers
from casebuilder.pitch.echo_inputs import as_typed
from casebuilder.ui import state
from casebuilder.ui.wording import chip, plain

PROBLEMS, INVESTMENTS, LIBRARY, MISSES = "problems", "investments", "library", "misses"
NOBODY_YET, WRITE = "Nobody yet", "Write it into the case"
_SAID, _REFUSED, _BESIDE = "what:said", "what:refused", "what:beside"
_VIEW, _OPENED, _NEWEST, _EDITED = "what:view", "what:opened", "what:brought up", "what:edited"


def key(name: str, *about: object) -> str:
    """The key of a field; it changes with the record it shows, so that it always begins with what the case says."""
    said = "|".join(part.model_dump_json() if isinstance(part, Record) else str(part) for part in about)
    return state.key(f"what:{name}:{hashlib.sha256(said.encode()).hexdigest()[:10]}")


# What is looked at


def view() -> str:
    """Which part of the step is on screen."""
    return str(st.session_state.get(state.key(_VIEW)) or PROBLEMS)


def view_key() -> str:
    """The key of the choice between the parts."""
    return state.key(_VIEW)


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


# A number that is written as it is typed


@dataclass(frozen=True)
class Typed:
    """A number on screen: its path, words, unit as typed, what it is multiplied with to be typed, bounds and echo.

    `value` is in its own unit, None where nobody stated it and it counts as `silent`; `step` is one press on plus, as
    typed; `echo` says in words what it means. An `amount` is money, typed as people write it: "450k", "1.2M".
    """

    path: str
    label: str
    unit: str
    factor: float
    lower: float | None
    upper: float | None
    value: float | None
    step: float
    echo: Callable[[float], str]
    silent: str = "nothing"
    amount: bool = False

    def refusal(self, typed: float) -> str:
        """Why a typed number is not possible; empty where it is."""
        low, high = (None if end is None else end * self.factor for end in (self.lower, self.upper))
        if (low is None or typed >= low) and (high is None or typed <= high):
            return ""
        span = f"{low:g} to {high:g}" if low is not None and high is not None else f"{low or 0:g} or more"
        unit = f" {self.unit}" if self.unit else ""
        return f"{typed:g}{unit} is not possible: allowed is {span}{unit}. Nothing was changed."


def number(field: Typed, written: Callable[[float | None], str]) -> None:
    """A field that writes its number as soon as it is typed, with its echo; what is not possible is said beside it.

    `written` takes the number in its own unit, None where the field was emptied, and returns why it was not written.
    """
    held = state.key(f"what:number:{field.path}")
    label = plain(f"{field.label}, {field.unit}" if field.unit else field.label)
    if field.amount:
        _amount(field, label, held, written)
    else:
        _plain_number(field, label, held, written)
    _echo(field)


def _amount(field: Typed, label: str, held: str, written: Callable[[float | None], str]) -> None:
    state.show(held, "" if field.value is None else as_typed(field.value * field.factor, "money"))
    st.text_input(
        label,
        key=held,
        max_chars=60,
        placeholder="such as 450k or 1.2M",
        on_change=_typed,
        args=(field, held, written),
    )


def _plain_number(field: Typed, label: str, held: str, written: Callable[[float | None], str]) -> None:
    state.show(held, None if field.value is None else round(field.value * field.factor, 10))
    st.number_input(
        label,
        value=None,
        key=held,
        format="%g",
        placeholder="not stated",
        step=field.step,
        on_change=_typed,
        args=(field, held, written),
    )


def _typed(field: Typed, held: str, written: Callable[[float | None], str]) -> None:
    st.session_state.pop(_BESIDE, None)
    try:
        given = _money_in(st.session_state[held]) if field.amount else st.session_state[held]
    except Unreadable as problem:
        st.session_state[_BESIDE] = (field.path, f"{problem} Nothing was changed.")
        return
    why = "" if given is None else field.refusal(given)
    why = why or written(None if given is None else round(given / field.factor, 12))
    if why:
        st.session_state[_BESIDE] = (field.path, why)


def _money_in(text: str) -> float | None:
    """The amount in a text, None where it is not known; raises Unreadable."""
    found = as_read(text or "")
    if found is None:
        return None
    if found.percent or found.is_range:
        raise Unreadable(f"“{text.strip()}” is no single amount. Type it as 120,000, 450k or 1.2M.")
    return round(found.value * (found.times or 1.0), 10)


def _echo(field: Typed) -> None:
    path, why = st.session_state.get(_BESIDE, ("", ""))
    if path == field.path:
        st.error(plain(why))
        st.session_state.pop(_BESIDE, None)
        return
    if field.value is None:
        st.markdown(chip(f"Not stated, counts as {field.silent}"))
        return
    said = state.desk().case.inputs.get(field.path)
    waiting = said is not None and said.status == "default"
    mark = f" {chip(library.words().statuses['default'])}" if waiting else ""
    st.markdown(f":small[{plain(field.echo(field.value))}]{mark}")


# Words


def stages() -> dict[str, str]:
    """The stages of the customer's journey with their words, in their order."""
    return dict(library.words().journey_stages)


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
