"""The parts of the page about people: who they are, their numbers, what they sign, and what only the author sees."""

from __future__ import annotations

import streamlit as st

from casebuilder import build
from casebuilder.case import Case, Stakeholder, library
from casebuilder.case import answers_in as answer
from casebuilder.model.kpis import OF_THE_CASE
from casebuilder.ui import files, state, tables
from casebuilder.ui import people_fields as fields
from casebuilder.ui.people_numbers import their_numbers
from casebuilder.ui.people_private import only_you
from casebuilder.ui.people_signing import signing
from casebuilder.ui.studies import how_sure
from casebuilder.ui.wording import plain

_GUIDE = "people:guide"
#: The part of whoever the decision names.
_DECIDES = "approves"
_PERSON = ("persona", "role", "name", "part", "status", "ask")


def heading() -> None:
    """What this page is for, who is there, and what became of the last answer."""
    desk = state.desk()
    st.title("Who decides, and what decides their year", anchor=False)
    st.markdown(
        "Ask before you argue. What people answer is written into the case, on which every number here rests."
    )
    if desk.case.stakeholders:
        tables.show([_line(desk.case, p) for p in desk.case.stakeholders], "The people to convince")
    with st.container():
        _last_answer(desk)


def _last_answer(desk: state.Desk) -> None:
    """What became of the last answer, and how many were written since the opening."""
    if desk.answers:
        count = f"{desk.answers} answer{'' if desk.answers == 1 else 's'}"
        st.caption(f"{count} written into this case since it was opened.")
    said, refused = fields.outcome()
    if refused:
        st.error(plain(f"Nothing was written. {refused}"))
    if said:
        st.success(plain(said))


def _line(case: Case, who: Stakeholder) -> dict[str, str]:
    words = library.words()
    return {
        "Who": plain(fields.title(who)),
        "Part": plain(words.parts[who.part] if who.part else fields.NOT_KNOWN),
        "How far": plain(words.meetings[who.status]),
        "Their numbers": plain(", ".join(fields.label(driver) for driver in who.drivers) or "none yet"),
        "Still to ask": plain("; ".join(_gaps(who)) or "nothing"),
    }


def _gaps(who: Stakeholder) -> list[str]:
    """What a driver lacks; a number of the whole case has no today and no date."""
    gaps = [] if who.drivers else ["which numbers decide their year"]
    for driver in who.drivers:
        lacking = ["target"] if driver.target is None else []
        if driver.kpi not in OF_THE_CASE:
            lacking += [
                word for word, value in (("today", driver.current), ("date", driver.due)) if value is None
            ]
        if lacking:
            gaps.append(f"{fields.label(driver)}: {', '.join(lacking)}")
    return gaps


def choose() -> int:
    """The place of the person that the rest of the page is about; `NEW` for somebody who is not in the case."""
    everybody = state.desk().case.stakeholders
    places, key = [*range(len(everybody)), fields.NEW], state.key(fields.WHO)
    if st.session_state.get(key) not in places:
        st.session_state[key] = places[0]
    names = {place: fields.title(who) for place, who in enumerate(everybody)} | {fields.NEW: "Somebody new"}
    st.selectbox("Who", places, key=key, format_func=names.__getitem__, persist_state="session")
    return int(st.session_state[key])


def about(place: int) -> None:
    """Everything about one person, in parts."""
    if place == fields.NEW:
        _who_they_are(None)
        return
    numbers_tab, sign, who, guide = st.tabs(
        ["What decides their year", "What they sign", "Who they are", "Questions to print"],
        key="people:parts",
    )
    with numbers_tab:
        their_numbers(place)
    with sign:
        signing(place)
    with who:
        _who_they_are(place)
    with guide:
        _questions(place)
    only_you(place)


def _who_they_are(place: int | None) -> None:
    """The fields of a person; of a new one first the persona."""
    who, words = fields.person(place) if place is not None else None, library.words()
    decider = _decider_to_come(state.desk().case) if who is None else None
    key: fields.Key = lambda name: fields.key(name, place, fields.public(who), decider)  # noqa: E731
    with st.form(key("person")):
        first, second = st.columns(2)
        personas = {id: persona.title for id, persona in library.personas().items()}
        ids = list(personas)
        first.selectbox(
            "Function",
            ids,
            index=ids.index(who.persona if who else decider or ids[0]),
            key=key("persona"),
            format_func=personas.__getitem__,
        )
        second.text_input("Title in this company", who.role if who else "", key=key("role"))
        first.text_input("Name", who.name if who else "", key=key("name"))
        parts = [None, *words.parts]
        second.selectbox(
            "Part in the decision", parts, index=parts.index(who.part if who else None), key=key("part"),
            format_func=lambda part: words.parts[part] if part else fields.NOT_KNOWN,
        )  # fmt: skip
        statuses = list(words.meetings)
        first.selectbox(
            "How far you got with them", statuses, index=statuses.index(who.status) if who else 0, key=key("status"),
            format_func=words.meetings.__getitem__,
        )  # fmt: skip
        st.text_area("What we would ask of them", who.ask if who else "", key=key("ask"), height=68)
        st.form_submit_button(
            fields.WRITE, key=key("submit"), type="primary", on_click=_write_person, args=(place, key)
        )
    if place is not None:
        st.button(
            "Take this person out of the case", key=key("remove"), on_click=_remove_person, args=(place,)
        )


def _decider_to_come(case: Case) -> str | None:
    """The function that decides, where nobody who has it is in the case yet."""
    decider = case.decision.decider
    there = {each.persona for each in case.stakeholders}
    return decider if decider in library.personas() and decider not in there else None


def _write_person(place: int | None, key: fields.Key) -> None:
    given = {name: st.session_state[key(name)] for name in _PERSON}
    record = {name: value for name, value in given.items() if value}
    if place is None and record["persona"] == state.desk().case.decision.decider:
        record.setdefault("part", _DECIDES)  # said on this very page, in the decision
    written = fields.write(
        lambda case: answer.with_stakeholder(case, place, record), "Written into the case."
    )
    if written and place is None:
        st.session_state[state.key(fields.WHO)] = len(state.desk().case.stakeholders) - 1


def _remove_person(place: int) -> None:
    fields.write(
        lambda case: answer.without_stakeholder(case, place), "Taken out of the case, with all they said."
    )


def _questions(place: int) -> None:
    """The interview guide as a file, made on request."""
    results, who = state.results(), fields.person(place)
    st.markdown(
        "Two printed pages: what we still have to learn from them, with room to write. Nothing private stands in it."
    )
    wanted = (state.desk().version, place)
    if st.button("Prepare the questions", key=fields.key("prepare", place)):
        st.session_state[_GUIDE] = wanted
    if st.session_state.get(_GUIDE) == wanted:
        st.download_button(
            plain(f"Download the questions for the {fields.title(who)}"),
            build.guide_file(results, who.persona, results.case.stakeholders[place], how_sure()),
            files.file_name(results.case, "html", f"{build.slug(fields.title(who))}-questions"),
            "text/html",
            key=fields.key("download", place),
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )
