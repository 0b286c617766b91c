"""A workbook read back from a terminal: what was changed, what it is worth, and a new case file on demand."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.__main__ import WRONG
from casebuilder.case import dump, load
from casebuilder.pitch import numbers
from tests.terminal.acting import inside, run
from tests.workbook.returning import sent

RATE = "company.discount_rate"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The case file that the workbook was made from."""
    path = tmp_path / "case.yaml"
    path.write_text(dump(sent().case), encoding="utf-8")
    return path


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The workbook with one number changed and one text typed by mistake."""
    path = tmp_path / "edited.xlsx"
    path.write_bytes(sent().edited(typed={RATE: 0.2, "sales.reps": "many"}))
    return path


def test_it_says_what_was_changed_and_leaves_the_case_alone(
    case: Path, edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = case.read_bytes()
    assert run("read-back", case, edited) == 0
    said = capsys.readouterr()
    assert "Hurdle rate: 10 % → 20 %" in said.out
    assert numbers.money(sent().results.asked.npv, "EUR") in said.out
    assert "the text “many” stands where a number belongs" in said.out
    assert "holds no computed results" in said.out
    assert said.err == ""
    assert case.read_bytes() == before


def test_it_writes_the_changed_case_to_a_new_file(
    case: Path, edited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "changed.yaml"
    assert run("read-back", case, edited, "--apply", out) == 0
    assert f"Wrote {out}" in capsys.readouterr().err
    changed = load(out)
    assert changed.company.discount_rate == 0.2
    assert changed.inputs[RATE].source == "Changed by finance in the workbook, was 0.1"
    assert changed.sales.reps == sent().case.sales.reps
    assert build.evaluate(changed).asked.npv != pytest.approx(sent().results.asked.npv)


def test_a_case_that_is_there_is_never_written_over(
    case: Path, edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = case.read_bytes()
    assert run("read-back", case, edited, "--apply", case) == WRONG
    said = capsys.readouterr()
    assert "is there already; name another file. Nothing was written." in said.err
    assert said.out == ""
    assert case.read_bytes() == before


def test_nothing_to_take_over_writes_nothing(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sent.xlsx").write_bytes(sent().raw)
    files = inside(tmp_path)
    assert run("read-back", case, tmp_path / "sent.xlsx", "--apply", tmp_path / "out.yaml") == WRONG
    said = capsys.readouterr()
    assert "Nothing was changed in it." in said.out
    assert "there is nothing to take over. Nothing was written." in said.err
    assert inside(tmp_path) == files


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 and no more"], ids=["empty", "csv", "cut"]
)
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    case: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(content)
    assert run("read-back", case, path) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(str(path))
    assert said.err.count("\n") == 1
