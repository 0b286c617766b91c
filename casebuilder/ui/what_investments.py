"""The investments of the case by stage of the journey: what each moves, costs and adds, and its switch."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from casebuilder.case import Case, Initiative, library
from casebuilder.case import investing as answer
from casebuilder.case.totals_inputs import SPEND
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import numbers
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.certainty import how_sure
from casebuilder.ui.investments import switch
from casebuilder.ui.what_investment import opened
from casebuilder.ui.what_library import asked_option
from casebuilder.ui.wording import chip, listing, plain

_COLUMNS = (4, 3, 2.4, 1.8, 1.5)


def investments() -> None:
    """Every investment by stage, and one of one's own."""
    case = state.desk().case
    if not case.initiatives:
        _empty()
    else:
        _heads()
    top = fields.brought_up()
    _group(case, "Open now", [each for each in case.initiatives if each.id == top])
    for stage, name in fields.by_stage():
        here = [each for each in case.initiatives if each.journey_stage == stage and each.id != top]
        _group(case, name, here)
    _own()


def _group(case: Case, title: str, members: Sequence[Initiative]) -> None:
    if members:
        st.header(title, anchor=False)
    for each in members:
        with st.container(border=True):
            _row(case, each)
            if fields.opened() == each.id:
                opened(each)


def _empty() -> None:
    st.markdown(
        "**Nothing is proposed yet.** An investment says what you would do, what it costs and which number it moves by "
        "how much. Begin with the library: it brings sizes with their evidence, and asks you for the costs."
    )
    st.button(
        "Go to the library",
        key=fields.key("to library"),
        type="primary",
        on_click=fields.look_at,
        args=(fields.LIBRARY,),
    )


def _heads() -> None:
    """What the columns are, once for all."""
    found = how_sure()
    under, option = scenario_label(found.study.scenario).lower(), option_label(found.study.option)
    currency = state.desk().case.company.currency
    st.markdown(
        plain(
            f"Net present value of what is asked for ({option}): "
            f"{numbers.money(found.attribution.whole, currency)}, {under}. What each adds to it is averaged over every "
            "order in which they could be added, so a foundation earns through what is built on it."
        )
    )
    _undivided(state.desk().case)
    names = ("Investment", "What it moves", "Cost and time", "What it adds", "")
    for column, name in zip(st.columns(_COLUMNS), names, strict=True):
        column.markdown(f":small[:gray[{name}]]")


def _undivided(case: Case) -> None:
    """How much of the spend that was typed at the beginning the investments hold, once it is switched off itself."""
    spend = next((each for each in case.initiatives if each.id == SPEND and not each.effects), None)
    if spend is None or spend.enabled:
        return
    others = [each for each in case.initiatives if each.enabled]
    held = _amounts(
        case, sum(each.one_time_cost for each in others), sum(each.annual_cost for each in others)
    )
    st.caption(
        plain(
            f"“{spend.name}” is switched off, so that nothing counts twice: it said "
            f"{_amounts(case, spend.one_time_cost, spend.annual_cost)}; what is switched on costs {held} so far."
        )
    )


def _amounts(case: Case, once: float, yearly: float) -> str:
    currency = case.company.currency
    return f"{numbers.money(once, currency)} once and {numbers.money_per_year(yearly, currency)}"


def _row(case: Case, each: Initiative) -> None:
    name, moves, cost, adds, action = st.columns(_COLUMNS)
    with name.container(gap="xsmall"):
        _switch(each)
        st.markdown(_small(fields.owner_name(each.owner)))
    with moves:
        _moves(each)
    with cost:
        _cost(case, each)
    adds.markdown(_adds(case, each))
    here = fields.opened() == each.id
    action.button(
        "Close" if here else "Open",
        key=fields.key("open", each.id),
        width="stretch",
        on_click=fields.open_investment,
        args=(None if here else each.id,),
    )


def _switch(each: Initiative) -> None:
    switch(each, state.key(f"what:on:{each.id}"), plain(each.name))
    refused = state.refused()
    if refused is not None and refused.path == f"initiatives[{each.id}].enabled":
        st.error(plain(refused.why))


def _moves(each: Initiative) -> None:
    """Its metrics, each once, and what their sizes rest on."""
    labels = list(dict.fromkeys(library.levers()[effect.lever].label for effect in each.effects))
    if not labels:
        st.markdown(":gray[No number by itself: a foundation]")
        return
    grades = library.words().grades
    said = [grades[grade] for grade in grades if any(effect.grade == grade for effect in each.effects)]
    rests = chip(library.words().statuses["default"]) if _waits(each) else _small(listing(said))
    st.markdown(f"{plain(listing(labels))}  \n{rests}")


def _small(text: str) -> str:
    return f":small[:gray[{plain(text)}]]"


def _waits(each: Initiative) -> bool:
    """Whether a size is still what the library proposes."""
    inputs = state.desk().case.inputs
    paths = [answer.effect_path(each.id, effect) + ".base" for effect in each.effects]
    return any(path in inputs and inputs[path].status == "default" for path in paths)


def _cost(case: Case, each: Initiative) -> None:
    currency, stated = case.company.currency, each.model_fields_set
    parts = []
    if each.one_time_cost or "one_time_cost" in stated:
        parts.append(f"{numbers.money(each.one_time_cost, currency)} once")
    if each.annual_cost or "annual_cost" in stated:
        parts.append(numbers.money_per_year(each.annual_cost, currency))
    if each.internal_fte:
        parts.append(numbers.fte(each.internal_fte))
    start = f"from month {numbers.factor(each.start_month)}" if each.start_month else "from the decision"
    when = _small(f"{start}, take-up {numbers.percent(each.adoption, 0)}")
    st.markdown(f"{plain(', '.join(parts)) if parts else chip('Cost not stated')}  \n{when}")


def _adds(case: Case, each: Initiative) -> str:
    """What it adds, or why it adds nothing."""
    found = how_sure()
    if not each.enabled:
        return ":gray[Switched off]"
    if found.study.option != AS_SET and each.id not in case.option_table[found.study.option]:
        return f":gray[{plain('Not in ' + option_label(found.study.option))}]"
    value = found.attribution.values[each.id]
    text = plain(numbers.money(value, case.company.currency, signed=True))
    return f"**{text}**" if value >= 0 else f":red[**{text}**]"


def _own() -> None:
    """An investment that is in nobody's library."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = fields.key("own name", len(state.desk().case.initiatives))
        st.text_input("One of your own", key=key, placeholder="What you would call it in a meeting")
        st.button(
            "Put into the case",
            key=fields.key("own put"),
            on_click=_put_own,
            args=(key,),
            icon=":material/add:",
        )


def _put_own(key: str) -> None:
    name = str(st.session_state.get(key) or "").strip()
    if not name:
        fields.refuse("Give it a name first.")
        return
    option = asked_option(state.desk().case)
    said = f"“{name}” is in the case now. Say what it costs and what it moves."
    if fields.write(lambda case: answer.with_investment(case, {"name": name}, option), said):
        fields.bring_up(state.desk().case.initiatives[-1].id)
