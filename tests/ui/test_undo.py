"""Undo and redo: whatever was changed last, on any page, comes back exactly, and nothing else moves."""

from casebuilder.ui import files
from tests.ui import driver
from tests.ui.driver import WIN_RATE

UNDO, REDO = "shell:undo", "shell:redo"


def version(app):
    return driver.desk(app).version


def press(app, key):
    return driver.sound(app.button(key=key).click().run())


def test_at_first_there_is_nothing_to_take_back():
    app = driver.start()
    assert app.button(key=UNDO).disabled
    assert app.button(key=REDO).disabled


def test_where_another_case_is_begun_nothing_of_the_open_one_is_taken_back():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    assert UNDO not in {button.key for button in driver.go(app, "new").button}


def test_every_step_comes_back_and_can_be_made_again():
    app = driver.start()
    opened = version(app)
    driver.type_in(app, WIN_RATE, 20.0)
    one = version(app)
    driver.type_in(app, WIN_RATE, 22.0)
    two = version(app)
    assert len({opened, one, two}) == 3
    press(app, UNDO)
    assert version(app) == one
    assert driver.field(app, f"type:{WIN_RATE}").value == "20%"
    press(app, UNDO)
    assert version(app) == opened
    assert app.button(key=UNDO).disabled
    press(app, REDO)
    press(app, REDO)
    assert version(app) == two
    assert driver.field(app, f"type:{WIN_RATE}").value == "22%"
    assert app.button(key=REDO).disabled


def test_a_new_change_ends_what_could_be_made_again():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    press(app, UNDO)
    driver.type_in(app, WIN_RATE, 25.0)
    assert app.button(key=REDO).disabled


def test_reset_can_be_undone():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    changed = version(app)
    press(app, "changes:reset")
    assert version(app) != changed
    press(app, UNDO)
    assert version(app) == changed


def test_each_case_has_its_own_way_back():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    changed = version(app)
    driver.go(app, "start")
    driver.sound(app.button(key="open:contract_services").click().run())
    assert app.button(key=UNDO).disabled
    driver.go(app, "start")
    driver.sound(app.button(key=f"open:{driver.FIRST}").click().run())
    assert version(app) == changed
    press(app, UNDO)
    assert version(app) == files.example(driver.FIRST).fingerprint
