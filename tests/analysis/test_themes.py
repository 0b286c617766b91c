"""Themes: shares of value and of weight worked by hand."""

from typing import Any

import pytest

from casebuilder.analysis.themes import NEARLY_EVERY, balances, value_by_theme, weight_by_theme
from casebuilder.case import Stakeholder, library


def deciding(*drivers: dict[str, Any], part: str = "approves") -> Stakeholder:
    return Stakeholder.model_validate({"persona": "ceo", "part": part, "drivers": drivers})


def held(kpi: str, importance: int, how: str = "scorecard") -> dict[str, Any]:
    return {"kpi": kpi, "importance": importance, "accountability": how}


def test_value_by_hand() -> None:
    """30 of 100 keep, 70 win; what loses and what no metric earns stand aside."""
    worth = {
        "retention": 30.0,
        "demand": 20.0,
        "win_rate": 50.0,
        "price": -9.0,
        "working_capital": 40.0,
        "custom:Own": 7.0,
    }
    assert value_by_theme(worth) == {"keep": pytest.approx(0.3), "win": pytest.approx(0.7)}
    assert value_by_theme({"price": -1.0, "working_capital": 5.0}) == {}


def test_weight_by_hand() -> None:
    """4 on the win rate, 1 of 2 on attrition (tracked), 5 on net revenue retention, which two themes move."""
    people = [
        deciding(held("win_rate", 4), held("attrition_rate", 2, "tracked")),
        deciding(held("net_revenue_retention", 5), part="funds"),
    ]
    assert weight_by_theme(people) == {
        "win": pytest.approx(0.4),
        "people": pytest.approx(0.1),
        "keep": pytest.approx(0.5),
        "earn": pytest.approx(0.5),
    }


@pytest.mark.parametrize("kpi", ["npv", "payback", "contribution", "contribution_margin", "other"])
def test_what_everything_moves_says_nothing(kpi: str) -> None:
    more = {"name": "Mood", "unit": "count"} if kpi == "other" else {}
    people = [deciding(held("win_rate", 1), {**held(kpi, 5), **more})]
    assert weight_by_theme(people) == {"win": 1.0}
    assert weight_by_theme([deciding({**held(kpi, 5), **more})]) == {}


def test_nearly_every_is_about_profit_and_returns_alone() -> None:
    many = NEARLY_EVERY * len(library.levers())
    broad = {id for id, kpi in library.kpis().items() if len(kpi.levers) > many}
    assert broad == {"contribution", "contribution_margin", "npv", "roi", "irr", "payback", "peak_funding"}


@pytest.mark.parametrize("part", ["influences", "delivers", "informed", None])
def test_only_those_who_decide_count(part: str | None) -> None:
    people = [
        Stakeholder.model_validate({"persona": "sales", "part": part, "drivers": [held("win_rate", 5)]})
    ]
    assert weight_by_theme(people) == {}
    assert balances({"retention": 1.0}, people) == ()


def test_balances_stand_in_order_of_surplus() -> None:
    found = balances({"retention": 80.0, "win_rate": 20.0}, [deciding(held("win_rate", 5))])
    assert [(each.theme, each.value, each.weight) for each in found] == [
        ("keep", 0.8, 0.0),
        ("win", 0.2, 1.0),
    ]
    assert [each.over for each in found] == pytest.approx([0.8, -0.8])
    assert balances({}, [deciding(held("win_rate", 5))]) == ()
