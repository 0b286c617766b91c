"""The company's template on the page Pitch: what is said of it, and that the decks are made in it."""

import io

from pptx import Presentation

from casebuilder.ui import template
from tests.deck import templates
from tests.ui import driver

FIELD = "template:file:0"


def brought(name, raw):
    app = driver.go(driver.start(), "pitch")
    return driver.sound(app.file_uploader(key=FIELD).upload(name, raw).run())


def kept(app):
    return app.session_state["template:kept"] if "template:kept" in app.session_state else None  # noqa: SIM401


def test_without_a_template_nothing_is_kept():
    app = driver.go(driver.start(), "pitch")
    assert kept(app) is None
    assert "Without one the decks have our design." in driver.texts(app)


def test_decks_are_made_in_the_template_and_the_workbook_is_not_touched():
    app = brought("brand.pptx", templates.small())
    assert "The decks have the design of brand.pptx." in driver.texts(app)
    driver.sound(app.button(key="downloads:build").click().run())
    results, design = driver.first().fingerprint, kept(app)
    deck = template.build.deck_file(
        template.build.evaluate(driver.first()), "sales", template=design.template
    )
    assert Presentation(io.BytesIO(deck)).slide_width == 10 * 914_400
    assert f"sales-{results}.pptx" in driver.texts(app)


def test_only_the_design_is_kept_on_every_page():
    raw = templates.used()
    app = brought("party.pptx", raw)
    assert len(kept(app).template.file) < 0.7 * len(raw)
    driver.go(driver.go(app, "answer"), "pitch")
    assert "The decks have the design of party.pptx." in driver.texts(app)


def test_what_is_not_usable_is_said():
    app = brought("brand.pptx", templates.no_cover())
    assert "It has no layout for a title slide" in driver.texts(app)


def test_a_file_that_is_no_template_leaves_the_built_in_design():
    app = brought("brand.pptx", b"no deck")
    assert "brand.pptx: this is not a .pptx file" in driver.texts(app)
    assert "The decks have the built-in design." in driver.texts(app)
    assert kept(app) is None


def test_the_built_in_design_can_be_had_back():
    app = brought("brand.pptx", templates.standard())
    driver.sound(app.button(key="template:out").click().run())
    assert kept(app) is None
    assert "The decks have the design of" not in driver.texts(app)
