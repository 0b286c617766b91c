"""Print the measurements as tables, with --markdown for a page or --json; exit code 1 where a goal is missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence

from benchmarks import questions, sheets
from benchmarks.measure import MEASUREMENTS, agreement, long_workbook
from benchmarks.numbers import Row
from benchmarks.serving import QUICK, serving
from benchmarks.sheets import Recalculated
from benchmarks.table import Question, machine, measured, recalculations
from benchmarks.timing import Figure

#: Which measurement the spreadsheet programs repeat, and the words for it in their table.
REPEATED = {
    "subsets_1024": "1,024 subsets",
    "tornado_121": "tornado of 121 runs",
    "draws_10000": "10,000 draws",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether every goal is met."""
    asked = _asked(arguments)
    off = agreement()
    if not off < 1e-9:
        print(
            f"The kernel and the model differ by {off:.3g} of the largest result: no timing means anything.",
            file=sys.stderr,
        )
        return 1
    figures = [measure() for measure in MEASUREMENTS]
    programs: list[Recalculated] = []
    figures += serving(QUICK) if asked.quick else serving()
    if not asked.quick:
        figures += long_workbook()
        programs = sheets.recalculated(_changes())
    _print(figures, programs, asked)
    return 0 if all(figure.ok for figure in figures) else 1


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--markdown", action="store_true", help="tables for a page")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="serve the app for less long, and leave the spreadsheet programs out",
    )
    return parser.parse_args(arguments)


def _changes() -> dict[str, Mapping[str, Row]]:
    """The runs of each repeated question, by the words of the table; a person switches investments on and off."""
    flags, sizes = questions.every_subset(), questions.draws(questions.DRAWS)
    found = (
        {f"initiatives[{id}].enabled": row for id, row in flags.items()},
        questions.turned().by_input,
        {questions.input_of(effect): row for effect, row in sizes.items()},
    )
    return dict(zip(REPEATED.values(), found, strict=True))


def _print(figures: Sequence[Figure], programs: Sequence[Recalculated], asked: argparse.Namespace) -> None:
    if asked.json:
        print(json.dumps(_as_data(figures, programs)))
        return
    tables = [measured(figures)]
    if programs:
        runs = {"subsets_1024": 1024, "tornado_121": 121, "draws_10000": questions.DRAWS}
        ours = {figure.id: figure.ours for figure in figures}
        repeated = [Question(words, runs[id], ours[id] or 0.0) for id, words in REPEATED.items()]
        tables.append(recalculations(repeated, programs))
    for table in tables:
        print(table.markdown() if asked.markdown else table.text(), end="\n\n")
    print(
        f"Measured with {machine()}. Both sides take turns; processor times and ratios are medians. "
        "Programs for spreadsheets are timed by the clock."
    )


def _as_data(figures: Sequence[Figure], programs: Sequence[Recalculated]) -> dict[str, object]:
    found: dict[str, object] = {
        figure.id: {
            "value": figure.value,
            "goal": figure.goal,
            "ok": figure.ok,
            "ours_ms": figure.ours,
            "by_hand_ms": figure.by_hand,
        }
        for figure in figures
    }
    found["recalculations"] = {
        program.name: {"ms_each": program.each, "missing": program.missing or None} for program in programs
    }
    return found


if __name__ == "__main__":
    sys.exit(main())
