"""Readiness by hand: the obstacle, its ties, what nobody rated, and slower delivery against an edited case."""

from typing import Any

import pytest

from casebuilder.analysis.readiness import Assessment, lower_takeup, readiness
from casebuilder.analysis.study import study
from casebuilder.case import library
from casebuilder.case.edits import with_inputs
from casebuilder.case.readiness_records import Step
from tests.model.cases import EXAMPLES, case_of, example, flows, small

FACTORS: tuple[str, ...] = tuple(factor.id for factor in library.readiness().factors)
FIVES: dict[str, Any] = dict.fromkeys(FACTORS, 5)


def assessed(given: dict[str, Any], **changes: Any) -> Assessment:
    return readiness(study(case_of(small(readiness=given, **changes))))


@pytest.mark.parametrize(
    ("lowest", "weakest", "obstacle"),
    [
        ({"lifetime_value": 1}, "lifetime_value", "strategy"),
        ({"results_shared": 2, "action_by_owners": 1}, "action_by_owners", "follow_through"),
        ({"strategy": 2, "results_shared": 2}, "strategy", "strategy"),
        (
            {"results_shared": 2, "lifetime_value": 2, "funded_collaboration": 2},
            "funded_collaboration",
            "cooperation",
        ),
        ({"coordination": 3, "funded_collaboration": 3}, "coordination", "cooperation"),
    ],
)
def test_the_lowest_is_the_obstacle_and_of_equals_the_usual_one(
    lowest: dict[str, int], weakest: str, obstacle: str
) -> None:
    found = assessed(FIVES | lowest)
    assert found.weakest is not None
    assert found.obstacle is not None
    assert (found.weakest.factor.id, found.obstacle.id) == (weakest, obstacle)
    assert found.asks[0].id == weakest
    assert {factor.id for factor in found.asks} == set(lowest)


def test_conditions_run_from_the_lowest_rating() -> None:
    found = assessed({"coordination": 3, "strategy": 4, "results_shared": 1, "lifetime_value": 2})
    assert [factor.id for factor in found.asks] == ["results_shared", "lifetime_value", "coordination"]
    assert [factor.id for factor in found.unrated] == ["action_by_owners", "funded_collaboration"]


def test_all_fives_have_nothing_to_say() -> None:
    found = assessed(FIVES)
    assert (found.weakest, found.obstacle, found.asks, found.slower) == (None, None, (), None)
    assert found.mean == 5


def test_what_is_not_rated_is_not_assumed() -> None:
    found = assessed({})
    assert (found.weakest, found.asks, found.mean, found.slower, found.gaps) == (None, (), None, None, ())
    assert len(found.unrated) == 6
    some = assessed({"coordination": 1, "strategy": 1, "results_shared": 2})
    assert some.mean == pytest.approx(4 / 3)
    assert some.slower is None
    assert len(some.unrated) == 3


@pytest.mark.parametrize(
    ("ratings", "step"),
    [
        ([2, 2, 2, 3, 3, 2], (1.5, 0.1)),
        ([2, 3, 2, 3, 2, 3], (1.25, 0.05)),
        ([4, 3, 4, 3, 3, 3], (1.25, 0.05)),
        ([4, 3, 4, 4, 3, 3], None),
        ([2, 2, 2, 3], (1.5, 0.1)),
        ([1, 1, 1], None),
    ],
)
def test_slower_delivery_follows_the_mean(ratings: list[int], step: tuple[float, float] | None) -> None:
    """17 / 6 is below 3.5 and 15 / 6 is not below 2.5; fewer than four ratings say nothing."""
    found = assessed(dict(zip(FACTORS, ratings, strict=False))).slower
    assert step == (None if found is None else (found.step.ramps_times, found.step.adoption_less))


def test_slower_delivery_is_that_of_an_edited_case() -> None:
    case = case_of(small(readiness=dict.fromkeys(FACTORS, 2)))
    found = readiness(study(case)).slower
    assert found is not None
    ramps = {f"initiatives[{i.id}].ramp_months": 1.5 * i.ramp_months for i in case.initiatives}
    takeup = {f"initiatives[{i.id}].adoption": i.adoption - 0.1 for i in case.initiatives}
    assert found.now == study(case).npv()
    assert found.ramps == pytest.approx(study(with_inputs(case, ramps)).npv())
    assert found.takeup == pytest.approx(study(with_inputs(case, takeup)).npv())
    assert found.both == pytest.approx(study(with_inputs(case, ramps | takeup)).npv())
    assert found.both < min(found.ramps, found.takeup)
    assert found.now > max(found.ramps, found.takeup)


def test_take_up_ends_at_nobody() -> None:
    data = small()
    data["initiatives"][1]["adoption"] = 0.03
    state = lower_takeup(study(case_of(data)), Step(below=2, ramps_times=1, adoption_less=0.1))
    assert state == {"initiatives[listen].adoption": 0.9, "initiatives[act].adoption": 0}


def test_only_what_is_asked_for_is_slower() -> None:
    case = case_of(small(readiness=dict.fromkeys(FACTORS, 1)))
    assert readiness(study(case, option="do_nothing")).slower is None
    alone = readiness(study(case, option="ears_only")).slower
    assert alone is not None
    assert alone.now == alone.both
    assert (
        readiness(study(case_of({**flows([-1, 2]), "readiness": dict.fromkeys(FACTORS, 1)}))).slower is None
    )


def test_the_case_stays_as_it_is() -> None:
    data = small(readiness=dict.fromkeys(FACTORS, 1))
    own = study(case_of(data))
    before = own.npv()
    readiness(own)
    assert own.npv() == before == study(case_of({**data, "readiness": {}})).npv()


def test_the_widest_gap_stands_first() -> None:
    own = {
        "coordination": {"importance": 3, "effectiveness": 1},
        "attitudes": {"importance": 5, "effectiveness": 3},
        "evaluation": {"importance": 5, "effectiveness": 2},
        "strategy": {"importance": 2, "effectiveness": 4},
    }
    found = assessed({"self_rating": own}).gaps
    assert [(one.item, one.gap) for one in found] == [
        ("evaluation", 3),
        ("attitudes", 2),
        ("coordination", 2),
        ("strategy", -2),
    ]


def test_what_is_there_already() -> None:
    found = readiness(study(example("growth_network").case, option="growth"))
    assert "lost_sale_analysis" in found.there
    assert "voice_of_customer" not in found.there


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    found = readiness(study(example(name).case, option=example(name).asked_option))
    assert found.unrated == ()
    assert found.weakest is not None
    assert found.weakest.rating == min(one.rating or 9 for one in found.factors)
