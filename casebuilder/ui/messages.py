"""Streamlit's own messages in our words: an error of the program, and a server that does not answer."""

from __future__ import annotations

import streamlit as st
from streamlit.elements import exception

#: Instead of a sentence that sends people to a cloud service; the log of the server has the error itself.
WENT_WRONG = (
    "Something went wrong in the program. What was kept is still kept: reload this page to come back to it. "
    "The log of the server says what happened."
)
#: Instead of a sentence that asks whether another product runs.
NO_ANSWER = (
    "The server does not answer. What this page calls kept is kept. The page comes back by itself, at the same place, "
    "as soon as the server answers; until then nothing can be changed."
)
#: Streamlit has no setting for this sentence, only for how much is said beside it.
_SENTENCE = "_GENERIC_UNCAUGHT_EXCEPTION_TEXT"
_LOST = '[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])'
_TEXT = '[data-testid="stDialog"] section[role="dialog"] > div:last-child:not(:has([data-testid]))'
_STYLE = (
    f"<style>body:has({_LOST}) {_TEXT} > * {{ display: none; }}"
    f'body:has({_LOST}) {_TEXT}::after {{ content: "{NO_ANSWER}"; }}</style>'
)


def in_our_words() -> None:
    """Once when the server starts: what is shown where the program fails."""
    setattr(exception, _SENTENCE, WENT_WRONG)


def style() -> None:
    """On every page: what is shown while the server does not answer."""
    st.html(_STYLE)
