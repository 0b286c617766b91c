"""The panel beside the answer: what is asked for, the scenario, the assumptions that matter and the investments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from casebuilder import build
from casebuilder.case import DO_NOTHING, Initiative, library
from casebuilder.case.edits import ASKED, value_at
from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import numbers
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import state
from casebuilder.ui.knobs import Knob, knobs, that_matter
from casebuilder.ui.wording import chip, listing, plain

_OTHER, _SEEN_BY, _SEEN_UNDER, _ASKED = "control:other", "control:seen by", "control:scenario", "control:asked"
#: Who looks at a case that names nobody.
NOBODY = "cfo"


def panel(results: Results) -> None:
    """Everything that can be changed while the answer stays in sight."""
    seen_by(results)
    seen_under(results)
    on = sum(initiative.id in _inside(results) and initiative.enabled for initiative in results.case.initiatives)
    numbers_tab, investments_tab = st.tabs(["Assumptions", f"Investments ({on} on)"])
    with numbers_tab:
        _assumptions()
    with investments_tab:
        _investments(results)


# Who looks, and under which scenario


def seen_by(results: Results) -> None:
    """The stakeholder whose number stands beside the return."""
    case = results.case
    people = build.personas_of(case) or (NOBODY,)
    roles = {s.persona: s.role for s in reversed(case.stakeholders) if s.role}
    if st.session_state.get(_SEEN_BY) not in people:
        st.session_state[_SEEN_BY] = "sales" if "sales" in people else people[0]
    st.selectbox("Seen by", people, key=_SEEN_BY, format_func=lambda id: roles.get(id, library.personas()[id].title), persist_state="session")


def persona() -> str:
    """The stakeholder chosen."""
    return str(st.session_state[_SEEN_BY])


def seen_under(results: Results) -> None:
    """The scenario that is looked at; the case stays as it is."""
    headline = results.case.headline
    if st.session_state.get(_SEEN_UNDER) != state.scenario():
        st.session_state[_SEEN_UNDER] = state.scenario()
    st.selectbox(
        "Scenario",
        list(results.case.scenario_table),
        key=_SEEN_UNDER,
        on_change=lambda: state.look_at(st.session_state[_SEEN_UNDER]),
        format_func=lambda id: scenario_label(id) + (", the one that counts" if id == headline else ""),
    )


# Assumptions


def _assumptions() -> None:
    """The numbers behind the largest benefits, and any other on request."""
    opened = state.results_at_opening()
    table, first = knobs(opened), that_matter(opened)
    for path in first:
        if path in table:
            _assumption(table[path])
    _any_other(table, first)


def _assumption(knob: Knob) -> None:
    """A slider, the typed number beside it, and what both mean in words."""
    value = float(value_at(state.desk().case, knob.path) or 0.0)
    low, high = knob.travel
    with st.container(gap="xsmall"):
        st.markdown(f":small[{plain(knob.label)}]")
        slider, typed = st.columns([3, 2], vertical_alignment="center", gap="small")
        with slider:
            _synced(
                st.slider, f"slide:{knob.path}", min(max(knob.typed(value), low), high), _moved, knob,
                min_value=low, max_value=high, step=knob.step / 10, format=knob.slider_format,
            )  # fmt: skip
        with typed:
            _synced(st.number_input, f"type:{knob.path}", knob.typed(value), _moved, knob, step=knob.step, format="%g")
        _echo(knob, value)


def _synced(widget: Callable[..., Any], key: str, shown: float, told: Callable[..., None], knob: Knob, **more: Any) -> None:
    """A widget that shows the case: what is typed goes to the case first, and only what differs is sent back."""
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    label = f"{plain(knob.label)}, {knob.typed_unit}"
    widget(label, key=key, on_change=told, args=(knob, key), label_visibility="collapsed", **more)


def _moved(knob: Knob, key: str) -> None:
    """Make the change, or say why not; an emptied field is no change."""
    typed = st.session_state[key]
    if typed is None:
        return
    value = knob.opened if typed == knob.typed(knob.opened) else knob.value(typed)
    why = knob.refusal(value) or state.change({knob.path: value})
    state.refuse(knob.path, why) if why else state.accept()


def _echo(knob: Knob, value: float) -> None:
    refused = state.refused()
    if refused is not None and refused.path == knob.path:
        st.error(plain(refused.why))
        return
    if value != knob.opened:
        st.caption(f"**{plain(knob.text(value))}**, was {plain(knob.text(knob.opened))}")
        return
    st.caption(listing([plain(knob.text(value)), _standing(knob)]))


def _standing(knob: Knob) -> str:
    """Who stands behind the number at the opening; a starting value in amber."""
    case, words = state.desk().case, library.words().statuses
    said = case.inputs.get(knob.path)
    if knob.effect and said is None:
        effect = next(e for i in case.initiatives for e in i.effects if knob.path.startswith(f"initiatives[{i.id}].effects[{e.lever},{e.segment}]."))
        return plain(library.words().grades[effect.grade]) + (f", agreed by {plain(effect.agreed.by)}" if effect.agreed else "")
    if said is None or said.status == "default":
        return chip(words["not_stated" if said is None else "default"])
    return plain(listing([words[said.status], said.owner or ""]))


def _any_other(table: dict[str, Knob], first: tuple[str, ...]) -> None:
    """Any other number of the case, found by its words."""
    rest = [path for path in table if path not in first]
    st.selectbox(
        "Any other number",
        rest,
        index=None,
        format_func=lambda path: table[path].label,
        key=_OTHER,
        placeholder=f"Search {len(rest)} more numbers",
        persist_state="session",
    )
    chosen = st.session_state.get(_OTHER)
    if chosen in table:
        _assumption(table[chosen])


# Investments


def _inside(results: Results) -> frozenset[str]:
    """The investments of what is asked for, by id."""
    case, asked = results.case, results.asked_option
    return frozenset(initiative.id for initiative in case.initiatives) if asked == AS_SET else case.option_table[asked]


def _investments(results: Results) -> None:
    """A switch for each investment of what is asked for, and which ones are left out of it."""
    inside, case = _inside(results), results.case
    for initiative in case.initiatives:
        if initiative.id in inside:
            _switch(initiative, results)
    outside = [initiative.name for initiative in case.initiatives if initiative.id not in inside]
    if outside:
        st.caption(f"Not in {plain(option_label(results.asked_option))}: {plain(', '.join(outside))}")


def _switch(initiative: Initiative, results: Results) -> None:
    key, path = f"on:{initiative.id}", f"initiatives[{initiative.id}].enabled"
    if st.session_state.get(key) != initiative.enabled:
        st.session_state[key] = initiative.enabled
    st.toggle(plain(initiative.name), key=key, on_change=_switched, args=(path, key), help=_about(initiative, results))


def _switched(path: str, key: str) -> None:
    why = state.change({path: bool(st.session_state[key])})
    state.refuse(path, why) if why else state.accept()


def _about(initiative: Initiative, results: Results) -> str:
    """Costs and needs of an investment, for its help."""
    currency = results.case.company.currency
    names = {other.id: other.name for other in results.case.initiatives}
    parts = [f"Once {numbers.money(initiative.one_time_cost, currency)}, {numbers.money_per_year(initiative.annual_cost, currency)}"]
    parts += [f"{numbers.fte(initiative.internal_fte)} of our own people"] if initiative.internal_fte else []
    parts += [f"needs first: {', '.join(names[needed] for needed in initiative.requires)}"] if initiative.requires else []
    return plain("; ".join(parts) + ".")


# What is asked for


def asked_for(results: Results, scenario: str) -> None:
    """Which version the decision asks for, each with its net present value; the deck and the page follow."""
    options = versions(results)
    if len(options) < 2:  # noqa: PLR2004  one choice is none
        return
    if st.session_state.get(_ASKED) != results.asked_option:
        st.session_state[_ASKED] = results.asked_option
    currency = results.case.company.currency

    def words(option: str) -> str:
        npv = numbers.money(results.outcome(scenario, option).npv, currency)
        return f"{plain(option_label(option))} · {plain(npv)}"

    st.segmented_control("Asked for", options, key=_ASKED, required=True, on_change=_ask, format_func=words)


def versions(results: Results) -> list[str]:
    """What can be asked for: the options of the case, and all switches as set where no option is the same."""
    case = results.case
    options = [option for option in case.option_table if option != DO_NOTHING or option == results.asked_option]
    everything = any(len(case.option_table[option]) == len(case.initiatives) for option in options)
    return options if everything and results.asked_option != AS_SET else [AS_SET, *options]


def _ask() -> None:
    chosen = st.session_state[_ASKED]
    if chosen is not None:
        why = state.change({ASKED: "" if chosen == AS_SET else chosen})
        state.refuse(ASKED, why) if why else state.accept()
