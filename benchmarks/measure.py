"""The measurements: each a ratio of interleaved runs, or an amount, against its goal."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import numpy as np

from benchmarks import kernel, questions
from benchmarks.decks import all_decks, deck_written
from benchmarks.numbers import Row
from benchmarks.questions import DRAWS, draws, frozen
from benchmarks.timing import Figure, compare, milliseconds
from benchmarks.writing import Plain, goal_case, made_ready, noted, ready
from casebuilder.analysis.attribution import attribution
from casebuilder.analysis.simulation import simulate
from casebuilder.analysis.study import study
from casebuilder.analysis.tornado import tornado
from casebuilder.case import load
from casebuilder.model.benefits import LINES
from casebuilder.model.compiler import compile_program
from casebuilder.model.model import evaluate, model_of
from casebuilder.model.structure import structure

MANY_DRAWS = 100_000
#: Bytes of a workbook of the usual size, at most.
LARGEST_FILE = 1_200_000
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


def agreement() -> float:
    """Largest difference of NPV between both sides over all questions, as a share of the largest NPV."""
    sizes, flags, turned = draws(512), questions.every_subset(), questions.turned()
    pairs = (
        (questions.drawn_by_the_product(sizes, KEPT_TOTALS)["npv"], kernel.run(sizes, "totals").npv),
        (questions.subsets_of_the_product(flags), kernel.subsets(flags)),
        (shapley_of_the_product(), questions.shapley_by_hand(flags)),
        (frozen().runs(turned.by_input)["npv"], kernel.varied(turned.sizes, turned.inputs)),
    )
    return max(float(np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs))) for ours, theirs in pairs)


def shapley_of_the_product() -> Row:
    """What each initiative adds to NPV by the product's attribution, in the order of the case."""
    found = attribution(frozen())
    return np.array([found.values[id] for id in questions.INITIATIVES])


# ---- beside the kernel ----------------------------------------------------------------------------------------


def one_scenario() -> Figure:
    """One run with every line kept, against the kernel with the same lines kept."""
    case, sizes = frozen(), kernel.base_sizes()
    keep = tuple(case.model[key] for key in (*KEPT_PERIODS, *KEPT_TOTALS))
    pair = compare(lambda: evaluate(case.model, case.inputs, keep), lambda: kernel.run(sizes, "lines"), 201)
    return pair.figure("one_scenario", "one scenario, all lines kept", 1.0)


def many_draws() -> Figure:
    """Net present value and payback of 10,000 draws, against the kernel."""
    sizes = draws(DRAWS)
    pair = compare(
        lambda: questions.drawn_by_the_product(sizes, KEPT_TOTALS), lambda: kernel.run(sizes, "totals"), 15
    )
    return pair.figure("draws_10000", "10,000 draws: NPV and payback", 1.25)


def subsets() -> Figure:
    """What each of ten initiatives adds, from the NPV of all their subsets, against the kernel."""
    case, flags = frozen(), questions.every_subset()
    pair = compare(lambda: attribution(case), lambda: questions.shapley_by_hand(flags), 41)
    return pair.figure("subsets_1024", "1,024 subsets: what each of ten initiatives adds", 1.0)


def tornado_121() -> Figure:
    """NPV with 60 assumptions low and high and the middle, as one batch of runs, against the kernel."""
    case, turned = frozen(), questions.turned()
    changes = turned.by_input
    pair = compare(lambda: case.runs(changes), lambda: kernel.varied(turned.sizes, turned.inputs), 101)
    return pair.figure("tornado_121", "tornado of 60 assumptions: 121 runs", 3.0)


def simulation() -> Figure:
    """10,000 draws of all effects with sampling and quantiles, against the kernel with numpy's own generator."""
    case = study(load(kernel.CASE), "base")
    pair = compare(lambda: simulate(case), questions.simulated_by_hand, 9)
    return pair.figure("simulation_10000", "10,000 draws with sampling and quantiles", None)


def workbook_written() -> Figure:
    """Writing the workbook of three segments, ten investments and twenty quarters, against the library alone."""
    given = ready()
    plain = Plain(noted(given))
    pair = compare(given.render, plain.write, 3, before=plain.prepare)
    return pair.figure("workbook", "writing a workbook of 20 quarters, beside its library alone", 1.25)


# ---- by themselves --------------------------------------------------------------------------------------------


def whole_tornado() -> Figure:
    """The product's own tornado of everything the frozen case assumes."""
    case = frozen()
    bars = len(tornado(case).bars)
    used = statistics.median(milliseconds(lambda: tornado(case)) for _ in range(21))
    return Figure("tornado", f"tornado of all {bars} assumptions: {1 + 2 * bars} runs", "ms", used)


def memory() -> Figure:
    """Extra memory of 100,000 draws above inputs and kept outputs, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peak", str(MANY_DRAWS)], check=True, capture_output=True, text=True
    )
    return Figure("memory", "extra memory of 100,000 draws", "MiB", float(done.stdout), 10.0)


def compilation() -> Figure:
    """Building and compiling the model of the frozen case, with every line kept."""
    shape = structure(load(kernel.CASE))

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


def workbook_size() -> Figure:
    """The same workbook as a file."""
    size = len(ready().render())
    return Figure("workbook_size", "its size", "kB", size / 1000, LARGEST_FILE / 1000)


def long_workbook() -> list[Figure]:
    """Ten years by month, three segments and ten investments: seconds and size."""
    given = made_ready(goal_case(periods_per_year=12, years=10))
    start = time.process_time()
    size = len(given.render())
    seconds = time.process_time() - start
    return [
        Figure("long_workbook", "writing a workbook of 120 months, processor time", "s", seconds),
        Figure("long_workbook_size", "its size", "kB", size / 1000),
    ]


MEASUREMENTS = (
    one_scenario,
    many_draws,
    subsets,
    tornado_121,
    simulation,
    whole_tornado,
    memory,
    compilation,
    workbook_written,
    workbook_size,
    deck_written,
    all_decks,
)
