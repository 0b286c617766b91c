"""Break-even: the value of each assumption alone, the share of gains and the factor on costs where NPV is zero."""

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis import results
from casebuilder.analysis.break_even import BreakEven, benefits_needed, break_evens, costs_bearable
from casebuilder.analysis.study import Study, in_force, study
from casebuilder.analysis.tornado import tornado
from casebuilder.case.edits import with_input
from tests.agreement.random_cases import random_case
from tests.model.cases import case_of, example, few, flows, moving, small


def solved(data: dict[str, Any], top: int = 8) -> dict[str, BreakEven]:
    """The break-evens of a case by path."""
    return of(study(case_of(data)), top)


def of(found: Study, top: int = 8) -> dict[str, BreakEven]:
    return {each.range.path: each for each in break_evens(found, tornado(found), top)}


def test_a_table_of_cash_flows_by_hand() -> None:
    """-1000, 600, 600 at 10 % is worth 41.32; the rate at which it is worth nothing solves 600 v + 600 v^2 = 1000."""
    npv = -1000 + 600 / 1.1 + 600 / 1.21
    v = (-600 + math.sqrt(600**2 + 4 * 600 * 1000)) / (2 * 600)
    expected = {
        "custom_lines[Net].initial": -1000 - npv,
        "custom_lines[Net].by_year[1]": 600 - npv * 1.1,
        "custom_lines[Net].by_year[2]": 600 - npv * 1.21,
        "company.discount_rate": 1 / v - 1,
    }
    found = solved(flows([-1000, 600, 600]))
    assert {path: each.value for path, each in found.items()} == pytest.approx(expected, rel=1e-9)
    assert {path: each.direction for path, each in found.items()} == {
        path: "rises" if path == "company.discount_rate" else "falls" for path in expected
    }
    room = found["custom_lines[Net].by_year[1]"].room
    assert room == pytest.approx(-npv * 1.1 / 600)
    initial = found["custom_lines[Net].initial"]
    assert initial.room == pytest.approx(-npv / 1000)
    assert [initial.in_range, found["company.discount_rate"].in_range] == [True, False]


def test_a_case_that_loses_says_what_it_would_take() -> None:
    found = solved(flows([-1000, 500, 490]))
    year = found["custom_lines[Net].by_year[1]"]
    assert (year.state, year.direction) == ("reached", "rises")
    assert year.value == pytest.approx((1000 - 490 / 1.21) * 1.1)
    assert found["company.discount_rate"].state == "never"


def test_never_says_how_far_it_looked() -> None:
    """Without cost nothing makes it lose money; a rate without a bound is searched to ten times its size."""
    each = solved(flows([0, 100, 100]))["company.discount_rate"]
    assert (each.value, each.state, each.direction, each.room, each.in_range) == (
        None,
        "never",
        "stays",
        None,
        False,
    )
    assert each.searched == pytest.approx((0.0, 1.1))


def test_worth_nothing_today_is_there_already() -> None:
    each = solved(flows([-1000, 1000], discount_rate=0.0))["custom_lines[Net].initial"]
    assert (each.value, each.state, each.direction, each.room) == (-1000, "reached", "stays", 0)


def test_the_nearest_of_two_turns() -> None:
    """More discount rate, then less: -100, 270, -180 is worth more than nothing between 20 and 50 % only."""
    data = flows([-100, 270, -180], discount_rate=0.25)
    each = solved(data)["company.discount_rate"]
    assert each.value == pytest.approx(0.2) and each.direction == "falls"
    data["company"]["discount_rate"] = 0.45
    each = solved(data)["company.discount_rate"]
    assert each.value == pytest.approx(0.5) and each.direction == "rises"


def test_a_jump_is_left_on_today_s_side() -> None:
    """An investment that starts after the horizon costs nothing: the last month before is the last that loses money."""
    data = moving("incidents_per_year", 0.1, 0.2, 0.3)
    data["initiatives"][0] |= {"one_time_cost": 1000, "start_month": 20}
    found = study(case_of(data))
    each = of(found, 100)["initiatives[one].start_month"]
    assert each.value is not None and each.value == pytest.approx(24, abs=1e-9) and each.value < 24
    assert (
        in_force(found).npv({each.range.key: each.value}) < 0 <= in_force(found).npv({each.range.key: 24.0})
    )


def test_the_top_ones_that_move_anything() -> None:
    found = study(case_of(small()))
    every = tornado(found)
    moving_ = [bar.range.path for bar in every.bars if bar.swing]
    assert [each.range.path for each in break_evens(found, every, 5)] == moving_[:5]
    assert [each.range.path for each in break_evens(found, every, 1000)] == moving_
    nothing = study(case_of(small()), option="do_nothing")
    assert break_evens(nothing, tornado(nothing)) == ()


@pytest.mark.parametrize("name", ["consumer_subscription", "growth_network"])
def test_an_edited_case_with_that_value_is_worth_nothing(name: str) -> None:
    """On the usual road, in the option asked for."""
    case, option = example(name).case, example(name).asked_option
    found = of(study(case, option=option))
    typed = {p: e.value for p, e in found.items() if e.value is not None and e.range.kind == "input"}
    assert typed
    for path, value in typed.items():
        npv = results(with_input(case, path, value), ["npv"]).option(option).npv
        assert npv == pytest.approx(0, abs=1e-9 * abs(example(name).asked.amount("pv_costs"))), path


@few(0.12)
@given(st.integers(0, 10**6))
def test_random_cases_turn_there_and_nowhere_nearer(seed: int) -> None:
    rng = random.Random(seed)
    found = in_force(study(case_of(random_case(rng))))
    today = found.npv()
    scale = max(1.0, abs(today))
    for each in break_evens(found, tornado(found), 6):
        low, high = each.searched
        if each.value is None:
            tried = [low + (high - low) * n / 8 for n in range(9)]
            assert all(
                found.npv({each.range.key: value}) * today > 0 for value in tried if value not in (low, high)
            )
            continue
        assert low <= each.value <= high
        there = found.npv({each.range.key: each.value})
        assert there * today >= 0 or abs(there) <= 1e-6 * scale
        way = 1 if each.direction == "rises" else -1
        beyond = min(high, max(low, each.value + way * 1e-9 * (high - low)))
        assert found.npv({each.range.key: beyond}) * math.copysign(1, today) <= 1e-6 * scale
        between = each.range.at + (each.value - each.range.at) * rng.random() * 0.999
        assert found.npv({each.range.key: between}) * today >= 0


def test_the_share_of_the_gains_by_hand() -> None:
    """Gains of 600 a year are worth 1041.32; 1000 of it pays the start."""
    found = study(case_of(flows([-1000, 600, 600])))
    assert benefits_needed(found) == pytest.approx(1000 / (600 / 1.1 + 600 / 1.21))
    assert costs_bearable(found) is None


def test_costs_by_hand() -> None:
    """Costs of 400 at once and of 100 a year against 300 a year; 25 % tax falls on both alike but for the first."""
    data = flows([0, 300, 300], tax_rate=0.25)
    data["custom_lines"].append({"name": "Out", "kind": "cost", "initial": 400, "by_year": [100, 100]})
    gains, costs = 300 / 1.1 + 300 / 1.21, 400 + 100 / 1.1 + 100 / 1.21
    found = study(case_of(data))
    assert costs_bearable(found) == pytest.approx(gains / costs)
    assert benefits_needed(found) == pytest.approx(costs / gains)


def test_without_gains_there_is_no_share() -> None:
    data = small()
    for initiative in data["initiatives"]:
        initiative["effects"] = []
    assert benefits_needed(study(case_of(data))) is None
    assert benefits_needed(study(case_of(small()), option="do_nothing")) is None
    assert costs_bearable(study(case_of(small()), option="do_nothing")) is None


@few(0.12)
@given(st.integers(0, 10**6))
def test_a_scenario_with_that_factor_is_worth_nothing(seed: int) -> None:
    """Linear: typed as a scenario's own factor, in every random case that gains or spends anything."""
    data = random_case(random.Random(seed))
    found = study(case_of(data))
    own = found.case.scenario_table[found.scenario]
    size = max(1.0, abs(found.npv()))
    for name, needed in (("benefit_factor", benefits_needed(found)), ("cost_factor", costs_bearable(found))):
        if needed is None or needed < 0:
            continue
        typed = {**own.model_dump(), name: needed * getattr(own, name)}
        edited = case_of({**data, "scenarios": {found.scenario: typed}})
        assert results(edited, ["npv", "net"]).headline.npv == pytest.approx(
            0, abs=1e-7 * size * max(1, needed)
        )
