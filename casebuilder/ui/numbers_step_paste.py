"""A table pasted from a spreadsheet: shown as it is read before any of it is written into the case."""

from __future__ import annotations

import streamlit as st

from casebuilder.case import Case
from casebuilder.case.catalogue import inputs
from casebuilder.case.edits import value_at
from casebuilder.case.pasted import LONGEST, Cell, pasted
from casebuilder.case.typed import Given
from casebuilder.pitch import numbers
from casebuilder.ui import state, tables
from casebuilder.ui.numbers_step_row import told
from casebuilder.ui.wording import plain

_TEXT, _SAID = "numbers:pasted", "numbers:said"


def paste(case: Case) -> None:
    """The field to paste into, what it says, and the button that writes it."""
    said, refused = st.session_state.pop(_SAID, ("", ""))
    if said:
        st.success(plain(said))
    if refused:
        st.error(plain(f"Nothing was written. {refused}"))
    door = st.expander("Paste a table from Excel", key=state.key("numbers:paste"), on_change="rerun")
    if not door.open:
        return
    with door:
        key = state.key(_TEXT)
        st.text_area(
            "Segments above, numbers in the first column, or the other way round", key=key, max_chars=LONGEST,
            height=140, placeholder=_example(case),
        )  # fmt: skip
        if str(st.session_state.get(key) or "").strip():
            _read(case, str(st.session_state[key]), key)


def _example(case: Case) -> str:
    """What such a table looks like, with this case's segments."""
    names = "\t".join(segment.name for segment in case.segments[:2])
    return f"\t{names}\nCustomers\t400\t1,200\nRevenue churn\t8.2 %\t11 %"


def _read(case: Case, text: str, key: str) -> None:
    found = pasted(text, case)
    for problem in found.problems:
        st.warning(plain(problem))
    if found.cells:
        tables.show([_line(case, cell) for cell in found.cells], "The numbers as they are read")
    new = {path: value for path, value in found.values.items() if value != value_at(case, path)}
    many = f"{numbers.count(len(new))} number{'' if len(new) == 1 else 's'}"
    st.button(
        f"Write {many} into the case" if new else "Nothing new to write", key=state.key("numbers:write"),
        type="primary", disabled=not new, on_click=_write, args=(new, key, many),
    )  # fmt: skip


def _line(case: Case, cell: Cell) -> dict[str, str]:
    group, _, id = cell.path.rpartition(".")
    word, currency = inputs()[id], case.company.currency
    before = value_at(case, cell.path)
    read = cell.problem if cell.value is None else numbers.for_unit(cell.value, word.unit, currency)
    return {
        "Number": plain(word.label),
        "Segment": plain(group.removeprefix("segments[").removesuffix("]")) if "[" in group else "",
        "Pasted": plain(cell.text),
        "Read as": plain(read),
        "In the case": plain(numbers.for_unit(float(before or 0.0), word.unit, currency)),
    }


def _write(new: dict[str, float], key: str, many: str) -> None:
    """All of them at once: either every number fits the case or none is written."""

    def written(case: Case) -> Case:
        for path, value in new.items():
            case = told(case, path, Given(value))
        return case

    why = state.write(written)
    st.session_state[_SAID] = ("" if why else f"{many} written into the case.", why)
    if not why:
        st.session_state[key] = ""
