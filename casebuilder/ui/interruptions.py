"""No change of the case is lost or written by half because something else was pressed a moment later.

Streamlit stops a run wherever it touches the session once something new arrives: in the middle of writing a change into
the case, even before it. Left to itself it even begins the next run beside one that is not to be stopped, so that two
change the case at once. And where two things wait together it forgets what was typed on the page that is left, or that
it is left, that one button was pressed twice, and what came first. Only the second has a setting
(https://github.com/streamlit/streamlit/issues/10578), so three private parts of Streamlit are replaced, and
`requirements.txt` holds it to the versions that have them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any

from streamlit import config
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

#: The private parts: where a run may be stopped, what happens before a run, and how one more request is taken in.
_STOP, _CALL_BACK, _TAKE_IN = (
    "_maybe_handle_execution_control_request",
    "on_script_will_rerun",
    "_request_rerun_locked",
)
#: Stands between what two requests that wait together say.
_BETWEEN = "between two requests"
#: Whether something is called for the widget of an id.
Called = Callable[[str], bool]
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
def prevent(begin: Callable[[str], None], heard: Callable[[WidgetStates, Called], None]) -> None:
    """Once when the server starts: callbacks are not stopped, and requests that wait together lose nothing.

    `begin` is told the hash of the page before the callbacks of each run, `heard` what each request says before its own
    are called.
    """
    stop, call_back = getattr(ScriptRunner, _STOP), getattr(SafeSessionState, _CALL_BACK)
    take_in = getattr(ScriptRequests, _TAKE_IN)

    def stop_later(runner: ScriptRunner) -> None:
        if not getattr(_held, "depth", 0):
            stop(runner)

    def to_the_end(session: SafeSessionState, fresh: WidgetStates | None, **named: Any) -> None:
        with uninterrupted():
            run = get_script_run_ctx()
            begin(run.page_script_hash if run else "")
            *earlier, last = apart(fresh or WidgetStates())
            for each in earlier:
                heard(each, partial(_called, session))
                call_back(session, each)
            heard(last, partial(_called, session))
            call_back(session, last if fresh is not None else None, **named)

    def both(waiting: ScriptRequests, new: RerunData) -> bool:
        there = waiting._state == ScriptRequestType.RERUN
        new = together(waiting._rerun_data, new) if there else new
        taken = bool(take_in(waiting, new))
        if there and new.widget_states is not None:
            waiting._rerun_data = replace(waiting._rerun_data, widget_states=new.widget_states)
        return taken

    config.set_option("runner.fastReruns", False)  # True begins a run beside the one that is on its way
    setattr(ScriptRunner, _STOP, stop_later)
    setattr(SafeSessionState, _CALL_BACK, to_the_end)
    setattr(ScriptRequests, _TAKE_IN, both)


def _called(session: SafeSessionState, id: str) -> bool:
    """Whether something is called for the widget of this id, as it was painted last."""
    known = session._state._new_widget_state.widget_metadata.get(id)
    return known is not None and known.callback is not None


def together(old: RerunData, new: RerunData) -> RerunData:
    """The new request with what was typed and pressed before it, on the way to the page that was asked for.

    A browser sends the fields of a page with whatever is typed there, and none with the click that leaves it. So fields
    that come after such a click were typed before it, and do not bring their page back; a button pressed there does.
    """
    if old.widget_states is None or new.widget_states is None:
        return new
    later = {widget.id for widget in new.widget_states.widgets}
    earlier = {widget.id for widget in old.widget_states.widgets}
    states = WidgetStates(widgets=old.widget_states.widgets)
    states.widgets.add(id=_BETWEEN)
    states.widgets.extend(new.widget_states.widgets)
    both = replace(new, widget_states=states)
    pressed = any(widget.WhichOneof("value") == "trigger_value" for widget in new.widget_states.widgets)
    if (
        old.page_script_hash != new.page_script_hash
        and old.page_script_hash
        and later - earlier
        and not pressed
    ):
        both = replace(
            both,
            page_script_hash=old.page_script_hash,
            page_name=old.page_name,
            query_string=old.query_string,
        )
    return both


def apart(states: WidgetStates) -> list[WidgetStates]:
    """What each of the requests that waited together said, the first one first."""
    found = [WidgetStates()]
    for widget in states.widgets:
        if widget.id == _BETWEEN:
            found.append(WidgetStates())
        else:
            found[-1].widgets.append(widget)
    return found
