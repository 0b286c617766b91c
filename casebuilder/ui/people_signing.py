"""What somebody would sign: one number with the low, likely and high value that they put their name to."""

from __future__ import annotations

from datetime import date

import streamlit as st

from casebuilder import build
from casebuilder.analysis.ranges import Range
from casebuilder.case import Case
from casebuilder.case import answers_in as answer
from casebuilder.case.edits import value_at
from casebuilder.model.results import Results
from casebuilder.pitch.assumed import assumed, evidence, person, stands_behind
from casebuilder.ui import people_fields as fields
from casebuilder.ui import state
from casebuilder.ui.typed_fields import Unreadable
from casebuilder.ui.wording import listing, plain

#: Cases whose assumptions are kept in their order.
MOST_ORDERS = 8

#: Low, likely and high by these words; None is not stated.
Sizes = dict[str, float | None]


@st.cache_resource(max_entries=MOST_ORDERS, show_spinner=False)
def _assumptions(version: str, _results: Results) -> dict[str, Range]:
    """Every assumption of a case by path, those that matter most first; all sessions share it."""
    return {bar.range.path: bar.range for bar in build.certainty(_results).tornado.bars}


def signing(place: int) -> None:
    """One number with the low, likely and high value that this person puts their name to."""
    case, named = state.desk().case, assumed(state.desk().case)
    every = _assumptions(state.desk().version, state.results())
    path = st.selectbox(
        "Which number", list(every), index=None, key=state.key(f"people:path:{place}"),
        format_func=lambda path: named[path].name, placeholder=f"Search {len(every)} numbers, what matters most first",
    )  # fmt: skip
    if path is None:
        st.caption("A number that somebody signs counts as confirmed: their name and the day stand with it.")
        return
    each, sizes = every[path], _sizes(case, every[path])
    behind = stands_behind(case, path)
    st.caption(plain(listing([evidence(case, path, each.kind), f"stands behind it: {behind}"])))
    unit = named[path].unit
    key: fields.Key = lambda name: fields.key(name, place, path, *sizes.values(), behind)  # noqa: E731
    with st.form(key("sign"), enter_to_submit=False):
        columns = st.columns(4)
        for column, (name, value) in zip(columns, sizes.items(), strict=False):
            with column:
                fields.number_field(name.capitalize(), unit, value, key(name))
        columns[3].date_input("Signed on", date.today(), key=key("on"), format="YYYY-MM-DD")
        if each.kind == "effect":
            st.caption("How far the metric moves: a positive size is better, whichever way that is.")
        st.form_submit_button(
            "They sign this",
            key=key("submit"),
            type="primary",
            on_click=_sign,
            args=(place, path, unit, sizes, key),
        )
    st.button("They answer for it, without signing", key=key("owner"), on_click=_own, args=(place, path))


def _sizes(case: Case, each: Range) -> Sizes:
    """Low, likely and high as the case has them; an effect's own sizes, without risk adjustment."""
    if each.kind == "effect":
        words = {"low": "low", "likely": "base", "high": "high"}
        return {word: float(value_at(case, f"{each.path}.{size}") or 0.0) for word, size in words.items()}
    stated = case.inputs.get(each.path)
    return {"low": stated.low if stated else None, "likely": each.at, "high": stated.high if stated else None}


def _sign(place: int, path: str, unit: str, sizes: Sizes, key: fields.Key) -> None:
    try:
        sizes, read = fields.typed({name: name.capitalize() for name in sizes}, unit, key, sizes)
    except Unreadable as problem:
        fields.refuse(str(problem))
        return
    likely = sizes["likely"]
    if likely is None:
        fields.refuse("A likely value is needed.")
        return
    on, by = st.session_state[key("on")], signer(state.desk().case, place)
    said = f"Signed by {person(state.desk().case, by)}. {read}".strip()
    fields.write(
        lambda case: answer.with_confirmed(case, path, by, on, sizes["low"], likely, sizes["high"]),
        said,
        settled=path,
    )


def _own(place: int, path: str) -> None:
    by = signer(state.desk().case, place)
    fields.write(
        lambda case: answer.with_owner(case, path, by), f"{person(state.desk().case, by)} answers for it now."
    )


def signer(case: Case, place: int) -> str:
    """By what name somebody signs: the persona for its first stakeholder, else title or name."""
    who = case.stakeholders[place]
    first = next(n for n, other in enumerate(case.stakeholders) if other.persona == who.persona)
    return who.persona if first == place else who.role or who.name or who.persona
