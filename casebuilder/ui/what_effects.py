"""What an investment moves: each metric with its sizes, what they rest on and who agreed to them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from casebuilder.case import ALL, Effect, Initiative, library
from casebuilder.case import investing as answer
from casebuilder.case.catalogue import settings
from casebuilder.pitch.proposing_card import size
from casebuilder.pitch.proposing_gaps import readers
from casebuilder.pitch.words import day
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.typed_fields import LONGEST, Unreadable, read
from casebuilder.ui.what_number import Number, Writer, number_field
from casebuilder.ui.wording import listing, plain

_WORDS = {"low": "Low", "base": "Expected", "high": "High"}


def effects(each: Initiative) -> None:
    """Every effect with its sizes, and a form for another one."""
    if not each.effects:
        st.markdown(
            "**It moves nothing yet.** A foundation may stay like that: what is built on it earns. Anything else needs "
            "a metric, and a size that somebody would sign."
        )
    for place, effect in enumerate(each.effects):
        _effect(each, place, effect)
    _another(each)


def _effect(each: Initiative, place: int, effect: Effect) -> None:
    lever = library.levers()[effect.lever]
    where = "" if effect.segment == ALL else f", {effect.segment}"
    reads = readers(state.desk().case, effect.lever)
    st.markdown(f"**{plain(lever.label + where)}**  \n:small[{plain(lever.meaning)}]")
    st.caption(plain("Helps " + "; ".join(reads) if reads else "Nobody on file is measured on it"))
    for column, name in zip(st.columns(3), _WORDS, strict=True):
        with column:
            number_field(_size(each, effect, name), _writer(each.id, place, effect, name))
    _standing(each, place, effect)


def _size(each: Initiative, effect: Effect, name: str) -> Number:
    points = library.levers()[effect.lever].kind == "points"
    word = settings()["effect_size"]
    return Number(
        path=f"{answer.effect_path(each.id, effect)}.{name}",
        label=_WORDS[name],
        unit="points" if points else "share",
        lower=word.lower,
        upper=word.upper,
        value=float(getattr(effect, name)),
        echo=lambda value: size(value, "points" if points else "share"),
    )


def _writer(id: str, place: int, effect: Effect, name: str) -> Writer:
    def written(value: float | None) -> str:
        if value is None:
            return "A size is needed: 0 is no effect. Nothing was changed."
        sizes = {word: value if word == name else float(getattr(effect, word)) for word in _WORDS}
        if list(sizes.values()) != sorted(sizes.values()):
            return "Low, expected and high must rise in this order. Nothing was changed."
        target = {"lever": effect.lever, "segment": effect.segment}
        return fields.settle(id, lambda case: answer.with_effect(case, id, place, target | {name: value}))

    return written


def _standing(each: Initiative, place: int, effect: Effect) -> None:
    """What the sizes rest on, who agreed to them, and the way to change both."""
    agreed = effect.agreed
    grades = library.words().grades
    signed = f"agreed by {fields.owner_name(agreed.by)}" if agreed else "agreed by nobody yet"
    when = f"on {day(agreed.on)}" if agreed and agreed.on else ""
    st.caption(plain(listing([grades[effect.grade], f"{signed} {when}".strip(), effect.note])))
    key: Callable[[str], str] = lambda name: fields.key(name, each.id, place, effect)  # noqa: E731
    with st.popover("What it rests on, and who agreed", key=key("standing")):
        st.selectbox(
            "Evidence",
            list(grades),
            index=list(grades).index(effect.grade),
            format_func=grades.__getitem__,
            key=key("grade"),
        )
        st.text_area("Where the size comes from", effect.note, height=68, key=key("note"))
        fields.owner_field("Who measures it", effect.owner, key("owner"))
        fields.owner_field("Agreed by", agreed.by if agreed else None, key("by"))
        st.date_input("Agreed on", agreed.on if agreed else None, key=key("on"), format="YYYY-MM-DD")
        st.button(
            fields.WRITE,
            key=key("write"),
            type="primary",
            on_click=_write,
            args=(each.id, place, effect, key),
        )
        st.button(
            "It does not move this", key=key("out"), type="tertiary", on_click=_remove, args=(each.id, place)
        )


def _write(id: str, place: int, effect: Effect, key: Callable[[str], str]) -> None:
    by, on = st.session_state[key("by")], st.session_state[key("on")]
    given = {
        "lever": effect.lever,
        "segment": effect.segment,
        "grade": st.session_state[key("grade")],
        "note": st.session_state[key("note")],
        "owner": st.session_state[key("owner")],
        "agreed": {"by": by, **({"on": on} if on else {})} if by else None,
    }
    why = fields.settle(id, lambda case: answer.with_effect(case, id, place, given))
    fields.tell(why, "Written into the case.")


def _remove(id: str, place: int) -> None:
    why = fields.settle(id, lambda case: answer.without_effect(case, id, place))
    fields.tell(why, "Taken out of the case.")


def _another(each: Initiative) -> None:
    """A metric that it moves as well; one of the whole company has no segment."""
    levers, case = library.levers(), state.desk().case
    key: Callable[[str], str] = lambda name: fields.key(name, each.id, len(each.effects))  # noqa: E731
    with st.popover("Another metric", key=key("another"), icon=":material/add:"):
        metric = st.selectbox(
            "What it moves",
            list(levers),
            index=None,
            key=key("metric"),
            placeholder="Choose a metric",
            format_func=lambda id: levers[id].label,
        )
        if metric is None:
            return
        lever = levers[metric]
        places = [ALL, *(s.name for s in case.segments)] if lever.scope == "segment" else [ALL]
        where = st.selectbox(
            "For whom",
            places,
            key=key(f"segment {metric}"),
            format_func=lambda id: "All customers" if id == ALL else id,
        )
        unit = "points" if lever.kind == "points" else "%"
        st.caption("How far it moves at full effect: a positive size is better, whichever way that is.")
        for column, (name, word) in zip(st.columns(3), _WORDS.items(), strict=True):
            column.text_input(f"{word}, {unit}", key=key(name), max_chars=LONGEST, autocomplete="off")
        st.button(
            fields.WRITE, key=key("write"), type="primary", on_click=_add, args=(each.id, metric, where, key)
        )


def _add(id: str, metric: str, where: str, key: Callable[[str], str]) -> None:
    unit = "points" if library.levers()[metric].kind == "points" else "share"
    try:
        found = {name: read(st.session_state[key(name)], unit, "") for name in _WORDS}
    except Unreadable as problem:
        fields.refuse(str(problem))
        return
    sizes = {name: size.value for name, size in found.items() if size is not None}
    if len(sizes) < len(_WORDS):
        fields.refuse("Low, expected and high are needed; 0 is no effect.")
        return
    given = {"lever": metric, "segment": where, "grade": "J", **sizes}
    why = fields.settle(id, lambda case: answer.with_effect(case, id, None, given))
    fields.tell(why, "Written into the case as your estimate.")
