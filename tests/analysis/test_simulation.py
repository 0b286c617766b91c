"""Simulation: every draw against the same case evaluated alone, seeds that stay, errors that are what is stated."""

import copy
import math
import random
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis import results, simulation
from casebuilder.analysis.correlation import Contradiction, Pair
from casebuilder.analysis.distributions import BLOCK, Array, normal_inverse
from casebuilder.analysis.simulation import (
    MOST_DRAWS,
    Sampler,
    Settings,
    Simulation,
    histogram_of,
    simulate,
)
from casebuilder.analysis.study import Study, in_force, study
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, case_of, example, few, flows, small

PLAIN = {"plain": {}}
CHURN = "initiatives[act].effects[churn_rate,all]"
WINS = "initiatives[act].effects[win_rate,North]"
SOLVED = "initiatives[act].effects[first_contact_resolution,all]"


# ---- every draw is the case with these sizes


def typed(data: dict[str, Any], scenario: str, sizes: dict[str, float]) -> float:
    """NPV of the case with these sizes typed in and no risk adjustment, evaluated alone."""
    data = copy.deepcopy(data)
    settings = case_of(data).scenario_table[scenario]
    data["company"].pop("headline", None)
    data["scenarios"] = {"typed": {**settings.model_dump(), "effects": "base", "haircut": False}}
    for initiative in data["initiatives"]:
        for effect in initiative.get("effects", ()):
            path = (
                f"initiatives[{initiative['id']}].effects[{effect['lever']},{effect.get('segment', 'all')}]"
            )
            size = sizes.get(f"{path}.base", effect["base"])
            effect.update(low=size, base=size, high=size)
    return results(case_of(data), ("npv",)).scenario("typed").npv


@few(0.25)
@given(st.integers(0, 10**9))
def test_each_draw_is_the_edited_case(seed: int) -> None:
    data = random_case(random.Random(seed))
    raw = study(case_of(data), random.Random(seed).choice([*case_of(data).scenario_table]))
    asked = Settings(draws=2 * BLOCK, within=0.5, across=0.2, ends="one_in_ten")
    found, sampler = simulate(raw, asked), Sampler(raw, asked)
    sizes = sampler.blocks(2)
    assert found.effects == len(sizes)
    for draw in (0, 999):
        drawn = {key: float(values[draw]) for key, values in sizes.items()}
        assert found.npvs[draw] == pytest.approx(typed(data, raw.scenario, drawn), rel=1e-9, abs=1e-4)
    assert found.expected == pytest.approx(typed(data, raw.scenario, {}), rel=1e-9, abs=1e-4)
    assert found.counted == raw.npv()


def test_uncertainty_is_applied_once() -> None:
    """Costs, delay and the factor on benefits are the scenario's; its size and its risk adjustment are not."""
    sizes = {"effects": "low", "haircut": False}, {"effects": "base", "haircut": True}
    same = {"cost_factor": 1.3, "delay_months": 4, "benefit_factor": 0.8}
    data = small(scenarios={"one": {**sizes[0], **same}, "other": {**sizes[1], **same}, "bare": {}})
    one, other, bare = (
        simulate(study(case_of(data), name), Settings(draws=1000)) for name in data["scenarios"]
    )
    assert np.array_equal(one.npvs, other.npvs)
    assert one.expected == other.expected
    assert one.counted < one.expected and other.counted < other.expected
    assert bare.mean > one.mean
    with pytest.raises(ValueError, match="twice"):
        simulate(in_force(study(case_of(data), "other")))


def test_only_effects_of_this_option_vary() -> None:
    data = small()
    assert set(Sampler(study(case_of(data)), Settings()).spreads) == {CHURN, WINS, SOLVED}
    without = simulate(study(case_of(data), option="ears_only"), Settings(draws=1000))
    assert without.effects == 0
    assert (without.npvs == without.expected).all()


def test_a_case_in_which_nothing_varies() -> None:
    found = simulate(study(case_of(flows([-100.0, 80.0, 60.0]))))
    npv = -100 + 80 / 1.1 + 60 / 1.21
    assert (found.mean, found.npv.p10, found.npv.p90) == pytest.approx((npv, npv, npv))
    assert (found.deviation, found.effects, found.convergence.known) == (pytest.approx(0, abs=1e-9), 0, True)
    assert found.histogram.draws == (10_000,)
    assert found.payback is not None and found.payback.p50 == pytest.approx(16)


# ---- seeds


def test_the_same_seed_draws_the_same_everywhere() -> None:
    found = simulate(study(case_of(small(scenarios=PLAIN))))
    typed_in = (-164039.7818732535, -149652.78311436193, -135342.55842489452)
    assert (found.npv.p10, found.npv.p50, found.npv.p90) == pytest.approx(typed_in, rel=1e-9)
    again = simulate(study(case_of(small(scenarios=PLAIN))))
    assert again == found
    assert np.array_equal(again.npvs, found.npvs)
    other = simulate(study(case_of(small(scenarios=PLAIN))), Settings(seed=1))
    assert other.npv != found.npv


@pytest.mark.parametrize("extra", [{}, {"within": 0.6, "across": 0.3}, {"pairs": (Pair(CHURN, WINS, 0.5),)}])
def test_the_size_of_a_chunk_does_not_matter(extra: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = study(case_of(small()))
    whole = simulate(raw, Settings(draws=3500, **extra))
    monkeypatch.setattr(simulation, "_BLOCKS_AT_ONCE", 2)
    assert simulate(raw, Settings(draws=3500, **extra)).npvs == pytest.approx(whole.npvs, rel=1e-12)
    assert whole.npvs[:1000] == pytest.approx(simulate(raw, Settings(draws=1000, **extra)).npvs, rel=1e-12)


def test_an_effect_keeps_its_draws_when_others_come_and_go() -> None:
    """So a case before and after a change differs by the change, not by luck."""
    data = small()
    before = Sampler(study(case_of(data)), Settings()).blocks(1)
    del data["initiatives"][1]["effects"][0]
    after = Sampler(study(case_of(data)), Settings()).blocks(1)
    assert set(before) - set(after) == {f"{CHURN}.base"}
    assert all(np.array_equal(after[key], before[key]) for key in after)


# ---- what moves together


def sizes_of(raw: Study, **settings: Any) -> dict[str, Array]:
    return Sampler(raw, Settings(shape="triangular", **settings)).blocks(40)


def correlation(first: Array, second: Array) -> float:
    """Of the normals behind two rows of sizes, by their ranks."""
    ranks = [(row.argsort().argsort() + 0.5) / len(row) for row in (first, second)]
    return float(np.corrcoef(normal_inverse(ranks[0]), normal_inverse(ranks[1]))[0, 1])


def three_of_two(base: float = 0.05) -> Study:
    """Two effects of one investment and one of another, of different ranges."""
    effects = [
        {"lever": "churn_rate", "low": 0.0, "base": base, "high": 0.2},
        {"lever": "credit_rate", "low": -0.1, "base": 0.1, "high": 0.2},
    ]
    wins = [{"lever": "win_rate", "low": 0.0, "base": 0.1, "high": 0.3}]
    rows = [{"id": "a", "name": "a", "effects": effects}, {"id": "b", "name": "b", "effects": wins}]
    return study(case_of(small(initiatives=rows, options={"both": "all"})))


@pytest.mark.parametrize(("within", "across"), [(0.0, 0.0), (0.6, 0.0), (0.7, 0.4)])
def test_effects_correlate_as_asked(within: float, across: float) -> None:
    churn, credit, wins = sizes_of(three_of_two(), within=within, across=across).values()
    assert correlation(churn, credit) == pytest.approx(within, abs=0.03)
    assert correlation(churn, wins) == pytest.approx(across, abs=0.03)
    assert correlation(credit, wins) == pytest.approx(across, abs=0.03)


def test_full_correlation_moves_all_by_the_same_rank() -> None:
    rows = list(sizes_of(three_of_two(), within=1.0, across=1.0).values())
    for row in rows[1:]:
        assert np.array_equal(row.argsort(), rows[0].argsort())


def test_a_stated_pair() -> None:
    first, second = "initiatives[a].effects[churn_rate,all]", "initiatives[b].effects[win_rate,all]"
    pairs = (Pair(first, second, -0.6),)
    churn, credit, wins = sizes_of(three_of_two(), within=0.3, pairs=pairs).values()
    assert correlation(churn, wins) == pytest.approx(-0.6, abs=0.03)
    assert correlation(churn, credit) == pytest.approx(0.3, abs=0.03)
    constant = three_of_two().with_inputs({f"{first}.low": 0.05, f"{first}.high": 0.05})
    assert len(sizes_of(constant, pairs=pairs)) == 2


def test_correlations_that_cannot_hold_together_are_explained() -> None:
    a, b, c = CHURN, WINS, SOLVED
    pairs = (Pair(a, b, 0.9), Pair(a, c, 0.9), Pair(b, c, -0.9))
    with pytest.raises(Contradiction) as refused:
        simulate(study(case_of(small())), Settings(pairs=pairs))
    assert {(limit.first, limit.second) for limit in refused.value.limits} == {(a, b), (a, c), (b, c)}
    with pytest.raises(Contradiction, match="another of the same investment"):
        Settings(across=0.4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"draws": 0},
        {"draws": BLOCK},
        {"draws": 10_001},
        {"draws": MOST_DRAWS + BLOCK},
        {"within": 1.5},
        {"across": -0.1},
        {"pairs": (Pair("a", "a", 0.5),)},
        {"pairs": (Pair("a", "b", 1.5),)},
        {"pairs": (Pair("a", "b", math.nan),)},
        {"pairs": (Pair("a", "b", 0.5), Pair("b", "a", 0.4))},
    ],
)
def test_settings_that_are_none_are_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"draws|correlation"):
        Settings(**wrong)


def test_a_pair_of_which_the_case_has_one_is_refused() -> None:
    with pytest.raises(ValueError, match="the case has no effect elsewhere"):
        simulate(study(case_of(small())), Settings(pairs=(Pair(CHURN, "elsewhere", 0.5),)))


# ---- how well it is known


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_mean_of_ten_thousand_draws_is_within_half_a_per_cent(name: str) -> None:
    """Of the mean of fifty thousand others, or of the range from P10 to P90 where the mean is smaller than that."""
    raw = study(example(name).case, option=example(name).asked_option)
    found, judge = simulate(raw), simulate(raw, Settings(seed=5, draws=50_000))
    scale = max(abs(judge.mean), judge.npv.p90 - judge.npv.p10)
    assert found.mean == pytest.approx(judge.mean, abs=0.005 * scale)
    assert found.convergence.known


@pytest.mark.parametrize("together", [{}, {"within": 0.5, "across": 0.25}])
def test_stated_errors_are_how_far_seeds_differ(together: Any) -> None:
    raw = three_of_two()
    seeds = [simulate(raw, Settings(draws=3000, seed=seed, **together)) for seed in range(20)]
    for stated, of_seeds in (
        ([s.convergence.mean for s in seeds], [s.mean for s in seeds]),
        ([s.convergence.p50 for s in seeds], [s.npv.p50 for s in seeds]),
    ):
        assert np.mean(stated) == pytest.approx(np.std(of_seeds, ddof=1), rel=0.5)


def test_error_of_the_chance_of_a_loss() -> None:
    raw = three_of_two().with_inputs({"initiatives[a].one_time_cost": 250_000.0})
    seeds = [simulate(raw, Settings(draws=3000, seed=seed)) for seed in range(20)]
    shares = [found.probability_of_loss for found in seeds]
    assert 0.05 < np.mean(shares) < 0.95
    stated = np.mean([found.convergence.probability_of_loss for found in seeds])
    assert stated == pytest.approx(np.std(shares, ddof=1), rel=0.5)


@pytest.mark.parametrize(("share", "known"), [(0.99, False), (1.01, True)])
def test_known_is_two_errors_beside_the_mean_or_the_range(
    share: float, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raw in (three_of_two(), three_of_two().with_inputs({"initiatives[a].one_time_cost": 250_000.0})):
        found = simulate(raw, Settings(draws=1000))
        scale = max(abs(found.mean), found.npv.p90 - found.npv.p10)
        monkeypatch.setattr(simulation, "KNOWN_WITHIN", share * 2 * found.convergence.mean / scale)
        assert simulate(raw, Settings(draws=1000)).convergence.known == known


def test_memory_does_not_grow_with_the_inputs_of_draws() -> None:
    """What grows are rows of one number a draw: the two that are kept and what sorts and counts them, six in all."""

    def peak(draws: int) -> int:
        tracemalloc.start()
        simulate(raw, Settings(draws=draws))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    levers = (
        "churn_rate",
        "credit_rate",
        "win_rate",
        "leads",
        "attrition_rate",
        "discount",
        "acquisition_cost",
    )
    effects = [{"lever": lever, "low": 0.0, "base": 0.1, "high": 0.2} for lever in levers]
    data = small(initiatives=[{"id": "one", "name": "One", "effects": effects}], options={"it": "all"})
    raw = study(case_of(data | {"company": data["company"] | {"periods_per_year": 1}}))
    simulate(raw)
    assert peak(30_000) - peak(10_000) < 6 * 8 * 20_000


# ---- histogram


AMOUNTS = st.integers(-(10**11), 10**11).map(lambda cents: cents / 100)


@given(st.lists(AMOUNTS, min_size=1, max_size=50), AMOUNTS)
def test_columns_hold_every_draw_once(amounts: list[float], mark: float) -> None:
    found = histogram_of(np.array(amounts), (mark,))
    assert sum(found.draws) == len(amounts)
    assert len(found.edges) == len(found.draws) + 1
    tiny = 1e-9 * max(1.0, *map(abs, found.edges))
    assert found.edges[0] - tiny <= mark <= found.edges[-1] + tiny
    if len(found.draws) > 1:
        assert 19 <= len(found.draws) <= 30
        for number, count in enumerate(found.draws):
            inside = [a for a in amounts if found.column_of(a) == number]
            assert abs(len(inside) - count) <= sum(
                abs(a - edge) <= tiny for a in amounts for edge in found.edges
            )


def test_a_loss_stands_on_the_other_side_of_zero() -> None:
    found = histogram_of(np.array([-1e-12, 0.0, 1.0, 7.3, -2.0]))
    assert 0.0 in found.edges
    zero = found.edges.index(0.0)
    assert sum(found.draws[:zero]) == 2
    assert found.column_of(-1e-12) == zero - 1 and found.column_of(0.0) == zero
    widths = np.diff(found.edges)
    assert widths == pytest.approx(np.full(len(widths), 0.4))


def test_marks_outside_are_in_the_end_columns() -> None:
    found = histogram_of(np.array([1.0, 2.0]))
    assert (found.column_of(-9.0), found.column_of(9.0)) == (0, len(found.draws) - 1)


def test_the_record_says_how_it_came_about() -> None:
    found: Simulation = simulate(study(case_of(small())), Settings(seed=3, draws=1500))
    assert (found.scenario, found.option, found.algorithm) == ("risk_adjusted", "as_set", "1")
    assert (found.settings.seed, found.settings.draws, len(found.npvs)) == (3, 1500, 1500)
    assert found.probability_of_counted == (found.npvs >= found.counted).mean()
