"""What only the author sees: where somebody stands, notes, objections and their own words."""

from __future__ import annotations

import streamlit as st

from casebuilder.case import Case
from casebuilder.case import answers_in as answer
from casebuilder.ui import people_fields as fields
from casebuilder.ui.wording import plain


def only_you(place: int) -> None:
    """Private words; closed at first, and what stands in it is not even sent before it is opened."""
    box = st.expander(
        "Only you see this", icon=":material/lock:", key=fields.key("private", place), on_change="rerun"
    )
    if not box.open:
        return
    who = fields.person(place)
    key: fields.Key = lambda name: fields.key(name, place, who)  # noqa: E731
    about = who.private
    with box, st.form(key("private form"), border=False, enter_to_submit=False):
        st.caption(
            "In no workbook, deck, page or list of questions. A case file holds the first three only on request, "
            "their own words always."
        )
        st.text_input("Where they stand", about.stance if about else "", key=key("stance"))
        st.text_area("Notes", about.notes if about else "", key=key("notes"))
        st.text_area(
            "What they object to, one a line",
            "\n".join(about.objections) if about else "",
            key=key("objections"),
        )
        for at, driver in enumerate(who.drivers):
            words, shown = st.columns([3, 1], vertical_alignment="bottom")
            words.text_input(
                plain(f"In their own words: {fields.label(driver)}"), driver.words, key=key(f"words {at}")
            )
            shown.toggle("May stand in their deck", driver.words_may_be_shown, key=key(f"shown {at}"))
        st.form_submit_button(
            fields.WRITE, key=key("submit"), type="primary", on_click=_write_private, args=(place, key)
        )


def _write_private(place: int, key: fields.Key) -> None:
    told = {name: st.session_state[key(name)] for name in ("stance", "notes", "objections")}
    quoted = [
        (st.session_state[key(f"words {at}")], st.session_state[key(f"shown {at}")])
        for at in range(len(fields.person(place).drivers))
    ]

    def made(case: Case) -> Case:
        case = answer.with_private(
            case, place, told["stance"], told["notes"], tuple(told["objections"].splitlines())
        )
        for at, (words, shown) in enumerate(quoted):
            driver = case.stakeholders[place].drivers[at]
            if (words, shown) != (driver.words, driver.words_may_be_shown):
                record = driver.model_dump(exclude_unset=True) | {"words": words, "words_may_be_shown": shown}
                case = answer.with_driver(case, place, at, record)
        return case

    fields.write(made, "Written into the case; it stays with you.")
