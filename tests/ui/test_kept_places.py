"""Everybody comes back to where they were: by their name, or without one in their browser, and to no other place."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.ui import kept
from tests.ui import driver
from tests.ui.driver import WIN_RATE, desk
from tests.ui.keeping import RATE, again, case_id, scenario, two_people

pytestmark = pytest.mark.usefixtures("browser")


def go_on(app: AppTest) -> list[str]:
    """What the start page offers to go on with."""
    driver.go(app, "start")
    return [text.value for text in app.markdown if "You were last in" in text.value]


def test_without_a_name_nobody_is_led_into_the_case_of_another_browser(browser):
    one = driver.start()
    driver.type_in(one, WIN_RATE, 20.0)
    driver.sound(scenario(one).set_value("base").run())
    assert go_on(driver.start())
    browser()
    assert go_on(driver.start()) == []
    other = again(case_id(one))
    assert desk(other).case == desk(one).case
    assert scenario(other).value != "base"


def test_another_browser_does_not_see_a_choice_that_is_not_its_own(browser):
    one, _ = two_people()
    browser()
    other = again(case_id(one))
    assert "somebody saved version" not in driver.texts(other)
    assert desk(other).case == kept.store().read(case_id(one)).case
    driver.type_in(other, RATE, 12.0)
    assert "kept as number 5" in driver.texts(other)


def test_whoever_says_their_name_in_the_middle_keeps_their_place():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.sound(scenario(app).set_value("base").run())
    driver.go(app, "start")
    driver.sound(app.text_input(key="mine:name").set_value("Anna Place").run())
    place = kept.store().place(case_id(app), author="Anna Place")
    assert place is not None
    assert place.state["scenario"] == "base"


def test_a_warning_about_an_address_ends_when_another_case_is_opened():
    app = again("00000000000000000000000000000000")
    said = "The saved case of this address was not opened."
    assert said in driver.texts(app)
    assert said in driver.texts(driver.go(app, "people"))
    driver.go(app, "start")
    other = next(
        button for button in app.button if str(button.key).startswith("open:") and not button.disabled
    )
    driver.sound(other.click().run())
    assert said not in driver.texts(app)
    driver.go(app, "start")
    driver.sound(app.button(key=f"open:{driver.FIRST}").click().run())
    assert said not in driver.texts(app)
