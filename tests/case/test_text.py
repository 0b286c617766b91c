"""Text at the border: what looks alike becomes alike, and what cannot be seen is refused."""

import pytest

from casebuilder.case.text import LONGEST_NAME, LONGEST_TEXT, clean, forbidden, utf16_length
from tests.case.sample import changed, fault

REFUSED = dict.fromkeys(("\ud800", "\udfff"), "surrogate") | {
    "\x00": "control",
    "\x1b": "control",
    "\x7f": "control",
    "\x9f": "control",
    "\ufdd0": "no character",
    "\ufffe": "no character",
    "\U0010ffff": "no character",
    "\u202a": "direction",
    "\u202e": "direction",
    "\u2066": "direction",
    "\u2069": "direction",
}
KEPT = ["a", "é", "ß", "\n", "\t", "日本", "عربي", "👩‍💻", "\u00a0", "—", "\ufffd", "$x^2$", "=1+1"]


@pytest.mark.parametrize("character", REFUSED, ids=lambda character: f"U+{ord(character):04X}")
def test_what_is_refused(character: str) -> None:
    said = forbidden(f"a{character}b")
    assert said is not None
    assert REFUSED[character] in said
    assert f"U+{ord(character):04X}" in said


@pytest.mark.parametrize("text", KEPT)
def test_what_is_kept(text: str) -> None:
    assert forbidden(text) is None
    assert clean(text) == text


def test_lines_and_tabs_only_where_lines_are() -> None:
    assert forbidden("a\nb", lines=False) == "a line end or a tab (U+000A)"
    assert forbidden("a\tb", lines=False) == "a line end or a tab (U+0009)"


def test_what_looks_alike_becomes_alike() -> None:
    assert clean("e\u0301") == "é"
    assert clean("a\r\nb\rc\u2028d\u2029e\x85f") == "a\nb\nc\nd\ne\nf"


def test_length_is_counted_as_spreadsheets_do() -> None:
    assert utf16_length("aé😀") == 4


@pytest.mark.parametrize(
    ("old", "new", "path", "most"),
    [
        ("Release the first stage", "x" * (LONGEST_TEXT + 1), "decision.ask", LONGEST_TEXT),
        ("name: Harbour Broadband", "name: " + "😀" * (LONGEST_NAME // 2 + 1), "company.name", LONGEST_NAME),
    ],
)
def test_too_long(old: str, new: str, path: str, most: int) -> None:
    said = fault(changed(old, new))
    assert said.path == path
    assert said.found.startswith("the text has ")
    assert said.allowed == f"at most {most:,} characters"
