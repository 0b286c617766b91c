"""The downloads page: files are built on request, of the case on screen and of no other."""

import io

import openpyxl
import pytest
from pptx import Presentation

from casebuilder import build
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits import decision
from casebuilder.pitch.findings import findings
from casebuilder.pitch.view import View, stamp_of
from casebuilder.ui import files
from tests.ui import driver
from tests.ui.driver import WIN_RATE


def labels(app):
    return [button.label for button in app.get("download_button")]


def test_nothing_is_built_before_it_is_asked_for():
    app = driver.go(driver.start(), "downloads")
    assert labels(app) == []


def test_workbook_and_deck_are_built():
    app = driver.go(driver.start(), "downloads")
    driver.sound(app.button(key="downloads:build").click().run())
    assert labels(app) == [
        "Workbook",
        "Deck for the Chief Revenue Officer",
        "Pre-read for the Chief Revenue Officer",
    ]
    version = driver.first().fingerprint
    assert f"win-the-customers-we-already-talk-to-{version}.xlsx" in driver.texts(app)
    assert f"win-the-customers-we-already-talk-to-sales-{version}.pptx" in driver.texts(app)
    assert stamp_of(driver.first()).line in driver.texts(app)


def test_decks_for_whom_one_likes():
    app = driver.go(driver.start(), "downloads")
    driver.sound(app.pills(key=f"downloads:decks:{driver.FIRST}").set_value(["cfo", "cmo"]).run())
    driver.sound(app.button(key="downloads:build").click().run())
    assert [label for label in labels(app) if not label.startswith("Pre-read")] == [
        "Workbook",
        "Deck for the Chief Financial Officer",
        "Deck for the Chief Marketing Officer",
    ]


def test_what_stands_against_their_yes_is_shown_only_when_asked_for():
    app = driver.go(driver.start(), "downloads")
    results = build.evaluate(driver.first())
    assert decision(View(results, "sales")).title in driver.texts(app)
    (person,) = (person for person in results.case.stakeholders if person.persona == "sales")
    (first, *_) = findings(build.certainty(results), person)
    assert first.text not in driver.texts(app)
    driver.sound(app.toggle(key="downloads:for_you").set_value(True).run())
    assert "of their gap closes" in driver.texts(app)
    assert first.text.split(".")[0] in driver.texts(app)


def test_what_was_built_is_not_offered_for_another_version():
    app = driver.go(driver.start(), "downloads")
    driver.sound(app.button(key="downloads:build").click().run())
    old = driver.first().fingerprint
    driver.type_in(driver.go(app, "answer"), WIN_RATE, 20.0)
    driver.go(app, "downloads")
    assert labels(app) == []
    assert f"version {old} was built: build again" in driver.texts(app)
    assert driver.first(**{WIN_RATE: 0.2}).fingerprint in driver.texts(app)


def test_the_page_says_what_the_files_will_say():
    app = driver.start()
    driver.sound(app.segmented_control(key="control:asked").set_value("full").run())
    driver.go(app, "downloads")
    results = build.evaluate(driver.first())
    said = f"asked for: Full · Risk-adjusted: net present value {numbers.money(results.option('full').npv, 'USD')}"
    assert said in driver.texts(app)


@pytest.mark.parametrize("persona", ["", "sales"])
def test_a_built_file_opens_and_carries_the_stamp(persona):
    case = driver.first(**{WIN_RATE: 0.2})
    content = files.built(case.fingerprint, persona, build.evaluate(case))
    if persona:
        slides = Presentation(io.BytesIO(content)).slides
        text = " ".join(
            shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
        )
    else:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        text = " ".join(str(cell) for row in book["Summary"].iter_rows(values_only=True) for cell in row)
    assert case.fingerprint in text
