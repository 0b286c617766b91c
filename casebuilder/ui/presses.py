"""A button is pressed once, however often it is clicked before the page that comes of it is painted.

What it does was meant for what stood beside it: the second click on the button that takes a person out would take out
the next one. A few buttons count each time, for whoever presses them twice means it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.state.common import user_key_from_element_id

_PRESSED = "presses:not painted"
#: How the keys of buttons begin that count each time.
EACH_TIME = ("shell:", "review:doubt:")


def once(states: WidgetStates, called: Callable[[str], bool]) -> None:
    """Take out of a request what was pressed already; `called` says whether something is called for a button's id.

    A button that is asked in the page itself stays: its first run may have been stopped before it was asked.
    """
    pressed: set[str] | None = st.session_state.get(_PRESSED)
    if pressed is None:  # no page was painted yet
        return
    for widget in list(states.widgets):
        key = user_key_from_element_id(widget.id) or ""
        if widget.trigger_value and not key.startswith(EACH_TIME) and called(widget.id):
            if widget.id in pressed:
                states.widgets.remove(widget)
            pressed.add(widget.id)


@contextmanager
def painting() -> Iterator[None]:
    """A page is painted within: the buttons on it count again, unless it was stopped; one that is gone does not."""
    st.session_state.setdefault(_PRESSED, set())
    try:
        yield
    except RerunException:
        raise
    except BaseException:
        st.session_state[_PRESSED] = set()
        raise
    run = get_script_run_ctx()
    there = run.shared.widget_ids_this_run.snapshot() if run else set()
    st.session_state[_PRESSED] -= there
