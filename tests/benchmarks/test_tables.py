"""What the benchmarks print: every measurement, whether its goal is met, and a program that is missing."""

import json

import pytest

from benchmarks import __main__ as command
from benchmarks import office, sheets
from benchmarks.numbers import INPUTS
from benchmarks.office import Missing
from benchmarks.questions import every_subset, frozen, turned
from benchmarks.sheets import Recalculated, sample
from benchmarks.table import Question, lasting, measured, recalculations
from benchmarks.timing import Figure, compare


@pytest.fixture(autouse=True)
def _nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "serving", lambda *_: [])


FIGURES = [
    Figure("subsets_1024", "all subsets", "times", 0.5, 1.0, 5.0, 10.0),
    Figure("tornado_121", "a tornado", "times", 4.0, 3.0, 8.0, 2.0),
    Figure("draws_10000", "draws", "times", 1.0, None, 90.0, 90.0),
    Figure("memory", "memory", "MiB", 4.95, 10.0),
]


def test_each_measurement_is_a_row_with_its_verdict() -> None:
    subsets, tornado, draws, memory = measured(FIGURES).rows
    assert subsets == ("all subsets", "5 ms", "10 ms", "0.50", "1", "ok")
    assert tornado[-1] == "missed"
    assert draws[-2:] == ("", "")
    assert memory == ("memory", "5.0 MiB", "", "", "10 MiB", "ok")


def test_recalculations_are_extrapolated_and_a_missing_program_says_so() -> None:
    programs = [Recalculated("one", {"draws": 30.0}), Recalculated("two", {}, "not installed")]
    ours, one, two = recalculations([Question("draws", 10_000, 90.0)], programs).rows
    assert ours == ("ours (measured)", "90 ms")
    assert one == ("one", "5 min")
    assert two == ("two: not installed; left out", "")


def test_columns_stand_below_each_other_and_markdown_has_bars() -> None:
    table = measured(FIGURES)
    assert {line.index("1") for line in table.text().splitlines()[1:2]}
    head, rule, *rows = table.markdown().splitlines()
    assert head.startswith("| measured | ours | by hand |")
    assert rule.count("|") == head.count("|") == rows[0].count("|")


@pytest.mark.parametrize(
    ("duration", "text"), [(0.62, "0.62 ms"), (2500, "2.5 s"), (90_000, "1.5 min"), (7.2e6, "2 h")]
)
def test_a_duration_has_the_unit_that_suits_it(duration: float, text: str) -> None:
    assert lasting(duration) == text


@pytest.mark.parametrize(
    ("options", "code"), [(["--quick"], 1), (["--quick", "--markdown"], 1), (["--json"], 1)]
)
def test_a_missed_goal_is_printed_and_ends_the_command_with_1(
    options: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "MEASUREMENTS", [lambda figure=figure: figure for figure in FIGURES])
    monkeypatch.setattr(command, "long_workbook", lambda: [])
    monkeypatch.setattr(sheets, "recalculated", lambda _: [Recalculated("two", {}, "not installed")])
    assert command.main(options) == code
    said = capsys.readouterr().out
    if "--json" in options:
        found = json.loads(said)
        assert found["tornado_121"] == {
            "value": 4.0,
            "goal": 3.0,
            "ok": False,
            "ours_ms": 8.0,
            "by_hand_ms": 2.0,
        }
        assert found["recalculations"]["two"]["missing"] == "not installed"
    else:
        assert "missed" in said and "a tornado" in said


def test_met_goals_end_the_command_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "MEASUREMENTS", [lambda: FIGURES[0]])
    assert command.main(["--quick"]) == 0


def test_sides_that_disagree_are_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "agreement", lambda: 1e-6)
    monkeypatch.setattr(command, "MEASUREMENTS", [lambda: pytest.fail("timed all the same")])
    assert command.main(["--quick"]) == 1


def test_a_sample_types_what_differs_from_the_run_before() -> None:
    found = sample(turned().by_input)
    assert found.runs == 121
    assert len(found.typed) == len(found.npv) == sheets.SAMPLE
    assert found.typed[0] == {}
    assert all(0 < len(typed) <= 2 for typed in found.typed[1:])
    inputs, last = dict(frozen().inputs), found.typed[-1]
    for typed in found.typed:
        inputs |= typed
    assert last and frozen().with_inputs(inputs).npv() == pytest.approx(found.npv[-1], rel=1e-12)


def test_a_program_that_gets_another_number_is_left_out() -> None:
    flags = {f"initiatives[{id}].enabled": row for id, row in every_subset().items()}
    asked = sample(flags)
    assert sheets._each(lambda typed: (asked.npv.tolist(), [2.0] * len(typed)), asked) == 2.0
    with pytest.raises(Missing, match="differs"):
        sheets._each(lambda typed: ((asked.npv + 1.0).tolist(), [2.0] * len(typed)), asked)


def test_without_libreoffice_there_is_a_reason_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda *_, **__: None)
    found = sheets._measured("LibreOffice", sheets._libreoffice, {})
    assert found == Recalculated("LibreOffice", {}, "not installed")


def test_both_sides_take_turns() -> None:
    calls: list[str] = []
    compare(lambda: calls.append("ours"), lambda: calls.append("theirs"), 3)
    assert calls == ["ours", "theirs"] * 5


def test_inputs_are_those_of_the_product() -> None:
    """The numbers that the kernel reads from the case file, under the same names with the same values."""
    assert {path: frozen().inputs[path] for path in INPUTS} == pytest.approx(INPUTS)
