"""What a cost is made up of: each part in a row of fields that are written as they are typed, and one more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import get_args

import streamlit as st

from casebuilder.case import CostCategory, CostItem, Initiative
from casebuilder.case import costs_in as answer
from casebuilder.pitch.exhibits.weighing import COSTS
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.live_fields import live
from casebuilder.ui.typed_fields import LONGEST, Unreadable, outside, read, reading, unit_words
from casebuilder.ui.what_number import Number, Writer, beside, number_field, said_beside
from casebuilder.ui.wording import plain

#: The amounts of a part in words, with their units.
_AMOUNTS = {
    "one_time": ("Once", "money"),
    "annual": ("A year", "money_per_year"),
    "fte": ("Positions", "fte"),
}
_FALLS = {"one_time": "Once", "annual": "Every year", "fte": "As positions of our own"}
_CATEGORIES: tuple[CostCategory, ...] = get_args(CostCategory)
_COLUMNS = (3, 2.2, 1.7, 1.7, 1.2, 1.3)
LONGEST_NAME = 200


def cost_items(each: Initiative) -> None:
    """The parts of its cost, and a form for another one."""
    if each.cost_items:
        st.caption(
            "These parts add up to the number above; a new number above changes its parts in proportion."
        )
        _heads()
    for place, item in enumerate(each.cost_items):
        _row(each, place, item)
    _another(each)


def _heads() -> None:
    currency = state.desk().case.company.currency
    for column, word in zip(
        st.columns(_COLUMNS),
        ("What it is", "Kind", f"Once, {currency}", f"A year, {currency}", "FTE"),
        strict=False,
    ):
        column.markdown(f":small[:gray[{plain(word)}]]")


def _row(each: Initiative, place: int, item: CostItem) -> None:
    name, category, *amounts, out = st.columns(_COLUMNS, vertical_alignment="center")
    with name:
        _name(each, place, item)
    with category:
        _category(each, place, item)
    for column, kind in zip(amounts, _AMOUNTS, strict=True):
        with column:
            number_field(_amount(each, place, item, kind), _writer(each.id, place, kind))
    out.button(
        "Remove", key=fields.key("item out", each.id, place, item), type="tertiary", on_click=_remove,
        args=(each.id, place, item.name), help=plain(f"Take “{item.name}” out of the costs"),
    )  # fmt: skip
    for part in ("name", *_AMOUNTS):
        said_beside(_path(each, place, part))


def _path(each: Initiative, place: int, part: str) -> str:
    return f"initiatives[{each.id}].cost_items[{place}].{part}"


def _name(each: Initiative, place: int, item: CostItem) -> None:
    name = state.key(f"what:item:name:{each.id}:{place}")
    st.text_input(
        plain(f"What it is: {item.name}"), item.name, max_chars=LONGEST_NAME, label_visibility="collapsed",
        **live(name, item.name, partial(_changed, each, place, "name")),
    )  # fmt: skip


def _category(each: Initiative, place: int, item: CostItem) -> None:
    name = state.key(f"what:item:category:{each.id}:{place}")
    st.selectbox(
        plain(f"Kind of cost: {item.name}"), _CATEGORIES, _CATEGORIES.index(item.category),
        label_visibility="collapsed", format_func=category_name,
        **live(name, item.category, partial(_changed, each, place, "category")),
    )  # fmt: skip


def category_name(category: str) -> str:
    """A kind of cost in words."""
    return COSTS.get(category, category.replace("_", " ")).capitalize()


def _changed(each: Initiative, place: int, part: str, typed: str | None) -> None:
    given = {part: (typed or "").strip()}
    why = fields.settle(each.id, lambda case: answer.with_cost_item(case, each.id, place, given))
    if why:
        beside(_path(each, place, "name"), why)


def _amount(each: Initiative, place: int, item: CostItem, kind: str) -> Number:
    word, unit = _AMOUNTS[kind]
    return Number(_path(each, place, kind), f"{word}: {item.name}", unit, 0.0, None, getattr(item, kind))


def _writer(id: str, place: int, kind: str) -> Writer:
    return lambda value: fields.settle(id, lambda case: answer.with_cost_item(case, id, place, {kind: value}))


def _remove(id: str, place: int, name: str) -> None:
    why = fields.settle(id, lambda case: answer.without_cost_item(case, id, place))
    fields.tell(why, f"“{name}” is out of the costs. Undo brings it back.")


def _another(each: Initiative) -> None:
    """A part more: what it is, and one amount."""
    key: Callable[[str], str] = lambda name: fields.key(f"item {name}", each.id, *each.cost_items)  # noqa: E731
    words = "Another cost" if each.cost_items else "Break the cost down"
    with st.popover(words, key=key("another"), icon=":material/add:"):
        st.text_input(
            "What it is", key=key("name"), max_chars=LONGEST_NAME, placeholder="as an offer would call it"
        )
        st.selectbox("Kind of cost", _CATEGORIES, key=key("category"), format_func=category_name)
        kind = st.segmented_control(
            "It falls", list(_FALLS), default="one_time", key=key("kind"), required=True,
            format_func=_FALLS.__getitem__,
        )  # fmt: skip
        unit = unit_words(_AMOUNTS[kind][1], state.desk().case.company.currency)
        st.text_input(f"Amount, {unit}", key=key("amount"), max_chars=LONGEST, autocomplete="off")
        st.caption(_meant(each, kind))
        said_beside(_path(each, len(each.cost_items), "new"))
        st.button(fields.WRITE, key=key("write"), type="primary", on_click=_add, args=(each, kind, key))


def _meant(each: Initiative, kind: str) -> str:
    """Whether the new part is taken out of a stated number or comes on top."""
    stated = getattr(each, answer.KINDS[kind])
    split = any(getattr(item, kind) is not None for item in each.cost_items)
    if stated and not split:
        return "It is taken out of what is stated as a whole; what is left stands beside it as another part."
    return "It comes on top of what is stated." if stated else "Nothing of this is stated yet."


def _add(each: Initiative, kind: str, key: Callable[[str], str]) -> None:
    text, unit = str(st.session_state[key("amount")] or ""), _AMOUNTS[kind][1]
    currency, here = state.desk().case.company.currency, _path(each, len(each.cost_items), "new")
    try:
        found = read(text, unit, currency)
    except Unreadable as problem:
        beside(here, str(problem))
        return
    name = str(st.session_state[key("name")] or "").strip()
    given = {
        "name": name,
        "category": st.session_state[key("category")],
        kind: found.value if found else None,
    }
    why = outside(found.value, unit, currency, 0.0, None) if found else None
    why = why or fields.settle(each.id, lambda case: answer.with_cost_item(case, each.id, None, given))
    if why:
        beside(here, why)
    else:
        fields.tell("", f"“{name}” is part of the costs now. {reading(text, found, unit, currency)}".strip())
