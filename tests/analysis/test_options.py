"""Choices: picked by comparing every version by hand, named ones as the case's own options give them."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from casebuilder.analysis import results
from casebuilder.analysis.options import (
    best,
    best_within,
    cheapest_on_cash,
    cheapest_that_pays,
    frontier,
    options,
)
from casebuilder.analysis.study import Study, study
from casebuilder.analysis.subsets import Budget, Gain, Measures, Versions, all_versions
from tests.analysis.programme import programme, typed
from tests.model.cases import EXAMPLES, case_of, example


def made(*rows: tuple[float, float], on_cash: tuple[float, ...] = ()) -> Versions:
    """Versions of as many investments as needed, by total cost and NPV, the first one of nothing."""
    members = tuple("abcd")[: max(1, math.ceil(math.log2(len(rows))))]
    cost, npv = np.array(rows, float).T
    cash = np.array(on_cash or npv, float)
    flags = np.array([[row >> n & 1 for n in range(len(members))] for row in range(len(rows))], float)
    found = Measures(npv, cash, cost, cost, cost / 2, cost / 2, np.full(len(rows), np.nan), ())
    return Versions(members, flags, found, np.ones(len(rows), bool), True)


def test_the_cheapest_that_pays_and_the_best() -> None:
    found = made((0, 0), (100, -5), (150, 20), (300, 90))
    assert (cheapest_that_pays(found), best(found)) == (2, 3)


def test_of_equal_cost_the_one_that_returns_more() -> None:
    found = made((0, 0), (100, 5), (100, 8), (300, 8))
    assert (cheapest_that_pays(found), best(found)) == (2, 2)
    assert best(made((0, 0), (300, 8), (100, 8), (50, 7))) == 2


def test_paying_is_more_than_nothing() -> None:
    """Not zero, and not what the company's own lines bring without any investment."""
    assert cheapest_that_pays(made((0, 0), (100, 0))) is None
    assert cheapest_that_pays(made((0, 50), (100, 40), (120, 50), (130, 51))) == 3
    assert cheapest_that_pays(made((10, -50), (20, -1), (30, 2))) == 2
    assert best(made((0, 0), (100, -1))) is None


def test_a_version_with_something_that_cannot_work_is_never_picked() -> None:
    found = made((0, 0), (100, 20), (100, 20), (300, 90))
    found = replace(found, sound=np.array([True, False, True, True]))
    assert cheapest_that_pays(found) == 2
    assert best(replace(found, sound=np.array([True, True, True, False]))) == 1


def test_on_cash_alone() -> None:
    found = made((0, 0), (100, 5), (200, 20), (300, 90), on_cash=(0, -3, -1, 4))
    assert (cheapest_that_pays(found), cheapest_on_cash(found)) == (1, 3)
    assert cheapest_on_cash(made((0, 0), (100, 5), on_cash=(0, 0))) is None


def by_hand(found: Versions, wanted: Callable[[int], tuple[float, float]], worth: Any) -> list[str] | None:
    runs = [
        run for run in range(len(found.flags)) if found.sound[run] and run and worth[run] > max(0, worth[0])
    ]
    return list(found.inside(min(runs, key=wanted))) if runs else None


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_by_hand(name: str) -> None:
    found = all_versions(study(example(name).case))
    cost, npv, cash = found.found.total_cost, found.found.npv, found.found.npv_on_cash
    chosen = {choice.kind: list(choice.initiatives) for choice in options(study(example(name).case), found)}
    assert chosen.get("cheapest_that_pays") == by_hand(found, lambda run: (cost[run], -npv[run]), npv)
    assert chosen.get("pays_on_cash") == by_hand(found, lambda run: (cost[run], -cash[run]), cash)
    assert chosen.get("returns_most") == by_hand(found, lambda run: (-npv[run], cost[run]), npv)


@pytest.mark.parametrize("budget", ["first_year_cash", "total_cost"])
@pytest.mark.parametrize("gain", ["npv", 0])
def test_the_best_for_every_budget(budget: Budget, gain: Gain) -> None:
    found = all_versions(study(case_of(programme())))
    taken, brought = found.budget(budget), found.gain(gain)
    steps = sorted(set(taken.tolist()))
    for amount in [*steps, *(step + 0.5 for step in steps), 1e12]:
        run = best_within(found, amount, budget, gain)
        assert run is not None
        within = [n for n in range(len(taken)) if found.sound[n] and taken[n] <= amount]
        assert taken[run] <= amount
        assert brought[run] == pytest.approx(max(brought[within]), rel=1e-9)
    assert best_within(found, steps[0] - 1, budget, gain) is None
    assert all(found.sound[run] for run in frontier(found, budget, gain))


def test_nothing_is_gained_for_whoever_names_nothing() -> None:
    found = all_versions(study(case_of(programme())))
    assert frontier(found, "total_cost", 2) == ()
    assert best_within(found, 1e12, "total_cost", 2) is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_named_options_are_those_of_the_case(name: str) -> None:
    case = example(name).case
    for option in ("as_set", example(name).asked_option):
        named = {choice.id: choice for choice in options(study(case, None, option)) if choice.kind == "named"}
        assert list(named) == ["do_nothing", *(id for id in case.option_table if id != "do_nothing")]
        for id, choice in named.items():
            outcome = example(name).option(id)
            assert choice.npv == pytest.approx(outcome.npv, rel=1e-9)
            assert choice.cost == pytest.approx(sum(outcome.flow("costs")), rel=1e-9)
            assert choice.peak_funding == pytest.approx(outcome.number("peak_funding"), rel=1e-9)
            assert choice.payback_months == pytest.approx(outcome.payback_months)
            assert set(choice.initiatives) == case.option_table[id]


def test_those_inside_keep_their_own_switch() -> None:
    data = programme()
    data["initiatives"][1]["enabled"] = False
    found = {choice.id: choice for choice in options(study(case_of(data)))}
    assert found["lean"].initiatives == ("listen",)
    assert found["lean"].npv == pytest.approx(results(case_of(data)).option("lean").npv)
    assert found["odd"].initiatives == ("portal",)
    assert "as_set" not in found, "what is on is what is left of the option with everything in it"


def test_all_switches_as_set_where_no_option_names_them() -> None:
    data = programme(options={"lean": ["listen", "act"]})
    found = options(study(case_of(data)))
    assert [choice.id for choice in found][:3] == ["do_nothing", "as_set", "lean"]
    assert found[1].npv == pytest.approx(results(case_of(data)).headline.npv)
    assert "as_set" not in [choice.id for choice in options(study(case_of(programme())))]
    assert "as_set" not in [choice.id for choice in options(study(case_of(data), None, "lean"))]


def test_what_a_choice_says() -> None:
    data = programme()
    found = {choice.id: choice for choice in options(study(case_of(data)))}
    all_of_it, paper = found["all_of_it"], typed(data, found["all_of_it"].initiatives)
    assert all_of_it.npv_on_cash == pytest.approx(
        typed(data, all_of_it.initiatives, headline_shares={}).npv, rel=1e-9
    )
    assert all_of_it.first_year_cash == pytest.approx(sum(paper.flow("costs")[:5]))
    assert all_of_it.fit[2] is None
    assert all_of_it.fit[1] in (0, 50, 100)
    assert found["do_nothing"].cost == pytest.approx(1.1 * 6_000)


def test_a_case_without_investments() -> None:
    data = programme(initiatives=[], options={})
    data["custom_lines"] = [{"name": "Gain", "kind": "benefit", "class": "margin", "by_year": [9_000, 9_000]}]
    (nothing,) = options(study(case_of(data)))
    assert (nothing.id, nothing.initiatives) == ("do_nothing", ())
    assert nothing.npv == results(case_of(data)).headline.npv > 0


def test_versions_are_not_computed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    studied = study(case_of(programme()))
    found = all_versions(studied)
    batches: list[int] = []
    runs = Study.runs

    def counted(self: Study, *given: Any) -> Any:
        batches.append(1)
        return runs(self, *given)

    monkeypatch.setattr(Study, "runs", counted)
    assert options(studied, found) == options(studied)
    assert 0 < len(batches) <= 3 + 6
