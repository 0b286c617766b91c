"""The page that says how sure we are: the verdict, what matters, how likely, what to choose and to confirm."""

from __future__ import annotations

import streamlit as st

from casebuilder.analysis.bridge import bridge
from casebuilder.analysis.certainty import Certainty
from casebuilder.pitch.exhibits.chance import distribution
from casebuilder.pitch.exhibits.choice import attribution, versions
from casebuilder.pitch.exhibits.doubt import homework, must_be_true, tornado
from casebuilder.pitch.exhibits.lifetime import lifetime_value, value_at_stake
from casebuilder.pitch.exhibits.moving import bridge as bridge_exhibit
from casebuilder.pitch.exhibits.moving import cuts
from casebuilder.pitch.exhibits.release import frontier, stages
from casebuilder.pitch.exhibits.ruling import reasons, verdict
from casebuilder.pitch.requests import requests
from casebuilder.pitch.view import View
from casebuilder.ui import state
from casebuilder.ui.exhibit import show
from casebuilder.ui.studies import how_sure
from casebuilder.ui.wording import plain

__all__ = ["how_sure", "page"]
#: E-mails offered at once.
MOST_REQUESTS = 5


def page(persona: str) -> None:
    """Everything, in the order of a review: the answer, the doubts, the choices, the work that is left."""
    results = state.results()
    view, found = View(results, persona), how_sure()
    currency = view.currency
    st.caption(plain(view.basis))
    st.title(plain(verdict(view, found.verdict).title), anchor=False)
    st.markdown("\n".join(f"- {plain(text)}" for text in reasons(view, found.verdict)[1:]))
    _since_opening(view)
    matters, likely, choices, left = st.tabs(["What matters", "How likely", "Choices", "To be confirmed"])
    with matters:
        show(tornado(view, found.tornado), currency)
        show(must_be_true(view, found.break_evens, found.benefits_needed, found.costs_bearable), currency)
        show(cuts(view, found.cuts), currency)
    with likely:
        show(distribution(view, found.together), currency, name="distribution together")
        show(distribution(view, found.simulation), currency)
    with choices:
        show(versions(view, found.options), currency)
        show(frontier(view, found.versions), currency)
        show(attribution(view, found.attribution), currency)
        show(stages(view, found.stages), currency)
        show(lifetime_value(view, found.lifetime), currency)
        show(value_at_stake(view, found.stakes), currency)
    with left:
        _homework(view, found)


def _since_opening(view: View) -> None:
    """What the changes since the opening did to the return, where there are any."""
    desk = state.desk()
    if desk.edits:
        moved = bridge(state.without_private(desk.opened), view.case)
        show(bridge_exhibit(view, moved), view.currency)


def _homework(view: View, found: Certainty) -> None:
    show(homework(view, found.homework, found.signed_share), view.currency)
    for request in requests(view, found.homework)[:MOST_REQUESTS]:
        to = request.to or "nobody named yet"
        with st.expander(plain(f"E-mail to {to}: {request.subject}")):
            st.code(f"Subject: {request.subject}\n\n{request.body}", language=None, wrap_lines=True)
