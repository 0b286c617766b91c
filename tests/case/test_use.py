"""An investment taken from the library is filled once, and stays as it was filled."""

import pytest

from casebuilder.case import dump, library, loads
from casebuilder.case import use as using
from tests.case.sample import changed, sample

ENTRY = "self_service"


def test_what_the_case_leaves_open_comes_from_the_library() -> None:
    entry, own = library.initiatives()[ENTRY], sample().initiatives[2]
    assert (own.id, own.owner) == ("faq", "cio")
    assert (own.name, own.description) == (entry.name, entry.description)
    assert (own.build_months, own.ramp_months, own.journey_stage) == (
        entry.build_months,
        entry.ramp_months,
        entry.journey_stage,
    )
    assert own.library_version == library.library_version()
    assert len(own.effects) == len(entry.effects)
    for mine, theirs in zip(own.effects, entry.effects, strict=True):
        assert mine.segment == "all"
        for field in ("lever", "low", "base", "high", "grade", "sources", "note"):
            assert getattr(mine, field) == getattr(theirs, field)


def test_what_the_case_says_itself_stays() -> None:
    text = changed(
        "{id: faq, use: self_service, owner: cio}", "{id: faq, use: self_service, name: Ours, effects: []}"
    )
    own = loads(text).initiatives[2]
    assert (own.name, own.effects) == ("Ours", ())


def test_a_filled_one_is_saved_filled_and_never_filled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = sample()
    saved = dump(filled)
    assert "library_version" in saved
    monkeypatch.setattr(using, "library_initiatives", dict)
    assert loads(saved) == filled
    monkeypatch.setattr(using, "library_version", lambda: "later")
    assert dump(loads(saved)) == saved


def test_every_entry_can_be_used() -> None:
    """With everything it needs beside it, under names of the case's own."""
    entries = library.initiatives()
    rows = "".join(f"  - {{id: my_{key}, use: {key}}}\n" for key in entries)
    case = loads(changed("options:\n", f"{rows}options:\n"))
    for own in case.initiatives[3:]:
        assert own.use is not None
        assert own.requires == tuple(f"my_{needed}" for needed in entries[own.use].requires)


def test_what_an_entry_needs_must_be_in_the_case() -> None:
    needy = next(key for key, entry in library.initiatives().items() if entry.requires)
    with pytest.raises(
        Exception, match=r"initiatives\[faq\]\.requires\[1\].* is not an initiative of this case"
    ):
        loads(changed("use: self_service", f"use: {needy}"))
