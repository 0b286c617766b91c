"""An edited deck refreshed from a terminal: a new file beside it, every change told, the old file as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pptx import Presentation

from casebuilder import build
from casebuilder.__main__ import WRONG
from casebuilder.case import Case, dump, load
from casebuilder.case.edits import with_inputs
from tests.deck.edited_decks import said, shape
from tests.model.cases import case_of, small
from tests.terminal.acting import FULL, Refusing, inside, run

RATE = "company.discount_rate"


def before() -> Case:
    """The case that the deck was made from."""
    return case_of(small())


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The case as it is now."""
    path = tmp_path / "case.yaml"
    path.write_text(dump(with_inputs(before(), {RATE: 0.31})), encoding="utf-8")
    return path


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """The deck that was sent out, with a title in somebody's own words."""
    path = tmp_path / "deck.pptx"
    path.write_bytes(build.deck_file(build.evaluate(before()), "cfo"))
    edited = Presentation(str(path))
    shape(edited, "ask/title").text_frame.text = "What I ask of you"
    edited.save(str(path))
    return path


def test_a_new_deck_is_written_beside_the_old_one(
    case: Path, deck: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = deck.read_bytes()
    assert run("refresh", deck, case) == 0
    told = capsys.readouterr()
    new = deck.with_name("deck-refreshed.pptx")
    assert f"Wrote {new}" in told.err
    assert deck.read_bytes() == old
    found = said(new.read_bytes())
    fresh = said(build.deck_file(build.evaluate(load(case)), "cfo"))
    assert {each for each in fresh if found.get(each) != fresh[each]} == {"ask/1/title"}
    assert found["ask/1/title"] == "What I ask of you"
    assert "Yours, left alone (1):\n  slide " in told.out
    assert f"→ {build.evaluate(load(case)).asked and 'Version ' + load(case).fingerprint}" in told.out
    assert "Decision, title: " in told.out


def test_refused_commands_write_nothing(
    case: Path, deck: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = inside(tmp_path)
    for given, said_so in (
        ((deck, case, "--out", deck), "is there already; name another file"),
        ((deck, case, "--persona", "boss"), "there is no such persona"),
        ((case, case), "this is not a .pptx file"),
        ((tmp_path / "none.pptx", case), "cannot be read"),
    ):
        assert run("refresh", *given) == WRONG
        told = capsys.readouterr()
        assert said_so in told.err and told.err.count("\n") == 1
        assert told.out == ""
    assert inside(tmp_path) == files


def test_a_full_disk_leaves_the_folder_as_it_was(
    case: Path,
    deck: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = inside(tmp_path)
    monkeypatch.setattr(os, "fsync", Refusing(os.fsync, 1, FULL))
    assert run("refresh", deck, case, "--out", tmp_path / "new.pptx") == WRONG
    assert "Nothing was written" in capsys.readouterr().err
    assert inside(tmp_path) == files
