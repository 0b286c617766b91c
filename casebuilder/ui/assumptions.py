"""The assumptions on screen: a slider, the typed number beside it, what it means and who stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from casebuilder.case import Case, library
from casebuilder.ui import state
from casebuilder.ui.knobs import Knob
from casebuilder.ui.wording import chip, listing, plain

_OTHER = "assumption:other"


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
    value, (low, high) = state.value(knob), knob.travel
    with st.container(gap="xsmall"):
        st.markdown(f":small[{plain(knob.label)}]")
        slider, typed = st.columns([3, 2], vertical_alignment="center", gap="small")
        with slider:
            shown, reach = min(max(knob.typed(value), low), high), {"min_value": low, "max_value": high}
            _field(st.slider, "slide", knob, shown, step=knob.step / 10, format=knob.slider_format, **reach)
        with typed:
            _field(
                st.number_input,
                "type",
                knob,
                knob.typed(value),
                value=None,
                required=True,
                step=knob.step,
                format="%g",
            )
        _echo(knob, value)


def _field(widget: Callable[..., Any], kind: str, knob: Knob, shown: float, **more: Any) -> None:
    key = f"{kind}:{knob.path}"
    state.show(key, shown)
    label = plain(f"{knob.label}, {knob.typed_unit}".removesuffix(", "))
    widget(label, key=key, on_change=_moved, args=(knob, key), label_visibility="collapsed", **more)


def _moved(knob: Knob, key: str) -> None:
    """Make the change, or say why not; an emptied field is no change."""
    typed = st.session_state[key]
    if typed is None:
        return
    value = knob.opened if typed == knob.typed(knob.opened) else knob.value(typed)
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
    """What the number means in words, and what it was or who stands behind it."""
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
