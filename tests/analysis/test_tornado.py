"""Tornado: every bar is what an edited case would return, ranked, for NPV and for any KPI."""

import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis import results
from casebuilder.analysis.ranges import Range
from casebuilder.analysis.study import Study, study
from casebuilder.analysis.tornado import Bar, KpiYear, Tornado, tornado
from casebuilder.case import Case
from casebuilder.case.edits import with_inputs
from casebuilder.model.results import Outcome
from tests.agreement.random_cases import random_case
from tests.model.cases import case_of, example, few, flows, moving, small


def edited(case: Case, each: Range, value: float) -> Case:
    """The case with an assumption typed in by hand, so that after the scenario's risk adjustment it is `value`."""
    changes: dict[str, Any] = {each.path: value}
    haircut = case.scenario_table[case.headline].haircut
    if each.kind == "effect":
        cut = case.haircut_table[_grade(case, each.path)] if haircut else 0.0
        size = value / (1 - cut) if value > 0 else value / (1 + cut)
        changes = {f"{each.path}.{name}": size for name in ("low", "base", "high")}
    return with_inputs(case, changes)


def _grade(case: Case, path: str) -> Any:
    for initiative in case.initiatives:
        for effect in initiative.effects:
            if path == f"initiatives[{initiative.id}].effects[{effect.lever},{effect.segment}]":
                return effect.grade
    raise KeyError(path)


def by_hand(found: Study, each: Range, value: float) -> Outcome:
    """The outcome of the edited case, evaluated on the usual road."""
    return results(edited(found.case, each, value)).outcome(found.scenario, found.option)


def bar(found: Tornado, path: str) -> Bar:
    """The bar of a path."""
    return next(bar for bar in found.bars if bar.range.path == path)


def test_a_table_of_cash_flows_by_hand() -> None:
    """-1000, 600, 600 at 10 %: a tenth of each, discounted; the rate from 9 to 11 %."""
    found = tornado(study(case_of(flows([-1000, 600, 600]))))
    assert found.at == pytest.approx(-1000 + 600 / 1.1 + 600 / 1.21)
    swings = {bar.range.path: bar.swing for bar in found.bars if bar.swing}
    assert swings == {
        "custom_lines[Net].initial": pytest.approx(200),
        "custom_lines[Net].by_year[1]": pytest.approx(120 / 1.1),
        "custom_lines[Net].by_year[2]": pytest.approx(120 / 1.21),
        "company.discount_rate": pytest.approx(600 / 1.09 + 600 / 1.09**2 - 600 / 1.11 - 600 / 1.11**2),
    }
    assert list(swings) == sorted(swings, key=lambda path: -(swings[path] or 0))
    rate = bar(found, "company.discount_rate")
    assert rate.at_low is not None and rate.at_high is not None and rate.at_low > rate.at_high


@pytest.mark.parametrize(("scenario", "every"), [("risk_adjusted", 2), ("optimistic", 9)])
def test_bars_of_the_small_case_are_cases_typed_by_hand(scenario: str, every: int) -> None:
    data = small()
    data["company"]["headline"] = scenario
    found = study(case_of(data))
    bars = tornado(found).bars
    assert len(bars) > 60
    for each in bars[::every]:
        low, high = (by_hand(found, each.range, end).npv for end in (each.range.low, each.range.high))
        assert (each.at_low, each.at_high) == pytest.approx((low, high), rel=1e-9, abs=1e-6), each.range.path


@few(0.12)
@given(st.integers(0, 10**6))
def test_bars_of_random_cases_are_cases_typed_by_hand(seed: int) -> None:
    rng = random.Random(seed)
    case = case_of(random_case(rng) | {"custom_lines": []})
    found = study(case, option=rng.choice([*case.option_table, "as_set"]))
    every = tornado(found)
    assert every.at == pytest.approx(
        results(case).outcome(found.scenario, found.option).npv, rel=1e-9, abs=1e-6
    )
    some = [*every.bars[:3], *rng.sample(every.bars, 2)] if len(every.bars) > 2 else every.bars
    for each in some:
        low, high = (by_hand(found, each.range, end).npv for end in (each.range.low, each.range.high))
        assert (each.at_low, each.at_high) == pytest.approx((low, high), rel=1e-9, abs=1e-6), each.range.path


def test_ranked_by_swing_then_by_path() -> None:
    found = tornado(study(example("contract_services").case))
    keys = [(-(bar.swing or 0.0), bar.range.path) for bar in found.bars]
    assert [bar.swing is None for bar in found.bars] == [False] * len(keys)
    nothing = [path for swing, path in keys if swing == 0]
    assert nothing == sorted(nothing)
    assert all(a <= b + 1e-6 for (a, _), (b, _) in itertools.pairwise(keys))
    leads = ["leads", "lead_to_opportunity", "win_rate"]
    twins = [
        bar.range.path
        for bar in tornado(study(case_of(factors()))).bars
        if bar.range.path.endswith((*leads,))
    ]
    assert twins == sorted(twins)


def factors() -> dict[str, Any]:
    """One segment, whose leads, conversion and win rate are factors of one product: three equal swings."""
    data = moving("churn_rate", 0.1, 0.2, 0.3)
    data["segments"] = data["segments"][:1]
    return data


def test_what_is_outside_the_option_moves_nothing() -> None:
    found = tornado(study(case_of(small()), option="ears_only"))
    assert bar(found, "initiatives[act].effects[churn_rate,all]").swing == 0
    assert bar(found, "initiatives[listen].annual_cost").swing != 0


@pytest.mark.parametrize("kpi", ["churn_rate", "cost_to_serve", "quota_attainment", "npv", "payback"])
@pytest.mark.parametrize("year", [1, 2])
def test_any_kpi_in_any_year(kpi: str, year: int) -> None:
    case = case_of(small())
    found = study(case)
    every = tornado(found, KpiYear(kpi, year))
    assert every.at == pytest.approx(results(case).headline.kpi(kpi, "with")[year - 1])
    for each in (*every.bars[:2], every.bars[20]):
        high = by_hand(found, each.range, each.range.high).kpi(kpi, "with")[year - 1]
        assert each.at_high == (None if high is None else pytest.approx(high))


def test_some_assumptions_alone() -> None:
    """Each bar is the one it is among all; what was not asked for is not run."""
    found = study(example("contract_services").case)
    every = tornado(found)
    some = [each.range.path for each in every.bars[::7]]
    few_bars = tornado(found, among=set(some))
    assert few_bars.at == every.at
    assert [each.range.path for each in few_bars.bars] == some
    for each in few_bars.bars:
        assert each == bar(every, each.range.path)
    assert tornado(found, among=()).bars == ()
    with pytest.raises(KeyError, match="nonsense"):
        tornado(found, among=["company.discount_rate", "nonsense"])


def test_years_differ() -> None:
    found = study(case_of(small()))
    assert tornado(found, KpiYear("churn_rate", 1)).at != tornado(found, KpiYear("churn_rate", 2)).at
    with pytest.raises(KeyError, match="nonsense"):
        tornado(found, KpiYear("nonsense", 1))


def test_a_bar_without_a_number_ranks_last() -> None:
    """Nobody leaves: at a hurdle rate of 0 a customer is worth infinitely much, and the model says no number."""
    data = moving(
        "discount", 0.0, 0.1, 0.2, inputs={"company.discount_rate": {"status": "estimate", "low": 0}}
    )
    for segment in data["segments"]:
        segment["churn_rate"] = 0
    found = tornado(study(case_of(data)), KpiYear("customer_lifetime_value", 1))
    last = found.bars[-1]
    assert (last.range.path, last.at_low, last.swing) == ("company.discount_rate", None, None)
    assert last.at_high is not None
    assert found.bars[-2].swing == 0 and found.bars[0].swing


def test_a_measure_without_any_number() -> None:
    data = small()
    data["sales"]["reps"] = 0
    found = tornado(study(case_of(data)), KpiYear("quota_attainment", 1))
    assert found.at is None
    assert {bar.swing for bar in found.bars} == {None}
