"""Streamlit's own messages do not speak of another product, and of an error nothing is said that it may not say."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.elements import exception
from streamlit.testing.v1 import AppTest

from casebuilder.ui import messages


def broken(callback: bool) -> None:
    """A page that fails, by itself or in what a button does."""
    import streamlit as st

    def fail() -> None:
        raise ValueError("canary7f3a")

    st.button("Fail", on_click=fail)
    if not callback:
        fail()


@pytest.mark.parametrize("callback", [False, True])
def test_an_error_of_the_program_is_said_in_our_words(callback: bool) -> None:
    messages.in_our_words()
    assert config.get_option("client.showErrorDetails") == "none", "the app's own configuration"
    app = AppTest.from_function(broken, kwargs={"callback": callback}).run()
    if callback:
        app.button[0].click().run()
    (shown,) = app.exception
    assert shown.message == messages.WENT_WRONG
    assert "canary7f3a" not in str(shown.proto)


def test_the_sentence_that_is_replaced_is_streamlits_own() -> None:
    assert hasattr(exception, messages._SENTENCE)


@pytest.mark.parametrize("said", [messages.WENT_WRONG, messages.NO_ANSWER])
def test_nobody_is_sent_to_another_product(said: str) -> None:
    assert not [word for word in ("streamlit", "cloud", "internet", '"', "\\") if word in said.lower()]
