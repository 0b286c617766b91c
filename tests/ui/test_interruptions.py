"""Two requests that wait together: nothing that was typed is lost, and who was on the way somewhere gets there."""

from __future__ import annotations

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from casebuilder.ui import interruptions

HERE, THERE = "the page", "another page"


def request(page: str, **fields: str | bool) -> RerunData:
    states = WidgetStates()
    for id, value in fields.items():
        setattr(states.widgets.add(id=id), "trigger_value" if value is True else "string_value", value)
    return RerunData(page_script_hash=page, widget_states=states)


def both(old: RerunData, new: RerunData) -> tuple[str, dict[str, str]]:
    """The page, and what stands in its fields."""
    found = interruptions.together(old, new)
    assert found.widget_states is not None
    return found.page_script_hash, {each.id: each.string_value for each in found.widget_states.widgets}


def test_a_click_that_leaves_the_page_takes_along_what_was_typed_on_it() -> None:
    assert both(request(HERE, rate="21"), request(THERE)) == (THERE, {"rate": "21"})


def test_what_was_typed_before_the_click_and_comes_after_it_does_not_bring_the_page_back() -> None:
    assert both(request(THERE), request(HERE, rate="21")) == (THERE, {"rate": "21"})


def test_the_last_of_two_clicks_and_the_last_of_two_values_counts() -> None:
    assert both(request(THERE), request(HERE)) == (HERE, {})
    assert both(request(HERE, rate="21"), request(HERE, rate="22")) == (HERE, {"rate": "22"})


def test_a_button_pressed_once_is_pressed_once() -> None:
    assert both(request(HERE, undo=True), request(HERE, rate="21")) == (HERE, {"rate": "21"})


def test_streamlit_takes_requests_in_that_way() -> None:
    interruptions.prevent(lambda page: None)
    waiting = ScriptRequests()
    assert waiting.request_rerun(request(HERE, rate="21", undo=True))
    assert waiting.request_rerun(request(THERE))
    taken = waiting.on_scriptrunner_ready().rerun_data
    assert taken.page_script_hash == THERE
    assert taken.widget_states is not None
    assert {each.id for each in taken.widget_states.widgets} == {"rate", "undo"}
