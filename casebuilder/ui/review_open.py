"""The parking lot: questions that are put aside, with who answers them and until when."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from casebuilder.case import OpenPoint
from casebuilder.case.reviewed import with_open_point, with_settled
from casebuilder.pitch.assumed import NOBODY, person
from casebuilder.pitch.words import day
from casebuilder.ui import state
from casebuilder.ui.live_fields import live
from casebuilder.ui.review_agree import said, whom, write
from casebuilder.ui.wording import listing, plain

_WHAT, _OWNER, _DUE = "review:park:what", "review:park:owner", "review:park:due"


def parking() -> None:
    """Every question with its owner and day, and the line for the next one."""
    points = state.desk().case.review.open_points
    if not points:
        st.caption(
            "Nothing is put aside. A question that would stop the meeting goes here, with a name and a day."
        )
    for place, point in enumerate(points):
        _point(place, point)
    _new()
    said()


def _point(place: int, point: OpenPoint) -> None:
    case, done = state.desk().case, point.settled is not None
    owner = person(case, point.owner) if point.owner else NOBODY
    until = f"until {day(point.due)}" if point.due else "no day named"
    settled = f"settled {day(point.settled)}" if point.settled else ""
    st.checkbox(
        plain(listing([point.what, owner, until, settled])),
        done,
        **live(state.key(f"review:settled:{place}"), done, partial(_settle, place)),
    )


def _settle(place: int, done: bool) -> None:
    on = date.today() if done else None
    write(state.write(lambda case: with_settled(case, place, on)), "")


def _new() -> None:
    with st.form("review:park", clear_on_submit=True, border=False):
        columns = st.columns([4, 2, 1.4, 1], vertical_alignment="bottom")
        columns[0].text_input("Question", key=_WHAT, max_chars=200)
        with columns[1]:
            whom("Answered by", _OWNER)
        columns[2].date_input("Until", None, key=_DUE, format="YYYY-MM-DD")
        columns[3].form_submit_button("Put aside", key="review:park:add", on_click=_put, width="stretch")


def _put() -> None:
    """Write the question into the case; without words nothing is put aside."""
    what, owner, due = (st.session_state[key] for key in (_WHAT, _OWNER, _DUE))
    if not what.strip():
        write("A question needs words.", "")
    else:
        write(state.write(lambda case: with_open_point(case, what, owner or "", due)), "")
