"""An edited deck refreshed on the page Pitch: what changed is listed, the new file is offered."""

from casebuilder import build
from tests.ui import driver


def test_a_deck_of_an_earlier_version_is_refreshed():
    earlier = driver.first(**{driver.WIN_RATE: 0.2})
    deck = build.deck_file(build.evaluate(earlier), "sales")
    app = driver.go(driver.start(), "pitch")
    driver.sound(app.file_uploader(key="refresh:file").upload("mine.pptx", deck).run())
    said = driver.texts(app)
    assert earlier.fingerprint in said and driver.first().fingerprint in said
    assert "Follows the case now" in said
    assert [button.label for button in app.get("download_button")] == ["The refreshed deck"]


def test_another_file_is_refused_in_a_sentence():
    app = driver.go(driver.start(), "pitch")
    driver.sound(app.file_uploader(key="refresh:file").upload("mine.pptx", b"no deck").run())
    assert "mine.pptx" in driver.texts(app)
    assert app.get("download_button") == []
