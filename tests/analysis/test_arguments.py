"""Arguments: what is claimed against a case whose limits were typed out of reach, and pulls one metric at a time."""

import copy
from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.arguments import Argument, arguments, lifted
from casebuilder.analysis.study import in_force, study
from casebuilder.case import library
from tests.analysis.test_fit import driver, moved, person
from tests.model.cases import case_of, example, run, small


def of(data: dict[str, Any]) -> dict[str, Argument]:
    case = case_of(data)
    return {one.lever.line: one for one in arguments(in_force(study(case)), case.stakeholders)}


def test_without_room_a_claim_is_what_a_limit_out_of_reach_would_earn() -> None:
    data = moved({"churn_rate": 0.1, "win_rate": 0.05}, driver("revenue", 20e6), driver("npv", 1.0))
    blocked = of({**copy.deepcopy(data), "limits": {"churn_rate": 0.2}})
    free = run({**copy.deepcopy(data), "limits": {"churn_rate": 0.001}}).headline
    one = blocked["retention"]
    assert one.claimed == pytest.approx(free.amount("pv.retention"))
    assert one.earned == pytest.approx(
        run({**data, "limits": {"churn_rate": 0.2}}).headline.amount("pv.retention")
    )
    assert one.earned < one.claimed
    assert [(room.place, room.base, room.limit, room.has_none) for room in one.rooms] == [
        ("North", 0.15, 0.2, True),
        ("South", 0.25, 0.2, False),
    ]
    factor = free.flow("factor")
    north = sum(a * b for a, b in zip(free.flow("retention[North]"), factor, strict=True))
    assert one.without_room == pytest.approx(north / one.claimed)


@pytest.mark.parametrize("lever", library.levers())
def test_every_limit_can_be_lifted(lever: str) -> None:
    """With the usual limit and with one of the case's own at today's level: no effect stops short."""
    data = moved({lever: 0.6 if lever != "discount" else 0.9}, driver("revenue", 1e9))
    group = library.inputs()[lever].group
    for limits in ({}, {lever: data["segments"][1][lever] if group == "segments" else data[group][lever]}):
        case = case_of({**copy.deepcopy(data), "limits": limits})
        own = study(case)
        free = own.outcome(lifted(own, [library.levers()[lever]]))
        place = "South" if library.levers()[lever].scope == "segment" else ""
        base = own.inputs[f"segments[South].{lever}" if place else f"{group}.{lever}"]
        sign = 1 if library.levers()[lever].way == "up" else -1
        size = 0.9 if lever == "discount" else 0.6
        wanted = base + size if library.levers()[lever].kind == "points" else base * (1 + sign * size)
        bound = library.inputs()[lever].upper
        wanted = min(wanted, bound) if bound is not None else wanted
        assert free.row(f"with.{lever}[{place}]")[-1] == pytest.approx(wanted)


def test_what_is_not_cash_is_claimed_and_not_counted() -> None:
    one = of(moved({"minutes_per_assisted_contact": 0.1}, driver("cost_to_serve", 1.0)))["handling_time"]
    assert one.counted == pytest.approx(0.25 * one.earned)
    assert one.counted > 0


def test_pulls_against_cases_without_the_metric() -> None:
    """Each metric's effects taken out of the file; better is positive, whichever way the number goes."""
    who = [driver("revenue", 2e7, due="2027-06-30"), driver("cost_to_serve", 1.0), driver("npv", 1.0)]
    sizes = {"churn_rate": 0.1, "issues_per_customer": 0.2, "discount": -0.05}
    found, whole = of(moved(sizes, *who)), run(moved(sizes, *who)).headline
    drivers = case_of(moved(sizes, *who)).stakeholders[0].drivers
    for lever in sizes:
        one = found[library.levers()[lever].line]
        less = run(moved({id: size for id, size in sizes.items() if id != lever}, *who)).headline
        for kpi, year, sign in (("revenue", 0, 1), ("cost_to_serve", 1, -1)):
            with_, without = whole.kpi(kpi, "with")[year], less.kpi(kpi, "with")[year]
            assert with_ is not None and without is not None
            pull = one.moves[drivers[kpi == "cost_to_serve"]]
            assert pull == pytest.approx(sign * (with_ - without), abs=1e-6)
        assert one.moves[drivers[2]] == pytest.approx(whole.amount(f"pv.{one.lever.line}"))
    assert found["contacts_avoided"].moves[drivers[1]] > 0 > found["retention"].moves[drivers[1]]


def test_only_what_the_option_moves() -> None:
    case = example("growth_network").case
    growth = {one.lever.theme for one in arguments(study(case, option="growth"), case.stakeholders)}
    retention = arguments(study(case, option="retention"), case.stakeholders)
    assert growth == {"win"}
    assert [(one.lever.line, one.earned, one.without_room) for one in retention] == [("retention", 0, 1)]
    assert retention[0].claimed > 100_000
    assert arguments(study(case, option="do_nothing"), case.stakeholders) == ()


def test_as_the_model_counts_it() -> None:
    case = case_of(small(stakeholders=person(driver("revenue", 1e7))))
    whole = results(case).headline
    for one in arguments(in_force(study(case)), case.stakeholders):
        assert one.counted == pytest.approx(whole.amount(f"pv.{one.lever.line}"))
