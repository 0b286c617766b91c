"""What is private, and what somebody only said, is on no page and in no file that is handed on."""

import io
import json
import zipfile

from casebuilder import build
from casebuilder.case import dump
from casebuilder.ui import files, state
from tests.ui import driver

CANARY = "CANARY7f3a"


def case_with_canaries() -> bytes:
    """The first example with a canary in every place that is one person's business."""
    data = json.loads(dump(driver.first(), "json"))
    for person in data["stakeholders"]:
        person["private"] = {"stance": CANARY, "notes": CANARY, "objections": [CANARY]}
        for number in person["drivers"]:
            number |= {"words": CANARY, "words_may_be_shown": True}
    for problem in data["problems"]:
        problem |= {"quote": CANARY, "quote_may_be_shown": False}
    return json.dumps(data).encode()


def test_no_page_shows_a_private_word():
    app = driver.bring(driver.start(), "case.json", case_with_canaries())
    assert "Open now" in driver.texts(app)
    assert CANARY not in driver.texts(app)
    driver.go(app, "answer")
    assert CANARY not in driver.texts(app)
    for persona in ("ceo", "cfo", "cmo", "sales", "service"):
        box = next(box for box in app.selectbox if (box.key or "").startswith("control:seen by"))
        driver.sound(box.set_value(persona).run())
        assert CANARY not in driver.texts(app), persona
    driver.go(app, "pitch")
    driver.sound(app.button(key="downloads:build").click().run())
    assert CANARY not in driver.texts(app)


def test_private_parts_do_not_reach_what_sessions_share():
    case = files.uploaded("case.json", case_with_canaries())
    shared = state.without_private(case)
    assert all(person.private is None for person in shared.stakeholders)
    assert shared.fingerprint == case.fingerprint


def test_the_case_file_holds_private_parts_only_on_request():
    case = files.uploaded("case.json", case_with_canaries())
    assert "objections" not in files.case_file(case, private=False).decode()
    assert "objections" in files.case_file(case, private=True).decode()
    assert "private" in files.file_name(case, "yaml", "private")


def test_the_workbook_holds_no_private_word():
    case = files.uploaded("case.json", case_with_canaries())
    parts = zipfile.ZipFile(io.BytesIO(files.built(case.fingerprint, "", build.evaluate(case))))
    assert [name for name in parts.namelist() if CANARY.encode() in parts.read(name)] == []
