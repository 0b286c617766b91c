"""What is typed for a new case is kept as it happens, for whoever typed it, until it is a case or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.store import StoreError, new_key
from casebuilder.ui import kept, visitor
from casebuilder.ui.new_case_draft import (
    CURRENCY,
    CUT,
    DAY,
    IN_MARGIN,
    NAME,
    SCORE,
    SCORED,
    SCORED_ON,
    SHAPE,
    field,
    unit,
)
from tests.ui import driver
from tests.ui.keeping import unanswered
from tests.ui.test_new import HOSTILE, TWELVE, fill, opened, text

pytestmark = pytest.mark.usefixtures("browser")


def new(draft: str = "") -> AppTest:
    """The page in a new window, at the address of a draft."""
    app = AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60)
    if draft:
        app.query_params["draft"] = draft
    return driver.go(app, "new")


def address(app: AppTest) -> str:
    found = app.query_params.get("draft", "")
    return found if isinstance(found, str) else found[0]


def names() -> list[str]:
    return [str(draft.state.get(NAME)) for draft in kept.store().drafts(author=owner())]


def owner() -> str:
    mark, _, name = visitor.cookie().partition(".")
    return name or f"browser {mark}"


def test_a_reload_comes_back_with_everything_that_was_typed() -> None:
    app = fill(new(), TWELVE, name="Zürich 東京 🙂")
    app.radio(key=SHAPE).set_value("consumer")
    app.checkbox(key=IN_MARGIN).set_value(True)
    app.toggle(key=CUT).set_value(True)
    app.text_input(key=SCORE).set_value("NPS")
    app.number_input(key=SCORED).set_value(-21.5)
    app.date_input(key=SCORED_ON).set_value(date(2026, 6, 30))
    driver.sound(app.run())
    app.text_input(key=f"{CUT}:name:0").set_value("Large")
    app.text_input(key=f"{CUT}:customers").set_value("20 %")
    driver.sound(app.run())
    later = driver.sound(new(address(app)).run())
    for key in (NAME, SCORE, f"{CUT}:name:0", f"{CUT}:customers", *(field(total) for total in TWELVE)):
        assert later.text_input(key=key).value == app.text_input(key=key).value
    assert later.text_input(key=field("new_customers")).value == TWELVE["new_customers"][0]
    for total, (_, way) in TWELVE.items():
        assert way is None or later.selectbox(key=unit(total)).value == way
    assert later.radio(key=SHAPE).value == "consumer"
    assert later.checkbox(key=IN_MARGIN).value and later.toggle(key=CUT).value
    assert (later.number_input(key=SCORED).value, later.date_input(key=DAY).value) == (
        -21.5,
        date(2027, 1, 1),
    )
    assert later.date_input(key=SCORED_ON).value == date(2026, 6, 30)
    assert "12 of 12 answered" in text(later)


def test_a_currency_comes_back_even_one_that_is_not_offered() -> None:
    for code in ("CHF", "ISK"):
        said = {NAME: "From before", CURRENCY: code}
        draft = kept.store().keep_draft(new_key(), said, author=owner(), writer=new_key())
        assert new(draft.id).selectbox(key=CURRENCY).value == code


def test_looking_at_the_page_keeps_nothing_and_a_draft_is_no_case() -> None:
    before = kept.store().cases()
    app = driver.sound(new().run())
    assert (address(app), names()) == ("", [])
    app = fill(app, {"revenue": ("48", None)})
    assert names() == ["Example Networks"]
    assert kept.store().cases() == before


def test_a_field_that_is_left_by_leaving_the_page_is_kept() -> None:
    app = fill(new(), {"revenue": ("48", None)})
    app.text_input(key=field("customers")).set_value("3,380")
    draft = address(app)
    driver.go(app, "answer")
    assert new(draft).text_input(key=field("customers")).value == "3,380"


def test_nobody_else_comes_to_what_was_typed(browser: Callable[..., None]) -> None:
    app = fill(new(), TWELVE)
    for name in ("", "Ben"):
        browser(name)
        other = new(address(app))
        assert other.text_input(key=NAME).value == ""
        assert "Begun before" not in text(other)
        assert address(other) == ""


def test_under_a_name_it_is_there_in_another_browser(browser: Callable[..., None]) -> None:
    browser("Anna of the drafts")
    fill(new(), TWELVE)
    browser("Anna of the drafts")
    later = new()
    assert "Begun before, not a case yet: 1" in text(later)
    assert "Example Networks" in text(later)


def test_a_case_that_is_made_is_no_draft_any_more() -> None:
    app = fill(new(), TWELVE)
    assert names() == ["Example Networks"]
    opened(app)
    assert names() == []
    app = driver.sound(driver.go(app, "new").run())
    assert (names(), address(app)) == ([], "")
    fill(app, {"customers": ("3,000", None)})
    assert names() == ["Example Networks"], "typed since: the next case"


def test_a_case_that_could_not_be_kept_leaves_its_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    app = fill(new(), TWELVE)

    def full(*given: object, **named: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(kept.Store, "create", full)
    opened(app)
    assert names() == ["Example Networks"]


def test_an_emptied_page_can_be_taken_back() -> None:
    app = fill(new(), TWELVE)
    driver.sound(app.button(key="draft:empty").click().run())
    assert (names(), address(app)) == ([], "")
    driver.sound(app.button(key="draft:back").click().run())
    assert app.text_input(key=field("customers")).value == "3,380"
    assert names() == ["Example Networks"]
    assert new(address(app)).text_input(key=field("customers")).value == "3,380"


def test_what_was_begun_before_is_gone_on_with_and_nothing_typed_meanwhile_is_lost() -> None:
    fill(new(), TWELVE, name=HOSTILE)
    app = fill(new(), {"revenue": ("12", None)}, name="Second")
    assert names() == ["Second", HOSTILE]
    assert "![x](" not in "".join(each.value for each in app.markdown)
    (before,) = [draft for draft in kept.store().drafts(author=owner()) if draft.state[NAME] == HOSTILE]
    driver.sound(app.button(key=f"draft:go on:{before.id}").click().run())
    assert app.text_input(key=NAME).value == HOSTILE
    assert app.text_input(key=field("customers")).value == "3,380"
    assert address(app) == before.id
    second = next(each for each in kept.store().drafts(author=owner()) if each.state[NAME] == "Second")
    driver.sound(app.button(key=f"draft:drop:{second.id}").click().run())
    assert names() == [HOSTILE]
    driver.sound(app.button(key="draft:back").click().run())
    assert sorted(names()) == sorted([HOSTILE, "Second"])
    assert app.text_input(key=NAME).value == HOSTILE


def test_two_windows_at_one_address_lose_nothing_of_each_other() -> None:
    one = fill(new(), TWELVE, name="Both")
    two = new(address(one))
    fill(two, {"revenue": ("1", None)}, name="Two")
    fill(one, {"revenue": ("2", None)}, name="One")
    assert sorted(names()) == ["One", "Two"]
    assert address(one) != address(driver.sound(two.run()))


def test_a_store_that_fails_is_said_and_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = new()

    def broken() -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(kept, "store", broken)
        fill(app, {"revenue": ("48", None)})
        assert "What you type is not kept yet. The disk is full." in text(app)
    fill(app, {"customers": ("3,380", None)})
    assert "not kept yet" not in text(app)
    assert new(address(app)).text_input(key=field("revenue")).value == "48"


def test_a_draft_whose_first_save_was_not_answered_is_not_there_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = new()
    with monkeypatch.context() as patch:
        unanswered(patch, "keep_draft")
        fill(app, {"revenue": ("48", None)})
        assert "not kept yet" in text(app)
    fill(app, {"customers": ("3,380", None)})
    assert names() == ["Example Networks"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (SHAPE, "no such shape"), (unit("bookings"), ["furlongs", 1.0]), (unit("bookings"), 7), (DAY, "soon"),
        (SCORED, "many"), (SCORED_ON, 5), ("new:open", True), ("open", "x"), (CURRENCY, ["EUR"]),
    ],
)  # fmt: skip
def test_what_no_field_takes_any_more_is_left_out(key: str, value: object) -> None:
    draft = kept.store().keep_draft(
        new_key(), {NAME: "From before", key: value}, author=owner(), writer=new_key()
    )
    app = driver.sound(new(draft.id).run())
    assert app.text_input(key=NAME).value == "From before"
