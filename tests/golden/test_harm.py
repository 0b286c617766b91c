"""Harm passes through every cap, counts in full whatever its class, and grows where effects are made smaller."""

from collections.abc import Callable
from typing import Any

from tests.golden.reading import warned

# Nobody new comes, nobody grows: customers shrink by the churn rate alone, revenue is average customers * 100.
#   cost of a contact  0.95 * 10 + 0.05 * 2 = 9.6;  contacts of a customer 2, which cost 19.2 a year;  kappa 0.5
#   do nothing         1000 -> 800 -> 640;  average 900, 720


def test_expected(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("harm")["expected"]
    # churn 0.2 * 1.1 = 0.22, so 0.78 stay; issues 2 * 1.05 = 2.1; self-service max(0, 0.05 - 0.10) = 0; minutes 9
    # customers 1000 -> 780 -> 608.4; average 890, 694.2
    # customers fewer: 1000 * (0.78 - 0.80) = -20, then -20 * 0.78 + 800 * (0.78 - 0.80) = -31.6 (608.4 - 640)
    #   average -10 and -25.8, each worth 100 * 0.5 - 19.2 = 30.8
    assert got["benefits"]["retention"] == same([0, -308, -794.64])
    # 890 * (2 - 2.1) * 9.6, 694.2 * (2 - 2.1) * 9.6
    assert got["benefits"]["contacts_avoided"] == same([0, -854.4, -666.432])
    # contacts 890 * 2.1 = 1869, 694.2 * 2.1 = 1457.82; each (0 - 0.05) * (10 - 2) = -0.4
    assert got["benefits"]["self_service"] == same([0, -747.6, -583.128])
    # contacts * (1 - 0) * 10 * (1 - 0.9) = contacts * 1
    assert got["benefits"]["handling_time"] == same([0, 1869, 1457.82])
    # harm of class capacity in full, its gain not at all (nothing is outsourced)
    assert got["headline_benefits"]["contacts_avoided"] == same([0, -854.4, -666.432])
    assert got["headline_benefits"]["self_service"] == same([0, -747.6, -583.128])
    assert got["headline_benefits"]["handling_time"] == [0, 0, 0]
    # receivables at 36.5 / 365 = 0.1 of a year's revenue: (89,000 - 90,000) * 0.1 = -100, then
    # (69,420 - 72,000) * 0.1 = -258: cash comes free by 100 and 158, and is not given back at the end
    assert got["benefits"]["working_capital"] == same([0, 100, 158])
    # -308 - 854.4 - 747.6 + 100 - 1000;  -794.64 - 666.432 - 583.128 + 158 - 1000
    assert got["net"] == same([0, -2810, -2886.2])
    # -2810 / 1.25 - 2886.2 / 1.5625
    assert got["npv"] == same(-4095.168)
    # 1000 / 1.25 + 1000 / 1.5625;  -4095.168 / 1440
    assert got["pv_costs"] == same(1440)
    assert got["roi"] == same(-2.8438666666666667)
    assert got["peak_funding"] == same(5696.2)
    assert (got["irr"], got["irr_note"]) == (None, "no_sign_change")
    assert (got["payback_months"], got["payback_state"]) == (None, "not_reached")
    # nothing improved beyond its best: the floor under self-service is not a limit of improvement
    assert "at_limit" not in warned(got)
    assert {"beyond_horizon", "coarse_periods"} <= warned(got)


def test_kpis_of_the_expected_scenario(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    kpis = scenarios("harm")["expected"]["kpis"]
    assert kpis["customers"] == {"without": same([800, 640]), "with": same([780, 608.4])}
    assert kpis["churn_rate"] == {"without": same([0.2, 0.2]), "with": same([0.22, 0.22])}
    assert kpis["self_service_share"] == {"without": same([0.05, 0.05]), "with": [0, 0]}
    # 900 * 2, 720 * 2;  890 * 2.1, 694.2 * 2.1
    assert kpis["contacts"] == {"without": same([1800, 1440]), "with": same([1869, 1457.82])}
    # 1800 * 9.6, 1440 * 9.6;  contacts * 10 * 0.9 = 1869 * 9, 1457.82 * 9
    assert kpis["cost_to_serve"] == {"without": same([17280, 13824]), "with": same([16821, 13120.38])}
    # contacts * 0.95 * 10 / 60 / 100 = 2.85, 2.28;  contacts * 1 * 9 / 60 / 100 = 2.8035, 2.18673
    assert kpis["agents_needed"] == {"without": same([2.85, 2.28]), "with": same([2.8035, 2.18673])}
    # 90,000 * 0.5 - 17,280, 72,000 * 0.5 - 13,824;  89,000 * 0.5 - 16,821, 69,420 * 0.5 - 13,120.38
    assert kpis["contribution"] == {"without": same([27720, 22176]), "with": same([27679, 21589.62])}
    # 90,000 / (1000 * 100) - 1, 72,000 / 90,000 - 1;  89,000 / 100,000 - 1, 69,420 / 89,000 - 1
    assert kpis["revenue_growth"] == {"without": same([-0.1, -0.2]), "with": same([-0.11, -0.22])}
    # (100 * 0.5 - 19.2) * 0.8 / (1.25 - 0.8);  (100 * 0.5 - 2.1 * 9) * 0.78 / (1.25 - 0.78)
    assert kpis["customer_lifetime_value"]["without"] == same([54.7555555555555556] * 2)
    assert kpis["customer_lifetime_value"]["with"] == same([51.6127659574468085] * 2)
    # nobody is won: no cost of a win, no win rate
    assert kpis["acquisition_cost_per_win"] == {"without": [None, None], "with": [None, None]}
    assert kpis["win_rate"] == {"without": [None, None], "with": [None, None]}
    assert kpis["quota_attainment"] == {"without": [None, None], "with": [None, None]}


def test_a_haircut_makes_harm_grow(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("harm")["cautious"]
    # From `base` although the scenario says high; grade J (also where none is stated) and C: 30 %.
    # churn -0.1 - 0.03 = -0.13: 0.226, 0.774 stay; issues -0.05 - 0.015: 2 * 1.065 = 2.13;
    # self-service 0.05 - 0.13: 0; minutes 0.1 - 0.03: 10 * 0.93 = 9.3
    # customers 1000 -> 774 -> 599.076; average 887, 686.538
    # customers fewer -26, then -26 * 0.774 - 800 * 0.026 = -40.924; average -13, -33.462; each worth 30.8
    assert got["benefits"]["retention"] == same([0, -400.4, -1030.6296])
    # 887 * -0.13 * 9.6, 686.538 * -0.13 * 9.6
    assert got["benefits"]["contacts_avoided"] == same([0, -1106.976, -856.799424])
    # contacts 887 * 2.13 = 1889.31, 686.538 * 2.13 = 1462.32594; * -0.4
    assert got["benefits"]["self_service"] == same([0, -755.724, -584.930376])
    # contacts * 10 * (1 - 0.93)
    assert got["benefits"]["handling_time"] == same([0, 1322.517, 1023.628158])
    # (88,700 - 90,000) * 0.1 = -130, (68,653.8 - 72,000) * 0.1 = -334.62
    assert got["benefits"]["working_capital"] == same([0, 130, 204.62])
    assert got["costs"] == same([0, 1100, 1100])
    # (-2263.1 + 130 - 1100) / 1.25 + (-2472.3594 + 204.62 - 1100) / 1.5625
    assert got["npv"] == same(-4741.833216)
    assert got["peak_funding"] == same(6600.8394)
