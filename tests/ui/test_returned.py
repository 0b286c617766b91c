"""The page on which an edited workbook comes home: its changes are shown, chosen one by one and taken over."""

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from casebuilder import build
from casebuilder.case import CaseError
from casebuilder.case.edits import value_at
from casebuilder.model.results import Results
from casebuilder.workbook.layout import INPUTS, Layout
from tests.ui import driver

HURDLE, WIN = "company.discount_rate", "segments[Enterprise].win_rate"


@cache
def results() -> Results:
    return build.evaluate(driver.first())


@cache
def exported() -> bytes:
    return build.workbook_file(results())


def edited(changes: dict[str, object]) -> bytes:
    """The workbook as finance sends it back, with other contents in these inputs."""
    layout = Layout(results().case, results().model)
    book = openpyxl.load_workbook(io.BytesIO(exported()))
    for key, value in changes.items():
        cell = layout.input_cell(key)
        book[INPUTS].cell(cell.row + 1, cell.column + 1).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(content: bytes, name: str = "returned.xlsx"):
    app = driver.go(driver.start(), "returned")
    return app.file_uploader(key="returned:file").upload(name, content).run()


@pytest.fixture(scope="module")
def home() -> bytes:
    return edited({HURDLE: 0.12, WIN: 0.2})


def test_every_change_is_shown_with_what_it_is_worth(home: bytes) -> None:
    app = driver.sound(opened(home))
    returned = build.read_back(driver.first(), Path("returned.xlsx"), home)
    assert {change.key for change in returned.changes} == {HURDLE, WIN}
    assert [box.value for box in app.checkbox] == [True, True]
    assert len(app.checkbox) == 2
    assert "2 changed numbers" in driver.texts(app)


def test_only_what_is_ticked_is_taken_over(home: bytes) -> None:
    app = driver.sound(opened(home))
    (box,) = [box for box in app.checkbox if "win rate" in box.label.lower()]
    driver.sound(box.set_value(False).run())
    driver.sound(app.button(key="returned:take").click().run())
    case = app.session_state["desks"][driver.FIRST].case
    assert value_at(case, HURDLE) == 0.12
    assert value_at(case, WIN) == value_at(driver.first(), WIN)
    assert case.inputs[HURDLE].status == "estimate"


def test_a_change_that_was_refused_stays_refused_when_the_case_moves_on(home: bytes) -> None:
    app = driver.sound(opened(home))
    assert "contradict nobody (**" in driver.texts(app)
    (box,) = [box for box in app.checkbox if "win rate" in box.label.lower()]
    driver.sound(box.set_value(False).run())
    driver.sound(app.button(key="returned:take").click().run())
    assert [(box.value, "win rate" in box.label.lower()) for box in app.checkbox] == [(False, True)]
    driver.sound(driver.go(driver.go(app, "answer"), "returned"))
    again = app.file_uploader(key="returned:file").upload("returned.xlsx", home).run()
    assert [box.value for box in driver.sound(again).checkbox] == [False]


def test_a_text_where_a_number_belongs_is_named_and_the_rest_can_be_taken(home: bytes) -> None:
    app = driver.sound(opened(edited({HURDLE: "twelve", WIN: 0.2})))
    assert "twelve" in driver.texts(app)
    assert len(app.checkbox) == 1


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(content: bytes) -> None:
    app = opened(content)
    assert not app.exception
    assert len(app.error) == 1
    with pytest.raises(CaseError):
        build.read_back(driver.first(), Path("returned.xlsx"), content)
