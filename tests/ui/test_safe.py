"""Files and words meant to do harm: a sentence on the page, and nothing broken, half taken over or told to others."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.case import Case, dump
from casebuilder.case.edits import value_at
from casebuilder.ui import kept, visitor
from tests.ui import driver
from tests.ui.driver import WIN_RATE

CANARY = "CANARY7f3a"
LURE = "http://192.0.2.1/x.png"
HOSTILE = (
    f"![x]({LURE}) [l]({LURE}) <img src={LURE}> :red[a] $x$ :material/bolt: \\input '; DROP TABLE cases; --"
)


def packed(inside: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return stream.getvalue()


BOMB = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"0" * 45_000_000})
ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
DOCTYPE = packed({"[Content_Types].xml": ENTITY, "xl/workbook.xml": ENTITY, "ppt/presentation.xml": ENTITY})
ARCHIVES = {"bomb": BOMB, "doctype": DOCTYPE, "text": b"%PDF-1.7 nothing of ours", "empty": b""}
CASES = {
    "brackets": b"[" * 60_000,
    "aliases": b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
    "tags": b"title: !!python/object/apply:os.system ['true']\n",
    "bytes": b"\xff\xfe\x00title",
    "zip": BOMB[:2000],
    "infinite": b'{"casebuilder": 1, "title": "x", "company": {"discount_rate": 1e999}}',
    "turned": 'casebuilder: 1\ntitle: "a\u202eb"\n'.encode(),
    "empty": b"",
}


def saved() -> set[str]:
    return {case.id for case in kept.store().cases()}


def case_id(app: AppTest) -> str:
    named = app.query_params["case"]
    return named if isinstance(named, str) else named[0]


def case_open(app: AppTest) -> Case:
    return driver.desk(app).case


@pytest.mark.parametrize("kind", CASES)
def test_a_case_file_meant_to_do_harm_opens_nothing(kind: str) -> None:
    app, before = driver.start(), saved()
    driver.bring(app, "Q3 [plan](http://192.0.2.1).yaml", CASES[kind])
    (said,) = [error.value for error in app.error]
    assert "was not opened" in said
    assert "Traceback" not in driver.texts(app)
    assert f"]({LURE[:17]}" not in driver.texts(app)
    assert case_open(app) == driver.first()
    assert saved() == before


@pytest.mark.parametrize("kind", ARCHIVES)
@pytest.mark.parametrize(
    ("page", "key", "ending"),
    [
        ("returned", "returned:file", "xlsx"),
        ("pitch", "refresh:file", "pptx"),
        ("pitch", "template:file:0", "potx"),
    ],
)
def test_an_archive_meant_to_do_harm_is_refused_in_a_sentence(
    page: str, key: str, ending: str, kind: str
) -> None:
    app = driver.go(driver.start(), page)
    driver.sound(app.file_uploader(key=key).upload(f"Q3.{ending}", ARCHIVES[kind]).run())
    said = [error.value for error in app.error]
    assert len(said) == 1, said
    assert f"Q3\\.{ending}" in said[0] or f"Q3.{ending}" in said[0]
    assert "Traceback" not in said[0]
    assert case_open(app) == driver.first()


@pytest.mark.parametrize(
    "address", ["' OR 1=1; --", "../../etc/passwd", "a" * 20_000, "\x00", "%00", "0" * 32, HOSTILE]
)
def test_an_address_meant_to_do_harm_opens_the_example_and_says_so(address: str) -> None:
    app = AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60)
    app.query_params["case"] = address
    driver.sound(app.run())
    assert case_open(app) == driver.first()
    (said,) = [warning.value for warning in app.warning]
    assert said.startswith("The saved case of this address was not opened")
    assert address not in said
    driver.type_in(driver.go(app, "answer"), WIN_RATE, 20.0)
    assert not app.warning


def test_the_address_of_a_case_in_the_bin_says_where_it_is() -> None:
    id = kept.store().create(driver.first(), author="").case_id
    kept.store().delete(id)
    app = AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60)
    app.query_params["case"] = id
    driver.sound(app.run())
    assert "is in the bin" in app.warning[0].value
    assert kept.store().about(id).version == 1


@pytest.mark.parametrize("value", [-1e300, float("nan"), float("inf"), 1e308])
def test_a_number_that_no_field_allows_is_refused_by_the_server(value: float) -> None:
    app = driver.start()
    driver.type_in(app, WIN_RATE, value)
    assert value_at(case_open(app), WIN_RATE) == value_at(driver.first(), WIN_RATE)


def test_a_name_meant_to_do_harm_is_kept_as_words_and_stops_no_save() -> None:
    app = driver.go(driver.start(), "start")
    driver.sound(app.text_input(key="mine:name").set_value("Eve\u202e\x00\n" + HOSTILE * 100).run())
    driver.type_in(driver.go(app, "answer"), WIN_RATE, 20.0)
    assert "not kept" not in driver.texts(app)
    author = kept.store().read(case_id(app)).version.author
    assert author.startswith("Eve")
    assert len(author) <= visitor.LONGEST_NAME
    assert f"]({LURE}" not in driver.texts(driver.go(app, "versions"))


def test_what_is_remembered_of_a_place_holds_nothing_private(browser: Callable[[str], None]) -> None:
    browser("Ann")
    data = json.loads(dump(driver.first(), "json"))
    for person in data["stakeholders"]:
        person["private"] = {"stance": CANARY, "notes": CANARY, "objections": [CANARY]}
    app = driver.bring(driver.start(), "case.json", json.dumps(data).encode())
    driver.type_in(driver.go(app, "answer"), WIN_RATE, 20.0)
    driver.go(app, "review")
    place = kept.store().place(case_id(app), author="Ann")
    assert place is not None
    assert place.state["edits"] == {WIN_RATE: 0.2}
    assert CANARY not in json.dumps(dict(place.state))
    assert CANARY not in driver.texts(app)
