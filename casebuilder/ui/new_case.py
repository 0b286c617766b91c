"""The parts of the page that makes a first case: the company, the twelve questions, what follows, and the way on."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from casebuilder.case import library
from casebuilder.case.totals import Derived
from casebuilder.case.totals_asked import Question, questions
from casebuilder.pitch import echo, numbers
from casebuilder.ui import kept, new_case_kept, state
from casebuilder.ui import new_case_draft as typing
from casebuilder.ui.interruptions import uninterrupted
from casebuilder.ui.new_case_field import total_field
from casebuilder.ui.wording import chip, plain

#: Where a case goes on once it is open.
NEXT = "casebuilder/ui/pages/what.py"
#: One column that is read at a glance, not across the screen.
WIDTH = 760
_KEPT: Final = "session"
_NEEDED = {
    "revenue": "last year's revenue",
    "customers": "how many customers there are",
    "gross_margin": "the gross margin",
}


def heading() -> None:
    """What this page asks and what becomes of it."""
    st.title("A first case from twelve totals", anchor=False)
    st.markdown(
        "Last year's totals, in the words of the report they stand in and in any unit. **Leave empty what you do not "
        "know**, or type a range such as 250 to 300: what is unknown begins with a starting value and stays marked "
        "until somebody stands behind it."
    )


def company() -> None:
    """Who the case is about, and the shape of company that starting values are taken from."""
    first, second, third = st.columns([3, 1.2, 1.5])
    first.text_input("Company", key=typing.NAME, max_chars=120, persist_state=_KEPT)
    second.selectbox(
        "Currency", typing.CURRENCIES, key=typing.CURRENCY, accept_new_options=True, persist_state=_KEPT
    )
    st.session_state.setdefault(typing.DAY, date.today())
    third.date_input("Decision on", key=typing.DAY, format="YYYY-MM-DD", persist_state=_KEPT)
    shapes = library.starting_values()
    st.radio(
        "Which comes closest?", list(shapes), key=typing.SHAPE, format_func=lambda id: shapes[id].label,
        captions=[shape.description for shape in shapes.values()], persist_state=_KEPT,
    )  # fmt: skip


def ask(found: typing.Draft) -> None:
    """The twelve questions with what was understood under each."""
    for number, question in enumerate(questions(), 1):
        _question(number, question, found)


def _question(number: int, question: Question, found: typing.Draft) -> None:
    with st.container(gap="xsmall"):
        st.markdown(f"**{number}. {plain(question.ask)}**")
        for each in question.fields:
            total_field(each, found)
            if each.total == "gross_margin":
                st.checkbox(
                    "Support is in the direct cost already (it is then added back)",
                    key=typing.IN_MARGIN,
                    persist_state=_KEPT,
                )


def progress(found: typing.Draft) -> None:
    """How far it is."""
    count, every = found.answered, len(questions())
    missing = [words for total, words in _NEEDED.items() if total not in found.told.values]
    said = f"{count} of {every} answered"
    st.progress(count / every, f"{said}. Needed at least: {', '.join(missing)}." if missing else f"{said}.")


def segments() -> None:
    """Two segments by shares of the totals, for those who want them."""
    st.toggle("Cut the company into two segments", key=typing.CUT, persist_state=_KEPT)
    if not st.session_state.get(typing.CUT):
        return
    names = st.columns(2)
    for n, (column, words) in enumerate(zip(names, ("First segment", "Second segment"), strict=True)):
        column.text_input(words, key=f"{typing.CUT}:name:{n}", max_chars=80, persist_state=_KEPT)
    shares = st.columns(3)
    for column, what in zip(shares, ("customers", "revenue", "lost"), strict=True):
        words = "what was lost" if what == "lost" else what
        column.text_input(
            f"First segment's share of {words}, %", key=f"{typing.CUT}:{what}", max_chars=20, persist_state=_KEPT,
            placeholder="as of customers" if what == "lost" else "",
        )  # fmt: skip
    st.caption("The second segment takes the rest; support contacts and new customers follow the customers.")


def scores() -> None:
    """NPS or another score: context, and why it is worth no money by itself."""
    with st.expander("NPS or another score"):
        name, value, day = st.columns([2, 1, 1.2])
        name.text_input("Score", key=typing.SCORE, placeholder="NPS", max_chars=80, persist_state=_KEPT)
        value.number_input("Value", value=None, key=typing.SCORED, format="%g", persist_state=_KEPT)
        day.date_input("As of", None, key=typing.SCORED_ON, format="YYYY-MM-DD", persist_state=_KEPT)
        st.caption(echo.SCORES)


def follow(found: typing.Draft) -> None:
    """What follows from the answers, and the way into the case."""
    st.header("What follows", anchor=False)
    if found.told.missing:
        st.info(f"Still needed: {', '.join(_NEEDED[total] for total in found.told.missing)}.")
        return
    case = typing.made(found)
    if isinstance(case, str):
        st.warning(plain(case))
        return
    _steps(case)
    doubtful = len(found.unreadable) + len(found.told.problems)
    if doubtful:
        many = "1 answer is" if doubtful == 1 else f"{numbers.count(doubtful)} answers are"
        st.warning(f"{many} not used: see above.")
    if st.button("Open this case", type="primary", key="new:open"):
        _open(case)


def _open(case: Derived) -> None:
    """Open the case; once it is kept, what was typed for it is no draft any more."""
    with uninterrupted():
        origin = _origin(case.case.company.name)
        state.put(origin, case.case)
        if not kept.link(origin).problem:
            new_case_kept.made()
    st.switch_page(NEXT)


def _origin(name: str) -> str:
    """Where the case comes from: a second one for the same company does not take the place of the first."""
    taken = {state.desk().origin, *(other.origin for other in state.others())}
    origins = (f"new: {name}" + (f" ({n})" if n > 1 else "") for n in range(1, len(taken) + 2))
    return next(origin for origin in origins if origin not in taken)


def _steps(case: Derived) -> None:
    """How every input came about: from the totals in full, starting values counted."""
    currency = case.case.company.currency
    derived = dict.fromkeys(echo.derived(step, currency) for step in case.provenance if step.totals)
    begun = dict.fromkeys(step.field for step in case.provenance if not step.totals)
    with st.expander(f"{len(derived)} numbers follow from your totals"):
        st.markdown("\n".join(f"- {plain(text)}" for text in derived))
    words = library.inputs()
    labels = ", ".join(words[id].label for id in begun if id in words)
    with st.expander(f"{len(begun)} more begin with a starting value"):
        st.markdown(chip("Starting value to replace"))
        st.caption(plain(labels))
