"""How much the store keeps, and which texts: nothing invisible, nothing endless."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebuilder.case.reading import MAX_BYTES
from casebuilder.case.text import LONGEST_NAME, LONGEST_TEXT, clean, forbidden, utf16_length
from casebuilder.store.errors import StoreError

#: The most bytes of what the screen remembers of a place, and of what is typed before there is a case.
LONGEST_PLACE, LONGEST_DRAFT = 8 * 1024, 32 * 1024
#: How ids of cases are written, and the keys that callers make for their saves.
_ID, _KEY = re.compile(r"[0-9a-f]{32}"), re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Limits:
    """The most cases of a store (those in the bin count), versions and snapshots of a case, and drafts.

    Of the drafts of one person, and of all together, the ones left longest ago go when there are more.
    """

    cases: int = 5_000
    versions: int = 50_000
    snapshots: int = 500
    drafts_of_one: int = 10
    drafts: int = 2_000


def new_id() -> str:
    """A random name for a case, which nobody can guess."""
    return secrets.token_hex(16)


def new_key() -> str:
    """A key for one save, to be kept until the store has answered and given again where it did not; a draft's id."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether a text can be the id of a case at all."""
    return bool(_ID.fullmatch(text))


def checked_id(text: str) -> str:
    """An id of a draft or a window; ValueError where it is none, for people do not write them."""
    if not is_id(text):
        raise ValueError("an id has 32 digits from 0 to f")
    return text


def is_number(number: int) -> bool:
    """Whether a number can be that of a version at all."""
    return 0 < number <= _LARGEST_NUMBER


def checked_key(key: str) -> str:
    """The key of a save; ValueError where it is none, for people do not write them."""
    if not _KEY.fullmatch(key):
        raise ValueError("the key of a save has 1 to 100 letters, digits and _ . : -")
    return key


def name(text: str, what: str) -> str:
    """A text of one line, cleaned; `what` is what the refusal calls it."""
    return _checked(text, what, LONGEST_NAME, lines=False)


def remark(text: str, what: str) -> str:
    """A text that may have several lines, cleaned."""
    return _checked(text, what, LONGEST_TEXT, lines=True)


def content(text: str) -> bytes:
    """The text of a case as bytes, if it is not larger than a case file may be."""
    raw = text.encode()
    if len(raw) > MAX_BYTES:
        found = f"The case has {len(raw) // 1024} KB and was not saved; a saved case has at most"
        raise StoreError(f"{found} {MAX_BYTES // 1024} KB: shorten its longest texts.")
    return raw


def place(state: Mapping[str, Any]) -> str:
    """What the screen remembers, as JSON; ValueError or TypeError where it is not plain data, or too much."""
    if not fits(state):
        raise ValueError(f"a place has at most {LONGEST_PLACE} bytes")
    return _plain(state)


def fits(state: Mapping[str, Any]) -> bool:
    """Whether this is not more than the screen may remember of a place."""
    return len(_plain(state)) <= LONGEST_PLACE


def draft(state: Mapping[str, Any]) -> str:
    """What was typed before there is a case, as JSON; StoreError where it is too much, TypeError if no plain data."""
    text = _plain(state)
    if len(text) > LONGEST_DRAFT:
        raise StoreError(f"At most {LONGEST_DRAFT // 1024} KB are kept of what is typed: shorten it.")
    return text


def _plain(state: Mapping[str, Any]) -> str:
    return json.dumps(dict(state), ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _checked(text: str, what: str, longest: int, lines: bool) -> str:
    """Lengths before anything else: composing a long run of accents takes long."""
    if utf16_length(text) > longest:
        raise StoreError(
            f"{what} has {utf16_length(text)} characters; at most {longest} are kept: shorten it."
        )
    text = clean(text)
    found = forbidden(text, lines)
    if found:
        raise StoreError(f"{what} holds {found}, which cannot be kept: type it again without.")
    return text
