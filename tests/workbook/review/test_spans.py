"""What a cell can be: always at least all that it becomes when its inputs move within their limits."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.workbook.review.records import BookRead, CellRead, Look, SheetRead, Validation
from casebuilder.workbook.review.spans import ANY, Span, Spans

Limits = tuple[str, str, str]
SHARE: Limits = ("between", "0", "1")


def spans(formula: str, first: Limits = SHARE, second: Limits = SHARE) -> Span:
    """The span of a formula that reads two inputs, A1 and A2, each within limits."""
    cells = {(row, 0): CellRead("", 0.5, Look()) for row in (0, 1)} | {(2, 0): CellRead(formula, 1.0, Look())}
    rules = tuple(
        Validation(frozenset({(row, 0)}), "decimal", lower, upper, "", operator)
        for row, (operator, lower, upper) in enumerate((first, second))
    )
    return Spans(BookRead((SheetRead("One", "visible", "", cells, validations=rules),))).of(("One", (2, 0)))


@pytest.mark.parametrize(
    ("formula", "low", "high", "zero"),
    [
        ("A1", 0, 1, True),
        ("1+A1", 1, 2, False),
        ("1-A1", 0, 1, True),
        ("A1-A2", -1, 1, True),
        ("A1*A2", 0, 1, True),
        ("(1+A1)*(2-A2)", 1, 4, False),
        ("1/(1+A1)", 0.5, 1, False),
        ("-A1", -1, 0, True),
        ("MAX(A1,A2)", 0, 1, True),
        ("MAX(A1,2)", 2, 2, False),
        ("MIN(A1,-1)", -1, -1, False),
        ("ABS(A1-2)", 1, 2, False),
        ("IF(A1>A2,3,5)", 3, 5, False),
        ("IF(A1=0,1,A1)", -math.inf, math.inf, False),
        ("(A1>A2)*1", 0, 1, True),
        ("SUM(A1:A2)", 0, 2, True),
        ("INDEX(A1:A2,1)", 0, 1, True),
    ],
)
def test_the_span_of_a_formula(formula: str, low: float, high: float, zero: bool) -> None:
    found = spans(formula)
    assert (found.low, found.high, found.zero) == (low, high, zero)


@pytest.mark.parametrize(
    ("limits", "zero"),
    [
        (("greaterThan", "0", ""), False),
        (("greaterThanOrEqual", "0", ""), True),
        (("between", "0.05", "1"), False),
        (("lessThan", "5", ""), True),
        (("between", "$B$1", "$B$2"), True),
    ],
)
def test_the_limits_of_an_input(limits: Limits, zero: bool) -> None:
    assert spans("A1*1", limits).zero is zero


def test_a_limit_that_is_left_out_stays_left_out() -> None:
    assert not spans("1+(A1^0.5-1)", ("greaterThan", "0", "")).zero
    assert spans("1+(A1^0.5-1)", ("greaterThanOrEqual", "0", "")).zero


def test_what_cannot_be_told_is_anything() -> None:
    assert spans("EDATE(A1,A2)") == ANY
    assert spans("A3+1") == ANY


values = st.floats(-3, 3, allow_nan=False).map(lambda value: round(value, 3))
OPERATIONS = (
    "{0}+{1}",
    "{0}-{1}",
    "{0}*{1}",
    "-{0}",
    "MAX({0},{1})",
    "MIN({0},{1})",
    "ABS({0})",
    "({0}<{1})*1",
)
PYTHON = ("{0}+{1}", "{0}-{1}", "{0}*{1}", "-{0}", "max({0},{1})", "min({0},{1})", "abs({0})", "({0}<{1})*1")
built = st.recursive(
    st.sampled_from([("A1", "a"), ("A2", "b"), ("2", "2")]),
    lambda inner: st.tuples(st.integers(0, 7), inner, inner).map(
        lambda drawn: tuple(
            "(" + texts[drawn[0]].format(drawn[1][place], drawn[2][place]) + ")"
            for place, texts in enumerate((OPERATIONS, PYTHON))
        )
    ),
    max_leaves=8,
)


@given(
    formula=built,
    limits=st.tuples(values, values, values, values),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_span_holds_every_value(
    formula: tuple[str, str], limits: tuple[float, float, float, float], shares: tuple[float, float]
) -> None:
    (first, second) = (sorted(limits[:2]), sorted(limits[2:]))
    found = spans(formula[0], *((("between"), str(low), str(high)) for low, high in (first, second)))
    a, b = (low + (high - low) * share for (low, high), share in zip((first, second), shares, strict=True))
    value = eval(formula[1], {"a": a, "b": b})
    slack = 1e-9 * (1 + abs(value))
    assert found.low - slack <= value <= found.high + slack
    assert value != 0 or found.zero
