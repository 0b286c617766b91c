"""The bridge from a terminal: which change moved the return, summing to the whole, or a sentence why not."""

from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.__main__ import WRONG
from casebuilder.case import Case, dump
from casebuilder.case.edits import with_inputs
from casebuilder.pitch import numbers
from tests.model.cases import case_of, example, small
from tests.terminal.acting import run

WIN_RATE = "segments[Enterprise].win_rate"


def written(folder: Path, name: str, case: Case) -> Path:
    path = folder / name
    path.write_text(dump(case), encoding="utf-8")
    return path


def test_a_change_is_named_with_its_amount(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = example("growth_network").case
    after = with_inputs(before, {WIN_RATE: 0.15, "segments[Enterprise].onboarding_days": 74})
    files = [written(tmp_path, f"{name}.yaml", case) for name, case in (("a", before), ("b", after))]
    assert run("bridge", *files) == 0
    said = capsys.readouterr().out
    worth = [build.evaluate(case).asked.npv for case in (before, after)]
    for amount in worth:
        assert numbers.money(amount, "USD") in said
    assert numbers.money(worth[1] - worth[0], "USD", signed=True) in said
    assert "Win rate today, Enterprise" in said


def test_two_currencies_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = small()
    other["company"] |= {"currency": "JPY"}
    files = [written(tmp_path, f"{n}.yaml", case_of(data)) for n, data in enumerate((small(), other))]
    assert run("bridge", *files) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert "JPY" in said.err
