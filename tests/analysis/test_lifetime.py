"""What customers are worth: the textbook's formula, the case's own average, and stakes worked by hand."""

from typing import Any

import pytest

from casebuilder.analysis.lifetime import LifetimeValue, Stake, at_stake, lifetime
from casebuilder.analysis.study import study
from tests.model.cases import EXAMPLES, case_of, example, moving, only, run, small

PEOPLE = {"North": 400, "South": 3_000}
LEADS = {"North": 2_000, "South": 9_000}


def value(data: dict[str, Any], segment: str, year: int) -> LifetimeValue:
    found = lifetime(only(data))
    return next(v for v in found if (v.segment, v.year) == (segment, year))


def textbook(churn: float, year: int, rate: float = 0.1) -> float:
    """m r / (1 + d - r) of North: its revenue grows 2 % a year and is taken at the middle of the last quarter."""
    revenue: float = 12_000 * 1.02 ** (year - 1 / 8)
    contact = 0.7 * 12 + 0.3 * 1
    margin = revenue * (0.6 - 0.02) - 10 / 0.7 * contact
    kept = 1 - churn
    return margin * kept / (1 + rate - kept)


@pytest.mark.parametrize("year", [1, 2])
def test_the_formula_of_the_textbook(year: int) -> None:
    found = value(moving("churn_rate", 0, 0.2, 0.3, scenarios={"plain": {}}), "North", year)
    assert found.without == pytest.approx(textbook(0.15, year))
    assert found.with_ == pytest.approx(textbook(0.15 * 0.8, year))


def test_every_segment_and_year_in_order() -> None:
    found = lifetime(only(small()))
    assert [(v.segment, v.year) for v in found] == [("North", 1), ("North", 2), ("South", 1), ("South", 2)]
    odd = small()
    odd["segments"][0]["name"] = "A] lifetime.with[B"
    odd["initiatives"][1]["effects"].pop(1)
    assert {v.segment for v in lifetime(only(odd))} == {"A] lifetime.with[B", "South"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_case_s_own_figure_is_the_average_over_customers(name: str) -> None:
    outcome = example(name).asked
    per_year = example(name).case.company.periods_per_year
    for world in ("without", "with"):
        for year, kpi in enumerate(outcome.kpi("customer_lifetime_value", world), 1):
            there = [
                (outcome.row(f"closing.{world}[{v.segment}]")[year * per_year] or 0.0, v)
                for v in lifetime(outcome)
                if v.year == year
            ]
            worth = sum(n * ((v.with_ if world == "with" else v.without) or 0.0) for n, v in there)
            assert worth / sum(n for n, _ in there) == pytest.approx(kpi)


def test_no_number_where_it_has_no_end() -> None:
    data = small()
    data["company"]["discount_rate"] = 0
    data["segments"][0]["churn_rate"] = 0
    north, south = value(data, "North", 2), value(data, "South", 2)
    assert (north.without, north.with_) == (None, None)
    assert south.without
    problem = {"id": "p", "what": "Late", "journey_stage": "use", "customers_affected": 30}
    stakes = at_stake(study(case_of(data | {"problems": [problem]})))
    assert [(s.segment, s.value is None) for s in stakes] == [("North", True), ("South", False)]
    assert stakes[0].customers == pytest.approx(30 * 400 / 3_400)


def problems(*given: tuple[str, str | None, str, float | None]) -> dict[str, Any]:
    """The small case with problems of these ids, stages, segments and numbers of people."""
    return small(
        problems=[
            {
                "id": id,
                "what": "Broken",
                "journey_stage": stage,
                "segment": segment,
                "customers_affected": number,
            }
            for id, stage, segment, number in given
        ]
    )


def stakes(*given: tuple[str, str | None, str, float | None]) -> dict[tuple[str, str], Stake]:
    return {(s.stage, s.segment): s for s in at_stake(study(case_of(problems(*given))))}


def worth(segment: str) -> float:
    return value(small(), segment, 1).without or 0.0


def test_customers_who_meet_a_problem() -> None:
    found = stakes(("slow", "support", "North", 50))
    (stake,) = found.values()
    assert (stake.segment, stake.stage, stake.customers, stake.chance) == ("North", "support", 50, 1)
    assert stake.problems == ("slow",)
    assert not stake.prospects
    assert stake.value == pytest.approx(50 * worth("North"))
    assert worth("North") == pytest.approx(textbook(0.15, 1))


def test_a_problem_of_all_meets_each_in_proportion() -> None:
    found = stakes(("slow", "use", "all", 340))
    assert {key: s.customers for key, s in found.items()} == {
        ("use", "North"): pytest.approx(40),
        ("use", "South"): pytest.approx(300),
    }


def test_the_largest_counts_not_the_sum_and_never_more_than_there_are() -> None:
    found = stakes(
        ("a", "use", "North", 30),
        ("b", "use", "all", 340),
        ("c", "use", "South", 9_000),
        ("d", "use", "North", None),
    )
    north, south = found["use", "North"], found["use", "South"]
    assert north.customers == pytest.approx(40)
    assert north.problems == ("a", "b", "d")
    assert south.customers == PEOPLE["South"]
    assert south.problems == ("b", "c")


@pytest.mark.parametrize(
    ("stage", "chance", "most"),
    [("aware", 0.2 * 0.25, 2_000), ("evaluate", 0.2 * 0.25, 2_000), ("buy", 0.25, 400)],
)
def test_prospects_count_with_their_chance(stage: str, chance: float, most: float) -> None:
    (few,) = stakes(("p", stage, "North", 100)).values()
    assert few.prospects
    assert few.chance == pytest.approx(chance)
    assert few.value == pytest.approx(100 * chance * worth("North"))
    (many,) = stakes(("p", stage, "North", 1e6)).values()
    assert many.customers == pytest.approx(most)


def test_prospects_of_all_segments_by_leads() -> None:
    found = stakes(("p", "aware", "all", 1_100))
    assert found["aware", "North"].customers == pytest.approx(1_100 * LEADS["North"] / sum(LEADS.values()))
    nobody = problems(("p", "aware", "all", 1_100))
    for segment in nobody["segments"]:
        segment["leads"] = 0
    assert [(s.customers, s.value) for s in at_stake(study(case_of(nobody)))] == [(0, 0), (0, 0)]


def test_what_is_not_known_is_not_made_up() -> None:
    found = stakes(("p", "use", "North", None), ("q", None, "all", 50))
    (stake,) = found.values()
    assert (stake.customers, stake.value, stake.problems) == (None, None, ("p",))
    assert at_stake(study(case_of(small()))) == ()


def test_the_order_is_the_journey_s() -> None:
    found = stakes(("l", "leave", "all", 5), ("a", "aware", "South", 5), ("s", "support", "South", 5))
    assert list(found) == [("aware", "South"), ("support", "South"), ("leave", "North"), ("leave", "South")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_do_not_depend_on_the_option(name: str) -> None:
    found = example(name)
    stakes_ = at_stake(study(found.case))
    assert stakes_ == at_stake(study(found.case, option="do_nothing"))
    assert {id for s in stakes_ for id in s.problems} == {p.id for p in found.case.problems}


def test_doing_nothing_leaves_worth_as_it_is() -> None:
    for v in lifetime(run(small()).option("do_nothing")):
        assert v.with_ == pytest.approx(v.without)
