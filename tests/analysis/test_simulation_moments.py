"""Simulation against closed forms: cases whose NPV is a straight line in the sizes that are drawn."""

import math
from typing import Any

import numpy as np
import pytest

from casebuilder.analysis.distributions import Shape
from casebuilder.analysis.simulation import Sampler, Settings, simulate
from casebuilder.analysis.study import Study, study
from tests.model.cases import case_of, moving, small

PLAIN = {"plain": {}}


def straight(low: float, base: float, high: float, **changes: Any) -> Study:
    """A case whose NPV is a straight line in one size."""
    found = study(case_of(moving("credit_rate", low, base, high, scenarios=PLAIN, **changes)))
    key = "initiatives[one].effects[credit_rate,all].base"
    npv = found.runs({key: np.array([0.0, 0.1, 0.2])})["npv"]
    assert npv[2] - npv[1] == pytest.approx(npv[1] - npv[0])
    return found


def at(raw: Study, size: float) -> float:
    return raw.npv({"initiatives[one].effects[credit_rate,all].base": size})


def two_effects(**changes: Any) -> Study:
    """Two investments, each with an effect on a cost of its own: NPV is the sum of two straight lines."""
    sizes = {"low": 0.0, "base": 0.1, "high": 0.4}
    effects = [{"lever": lever, **sizes} for lever in ("credit_rate", "acquisition_cost")]
    rows = [{"id": id, "name": id, "effects": [effect]} for id, effect in zip("ab", effects, strict=True)]
    return study(case_of(small(initiatives=rows, options={"both": "all"}, scenarios=PLAIN, **changes)))


# ---- closed forms


@pytest.mark.parametrize("shape", ["pert", "triangular"])
@pytest.mark.parametrize("sizes", [(0.05, 0.1, 0.3), (-0.2, 0.0, 0.1), (0.1, 0.1, 0.2)])
def test_moments_of_a_case_that_is_a_straight_line(shape: Shape, sizes: tuple[float, float, float]) -> None:
    raw = straight(*sizes)
    low, base, high = sizes
    found = simulate(raw, Settings(shape=shape))
    if shape == "pert":
        mean = (low + 4 * base + high) / 6
        variance = (mean - low) * (high - mean) / 7
    else:
        mean = sum(sizes) / 3
        variance = (low**2 + base**2 + high**2 - low * base - low * high - base * high) / 18
    slope = at(raw, 1.0 / 4) * 4
    assert found.mean == pytest.approx(slope * mean, rel=1e-4, abs=1e-4 * slope * (high - low))
    assert found.deviation == pytest.approx(slope * math.sqrt(variance), rel=1e-3)
    assert found.expected == pytest.approx(at(raw, base))


def test_quantiles_of_a_triangle() -> None:
    """0.05, 0.1, 0.3: a tenth lies below 0.05 + sqrt(0.1 * 0.25 * 0.05), and so on."""
    raw = straight(0.05, 0.1, 0.3)
    found = simulate(raw, Settings(shape="triangular"))
    sizes = (
        0.05 + math.sqrt(0.1 * 0.25 * 0.05),
        0.3 - math.sqrt(0.5 * 0.25 * 0.2),
        0.3 - math.sqrt(0.1 * 0.25 * 0.2),
    )
    assert (found.npv.p10, found.npv.p50, found.npv.p90) == pytest.approx(
        [at(raw, s) for s in sizes], rel=1e-3
    )
    assert found.p5 == pytest.approx(at(raw, 0.05 + math.sqrt(0.05 * 0.25 * 0.05)), rel=2e-3)


@pytest.mark.parametrize("shape", ["pert", "triangular"])
@pytest.mark.parametrize("ends", ["limits", "one_in_ten"])
def test_the_middle_of_symmetric_sizes_is_base(shape: Any, ends: Any) -> None:
    raw = straight(0.05, 0.15, 0.25)
    found = simulate(raw, Settings(shape=shape, ends=ends))
    assert found.npv.p50 == pytest.approx(found.expected, abs=4 * found.convergence.p50)
    assert found.npv.p50 == pytest.approx(found.expected, rel=2e-3)
    assert found.mean == pytest.approx(found.expected, rel=1e-4)


def test_low_and_high_as_one_chance_in_ten() -> None:
    raw = straight(0.05, 0.15, 0.25)
    found = simulate(raw, Settings(ends="one_in_ten"))
    assert found.npv.p10 == pytest.approx(at(raw, 0.05), rel=2e-3)
    assert found.npv.p90 == pytest.approx(at(raw, 0.25), rel=2e-3)
    inside = simulate(raw)
    assert at(raw, 0.05) <= inside.npvs.min() <= inside.npvs.max() <= at(raw, 0.25)


def test_chances_and_losses_of_a_triangle() -> None:
    """A cost of its own puts zero where the size is 0.12, at (0.12 - 0)^2 / (0.3 * 0.15) = 0.32 of a triangle."""
    raw = straight(0.0, 0.15, 0.3)
    cost = raw.npv({"initiatives[one].effects[credit_rate,all].base": 0.12})
    found = simulate(
        raw.with_inputs({"initiatives[one].one_time_cost": cost}), Settings(shape="triangular", draws=50_000)
    )
    slope = at(raw, 0.12) / 0.12
    assert found.probability_of_loss == pytest.approx(0.32, abs=0.002)
    worst = math.sqrt(0.05 * 0.3 * 0.15)
    assert found.value_at_risk == pytest.approx(slope * (0.12 - worst), rel=5e-3)
    # below it the density rises in a straight line from 0, so its mean lies two thirds of the way
    assert found.expected_shortfall == pytest.approx(slope * (0.12 - worst * 2 / 3), rel=5e-3)
    assert found.p5 == -found.value_at_risk


def test_what_cannot_lose_has_nothing_at_risk() -> None:
    found = simulate(straight(0.05, 0.1, 0.3))
    assert found.p5 > 0
    assert (found.probability_of_loss, found.value_at_risk, found.expected_shortfall) == (0, 0, 0)


def test_variances_add_and_what_moves_together_adds_twice() -> None:
    """Two sizes of one shape: Var = a^2 + b^2 + 2 r a b, with r = 1 where they are one and the same."""
    raw = two_effects()
    slopes = [
        raw.npv({f"initiatives[{id}].effects[{lever},all].base": 0.2 for id, lever in (pair,)})
        - raw.npv({f"initiatives[{id}].effects[{lever},all].base": 0.1 for id, lever in (pair,)})
        for pair in (("a", "credit_rate"), ("b", "acquisition_cost"))
    ]
    one, other = (10 * slope * math.sqrt((0.8 / 6) * (0.4 - 0.8 / 6) / 7) for slope in slopes)
    apart = simulate(raw)
    assert apart.deviation == pytest.approx(math.hypot(one, other), rel=0.02)
    tied = simulate(raw, Settings(within=1.0, across=1.0))
    assert tied.deviation == pytest.approx(one + other, rel=2e-3)
    assert tied.mean == pytest.approx(apart.mean, rel=2e-3)


# ---- payback


def test_payback_among_draws_that_pay_back() -> None:
    raw = straight(0.0, 0.15, 0.3)
    dear = raw.with_inputs({"initiatives[one].one_time_cost": at(raw, 0.15)})
    found = simulate(dear, Settings(draws=2000))
    values = dear.runs(Sampler(dear, found.settings).blocks(4), ("payback_months", "payback_state"))
    back = values["payback_months"][values["payback_state"] == 0]
    assert 0 < found.share_paid_back < 1
    assert found.share_paid_back == len(back) / 2000
    assert found.payback is not None
    assert [found.payback.p10, found.payback.p90] == pytest.approx(np.quantile(back, [0.1, 0.9]))


def test_payback_that_never_comes_and_that_is_not_needed() -> None:
    raw = straight(0.05, 0.15, 0.25)
    never = simulate(raw.with_inputs({"initiatives[one].one_time_cost": 1e9}), Settings(draws=1000))
    assert (never.payback, never.share_paid_back) == (None, 0.0)
    assert np.isnan(never.paybacks).all()
    free = simulate(raw, Settings(draws=1000))
    assert free.share_paid_back == 1.0
    assert free.payback is not None and free.payback.p90 == 0.0
