"""The decision on the page Pitch: what is typed stands in the case, the deck and the workbook, and can be undone."""

import io
from datetime import date
from typing import Any

from openpyxl import load_workbook
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from casebuilder import build
from tests.ui import driver
from tests.ui.test_new import TWELVE, fill, new, opened

ASK = "Release the first year of $5 for a *pilot*"
BY, UNTIL = date(2027, 3, 1), date(2027, 12, 31)


def field(app: AppTest, kind: str, label: str) -> Any:
    return next(each for each in getattr(app, kind) if each.label == label)


def typed(app: AppTest, **given: object) -> AppTest:
    """The fields of the card filled in and written."""
    labels = {
        "title": ("text_input", "Title of the case"),
        "ask": ("text_area", "What is asked, in one sentence"),
        "decider": ("selectbox", "Decided by"),
        "forum": ("text_input", "In which meeting"),
        "by": ("date_input", "By"),
        "version": ("selectbox", "First stage: which version"),
        "until": ("date_input", "Until"),
    }
    for name, value in given.items():
        field(app, *labels[name]).set_value(value)
    button = next(each for each in app.button if "decision:submit" in str(each.key))
    return driver.sound(button.click().run())


def card(app: AppTest) -> Any:
    return next(each for each in app.expander if each.label == "Decision")


def test_a_new_case_is_asked_for_its_decision_and_deck_and_workbook_say_it() -> None:
    app = fill(new(), TWELVE)
    opened(app)
    driver.go(app, "people")
    assert card(app).proto.expanded
    assert "what is asked, who decides, where, by when, the first stage" in driver.texts(app)
    typed(
        app, title="Fewer reasons to call", ask=ASK, decider="cfo", forum="Board", by=BY, version="everything",
        until=UNTIL,
    )  # fmt: skip
    case = driver.desk(app).case
    assert case.title == "Fewer reasons to call"
    assert case.decision.model_dump() == {
        "ask": ASK, "decider": "cfo", "forum": "Board", "by": BY,
        "stage_1": {"option": "everything", "until": UNTIL},
    }  # fmt: skip
    assert not card(app).proto.expanded
    results = build.evaluate(case)
    book = load_workbook(io.BytesIO(build.workbook_file(results)), read_only=True)
    cover = "\n".join(str(cell) for row in book.worksheets[0].values for cell in row if cell)
    slides = Presentation(io.BytesIO(build.deck_file(results, "cfo"))).slides
    deck = "\n".join(shape.text_frame.text for s in slides for shape in s.shapes if shape.has_text_frame)
    for said in ("Fewer reasons to call", ASK):
        assert said in cover and said in deck
    assert "Not stated yet" not in cover


def test_what_is_refused_says_why_and_changes_nothing_and_an_answer_can_be_undone() -> None:
    app = driver.go(driver.start(), "people")
    before = driver.desk(app).case
    assert not card(app).proto.expanded
    typed(app, title=" ")
    assert "The case needs a title." in driver.texts(app)
    typed(app, title="Ours", until=before.company.decision_date)
    assert "ends after it" in driver.texts(app)
    assert driver.desk(app).case == before
    typed(app, title="Ours", until=UNTIL, decider="ceo")
    assert driver.desk(app).case.decision.decider == "ceo"
    driver.sound(next(each for each in app.button if each.label == "Undo").click().run())
    assert driver.desk(app).case == before
