"""The geometry of a waterfall: parts of each column, above and below zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.deck.theme import Box
from casebuilder.deck.waterfall import Step, stands_upright, steps
from tests.deck import samples

VALUES = st.floats(-1e9, 1e9)


@given(VALUES, VALUES)
def test_the_parts_of_a_column_stack_up_to_it(start: float, end: float) -> None:
    step = Step(start, end)
    upper = max(step.base, 0.0) + step.above
    lower = min(step.base, 0.0) + step.below
    assert step.above >= 0 >= step.below
    assert upper == pytest.approx(max(step.high, 0.0))
    assert lower == pytest.approx(min(step.low, 0.0))
    assert step.above - step.below == pytest.approx(step.high - step.low, abs=1e-6)


def test_steps_follow_each_other_and_totals_stand_on_the_axis() -> None:
    found = steps((5.0, -8.0, 4.0, 1.0, 2.0, 3.0), frozenset({3, 5}))
    assert [(step.start, step.end) for step in found] == [(0, 5), (5, -3), (-3, 1), (0, 1), (1, 3), (0, 3)]


def test_a_missing_step_moves_nothing() -> None:
    found = steps((5.0, None, -2.0), frozenset())
    assert [(step.start, step.end) for step in found] == [(0, 5), (5, 5), (5, 3)]


def test_hand_worked_parts() -> None:
    """From 5 to -3: 5 above zero and 3 below; from -3 to -1: hidden 1, then 2; from 2 to 5: hidden 2, then 3."""
    assert (Step(5, -3).base, Step(5, -3).above, Step(5, -3).below) == (0, 5, -3)
    assert (Step(-3, -1).base, Step(-3, -1).above, Step(-3, -1).below) == (-1, 0, -2)
    assert (Step(2, 5).base, Step(2, 5).above, Step(2, 5).below) == (2, 3, 0)


def test_long_names_turn_a_waterfall_on_its_side() -> None:
    box = Box(0, 0, 8, 4.6)
    chart = samples.benefits().chart
    assert chart
    assert stands_upright(chart, box)
    long = samples.waterfall("Long", tuple((f"{i} {samples.LONG}", 1.0) for i in range(12))).chart
    assert long
    assert not stands_upright(long, box)
