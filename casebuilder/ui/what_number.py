"""A number of the step What that is written as soon as it is typed, with what it means or why it is not possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from casebuilder.case import library
from casebuilder.ui import state
from casebuilder.ui.live_fields import live
from casebuilder.ui.typed_fields import LONGEST, MONEY, Unreadable, outside, read, reading, shown, unit_words
from casebuilder.ui.wording import chip, plain

_BESIDE, _READ = "what:beside", "what:read"
#: Takes a number in its own unit, None where the field was emptied; returns why it was not written.
Writer = Callable[[float | None], str]


@dataclass(frozen=True)
class Number:
    """A number on screen: its path, words, unit, bounds, value in its own unit, and what it means in words.

    `value` None is not stated and counts as `silent`. One without `echo` stands in a table: its words stand above its
    column, and what is said of it below its row.
    """

    path: str
    label: str
    unit: str
    lower: float | None
    upper: float | None
    value: float | None
    echo: Callable[[float], str] | None = None
    silent: str = "nothing"

    @property
    def words(self) -> str:
        """Its label with its unit."""
        currency = _currency()
        unit = f"{currency} a year" if self.unit == "money_per_year" else unit_words(self.unit, currency)
        return plain(f"{self.label}, {unit}" if unit else self.label)

    @property
    def example(self) -> str:
        """What stands in its field while it is empty."""
        return "" if self.echo is None else "such as 450k or 1.2 M" if self.unit in MONEY else "not stated"


def number_field(field: Number, written: Writer) -> None:
    """The field of a number as people write it; whole months can be stepped as well."""
    name = state.key(f"what:number:{field.path}")
    if field.unit == "months":
        st.number_input(
            field.words, value=field.value, format="%g", placeholder=field.example, step=1.0,
            **live(name, field.value, partial(_stepped, field, written)),
        )  # fmt: skip
    else:
        text = shown(field.value, field.unit)
        st.text_input(
            field.words, text, max_chars=LONGEST, autocomplete="off", placeholder=field.example,
            label_visibility="visible" if field.echo else "collapsed",
            **live(name, text, partial(_typed, field, written)),
        )  # fmt: skip
    if field.echo is not None and not said_beside(field.path):
        _said(field, field.echo)


def _currency() -> str:
    return state.desk().case.company.currency


def _stepped(field: Number, written: Writer, value: float | None) -> None:
    _write(field, value, written)


def _typed(field: Number, written: Writer, typed: str | None) -> None:
    text = typed or ""
    try:
        found = read(text, field.unit, _currency())
    except Unreadable as problem:
        beside(field.path, f"{problem} Nothing was changed.")
        return
    if text == shown(field.value, field.unit):
        st.session_state.pop(_BESIDE, None)
    elif _write(field, found.value if found else None, written):
        st.session_state[_READ] = (field.path, reading(text, found, field.unit, _currency()))


def _write(field: Number, value: float | None, written: Writer) -> bool:
    """Write a number that is possible; otherwise remember why not."""
    st.session_state.pop(_BESIDE, None)
    why = None if value is None else outside(value, field.unit, _currency(), field.lower, field.upper)
    why = why or written(value)
    if why:
        beside(field.path, why)
    return not why


def beside(path: str, why: str) -> None:
    """Remember why a field was not written, to be said beside it."""
    st.session_state[_BESIDE] = (path, why)


def said_beside(path: str) -> bool:
    """Say how the field of this path was read, or why it was not written; True where the latter."""
    if st.session_state.get(_READ, ("", ""))[0] == path:
        read_as = st.session_state.pop(_READ)[1]
        if read_as:
            st.caption(plain(read_as))
    if st.session_state.get(_BESIDE, ("", ""))[0] != path:
        return False
    st.error(plain(st.session_state.pop(_BESIDE)[1]))
    return True


def _said(field: Number, echo: Callable[[float], str]) -> None:
    if field.value is None:
        st.markdown(chip(f"Not stated, counts as {field.silent}"))
        return
    said = state.desk().case.inputs.get(field.path)
    waiting = said is not None and said.status == "default"
    mark = f" {chip(library.words().statuses['default'])}" if waiting else ""
    st.markdown(f":small[{plain(echo(field.value))}]{mark}")
