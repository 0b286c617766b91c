"""Additions: against cases into which the investment was typed, and at the cost that it can just bear."""

import copy
from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.additions import Addition, additions
from casebuilder.analysis.fit import fit
from casebuilder.analysis.study import in_force, study
from casebuilder.case import Case, from_data
from casebuilder.case.plain import plain
from tests.analysis.test_fit import driver, person
from tests.model.cases import case_of, small


def of(case: Case, option: str = "as_set") -> dict[str, Addition]:
    own = in_force(study(case, option=option))
    return {one.initiative: one for one in additions(own, case.stakeholders)}


def typed(case: Case, *ids: str, **fields: Any) -> Case:
    data = plain(case.model_dump(by_alias=True, exclude_unset=True), dates_as_text=True)
    data["initiatives"] += [{"id": id, "use": id, **(fields if id == ids[0] else {})} for id in ids]
    return from_data(data)


DRIVERS = person(
    driver("win_rate", 0.4, 0.29),
    driver("contacts_per_customer", 3, 6),
    driver("payback", 12, kind="hurdle"),
)


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(small(stakeholders=DRIVERS))


@pytest.mark.parametrize("ids", [("lost_sale_analysis",), ("proactive_outreach", "unified_customer_data")])
def test_one_added_by_hand(case: Case, ids: tuple[str, ...]) -> None:
    one, more = of(case)[ids[0]], typed(case, *ids)
    before, after = (fit(in_force(study(c)), c.stakeholders[0]).parts for c in (case, more))
    assert one.from_library
    assert one.npv == pytest.approx(results(more).headline.npv - results(case).headline.npv)
    moved = [b.movement - a.movement for a, b in zip(before, after, strict=True)]
    assert list(one.moved.values())[:2] == pytest.approx(moved[:2])
    assert list(one.moved.values())[2] == 0


def test_what_it_can_bear_brings_it_to_nothing(case: Case) -> None:
    one = of(case)["lost_sale_analysis"]
    assert one.bearable is not None and one.bearable > 0
    there = results(typed(case, "lost_sale_analysis", annual_cost=one.bearable)).headline.npv
    assert there == pytest.approx(results(case).headline.npv, abs=0.01)


def test_the_case_s_own_come_with_their_cost() -> None:
    """What stands outside the option is added with what it needs first, and pays for both."""
    data = small(stakeholders=DRIVERS, options={"nothing_much": [], "all_of_it": "all"})
    case = case_of(data)
    one = of(case, "nothing_much")["act"]
    whole, nothing = results(case).option("all_of_it").npv, results(case).option("nothing_much").npv
    assert not one.from_library
    assert one.bearable is None
    assert one.npv == pytest.approx(whole - nothing)
    assert "act" not in of(case)


def test_what_is_switched_off_is_switched_on_with_what_it_needs() -> None:
    data = small(stakeholders=DRIVERS, options={})
    for initiative in data["initiatives"]:
        initiative["enabled"] = False
    off, on = case_of(data), case_of(small(stakeholders=DRIVERS, options={}))
    assert of(off)["act"].npv == pytest.approx(results(on).headline.npv)


def test_an_investment_of_the_library_s_name_is_told_apart() -> None:
    data = copy.deepcopy(small(stakeholders=DRIVERS))
    data["initiatives"][0]["name"] = "Ask lost prospects why"
    assert of(case_of(data))["lost_sale_analysis"].name == "Ask lost prospects why (library)"


def test_nothing_is_added_twice(case: Case) -> None:
    data = copy.deepcopy(small(stakeholders=DRIVERS))
    data["initiatives"].append({"id": "ours", "use": "lost_sale_analysis"})
    assert "lost_sale_analysis" in of(case)
    assert "lost_sale_analysis" not in of(case_of(data))
