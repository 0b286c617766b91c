"""Fit: worked by hand, by a second reckoning from the results, and many runs against one at a time."""

import dataclasses
import random
from datetime import date
from typing import Any

import numpy as np
import pytest

from casebuilder.analysis import results
from casebuilder.analysis.fit import (
    Fit,
    all_fits,
    both,
    due_year,
    expected_state,
    fit,
    fits,
    is_hurdle,
    lines_for,
    weight,
)
from casebuilder.analysis.study import State, in_force, study
from casebuilder.case import Case, Stakeholder, library
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, case_of, example, run, small

PLAIN: dict[str, Any] = {"plain": {}}


def driver(
    kpi: str, target: float | None = None, current: float | None = None, **more: Any
) -> dict[str, Any]:
    """A number on the scorecard, importance 1."""
    given = {"kpi": kpi, "importance": 1, "accountability": "scorecard", "target": target, "current": current}
    return {key: value for key, value in {**given, **more}.items() if value is not None}


def person(*drivers: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"persona": "service", "drivers": list(drivers)}]


def moved(sizes: dict[str, float], *drivers: dict[str, Any], **of_it: Any) -> dict[str, Any]:
    """The small case with one free investment that moves metrics in full from the first day, and one stakeholder."""
    effects = [
        {"lever": lever, "low": size, "base": size, "high": size, "grade": "A"}
        for lever, size in sizes.items()
    ]
    one = {"id": "one", "name": "One", "effects": effects, **of_it}
    return small(initiatives=[one], options={}, scenarios=PLAIN, stakeholders=person(*drivers))


def of(data: dict[str, Any]) -> Fit:
    """The fit of the only stakeholder in the scenario that counts."""
    case = case_of(data)
    return fit(study(case), case.stakeholders[0])


SEVERAL = moved(
    # 0.70 + 0.06; 80 * 0.9; 0.4 * 0.75; 50 * 1.1, which is harm
    {
        "first_contact_resolution": 0.06,
        "sales_cycle_days": 0.1,
        "attrition_rate": 0.25,
        "days_sales_outstanding": -0.1,
    },
    driver("first_contact_resolution", 0.80, 0.70, importance=5),  # weight 5, (0.76 - 0.70) / 0.10 = 0.6
    driver("sales_cycle_days", 64, 80, importance=4, accountability="tracked"),  # 2, (80 - 72) / 16 = 0.5
    driver("attrition_rate", 0.35, 0.4, importance=2, accountability="said"),  # 0.5, 0.1 / 0.05, at most 1
    driver("days_sales_outstanding", 45, 50),  # 1, moves from 50 to 55: 0
    driver(
        "other", 9, importance=3, accountability="tracked", name="Mood", unit="count"
    ),  # 1.5, not computed
    driver("self_service_share", 0.3, 0.3),  # 1, at its target
    driver("win_rate", None, 0.2, importance=2),  # 2, no target
)


def test_several_drivers_by_hand() -> None:
    """(5 * 0.6 + 2 * 0.5 + 0.5 * 1) / (5 + 2 + 0.5 + 1 + 1.5 + 1 + 2) = 4.5 / 13."""
    found = of(SEVERAL)
    assert found.value == pytest.approx(100 * 4.5 / 13, rel=1e-12)
    assert [part.weight for part in found.parts] == [5, 2, 0.5, 1, 1.5, 1, 2]
    assert [part.movement for part in found.parts] == pytest.approx([0.6, 0.5, 1, 0, 0, 0, 0], rel=1e-12)
    assert [part.why for part in found.parts] == [
        "moved",
        "moved",
        "moved",
        "moved_away",
        "not_computed",
        "at_target",
        "no_target",
    ]


def test_a_part_says_what_it_was_reckoned_from() -> None:
    part = of(SEVERAL).parts[1]
    assert (part.current, part.without, part.with_, part.year) == (80, 80, 72, 2)
    assert part.driver.target == 64
    mood = of(SEVERAL).parts[4]
    assert (mood.current, mood.without, mood.with_) == (None, None, None)


@pytest.mark.parametrize(
    ("size", "target", "current", "movement", "why"),
    [
        (0.05, 0.80, 0.70, 0.5, "moved"),
        (0.10, 0.80, 0.70, 1.0, "moved"),
        (0.15, 0.80, 0.70, 1.0, "moved"),
        (
            0.05,
            0.80,
            0.60,
            0.25,
            "moved",
        ),  # (0.75 - 0.70) / 0.20: the gap is theirs, the movement the model's
        (0.0, 0.80, 0.70, 0.0, "not_moved"),
        (-0.05, 0.80, 0.70, 0.0, "moved_away"),
        (0.05, 0.70, 0.70, 0.0, "at_target"),
        (0.05, 0.60, 0.70, 0.0, "at_target"),
        (-0.05, 0.60, 0.70, 0.0, "at_target"),
    ],
)
def test_more_is_better(size: float, target: float, current: float, movement: float, why: str) -> None:
    part = of(
        moved({"first_contact_resolution": size}, driver("first_contact_resolution", target, current))
    ).parts[0]
    assert part.movement == pytest.approx(movement, abs=1e-12)
    assert part.why == why


@pytest.mark.parametrize(
    ("size", "target", "current", "movement", "why"),
    [
        (0.1, 60, 80, 0.4, "moved"),  # (80 - 72) / 20
        (0.1, 72, 80, 1.0, "moved"),
        (0.1, 80, 80, 0.0, "at_target"),
        (0.1, 90, 80, 0.0, "at_target"),
        (-0.1, 60, 80, 0.0, "moved_away"),
    ],
)
def test_less_is_better(size: float, target: float, current: float, movement: float, why: str) -> None:
    part = of(moved({"sales_cycle_days": size}, driver("sales_cycle_days", target, current))).parts[0]
    assert part.movement == pytest.approx(movement, abs=1e-12)
    assert part.why == why


@pytest.mark.parametrize(("target", "movement"), [(64.0, 0.5), (96.0, 0.0), (80.0, 0.0)])
def test_neither_is_better(monkeypatch: pytest.MonkeyPatch, target: float, movement: float) -> None:
    """A KPI without a better direction is to move towards its target: the cycle falls from 80 to 72."""
    table = dict(library.kpis())
    table["sales_cycle_days"] = table["sales_cycle_days"].model_copy(update={"direction": "none"})
    case = case_of(moved({"sales_cycle_days": 0.1}, driver("sales_cycle_days", target, 80)))
    monkeypatch.setattr("casebuilder.analysis.fit.library.kpis", lambda: table)
    assert fit(study(case), case.stakeholders[0]).parts[0].movement == pytest.approx(movement, abs=1e-12)


def test_current_left_out_is_the_first_year_of_doing_nothing() -> None:
    data = moved({"first_contact_resolution": 0.05}, driver("first_contact_resolution", 0.8))
    part = of(data).parts[0]
    assert part.current == pytest.approx(0.7)
    assert part.movement == pytest.approx(0.5)
    growing = of(moved({"growth_per_customer": 0.03}, driver("revenue", 9e9))).parts[0]
    first, last = run(moved({}, driver("revenue", 1))).headline.kpi("revenue", "without")
    assert (growing.current, growing.without) == pytest.approx((first, last), rel=1e-12)


def test_a_kpi_without_a_number() -> None:
    """Without reps there is no quota, and so no attainment."""
    data = moved({"win_rate": 0.1}, driver("quota_attainment", 0.9, 0.8), driver("win_rate", 0.5, 0.25))
    data["sales"]["reps"] = 0
    found = of(data)
    assert [part.why for part in found.parts] == ["not_computed", "moved"]
    assert found.value == pytest.approx(50 * found.parts[1].movement)


def test_without_drivers_there_is_no_fit() -> None:
    found = of(moved({"win_rate": 0.1}))
    assert found == Fit(None, ())
    case = case_of(moved({"win_rate": 0.1}))
    rows = study(case).states([{}] * 3, lines_for(case.stakeholders))
    assert np.isnan(fits(case, case.stakeholders[0], rows, None)).tolist() == [True] * 3


def test_only_numbers_that_are_not_computed() -> None:
    assert of(moved({"win_rate": 0.1}, driver("other", 1, 0.5, name="Mood", unit="share"))).value == 0


@pytest.mark.parametrize(
    ("accountability", "on_scorecard", "expected"),
    [
        ("scorecard", None, 3),
        ("tracked", None, 1.5),
        ("said", None, 0.75),
        (None, True, 3),
        (None, False, 1.5),
        (None, None, 0.75),
    ],
)
def test_weights(accountability: str | None, on_scorecard: bool | None, expected: float) -> None:
    given = driver("win_rate", 1, importance=3, accountability=accountability, on_scorecard=on_scorecard)
    case = case_of(moved({}, {**given, "accountability": accountability}))
    assert weight(case.stakeholders[0].drivers[0]) == expected


# ---- the year in which a target is due


@pytest.mark.parametrize(
    ("due", "year"),
    [
        (None, 2),
        ("2020-06-30", 1),
        ("2027-01-01", 1),
        ("2027-12-31", 1),
        ("2028-01-01", 2),
        ("2028-12-31", 2),
        ("2031-01-01", 2),
    ],
)
def test_due_year(due: str | None, year: int) -> None:
    case = case_of(moved({}, driver("win_rate", 0.3, due=due)))
    assert due_year(case, case.stakeholders[0].drivers[0]) == year
    assert View(results(case), "service").year == year


def test_the_due_year_decides() -> None:
    """It starts after the first year: what is due then has not moved, what is due later has."""
    drivers = [driver("sales_cycle_days", 64, 80, due=day) for day in ("2027-12-31", "2028-12-31")]
    found = of(moved({"sales_cycle_days": 0.1}, *drivers, start_month=12))
    assert [part.movement for part in found.parts] == pytest.approx([0, 0.5])
    assert [part.why for part in found.parts] == ["not_moved", "moved"]
    assert found.value == pytest.approx(25)


# ---- a second reckoning, and many runs


def reckoned(found: Results, option: str, who: Stakeholder) -> float | None:
    """Fit once more, one number at a time, from the results of the case."""
    counted = found.option(option)
    table = found.case.scenario_table
    expected = found.outcome("base", option) if "base" in table else None
    top = bottom = 0.0
    for one in who.drivers:
        share = {"scorecard": 1, "tracked": 0.5, "said": 0.25}[one.held_to]
        bottom += one.importance * share
        top += one.importance * share * closed(found.case, counted, expected, one)
    return 100 * top / bottom if who.drivers else None


def closed(case: Case, counted: Outcome, expected: Outcome | None, one: Any) -> float:
    if one.kpi == "other" or one.target is None:
        return 0
    up = library.kpis()[one.kpi].direction == "up"
    if one.kpi in ("npv", "roi", "irr", "payback", "peak_funding"):
        for outcome, credit in ((counted, 1.0), (expected, 0.5)):
            value = outcome.kpi(one.kpi, "with")[0] if outcome else None
            if value is not None and (value >= one.target if up else value <= one.target):
                return credit
        return 0
    start = case.company.decision_date
    ends = [date(start.year + year, start.month, start.day) for year in range(1, case.company.years + 1)]
    year = len(ends) - 1
    if one.due:
        year = min(sum(one.due >= end for end in ends), year)
    before, after = (counted.kpi(one.kpi, world)[year] for world in ("without", "with"))
    current = one.current if one.current is not None else counted.kpi(one.kpi, "without")[0]
    if before is None or after is None or current is None:
        return 0
    sign = 1 if up else -1
    gap = sign * (one.target - current)
    return 0 if gap <= 0 else max(0.0, min(1.0, sign * (after - before) / gap))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("adjusted", [False, True])
def test_examples_reckoned_twice(name: str, adjusted: bool) -> None:
    found = example(name)
    for option in found.model.shape.options:
        asked = study(found.case, option=option)
        people = found.case.stakeholders
        for who, one in zip(people, all_fits(in_force(asked) if adjusted else asked, people), strict=True):
            assert one.value == pytest.approx(reckoned(found, option, who), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", EXAMPLES)
def test_many_runs_are_one_at_a_time(name: str) -> None:
    case = example(name).case
    asked, rng = study(case), random.Random(name)
    people = case.stakeholders
    states: list[State] = [
        {
            **{asked.switch(id): float(rng.random() < 0.6) for id in asked.members},
            "company.discount_rate": rng.uniform(0, 0.2),
        }
        for _ in range(6)
    ]
    first, second = both(asked, states, lines_for(people))
    alone = [all_fits(asked.with_inputs(state), people) for state in states]
    for number, who in enumerate(people):
        many = fits(case, who, first, second)
        assert many.shape == (len(states),)
        assert many.tolist() == pytest.approx([one[number].value for one in alone])


def test_under_base_the_changes_stay() -> None:
    """What was changed in a study is changed under `base` too, whether its sizes are in force or not."""
    case = case_of(small())
    key = "initiatives[act].effects[churn_rate,all].base"
    for asked in (study(case), in_force(study(case))):
        extra = expected_state(asked.with_inputs({key: 0.09, "people.attrition_rate": 0.3}))
        assert extra is not None
        assert {key, "people.attrition_rate"} & set(extra) == set()
        plain = expected_state(asked)
        assert plain is not None
        assert asked.npv(plain) == pytest.approx(study(case, "base").npv(), rel=1e-12)


def test_only_what_is_read_is_kept() -> None:
    case = case_of(
        {**SEVERAL, "stakeholders": person(driver("npv", 1), driver("win_rate", 1), driver("payback", 1))}
    )
    assert lines_for(case.stakeholders) == (
        "npv",
        "kpi.win_rate.without",
        "kpi.win_rate.with",
        "payback_months",
    )
    assert lines_for([]) == ("npv",)


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        of(SEVERAL).value = 1  # type: ignore[misc]
    assert is_hurdle(case_of(SEVERAL).stakeholders[0].drivers[0]) is False
