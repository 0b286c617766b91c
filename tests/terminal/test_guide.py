"""The interview guide from a terminal: one whole file, or nothing and a sentence."""

import os
from pathlib import Path

import pytest

from casebuilder.__main__ import WRONG
from casebuilder.case import dump
from tests.model.cases import case_of, small
from tests.pitch.saying import CANARY, secretive
from tests.terminal.acting import FULL, Refusing, inside, run


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "my-case.yaml"
    path.write_text(dump(case_of(small())), encoding="utf-8")
    return path


def test_a_guide_is_written(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a" / "b"
    assert run("guide", case, "--persona", "sales", "--out", out) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Wrote {out / 'my-case-sales-guide.html'}" in said.err
    assert inside(out) == ["my-case-sales-guide.html"]
    made = (out / "my-case-sales-guide.html").read_text(encoding="utf-8")
    assert made.startswith("<!DOCTYPE html>") and "Questions for the Head of Sales" in made


def test_a_full_disk_leaves_the_folder_as_it_was(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("guide", case, "--persona", "sales", "--out", out) == 0
    before = (out / "my-case-sales-guide.html").read_bytes()
    (out / "my-case-sales-guide.html").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", Refusing(os.fsync, 1, FULL))
    assert run("guide", case, "--persona", "sales", "--out", out) == WRONG
    assert "Nothing was written" in capsys.readouterr().err
    assert inside(out) == ["my-case-sales-guide.html"]
    assert (out / "my-case-sales-guide.html").read_bytes() == b"old" != before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--persona", "boss", "--out", "out"], "there is no such persona; allowed are ceo"),
        (["--out", "out"], "--persona"),
        (["--persona", "sales"], "--out"),
    ],
)
def test_what_is_wrong_is_said(
    case: Path, tmp_path: Path, more: list[str], said: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run("guide", case, *more) == WRONG
    assert said in capsys.readouterr().err
    assert inside(tmp_path) == ["my-case.yaml"]


def test_nothing_private_is_said_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(dump(case_of(secretive())), encoding="utf-8")
    for persona in ("sales", "service", "cfo"):
        assert run("guide", file, "--persona", persona, "--out", tmp_path / "out") == 0
    said = capsys.readouterr()
    assert CANARY not in said.out + said.err
    assert len(inside(tmp_path / "out")) == 3
    assert not any(CANARY.encode() in path.read_bytes() for path in (tmp_path / "out").iterdir())
