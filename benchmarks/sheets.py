"""The same runs as recalculations of our workbook in a spreadsheet program: a measured sample of them.

A recalculation types the inputs that differ from the run before, recalculates, and reads NPV. LibreOffice is driven
over UNO, formualizer in this process. Either may be missing: then it says so and nothing fails.
"""

from __future__ import annotations

import importlib.util
import math
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.numbers import Row
from benchmarks.office import Ask, Job, Missing, Typing, office
from benchmarks.questions import frozen
from casebuilder import build
from casebuilder.model.expressions import Line
from casebuilder.workbook.layout import INPUTS, Cell, Layout

#: How many recalculations are measured for each question, spread evenly over its runs.
SAMPLE = 20
TOLERANCE = 1e-9

#: Inputs to type, by key.
Typed = Mapping[str, float]
#: NPV of each run and the milliseconds it took.
Run = Callable[[Sequence[Typed]], tuple[list[float], list[float]]]


@dataclass(frozen=True)
class Sample:
    """A question's sample: how many runs the question has, what each measured run types, and its NPV by the model."""

    runs: int
    typed: list[dict[str, float]]
    npv: Row


@dataclass(frozen=True)
class Recalculated:
    """One program's milliseconds per recalculation, by question; `missing` says why there are none."""

    name: str
    each: dict[str, float]
    missing: str = ""


def sample(changes: Mapping[str, Row]) -> Sample:
    """Some of a question's runs: inputs by key, each with one value per run."""
    runs = len(next(iter(changes.values())))
    picked = np.unique(np.linspace(0, runs - 1, SAMPLE).astype(int))
    chosen = {key: row[picked] for key, row in changes.items()}
    left = {key: frozen().inputs[key] for key in changes}
    typed = []
    for n in range(len(picked)):
        run = {key: float(row[n]) for key, row in chosen.items()}
        typed.append({key: value for key, value in run.items() if value != left[key]})
        left = run
    return Sample(runs, typed, frozen().runs(chosen)["npv"])


class Workbook:
    """Our workbook of the frozen case: its bytes, where its inputs are typed, and where NPV stands."""

    def __init__(self) -> None:
        results = build.evaluate(frozen().case)
        self.content = build.workbook_file(results)
        self._layout = Layout(results.case, results.model)
        self.sheet = self._layout.calc_names[frozen().scenario]
        self._npv: Line = results.model["npv"]

    @property
    def npv(self) -> Cell:
        """The cell with the net present value, on `sheet`."""
        return self._layout.where(self._npv)

    def input(self, key: str) -> Cell:
        """The cell into which an input is typed."""
        return self._layout.input_cell(key)


@lru_cache(maxsize=1)
def workbook_of_the_case() -> Workbook:
    """The workbook that both programs open."""
    return Workbook()


def recalculated(questions: Mapping[str, Mapping[str, Row]]) -> list[Recalculated]:
    """Both programs over some questions, each a batch of changed inputs."""
    samples = {name: sample(changes) for name, changes in questions.items()}
    return [_measured("formualizer", _formualizer, samples), _measured("LibreOffice", _libreoffice, samples)]


def _measured(
    name: str, engine: Callable[[], AbstractContextManager[Run]], samples: Mapping[str, Sample]
) -> Recalculated:
    try:
        with engine() as run:
            return Recalculated(name, {words: _each(run, asked) for words, asked in samples.items()})
    except Missing as reason:
        return Recalculated(name, {}, str(reason))


def _each(run: Run, asked: Sample) -> float:
    """Milliseconds per recalculation; an engine that gets another NPV than the model did not do the same."""
    answers, used = run(asked.typed)
    off = float(np.max(np.abs(np.array(answers) - asked.npv)) / np.max(np.abs(asked.npv)))
    if not off <= TOLERANCE:
        raise Missing(f"differs from the model by {off:.2g}")
    return float(np.median(used))


# ---- formualizer ----------------------------------------------------------------------------------------------


@contextmanager
def _formualizer() -> Iterator[Run]:
    if importlib.util.find_spec("formualizer") is None:
        raise Missing("not installed")
    import formualizer

    workbook = workbook_of_the_case()
    book = formualizer.load_workbook_bytes(workbook.content)
    book.evaluate_all()
    npv = workbook.npv

    def once(typed: Typed) -> float:
        for key, value in typed.items():
            cell = workbook.input(key)
            book.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.number(value))
        book.evaluate_all()
        found: Any = book.get_value(workbook.sheet, npv.row + 1, npv.column + 1)
        return float(found)

    def run(every: Sequence[Typed]) -> tuple[list[float], list[float]]:
        answers, used = [], []
        for typed in every:
            start = time.perf_counter()
            answers.append(once(typed))
            used.append(1000 * (time.perf_counter() - start))
        once({key: frozen().inputs[key] for typed in every for key in typed})
        return answers, used

    yield run


# ---- LibreOffice ----------------------------------------------------------------------------------------------


@contextmanager
def _libreoffice() -> Iterator[Run]:
    with office() as ask, tempfile.TemporaryDirectory() as name:
        file, workbook = Path(name) / "case.xlsx", workbook_of_the_case()
        file.write_bytes(workbook.content)
        yield lambda every: _asked(ask, file, workbook, every)


def _asked(
    ask: Ask, file: Path, workbook: Workbook, every: Sequence[Typed]
) -> tuple[list[float], list[float]]:
    def place(key: str, value: float) -> Typing:
        cell = workbook.input(key)
        return INPUTS, cell.column, cell.row, value

    npv = workbook.npv
    runs = [[place(key, value) for key, value in typed.items()] for typed in every]
    done = ask(file, Job(runs, [(workbook.sheet, npv.column, npv.row, npv.column, npv.row)]))
    found = [areas[0][0][0] for areas in done.answers]
    answers = [value if isinstance(value, float) else math.nan for value in found]
    return answers, [1000 * seconds for seconds in done.seconds]
