"""Effects of returned changes: alone as one run each, together as one run, and shares that add up to it."""

from __future__ import annotations

import math

import pytest

from casebuilder.analysis.returned import alone, effects, together
from casebuilder.analysis.study import Study, study
from casebuilder.case import from_data
from tests.model.cases import small

RATE, CHURN, MARGIN = "company.discount_rate", "segments[North].churn_rate", "segments[North].gross_margin"


@pytest.fixture(scope="module")
def base() -> Study:
    data = small()
    data.pop("options")
    data["initiatives"] = [
        {
            "id": "keep",
            "one_time_cost": 50_000,
            "effects": [{"lever": "churn_rate", "low": 0.1, "base": 0.2, "high": 0.3}],
        }
    ]
    return study(from_data(data))


def test_each_change_alone_is_the_run_with_that_change(base: Study) -> None:
    changes = {RATE: 0.2, CHURN: 0.3, MARGIN: 0.1}
    start = base.npv()
    moved = alone(base, changes)
    for key, value in changes.items():
        assert moved[key] == pytest.approx(base.npv({key: value}) - start)
        assert moved[key] != 0


def test_shares_add_up_to_all_together(base: Study) -> None:
    changes = {RATE: 0.2, CHURN: 0.3, MARGIN: 0.1}
    found = effects(base, changes)
    assert found.start == pytest.approx(base.npv())
    assert found.together == pytest.approx(base.npv(changes)) == pytest.approx(together(base, changes))
    assert math.fsum(found.shares.values()) == pytest.approx(found.together - found.start)
    assert math.fsum(found.alone.values()) != pytest.approx(found.together - found.start), (
        "the changes interplay"
    )
    assert found.error is None


def test_two_changes_share_their_interplay_evenly(base: Study) -> None:
    """By hand: what a change adds first and what it adds last, in the middle."""
    both, one, two = base.npv({RATE: 0.2, CHURN: 0.3}), base.npv({RATE: 0.2}), base.npv({CHURN: 0.3})
    found = effects(base, {RATE: 0.2, CHURN: 0.3})
    assert found.shares[RATE] == pytest.approx(((one - base.npv()) + (both - two)) / 2)


def test_what_the_model_does_not_read_moves_nothing(base: Study) -> None:
    found = effects(base, {"actuals.revenue": 5.0, RATE: 0.2})
    assert found.alone["actuals.revenue"] == found.shares["actuals.revenue"] == 0.0
    assert found.shares[RATE] == pytest.approx(found.together - found.start)


def test_a_change_that_works_only_with_another_has_its_share(base: Study) -> None:
    """Low and expected size: while the scenario uses the expected one, the low one moves nothing, alone or with it."""
    path = "initiatives[keep].effects[churn_rate,all]"
    on, size = "initiatives[keep].enabled", f"{path}.base"
    off = base.with_inputs({on: 0.0})
    found = effects(off, {on: 1.0, size: 0.3})
    assert found.alone[size] == 0.0
    assert found.shares[size] > 0.0
    assert math.fsum(found.shares.values()) == pytest.approx(found.together - found.start)


def test_nothing_changed(base: Study) -> None:
    found = effects(base, {})
    assert found.start == found.together
    assert found.shares == found.alone == {}


def test_many_changes_are_sampled_and_still_add_up(base: Study) -> None:
    keys = [key for key in base.inputs if key.startswith("segments[") and base.inputs[key]]
    found = effects(base, {key: base.inputs[key] * 0.95 for key in keys})
    assert found.error is not None
    assert math.fsum(found.shares.values()) == pytest.approx(found.together - found.start)
