"""The slow, obvious evaluation of a model's graph: one number at a time, by walking each formula as a tree.

Nothing of the compiler or of numpy is used, and none of the spellings of an operator: what an operator means is
written out again below. No number is not-a-number, as in the product.
"""

import math
from collections.abc import Mapping, Sequence

from casebuilder.model.expressions import Call, Expr, Line, Null, Number
from casebuilder.model.model import Model

NOTHING = math.nan


class Walk:
    """One run of some lines: `number(line, column)` is its value in a column.

    Columns are periods from 0 for a period line, years from 0 (the run rate) for a year line, and anything for a
    constant or total.
    """

    def __init__(self, lines: Sequence[Line], inputs: Mapping[str, float], years: int, per_year: int) -> None:
        self.lines, self.inputs = lines, inputs
        self.per_year, self.last = per_year, years * per_year
        self.known: dict[tuple[str, int], float] = {}

    def number(self, line: Line, column: int = 0) -> float:
        """The line's value; ValueError where it has none in this column because nobody said what stands there."""
        if line.shape == "input":
            return float(self.inputs[line.key])
        if line.shape in ("constant", "total"):
            column = 0
        if (line.key, column) not in self.known:
            opening = line.shape in ("period", "year") and column == 0
            formula = line.opening if opening else line.formula
            if formula is None:
                raise ValueError(f"{line.key} has no value in column {column}")
            self.known[line.key, column] = self.value(formula, column)
        return self.known[line.key, column]

    def row(self, line: Line, first: int, last: int) -> list[float]:
        """The line's values in the columns `first` to `last`."""
        return [self.number(line, column) for column in range(first, last + 1)]

    def value(self, node: Expr, column: int) -> float:
        """What a formula, or a part of one, is worth in a column."""
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Null):
            return NOTHING
        if isinstance(node, Line):
            return self.number(node, column)
        assert isinstance(node, Call)
        if node.operator.kind == "previous":
            return self.number(line_of(node), column - 1)
        if node.operator.kind in ("time", "year"):
            return self.across(node, column)
        if node.operator.name == "either":
            flag, yes, no = node.args
            return self.value(yes if self.value(flag, column) == 1 else no, column)
        return here(node.operator.name, [self.value(arg, column) for arg in node.args])

    def across(self, node: Call, column: int) -> float:
        """A reduction over periods; a year's are its own, the whole horizon begins at 0 where the line does."""
        name, line = node.operator.name, line_of(node)
        if node.operator.kind == "year":
            row = self.row(line, (column - 1) * self.per_year + 1, column * self.per_year)
            return math.fsum(row) if name == "year_sum" else row[-1]
        row = self.row(line, 0 if line.opening is not None else 1, self.last)
        if name == "irr":
            low, high = (self.value(arg, column) for arg in node.args[2:])
            return rate_of(row, low, high)
        if name == "time_sumproduct":
            other = node.args[1]
            assert isinstance(other, Line)
            beside = self.row(other, self.last - len(row) + 1, self.last)
            return math.fsum(a * b for a, b in zip(row, beside, strict=True))
        if name == "time_last":
            return row[-1]
        if name == "time_sum":
            return math.fsum(row)
        return min(row) if name == "time_low" else max(row)


def line_of(node: Call) -> Line:
    """The line that an operator across periods reads."""
    line = node.args[0]
    assert isinstance(line, Line)
    return line


def here(name: str, args: list[float]) -> float:
    """An operator on numbers of one column."""
    a, b, c, *_ = [*args, 0.0, 0.0, 0.0]
    match name:
        case "add":
            return a + b
        case "subtract":
            return a - b
        case "multiply":
            return a * b
        case "divide":
            return a / b
        case "power":
            return math.pow(a, b)
        case "root":
            return math.sqrt(a)
        case "negate":
            return -a
        case "absolute":
            return math.fabs(a)
        case "sign":
            return 0.0 if a == 0 else math.copysign(1.0, a)
        case "floor":
            return float(math.floor(a))
        case "ceiling":
            return float(math.ceil(a))
        case "less":
            return float(a < b)
        case "at_most":
            return float(a <= b)
        case "equal":
            return float(a == b)
        case "over":
            return c if b == 0 else a / b
        case "minimum":
            return min(args)
        case "maximum":
            return max(args)
        case "pick":
            assert a == int(a) >= 1
            return args[int(a)]
        case "block":
            return math.fsum(args)
    raise KeyError(f"{name}: the walk does not know this operator")


def rate_of(flows: Sequence[float], low: float, high: float) -> float:
    """The rate per period at which flows are worth nothing; no number where low and high leave the same sign."""

    def worth(rate: float) -> float:
        return math.fsum(flow / (1 + rate) ** period for period, flow in enumerate(flows))

    if worth(low) == 0:
        return low
    if worth(low) * worth(high) > 0:
        return NOTHING
    for _ in range(120):
        middle = (low + high) / 2
        if worth(middle) * worth(low) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def walk(model: Model, inputs: Mapping[str, float]) -> Walk:
    """One run of a model."""
    return Walk(model.lines, inputs, model.shape.years, model.shape.periods_per_year)


def everything(model: Model, inputs: Mapping[str, float]) -> dict[str, list[float]]:
    """Every line of a model in one run: one number, a number per period from 0, or one per year from 1."""
    run = walk(model, inputs)
    found = {}
    for line in model.lines:
        if line.shape == "period":
            start = [NOTHING] if line.opening is None else [run.number(line, 0)]
            found[line.key] = start + run.row(line, 1, run.last)
        elif line.shape == "year":
            found[line.key] = run.row(line, 1, model.shape.years)
        else:
            found[line.key] = [run.number(line)]
    return found
