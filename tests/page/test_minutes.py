"""The minutes as a document: every word of them, escaped, the stamp at its foot, and nothing else."""

from dataclasses import replace

from casebuilder.page.minutes import render
from casebuilder.pitch.minutes import Minutes, Part
from casebuilder.pitch.records import Stamp, Table
from tests.page.test_page import HOSTILE, parsed, words
from tests.pitch.saying import texts

FOUND = Minutes(
    title="3 doubts leave EUR 1 M of EUR 2 M",
    case_title="Call back",
    company="Harbour",
    held="21 November 2026",
    present="A. Jones",
    basis="Risk-adjusted, as set in the case",
    parts=(
        Part(
            "The numbers",
            Table(("", "At the start"), (("Net present value", "EUR 2 M"),), numeric=frozenset({1})),
        ),
        Part("Parking lot", None, "No question was put aside."),
        Part(
            "What was doubted",
            Table(("Doubt", "Takes"), (("Cash only", "EUR 1 M"),)),
            note="They change no number.",
        ),
    ),
    stamp=Stamp("abc123", "1", "1", "2027-01-01"),
)


def test_every_word_is_on_the_page() -> None:
    shown = words(render(FOUND))
    for said in [*texts(replace(FOUND, stamp=FOUND.stamp)), FOUND.stamp.line]:
        if said not in ("1", "2027-01-01"):
            assert " ".join(said.split()) in shown, said


def test_numbers_stand_right_and_rows_have_heads() -> None:
    page = parsed(render(FOUND))
    assert [cell.text for cell in page.iter("td") if cell.get("class") == "number"] == ["EUR 2 M"]
    assert [cell.text for cell in page.iter("th") if cell.get("scope") == "row"] == [
        "Net present value",
        "Cash only",
    ]


def test_hostile_words_are_shown_as_they_are() -> None:
    hostile = replace(FOUND, present=HOSTILE, parts=(Part(HOSTILE, Table((HOSTILE,), ((HOSTILE,),))),))
    page = render(hostile)
    assert b"<script" not in page
    assert words(page).count(" ".join(HOSTILE.split())) >= 4


def test_nobody_present_leaves_no_line() -> None:
    assert "Present" in words(render(FOUND))
    assert "Present" not in words(render(replace(FOUND, present="")))


def test_the_same_minutes_are_the_same_bytes() -> None:
    assert render(FOUND) == render(FOUND)
