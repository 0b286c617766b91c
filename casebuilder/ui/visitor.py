"""Who works here: as signed in, else as they said, and the browser they sit at, which a cookie of ours knows again."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import streamlit as st

from casebuilder.case.text import clean, forbidden
from casebuilder.store import new_key

#: The cookie: the browser's mark, a random number that says nothing else, and the name that was said in it.
COOKIE = "casebuilder"
#: The longest name of somebody who changes a case.
LONGEST_NAME = 80
_YEAR = 365 * 24 * 60 * 60
_NAME, _MARK, _WINDOW = "author", "browser", "window"
_SAID = re.compile(r"([0-9a-f]{32})\.(.*)")


def author() -> str:
    """The name beside changes: as signed in, else as somebody said in this browser; empty where nobody said any."""
    if _signed_in():
        return _name(str(st.user.get("name") or st.user.get("email") or ""))
    return str(st.session_state.get(_NAME, _told()[1]))


def call_me(name: str) -> None:
    """Say under which name changes are kept."""
    st.session_state[_NAME] = _name(name)


def whose() -> str:
    """Whose places and drafts these are: the name's, or without any those of this browser and of no other."""
    return author() or f"browser {_mark()}"


def window() -> str:
    """A random name for this session, to tell two windows of one person apart."""
    return str(st.session_state.setdefault(_WINDOW, new_key()))


def recognise() -> None:
    """Give the browser its cookie, so that a reload or a restart finds the same person; sent until it is there."""
    if _signed_in():
        return
    wanted = f"{_mark()}.{quote(author(), safe='')}"
    if wanted != cookie():
        said = f"{COOKIE}={wanted}; path=/; max-age={_YEAR}; samesite=strict"
        script = f"document.cookie = '{said}' + (location.protocol === 'https:' ? '; secure' : '')"
        with st.container(key="visitor"):
            st.html(
                f"<style>:has(> .st-key-visitor) {{ display: none; }}</style><script>{script}</script>",
                unsafe_allow_javascript=True,
            )


def cookie() -> str:
    """What this browser brought along when it came."""
    return str(st.context.cookies.get(COOKIE, ""))


def _signed_in() -> bool:
    return bool(st.user.get("is_logged_in"))


def _mark() -> str:
    return str(st.session_state.setdefault(_MARK, _told()[0] or new_key()))


def _told() -> tuple[str, str]:
    """The mark and the name in the cookie; empty where it has none, or was written by somebody else."""
    found = _SAID.fullmatch(cookie())
    return (found[1], _name(unquote(found[2]))) if found else ("", "")


def _name(text: str) -> str:
    """A name that the store takes, whatever was typed: a case is not left unsaved for the name beside it."""
    words = "".join(letter for letter in text[:LONGEST_NAME] if not forbidden(letter))
    return " ".join(clean(words).split())[:LONGEST_NAME]
