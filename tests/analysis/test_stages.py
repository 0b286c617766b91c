"""Stages: what is spent, lost and left at every checkpoint, from the rows of the case itself."""

import datetime
from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.stages import Stage, stages
from casebuilder.analysis.study import study
from casebuilder.model.results import Outcome
from tests.analysis.programme import IDS, programme
from tests.model.cases import EXAMPLES, case_of, example, flows


def found_in(data: dict[str, Any], option: str = "as_set", chance: float | None = None) -> tuple[Stage, ...]:
    return stages(study(case_of(data), None, option), chance)


def agrees(stage: Stage, outcome: Outcome, rate: float, per_year: int) -> None:
    """Every amount again from the rows of one evaluation, discounted at the ends of periods."""
    until = stage.period + 1
    net, costs = outcome.flow("net"), outcome.flow("costs")
    worth = [amount * (1 + rate) ** (-period / per_year) for period, amount in enumerate(net)]
    assert stage.spent == pytest.approx(sum(costs[:until]))
    assert stage.gained == pytest.approx(sum(outcome.flow("headline")[:until]))
    assert stage.net_cash == pytest.approx(outcome.flow("cumulative")[stage.period])
    assert stage.to_spend == pytest.approx(sum(costs[until:]))
    assert stage.loss_if_stopped == pytest.approx(-sum(worth[:until]))
    assert stage.worth_of_going_on == pytest.approx(sum(worth[until:]))
    assert stage.worth_of_going_on - stage.loss_if_stopped == pytest.approx(outcome.npv)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_from_their_rows(name: str) -> None:
    found, case = example(name), example(name).case
    for option in ("as_set", found.asked_option):
        outcome = found.option(option)
        company = case.company
        if company.discounting == "mid":
            continue
        rows = stages(study(case, None, option))
        assert rows
        for stage in rows:
            agrees(stage, outcome, company.discount_rate, company.periods_per_year)


def test_checkpoints_by_time_with_what_they_are() -> None:
    """Months 6 and 7 both fall to the quarter that ends with month 6, as does the first release."""
    data = programme(decision={"stage_1": {"option": "lean", "until": "2027-08-15"}})
    data["initiatives"][3]["gate"] = {"month": 2.9, "indicator": "Quotes"}
    data["initiatives"][4]["gate"] = {"month": 12, "indicator": "Orders"}
    first, second, third = found_in(data)
    assert (first.period, first.month, first.gates, first.release_ends) == (0, 0, ("quotes",), None)
    assert (second.period, second.month, second.gates) == (2, 6, ("listen", "act"))
    assert second.release_ends == datetime.date(2027, 8, 15)
    assert (third.period, third.gates, third.release_ends) == (4, ("portal",), None)
    outcome = results(case_of(data)).headline
    for stage in (first, second, third):
        agrees(stage, outcome, 0.1, 4)


@pytest.mark.parametrize(
    ("until", "period"), [("2027-03-30", 0), ("2027-03-31", 1), ("2027-09-30", 3), ("2028-12-30", 7)]
)
def test_a_release_ends_with_the_last_whole_period(until: str, period: int) -> None:
    data = programme(decision={"stage_1": {"option": "all_of_it", "until": until}})
    (release,) = [stage for stage in found_in(data) if stage.release_ends]
    assert (release.period, release.release_ends) == (period, datetime.date.fromisoformat(until))


def test_at_the_end_there_is_nothing_to_stop() -> None:
    data = programme(decision={"stage_1": {"option": "lean", "until": "2029-06-30"}})
    data["initiatives"][0]["gate"]["month"] = 24
    data["initiatives"][1]["gate"]["month"] = 23
    (only,) = found_in(data)
    assert (only.period, only.gates) == (7, ("act",))


def test_only_the_checkpoints_of_what_is_on() -> None:
    data = programme(options={"one": ["listen", "desk"]})
    assert [stage.gates for stage in found_in(data, "one")] == [("listen",)]
    data["initiatives"][0]["enabled"] = False
    assert found_in(data, "one") == ()


def test_by_hand() -> None:
    """100 out at once, 30 a year in, five years at 10 %: after year 2, 100 less 30 / 1.1 and 30 / 1.21 is lost."""
    data = flows([-100, 30, 30, 30, 30, 30])
    data["decision"] = {"stage_1": {"option": "do_nothing", "until": "2028-12-31"}}
    (stage,) = found_in(data)
    assert (stage.period, stage.month) == (2, 24)
    assert stage.loss_if_stopped == pytest.approx(100 - 30 / 1.1 - 30 / 1.21)
    assert stage.worth_of_going_on == pytest.approx(30 / 1.1**3 + 30 / 1.1**4 + 30 / 1.1**5)
    assert (stage.net_cash, stage.spent, stage.to_spend) == (pytest.approx(-40), 0, 0)


def test_expected_loss_where_a_chance_is_given() -> None:
    data = programme()
    (without,) = found_in(data)
    (with_chance,) = found_in(data, chance=0.25)
    assert without.expected_loss is None
    assert with_chance.expected_loss == pytest.approx(0.25 * without.loss_if_stopped)
    assert set(without.gates) <= set(IDS)
