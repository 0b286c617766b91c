"""The closed list of operators: each once, with its spelling in Python, numpy, a sheet and words, and examples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["cell", "variadic", "previous", "time", "year"]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Operator:
    """One operator.

    `scalar` and `array` are Python spellings for one run and for a batch of runs, `excel` the spelling in a sheet
    and `words` the one for people; `{0}`, `{1}` are the arguments, `{all}` all of them. `level` is the binding
    strength of the sheet spelling (9 needs no brackets), and of the words. `examples` are (arguments, answer).
    Operators of kind `time`, `year` and `previous` take lines; a batch carries them out in its loop over periods.
    """

    name: str
    kind: Kind
    scalar: str
    array: str
    excel: str
    words: str
    level: int
    examples: tuple[tuple[tuple[float, ...], float], ...]


def guarded(top: Any, bottom: Any, otherwise: Any) -> Any:
    """top / bottom by element, `otherwise` where bottom is 0."""
    hole = bottom == 0
    return np.where(hole, otherwise, top / np.where(hole, 1.0, bottom))


def division(by: float) -> tuple[np.ufunc, Array]:
    """How a batch divides by one number: a power of two is multiplied by, to the same bit in half the time."""
    exact = abs(math.frexp(by)[0]) == 0.5 and math.isfinite(1 / by)
    return (np.multiply, np.array(1 / by)) if exact else (np.divide, np.array(by))


def counted(amount: Any, share: float) -> Any:
    """min(0, amount) + max(0, amount) * share by element, to the last bit, for a share that is one number."""
    if share == 1.0:
        return amount
    return (np.minimum if share < 1.0 else np.maximum)(amount, amount * share)


def picked(position: Any, *choices: Any) -> Any:
    """The choice at each element's position, counted from 1."""
    return np.choose(np.asarray(position, dtype=np.int64) - 1, choices)


def power_one(base: float, exponent: float) -> float:
    """One power by the same routine as a whole array: the last bit must not depend on the company kept.

    Otherwise a lever that nothing moves would differ from today by a rounding, and its benefit would not be zero; and
    a run alone would differ from the same run in a batch.
    """
    return float(np.power(base, exponent))


def bisected(flows: list[Any], low: Any, high: Any) -> Any:
    """The rate per period at which the flows are worth nothing, by bisection between low and high.

    `flows` is one number or array per period from 0; where their worth at low and high has the same sign the answer
    is not-a-number. 200 halvings reach the last bit of a double.
    """
    table = np.stack([np.broadcast_to(np.asarray(flow, float), np.shape(low + flows[0])) for flow in flows])
    left, right = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
    left, right = np.array(left + 0 * table[0]), np.array(right + 0 * table[0])
    worth_left, worth_right = worth(table, left), worth(table, right)
    found = worth_left * worth_right <= 0
    for _ in range(200):
        middle = (left + right) / 2
        if not np.any(found & (middle != left) & (middle != right)):
            break
        same = np.sign(worth(table, middle)) == np.sign(worth_left)
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    root = np.where(worth_left == 0, left, (left + right) / 2)
    return np.where(found, root, np.nan)


def worth(flows: Array, rate: Array) -> Array:
    """The flows' present value at a rate per period (Horner from the last period, no powers)."""
    factor = 1.0 / (1.0 + rate)
    total = np.zeros_like(rate)
    for flow in flows[::-1]:
        total = total * factor + flow
    return total


def bisected_one(flows: list[float], low: float, high: float) -> float:
    """`bisected` for one run, in plain floats."""

    def value(rate: float) -> float:
        factor, total = 1.0 / (1.0 + rate), 0.0
        for flow in reversed(flows):
            total = total * factor + flow
        return total

    at_low, at_high = value(low), value(high)
    if at_low == 0:
        return low
    if not at_low * at_high <= 0:
        return float("nan")
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (value(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2


#: What the generated Python may call, beside its own arithmetic.
NAMES: dict[str, Any] = {
    "nan": float("nan"),
    "array": np.array,
    "empty": np.empty,
    "division": division,
    "counted": counted,
    "guarded": guarded,
    "picked": picked,
    "bisected": bisected,
    "bisected_one": bisected_one,
    "power_one": power_one,
    "root": math.sqrt,
    "np_add": np.add,
    "np_subtract": np.subtract,
    "np_multiply": np.multiply,
    "np_divide": np.divide,
    "np_power": np.power,
    "np_root": np.sqrt,
    "np_minimum": np.minimum,
    "np_maximum": np.maximum,
    "np_sign": np.sign,
    "np_floor": np.floor,
    "np_ceil": np.ceil,
    "np_where": np.where,
}


def _list() -> tuple[Operator, ...]:
    def cell(
        name: str, scalar: str, array: str, excel: str, words: str, level: int, *examples: Any
    ) -> Operator:
        return Operator(name, "cell", scalar, array, excel, words, level, examples)

    return (
        cell("add", "({0} + {1})", "({0} + {1})", "{0}+{1}", "{0} + {1}", 2, ((2, 3), 5), ((0.5, -0.5), 0)),
        cell(
            "subtract",
            "({0} - {1})",
            "({0} - {1})",
            "{0}-{1}",
            "{0} - {1}",
            2,
            ((2, 3), -1),
            ((1, 0.25), 0.75),
        ),
        cell(
            "multiply", "({0} * {1})", "({0} * {1})", "{0}*{1}", "{0} x {1}", 3, ((2, 3), 6), ((-2, 0.5), -1)
        ),
        cell(
            "divide", "({0} / {1})", "({0} / {1})", "{0}/{1}", "{0} / {1}", 3, ((3, 2), 1.5), ((-1, 4), -0.25)
        ),
        cell(
            "power",
            "power_one({0}, {1})",
            "np_power({0}, {1})",
            "{0}^{1}",
            "{0} to the power {1}",
            4,
            ((2, 3), 8),
            ((4, 0.5), 2),
            ((0.5, -1), 2),
        ),
        cell("root", "root({0})", "np_root({0})", "SQRT({0})", "square root of {0}", 9, ((4,), 2), ((0,), 0)),
        cell("negate", "(-{0})", "(-{0})", "(-{0})", "-{0}", 9, ((3,), -3), ((-0.5,), 0.5)),
        cell("absolute", "abs({0})", "abs({0})", "ABS({0})", "size of {0}", 9, ((-3,), 3), ((0.5,), 0.5)),
        cell(
            "sign",
            "(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else 0.0)",
            "np_sign({0})",
            "SIGN({0})",
            "sign of {0}",
            9,
            ((-3,), -1),
            ((0,), 0),
            ((9,), 1),
        ),
        cell(
            "floor",
            "({0} // 1.0)",
            "np_floor({0})",
            "INT({0})",
            "whole part of {0}",
            9,
            ((2.5,), 2),
            ((-0.5,), -1),
            ((3,), 3),
        ),
        cell(
            "ceiling",
            "(-(-{0} // 1.0))",
            "np_ceil({0})",
            "(-INT(-({0})))",
            "{0} rounded up",
            9,
            ((2.5,), 3),
            ((-0.5,), 0),
            ((3,), 3),
        ),
        cell(
            "less",
            "(1.0 if {0} < {1} else 0.0)",
            "(({0} < {1}) * 1.0)",
            "({0}<{1})*1",
            "1 if {0} is below {1}",
            3,
            ((1, 2), 1),
            ((2, 2), 0),
        ),
        cell(
            "at_most",
            "(1.0 if {0} <= {1} else 0.0)",
            "(({0} <= {1}) * 1.0)",
            "({0}<={1})*1",
            "1 if {0} is at most {1}",
            3,
            ((2, 2), 1),
            ((3, 2), 0),
        ),
        cell(
            "equal",
            "(1.0 if {0} == {1} else 0.0)",
            "(({0} == {1}) * 1.0)",
            "({0}={1})*1",
            "1 if {0} is {1}",
            3,
            ((2, 2), 1),
            ((3, 2), 0),
        ),
        cell(
            "either",
            "({1} if {0} == 1.0 else {2})",
            "np_where({0} == 1.0, {1}, {2})",
            "IF({0}=1,{1},{2})",
            "{1} if {0}, else {2}",
            9,
            ((1, 5, 7), 5),
            ((0, 5, 7), 7),
        ),
        cell(
            "over",
            "({0} / {1} if {1} != 0.0 else {2})",
            "guarded({0}, {1}, {2})",
            "IF({1}=0,{2},{0}/{1})",
            "{0} / {1} ({2} where that is 0)",
            9,
            ((3, 2, 9), 1.5),
            ((3, 0, 9), 9),
        ),
        Operator(
            "minimum",
            "variadic",
            "min({all})",
            "np_minimum",
            "MIN({all})",
            "the smaller of {all}",
            9,
            (((2, 3), 2), ((-1, -2), -2)),
        ),
        Operator(
            "maximum",
            "variadic",
            "max({all})",
            "np_maximum",
            "MAX({all})",
            "the larger of {all}",
            9,
            (((2, 3), 3), ((-1, -2), -1)),
        ),
        Operator(
            "pick",
            "variadic",
            "({rest},)[int({0}) - 1]",
            "picked({all})",
            "INDEX({range},{0})",
            "number {0} of {rest}",
            9,
            (((2, 5, 7), 7), ((1, 5, 7), 5)),
        ),
        Operator(
            "block",
            "variadic",
            "({plus})",
            "({plus})",
            "SUM({range})",
            "sum of {all}",
            9,
            (((1, 2, 3), 6), ((0.5, -0.5), 0)),
        ),
        Operator("previous", "previous", "", "", "", "previous {0}", 9, ()),
        Operator("time_sum", "time", "", "", "SUM({0})", "sum over time of {0}", 9, ()),
        Operator("time_low", "time", "", "", "MIN({0})", "lowest {0}", 9, ()),
        Operator("time_high", "time", "", "", "MAX({0})", "highest {0}", 9, ()),
        Operator("time_last", "time", "", "", "{0}", "last {0}", 9, ()),
        Operator(
            "time_sumproduct", "time", "", "", "SUMPRODUCT({0},{1})", "sum over time of {0} x {1}", 9, ()
        ),
        Operator("irr", "time", "", "", "IRR({0},{1})", "rate at which {0} is worth nothing", 9, ()),
        Operator("year_sum", "year", "", "", "SUMIF({years},{year},{0})", "sum over the year of {0}", 9, ()),
        Operator("year_last", "year", "", "", "INDEX({0},{last})", "{0} at year end", 9, ()),
    )


OPERATORS: dict[str, Operator] = {operator.name: operator for operator in _list()}
