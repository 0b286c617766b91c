"""A card of the library: nothing of an entry is lost, nothing is invented, and no amount of cost stands in it."""

import re

import pytest

from casebuilder.case import library
from casebuilder.pitch.proposing_card import card, finds, moves_kpi, size

ENTRIES = sorted(library.initiatives())


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_has_a_whole_card(entry: str) -> None:
    found, shown = library.initiatives()[entry], card(entry)
    assert (shown.name, shown.does, shown.note) == (found.name, found.description, found.note)
    assert len(shown.moves) == len(found.effects)
    assert len(shown.pace) == 4
    assert all(said for _, said in shown.pace)
    assert bool(shown.pilot) == bool(found.pilot)
    assert shown.first == tuple(library.initiatives()[id].name for id in found.requires)
    for id in found.against:
        assert any(library.evidence()[id].statement in said for said in shown.against)
    assert not set(shown.evidence) & set(shown.against)
    assert not re.search(r"\d", shown.cost), "the library knows no amounts"


def test_a_card_says_sizes_grades_and_limits() -> None:
    shown = card("closed_loop_feedback")
    assert shown.moves == ("Revenue churn: 6% better expected, from 2% better to 12% better; our estimate",)
    assert shown.evidence[0].startswith("Vendor study: CustomerGauge, 2022.")
    assert shown.evidence[0].endswith("A score, not churn; a vendor's own figure.")
    assert shown.against[0].startswith("Study that measured it: Keiningham")
    assert shown.first == ("Voice of the customer",)
    assert shown.checkpoint.endswith("stop if the two groups leave alike.")


def test_who_owns_it_is_no_evidence_for_it() -> None:
    source = library.initiatives()["complaint_root_cause"].owner_source
    assert source is not None
    statement = library.evidence()[source].statement
    assert not any(statement in said for said in card("complaint_root_cause").evidence)


def test_harm_and_nothing_are_said() -> None:
    assert (size(-0.03, "share"), size(0.0, "points"), size(0.02, "points")) == (
        "3% worse",
        "no change",
        "2\u00a0points better",
    )
    assert any("worse" in line for line in card("proactive_outreach").moves)


def test_a_search_needs_every_word_anywhere() -> None:
    entry = library.initiatives()["complaint_root_cause"]
    assert finds(entry, "")
    assert finds(entry, "COMPLAINTS cause")
    assert finds(entry, "refunds") is (
        "refunds" in library.levers()["credit_rate"].meaning.lower() + entry.note
    )
    assert not finds(entry, "complaints portal")
    assert moves_kpi(entry, "credit_rate")
    assert not moves_kpi(entry, "win_rate")
