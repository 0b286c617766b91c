"""Formulas as data: lines, numbers and calls of the closed operator list, built once and spelled many times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from casebuilder.model.operators import OPERATORS, Operator

#: input: one number per run, given; constant: one number per run, computed; period: one per run and period;
#: total: one per run, reduced over the periods; year: one per run and year.
Shape = Literal["input", "constant", "period", "total", "year"]


class Expr:
    """Anything that can stand in a formula; arithmetic on it builds a larger formula."""

    def __add__(self, other: Operand) -> Call:
        return call("add", self, other)

    def __radd__(self, other: Operand) -> Call:
        return call("add", other, self)

    def __sub__(self, other: Operand) -> Call:
        return call("subtract", self, other)

    def __rsub__(self, other: Operand) -> Call:
        return call("subtract", other, self)

    def __mul__(self, other: Operand) -> Call:
        return call("multiply", self, other)

    def __rmul__(self, other: Operand) -> Call:
        return call("multiply", other, self)

    def __truediv__(self, other: Operand) -> Call:
        return call("divide", self, other)

    def __rtruediv__(self, other: Operand) -> Call:
        return call("divide", other, self)

    def __pow__(self, other: Operand) -> Call:
        return call("power", self, other)

    def __neg__(self) -> Call:
        return call("negate", self)


@dataclass(frozen=True, eq=False)
class Number(Expr):
    """A number of arithmetic (0, 1, 2, 12, 60, 365): numbers of the world are inputs."""

    value: float


@dataclass(frozen=True, eq=False)
class Null(Expr):
    """No number: not-a-number in arithmetic, an empty text in a sheet, null in JSON."""


@dataclass(frozen=True, eq=False)
class Call(Expr):
    """An operator applied to its arguments."""

    operator: Operator
    args: tuple[Expr, ...]


@dataclass(eq=False)
class Line(Expr):
    """One row of the model: what it is called, its unit, its shape and its formula.

    `opening` is the formula of period 0 (of year 0 for a year line); None means that the line has no value there
    and nothing may read it. The graph sets `index`, the place in the
    order of calculation, and what the line `reads` and `calls`, its opening included.
    """

    key: str
    label: str
    unit: str
    shape: Shape
    formula: Expr | None = None
    opening: Expr | None = None
    section: str = ""
    index: int = -1
    reads: tuple[Line, ...] = ()
    calls: tuple[Call, ...] = ()

    def __repr__(self) -> str:
        return f"Line({self.key})"


Operand = Expr | float | int


def expr(value: Operand) -> Expr:
    """A Python number as a formula's number; a formula as itself."""
    return value if isinstance(value, Expr) else Number(float(value))


def call(name: str, *args: Operand) -> Call:
    """An operator of the closed list applied to arguments; an unlisted one raises KeyError with its name."""
    if name not in OPERATORS:
        raise KeyError(f"{name!r} is not an operator of the model")
    return Call(OPERATORS[name], tuple(expr(arg) for arg in args))


def minimum(*args: Operand) -> Call:
    """The smallest of its arguments."""
    return call("minimum", *args)


def maximum(*args: Operand) -> Call:
    """The largest of its arguments."""
    return call("maximum", *args)


def absolute(value: Operand) -> Call:
    """The size of a number without its sign."""
    return call("absolute", value)


def sign(value: Operand) -> Call:
    """-1, 0 or 1."""
    return call("sign", value)


def less(left: Operand, right: Operand) -> Call:
    """1 where left is below right, else 0."""
    return call("less", left, right)


def at_most(left: Operand, right: Operand) -> Call:
    """1 where left is not above right, else 0."""
    return call("at_most", left, right)


def equal(left: Operand, right: Operand) -> Call:
    """1 where both are the same number, else 0."""
    return call("equal", left, right)


def either(flag: Operand, yes: Operand, no: Operand) -> Call:
    """`yes` where flag is 1, else `no`; both are evaluated, so divisors must be guarded as values."""
    return call("either", flag, yes, no)


def over(top: Operand, bottom: Operand, otherwise: Operand) -> Call:
    """top / bottom, or `otherwise` where bottom is 0."""
    return call("over", top, bottom, otherwise)


def ratio(top: Operand, bottom: Operand) -> Call:
    """top / bottom, or no number where bottom is 0."""
    return over(top, bottom, Null())


def root(value: Operand) -> Call:
    """The square root."""
    return call("root", value)


def floor(value: Operand) -> Call:
    """The whole number at or below."""
    return call("floor", value)


def ceiling(value: Operand) -> Call:
    """The whole number at or above."""
    return call("ceiling", value)


def pick(position: Operand, *choices: Operand) -> Call:
    """The choice at a position counted from 1; the choices stand side by side in one row of inputs."""
    return call("pick", position, *choices)


def block(lines: Iterable[Line]) -> Expr:
    """The sum of rows that stand beneath each other; 0 where there are none."""
    rows = tuple(lines)
    if not rows:
        return Number(0.0)
    return call("block", *rows)


def previous(line: Line) -> Call:
    """The line's value one column earlier; it must have an opening."""
    if line.opening is None:
        raise ValueError(f"{line.key}: has no opening value, so nothing can read its previous period")
    return call("previous", line)


def over_time(name: Literal["sum", "low", "high", "last"], line: Line) -> Call:
    """A reduction over the periods, period 0 included where the line has an opening."""
    return call(f"time_{name}", line)


def sumproduct(left: Line, right: Line) -> Call:
    """The sum over periods of left times right; both or neither have an opening."""
    if (left.opening is None) != (right.opening is None):
        raise ValueError(f"{left.key} and {right.key}: one has a period 0 and the other has not")
    return call("time_sumproduct", left, right)


def irr(net: Line, guess: Line, low: Line, high: Line) -> Call:
    """The rate per period between low and high at which net is worth nothing; a sheet searches from guess."""
    return call("irr", net, guess, low, high)


def in_year(name: Literal["sum", "last"], line: Line) -> Call:
    """A reduction over the periods of one year."""
    return call(f"year_{name}", line)


def lines_in(*formulas: Expr | None) -> list[Line]:
    """Every line that formulas read, repeats included, left to right."""
    found: list[Line] = []
    for formula in formulas:
        _walk(formula, found, [])
    return found


def _walk(formula: Expr | None, lines: list[Line], calls: list[Call]) -> None:
    if isinstance(formula, Line):
        lines.append(formula)
    elif isinstance(formula, Call):
        calls.append(formula)
        for arg in formula.args:
            _walk(arg, lines, calls)


def parts_of(*formulas: Expr | None) -> tuple[tuple[Line, ...], tuple[Call, ...]]:
    """Every line that formulas read and every call inside them, outermost first, in one walk."""
    lines: list[Line] = []
    calls: list[Call] = []
    for formula in formulas:
        _walk(formula, lines, calls)
    return tuple(lines), tuple(calls)


def binding_of(node: Call) -> tuple[int, ...]:
    """How tightly each argument must bind to stand without brackets; inside a function none must."""
    return _BINDING.get(node.operator.name, (0,) * len(node.args))


_BINDING = {
    "add": (2, 2),
    "subtract": (2, 3),
    "multiply": (3, 3),
    "divide": (3, 4),
    "power": (9, 9),
    "negate": (9,),
    "less": (2, 2),
    "at_most": (2, 2),
    "equal": (2, 2),
}
