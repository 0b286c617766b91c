"""Scenarios and options: every pair is a run of its own, and is what the same choice made by hand would be."""

import copy
from typing import Any

import numpy as np
import pytest

from casebuilder.analysis import results
from casebuilder.model.inputs import values
from casebuilder.model.model import evaluate
from casebuilder.model.results import Outcome
from casebuilder.model.structure import AS_SET
from tests.model.cases import EXAMPLES, case_of, example, run, small

#: Three scenarios that differ in everything, and the settings of the four built-in ones (docs/model.md).
OWN: dict[str, Any] = {
    "gloom": {"effects": "low", "cost_factor": 1.4, "delay_months": 4},
    "careful": {"effects": "base", "haircut": True},
    "glory": {"effects": "high"},
}
BUILT_IN = {
    "conservative": (1, 0, 1.2, 6),
    "base": (2, 0, 1.0, 0),
    "optimistic": (3, 0, 1.0, 0),
    "risk_adjusted": (2, 1, 1.1, 3),
}


def settings(outcome: Outcome) -> tuple[float, ...]:
    """Size of effects (1 low, 2 expected, 3 high), risk adjustment, cost factor, months of delay."""
    names = ("effects", "haircut", "cost_factor", "delay_months")
    return tuple(outcome.amount(f"scenario.{name}") for name in names)


def test_every_pair_is_there_in_the_order_of_the_case() -> None:
    found = run(small(scenarios=OWN))
    assert list(found.scenarios) == list(OWN)
    assert list(found.options) == ["all_of_it", "ears_only", "do_nothing"]
    pairs = {(scenario, option) for scenario in OWN for option in (AS_SET, *found.options)}
    assert set(found.outcomes) == pairs
    for (scenario, option), outcome in found.outcomes.items():
        assert (outcome.scenario, outcome.option) == (scenario, option)
        assert found.outcome(scenario, option) is outcome
    assert len(found.outcomes) == len(pairs) == len(list(found.outcomes))
    for strange in (("gloom", "nothing_like_it"), ("base", AS_SET)):
        with pytest.raises(KeyError):
            found.outcome(*strange)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_run_alone_is_the_run_in_a_batch_to_the_last_bit(name: str) -> None:
    """Screen, workbook and deck ask for different runs, and studies for many at once: no number may depend on that."""
    found = example(name)
    shape, pairs = found.model.shape, list(found.outcomes)
    inputs: dict[str, Any] = dict(values(found.case, shape))
    inputs["run.scenario"] = np.array([shape.scenarios.index(scenario) + 1.0 for scenario, _ in pairs])
    inputs["run.option"] = np.array([shape.options.index(option) + 1.0 for _, option in pairs])
    batch = evaluate(found.model, inputs)
    for column, pair in enumerate(pairs):
        alone = found.outcomes[pair].values
        assert set(alone) == set(batch)
        for key in alone:
            assert np.array_equal(alone[key][..., 0], batch[key][..., column], equal_nan=True), (key, pair)


def test_the_four_built_in_scenarios() -> None:
    found = run(small())
    assert {id: settings(outcome) for id, outcome in found.scenarios.items()} == BUILT_IN
    assert list(found.scenarios) == list(BUILT_IN)
    assert found.headline.scenario == "risk_adjusted"


def test_own_scenarios_replace_them_and_keep_one_by_name() -> None:
    found = run(small(scenarios={"gloom": OWN["gloom"], "optimistic": "builtin"}))
    assert {id: settings(outcome) for id, outcome in found.scenarios.items()} == {
        "gloom": (1, 0, 1.4, 4),
        "optimistic": BUILT_IN["optimistic"],
    }
    assert found.headline.scenario == "gloom"


def test_the_headline_that_is_named() -> None:
    data = small(scenarios=OWN)
    data["company"]["headline"] = "glory"
    found = run(data)
    assert found.headline is found.scenario("glory")
    assert found.option("ears_only") is found.outcome("glory", "ears_only")


@pytest.mark.parametrize("scenario", OWN)
def test_a_scenario_is_the_case_with_its_sizes(scenario: str) -> None:
    """All sizes set by hand to what the scenario makes of them, costs multiplied, builds longer by the delay."""
    data = small(scenarios=OWN)
    own = OWN[scenario]
    typed = copy.deepcopy(data) | {"scenarios": {"plain": {}}}
    haircuts = {"A": 0.05, "B": 0.15, "C": 0.30, "J": 0.30}
    for initiative in typed["initiatives"]:
        for key in ("one_time_cost", "annual_cost", "internal_fte"):
            initiative[key] = initiative.get(key, 0) * own.get("cost_factor", 1)
        initiative["build_months"] = initiative.get("build_months", 0) + own.get("delay_months", 0)
        for effect in initiative.get("effects", ()):
            size = effect[own["effects"]]
            size -= haircuts[effect["grade"]] * abs(size) if own.get("haircut") else 0
            effect.update(low=size, base=size, high=size)
    mine, theirs = run(data).scenario(scenario), run(typed).headline
    assert mine.flow("net") == pytest.approx(theirs.flow("net"), rel=1e-12, abs=1e-6)
    assert mine.npv == pytest.approx(theirs.npv, rel=1e-12)


def test_an_option_pays_for_what_is_in_it() -> None:
    found = run(small())
    costs = {id: outcome.amount("pv_costs") for id, outcome in found.options.items()}
    assert costs["all_of_it"] == found.headline.amount("pv_costs")
    assert costs["all_of_it"] > costs["ears_only"] > costs["do_nothing"] == 0
    for outcome in found.options.values():
        assert outcome.scenario == "risk_adjusted"


def test_an_option_does_not_switch_on_what_is_off() -> None:
    data = small()
    data["initiatives"][1]["enabled"] = False
    found = run(data)
    assert found.option("all_of_it").flow("net") == found.option("ears_only").flow("net")


def test_what_is_asked_for() -> None:
    assert run(small()).asked.option == AS_SET
    stage = {"stage_1": {"option": "ears_only", "until": "2027-06-30"}}
    found = run(small(decision=stage))
    assert found.asked is found.option("ears_only")
    assert found.asked_option == "ears_only"


def test_only_what_is_kept() -> None:
    found = results(case_of(small()), ["npv", "net"])
    assert set(found.headline.values) == {"npv", "net"}
    assert found.headline.npv == run(small()).headline.npv
    with pytest.raises(KeyError, match="nonsense"):
        results(case_of(small()), ["nonsense"])


def test_many_scenarios_and_options() -> None:
    """As many as a case may have."""
    data = small(
        scenarios={f"s{n}": {"cost_factor": 1 + n / 10} for n in range(12)},
        options={f"o{n}": ["listen"] if n % 2 else "all" for n in range(12)},
    )
    found = run(data, ["npv", "pv_costs"])
    assert len(found.outcomes) == 12 * 14
    base = found.outcome("s0", "o1").amount("pv_costs")
    for n in range(12):
        assert found.outcome(f"s{n}", "o11").amount("pv_costs") == pytest.approx(base * (1 + n / 10))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_do_nothing_last_and_worth_nothing(name: str) -> None:
    found = example(name)
    assert list(found.options)[-1] == "do_nothing"
    for scenario in found.scenarios:
        nothing = found.outcome(scenario, "do_nothing")
        assert (nothing.npv, set(nothing.flow("net"))) == (0, {0.0})


def test_of_one_structure_there_is_one_model() -> None:
    """Cases that differ in numbers alone share the compiled model: an edit costs no compilation."""
    other = small()
    other["segments"][0]["churn_rate"] = 0.2
    assert run(other).model is run(small()).model
    other["initiatives"].pop()
    other["options"] = {}
    assert run(other).model is not run(small()).model
