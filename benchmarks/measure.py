"""The measurements: each a ratio of medians of interleaved runs, or an amount against its goal."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks import kernel
from casebuilder.case import load
from casebuilder.model.benefits import LINES
from casebuilder.model.compiler import compile_program
from casebuilder.model.expressions import Line
from casebuilder.model.inputs import values
from casebuilder.model.model import Model, Values, evaluate, model_of
from casebuilder.model.structure import Structure, structure

DRAWS = 10_000
MANY_DRAWS = 100_000
SEED = 20270101
#: Kept in one run, by both sides: all lines by period, revenue and contribution of both worlds, net and costs.
KEPT_PERIODS = (
    *LINES,
    "net",
    "costs",
    "revenue.with",
    "revenue.without",
    "contribution.with",
    "contribution.without",
)
KEPT_TOTALS = ("npv", "payback_months")


@dataclass(frozen=True)
class Figure:
    """One measurement: what it is, its value, and the goal it must not exceed."""

    id: str
    words: str
    unit: str
    value: float
    goal: float

    @property
    def ok(self) -> bool:
        """Whether the goal is met."""
        return self.value <= self.goal


@dataclass(frozen=True)
class Frozen:
    """The frozen case as inputs of its model, in its scenario `base`."""

    model: Model
    inputs: dict[str, float]

    def keep(self, keys: tuple[str, ...]) -> tuple[Line, ...]:
        """Lines by key."""
        return tuple(self.model[key] for key in keys)

    def drawn(self, sizes: Mapping[kernel.Effect, np.ndarray]) -> dict[str, object]:
        """The inputs with every effect's base size replaced by draws."""
        drawn: dict[str, object] = dict(self.inputs)
        for (initiative, lever, segment), size in sizes.items():
            drawn[f"initiatives[{initiative}].effects[{lever},{segment}].base"] = size
        return drawn


def frozen() -> Frozen:
    """The frozen case, loaded and compiled."""
    case = load(kernel.CASE)
    shape = structure(case)
    inputs = values(case, shape)
    inputs |= {"run.scenario": shape.scenarios.index("base") + 1.0, "run.option": 1.0}
    return Frozen(model_of(shape), inputs)


def draws(count: int) -> dict[kernel.Effect, np.ndarray]:
    """Triangular draws around every effect's size, the same for both sides."""
    random = np.random.Generator(np.random.PCG64(SEED))
    base = {effect: float(size[0]) for effect, size in kernel.base_sizes().items()}
    return {
        effect: random.triangular(*sorted((0.4 * size, size, 1.6 * size)), count) if size else np.zeros(count)
        for effect, size in base.items()
    }


def ratio(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> float:
    """Median time of ours over median time of theirs, one after the other in every round."""
    ours(), theirs()
    mine, yours = [], []
    for _ in range(rounds):
        mine.append(_seconds(ours))
        yours.append(_seconds(theirs))
    return statistics.median(mine) / statistics.median(yours)


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def one_scenario() -> Figure:
    """One run with every line kept, against the kernel with the same lines kept."""
    case, sizes = frozen(), kernel.base_sizes()
    keep = case.keep((*KEPT_PERIODS, *KEPT_TOTALS))
    value = ratio(lambda: evaluate(case.model, case.inputs, keep), lambda: kernel.run(sizes, "lines"), 201)
    return Figure("one_scenario", "one scenario, all lines kept, against the kernel", "times", value, 1.0)


def many_draws() -> Figure:
    """Net present value and payback of 10,000 draws, against the kernel."""
    case, sizes = frozen(), draws(DRAWS)
    keep, inputs = case.keep(KEPT_TOTALS), case.drawn(sizes)
    value = ratio(lambda: evaluate(case.model, inputs, keep), lambda: kernel.run(sizes, "npv"), 15)
    return Figure("draws_10000", "10,000 draws, against the kernel", "times", value, 1.25)


def agreement() -> float:
    """Largest difference between both sides over the draws, as a share of the largest result."""
    case, sizes = frozen(), draws(512)
    ours: Values = evaluate(case.model, case.drawn(sizes), case.keep(KEPT_TOTALS))
    theirs = kernel.run(sizes, "npv")
    return float(np.max(np.abs(ours["npv"] - theirs.npv)) / np.max(np.abs(theirs.npv)))


def compilation() -> Figure:
    """Building and compiling the model of the frozen case, with every line kept."""
    shape: Structure = structure(load(kernel.CASE))

    def once() -> None:
        model_of.cache_clear()
        model = model_of(shape)
        compile_program(model.lines, frozenset(), shape.years, shape.periods_per_year)

    once()
    used = []
    for _ in range(9):
        start = time.process_time()
        once()
        used.append(time.process_time() - start)
    seconds = statistics.median(used)
    return Figure("compile", "building and compiling the model, processor time", "ms", 1000 * seconds, 100.0)


def memory() -> Figure:
    """Extra memory of 100,000 draws above inputs and kept outputs, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peak", str(MANY_DRAWS)], check=True, capture_output=True, text=True
    )
    return Figure("memory", "extra memory of 100,000 draws", "MiB", float(done.stdout), 10.0)


MEASUREMENTS = (one_scenario, many_draws, memory, compilation)
