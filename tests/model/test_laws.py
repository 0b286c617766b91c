"""Laws of every case: no effect is worth nothing, money scales, order is nothing, lines add up, a delay costs."""

import copy
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.benefits import CONTRIBUTION_LINES, LINES
from casebuilder.model.inputs import values
from casebuilder.model.model import evaluate, model_of
from casebuilder.model.results import Outcome, Results
from casebuilder.model.structure import structure
from tests.agreement.random_cases import random_case
from tests.model.cases import case_of, few, run, small

FEW = few(0.3)
seeds = st.integers(0, 10**9)
MONEY = ("money", "money_per_year")
SIZES = ("low", "base", "high")


def case_from(seed: int, segments: bool = True) -> dict[str, Any]:
    """A random case, with segments and an effect or two where asked for."""
    rng = random.Random(seed)
    data = random_case(rng)
    while segments and not ("segments" in data and any(i.get("effects") for i in data["initiatives"])):
        data = random_case(rng)
    return data


def all_runs(results: Results) -> list[Outcome]:
    return list(results.outcomes.values())


def lines_of(outcome: Outcome) -> dict[str, tuple[float, ...]]:
    return {line: outcome.flow(line) for line in LINES}


def close(ours: Any, theirs: Any, scale: float = 1.0) -> bool:
    """Equal to a billionth of `scale` (or of 1), no number equal only to no number."""
    row, other = (np.array(side, float) for side in (ours, theirs))
    return bool(np.isclose(row, other, rtol=1e-9, atol=1e-9 * max(1.0, scale), equal_nan=True).all())


def size_of(outcome: Outcome) -> float:
    """The largest amount of money that a comparison is seen against."""
    keys = ("revenue.without", "revenue.with", "costs", "headline", "receivables.with", *LINES)
    return max(1.0, *(abs(amount) for key in keys for amount in outcome.flow(key)))


# ---- no effect, no value


@FEW
@given(seeds)
def test_no_effect_is_worth_nothing(seed: int) -> None:
    """Exactly nothing, not nearly: in one batch with every scenario and option, and alone."""
    data = case_from(seed) | {"custom_lines": []}
    for initiative in data["initiatives"]:
        for effect in initiative.get("effects", ()):
            effect.update(dict.fromkeys(SIZES, 0.0))
    found = run(data)
    rate = found.case.company.tax_rate
    for outcome in all_runs(found):
        assert all(amount == 0 for row in lines_of(outcome).values() for amount in row)
        assert outcome.number("pv_benefits") == 0
        assert outcome.npv == pytest.approx(-outcome.amount("pv_costs") * (1 - rate), rel=1e-12, abs=1e-9)
        assert set(outcome.flow("hours_freed")) == {0.0}
        assert outcome.number("value_after_horizon") == 0
    inputs: dict[str, Any] = {**values(found.case, found.model.shape), "run.scenario": 1.0, "run.option": 1.0}
    alone = evaluate(found.model, inputs, [found.model[line] for line in LINES])
    assert all(not alone[line].any() for line in LINES)


@FEW
@given(seeds)
def test_no_initiative_is_worth_nothing(seed: int) -> None:
    """Doing nothing is exactly nothing, beside options that do something, and both worlds are one."""
    data = case_from(seed)
    data["custom_lines"] = [line for line in data["custom_lines"] if line.get("initiative")]
    found = run(data)
    nothing = found.options["do_nothing"]
    for key in ("net", "costs", "tax", "headline", "cumulative", "npv_so_far"):
        assert set(nothing.flow(key)) == {0.0}, key
    assert (nothing.npv, nothing.irr_note, nothing.payback_state) == (0, "no_sign_change", "no_investment")
    for line, row in lines_of(nothing).items():
        assert set(row) == {0.0}, line
    for kpi in library.kpis():
        if kpi not in ("npv", "roi", "irr", "payback", "peak_funding"):
            assert nothing.kpi(kpi, "with") == nothing.kpi(kpi, "without"), kpi


@FEW
@given(seeds)
def test_lines_of_levers_that_nothing_moves_are_nothing(seed: int) -> None:
    data = case_from(seed)
    moved = {effect["lever"] for i in data["initiatives"] for effect in i.get("effects", ())}
    still = {lever.line for lever in library.levers().values() if lever.id not in moved}
    for outcome in all_runs(run(data)):
        for line in still:
            assert set(outcome.flow(line)) == {0.0}, line


@FEW
@given(seeds)
def test_without_take_up_there_are_only_costs(seed: int) -> None:
    data = case_from(seed)
    before = run(data, ["costs"])
    for initiative in data["initiatives"]:
        initiative["adoption"] = 0
    after = run(data)
    for pair, outcome in after.outcomes.items():
        assert outcome.flow("costs") == before.outcomes[pair].flow("costs")
        assert all(amount == 0 for row in lines_of(outcome).values() for amount in row)


# ---- what adds up, scales, and does not matter


@FEW
@given(seeds)
def test_the_lines_add_up(seed: int) -> None:
    """To the difference in profit and in receivables, in every period, whatever moves."""
    for outcome in all_runs(run(case_from(seed, segments=False))):
        allowed = 1e-9 * size_of(outcome)
        lines = lines_of(outcome)
        together = np.sum([lines[line] for line in CONTRIBUTION_LINES], axis=0)
        gained = np.array(outcome.flow("contribution.with")) - np.array(outcome.flow("contribution.without"))
        assert np.abs(together - gained).max() <= allowed
        owed = np.array(outcome.flow("receivables.with")) - np.array(outcome.flow("receivables.without"))
        moved = np.array(outcome.flow("cash_collection")) + np.array(outcome.flow("tied_change"))
        assert np.abs(moved[1:] + np.diff(owed)).max() <= allowed
        net = (
            np.array(outcome.flow("headline"))
            - np.array(outcome.flow("costs"))
            - np.array(outcome.flow("tax"))
        )
        assert np.abs(net - np.array(outcome.flow("net"))).max() <= allowed
        assert all(check.ok for check in outcome.checks)
        counted = sum(outcome.amount(f"pv.{line}") for line in (*LINES, *own_lines(outcome)))
        assert counted == pytest.approx(outcome.amount("pv_benefits"), abs=allowed * len(net))


def own_lines(outcome: Outcome) -> list[str]:
    return [key.removeprefix("pv.") for key in outcome.values if key.startswith("pv.custom:")]


@FEW
@given(seeds, st.sampled_from([0.25, 1000.0, 7.3]))
def test_money_scales(seed: int, factor: float) -> None:
    """Every amount of money times a factor: every amount times it, every other number the same."""
    case = case_of(case_from(seed, segments=False))
    shape = structure(case)
    model = model_of(shape)
    inputs: dict[str, Any] = {**values(case, shape), "run.option": 1.0}
    inputs["run.scenario"] = np.arange(len(shape.scenarios)) + 1.0
    lines = [
        line for line in model.lines if "check" not in line.key and not line.key.startswith(("left", "off"))
    ]
    before = evaluate(model, inputs, lines)
    money = [line.key for line in model.lines if line.shape == "input" and line.unit in MONEY]
    after = evaluate(model, inputs | {key: inputs[key] * factor for key in money}, lines)
    scale = max(np.nan_to_num(np.abs(before[line.key])).max() for line in lines if line.unit in MONEY)
    for line in lines:
        times = factor if line.unit in MONEY else 1.0
        loose = 1e-6 if line.key in ("irr", "crossed_part", "latest", "in_over_out", "irr_start") else 0.0
        allowed = max(loose, 1e-9 * (scale * times if line.unit in MONEY else 1.0))
        same = np.isclose(after[line.key], before[line.key] * times, rtol=1e-9, atol=allowed, equal_nan=True)
        assert same.all(), line.key


@few(0.2)
@given(seeds)
def test_order_does_not_matter(seed: int) -> None:
    data = case_from(seed)
    other = copy.deepcopy(data)
    rng = random.Random(seed)
    for key in ("initiatives", "segments", "custom_lines"):
        rng.shuffle(other[key])
    for initiative in other["initiatives"]:
        rng.shuffle(initiative.get("effects", []))
        rng.shuffle(initiative.get("requires", []))
    other["company"]["headline"] = case_of(data).headline
    found = run(other)
    for pair, outcome in run(data).outcomes.items():
        same, size = found.outcomes[pair], size_of(outcome)
        for key in ("net", "costs", *LINES, *own_lines(outcome)):
            assert close(same.flow(key), outcome.flow(key), size), key
        for kpi in library.kpis():
            if kpi not in ("irr", "payback"):
                for world in ("without", "with"):
                    unit = library.kpis()[kpi].unit
                    assert close(
                        same.kpi(kpi, world), outcome.kpi(kpi, world), size if unit in MONEY else 1
                    ), kpi


@FEW
@given(seeds)
def test_the_same_twice(seed: int) -> None:
    """Bit for bit, from a case that was read again."""
    one, two = run(case_from(seed, segments=False)), run(case_from(seed, segments=False))
    for key in one.headline.values:
        assert np.array_equal(one.headline.values[key], two.headline.values[key], equal_nan=True), key


# ---- time


@FEW
@given(seeds, st.integers(0, 5))
def test_a_delay_shifts_what_is_delivered_and_no_cost(seed: int, periods: int) -> None:
    data = case_from(seed)
    months = 12 * periods / data["company"]["periods_per_year"]
    data["scenarios"] = {"prompt": {}, "late": {"delay_months": months}}
    data["company"].pop("headline", None)
    found = run(data).scenarios
    prompt, late = found["prompt"], found["late"]
    assert late.flow("costs") == prompt.flow("costs")
    assert late.flow("net")[0] == prompt.flow("net")[0]
    for initiative in data["initiatives"]:
        if initiative.get("effects"):
            before, after = (outcome.flow(f"delivery[{initiative['id']}]")[1:] for outcome in (prompt, late))
            kept = max(0, len(before) - periods)
            assert close(after[len(before) - kept :], before[:kept]), initiative["id"]
            assert not any(after[: len(before) - kept])


@FEW
@given(seeds, st.sampled_from([0.5, 1.0, 3.0, 7.5, 12.0, 100.0]))
def test_a_later_start_never_delivers_more_nor_costs_more(seed: int, months: float) -> None:
    """Counted up to any date; the money spent is spent later, or not at all."""
    data = case_from(seed)
    later = copy.deepcopy(data)
    for initiative in later["initiatives"]:
        initiative["start_month"] = initiative.get("start_month", 0) + months
    before, after = run(data).headline, run(later).headline
    for initiative in data["initiatives"]:
        keys = [f"cost[{initiative['id']}]"]
        keys += [f"delivery[{initiative['id']}]"] if initiative.get("effects") else []
        for key in keys:
            more = np.cumsum(after.flow(key)) - np.cumsum(before.flow(key))
            assert more.max() <= 1e-9 * max(1.0, *before.flow(key)), key


@FEW
@given(seeds)
def test_what_an_initiative_needs_first_holds_it_back_and_never_stops_its_cost(seed: int) -> None:
    data = case_from(seed)
    first, *others = data["initiatives"]
    first |= {"enabled": seed % 2 == 0, "build_months": 7}
    for initiative in others[::2]:
        initiative["requires"] = [*{*initiative.get("requires", []), first["id"]}]
    alone = copy.deepcopy(data)
    for initiative in alone["initiatives"]:
        initiative["requires"] = []
    held, free = run(data), run(alone)
    for pair, outcome in held.outcomes.items():
        for initiative in data["initiatives"]:
            id = initiative["id"]
            assert outcome.flow(f"cost[{id}]") == free.outcomes[pair].flow(f"cost[{id}]")
            if initiative.get("effects"):
                more = np.cumsum(outcome.flow(f"delivery[{id}]")) - np.cumsum(
                    free.outcomes[pair].flow(f"delivery[{id}]")
                )
                assert more.max() <= 1e-12


def test_what_needs_something_that_is_off_costs_in_full_and_earns_nothing() -> None:
    """Directly or two steps away: 1,000 at the start and 400 a year."""
    effect = {"lever": "win_rate", "low": 0.1, "base": 0.1, "high": 0.1}
    chain = [
        {"id": "c", "name": "C", "enabled": False, "annual_cost": 9_000},
        {"id": "b", "name": "B", "requires": ["c"], "effects": [effect]},
        {
            "id": "a",
            "name": "A",
            "requires": ["b"],
            "one_time_cost": 1_000,
            "annual_cost": 400,
            "effects": [effect],
        },
    ]
    found = run(small(initiatives=chain, options={}, scenarios={"plain": {}})).headline
    assert found.flow("costs") == (1_000, *[100] * 8)
    assert all(amount == 0 for row in lines_of(found).values() for amount in row)
    assert [found.amount(f"{what}[{id}]") for what in ("costed", "active") for id in "abc"] == [
        1,
        1,
        0,
        0,
        0,
        0,
    ]


@FEW
@given(seeds)
def test_costs_follow_their_factor_alone(seed: int) -> None:
    """The cost factor is the only part of a scenario that costs read, the risk adjustment of own cost lines aside."""
    data = case_from(seed)
    for line in data["custom_lines"]:
        line["risk_adjustment"] = 0
    data["scenarios"] = {
        "plain": {"effects": "low"},
        "dear": {"effects": "high", "haircut": True, "cost_factor": 1.25, "delay_months": 5},
    }
    data["company"].pop("headline", None)
    found = run(data).scenarios
    assert close(np.array(found["plain"].flow("costs")) * 1.25, found["dear"].flow("costs"))


# ---- switches


@FEW
@given(seeds)
def test_an_option_is_the_case_with_the_others_off(seed: int) -> None:
    data = case_from(seed)
    ids = [initiative["id"] for initiative in data["initiatives"]]
    inside = random.Random(seed).sample(ids, len(ids) // 2)
    data["options"] = {"half": inside} if inside else {}
    off = copy.deepcopy(data)
    for initiative in off["initiatives"]:
        initiative["enabled"] = initiative.get("enabled", True) and initiative["id"] in inside
    option = run(data).options["half" if inside else "do_nothing"]
    switched = run(off).headline
    for key in ("net", "costs", *LINES, *own_lines(option)):
        assert close(option.flow(key), switched.flow(key), size_of(switched)), key
    assert close(option.npv, switched.npv, size_of(switched))
