"""What is read first, on the downloads page: the e-mail to copy and the page to download, of the case on screen."""

from casebuilder import build
from casebuilder.ui import preread
from tests.ui import driver
from tests.ui.test_downloads import labels


def built(people: list[str]):
    app = driver.go(driver.start(), "downloads")
    driver.sound(app.pills(key=f"downloads:decks:{driver.FIRST}").set_value(people).run())
    return driver.sound(app.button(key="downloads:build").click().run())


def test_each_person_s_page_and_five_lines_stand_beside_their_deck():
    app = built(["cfo", "committee"])
    assert labels(app) == [
        "Workbook",
        "Deck for the Chief Financial Officer",
        "Pre-read for the Chief Financial Officer",
        "Deck for the Executive committee",
        "Pre-read for the Executive committee",
    ]
    shown = [code.value for code in app.code]
    results = build.evaluate(driver.first())
    for persona in ("cfo", "committee"):
        email = build.email(results, persona)
        assert email.subject in shown and email.body in shown


def test_the_page_is_the_one_a_terminal_writes():
    results = build.evaluate(driver.first())
    driver.start()
    assert build.preread_file(results, "sales").startswith(b"<!DOCTYPE html>")
    app = built(["sales"])
    version = driver.first().fingerprint
    assert f"win-the-customers-we-already-talk-to-sales-preread-{version}.html" in driver.texts(app)
    assert 2 * len(build.personas_of(driver.first())) < preread.MOST_PAGES
