"""A double click does what one does, unless the button counts each time."""

from __future__ import annotations

from streamlit.proto.WidgetStates_pb2 import WidgetStates

from casebuilder.ui import presses

OUT, ASKED, UNDO = "$$ID-1-people:out", "$$ID-2-ask:more", "$$ID-3-shell:undo"


def test_a_button_pressed_twice_before_it_was_painted_again_is_pressed_once() -> None:
    with presses.painting():
        pass
    assert [pressed() for _ in range(2)] == [[OUT, ASKED, UNDO], [ASKED, UNDO]]


def pressed() -> list[str]:
    """What is left of a request in which every button is pressed; nothing is called for the one that is asked."""
    states = WidgetStates()
    for id in (OUT, ASKED, UNDO):
        states.widgets.add(id=id).trigger_value = True
    presses.once(states, lambda id: id != ASKED)
    return [each.id for each in states.widgets]
