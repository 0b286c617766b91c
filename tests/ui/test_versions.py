"""The page of versions: what waits for a choice can be left aside, and waits again."""

from __future__ import annotations

import pytest

from casebuilder.case.edits import value_at
from casebuilder.ui import kept
from tests.ui import driver
from tests.ui.driver import WIN_RATE, desk
from tests.ui.keeping import again, case_id, numbers, two_people, unanswered

pytestmark = pytest.mark.usefixtures("browser")


def test_a_waiting_version_of_somebody_else_is_left_aside_and_waits_again(browser):
    one, _ = two_people()
    assert [button.key for button in driver.go(one, "versions").button if button.key == "leave:4"] == []
    browser()
    app = driver.go(again(case_id(one)), "versions")
    assert "waits for a choice" in driver.texts(app)
    driver.sound(app.button(key="leave:4").click().run())
    assert kept.store().about(case_id(one)).waiting == 0
    assert "not chosen, kept beside" in driver.texts(app)
    driver.sound(app.button(key="wait:4").click().run())
    assert kept.store().about(case_id(one)).waiting == 1
    driver.sound(app.button(key="leave:4").click().run())
    driver.sound(app.button(key="restore:4").click().run())
    assert value_at(desk(app).case, WIN_RATE) == 0.25
    assert numbers(case_id(one)) == [5, 4, 3, 2, 1]


def test_going_back_to_a_version_that_could_not_be_kept_leaves_it_waiting(browser, monkeypatch):
    one, _ = two_people()
    browser()
    app = driver.go(again(case_id(one)), "versions")
    with monkeypatch.context() as patch:
        unanswered(patch, "save")
        driver.sound(app.button(key="restore:4").click().run())
    assert kept.store().about(case_id(one)).waiting == 1
