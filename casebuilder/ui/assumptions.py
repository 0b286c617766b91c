"""The assumptions on screen: a slider, the typed number beside it, what it means and who stands behind it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from casebuilder.case import Case, library
from casebuilder.ui import state
from casebuilder.ui.knobs import Knob
from casebuilder.ui.live_fields import live
from casebuilder.ui.typed_fields import LONGEST, Unreadable, read, reading, shown
from casebuilder.ui.wording import chip, listing, plain

_OTHER, _READ = "assumption:other", "assumption:read"


def assumptions() -> None:
    """The numbers behind the largest benefits, and any other of the case, found by its words."""
    table, first = state.knobs()
    for path in first:
        assumption(table[path])
    key = state.key(_OTHER)
    rest = [path for path in table if path not in first]
    st.selectbox(
        "Any other number",
        rest,
        index=None,
        format_func=lambda path: table[path].label,
        key=key,
        placeholder=f"Search {len(rest)} more numbers",
        persist_state="session",
    )
    chosen = st.session_state.get(key)
    if chosen in rest:
        assumption(table[chosen])


def assumption(knob: Knob) -> None:
    """One number that can be moved; both its fields always show the case as it stands."""
    value = state.value(knob)
    with st.container(gap="xsmall"):
        st.markdown(f":small[{plain(knob.label)}]")
        slider, typed = st.columns(2, vertical_alignment="center", gap="small")
        with slider:
            _slider(knob, value)
        with typed:
            _field(knob, value)
        _echo(knob, value)


def _slider(knob: Knob, value: float) -> None:
    low, high = knob.travel
    here = min(max(knob.slid(value), low), high)
    st.slider(
        _label(knob, knob.slider_unit), low, high, here, step=knob.step / 10, format=knob.slider_format,
        label_visibility="collapsed", **live(f"slide:{knob.path}", here, partial(_slid, knob)),
    )  # fmt: skip


def _field(knob: Knob, value: float) -> None:
    text = shown(value, knob.unit)
    st.text_input(
        _label(knob, knob.typed_unit), text, max_chars=LONGEST, autocomplete="off",
        label_visibility="collapsed", **live(f"type:{knob.path}", text, partial(_typed, knob)),
    )  # fmt: skip


def _label(knob: Knob, unit: str) -> str:
    return plain(f"{knob.label}, {unit}" if unit else knob.label)


def _slid(knob: Knob, slid: float) -> None:
    _moved(knob, knob.opened if slid == knob.slid(knob.opened) else knob.value(slid))


def _typed(knob: Knob, typed: str | None) -> None:
    """Make the change that was typed; an emptied field is none."""
    text, before = typed or "", state.value(knob)
    try:
        found = read(text, knob.unit, knob.currency)
    except Unreadable as problem:
        state.refuse(knob.path, f"{problem} Nothing was changed.")
        return
    if found is None:
        return
    value = before if text == shown(before, knob.unit) else _as_opened(knob, found.value)
    if value != before or state.refused() is not None:
        _moved(knob, value)
    st.session_state[_READ] = (knob.path, reading(text, found, knob.unit, knob.currency))


def _as_opened(knob: Knob, value: float) -> float:
    """The number at the opening, to its last digit, where it is the one that was typed."""
    return knob.opened if shown(value, knob.unit) == shown(knob.opened, knob.unit) else value


def _moved(knob: Knob, value: float) -> None:
    """Make the change, or say why not."""
    why = knob.refusal(value) or _out_of_order(knob, value)
    if why:
        state.refuse(knob.path, why)
    else:
        state.change(knob.path, value)


def _out_of_order(knob: Knob, value: float) -> str | None:
    """Why an effect cannot have this size beside its others; None where it can."""
    table, _ = state.knobs()
    sizes = {
        words: value if path == knob.path else state.value(table[path]) for words, path in knob.sizes.items()
    }
    if list(sizes.values()) == sorted(sizes.values()):
        return None
    said = ", ".join(f"{words} {knob.text(size)}" for words, size in sizes.items())
    return f"The sizes would be {said}: they must rise from low to high. Nothing was changed."


def _echo(knob: Knob, value: float) -> None:
    """How it was read where others would read it otherwise; what it means, and what it was or who stands behind it."""
    if st.session_state.get(_READ, ("", ""))[0] == knob.path:
        said = st.session_state.pop(_READ)[1]
        if said and state.refused() is None:
            st.caption(plain(said))
    refused = state.refused()
    if refused is not None and refused.path == knob.path:
        st.error(plain(refused.why))
    elif value != knob.opened:
        st.caption(f"**{plain(knob.text(value))}**, was {plain(knob.text(knob.opened))}")
    else:
        backed = backing(knob, state.desk().opened)
        st.caption(plain(listing([knob.text(value), backed]))) if backed else st.markdown(
            _unbacked(knob, value)
        )


def _unbacked(knob: Knob, value: float) -> str:
    said = state.desk().opened.inputs.get(knob.path)
    words = library.words().statuses["not_stated" if said is None else "default"]
    return f":small[{plain(knob.text(value))}] {chip(words)}"


def backing(knob: Knob, case: Case) -> str:
    """Who or what stands behind a number; empty where nobody does."""
    said, words = case.inputs.get(knob.path), library.words()
    if said is not None and said.status != "default":
        return listing([words.statuses[said.status], said.owner or ""])
    for effect in (e for i in case.initiatives for e in i.effects if knob.moves(i.id, e)):
        agreed = f"agreed by {effect.agreed.by}" if effect.agreed else ""
        return listing([words.grades[effect.grade], agreed])
    return ""
