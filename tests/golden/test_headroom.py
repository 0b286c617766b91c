"""A company that is already as good as anyone gets: every line is exactly zero, and only the cost is left."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.golden.reading import warned

# best achievable against today's value (b):
#   churn_rate                max(0.02, 0.5 * 0.02) = 0.02, b 0.02      leads                  500 stated, b 600
#   lead_to_opportunity       min(0.90, 1.5 * 0.90) = 0.90, b 0.90      sales_cycle_days       90 stated, b 90
#   win_rate                  min(0.80, 1.5 * 0.80) = 0.80, b 0.80      referral_rate          0.05 stated, b 0.05
#   first_contact_resolution  0.90, b 0.92: past it                     growth_per_customer    0.03 stated, b 0.05
#   self_service_share        min(0.90, 0.90 + 0.30) = 0.90, b 0.90     discount               0.10 stated, b 0.10
#   attrition_rate            max(0.05, 0.5 * 0.05) = 0.05, b 0.05      onboarding_days        30 stated, b 20
#   days_sales_outstanding    max(15, 0.6 * 15) = 15, b 15              issues_per_customer    6 stated, b 5
#   credit_rate 0.01, minutes 8, incidents 2: stated and met            acquisition_cost       1000 stated, b 900


@pytest.mark.parametrize(
    ("scenario", "factor"),
    [("conservative", 1.2), ("base", 1.0), ("optimistic", 1.0), ("risk_adjusted", 1.1)],
)
def test_no_headroom_no_value(
    scenarios: Callable[..., Any], same: Callable[..., Any], scenario: str, factor: float
) -> None:
    got = scenarios("headroom")[scenario]
    assert len(got["benefits"]) == 19
    for line, values in got["benefits"].items():
        assert values == [0] * 13, line
        assert got["headline_benefits"][line] == [0] * 13, line
    # 100,000 at the decision, 60,000 / 12 = 5,000 a month, times the cost factor; a hurdle rate of 0
    assert got["net"] == same([-100000 * factor] + [-5000 * factor] * 12)
    assert got["npv"] == same(-160000 * factor)
    assert got["roi"] == same(-1)
    assert got["peak_funding"] == same(160000 * factor)
    assert got["value_after_horizon"] == 0
    assert (got["irr"], got["irr_note"]) == (None, "no_sign_change")
    assert (got["payback_months"], got["payback_state"]) == (None, "not_reached")
    assert {"at_limit", "beyond_horizon"} <= warned(got)


def test_every_kpi_stands_where_it_stood(scenarios: Callable[..., Any]) -> None:
    for got in scenarios("headroom").values():
        for kpi, worlds in got["kpis"].items():
            if kpi not in ("npv", "roi", "irr", "payback", "peak_funding"):
                assert worlds["with"] == worlds["without"], kpi
