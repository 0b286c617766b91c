"""The compiler: what it computes equals a walk over the formulas, whatever is kept, varies, or comes in one batch."""

import random
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.model.inputs import values
from casebuilder.model.model import CHUNK, Model, Values, evaluate, model_of
from casebuilder.model.structure import structure
from tests.agreement.random_cases import random_case
from tests.model import tree_walk
from tests.model.cases import case_of, few, moving, small

FEW = few(0.2)
#: Rates are searched by halving, and a difference of running totals may be close to 0: their digits hang on last bits.
LOOSE = {"irr": 1e-6, "crossed_part": 1e-6}

seeds = st.integers(0, 10**9)


def ready(data: Mapping[str, Any]) -> tuple[Model, dict[str, Any]]:
    """A case's model and inputs; scenario and option are the first of each."""
    case = case_of(data)
    shape = structure(case)
    return model_of(shape), {**values(case, shape), "run.scenario": 1.0, "run.option": 1.0}


def pairs(model: Model) -> list[tuple[float, float]]:
    """Every scenario and option by number."""
    scenarios, options = range(1, len(model.shape.scenarios) + 1), range(1, len(model.shape.options) + 1)
    return [(float(scenario), float(option)) for option in options for scenario in scenarios]


def column(found: Values, run: int) -> dict[str, list[float]]:
    """One run of a batch, every line as a list."""
    return {key: np.atleast_1d(found[key][..., run]).tolist() for key in found}


def unlike(
    model: Model, ours: dict[str, list[float]], theirs: dict[str, list[float]], digits: float
) -> list[str]:
    """Where two runs differ by more than `digits` of the largest number of the same unit."""
    sizes: dict[str, float] = {}
    for key, row in theirs.items():
        numbers = [abs(value) for value in row if value == value]
        sizes[model[key].unit] = max([1.0, sizes.get(model[key].unit, 0.0), *numbers])
    found = []
    for key, row in ours.items():
        allowed = LOOSE.get(key, digits) * sizes[model[key].unit]
        same = np.isclose(row, theirs[key], rtol=0, atol=allowed, equal_nan=True)
        if len(row) != len(theirs[key]) or not same.all():
            found.append(f"{key}: {row}, not {theirs[key]}")
    return found


@FEW
@given(seeds)
def test_one_run_and_a_batch_equal_the_walk(seed: int) -> None:
    rng = random.Random(seed)
    model, inputs = ready(random_case(rng))
    runs = pairs(model)
    batch = evaluate(
        model, {**inputs, "run.scenario": np.array(runs)[:, 0], "run.option": np.array(runs)[:, 1]}
    )
    number = rng.randrange(len(runs))
    chosen = {**inputs, "run.scenario": runs[number][0], "run.option": runs[number][1]}
    walked = tree_walk.everything(model, chosen)
    assert set(walked) == set(batch) == {line.key for line in model.lines}
    assert unlike(model, column(evaluate(model, chosen), 0), walked, 1e-10) == []
    assert unlike(model, column(batch, number), walked, 1e-10) == []


@FEW
@given(seeds)
def test_every_run_of_a_batch_is_the_run_alone(seed: int) -> None:
    model, inputs = ready(random_case(random.Random(seed)))
    runs = pairs(model)
    batch = evaluate(
        model, {**inputs, "run.scenario": np.array(runs)[:, 0], "run.option": np.array(runs)[:, 1]}
    )
    for number, (scenario, option) in enumerate(runs):
        alone = evaluate(model, {**inputs, "run.scenario": scenario, "run.option": option})
        assert unlike(model, column(batch, number), column(alone, 0), 1e-12) == []


@FEW
@given(seeds)
def test_what_is_kept_does_not_change_what_comes_out(seed: int) -> None:
    rng = random.Random(seed)
    model, inputs = ready(random_case(rng))
    runs = np.array(pairs(model))
    inputs |= {"run.scenario": runs[:, 0], "run.option": runs[:, 1]}
    full = evaluate(model, inputs)
    for size in (1, 2, 17):
        kept = rng.sample(list(model.lines), size)
        part = evaluate(model, inputs, kept)
        assert set(part) == {line.key for line in kept}
        for line in kept:
            assert part[line.key].shape == full[line.key].shape
            assert np.array_equal(part[line.key], full[line.key], equal_nan=True), line.key


@FEW
@given(seeds)
def test_whichever_inputs_vary(seed: int) -> None:
    """Sizes, baselines and the hurdle rate along the runs, as in a simulation."""
    rng = random.Random(seed)
    model, inputs = ready(random_case(rng))
    inputs["run.scenario"], inputs["run.option"] = rng.choice(pairs(model))
    read = [line.key for line in model.lines if line.shape == "input"]
    able = [
        key
        for key in read
        if key.endswith((".low", ".base", ".high", ".discount_rate")) or key.startswith("segments[")
    ]
    chosen = rng.sample(able, min(len(able), rng.choice([1, 3, 20])))
    factors = np.array([1.0, 0.9, 0.7, 0.55])
    batch = evaluate(model, {**inputs, **{key: inputs[key] * factors for key in chosen}})
    for number, factor in enumerate(factors):
        alone = evaluate(model, {**inputs, **{key: inputs[key] * factor for key in chosen}})
        assert unlike(model, column(batch, number), column(alone, 0), 1e-12) == []


KEEP_FEW = (
    "npv",
    "irr",
    "payback_months",
    "kpi.revenue.with",
    "net",
    "scenario.delay_months",
    "company.years",
)


@pytest.mark.parametrize("runs", [1, 2, 63, 64, 65, CHUNK - 1, CHUNK, CHUNK + 1])
def test_borders_of_chunks(runs: int) -> None:
    """A batch is cut into pieces; wherever the cut is, every run is what it is in another batch."""
    model, inputs = ready(small())
    kept = [model[key] for key in KEEP_FEW] if runs > 1000 else list(model.lines)
    sizes = np.linspace(-0.2, 0.4, runs)
    key = "initiatives[act].effects[churn_rate,all].low"

    def batch(part: slice) -> Values:
        return evaluate(model, {**inputs, key: sizes[part]}, kept)

    full = batch(slice(None))
    assert full.runs == runs
    for start in {0, runs // 3, max(0, runs - 1)}:
        part = slice(start, min(runs, start + 5))
        again = batch(part)
        for name in full:
            assert np.array_equal(full[name][..., part], again[name], equal_nan=True), name
    if runs > 2:
        assert len(set(full["npv"].tolist())) == runs


def test_a_line_that_does_not_vary_is_there_for_every_run() -> None:
    model, inputs = ready(small())
    found = evaluate(model, {**inputs, "company.discount_rate": np.array([0.0, 0.1, 0.2])})
    for line in model.lines:
        shape = {"period": (9, 3), "year": (2, 3)}.get(line.shape, (3,))
        assert found[line.key].shape == shape, line.key
    assert found["costs"][:, 0].tolist() == found["costs"][:, 1].tolist() == found["costs"][:, 2].tolist()
    assert found["company.years"].tolist() == [2, 2, 2]
    assert found["company.discount_rate"].tolist() == [0, 0.1, 0.2]
    assert found["npv"][0] != found["npv"][1] != found["npv"][2]


def test_no_value_in_period_0_is_no_number() -> None:
    model, inputs = ready(small())
    for found in (
        evaluate(model, inputs),
        evaluate(model, {**inputs, "company.discount_rate": np.array([0.1])}),
    ):
        assert np.isnan(found["revenue.with"][0]).all()
        assert not np.isnan(found["revenue.with"][1:]).any()
        assert found["closing.with"][0].tolist() == [3400]


def test_inputs_must_be_there_and_of_one_length() -> None:
    model, inputs = ready(small())
    with pytest.raises(ValueError, match=r"\[2, 3\]"):
        evaluate(model, {**inputs, "run.scenario": np.ones(2), "run.option": np.ones(3)})
    del inputs["segments[North].churn_rate"]
    with pytest.raises(KeyError, match=r"segments\[North\]\.churn_rate"):
        evaluate(model, inputs)


def test_names_of_a_case_never_reach_the_program() -> None:
    """A name is data: neither code in it nor a quotation mark can do anything."""
    evil = 'x"]); import os; os._exit(1) #'
    data = moving("churn_rate", 0.1, 0.1, 0.1)
    data["segments"][0]["name"] = evil
    data["custom_lines"] = [
        {"name": evil, "kind": "benefit", "class": "margin", "by_year": [1, 1], "initiative": "one"}
    ]
    model, inputs = ready(data)
    program = model.program(model.lines)
    assert "import" not in program.source
    assert "exit" not in program.source
    assert evaluate(model, inputs)[f"custom:{evil}"].sum() == 2


def test_programs_are_remembered_but_not_for_ever() -> None:
    model, _ = ready(small())
    assert model.program([model["npv"]]) is model.program([model["npv"]])
    for line in model.lines[:40]:
        model.program([line])
    assert len(model._programs) <= 32
