"""What is read first, from a terminal: both files or nothing and a sentence."""

import os
from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.__main__ import WRONG
from casebuilder.case import dump, load
from tests.model.cases import case_of, small
from tests.pitch.saying import CANARY, secretive
from tests.terminal.acting import FULL, Refusing, inside, run

MADE = ["my-case-sales-email.txt", "my-case-sales-preread.html"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "my-case.yaml"
    path.write_text(dump(case_of(small())), encoding="utf-8")
    return path


def test_a_page_and_an_email_are_written(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a" / "b"
    assert run("preread", case, "--persona", "sales", "--out", out) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert all(f"Wrote {out / name}" in said.err for name in MADE)
    assert inside(out) == MADE
    results = build.evaluate(load(case))
    email, page = ((out / name).read_text(encoding="utf-8") for name in MADE)
    assert email == build.email(results, "sales").text
    assert page.encode() == build.preread_file(results, "sales")


def test_those_of_the_committee(case: Path, tmp_path: Path) -> None:
    assert run("preread", case, "--persona", "committee", "--out", tmp_path / "out") == 0
    assert inside(tmp_path / "out") == [name.replace("sales", "committee") for name in MADE]


def test_a_full_disk_leaves_neither(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "fsync", Refusing(os.fsync, 2, FULL))
    assert run("preread", case, "--persona", "sales", "--out", tmp_path / "out") == WRONG
    assert "Nothing was written" in capsys.readouterr().err
    assert inside(tmp_path / "out") == []


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
    assert run("preread", case, *more) == WRONG
    assert said in capsys.readouterr().err
    assert inside(tmp_path) == ["my-case.yaml"]


def test_no_interview_guide_for_a_committee(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("guide", case, "--persona", "committee", "--out", tmp_path / "out") == WRONG
    assert "there is no such persona" in capsys.readouterr().err


def test_nothing_private_is_said_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(dump(case_of(secretive())), encoding="utf-8")
    for persona in ("sales", "service", "cfo", "committee"):
        assert run("preread", file, "--persona", persona, "--out", tmp_path / "out") == 0
    said = capsys.readouterr()
    assert CANARY not in said.out + said.err
    assert len(inside(tmp_path / "out")) == 8
    assert not any(CANARY.encode() in path.read_bytes() for path in (tmp_path / "out").iterdir())
