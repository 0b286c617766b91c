"""Tax relief and tax, mid-period discounting, a late enabler and one that never comes, all worked by hand."""

from collections.abc import Callable
from typing import Any

from tests.golden.reading import warned

# Customers neither come nor go: revenue is 100,000 a year in both worlds, whatever the programme does.
# The programme would start in month 3 but its foundation is ready in 6 + 9 = 15: the ramp of 12 months begins there.
#   months earned up to 12, 24, 36:  0;  (24 - 15)^2 / 24 = 3.375;  144 / 24 + (36 - 27) = 15
#   ramp a year: 0;  3.375 / 12 = 0.28125;  (15 - 3.375) / 12 = 0.96875
# mid: factors 1, 1.21^-0.5 = 1/1.1, 1.21^-1.5 = 1/1.331, 1.21^-2.5 = 1/1.61051


def test_planned(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("tax_mid_late")["planned"]
    # 100 people * 0.4 * 0.25 * adoption 0.5 * 10,000 = 50,000 at full delivery
    assert got["benefits"]["attrition"] == same([0, 0, 14062.5, 48437.5])
    # 8 * 0.5 * 0.5 * 5,000 = 10,000 at full delivery: risk, beside the headline
    assert got["benefits"]["incidents"] == same([0, 0, 2812.5, 9687.5])
    assert got["headline_benefits"]["incidents"] == [0, 0, 0, 0]
    # days 73 * 0.2 * 0.5 = 7.3; receivables 100,000 * 7.3 / 365 = 2,000 lower at full delivery:
    # 562.5 after year 2, 1937.5 after year 3, of which 1375 in year 3
    assert got["benefits"]["cash_collection"] == same([0, 0, 562.5, 1375])
    assert got["benefits"]["working_capital"] == same([0, 0, 0, 0])
    assert got["benefits"]["retention"] == same([0, 0, 0, 0])
    # decision: 10,000 + 8,000 + 1,000 (the stranded one pays although it cannot earn; the one that never starts
    # pays nothing). Year 1: 12,000 * 9/12 + 4,000 * 6/12 + 600; after that 12,000 + 4,000 + 600.
    assert got["costs"] == same([19000, 11600, 16600, 16600])
    # tax 25 % of profit without the cash released: -19,000; -11,600; 14,062.5 - 16,600; 48,437.5 - 16,600
    #   -4,750; -2,900; -634.375; 7,959.375
    # net -19,000 + 4,750; -11,600 + 2,900; 14,625 - 16,600 + 634.375; 49,812.5 - 16,600 - 7,959.375
    assert got["net"] == same([-14250, -8700, -1340.625, 25253.125])
    # 14,625/1.331 + 49,812.5/1.61051
    assert got["pv_benefits"] == same(41917.622368069741883)
    # 19,000 + 11,600/1.1 + 16,600/1.331 + 16,600/1.61051
    assert got["pv_costs"] == same(52324.5742032027121843)
    # -4,750 - 2,900/1.1 - 634.375/1.331 + 7,959.375/1.61051
    assert got["pv_tax"] == same(-2920.8333074616115392)
    # 41,917.6224 - 52,324.5742 + 2,920.8333
    assert got["npv"] == same(-7486.1185276713587621)
    assert got["roi"] == same(-0.143070796880238)
    # -14,250 - 8,700/1.1;  - 1,340.625/1.331
    assert got["npv_by_year"] == same(
        [-22159.0909090909090909, -23166.3223140495867769, -7486.1185276713587621]
    )
    # net at period ends, whatever the discounting:
    # -14,250 - 8,700/1.0154521563667 - 1,340.625/1.0154521563667^2 + 25,253.125/1.0154521563667^3 = 0
    assert got["irr"] == same(0.0154521563667023)
    # cumulative -14,250, -22,950, -24,290.625, 962.5: 24 + 12 * 24,290.625 / 25,253.125
    assert got["payback_months"] == same(35.5426308625170152)
    assert got["payback_state"] == "reached"
    assert got["peak_funding"] == same(24290.625)
    assert got["value_after_horizon"] == 0
    assert got["kpis"]["attrition_rate"]["with"] == same([0.4, 0.3859375, 0.3515625])
    assert got["kpis"]["leavers"] == {"without": same([40, 40, 40]), "with": same([40, 38.59375, 35.15625])}
    assert got["kpis"]["payback"]["with"] == same([35.5426308625170152] * 3)


def test_three_months_late(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("tax_mid_late")["late"]
    # the ramp begins in month 18: 0;  6^2 / 24 = 1.5 of 12;  144 / 24 + 6 = 12, less 1.5, of 12: 0, 0.125, 0.875
    assert got["benefits"]["attrition"] == same([0, 0, 6250, 43750])
    assert got["benefits"]["incidents"] == same([0, 0, 1250, 8750])
    assert got["benefits"]["cash_collection"] == same([0, 0, 250, 1500])
    # a late project still spends
    assert got["costs"] == same([19000, 11600, 16600, 16600])
    # 6,500 - 16,600 - 0.25 * (6,250 - 16,600);  45,250 - 16,600 - 0.25 * (43,750 - 16,600)
    assert got["net"] == same([-14250, -8700, -7512.5, 21862.5])
    # -14,250 - 8,700/1.1 - 7,512.5/1.331 + 21,862.5/1.61051
    assert got["npv"] == same(-14228.4509254832320197)
    # -4,750 - 2,900/1.1 - 2,587.5/1.331 + 6,787.5/1.61051
    assert got["pv_tax"] == same(-5115.8872034324530739)
    # cumulative -14,250, -22,950, -30,462.5, -8,600
    assert (got["payback_months"], got["payback_state"]) == (None, "not_reached")
    assert got["peak_funding"] == same(30462.5)
    # -14,250 - 8,700/0.8582121394275 - 7,512.5/0.8582121394275^2 + 21,862.5/0.8582121394275^3 = 0
    assert got["irr"] == same(-0.1417878605725445)
    assert "beyond_horizon" in warned(got)
