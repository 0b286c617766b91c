"""The page of versions: what waits for a choice can be left aside, and waits again."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.case.edits import value_at
from casebuilder.ui import kept, versions_list
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


@pytest.fixture
def flooded(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Versions 1 to 8: as opened, seven changes; the fourth has a name. All at one time, whenever this runs."""
    monkeypatch.setattr(versions_list, "_when", lambda version, now: ())
    app = driver.start()
    for share in range(20, 27):
        driver.type_in(app, WIN_RATE, float(share))
    kept.store().snapshot(case_id(app), 4, "CFO, 21 Nov", author="Ann")
    return driver.go(app, "versions")


def listed(app: AppTest) -> list[int]:
    """The versions of the list, each of which can be given a name."""
    return [
        int(field.key.removeprefix("label:")) for field in app.text_input if field.key.startswith("label:")
    ]


def find(app: AppTest, typed: str) -> AppTest:
    (field,) = [field for field in app.text_input if field.label == "Find a version by its stamp"]
    return driver.sound(field.set_value(typed).run())


def test_small_changes_are_folded_and_every_one_can_be_taken_back(browser, flooded):
    app = flooded
    assert listed(app) == [8, 7, 4, 3, 1]
    assert {button.key: button.label for button in app.button if button.key.startswith("open:")} == {
        "open:7": "3 changes", "open:3": "2 changes",
    }  # fmt: skip
    driver.sound(app.button(key="open:7").click().run())
    assert listed(app) == [8, 7, 6, 5, 4, 3, 1]
    driver.sound(app.button(key="restore:5").click().run())
    assert value_at(desk(app).case, WIN_RATE) == 0.23
    assert listed(app)[0] == 9


def test_a_folded_version_is_found_by_its_stamp(browser, flooded):
    app = flooded
    stamps = {each.number: each.fingerprint for each in kept.store().versions(case_id(app))}
    assert listed(find(app, stamps[5])) == [5]
    driver.sound(app.button(key="restore:5").click().run())
    assert value_at(desk(app).case, WIN_RATE) == 0.23
    assert set(listed(app)) == {5, 9}, "going back is a version of the same stamp"
    assert set(listed(find(app, stamps[2][:4]))) >= {2}
    assert listed(find(app, "0" * 12)) == []
    assert "begins with 000000000000" in driver.texts(app)
    assert len(listed(find(app, ""))) > 4


def test_versions_found_can_be_compared(browser, flooded):
    app = flooded
    (before, _) = [box for box in app.selectbox if box.label in ("From", "To")]
    assert len(before.options) == 5
    stamp = kept.store().versions(case_id(app))[-2].fingerprint
    (before, _) = [box for box in find(app, stamp).selectbox if box.label in ("From", "To")]
    assert any(option.startswith("2 ") for option in before.options)
