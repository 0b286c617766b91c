"""What decides somebody's year: their numbers, and a form for one of them or for another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from casebuilder.case import Driver, Stakeholder, library
from casebuilder.case import answers_in as answer
from casebuilder.case.reserved import OTHER_KPI
from casebuilder.case.units import UNITS
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.pitch import numbers
from casebuilder.pitch.words import day
from casebuilder.ui import people_fields as fields
from casebuilder.ui import state, tables
from casebuilder.ui.typed_fields import Unreadable
from casebuilder.ui.wording import plain

#: What a number that the model does not compute can be counted in; the likeliest first.
_LEVELS = {"current": "Today", "target": "Target"}
OWN_UNITS = ("share", *(unit for unit in UNITS if unit not in ("share", "flag", "choice", "text", "period")))


def their_numbers(place: int) -> None:
    """Their numbers, and a form for one of them or for another."""
    who = fields.person(place)
    if who.drivers:
        tables.show([_measured(driver) for driver in who.drivers], "What decides their year")
    places, key = [*range(len(who.drivers)), fields.NEW], state.key(f"people:number:{place}")
    if st.session_state.get(key) not in places:
        st.session_state[key] = fields.NEW
    names = {n: fields.label(driver) for n, driver in enumerate(who.drivers)} | {fields.NEW: "Another number"}
    st.selectbox("Write down", places, key=key, format_func=names.__getitem__)
    chosen = int(st.session_state[key])
    _number(place, None if chosen == fields.NEW else chosen)


def _measured(driver: Driver) -> dict[str, str]:
    unit, currency = _unit(driver.kpi, driver.unit), state.desk().case.company.currency
    words = library.words().accountabilities
    return {
        "Number": plain(fields.label(driver)),
        "Today": plain(_shown(driver.current, unit, currency)),
        "Target": plain(_shown(driver.target, unit, currency)),
        "By when": plain(day(driver.due)) if driver.due else "",
        "Held to it": plain(_held(driver, words)),
        "Weight": numbers.count(driver.importance),
    }


def _held(driver: Driver, words: Mapping[str, str]) -> str:
    """How they answer for it; what nobody has told is not taken for something only said."""
    return words[driver.held_to] if _is_told(driver) else fields.NOT_KNOWN


def _is_told(driver: Driver) -> bool:
    return driver.accountability is not None or driver.on_scorecard is not None


def _shown(value: float | None, unit: str, currency: str) -> str:
    return "" if value is None else numbers.for_unit(value, unit, currency)


def _unit(kpi: str, own: str | None) -> str:
    return library.kpis()[kpi].unit if kpi in library.kpis() else own or "count"


def _number(place: int, at: int | None) -> None:
    """The form of one number: which KPI stands before it, for its unit decides what is typed."""
    who = fields.person(place)
    driver = who.drivers[at] if at is not None else None
    known = fields.unsaid(driver)
    usual = list(library.personas()[who.persona].kpis)
    kpis = [*usual, *(id for id in library.kpis() if id not in usual), OTHER_KPI]
    names = {id: kpi.label for id, kpi in library.kpis().items()} | {
        OTHER_KPI: "Another one, which the model does not compute"
    }
    kpi = st.selectbox(
        "Which number",
        kpis,
        index=kpis.index(driver.kpi if driver else _next(who, kpis)),
        key=fields.key("kpi", place, at, known, *_after(who, at)),
        format_func=names.__getitem__,
    )
    own = None
    key: fields.Key = lambda name: fields.key(name, place, at, kpi, known, *_after(who, at))  # noqa: E731
    if kpi == OTHER_KPI:
        first, second = st.columns(2)
        first.text_input("What it is called", driver.name or "" if driver else "", key=key("name"))
        own = second.selectbox(
            "Unit", OWN_UNITS, index=OWN_UNITS.index(driver.unit) if driver and driver.unit in OWN_UNITS else 0,
            key=key("unit"), format_func=lambda unit: unit.replace("_", " "),
        )  # fmt: skip
    _number_form(place, at, kpi, own, key)


def _after(who: Stakeholder, at: int | None) -> tuple[int, ...]:
    """What makes the fields of a new number begin empty once another one is written."""
    return (len(who.drivers),) if at is None else ()


def _next(who: Stakeholder, kpis: list[str]) -> str:
    """The first KPI that is not among their numbers."""
    there = {driver.kpi for driver in who.drivers}
    return next(kpi for kpi in kpis if kpi not in there or kpi == OTHER_KPI)


def _number_form(place: int, at: int | None, kpi: str, own: str | None, key: fields.Key) -> None:
    driver = fields.person(place).drivers[at] if at is not None else None
    words = library.words().accountabilities
    with st.form(key(f"form {own}"), enter_to_submit=False):
        columns = st.columns(3)
        for column, (name, text) in zip(columns, _LEVELS.items(), strict=False):
            with column:
                fields.number_field(text, _unit(kpi, own), _level(driver, name), key(name))
        columns[2].date_input("By when", driver.due if driver else None, key=key("due"), format="YYYY-MM-DD")
        columns = st.columns(3)
        columns[0].slider(
            "Weight: 1 little, 5 decides the year",
            1,
            5,
            driver.importance if driver else 3,
            key=key("importance"),
        )
        ways = [None, *words]
        held = driver.held_to if driver and _is_told(driver) else None
        columns[1].selectbox(
            "How they answer for it", ways, index=ways.index(held), key=key("accountability"),
            format_func=lambda way: words[way] if way else fields.NOT_KNOWN,
        )  # fmt: skip
        hurdle = driver.kind == "hurdle" if driver else kpi in OF_THE_CASE
        columns[2].selectbox(
            "The target is", ["goal", "hurdle"], index=int(hurdle), key=key("kind"),
            format_func={"goal": "A goal, reached in part", "hurdle": "A hurdle, met or not"}.__getitem__,
        )  # fmt: skip
        st.form_submit_button(
            fields.WRITE,
            key=key("submit"),
            type="primary",
            on_click=_write_number,
            args=(place, at, kpi, own, key),
        )
    if at is not None:
        st.button("Take this number out", key=key("remove"), on_click=_remove_number, args=(place, at))


def _level(driver: Driver | None, name: str) -> float | None:
    """A number's value today or its target; None where it is not known."""
    return getattr(driver, name) if driver else None


def _write_number(place: int, at: int | None, kpi: str, own: str | None, key: fields.Key) -> None:
    driver = fields.person(place).drivers[at] if at is not None else None
    more = ("due", "importance", "accountability", "kind")
    record: dict[str, Any] = {"kpi": kpi} | {name: st.session_state[key(name)] for name in more}
    before = {name: _level(driver, name) for name in _LEVELS}
    try:
        levels, read = fields.typed(_LEVELS, _unit(kpi, own), key, before)
    except Unreadable as problem:
        fields.refuse(str(problem))
        return
    record |= levels
    if kpi == OTHER_KPI:
        record |= {"name": st.session_state[key("name")], "unit": own}
    if driver is not None and driver.words:
        record |= {"words": driver.words, "words_may_be_shown": driver.words_may_be_shown}
    said = f"Written into the case. {read}".strip()
    fields.write(lambda case: answer.with_driver(case, place, at, record), said)


def _remove_number(place: int, at: int) -> None:
    fields.write(lambda case: answer.without_driver(case, place, at), "Taken out of the case.")
