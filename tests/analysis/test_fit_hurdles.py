"""Hurdles: met in the scenario that counts, met only as expected, or missed, each worked by hand."""

import pytest

from casebuilder.analysis.fit import expected_state
from casebuilder.analysis.study import study
from tests.analysis.test_fit import driver, moved, of, person
from tests.model.cases import case_of, flows, moving

YES, HALF, NO = "hurdle_met", "hurdle_met_expected", "hurdle_missed"
#: Expected: 100 out, 121 back a year later. Counted: a fifth worse, 120 out and 96.8 back.
TABLE = flows([-100.0, 121.0])
TABLE["custom_lines"][0]["risk_adjustment"] = 0.2
TABLE["scenarios"] = {"base": {}, "careful": {"haircut": True}}


@pytest.mark.parametrize(
    ("kpi", "target", "why"),
    [
        ("npv", -33, YES),  # -120 + 96.8 / 1.1 = -32
        ("npv", -32, YES),
        ("npv", 0, HALF),  # -100 + 121 / 1.1 = 10
        ("npv", 10, HALF),
        ("npv", 10.1, NO),
        ("irr", -0.2, YES),  # 96.8 / 120 - 1 = -0.193
        ("irr", 0.21, HALF),
        ("irr", 0.22, NO),
        ("roi", -9, NO),  # nothing is spent as a cost: no return on it
        ("payback", 10, HALF),  # not reached; 12 * 100 / 121 = 9.9 months
        ("payback", 9.9, NO),
        ("peak_funding", 120, YES),
        ("peak_funding", 100, HALF),
        ("peak_funding", 99, NO),
    ],
)
@pytest.mark.parametrize("kind", ["hurdle", "goal"])
def test_hurdles(kpi: str, target: float, why: str, kind: str) -> None:
    """A number of the whole case is met or not, whatever it was called."""
    data = {**TABLE, "stakeholders": person(driver(kpi, target, kind=kind))}
    data["company"] = {**TABLE["company"], "headline": "careful"}
    found = of(data)
    assert [part.why for part in found.parts] == [why]
    assert found.value == {YES: 100, HALF: 50, NO: 0}[why]


def test_hurdles_weigh_like_all_others() -> None:
    """(2 * 1 + 5 * 0.5 * 0.5 + 1 * 0) / (2 + 2.5 + 1) = 3.25 / 5.5."""
    drivers = [
        driver("peak_funding", 120, importance=2),
        driver("npv", 0, importance=5, accountability="tracked"),
        driver("roi", 0),
    ]
    data = {**TABLE, "stakeholders": person(*drivers), "company": {**TABLE["company"], "headline": "careful"}}
    assert of(data).value == pytest.approx(100 * 3.25 / 5.5, rel=1e-12)


def test_without_an_expected_scenario_half_is_nothing() -> None:
    data = {**TABLE, "stakeholders": person(driver("npv", 0)), "scenarios": {"careful": {"haircut": True}}}
    assert of(data).value == 0
    assert expected_state(study(case_of(data))) is None


def test_payback_where_nothing_is_invested() -> None:
    """Nothing was ever out: there is no payback, and none is met."""
    data = {**flows([0.0, 5.0]), "stakeholders": person(driver("payback", 99))}
    assert of(data).parts[0].why == NO


@pytest.mark.parametrize(
    ("size", "target", "current", "why"),
    [(0.1, 0.8, 0.7, YES), (0.05, 0.8, 0.7, NO), (0.1, 0.7, 0.7, "at_target"), (0.1, 0.7, 0.6, YES)],
)
def test_a_kpi_as_a_hurdle(size: float, target: float, current: float, why: str) -> None:
    data = moved(
        {"first_contact_resolution": size}, driver("first_contact_resolution", target, current, kind="hurdle")
    )
    assert of(data).parts[0].why == why


def test_a_kpi_as_a_hurdle_that_is_met_as_expected() -> None:
    data = moving(
        "first_contact_resolution",
        0,
        0.1,
        0.1,
        stakeholders=person(driver("first_contact_resolution", 0.8, 0.7, kind="hurdle")),
    )
    data["scenarios"] = {"low": {"effects": "low"}, "base": {}}
    data["company"]["headline"] = "low"
    assert of(data).parts[0].why == HALF
    data["sales"]["reps"] = 0
    data["stakeholders"] = person(driver("quota_attainment", 0.8, 0.7, kind="hurdle"))
    assert of(data).parts[0].why == "not_computed"
