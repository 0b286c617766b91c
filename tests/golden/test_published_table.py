"""A published cash flow table: annual periods, no levers, and the study's own NPV, ROI and payback to meet."""

from collections.abc import Callable
from typing import Any


def test_the_study_s_own_figures_come_out(scenarios: Callable[..., Any]) -> None:
    got = scenarios("published_table")["published"]
    # As printed, to the whole dollar (the study adds rounded columns: one dollar either way).
    assert abs(got["pv_costs"] - 1_672_201) <= 1
    assert abs(got["pv_benefits"] - 7_168_371) <= 1
    assert abs(got["npv"] - 5_496_170) <= 1
    assert round(got["roi"], 2) == 3.29
    assert got["payback_state"] == "reached"
    assert got["payback_months"] < 6
    assert abs(got["net"][2] - 2_424_560) <= 1


def test_worked_by_hand(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("published_table")["published"]
    # net: 0 - 53,150;  1,606,511 - 666,715;  3,061,331 - 636,772;  4,229,760 - 647,783
    assert got["net"] == same([-53150, 939796, 2424559, 3581977])
    assert got["costs"] == same([53150, 666715, 636772, 647783])
    assert got["benefits"]["custom:Total benefits"] == same([0, 1606511, 3061331, 4229760])
    assert got["headline_benefits"]["custom:Total benefits"] == same([0, 1606511, 3061331, 4229760])
    # 53,150 + 666,715/1.1 + 636,772/1.21 + 647,783/1.331
    assert got["pv_costs"] == same(1672201.35236664162284)
    # 1,606,511/1.1 + 3,061,331/1.21 + 4,229,760/1.331
    assert got["pv_benefits"] == same(7168371.4575507137490609)
    # 7,168,371.4576 - 1,672,201.3524;  over 1,672,201.3524
    assert got["npv"] == same(5496170.1051840721262209)
    assert got["roi"] == same(3.2867872624342903)
    assert got["pv_tax"] == 0
    # -53,150 + 939,796/1.1 = -53,150 + 854,360;  + 2,424,559/1.21
    assert got["npv_by_year"] == same([801210, 2804977.768595041322314, 5496170.1051840721262209])
    # 12 months * 53,150 / 939,796: the first year's net pays the outlay back
    assert got["payback_months"] == same(0.6786579215063695)
    assert got["peak_funding"] == same(53150)
    # One sign change, but 939,796 back on 53,150 within the year is beyond 1000 %: no rate to quote.
    assert (got["irr"], got["irr_note"]) == (None, "not_meaningful")
    assert got["value_after_horizon"] == 0
    # No customers: all 19 lines are there, and empty.
    assert all(values == [0, 0, 0, 0] for line, values in got["benefits"].items() if ":" not in line)
    assert len(got["benefits"]) == 19 + 1


def test_risk_adjustment_by_hand(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("published_table")["ours"]
    # benefits less 20 %: 1,606,511 * 0.8, 3,061,331 * 0.8, 4,229,760 * 0.8; custom lines are not delayed
    assert got["benefits"]["custom:Total benefits"] == same([0, 1285208.8, 2449064.8, 3383808])
    # costs * 1.1 (risk) * 1.2 (scenario): 53,150 * 1.32, 666,715 * 1.32, 636,772 * 1.32, 647,783 * 1.32
    assert got["costs"] == same([70158, 880063.8, 840539.04, 855073.56])
    # 1,285,208.8/1.1 + 2,449,064.8/1.21 + 3,383,808/1.331
    assert got["pv_benefits"] == same(5734697.1660405709992487)
    # 70,158 + 880,063.8/1.1 + 840,539.04/1.21 + 855,073.56/1.331
    assert got["pv_costs"] == same(2207305.7851239669421488)
    assert got["npv"] == same(3527391.3809166040570999)
    assert got["roi"] == same(1.5980528863238123)
    # 12 * 70,158 / (1,285,208.8 - 880,063.8) = 12 * 70,158 / 405,145
    assert got["payback_months"] == same(2.0780115761023831)
    # net -70,158, 405,145, 1,608,525.76, 2,528,734.44; with q = 8.8325320845:
    # -70,158 + 405,145/q + 1,608,525.76/q^2 + 2,528,734.44/q^3 = 0.0000001
    assert got["irr"] == same(7.8325320845063)
