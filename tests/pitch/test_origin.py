"""Where a number comes from: its parts are those of its formula at its time, and inputs name who stands behind them."""

from functools import cache
from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.case import load
from casebuilder.pitch.origin import origin
from casebuilder.pitch.origin_inputs import behind, inputs_of
from casebuilder.pitch.origin_keys import Spot, across, spots, value

RUN = "risk_adjusted", "growth"


@cache
def results():
    return build.evaluate(load(Path("examples/growth_network.yaml")))


def at(line, first=None, last=None):
    return Spot(*RUN, line, first, first if last is None else last)


def parts(spot):
    return {part.spot.line: part for part in origin(results(), spot).parts}


def test_a_period_is_made_of_numbers_of_the_same_period():
    """Net cash = counted return - costs - tax, in quarter 7."""
    found = parts(at("net", 7))
    amounts = [value(results(), found[line].spot) for line in ("headline", "costs", "tax") if line in found]
    assert len(amounts) == len(found) == 3
    assert value(results(), at("net", 7)) == pytest.approx(amounts[0] - amounts[1] - amounts[2])


def test_what_came_before_is_read_one_period_earlier():
    carried = parts(at("cumulative", 7))["cumulative_before"]
    before = parts(carried.spot)["cumulative"].spot
    assert (before.first, before.last) == (6, 6)
    assert value(results(), at("cumulative", 7)) == pytest.approx(
        value(results(), before) + value(results(), at("net", 7))
    )


def test_a_year_is_made_of_its_own_periods():
    """Bookings of year 2 in quarters are those of periods 5 to 8."""
    (spot,) = spots(results(), "risk_adjusted/growth/kpi/bookings/with/2")
    (part,) = origin(results(), spot).parts
    assert (part.spot.first, part.spot.last) == (5, 8)
    assert value(results(), part.spot) == pytest.approx(value(results(), spot))
    assert [each.spot.first for each in origin(results(), part.spot).parts] == [5, 6, 7, 8]


def test_the_first_release_is_its_periods_until_its_date():
    """Stage 1 of the example ends on 30 September 2027, three quarters after the decision on 1 January."""
    (spot,) = spots(results(), "risk_adjusted/growth/stage_1")
    assert (spot.line, spot.first, spot.last) == ("costs", 0, 3)
    assert origin(results(), spot).formula == "[Costs] added up, from the decision to year 1 Q3"


def test_a_sign_turns_the_number_and_a_sum_has_several_numbers():
    (cost,) = spots(results(), "-risk_adjusted/growth/pv_costs")
    assert value(results(), cost) == -value(results(), at("pv_costs"))
    both = spots(results(), "risk_adjusted/growth/npv+-risk_adjusted/growth/pv_costs")
    assert [spot.negative for spot in both] == [False, True]


def test_what_is_no_number_of_a_run_has_no_spot():
    for key in ("", "analysis/cuts/1", "nobody/growth/npv", "risk_adjusted/growth/nothing"):
        assert spots(results(), key) == ()


def test_columns_of_cash_take_their_periods_and_balances_the_last_of_them():
    flows = across(results(), at("net"), 6)
    assert [(spot.first, spot.last) for spot in flows] == [
        (0, 0),
        (1, 4),
        (5, 8),
        (9, 12),
        (13, 16),
        (17, 20),
    ]
    balances = across(results(), at("cumulative"), 6)
    assert [(spot.first, spot.last) for spot in balances][1:] == [(n, n) for n in (4, 8, 12, 16, 20)]


def test_an_input_says_status_source_and_owner():
    said = behind(results().case, "company.discount_rate")
    assert said == "Confirmed; Treasury note, cost of capital plus one point; owner: CFO"
    assert behind(results().case, "technical.zero_tolerance").startswith("A constant of the method")
    assert "our usual rate" in behind(results().case, "haircuts.C")
    effect = "initiatives[lost_sale_analysis].effects[win_rate,all].base"
    assert "Our estimate" in behind(results().case, effect)
    assert "agreed by Chief Revenue Officer" in behind(results().case, effect)


def test_the_effects_of_what_is_not_paid_for_are_no_effects_of_the_number():
    paid = {i.name for i in results().case.initiatives if results().asked.number(f"active[{i.id}]") == 1.0}
    found = origin(results(), at("npv"))
    assert {each.investment for each in found.effects} <= paid
    assert found.effects
    assert not origin(results(), at("costs", 1)).effects


def test_every_line_of_the_model_can_be_asked():
    for line in results().model.lines:
        found = origin(results(), at(line.key))
        assert found.text and found.name
        assert found.is_input or found.formula
        assert all(part.text for part in found.parts)
        assert line.shape != "input" or found.stands
    assert len(inputs_of(results(), "npv")) > 100
