"""Requests that wait together: each is heard in its turn, and who was on the way somewhere gets there."""

from __future__ import annotations

from streamlit import config
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from casebuilder.ui import interruptions, presses, visits

HERE, THERE = "the page", "another page"


def request(page: str, **fields: str | bool) -> RerunData:
    states = WidgetStates()
    for id, value in fields.items():
        setattr(states.widgets.add(id=id), "trigger_value" if value is True else "string_value", value)
    return RerunData(page_script_hash=page, widget_states=states)


def both(old: RerunData, new: RerunData) -> tuple[str, list[dict[str, str | bool]]]:
    """The page, and what stands in its fields or was pressed: of the one request, then of the other."""
    found = interruptions.together(old, new)
    assert found.widget_states is not None
    return found.page_script_hash, [said(each) for each in interruptions.apart(found.widget_states)]


def said(states: WidgetStates) -> dict[str, str | bool]:
    return {each.id: each.trigger_value or each.string_value for each in states.widgets}


def test_a_click_that_leaves_the_page_takes_along_what_was_typed_on_it() -> None:
    assert both(request(HERE, rate="21"), request(THERE)) == (THERE, [{"rate": "21"}, {}])


def test_what_was_typed_before_the_click_and_comes_after_it_does_not_bring_the_page_back() -> None:
    assert both(request(THERE), request(HERE, rate="21")) == (THERE, [{}, {"rate": "21"}])


def test_of_two_clicks_the_last_page_is_shown_and_of_two_values_each_is_heard() -> None:
    assert both(request(THERE), request(HERE)) == (HERE, [{}, {}])
    assert both(request(HERE, rate="21"), request(HERE, rate="22")) == (
        HERE,
        [{"rate": "21"}, {"rate": "22"}],
    )


def test_a_button_is_pressed_as_often_as_it_was_and_in_its_turn() -> None:
    assert both(request(HERE, undo=True), request(HERE, rate="21")) == (
        HERE,
        [{"undo": True}, {"rate": "21"}],
    )
    assert both(request(HERE, undo=True), request(HERE, undo=True)) == (
        HERE,
        [{"undo": True}, {"undo": True}],
    )


def test_streamlit_takes_requests_in_that_way_one_after_the_other() -> None:
    interruptions.prevent(visits.begin, presses.once)
    assert config.get_option("runner.fastReruns") is False, "else two runs change the case at once"
    waiting = ScriptRequests()
    for each in (
        request(HERE, rate="21"),
        request(HERE, undo=True),
        request(HERE, undo=True),
        request(THERE),
    ):
        assert waiting.request_rerun(each)
    taken = waiting.on_scriptrunner_ready().rerun_data
    assert taken.page_script_hash == THERE
    assert taken.widget_states is not None
    told = [said(each) for each in interruptions.apart(taken.widget_states)]
    assert told == [{"rate": "21"}, {"undo": True}, {"undo": True}, {}]
