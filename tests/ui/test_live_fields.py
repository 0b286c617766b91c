"""Fields that are written as soon as they are typed: the same field while it is moved, another one once something else
moved its number.
"""

from __future__ import annotations

from casebuilder.ui import knobs, state
from tests.ui import driver
from tests.ui.driver import WIN_RATE


def test_a_field_stays_itself_while_it_is_moved_and_its_twin_follows() -> None:
    app = driver.start()
    slider, box = driver.field(app, f"slide:{WIN_RATE}").key, driver.field(app, f"type:{WIN_RATE}").key
    for value in (18.0, 18.1, 18.2):
        driver.sound(driver.field(app, f"slide:{WIN_RATE}").set_value(value).run())
        assert driver.field(app, f"slide:{WIN_RATE}").key == slider
        assert driver.field(app, f"type:{WIN_RATE}").value == f"{value:g}%"
    assert driver.field(app, f"type:{WIN_RATE}").key != box


def test_a_number_that_was_undone_or_refused_stands_in_another_field() -> None:
    app = driver.type_in(driver.start(), WIN_RATE, 20)
    before = driver.field(app, f"type:{WIN_RATE}").key
    driver.sound(app.button(key="shell:undo").click().run())
    undone = driver.field(app, f"type:{WIN_RATE}")
    assert (undone.value, undone.key != before) == ("17.2%", True)
    driver.type_in(app, WIN_RATE, "much")
    refused = driver.field(app, f"type:{WIN_RATE}")
    assert (refused.value, refused.key != undone.key) == ("17.2%", True)


def test_every_stop_of_every_slider_is_the_number_that_it_shows() -> None:
    """Otherwise a slider would become another one, and lose the hand that moves it."""
    results = state.results_of(driver.first().fingerprint, driver.first())
    for knob in knobs.knobs_of(results).values():
        low, high = knob.travel
        for stop in range(0, round((high - low) / knob.step * 10), 7):
            at = low + stop * knob.step / 10
            assert abs(knob.slid(knob.value(at)) - at) <= 1e-9 * max(1.0, abs(at)), knob.path
