"""One number of the step Numbers: its values side by side, each said back in plain words, and who stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from casebuilder.case import Case, library
from casebuilder.case import answers_in as answer
from casebuilder.case.edits import with_input
from casebuilder.case.pasted import of_input
from casebuilder.case.typed import Given, Unreadable
from casebuilder.pitch import numbers
from casebuilder.pitch.asked_numbers import Asked
from casebuilder.pitch.assumed import person
from casebuilder.pitch.echo_inputs import as_typed, meaning
from casebuilder.pitch.words import start
from casebuilder.ui import people_fields as fields
from casebuilder.ui import state
from casebuilder.ui.live_fields import live
from casebuilder.ui.typed_fields import reading
from casebuilder.ui.wording import chip, listing, plain

#: The place of a number of the whole company.
COMPANY = ""
#: What is said of a number that nobody stated and without which something is nothing, and why.
LACKING = "Needed first"
_WHY = "Without it a benefit, or a number that somebody named, is nothing"
_REFUSED, _READ = "numbers:refused", "numbers:read"


def row_columns(values: int) -> list[DeltaGenerator]:
    """The columns of a row: its words, so many values side by side (one is no wider than two), who stands behind it."""
    return st.columns([2.2, *[2] * values, *([2] if values == 1 else []), 0.7], gap="small")


def number_row(case: Case, row: Asked, places: Sequence[str]) -> None:
    """The number in every segment shown, or once for the company."""
    columns = row_columns(len(places))
    unit = _unit(row, case)
    columns[0].markdown(
        f"{plain(row.word.label)}"
        + (f"  \n:small[:gray[{plain(unit)}]]" if unit else "")
        + (f"  \n{chip(LACKING)}" if row.lacking else ""),
        help=plain(
            ". ".join(filter(None, (_WHY * row.lacking, row.word.note, f"Usually in: {row.word.report}")))
        ),
    )
    shown = {place: row.paths[place] for place in places}
    for column, path in zip(columns[1:], shown.values(), strict=False):
        with column.container(gap="xsmall"):
            _value(case, row, path)
    with columns[-1]:
        _who(case, row, shown)


def _unit(row: Asked, case: Case) -> str:
    unit = row.word.unit
    money = {"money": case.company.currency, "money_per_year": f"{case.company.currency} a year"}
    words = {"share": "per cent", "per_year": "a year", "count": "", "ratio": ""}
    return money.get(unit) or words.get(unit, unit)


def _value(case: Case, row: Asked, path: str) -> None:
    """The field with the value as it would be typed, and what it means."""
    value = _number(case, path)
    text = as_typed(value, row.word.unit)
    st.text_input(
        plain(row.word.label), text, max_chars=60, label_visibility="collapsed",
        **live(state.key(f"numbers:value:{path}"), text, partial(_typed, row, path)),
    )  # fmt: skip
    refused, said = (st.session_state.get(held, ("", "")) for held in (_REFUSED, _READ))
    if refused[0] == path:
        st.error(plain(refused[1]))
        del st.session_state[_REFUSED]
    if said[0] == path:
        st.caption(plain(said[1]))
        del st.session_state[_READ]
    st.markdown(f":small[{_said(case, row, path, value)}]")


def _number(case: Case, path: str) -> float:
    """The value of an input by its path, read directly: a page of them is shown at each turn."""
    group, _, name = path.rpartition(".")
    place = group.removeprefix("segments[").removesuffix("]")
    segment = next((each for each in case.segments if group == f"segments[{each.name}]"), None)
    return float(getattr(segment if segment is not None else getattr(case, place), name))


def _said(case: Case, row: Asked, path: str, value: float) -> str:
    """The echo, then who stands behind the number, in amber where nobody does."""
    amount = numbers.for_unit(value, row.word.unit, case.company.currency)
    means = start(meaning(case, path, value)) or amount
    said, words = case.inputs.get(path), library.words().statuses
    if said is not None and said.low is not None and said.high is not None:
        low, high = (
            numbers.for_unit(end, row.word.unit, case.company.currency) for end in (said.low, said.high)
        )
        means = f"{means} · between {low} and {high}"
    if path in row.idle:
        return plain(listing([means, "nothing reads it here"]))
    if said is None or said.status == "default":
        return f"{plain(means)} {chip(words['not_stated' if said is None else 'default'])}"
    owner = person(case, said.owner) if said.owner else ""
    return plain(listing([means, words[said.status], owner]))


def _typed(row: Asked, path: str, typed: str | None) -> None:
    """Write what was typed into the case, or remember why it is no such number."""
    st.session_state.pop(_REFUSED, None)
    text, case = typed or "", state.desk().case
    try:
        given = of_input(text, row.word, case.company.currency)
    except Unreadable as problem:
        st.session_state[_REFUSED] = (path, f"{problem} Nothing was changed.")
        return
    if given is None or text == as_typed(_number(case, path), row.word.unit):
        return
    why = state.write(lambda before: told(before, path, given), settled=path)
    if why:
        st.session_state[_REFUSED] = (path, f"{why} Nothing was changed.")
    elif said := reading(text, given, row.word.unit, case.company.currency):
        st.session_state[_READ] = (path, said)


def told(case: Case, path: str, given: Given) -> Case:
    """The case with a number that somebody typed: theirs, no longer a starting value, and confirmed by nobody yet."""
    said = case.inputs.get(path)
    if said is None or said.status == "default":
        case = answer.with_stated(case, path, given.value, "estimate", "", (said and said.owner) or "")
    else:
        case = with_input(case, path, given.value)
    return answer.with_range(case, path, *given.ends) if given.ends else case


def _who(case: Case, row: Asked, shown: dict[str, str]) -> None:
    """Who stands behind the number, for each segment; sent once it is opened."""
    door = st.popover(
        "Who", key=state.key(f"numbers:who:{row.word.id}"), on_change="rerun",
        help="Who stands behind this number, and where it stands",
    )  # fmt: skip
    if door.open:
        with door:
            for place, path in shown.items():
                _standing(case, row, place, path)


def _standing(case: Case, row: Asked, place: str, path: str) -> None:
    said, words = case.inputs.get(path), library.words().statuses
    ways = ["default", "estimate", "confirmed"]
    key: fields.Key = lambda name: fields.key(f"numbers:{name}", path, said)  # noqa: E731
    with st.form(key("form"), enter_to_submit=False):
        st.markdown(f"**{plain(listing([row.word.label, place]))}**")
        status = said.status if said else "default"
        st.segmented_control(
            "It is", ways, default=status, key=key("status"), format_func=words.__getitem__, required=True
        )
        st.text_input(
            "Where it stands", said.source if said else "", key=key("source"), placeholder=row.word.report
        )
        st.text_input(
            "Who stands behind it", (said.owner or "") if said else "", key=key("owner"), max_chars=120
        )
        st.form_submit_button("Write it into the case", key=key("submit"), on_click=_stand, args=(path, key))


def _stand(path: str, key: fields.Key) -> None:
    """Write who stands behind a number; what is confirmed names somebody."""
    status, source, owner = (str(st.session_state[key(name)] or "") for name in ("status", "source", "owner"))
    if status == "confirmed" and not owner.strip():
        st.session_state[_REFUSED] = (
            path,
            "A confirmed number names who stands behind it. Nothing was changed.",
        )
        return
    st.session_state.pop(_REFUSED, None)
    why = state.write(
        lambda case: answer.with_stated(case, path, _number(case, path), status, source, owner), settled=path
    )
    if why:
        st.session_state[_REFUSED] = (path, f"{why} Nothing was changed.")
