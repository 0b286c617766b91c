"""Agreed by: the number just discussed with whoever puts their name to it, and positions that are not refilled."""

from __future__ import annotations

from datetime import date

import streamlit as st

from casebuilder.analysis.positions import Freed, freed
from casebuilder.case import Case
from casebuilder.case import answers_in as answer
from casebuilder.case.edits import ASKED, value_at
from casebuilder.case.reviewed import with_promise
from casebuilder.pitch import numbers
from casebuilder.pitch.assumed import person
from casebuilder.pitch.words import label_of
from casebuilder.ui import state
from casebuilder.ui.knobs import Knob
from casebuilder.ui.people_signing import signer
from casebuilder.ui.review_moment import Moment
from casebuilder.ui.wording import chip, listing, plain

_SAID = "review:said"


def whom(label: str, key: str, usual: str = "") -> str:
    """Somebody of the case, or a name that is typed, at first the `usual` one; empty where nobody is chosen."""
    case = state.desk().case
    people = [signer(case, place) for place in range(len(case.stakeholders))]
    people = list(dict.fromkeys([*people, usual] if usual else people))
    chosen = st.selectbox(
        label, people, index=people.index(usual) if usual else None, key=key, accept_new_options=True,
        format_func=lambda id: person(case, id), placeholder="Choose or type a name",
    )  # fmt: skip
    return chosen or ""


def said() -> None:
    """What came of the last answer: that it is written, or why not."""
    why, done = st.session_state.pop(_SAID, ("", ""))
    if why:
        st.error(plain(why))
    elif done:
        st.caption(plain(done))


def write(why: str, done: str) -> None:
    """Remember what came of an answer, to be said once."""
    st.session_state[_SAID] = (why, done)


def agreeing() -> None:
    """One number, the last that was changed first, with who agrees to it and when."""
    st.markdown("**Agreed by**")
    table, first = state.knobs()
    edited = [path for path in reversed(list(state.desk().edits)) if path != ASKED and path in table]
    paths = list(dict.fromkeys([*edited, *first, *table]))
    if not paths:
        return
    last = edited[0] if edited else ""
    path = st.selectbox(
        "Number", paths, key=state.key(f"review:agree:{last}"), format_func=lambda path: table[path].label
    )
    st.markdown(f"## {plain(table[path].text(state.value(table[path])))}")
    by = whom("Agreed by", state.key("review:agree:by"))
    on = st.date_input("On", date.today(), key=state.key("review:agree:on"), format="YYYY-MM-DD")
    st.button(
        "Agreed", key="review:agree", type="primary", on_click=_agree, args=(table[path], by, on),
        disabled=not by, width="stretch",
    )  # fmt: skip
    said()


def _agree(knob: Knob, by: str, on: date) -> None:
    """Write the number as it stands with who agreed to it; it is no trial any more."""
    case, value, path = state.desk().case, state.value(knob), knob.path
    effect = path.rpartition(".")[0] if knob.effect else ""
    if effect:
        low, value, high = (_size(case, f"{effect}.{size}") for size in ("low", "base", "high"))
        why = state.write(lambda c: answer.with_confirmed(c, effect, by, on, low, value, high), effect)
    else:
        stated = case.inputs.get(path)
        ends = (stated.low, stated.high) if stated is not None else (None, None)
        why = state.write(lambda c: answer.with_confirmed(c, path, by, on, ends[0], value, ends[1]), path)
    write(why, f"{knob.label}: {knob.text(value)}, agreed by {person(case, by)}.")


def _size(case: Case, path: str) -> float:
    return float(value_at(case, path) or 0.0)


def hours(moment: Moment) -> None:
    """Freed hours as positions that are not refilled: nothing of them counts before somebody agrees."""
    found = freed(moment.view.case, moment.view.asked)
    st.markdown(
        "Freed hours are no money until a position stays empty. A promise counts from the day it is agreed."
    )
    if not found:
        st.info("No hours become free here, or the productive hours of a position are not stated.")
        return
    for each in found:
        _promised(each, moment)
    said()


def _promised(each: Freed, moment: Moment) -> None:
    """One benefit: what it frees, what is promised of it, and the form for a new promise."""
    key = f"review:positions:{each.line}"
    with st.container(border=True):
        st.markdown(f"**{plain(label_of(each.line))}** {_standing(each, moment)}")
        columns = st.columns([1.2, 1.6, 1.6, 1.2, 1], vertical_alignment="bottom")
        promise = each.promise
        before, keeps = (promise.positions_not_refilled, promise.owner or "") if promise else (None, "")
        agreed = promise.agreed.by if promise and promise.agreed else ""
        with columns[0]:
            positions = st.number_input(
                "Positions not refilled",
                min_value=0.0,
                value=before,
                step=0.5,
                format="%g",
                key=state.key(key),
            )
        with columns[1]:
            owner = whom("Who keeps them empty", state.key(f"{key}:owner"), keeps)
        with columns[2]:
            by = whom("Agreed by", state.key(f"{key}:by"), agreed)
        on = columns[3].date_input("On", date.today(), key=state.key(f"{key}:on"), format="YYYY-MM-DD")
        columns[4].button(
            "Agreed" if by else "Note it", key=key, on_click=_promise, args=(each, positions, owner, by, on),
            disabled=not positions, width="stretch",
        )  # fmt: skip


def _standing(each: Freed, moment: Moment) -> str:
    """What a benefit frees a year, what of it counts, and whether a promise still waits."""
    money = numbers.money_per_year(each.money, moment.view.currency)
    parts = [
        f"frees {numbers.count(each.positions)} positions, {money}",
        f"{numbers.percent(each.counted)} counts as cash",
    ]
    text = plain(listing(parts))
    if each.promise is None:
        return text
    promised = f"{numbers.count(each.promise.positions_not_refilled or 0.0)} positions"
    if each.promise.agreed is None:
        return f"{text} {chip(f'{promised} promised, agreed by nobody: counts nothing')}"
    return f"{text} · {plain(f'{promised} agreed by {person(moment.view.case, each.promise.agreed.by)}')}"


def _promise(each: Freed, positions: float, owner: str, by: str, on: date) -> None:
    if positions > each.most:
        most = numbers.count(each.most)
        write(f"{label_of(each.line)} frees {most} positions at most. Nothing was changed.", "")
        return
    share, line = each.share_of(positions), each.line
    why = state.write(lambda case: with_promise(case, line, share, positions, owner, by, on))
    counts = "counts from now on" if by else "counts nothing until somebody agrees"
    write(why, f"{numbers.count(positions)} positions not refilled: {counts}.")
