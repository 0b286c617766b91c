"""One investment opened in place: its cost and time, what it moves, its checkpoint, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from casebuilder.case import Case, Initiative, library
from casebuilder.case import investing as answer
from casebuilder.case.units import UNITS
from casebuilder.pitch.words import option_label
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.typed_fields import LONGEST, Unreadable, read, reading, shown
from casebuilder.ui.what_costs import cost_and_time
from casebuilder.ui.what_effects import effects
from casebuilder.ui.what_library import asked_option, read_about
from casebuilder.ui.wording import chip, plain

#: What a checkpoint's target can be counted in; a plain number without one.
_TARGETS = (None, *(unit for unit in UNITS if unit not in ("flag", "choice", "text", "period")))


def opened(each: Initiative) -> None:
    """The fields of an investment; each is written as it is typed."""
    cost, moves, gate, about = st.tabs(
        ["Cost and time", "What it moves", "Checkpoint", "Who, where, why"],
        key=state.key(f"what:tabs:{each.id}"),
    )
    with cost:
        cost_and_time(each)
    with moves:
        effects(each)
    with gate:
        _checkpoint(each)
    with about:
        _about(each)


# Checkpoint


def _checkpoint(each: Initiative) -> None:
    """When we look, at what, and when we stop."""
    gate = each.gate
    if gate is None:
        st.markdown(
            "**No checkpoint yet.** Whoever releases money asks when you look, at what, and when you stop. Answer it "
            "before they ask."
        )
    entry = library.initiatives().get(each.use or "")
    if gate is not None and entry is not None and gate.indicator == entry.checkpoint.indicator:
        st.markdown(
            f"{chip('Proposed by the library')} Replace it with what you really measure, and a target."
        )
    key: Callable[[str], str] = lambda name: fields.key(name, each.id, gate)  # noqa: E731
    with st.form(key("gate"), border=False, enter_to_submit=False):
        st.text_input("What we look at", gate.indicator if gate else "", key=key("indicator"))
        first, second, third = st.columns(3)
        first.number_input(
            "Month after the decision",
            0.0,
            value=gate.month if gate else None,
            format="%g",
            key=key("month"),
            placeholder="not agreed",
        )
        unit = gate.unit if gate else None
        second.text_input(
            "Target",
            shown(gate.target if gate else None, unit or "count"),
            key=key("target"),
            max_chars=LONGEST,
            placeholder="not agreed",
            autocomplete="off",
        )
        third.selectbox(
            "Counted in",
            _TARGETS,
            index=_TARGETS.index(unit),
            key=key("unit"),
            format_func=lambda id: (
                {None: "A plain number", "share": "Per cent"}.get(id) or str(id).replace("_", " ")
            ),
        )
        st.text_input("We stop if", gate.stop_if if gate else "", key=key("stop_if"))
        st.form_submit_button(
            fields.WRITE, key=key("submit"), type="primary", on_click=_write_gate, args=(each.id, key)
        )
    if gate is not None:
        st.button(
            "Take the checkpoint out",
            key=key("gate out"),
            type="tertiary",
            on_click=_no_gate,
            args=(each.id,),
        )


def _write_gate(id: str, key: Callable[[str], str]) -> None:
    given: dict[str, Any] = {name: st.session_state[key(name)] for name in ("indicator", "month", "stop_if")}
    if given["month"] is None or not given["indicator"].strip():
        fields.refuse("A checkpoint needs a month and something to look at.")
        return
    text, unit, currency = (
        st.session_state[key("target")],
        st.session_state[key("unit")],
        state.desk().case.company.currency,
    )
    try:
        found = read(text, unit or "count", currency)
    except Unreadable as problem:
        fields.refuse(f"Target: {problem} What it is counted in is chosen beside it.")
        return
    given |= {} if found is None else {"target": found.value}
    given |= {} if unit is None else {"unit": unit}
    said = reading(text, found, unit or "count", currency)
    _write(id, {"gate": given}, f"The checkpoint is in the case. {said}".strip())


def _no_gate(id: str) -> None:
    _write(id, {"gate": None}, "The checkpoint is out of the case.")


# Who, where, why


def _about(each: Initiative) -> None:
    case, public = state.desk().case, each.model_copy(update={"enabled": True})
    key: Callable[[str], str] = lambda name: fields.key(name, each.id, public)  # noqa: E731
    stages = fields.stages_or_none()
    with st.form(key("about"), border=False, enter_to_submit=False):
        first, second, third = st.columns(3)
        first.text_input("Name", each.name, key=key("name"))
        with second:
            fields.owner_field("Who delivers it", each.owner, key("owner"))
        third.selectbox(
            "Where in the journey",
            stages,
            index=stages.index(each.journey_stage),
            key=key("journey_stage"),
            format_func=fields.stage_name,
        )
        st.text_area("What it is", each.description, height=68, key=key("description"))
        first, second = st.columns(2)
        problems = {problem.id: problem.what for problem in case.problems}
        first.multiselect(
            "Problems it answers",
            list(problems),
            default=list(each.problems),
            key=key("problems"),
            format_func=problems.__getitem__,
            placeholder="None on file",
        )
        others = {other.id: other.name for other in case.initiatives if other.id != each.id}
        second.multiselect(
            "What it needs first",
            list(others),
            default=list(each.requires),
            key=key("requires"),
            format_func=others.__getitem__,
            placeholder="Nothing",
        )
        st.form_submit_button(
            fields.WRITE, key=key("submit"), type="primary", on_click=_write_about, args=(each.id, key)
        )
    with st.container(horizontal=True):
        _membership(case, each)
        if each.use in library.initiatives():
            st.button(
                "Read what the library says",
                key=key("read"),
                type="tertiary",
                on_click=read_about,
                args=(each.use,),
            )
        st.button(
            "Take this investment out of the case",
            key=key("out"),
            type="tertiary",
            on_click=_remove,
            args=(each.id,),
        )


def _write_about(id: str, key: Callable[[str], str]) -> None:
    names = ("name", "owner", "journey_stage", "description", "problems", "requires")
    given = {name: st.session_state[key(name)] for name in names}
    _write(
        id, {name: value if value != "" else None for name, value in given.items()}, "Written into the case."
    )


def _membership(case: Case, each: Initiative) -> None:
    """Whether it is part of the named choice that the decision asks for."""
    option = asked_option(case)
    if option not in case.options or isinstance(case.options[option], str):
        return
    inside, named = each.id in case.option_table[option], option_label(option)
    st.button(
        plain(f"Leave it out of “{named}”" if inside else f"Put it into “{named}”, what is asked for"),
        key=fields.key("member", each.id),
        type="tertiary",
        on_click=_join,
        args=(option, each.id, not inside),
    )


def _join(option: str, id: str, inside: bool) -> None:
    said = (
        "It is part of what is asked for now." if inside else "It is no part of what is asked for any more."
    )
    fields.write(lambda case: answer.with_member(case, option, id, inside), said)


def _remove(id: str) -> None:
    said = "Taken out of the case, with all that was said of it. Undo brings it back."
    if fields.write(lambda case: answer.without_investment(case, id), said, settled=f"initiatives[{id}]"):
        fields.open_investment(None)


def _write(id: str, given: dict[str, Any], said: str) -> None:
    why = fields.settle(id, lambda case: answer.with_investment_fields(case, id, given))
    fields.tell(why, said)
