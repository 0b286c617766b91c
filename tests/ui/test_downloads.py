"""The files of the pitch: built on request, of the case on screen and of no other, whoever they are for."""

import io
import zipfile

import openpyxl
import pytest
from pptx import Presentation

from casebuilder import build
from casebuilder.ui import files
from tests.ui import driver
from tests.ui.driver import WIN_RATE

PAGE = "pitch"


def labels(app):
    return [button.label for button in app.get("download_button")]


def for_reader(persona="sales"):
    """The page with this reader chosen."""
    app = driver.go(driver.start(), PAGE)
    return driver.sound(app.pills(key=f"pitch:reader:{driver.FIRST}").set_value(persona).run())


def built(persona="sales", everything=False):
    """The page after a click on the button that builds."""
    app = for_reader(persona)
    button = "downloads:everything" if everything else "downloads:build"
    return driver.sound(app.button(key=button).click().run())


def all_text(name, content):
    """Everything that can be read in a file."""
    if name.endswith(".pptx"):
        slides = Presentation(io.BytesIO(content)).slides
        return " ".join(s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame)
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return f"{book.properties.description} {book['Cover']['A2'].value}"
    return content.decode()


def test_nothing_is_built_before_it_is_asked_for():
    assert labels(driver.go(driver.start(), PAGE)) == []


def test_one_reader_s_files_are_built():
    app = built()
    assert labels(app) == [
        "Workbook",
        "Deck for the Chief Revenue Officer",
        "Pre-read for the Chief Revenue Officer",
        "Interview guide for the Chief Revenue Officer",
    ]
    version, said = driver.first().fingerprint, driver.texts(app)
    for name in (".xlsx", "-sales-{}.pptx", "-sales-preread-{}.html", "-sales-guide-{}.html"):
        assert name.format(version) in said


def test_another_reader_s_files_are_built_for_themselves():
    app = built("cfo")
    driver.sound(app.pills(key=f"pitch:reader:{driver.FIRST}").set_value("cmo").run())
    assert labels(app) == []
    driver.sound(app.pills(key=f"pitch:reader:{driver.FIRST}").set_value("cfo").run())
    assert "Deck for the Chief Financial Officer" in labels(app)


def test_what_was_built_is_not_offered_for_another_version():
    app = built()
    old = driver.first().fingerprint
    driver.type_in(driver.go(app, "answer"), WIN_RATE, 20.0)
    driver.go(app, PAGE)
    assert labels(app) == []
    assert f"version {old} was built: build again" in driver.texts(app)
    assert driver.first(**{WIN_RATE: 0.2}).fingerprint in driver.texts(app)


def test_nothing_is_said_of_what_was_built_of_another_case():
    app = built()
    other = next(name for name in files.examples() if name != driver.FIRST)
    driver.sound(driver.go(app, "start").button(key=f"open:{other}").click().run())
    driver.go(app, PAGE)
    assert labels(app) == []
    assert "was built: build again" not in driver.texts(app)


def test_undo_on_the_page_takes_the_files_away_and_brings_them_back():
    app = driver.type_in(driver.start(), WIN_RATE, 20.0)
    driver.sound(driver.go(app, PAGE).button(key="downloads:build").click().run())
    assert labels(app)
    driver.sound(app.button(key="shell:undo").click().run())
    assert labels(app) == []
    driver.sound(app.button(key="shell:redo").click().run())
    assert labels(app)


def test_the_page_holds_no_field_that_edits_the_case():
    """What is typed where it is downloaded could be left out of the file: nothing on this page is part of the case."""
    app = built()
    assert not app.number_input and not app.text_input and not app.text_area and not app.slider
    assert not app.checkbox and not app.get("data_editor")


@pytest.mark.slow
def test_everything_is_one_file_that_holds_every_reader_s(monkeypatch):
    kept = {}
    real = files.bundle
    monkeypatch.setattr(files, "bundle", lambda parts: kept.setdefault("zip", real(parts)))
    app = built(everything=True)
    assert labels(app)[0] == "Everything as one zip"
    with zipfile.ZipFile(io.BytesIO(kept["zip"])) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    case = driver.first()
    people = (*build.personas_of(case), "committee")
    assert sum(name.endswith(".pptx") for name in names) == len(people)
    assert sum(name.endswith(".xlsx") for name in names) == 1
    assert len(names) == 1 + 4 * len(people) - 1
    for name, content in parts.items():
        assert case.fingerprint in name
        assert case.fingerprint in all_text(name, content), name
    assert real(parts) == kept["zip"]


@pytest.mark.parametrize("persona", ["", "sales"])
def test_a_built_file_opens_and_carries_the_stamp(persona):
    case = driver.first(**{WIN_RATE: 0.2})
    content = files.built(case.fingerprint, persona, build.evaluate(case))
    assert case.fingerprint in all_text("deck.pptx" if persona else "book.xlsx", content)


def test_results_of_another_version_make_no_file():
    old, new = driver.first(), driver.first(**{WIN_RATE: 0.21})
    with pytest.raises(ValueError, match=old.fingerprint):
        files.built(new.fingerprint, "sales", build.evaluate(old))
