"""The step Pitch: the story on screen is the story of the deck, slide by slide, and what is private stays unsent."""

import io
import re

import pytest
from pptx import Presentation

from casebuilder import build
from casebuilder.pitch import numbers
from casebuilder.pitch.findings import findings
from casebuilder.pitch.purposes import PURPOSES
from casebuilder.pitch.story import TOLD, pitch
from casebuilder.pitch.view import stamp_of
from casebuilder.ui.wording import plain
from tests.ui import driver
from tests.ui.test_downloads import for_reader


def sections(app):
    """The page's parts of the deck, one after another, as they are chosen."""
    control = app.segmented_control(key="pitch:part")
    for part in [option for option in ("Story", "Backup") if f"{option} (" in str(control.proto)]:
        driver.sound(app.segmented_control(key="pitch:part").set_value(part).run())
        yield part


def on_screen(app):
    """Titles in their order, and every text and cell, of all parts together."""
    titles, words, cells, drawn = [], [], [], []
    for _ in sections(app):
        titles += [title.value for title in app.header if title.value != "Refresh a deck"]
        words += [markdown.value for markdown in app.markdown] + [caption.value for caption in app.caption]
        for table in app.table:
            cells += [str(cell) for row in table.value.itertuples(index=False) for cell in row]
            cells += [str(head) for head in table.value.columns]
        drawn += [driver.chart(app, n) for n in range(len(app.get("vega_lite_chart")))]
    return titles, "\n".join(words), cells, drawn


def deck(persona):
    """The slides of the deck built of the case on screen."""
    return list(Presentation(io.BytesIO(build.deck_file(results(), persona))).slides)


def results():
    return build.evaluate(driver.first())


def once(titles):
    """Titles without those of slides that go on with the one before."""
    return list(dict.fromkeys(re.sub(r" \(\d+(/\d+)?\)$", "", title) for title in titles))


@pytest.mark.parametrize("persona", ["sales", "committee"])
def test_the_preview_equals_the_deck(persona):
    """Read back from the file: the titles in their order, the big numbers, every cell, and what each chart draws."""
    titles, words, cells, drawn = on_screen(for_reader(persona))
    slides = deck(persona)
    assert titles == [plain(title) for title in once([slide.shapes.title.text for slide in slides])]
    figures, values = 0, []
    for slide in slides:
        for shape in slide.shapes:
            if "/figure " in shape.name:
                assert plain(shape.text_frame.paragraphs[0].text) in words, shape.name
                figures += 1
            if shape.has_table:
                for cell in (cell for row in shape.table.rows for cell in row.cells):
                    assert any(plain(cell.text) in shown for shown in cells), cell.text
            if shape.has_chart and shape.name.split("/")[0] in ("kpi", "scenarios", "money", "attribution"):
                series = [row for plot in shape.chart.plots for row in plot.series]
                values += [value for row in series[:2] for value in row.values if value is not None]
    assert figures >= 4
    shown = {
        round(float(value), 6)
        for frame in drawn
        for name in ("value", "end")
        if name in frame
        for value in frame[name]
    }
    assert values
    assert {round(value, 6) for value in values} <= shown


def test_every_slide_says_why_it_is_there_and_its_notes_stand_behind_a_toggle():
    app = for_reader("sales")
    told = pitch(results(), "sales")
    story = [shown for shown in told.exhibits if shown.section in ("", "Story")]
    assert driver.texts(app).count("Why this slide") == len(story)
    (first, *_) = story[1].notes.splitlines()
    assert plain(first) not in driver.texts(app)
    driver.sound(app.toggle(key="pitch:notes").set_value(True).run())
    assert any(plain(first) in note.value for note in app.info)


def test_every_kind_of_slide_has_a_purpose():
    assert set(TOLD) <= set(PURPOSES)


def test_what_stands_against_their_yes_is_sent_only_when_asked_for():
    app = for_reader("sales")
    case = results().case
    (person,) = (person for person in case.stakeholders if person.persona == "sales")
    (first, *_) = findings(build.certainty(results()), person)
    assert not any(plain(first.text) in each.value for each in app.markdown)
    driver.sound(app.segmented_control(key="pitch:part").set_value("Only you see this").run())
    assert any("of the gap over all they are measured on closes" in each.value for each in app.markdown)
    assert any(plain(first.text) in each.value for each in app.markdown)
    driver.go(driver.go(app, "answer"), "pitch")
    assert not any(plain(first.text) in each.value for each in app.markdown)


def test_the_page_says_what_the_files_will_say():
    app = driver.start()
    driver.sound(driver.field(app, "control:asked").set_value("full").run())
    driver.go(app, "pitch")
    npv = numbers.money(results().option("full").npv, "USD")
    assert f"Asked for: Full · Risk-adjusted: net present value {npv}" in driver.texts(app)
    assert stamp_of(driver.first(**{"decision.stage_1.option": "full"})).line in driver.texts(app)
