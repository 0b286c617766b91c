"""Numbers that can be moved: typed in units people use, back without loss, and always one the model reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder import build
from casebuilder.case.edits import value_at, with_input
from casebuilder.ui import files
from casebuilder.ui.knobs import Knob, knobs_of, that_matter


@pytest.mark.parametrize("name", files.examples())
def test_every_knob_moves_its_number(name):
    case = files.example(name)
    table = knobs_of(build.evaluate(case))
    assert len(table) > 100
    for path, knob in table.items():
        assert value_at(case, path) == knob.opened, path
        low, high = knob.travel
        assert low <= knob.slid(knob.opened) <= high, path
        assert knob.value(knob.slid(knob.opened)) == pytest.approx(knob.opened, abs=1e-12), path
        assert knob.text(knob.opened)
        assert knob.refusal(knob.opened) is None


@pytest.mark.parametrize("name", files.examples())
def test_what_matters_moves_the_answer(name):
    case = files.example(name)
    results = build.evaluate(case)
    table, paths = knobs_of(results), that_matter(results)
    assert paths[-1] == "company.discount_rate"
    assert len(paths) == 4
    for path in paths:
        knob = table[path]
        nudged = with_input(case, path, knob.value(knob.slid(knob.opened) - knob.step / 10))
        assert build.evaluate(nudged).asked.npv != results.asked.npv, path


@given(st.floats(min_value=0, max_value=1))
def test_a_share_slides_and_is_typed_as_per_cent(value):
    knob = Knob("p", "l", "share", 0.0, 1.0, 0.172)
    assert knob.typed_unit == "%"
    assert knob.value(knob.slid(value)) == pytest.approx(value, abs=1e-11)


def test_units_are_those_people_type_and_slide():
    large = Knob("p", "l", "money", 0.0, None, 138_000.0, "USD")
    assert large.slid(138_000.0) == 138.0
    assert (large.typed_unit, large.slider_unit) == ("USD", "USD thousand")
    assert Knob("p", "l", "money", 0.0, None, 9_600.0, "USD").slider_unit == "USD"
    assert Knob("p", "l", "points", -1.0, 1.0, 0.02, effect=True).text(0.02) == "2\u00a0points better"
    assert Knob("p", "l", "share", -1.0, 1.0, 0.02, effect=True).text(-0.02) == "2% worse"
    assert Knob("p", "l", "count", 0.0, None, 0.0).travel == (0.0, 10.0)


def test_bounds_are_said_in_the_unit():
    assert Knob("p", "l", "share", 0.0, 1.0, 0.5).refusal(1.2) == (
        "120% is not possible: allowed is 0% to 100%. Nothing was changed."
    )
    assert Knob("p", "l", "days", 0.0, None, 90.0).refusal(-3.0) == (
        "−3\u00a0days is not possible: allowed is 0\u00a0days or more. Nothing was changed."
    )
    assert Knob("p", "l", "days", 0.0, None, 90.0).refusal(float("nan")) == "This is not a number."
    assert Knob("p", "l", "money", None, None, 1.0).refusal(-5.0) is None
