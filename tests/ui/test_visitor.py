"""Who works here: a name outlives a reload in a cookie of the browser, and a cookie from elsewhere does no harm."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.case.text import LONGEST_NAME
from casebuilder.ui import visitor

MARK = "0123456789abcdef" * 2
NAMES = ("Anna", "Zürich 東京 🙂", "O'Neil; path=/x", "</script><script>alert(1)//", 'a.b%00"')


def page() -> None:
    """What every page does, and what was found."""
    import streamlit as st

    from casebuilder.ui import visitor

    if said := st.session_state.pop("say", None):
        visitor.call_me(said)
    visitor.recognise()
    st.session_state["found"] = (visitor.author(), visitor.whose(), visitor.window())


def come(monkeypatch: pytest.MonkeyPatch, cookie: str) -> AppTest:
    """Somebody whose browser brings this cookie along."""
    monkeypatch.setattr(visitor, "cookie", lambda: cookie)
    app = AppTest.from_function(page).run()
    assert not app.exception
    return app


def sent(app: AppTest) -> str:
    """The cookie that the page gives the browser; empty where it has it already."""
    scripts = [element.proto.body for element in app.get("html")]
    assert len(scripts) <= 1
    if not scripts:
        return ""
    found = re.search(
        r"document\.cookie = 'casebuilder=([^';]*); path=/; max-age=\d+; samesite=strict'", scripts[0]
    )
    assert found, scripts[0]
    assert scripts[0].count("<script>") == scripts[0].count("</script>") == 1
    return found[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_outlives_a_reload(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    app = come(monkeypatch, "")
    app.session_state["say"] = name
    cookie = sent(app.run())
    later = come(monkeypatch, cookie)
    assert later.session_state["found"][:2] == (name, name)
    assert sent(later) == ""


def test_without_a_name_it_is_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    first = come(monkeypatch, "")
    author, whose, window = first.session_state["found"]
    assert (author, len(whose), len(window)) == ("", len("browser ") + 32, 32)
    later, other = come(monkeypatch, sent(first)), come(monkeypatch, "")
    assert later.session_state["found"][1] == whose
    assert other.session_state["found"][1] != whose
    assert later.session_state["found"][2] != window


@pytest.mark.parametrize(
    "cookie", ["x", f"{MARK}", f"{MARK.upper()}.Anna", f"{MARK}\n.Anna", "." + quote("Anna"), "<b>.x"]
)
def test_a_cookie_of_somebody_elses_making_is_none(monkeypatch: pytest.MonkeyPatch, cookie: str) -> None:
    app = come(monkeypatch, cookie)
    assert app.session_state["found"][0] == ""
    assert MARK not in app.session_state["found"][1].lower()
    assert sent(app)


def test_a_name_from_a_cookie_is_as_short_and_clean_as_one_that_is_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = come(monkeypatch, f"{MARK}.{quote('A' * 5000)}")
    assert len(app.session_state["found"][0]) == visitor.LONGEST_NAME < LONGEST_NAME
    app = come(monkeypatch, f"{MARK}.{quote('An')}%00%FF%E2%80%AEna%0A")
    assert app.session_state["found"][0].isprintable()


def test_no_other_module_reads_cookies() -> None:
    for file in (Path(visitor.__file__).parent).rglob("*.py"):
        assert file.name == "visitor.py" or "context.cookies" not in file.read_text(encoding="utf-8")
