"""The review from a terminal: what a workbook breaks, one a line, and what the exit code means."""

import json
from pathlib import Path

import pytest

from casebuilder.__main__ import BROKEN, WRONG
from casebuilder.workbook import review
from tests.terminal.acting import run
from tests.workbook.review.seeds import Edit, original


@pytest.fixture(autouse=True)
def first_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules are enough to hear what is said."""
    monkeypatch.setattr(review, "RULES", {id: review.RULES[id] for id in ("W2", "W8")})


def written(folder: Path, data: bytes) -> Path:
    path = folder / "ours.xlsx"
    path.write_bytes(data)
    return path


def hidden() -> bytes:
    return (
        Edit().replace("xl/workbook.xml", '<sheet name="Notes"', '<sheet name="Notes" state="hidden"').bytes()
    )


def test_a_workbook_that_breaks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review", written(tmp_path, original())) == 0
    assert capsys.readouterr().out == "No rule is broken.\n"


def test_a_hidden_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review", written(tmp_path, hidden())) == BROKEN
    said = capsys.readouterr()
    assert said.out.splitlines() == ["W2  Notes: the sheet is hidden", "1 violation of the rules."]
    assert said.err == ""


def test_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review", written(tmp_path, hidden()), "--json") == BROKEN
    assert json.loads(capsys.readouterr().out) == {
        "violations": [{"rule": "W2", "sheet": "Notes", "cell": "", "text": "the sheet is hidden"}],
        "count": 1,
        "not_checked": [],
    }


@pytest.mark.parametrize("content", [b"", b"no workbook", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_a_file_that_is_no_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = written(tmp_path, content)
    assert run("review", path) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(str(path))
    assert len(said.err.splitlines()) == 1


def test_a_workbook_with_macros_is_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit = Edit()
    edit.parts["xl/vbaProject.bin"] = b"\0"
    assert run("review", written(tmp_path, edit.bytes())) == WRONG
    assert "macros" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review", tmp_path / "none.xlsx") == WRONG
    assert "none.xlsx" in capsys.readouterr().err
