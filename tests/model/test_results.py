"""Results: how numbers, rows and KPIs are read, and what they are where there is none."""

import dataclasses
from typing import Any

import pytest

from casebuilder.case import CaseError, library
from casebuilder.model.checks import CHECKS
from casebuilder.model.kpis import OF_THE_CASE
from tests.model.cases import flows, only, run, small


def test_numbers_rows_and_flows() -> None:
    found = only(flows([-100.0, 50.0]))
    assert found.number("npv") == found.npv == found.amount("npv")
    assert found.row("net") == found.flow("net") == (-100, 50)
    revenue = run(small()).headline
    assert (revenue.row("revenue.with")[0], revenue.flow("revenue.with")[0]) == (None, 0)
    assert revenue.row("revenue.with")[1:] == revenue.flow("revenue.with")[1:]
    assert {type(value) for value in (found.npv, *found.row("net"))} == {float}


def test_no_number() -> None:
    found = only(flows([-100.0, 50.0]))
    assert (found.irr, found.number("irr"), found.payback_months, found.roi) == (
        None,
        None,
        None,
        None,
    ) or found.irr
    assert found.payback_months is None
    with pytest.raises(ValueError, match="payback_months has no number in scenario as_typed"):
        found.amount("payback_months")
    with pytest.raises(KeyError):
        found.number("nonsense")


def test_kpis_of_the_case_repeat_their_number() -> None:
    found = only(flows([-100.0, 50.0, 70.0]))
    for name in OF_THE_CASE:
        assert found.kpi(name, "without") == (None, None)
    assert found.kpi("npv", "with") == (found.npv, found.npv)
    assert found.kpi("payback", "with") == (found.payback_months,) * 2


def test_every_kpi_of_the_catalogue_can_be_told() -> None:
    found = run(small()).headline
    for name in library.kpis():
        for world in ("without", "with"):
            row = found.kpi(name, world)
            assert len(row) == 2
            assert name in OF_THE_CASE or None not in row, name


def test_a_zero_denominator_is_no_number() -> None:
    data = small(sales={}, service={}, people={}, risk={}, finance={})
    for segment in data["segments"]:
        segment.update({key: 0 for key in segment if key != "name"})
    found = run(data).headline
    empty = {name for name in library.kpis() if name not in OF_THE_CASE and None in found.kpi(name, "with")}
    assert empty == {
        *("revenue_growth", "contribution_margin", "churn_rate", "gross_retention", "net_revenue_retention"),
        *("quota_attainment", "acquisition_cost_per_win", "customer_lifetime_value", "clv_to_cac"),
        *("lead_to_opportunity", "win_rate", "average_discount", "credit_rate", "issues_per_customer"),
        *("onboarding_days", "contacts_per_customer", "cost_per_contact", "agents_needed"),
    }


@pytest.mark.parametrize("world", ["without", "with"])
def test_kpis_add_up_over_the_year(world: Any) -> None:
    found = run(small()).headline
    for kpi, row in (
        ("revenue", "revenue"),
        ("contacts", "contacts"),
        ("new_customers", "new"),
        ("leavers", "leavers"),
    ):
        key = f"{row}.{world}" if row != "leavers" or world == "with" else "leavers.without.by_period"
        periods = found.flow(key)[1:]
        assert found.kpi(kpi, world) == pytest.approx((sum(periods[:4]), sum(periods[4:])))
    assert found.kpi("customers", world) == (
        found.flow(f"closing.{world}")[4],
        found.flow(f"closing.{world}")[8],
    )


def test_checks() -> None:
    found = run(small()).headline
    assert [check.id for check in found.checks] == list(CHECKS)
    assert all(check.ok and 0 <= check.residual < 1e-3 for check in found.checks)


def test_checks_of_a_large_table() -> None:
    """Their tolerance grows with the company's own lines; it once knew only the model's, and cried wolf."""
    for size in (1.0, 1e3, 1e9, 1e15):
        found = only(
            flows([-123.45 * size, 67.89 * size, 91.01 * size / 3, 11.1 * size], tax_rate=0.3, per_year=12)
        )
        assert all(check.ok for check in found.checks), size
        assert found.checks[2].residual <= 1e-9 * max(1.0, 200 * size)


def test_records_do_not_change() -> None:
    found = run(small())
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.headline.option = "other"  # type: ignore[misc]


@pytest.mark.parametrize("amounts", [(1e200, 1e200), (1e308, 10.0)])
def test_numbers_that_outgrow_the_computer(amounts: tuple[float, float]) -> None:
    """Infinity never gets out: the case is refused in a sentence."""
    data = small()
    data["segments"][0].update(customers=amounts[0], revenue_per_customer=amounts[1])
    with pytest.raises(
        CaseError, match=r"A small case: its amounts are too large to be computed; allowed is "
    ):
        run(data)


def test_large_numbers_are_numbers() -> None:
    data = small()
    data["segments"][0]["customers"] = 1e30
    assert all(check.ok for check in run(data).headline.checks)
