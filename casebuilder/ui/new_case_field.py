"""One total on the page of a new case: the field, its unit, and what was understood said back in plain words."""

from __future__ import annotations

import streamlit as st

from casebuilder.case import library
from casebuilder.case.catalogue import InputWord, inputs, totals
from casebuilder.case.totals_asked import NEEDED, Asked
from casebuilder.case.totals_ranges import ABOUT
from casebuilder.pitch import numbers
from casebuilder.pitch.echo import echo
from casebuilder.pitch.echo_doubts import doubts
from casebuilder.pitch.words import inside
from casebuilder.ui import new_case_draft as typing
from casebuilder.ui.wording import chip, plain

_SCALES = {1e6: "million ", 1e3: "thousand ", 1.0: ""}


def total_field(each: Asked, found: typing.Draft) -> None:
    """The field of a total with its unit beside it, and the echo under both."""
    word = totals()[each.total]
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    left.text_input(
        plain(f"{word.label} ({word.report})"),
        key=typing.field(each.total),
        max_chars=60,
        persist_state="session",
    )
    with right.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"beside-field-{each.total}"
    ):
        _unit(each, word)
    _said(each, word, found)


def _unit(each: Asked, word: InputWord) -> None:
    """The unit beside a field: the currency where it counts money, and a choice where there is one.

    The words to choose from do not name the currency: a browser sends back the words that it was shown last, and
    another currency must not turn them into words that are none of the choices.
    """
    choices, (chosen, scale) = typing.units(each), typing.chosen_unit(each)
    currency = plain(typing.currency()) if chosen.kind == "money" else ""
    if len(choices) == 1:
        said = f"{currency} {plain(_unit_words(each, choices[0]))}".strip()
        st.markdown(f":small[{said}]")
        return
    if currency:
        st.markdown(f":small[{currency}]", width="content")
    st.session_state[typing.unit(each.total)] = (chosen.id, scale)
    st.selectbox(
        f"{word.label}: unit", choices, key=typing.unit(each.total), label_visibility="collapsed",
        format_func=lambda choice: _unit_words(each, choice), persist_state="session",
    )  # fmt: skip


def _unit_words(each: Asked, choice: tuple[str, float]) -> str:
    way = next(way for way in each.ways if way.id == choice[0])
    return f"{_SCALES[choice[1]]}{way.words}" if way.kind == "money" else way.words


def _said(each: Asked, word: InputWord, found: typing.Draft) -> None:
    """The echo of what was typed, what looks like a mistake, or what is assumed where nothing is known."""
    problem = found.unreadable.get(each.total) or found.told.problems.get(each.total)
    if problem:
        st.error(plain(problem))
        return
    told = _told(each, found)
    if told is None:
        unknown = each.total in found.unknown
        text = plain(assumed(each.total, word, unknown))
        st.markdown(f":small[{chip('Not known')} {text}]" if unknown else f":small[:gray[{text}]]")
        return
    values, currency = found.told.values, typing.currency()
    st.markdown(f":small[{plain(echo(told, values, currency, found.told.ranges.get(told)))}]")
    for doubt in doubts(told, values, currency):
        st.warning(plain(doubt), icon=":material/help:")


def _told(each: Asked, found: typing.Draft) -> str | None:
    """The total that the field tells: its own, or the one that the chosen unit means."""
    total = typing.chosen_unit(each)[0].total or each.total
    return total if typing.text_of(each.total).strip() and total in found.told.values else None


def assumed(total: str, word: InputWord, unknown: bool) -> str:
    """What a case begins with where this total is not known; `unknown` says whether somebody said so."""
    field, start = ABOUT.get(total, ""), typing.shape()
    if total in NEEDED:
        return f"Needed: {inside(library.to_be_asked()[field])}"
    if field not in start.values or total == "bookings":
        return f"{word.note or 'Empty, it is left out of the case'}."
    value = start.values[field]
    if value.neutral:
        return f"{value.note}." if unknown else f"If not known: {inside(value.note)}."
    begins = (
        f"begins with {numbers.for_unit(value.value, inputs()[field].unit)}, our guess for such a company."
    )
    return f"It {begins}" if unknown else f"If not known, it {begins}"
