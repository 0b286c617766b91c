"""Every lever in one quarter of four: how yearly inputs become a quarter's numbers, line by line."""

from collections.abc import Callable
from typing import Any

# Doing nothing, as in test_quarters.py. Quarter 4: opening 605.3728815, new 31.053728815, closing 518.3003899485,
#   average 561.83663572425, revenue of a customer 428.854140842804 a year (400 * 1.0201^3 * 1.01), volume
#   58904.7399077914436115; winning 25 + 0.2 * 6.053728815 = 26.210745763; a contact 0.75 * 20 + 0.25 * 4 = 16
# With, in quarter 4:
#   churn at its limit: a quarter keeps 0.8464, half 0.92
#   growth at its limit: revenue of a customer 400 * 1.0201^3 * 1.02 = 433.100221445208 a year
#   opportunities 0.5 * 480 * 0.6 + 0.5 * 400 * 0.5 * 100 / 80 = 269 a year;  won 269 * 0.6 / 4 = 40.35
#   referred 605.3728815 * 0.06 / 4 = 9.0805932225;  new 49.4305932225
#   winning 40.35 + 0.2 * 9.0805932225 = 42.1661186445
#   closing 605.3728815 * 0.8464 + 49.4305932225 * 0.92 = 557.8637526663;  average 581.61831708315
#   volume 581.61831708315 * 433.100221445208 / 4 - 49.4305932225 * 433.100221445208 * 0.05 = 61904.335437783729636
#   price (1 - 0.15) / (1 - 0.2) = 1.0625;  revenue 65773.3564026452127383
#   contacts 581.61831708315 * 3 / 0.625 / 4 = 697.94198049978;  a contact 0.6 * 20 * 0.8 + 0.4 * 4 = 11.2
# An extra customer in a quarter: 428.854140842804 / 4 * 0.58 - 4 / 0.5 * 16 / 4 = 62.183850422206580 - 32
#   = 30.183850422206580;  not earned before his first revenue 428.854140842804 * 0.1 * 0.58 = 24.873540168882632

LINES = {
    # 605.3728815 * (0.8464 - 0.81) + 31.053728815 * (0.92 - 0.9) = 22.6566474629;  / 2 * 30.18385..
    "retention": 341.9324290444199023,
    # n = 0.5 * (480 - 400) * 0.5 * 0.5 / 4 = 2.5;  2.5 * 0.92 / 2 * 30.18385.. - 2.5 * (24.87354.. + 100 * 0.5)
    "demand": -152.472422436669013,
    # n = 0.5 * 480 * (0.6 - 0.5) * 0.5 / 4 = 3
    "conversion": -182.9669069240028156,
    # n = 0.5 * 400 * 0.5 * (100 / 80 - 1) * 0.5 / 4 = 3.125
    "sales_cycle": -190.5905280458362662,
    # n = 269 * (0.6 - 0.5) / 4 = 6.725
    "win_rate": -410.150816354639645,
    # n = 605.3728815 * (0.06 - 0.04) / 4 = 3.0268644075, each 0.2 * 100 * 0.5
    "referral": -63.5307631395431433,
    # (581.61831708315 / 4 - 49.4305932225 * 0.1) * (433.100221445208 - 428.854140842804) * 0.58
    "expansion": 345.9183424378471912,
    # 61904.335437783729636 * 0.0625 * 0.98
    "price": 3791.6405455642534402,
    # 49.4305932225 * 433.100221445208 * (36.5 - 18.25) / 365 * 0.58
    "onboarding": 620.8436252541496839,
    # 65773.3564026452127383 * (0.02 - 0.01)
    "credits": 657.7335640264521274,
    # 581.61831708315 * (4 - 3) / 0.5 * 16 / 4
    "contacts_avoided": 4652.9465366652,
    # 581.61831708315 * 3 * (1 / 0.5 - 1 / 0.625) * 16 / 4
    "repeat_contacts": 2791.76792199912,
    # 697.94198049978 * (0.4 - 0.25) * (20 - 4)
    "self_service": 1675.060753199472,
    # 697.94198049978 * (1 - 0.4) * 20 * (1 - 0.8)
    "handling_time": 1675.060753199472,
    # (26.210745763 + 0.5 * (42.1661186445 - 26.210745763)) * (100 - 75)
    "acquisition_cost": 854.71080509375,
    # 40 * (0.5 - 0.4) * 1000 / 4
    "attrition": 1000,
    # (10 - 7) * 500 / 4
    "incidents": 375,
    # 65773.3564026452127383 * 4 * (36.5 - 27.375) / 365
    "cash_collection": 6577.3356402645212738,
    # tied up and released in the same, last quarter
    "working_capital": 0,
}
# The first 17 sum to 17782.9038395834454618, and so does contribution (with less without):
#   61904.335437783729636 * (1.0625 * 0.99 - 0.4) - 697.94198049978 * 11.2
#     - 75 * (26.210745763 + 0.5 * 15.9553728815) - 40 * 0.4 * 1000 / 4 - 7 * 500 / 4 = 25097.8060666264827565
#   58904.7399077914436115 * 0.58 - 1123.6732714485 * 16 - 100 * 26.210745763 - 5000 - 1250 = 7314.9022270430372946


def test_lines(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("last_quarter")["base"]["benefits"]
    assert set(got) == set(LINES)
    for line, value in LINES.items():
        assert got[line] == same([0, 0, 0, 0, value]), line


def test_returns(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("last_quarter")["base"]
    # 400 of licences spread evenly; month 9 is the end of quarter 3; 4000 / 4 in quarter 4
    assert got["costs"] == same([0, 100, 100, 10100, 1100])
    # all lines, those of capacity at 0.25, without incidents: 15889.1125060505187357; less 1100
    assert got["net"] == same([0, -100, -100, -10100, 14789.1125060505187357])
    # 15889.1125060505 / 1.02^4;  100/1.02 + 100/1.02^2 + 10100/1.02^3 + 1100/1.02^4
    assert got["pv_benefits"] == same(14679.0839123354564185)
    assert got["pv_costs"] == same(10727.8416413643881387)
    assert got["npv"] == same(3951.2422709710682799)
    assert got["roi"] == same(0.3683166104667203)
    # -10,300 after quarter 3: (3 + 10300 / 14789.1125060505) quarters of three months
    assert got["payback_months"] == same(11.0893748686649181)
    assert got["peak_funding"] == same(10300)
    # q = 1.4162813850327 a quarter: -100/q - 100/q^2 - 10100/q^3 + 14789.1125060505/q^4 = 0;  q^4 - 1 a year
    assert got["irr"] == same(3.0234461035198975)


def test_kpis(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    kpis = scenarios("last_quarter")["base"]["kpis"]

    def both(kpi: str, without: float, with_: float) -> None:
        assert kpis[kpi] == {"without": same([without]), "with": same([with_])}, kpi

    # 200 a year;  three quarters of 50 and 269 / 4
    both("opportunities", 200, 217.25)
    # 50 * (404 + 412.1204 + 420.40402004 + 428.854140842804);  the last 67.25 * 433.100221445208 * 1.0625
    both("pipeline_value", 83268.9280441402, 92772.585262452127875)
    # 25 * the same;  the last 40.35 * 433.100221445208 * 1.0625;  over 2 * 30,000
    both("bookings", 41634.4640220701, 49480.929057271276725)
    both("quota_attainment", 0.6939077337011683, 0.8246821509545213)
    # 35 + 33.415 + 32.116885 + 31.053728815;  the last 49.4305932225
    both("new_customers", 131.585613815, 149.9624782225)
    # acquiring 100 * (27 + 26.683 + 26.423377 + 26.210745763), the last 75 * (26.210745763 + 0.5 * 15.9553728815);
    # 10631.7122763 / 131.585613815;  10574.77011528125 / 149.9624782225
    both("acquisition_cost_per_win", 80.7969197244269434, 70.5161066996466693)
    # 4 / 0.5 / 4 * (920.75 + 776.59425 + 658.53069075 + 561.83663572425);  the last 697.94198049978
    both("contacts", 5835.4231529485, 5409.69186199978)
    # over customer-years: 2917.71157647425 / 4, 2937.49325783315 / 4
    both("contacts_per_customer", 8, 7.3664058258846921)
    # 5835.4231529485 * 16;  4711.7498815 * 16 + 697.94198049978 * 11.2
    both("cost_to_serve", 93366.770447176, 83204.948285597536)
    both("cost_per_contact", 16, 15.380718608035372)
    # contacts * 0.75 * 10 / 60 / 100;  4711.7498815 * 0.75 * 10 / 6000 + 697.94198049978 * 0.6 * 8 / 6000
    both("agents_needed", 7.294278941185625, 6.448040936274824)
    # 40 * 0.5;  5 + 5 + 5 + 4
    both("leavers", 20, 19)
    # 10;  2.5 + 2.5 + 2.5 + 1.75;  at 500
    both("incidents", 10, 9.25)
    both("expected_incident_cost", 5000, 4625)
    # 58904.7399077914 * 4 * 36.5 / 365;  65773.3564026452 * 4 * 27.375 / 365
    both("receivables", 23561.8959631165774446, 19732.0069207935638215)
    # in the last quarter
    both("sales_cycle_days", 100, 80)
    both("average_discount", 0.2, 0.15)
    both("onboarding_days", 36.5, 18.25)
