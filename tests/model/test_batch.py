"""Batches: a line is its own formula to the last bit; parts in common are computed once, what stays is not repeated."""

import math
import random
from functools import reduce
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.model.compiler import Program, compile_program
from casebuilder.model.expressions import Call, Expr, Line, Number, maximum, minimum, over_time, previous
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import values
from casebuilder.model.model import Values, evaluate, model_of
from casebuilder.model.operators import NAMES, counted, division
from casebuilder.model.structure import structure
from tests.agreement.random_cases import random_case
from tests.model.cases import case_of, few

numbers = st.floats(allow_nan=False, allow_infinity=False)


# ---- no bit changes


def plainly(node: Expr, found: Values, t: int) -> Any:
    """A part of a formula in period t, operator by operator in numpy, from the lines that it reads."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Line):
        row = found[node.key]
        return row[t] if node.shape == "period" else row
    assert isinstance(node, Call)
    if node.operator.kind == "previous":
        return plainly(node.args[0], found, t - 1)
    args = [plainly(arg, found, t) for arg in node.args]
    if node.operator.name in ("minimum", "maximum"):
        return reduce(NAMES[node.operator.array], args)
    places = [f"x{number}" for number in range(len(args))]
    spelled = node.operator.array.format(*places, all=", ".join(places), plus=" + ".join(places))
    return eval(spelled, dict(NAMES), dict(zip(places, args, strict=True)))


@few(0.2)
@given(st.integers(0, 10**9))
def test_every_line_is_its_own_formula_to_the_last_bit(seed: int) -> None:
    """Whatever else is computed beside it: line by line over all periods, sizes and shares of cash along the runs."""
    rng = random.Random(seed)
    case = case_of(random_case(rng))
    shape = structure(case)
    model = model_of(shape)
    inputs: dict[str, Any] = {**values(case, shape), "run.scenario": 1.0, "run.option": 1.0}
    places = ("segments[", "service.", "sales.", "headline_shares.", "initiatives[")
    read = [line.key for line in model.lines if line.shape == "input" and line.key.startswith(places)]
    for key in rng.sample(read, min(len(read), rng.choice([1, 3, 20]))):
        inputs[key] = inputs[key] * np.array([1.0, 0.9, 0.55])
    inputs["company.discount_rate"] = np.array([0.1, 0.0, 0.07])
    found = evaluate(model, inputs)
    with np.errstate(all="ignore"):
        for line in model.lines:
            powers = any(
                node.operator.name == "power" for node in line.calls
            )  # the last bit hangs on their routine
            for t in range(1, shape.periods + 1) if line.shape == "period" else ():
                assert line.formula is not None
                plain, ours = np.broadcast_to(plainly(line.formula, found, t), 3), found[line.key][t]
                same = (
                    np.isclose(ours, plain, rtol=1e-14, atol=0, equal_nan=True) if powers else ours == plain
                )
                assert (same | np.isnan(ours) & np.isnan(plain)).all(), (line.key, t)


@given(numbers, st.sampled_from([0.0, 0.25, 1.0, 1.5]) | st.floats(0, 3))
def test_a_counted_amount_is_the_one_of_its_formula(amount: float, share: float) -> None:
    amounts = np.array([amount, -amount, 0.0])
    with np.errstate(over="ignore"):
        plain = np.minimum(0.0, amounts) + np.maximum(0.0, amounts) * share
        assert np.array_equal(counted(amounts, share), plain)


@given(
    numbers, st.sampled_from([1.0, 4.0, 0.5, -2.0, 12.0, 365.0, 0.0, 5e-324, 2.0**1023, math.nan]) | numbers
)
def test_a_division_is_a_division(top: float, by: float) -> None:
    divide, number = division(by)
    with np.errstate(all="ignore"):
        plain = np.array([top, 1.0]) / by
        assert np.array_equal(divide(np.array([top, 1.0]), number), plain, equal_nan=True)


def test_a_power_of_two_is_multiplied_by() -> None:
    assert division(4.0)[0] is np.multiply
    assert division(12.0)[0] is np.divide


# ---- less work


def program(graph: Graph, *keys: str) -> Program:
    """The program of some lines while `x` and `y` vary."""
    varying = {line.index for line in graph.lines if line.key in ("x", "y")}
    return compile_program([graph[key] for key in keys], frozenset(varying), 1, graph.periods)


@pytest.fixture
def graph() -> Graph:
    """Inputs, a period line `t` that is the same in all runs, and one `grown` that is not."""
    made = Graph(3, 1)
    for key in ("x", "y", "a", "b"):
        made.input(key, key.upper(), "ratio")
    t = made.later("t", "T", "period", 0)
    made.place(t, previous(t) + 1)
    made.period("grown", "Grown", "ratio", made["x"] * t)
    return made


def inside(program: Program) -> list[str]:
    """The statements of the loop over periods."""
    lines = program.source.split("\n")
    return lines[next(n for n, text in enumerate(lines) if "for q" in text) :]


def test_a_part_in_common_is_computed_once(graph: Graph) -> None:
    x, t, grown = graph["x"], graph["t"], graph["grown"]
    graph.period("one", "One", "ratio", (grown + x) * t)
    graph.period("two", "Two", "ratio", (grown + x) / t)
    graph.period("three", "Three", "ratio", (grown + x) * t + 1)
    for key in ("one", "two", "three"):
        graph.total(f"sum {key}", f"Sum {key}", "ratio", over_time("sum", graph[key]))
    found = program(graph, "sum one", "sum two", "sum three")
    body = "\n".join(inside(found))
    assert (body.count("np_add("), body.count(" * ")) == (1, 1)
    constants, _, _ = found.run([np.array([1.0, 2.0])])
    assert [total.tolist() for total in constants] == [
        [20.0, 40.0],
        [2 + 1.5 + 4 / 3, 4 + 3 + 8 / 3],
        [23.0, 43.0],
    ]


def test_what_is_the_same_in_all_periods_stands_before_the_loop(graph: Graph) -> None:
    x, y, a, b, t = (graph[key] for key in ("x", "y", "a", "b", "t"))
    graph.period("line", "Line", "ratio", (x - y * a) * (a - b) * t)
    graph.total("sum", "Sum", "ratio", over_time("sum", graph["line"]))
    found = program(graph, "sum")
    assert not [text for text in inside(found) if " - " in text or "subtract" in text]
    ((total,), _, _) = found.run([np.array([5.0, 6.0]), np.array([1.0, 2.0]), 2.0, 0.5])
    assert total.tolist() == [3 * 1.5 * 6, 2 * 1.5 * 6]


def test_bounds_that_are_numbers_are_joined_before_the_loop(graph: Graph) -> None:
    a, b, grown = graph["a"], graph["b"], graph["grown"]
    graph.period("line", "Line", "ratio", maximum(a, minimum(b, minimum(2, grown))))
    graph.total("sum", "Sum", "ratio", over_time("sum", graph["line"]))
    found = program(graph, "sum")
    assert sum(text.count("np_minimum(") for text in inside(found)) == 1
    ((total,), _, _) = found.run([np.array([-1.0, 1.0, 3.0]), 0.0, 5.0])
    assert total.tolist() == [0.0, 5.0, 6.0]


def test_what_is_kept_is_not_written_over(graph: Graph) -> None:
    """Kept rows are arrays of their own, also where a line is another one's previous value or the same number."""
    grown = graph["grown"]
    last = graph.later("last", "Last", "ratio", 0)
    graph.period("before", "Before", "ratio", previous(last))
    graph.place(last, grown * 2 + previous(last))
    graph.period("same", "Same", "ratio", grown * 2)
    found = program(graph, "before", "last", "same")
    _, rows, _ = found.run([np.array([1.0, 10.0])])
    assert [[value.tolist() for value in row] for row in rows[2:]] == [
        [[2.0, 20.0], [6.0, 60.0], [4.0, 40.0]],
        [[6.0, 60.0], [12.0, 120.0], [6.0, 60.0]],
    ]
