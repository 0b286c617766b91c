"""Ranges: which numbers are assumptions, what their low and high are, and that no other number is taken for one."""

import random
import re
from typing import Any

import pytest
from hypothesis import given

from casebuilder.analysis.ranges import USUAL, Range, ranges
from casebuilder.analysis.study import study
from casebuilder.case.records.case import case_shape
from tests.agreement.random_cases import cases, random_case
from tests.model.cases import case_of, few, flows, moving, small

#: Inputs of the model that nobody can be wrong about: choices, the method, scenarios, rules of the library.
CHOSEN = re.compile(
    r"run\.|scenarios\.|options\.|technical\.|levers\.|haircuts\.|.*\.enabled$|.*\.risk_adjustment$"
    r"|company\.(years|periods_per_year|mid_period|release_working_capital)$|initiatives\[.*\]\.effects\[.*\.(low|high)$"
)


def of(data: dict[str, Any], scenario: str | None = None) -> dict[str, Range]:
    """The ranges of a case by path."""
    return {each.path: each for each in ranges(study(case_of(data), scenario))}


def test_ten_per_cent_where_nothing_is_stated() -> None:
    found = of(small())["segments[North].churn_rate"]
    assert (found.key, found.kind, found.stated) == ("segments[North].churn_rate", "input", False)
    assert (found.low, found.at, found.high) == pytest.approx((0.135, 0.15, 0.165))
    assert USUAL == 0.1


def test_below_zero_low_is_still_the_lower_one() -> None:
    found = of(small())["segments[South].growth_per_customer"]
    assert (found.low, found.at, found.high) == pytest.approx((-0.011, -0.01, -0.009))


def test_a_range_ends_at_what_the_number_can_be() -> None:
    data = small()
    data["segments"][0]["gross_margin"] = 0.97
    found = of(data)["segments[North].gross_margin"]
    assert found.low == pytest.approx(0.873)
    assert (found.high, found.lower, found.upper) == (1.0, 0, 1)


@pytest.mark.parametrize(
    ("stated", "low", "high"),
    [({"low": 0.1, "high": 0.3}, 0.1, 0.3), ({"low": 0.1}, 0.1, 0.165), ({"high": 0.3}, 0.135, 0.3)],
)
def test_the_stated_range(stated: dict[str, float], low: float, high: float) -> None:
    path = "segments[North].churn_rate"
    found = of(small(inputs={path: {"status": "estimate", **stated}}))[path]
    assert found.stated
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_status_without_a_range_states_none() -> None:
    path = "segments[North].churn_rate"
    assert not of(small(inputs={path: {"status": "confirmed"}}))[path].stated


@pytest.mark.parametrize(
    ("scenario", "at"),
    [("base", 0.06), ("conservative", 0.02), ("optimistic", 0.1), ("risk_adjusted", 0.042)],
)
def test_an_effect_has_its_own_range_around_the_size_in_force(scenario: str, at: float) -> None:
    """Grade C: the risk adjustment takes 30 % of 0.06."""
    path = "initiatives[act].effects[churn_rate,all]"
    found = of(small(), scenario)[path]
    assert (found.key, found.kind, found.stated) == (f"{path}.base", "effect", True)
    assert (found.low, found.at, found.high) == pytest.approx((0.02, at, 0.1))
    assert (found.lower, found.upper) == (-1, 1)


def test_own_amounts_with_the_risk_that_is_in_force() -> None:
    gain = {
        "name": "Gain",
        "kind": "benefit",
        "class": "margin",
        "by_year": [100, -100],
        "risk_adjustment": 0.2,
    }
    cost = {"name": "Cost", "kind": "cost", "initial": 100, "by_year": [0, 0], "risk_adjustment": 0.2}
    found = of(small(custom_lines=[gain, cost]))
    assert found["custom_lines[Gain].by_year[1]"].at == pytest.approx(80)
    assert found["custom_lines[Gain].by_year[2]"].at == pytest.approx(-120)
    assert found["custom_lines[Cost].initial"].at == pytest.approx(120)
    assert (found["custom_lines[Gain].initial"].lower, found["custom_lines[Cost].initial"].lower) == (None, 0)


def test_shares_in_force_and_limits_that_the_case_gives() -> None:
    agreed = {"share": 0.4, "agreed": {"by": "COO"}}
    shares = {"incidents": 0.5, "handling_time": agreed, "self_service": {"share": 0.7}}
    found = of(small(headline_shares=shares, limits={"win_rate": 0.4}))
    assert found["headline_shares.incidents"].high == pytest.approx(0.55)
    share = found["headline_shares.handling_time.share"]
    assert (share.key, share.at) == ("headline_shares.handling_time", 0.4)
    assert not any("self_service" in path for path in found if path.startswith("headline_shares"))
    assert found["limits.win_rate"].low == pytest.approx(0.36)


def test_what_the_model_does_not_read_is_no_assumption() -> None:
    """Where every capacity line has a share of its own, nobody asks what is paid per contact."""
    capacity = ("contacts_avoided", "repeat_contacts", "self_service", "handling_time")
    assert "service.outsourced_share" in of(small())
    assert "service.outsourced_share" not in of(small(headline_shares=dict.fromkeys(capacity, 0.5)))


def test_a_case_without_segments() -> None:
    found = of(flows([-1000, 600, 600]))
    lines = {f"custom_lines[Net].{part}" for part in ("initial", "by_year[1]", "by_year[2]")}
    assert {path for path in found if path.startswith(("segments", "initiatives", "custom_lines"))} == lines


def test_an_investment_that_is_off_stands_in_the_list() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    data["initiatives"][0]["enabled"] = False
    assert "initiatives[one].effects[win_rate,all]" in of(data)


@few(0.12)
@given(cases())
def test_every_number_of_the_world_once_and_no_other(data: dict[str, Any]) -> None:
    found = study(case_of(data))
    world = [line.key for line in found.model.lines if line.shape == "input" and not CHOSEN.match(line.key)]
    keys = [each.key for each in ranges(found)]
    assert len(keys) == len(set(keys))
    shares = {key for key in world if key.startswith("headline_shares.")}
    given_ = {key for key in keys if key.startswith("headline_shares.")}
    assert given_ <= shares
    assert set(keys) - given_ == set(world) - shares


@few(0.12)
@given(cases())
def test_low_at_high_in_order_inside_what_the_number_can_be(data: dict[str, Any]) -> None:
    case = case_of(data)
    paths = case_shape().paths(case.model_dump(by_alias=True, exclude_unset=True))
    haircut = case.scenario_table[case.headline].haircut
    for each in ranges(study(case)):
        assert each.path in paths
        assert each.low <= each.high
        assert (each.lower is None or each.lower <= each.low) and (
            each.upper is None or each.high <= each.upper
        )
        assert each.low <= each.at <= each.high or (each.kind == "effect" and haircut)


def test_random_cases_reach_every_kind() -> None:
    """Otherwise the laws above say little."""
    rng = random.Random(7)
    found = {path.partition("[")[0].partition(".")[0] for _ in range(12) for path in of(random_case(rng))}
    expected = {
        "segments",
        "sales",
        "service",
        "company",
        "limits",
        "headline_shares",
        "initiatives",
        "custom_lines",
    }
    assert expected <= found
