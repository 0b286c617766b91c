"""Nothing that was typed or pressed is lost because something else was pressed a moment later.

Streamlit stops a run wherever it touches the session once something new arrives: in the middle of writing a change into
the case, even before it. And where two things wait together it forgets what was typed on the page that is left, or that
it is left. Neither has a setting (https://github.com/streamlit/streamlit/issues/10578), so three private parts of
Streamlit are replaced; `requirements.txt` holds it to the versions that have them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

#: The private parts: where a run may be stopped, what happens before a run, and how one more request is taken in.
_STOP, _BEFORE, _TAKE_IN = (
    "_maybe_handle_execution_control_request",
    "on_script_will_rerun",
    "_request_rerun_locked",
)
#: What a button or an upload sends is sent once; Streamlit itself takes care of it.
_ONCE = ("trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value")
_held = threading.local()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What is done within is done to its end; the next thing that was pressed waits for it."""
    _held.depth = getattr(_held, "depth", 0) + 1
    try:
        yield
    finally:
        _held.depth -= 1


@cache
def prevent(begin: Callable[[str], None]) -> None:
    """Once when the server starts: callbacks are not stopped, and requests that wait together lose nothing.

    `begin` is told the hash of the page before the callbacks of each run.
    """
    stop, before = getattr(ScriptRunner, _STOP), getattr(SafeSessionState, _BEFORE)
    take_in = getattr(ScriptRequests, _TAKE_IN)

    def stop_later(runner: ScriptRunner) -> None:
        if not getattr(_held, "depth", 0):
            stop(runner)

    def to_the_end(session: SafeSessionState, *args: Any, **named: Any) -> None:
        with uninterrupted():
            run = get_script_run_ctx()
            begin(run.page_script_hash if run else "")
            before(session, *args, **named)

    def both(waiting: ScriptRequests, new: RerunData) -> bool:
        there = waiting._state == ScriptRequestType.RERUN
        return bool(take_in(waiting, together(waiting._rerun_data, new) if there else new))

    setattr(ScriptRunner, _STOP, stop_later)
    setattr(SafeSessionState, _BEFORE, to_the_end)
    setattr(ScriptRequests, _TAKE_IN, both)


def together(old: RerunData, new: RerunData) -> RerunData:
    """The new request with what was typed before it, on the way to the page that was asked for.

    A browser sends the fields of a page with whatever is typed there, and none with the click that leaves it. So fields
    that come after such a click were typed before it, and do not bring their page back.
    """
    if old.widget_states is None or new.widget_states is None:
        return new
    later = {widget.id for widget in new.widget_states.widgets}
    earlier = {widget.id for widget in old.widget_states.widgets}
    states = WidgetStates(widgets=new.widget_states.widgets)
    states.widgets.extend(
        widget
        for widget in old.widget_states.widgets
        if widget.id not in later and widget.WhichOneof("value") not in _ONCE
    )
    both = replace(new, widget_states=states)
    if old.page_script_hash and old.page_script_hash != new.page_script_hash and later - earlier:
        both = replace(
            both,
            page_script_hash=old.page_script_hash,
            page_name=old.page_name,
            query_string=old.query_string,
        )
    return both
