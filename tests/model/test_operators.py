"""Operators: each typed example holds in plain Python, in numpy, in a sheet and in the tree walk, brackets included."""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pytest

from casebuilder.model.compiler import Program, compile_program
from casebuilder.model.expressions import (
    Expr,
    Line,
    Null,
    block,
    call,
    ceiling,
    either,
    equal,
    floor,
    in_year,
    irr,
    less,
    minimum,
    over,
    over_time,
    pick,
    previous,
    ratio,
    sumproduct,
)
from casebuilder.model.graph import Graph
from casebuilder.model.operators import OPERATORS
from tests.model.sheet import calculated
from tests.model.tree_walk import Walk

YEARS, PER_YEAR = 2, 2
#: How often the inputs of a batch are repeated: more than one run, so that a mix-up of runs shows.
RUNS = 3

Build = Callable[..., Expr]


def compiled(lines: Sequence[Line], varying: Iterable[int] = ()) -> Program:
    """The program of lines, with the inputs of these numbers varying along the runs."""
    return compile_program(lines, frozenset(varying), YEARS, PER_YEAR)


def graph_of(build: Build, args: Sequence[float], rows: bool = False) -> tuple[Graph, Line, dict[str, float]]:
    """A graph whose last line applies `build` to inputs, and the inputs; with `rows` the inputs are constants."""
    graph = Graph(YEARS * PER_YEAR, YEARS)
    inputs = [graph.input(f"x{number}", f"X {number}", "ratio") for number in range(len(args))]
    if rows:
        inputs = [graph.constant(f"c{n}", f"C {n}", "ratio", line * 1) for n, line in enumerate(inputs)]
    answer = graph.constant("answer", "Answer", "ratio", build(*inputs))
    return graph, answer, {f"x{number}": float(arg) for number, arg in enumerate(args)}


def scalar(graph: Graph, line: Line, inputs: dict[str, float]) -> Any:
    """By the spelling for one run."""
    program = compiled([line])
    constants, periods, years = program.run([inputs[given.key] for given in program.inputs])
    return shown(line, constants, periods, years)


def batches(graph: Graph, line: Line, inputs: dict[str, float]) -> list[Any]:
    """By the spelling for many runs, with every choice of inputs that vary along the runs."""
    given = [entry for entry in graph.lines if entry.shape == "input"]
    answers = []
    for size in range(1, len(given) + 1):
        for chosen in itertools.combinations(given, size):
            varying = {entry.index for entry in chosen}
            program = compiled([line], varying)
            values = [
                np.full(RUNS, inputs[entry.key]) if entry.index in varying else inputs[entry.key]
                for entry in program.inputs
            ]
            with np.errstate(all="ignore"):
                (found,), _, _ = program.run(values)
            answers.append(np.broadcast_to(found, RUNS))
    return answers


def shown(line: Line, constants: Any, periods: Any, years: Any) -> Any:
    """A constant or total as it is, a row as the list of its columns from 1."""
    if line.shape == "period":
        return [row[0] for row in periods[1:]]
    return [row[0] for row in years] if line.shape == "year" else constants[0]


def all_ways(graph: Graph, line: Line, inputs: dict[str, float], answer: float) -> None:
    """One number must come out of every spelling; not-a-number is an empty text in a sheet."""
    same = pytest.approx(answer, rel=1e-12, abs=1e-12, nan_ok=True)
    assert scalar(graph, line, inputs) == same, "plain Python"
    for found in batches(graph, line, inputs):
        assert [float(value) for value in found] == [same] * RUNS, "numpy"
    assert Walk(graph.lines, inputs, YEARS, PER_YEAR).number(line) == same, "tree walk"
    (cell,) = calculated(graph, inputs, line)
    assert (cell == "") if math.isnan(answer) else (cell == same), f"sheet: {cell!r}"


TYPED = [
    pytest.param(name, args, answer, id=f"{name}{args}".replace(" ", ""))
    for name, operator in OPERATORS.items()
    for args, answer in operator.examples
]


@pytest.mark.parametrize(("name", "args", "answer"), TYPED)
def test_typed_example(name: str, args: tuple[float, ...], answer: float) -> None:
    def build(*values: Line) -> Expr:
        return block(values) if name == "block" else call(name, *values)

    all_ways(*graph_of(build, args, rows=name == "block"), answer)


# The operators that look across periods: a row is typed from period 0 to 4 (two years of two), None where it has no
# period 0; the answer is one number or one per column.
ROWS: dict[str, list[tuple[Callable[..., Expr], list[list[float | None]], Any]]] = {
    "previous": [(previous, [[1, 2, 4, 8, 16]], [1, 2, 4, 8])],
    "time_sum": [
        (lambda row: over_time("sum", row), [[1, 2, 4, 8, 16]], 31),
        (lambda row: over_time("sum", row), [[None, 2, 4, 8, 16]], 30),
    ],
    "time_low": [
        (lambda row: over_time("low", row), [[-3, 2, -1, 8, 1]], -3),
        (lambda row: over_time("low", row), [[None, 2, -1, 8, 1]], -1),
    ],
    "time_high": [
        (lambda row: over_time("high", row), [[9, 2, -1, 8, 1]], 9),
        (lambda row: over_time("high", row), [[None, -2, -1, -8, -4]], -1),
    ],
    "time_last": [(lambda row: over_time("last", row), [[1, 2, 4, 8, 16]], 16)],
    "time_sumproduct": [
        (sumproduct, [[1, 2, 4, 8, 16], [1, 0.5, 0.25, 0.125, -1]], -12),
        (sumproduct, [[None, 2, 4, 8, 16], [None, 0.5, 0.25, 0.125, -1]], -13),
    ],
    # -100 + 30/x + 40/x^2 + 50/x^3 + 20/x^4, solved elsewhere: 15.3221378771825 % a period
    "irr": [(lambda row: row, [[-100, 30, 40, 50, 20]], 0.1532213787718255)],
    "year_sum": [(lambda row: in_year("sum", row), [[1, 2, 4, 8, 16]], [6, 24])],
    "year_last": [(lambda row: in_year("last", row), [[1, 2, 4, 8, 16]], [4, 16])],
}


def test_every_operator_has_an_example() -> None:
    typed = {name for name, operator in OPERATORS.items() if operator.examples}
    assert typed | set(ROWS) == set(OPERATORS)
    assert typed.isdisjoint(ROWS)


def row_of(
    graph: Graph, period: Line, number: int, values: list[float | None]
) -> tuple[Line, dict[str, float]]:
    """A period line with typed values, each of them an input."""
    keys = [f"r{number}p{column}" for column in range(len(values))]
    cells = [graph.input(key, f"Row {number}, period {column}", "ratio") for column, key in enumerate(keys)]
    opening = None if values[0] is None else cells[0]
    row = graph.period(f"r{number}", f"Row {number}", "ratio", pick(period, *cells[1:]), opening)
    return row, {key: 0.0 if value is None else float(value) for key, value in zip(keys, values, strict=True)}


@pytest.mark.parametrize(
    ("name", "build", "rows", "answer"),
    [
        pytest.param(name, *example, id=f"{name}-{n}")
        for name, found in ROWS.items()
        for n, example in enumerate(found)
    ],
)
def test_typed_rows(name: str, build: Build, rows: list[list[float | None]], answer: Any) -> None:
    graph = Graph(YEARS * PER_YEAR, YEARS)
    period = graph.later("period", "Period", "period", 0)
    graph.place(period, previous(period) + 1)
    year = graph.level("year", "Year", "period", ceiling(period / PER_YEAR))
    made = [row_of(graph, period, number, values) for number, values in enumerate(rows)]
    inputs = {key: value for _, given in made for key, value in given.items()}
    if name == "irr":
        limits = {"guess": 0.01, "low": -0.5, "high": 1.0}
        found = [graph.input(key, key.title(), "share") for key in limits]
        inputs |= limits
        formula: Expr = irr(made[0][0], *found)
    else:
        formula = build(*(row for row, _ in made))
    shape = {"previous": graph.period, "year_sum": graph.year, "year_last": graph.year}.get(name, graph.total)
    line = shape("answer", "Answer", "ratio", formula)
    typed = answer if isinstance(answer, list) else [answer]
    same = pytest.approx(typed, rel=1e-12)
    assert np.atleast_1d(scalar(graph, line, inputs)).tolist() == same, "plain Python"
    walk = Walk(graph.lines, inputs, YEARS, PER_YEAR)
    assert walk.row(line, 1, len(typed)) == same, "tree walk"
    assert calculated(graph, inputs, line) == same, "sheet"
    assert walk.row(year, 0, 4) == [0, 1, 1, 2, 2]
    for shift in batches_of_rows(graph, line, inputs):
        assert shift == same, "numpy"


def batches_of_rows(graph: Graph, line: Line, inputs: dict[str, float]) -> list[list[float]]:
    """The answer of the middle run of three, where the first input, the last one, or all of them vary."""
    given = [entry for entry in graph.lines if entry.shape == "input"]
    answers = []
    for chosen in (given[:1], given[-1:], given):
        varying = {entry.index for entry in chosen}
        program = compiled([line], varying)
        values = [
            inputs[entry.key] + np.array([-0.25, 0.0, 0.25]) if entry.index in varying else inputs[entry.key]
            for entry in program.inputs
        ]
        with np.errstate(all="ignore"):
            found = shown(line, *program.run(values))
        columns = found if isinstance(found, list) else [found]
        answers.append([float(np.broadcast_to(column, 3)[1]) for column in columns])
    return answers


# Where Python, numpy and a sheet read the same text differently. In a sheet -2^2 is 4 and 2^3^2 is 64; in Python they
# are -4 and 512.
TRAPS: dict[str, tuple[Build, tuple[float, ...], float]] = {
    "minus of a power": (lambda a: -(a**2), (2,), -4),
    "power of a minus": (lambda a: (-a) ** 2, (2,), 4),
    "power of a power, left": (lambda a, b, c: (a**b) ** c, (2, 3, 2), 64),
    "power of a power, right": (lambda a, b, c: a ** (b**c), (2, 3, 2), 512),
    "power of a minus one": (lambda a: call("power", -1, a), (2,), 1),
    "power to minus one": (lambda a: a**-1, (4,), 0.25),
    "power to a minus": (lambda a, b: a ** (-b), (2, 3), 0.125),
    "power of a sum": (lambda a, b: (a + b) ** 2, (1, 2), 9),
    "power of a product": (lambda a, b: (a * b) ** 2, (2, 3), 36),
    "power to a quotient": (lambda a, b: a ** (1 / b), (16, 4), 2),
    "product with a power": (lambda a, b: a * b**2, (2, 3), 18),
    "minus of a difference": (lambda a, b: -(a - b), (1, 3), 2),
    "minus of a minus": (lambda a: -(call("negate", a)), (3,), 3),
    "minus in the middle": (lambda a, b: a - (-b), (1, 3), 4),
    "minus a negative number": (lambda a: a - -1, (1,), 2),
    "times minus one": (lambda a: a * -1, (3,), -3),
    "difference of a difference": (lambda a, b, c: a - (b - c), (1, 2, 4), 3),
    "difference of a sum": (lambda a, b, c: a - (b + c), (1, 2, 4), -5),
    "difference, left first": (lambda a, b, c: a - b - c, (1, 2, 4), -5),
    "quotient of a product": (lambda a, b, c: a / (b * c), (12, 2, 3), 2),
    "quotient of a quotient": (lambda a, b, c: a / (b / c), (12, 2, 3), 18),
    "quotient, left first": (lambda a, b, c: a / b / c, (12, 2, 3), 2),
    "quotient of a sum": (lambda a, b, c: a / (b + c), (12, 2, 4), 2),
    "product of a quotient": (lambda a, b, c: a * (b / c), (12, 2, 4), 6),
    "product of sums": (lambda a, b, c: (a + b) * (b - c), (1, 2, 4), -6),
    "flag in a sum": (lambda a, b: 1 - less(a, b), (1, 2), 0),
    "flag in a product": (lambda a, b, c: less(a, b) * c, (1, 2, 5), 5),
    "flag in a divisor": (lambda a, b, c: c / less(a, b), (1, 2, 5), 5),
    "flag in a power": (lambda a, b, c: less(a, b) ** c, (1, 2, 2), 1),
    "flag of a flag": (lambda a, b: less(less(a, b), 1), (1, 2), 0),
    "flag of sums": (lambda a, b: less(a + 1, b - 1), (1, 4), 1),
    "minus of a flag": (lambda a, b: -less(a, b), (1, 2), -1),
    "flags multiplied": (lambda a, b: less(a, b) * equal(a, 1), (1, 2), 1),
    "either of a flag": (lambda a, b: either(less(a, b), a + b, a - b), (1, 2), 3),
    "either in a sum": (lambda a, b: 1 - either(equal(a, b), 2, 0), (1, 1), -1),
    "division guard": (lambda a, b: over(a, b, 1), (3, 0), 1),
    "division guard not needed": (lambda a, b: over(a, b, 1), (3, 2), 1.5),
    "division guard of sums": (lambda a, b: over(a - b, a + b, 1), (3, 1), 0.5),
    "division guard of a difference that is 0": (lambda a, b: over(a, b - 2, a * b), (3, 2), 6),
    "division guard of a product": (lambda a, b: over(a, b * b, 0), (8, 2), 2),
    "no number": (lambda a: either(a, 1, Null()), (0,), math.nan),
    "a number instead of none": (lambda a: either(a, 2, Null()), (1,), 2),
    "ratio to nothing": (ratio, (3, 0), math.nan),
    "ratio": (ratio, (3, 4), 0.75),
    "half rounded up": (lambda a: ceiling(a / 2), (5,), 3),
    "half rounded down": (lambda a: floor(-a / 2), (5,), -3),
    "whole part of a sum": (lambda a, b: floor(a + b) * 2, (1.5, 1.75), 6),
    "rounding up a sum": (lambda a, b: ceiling(a - b), (1.5, 0.25), 2),
    "smallest of many": (lambda a, b, c: minimum(a, b, c - 1), (3, 2, 1), 0),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_trap(trap: str) -> None:
    build, args, answer = TRAPS[trap]
    all_ways(*graph_of(build, args), answer)


def test_a_batch_picks_and_decides_run_by_run() -> None:
    """Both branches are evaluated in a batch; a hole in the branch that is not taken must not spread."""
    _, line, _ = graph_of(lambda p, a, b: either(equal(p, 2), over(a, b, 12), pick(p, a, b, a)), (1, 1, 1))
    program = compiled([line], {0, 1, 2})
    runs = [np.array(row, float) for row in ([1, 2, 2, 3], [5, 6, 7, 8], [1, 0, 2, 0])]
    (found,), _, _ = program.run(runs)
    assert found.tolist() == [5, 12, 3.5, 8]


def test_an_input_that_does_not_vary_stays_a_plain_number() -> None:
    graph, line, _ = graph_of(lambda a, b: a**b, (1, 1))
    third = graph.input("x2", "X 2", "ratio")
    other = graph.constant("other", "Other", "ratio", third * line)
    program = compiled([line, other], {third.index})
    (power, product), _, _ = program.run([1.1, 3.0, np.array([1.0, 2.0])])
    assert isinstance(power, float)
    assert product.tolist() == [power, 2 * power]


@pytest.mark.parametrize("base", [0.9, 0.983, 1.00731, 1.1, 3.7])
@pytest.mark.parametrize("exponent", [0.25, 1 / 12, -1 / 12, -7.5, 2.0])
def test_a_power_has_the_same_last_bit_alone_and_in_company(base: float, exponent: float) -> None:
    """Otherwise a metric that nothing moves would differ from today by a rounding, and be worth something."""
    graph, _, _ = graph_of(lambda a, b: a**b, (base, exponent))
    moved = graph.input("x2", "X 2", "ratio")
    graph.constant("with", "With", "ratio", moved ** graph["x1"])
    lines = [graph["answer"], graph["with"]]
    for runs in (1, 2, 7, 64, 65):
        program = compiled(lines, {moved.index})
        (alone, together), _, _ = program.run([base, exponent, np.full(runs, base)])
        assert together.tolist() == [alone] * runs
