"""What the parts of the page about people share: who is meant, the keys of fields, and writing an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import streamlit as st

from casebuilder.case import Case, Driver, Stakeholder, library
from casebuilder.case.records.base import Record
from casebuilder.ui import state
from casebuilder.ui.typed_fields import LONGEST, Unreadable, read, reading, shown, unit_words
from casebuilder.ui.wording import listing, plain

WHO, SAID, REFUSED = "people:who", "people:said", "people:refused"
#: The choice that is not in the case yet.
NEW = -1
WRITE, NOT_KNOWN = "Write it into the case", "Not known yet"
#: The key of a field by its name.
Key = Callable[[str], str]


def title(who: Stakeholder) -> str:
    """What somebody is called on screen: their title, else the persona's."""
    return who.role or library.personas()[who.persona].title


def label(driver: Driver) -> str:
    """What one of their numbers is called."""
    kpi = library.kpis().get(driver.kpi)
    return driver.name or (kpi.label if kpi else driver.kpi)


def person(place: int) -> Stakeholder:
    """The stakeholder at a place of the open case."""
    return state.desk().case.stakeholders[place]


def key(name: str, *about: object) -> str:
    """The key of a field; it changes with the record it shows, so that it always begins with what the case says."""
    said = "|".join(part.model_dump_json() if isinstance(part, Record) else str(part) for part in about)
    return state.key(f"people:{name}:{hashlib.sha256(said.encode()).hexdigest()[:10]}")


def public(who: Stakeholder | None) -> Stakeholder | None:
    """The same person without what only the author sees."""
    return who.model_copy(update={"private": None, "drivers": ()}) if who else None


def unsaid(driver: Driver | None) -> Driver | None:
    """The same number without their words."""
    return driver.model_copy(update={"words": ""}) if driver else None


def number_field(words: str, unit: str, value: float | None, held: str) -> None:
    """A field for a number as people write it, with its unit."""
    currency = state.desk().case.company.currency
    st.text_input(
        plain(listing([words, unit_words(unit, currency)])), shown(value, unit), key=held, max_chars=LONGEST,
        placeholder="not known", autocomplete="off",
    )  # fmt: skip


def typed(
    words: Mapping[str, str], unit: str, held: Key, before: Mapping[str, float | None]
) -> tuple[dict[str, float | None], str]:
    """The numbers of some fields by name, and what is to be said of how they were read; `words` are their labels.

    One that nobody touched is what it was, unseen digits too. Raises Unreadable, which says in which field.
    """
    found: dict[str, float | None] = {}
    said = []
    for name, label in words.items():
        text, was = str(st.session_state[held(name)] or ""), before[name]
        if text == shown(was, unit):
            found[name] = was
            continue
        currency = state.desk().case.company.currency
        try:
            given = read(text, unit, currency)
        except Unreadable as problem:
            raise Unreadable(f"{label}: {problem}") from problem
        found[name] = given.value if given else None
        said.append(reading(text, given, unit, currency))
    return found, " ".join(filter(None, said))


def write(made: Callable[[Case], Case], said: str, settled: str = "") -> bool:
    """Write an answer and remember what to say about it; see `state.write`."""
    why = state.write(made, settled)
    if why:
        refuse(why)
    else:
        st.session_state[SAID] = said
    return not why


def refuse(why: str) -> None:
    """Remember why nothing was written."""
    st.session_state[REFUSED] = why


def outcome() -> tuple[str, str]:
    """What became of the last answer, said once: that it was written, or why not."""
    return st.session_state.pop(SAID, ""), st.session_state.pop(REFUSED, "")
