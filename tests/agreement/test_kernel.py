"""The benchmark's hand-written kernel computes the model: line by line, and run by run whatever is changed."""

from typing import Any

import numpy as np
import pytest
import yaml

from benchmarks import kernel, questions
from benchmarks.measure import agreement
from benchmarks.numbers import INPUTS
from casebuilder.analysis.simulation import simulate
from casebuilder.analysis.study import study
from casebuilder.case import load
from tests.agreement import plain
from tests.agreement.compare import unlike


def frozen_case() -> dict[str, Any]:
    """The frozen case as plain data."""
    return yaml.safe_load(kernel.CASE.read_text(encoding="utf-8"))


def drawn(runs: int, spread: float) -> dict[kernel.Effect, kernel.Row]:
    """Sizes around the case's own; a wide spread brings harm and limits into play."""
    rng = np.random.default_rng(7)
    sizes = kernel.effects_of_the_case()
    return {
        effect: np.clip(size + spread * rng.standard_normal(runs), -1, 1) for effect, size in sizes.items()
    }


def plainly(sizes: dict[kernel.Effect, kernel.Row], run: int) -> dict[str, Any]:
    """One run by the plain implementation: its sizes as the base sizes of the case."""
    case = frozen_case()
    for initiative in case["initiatives"]:
        for effect in initiative.get("effects", []):
            size = float(sizes[initiative["id"], effect["lever"], effect["segment"]][run])
            effect.update(low=size, base=size, high=size)
    return plain.evaluate(case, plain.BUILT_IN["base"])


def test_every_lever_is_moved() -> None:
    assert {lever for _, lever, _ in kernel.EFFECTS} == set(plain.LEVERS)
    assert len(kernel.EFFECTS) == 30


def test_one_run_line_by_line() -> None:
    expected = plain.answers(frozen_case())["scenarios"]["base"]
    got = kernel.run(kernel.base_sizes(), kept="lines")
    assert got.lines is not None and got.net is not None and got.costs is not None
    assert set(got.lines) == set(expected["benefits"])
    found = unlike("npv", got.npv[0], expected["npv"], expected["scale"])
    found += unlike("payback", got.payback_months[0], expected["payback_months"])
    found += unlike("net", got.net[:, 0].tolist(), expected["net"], expected["scale"])
    found += unlike("costs", got.costs.tolist(), expected["costs"], expected["scale"])
    for line, rows in got.lines.items():
        found += unlike(line, rows[:, 0].tolist(), expected["benefits"][line], expected["scale"])
    for kpi, today, then in (
        ("contribution", got.contribution_today, got.contribution),
        ("revenue", got.revenue_today, got.revenue),
    ):
        for world, rows in (("without", today), ("with", then)):
            assert rows is not None
            by_year = rows[:, 0].reshape(5, 4).sum(axis=1).tolist()
            found += unlike(f"{kpi} {world}", by_year, expected["kpis"][kpi][world], expected["scale"])
    assert got.closing is not None
    customers = sum(rows[3::4, 0] for rows in got.closing.values()).tolist()
    found += unlike("customers", customers, expected["kpis"]["customers"]["with"])
    assert found == []


@pytest.mark.parametrize(("spread", "chunk"), [(0.02, 5), (0.15, 1), (0.6, 7), (0.6, 400)])
def test_drawn_runs(spread: float, chunk: int) -> None:
    runs = 12
    sizes = drawn(runs, spread)
    got = kernel.run(sizes, kept="totals", chunk=chunk)
    found = []
    for run in range(runs):
        expected = plainly(sizes, run)
        months = None if np.isnan(got.payback_months[run]) else got.payback_months[run]
        found += unlike(f"npv of run {run}", got.npv[run], expected["npv"], expected["scale"])
        found += unlike(f"payback of run {run}", months, expected["payback_months"])
    assert found == []


def test_the_wide_draws_reach_limits_and_no_payback() -> None:
    sizes = drawn(12, 0.6)
    assert np.isnan(kernel.run(sizes, kept="totals").payback_months).any()
    assert any(warning["id"] == "at_limit" for warning in plainly(sizes, 0)["warnings"])


def test_lines_of_many_runs_are_side_by_side() -> None:
    sizes = drawn(9, 0.1)
    whole, cut = kernel.run(sizes, kept="lines"), kernel.run(sizes, kept="lines", chunk=4)
    assert whole.lines is not None and cut.lines is not None
    assert whole.npv.shape == (9,)
    for line, rows in whole.lines.items():
        assert rows.shape == (21, 9)
        np.testing.assert_allclose(cut.lines[line], rows, rtol=1e-12, atol=1e-6)


def test_subsets_by_the_plain_implementation() -> None:
    flags = questions.every_subset()
    npv = kernel.subsets(flags)
    assert npv.shape == (1024,)
    found = []
    for run in (0, 1, 2, 511, 513, 515, 516, 682, 1022, 1023):
        case = frozen_case()
        for initiative in case["initiatives"]:
            initiative["enabled"] = bool(flags[initiative["id"]][run])
        expected = plain.evaluate(case, plain.BUILT_IN["base"])
        found += unlike(f"npv of subset {run}", npv[run], expected["npv"], expected["scale"])
    assert found == []


def test_without_its_foundation_an_initiative_only_costs() -> None:
    flags = {id: np.array([0.0, 0.0]) for id in questions.INITIATIVES}
    flags["key_accounts"] = np.array([0.0, 1.0])
    nothing, alone = kernel.subsets(flags)
    assert nothing == pytest.approx(0, abs=1e-6)
    assert alone < -50_000


def test_every_input_by_the_plain_implementation() -> None:
    """Each input alone, a little lower, all of them in one batch; 0 is raised instead."""
    runs = len(INPUTS)
    sizes = {effect: np.full(runs, size) for effect, size in kernel.effects_of_the_case().items()}
    values = {path: 0.93 * value if value else 0.5 for path, value in INPUTS.items()}
    rows = {path: np.full(runs, value) for path, value in INPUTS.items()}
    for run, path in enumerate(INPUTS):
        rows[path][run] = values[path]
    found = []
    for npv, path in zip(kernel.varied(sizes, rows), INPUTS, strict=True):
        expected = plain.evaluate(changed(path, values[path]), plain.BUILT_IN["base"])
        found += unlike(f"npv where {path} is {values[path]}", npv, expected["npv"], expected["scale"])
    assert found == []


def changed(path: str, value: float) -> dict[str, Any]:
    """The frozen case with one input replaced."""
    case = frozen_case()
    table, _, field = path.rpartition(".")
    if table.startswith("segments["):
        record = next(each for each in case["segments"] if table == f"segments[{each['name']}]")
    elif table.startswith("initiatives["):
        record = next(each for each in case["initiatives"] if table == f"initiatives[{each['id']}]")
    else:
        record = case[table]
    record[field] = value
    return case


def test_inputs_and_sizes_together_in_chunks() -> None:
    turned = questions.turned()
    assert len(turned.by_input) == 60
    whole = kernel.varied(turned.sizes, turned.inputs)
    assert whole.shape == (121,)
    still = [key for key, row in turned.by_input.items() if np.ptp(whole[row != row[0]]) == 0]
    assert still == ["initiatives[invoice_clarity].effects[incidents_per_year,all].base"], (
        "these move nothing"
    )
    cut = kernel.varied(turned.sizes, turned.inputs, chunk=50)
    np.testing.assert_allclose(cut, whole, rtol=1e-12)


def test_both_sides_of_every_timing_answer_alike() -> None:
    assert agreement() < 1e-9


def test_both_simulations_tell_of_one_distribution() -> None:
    """Their random numbers differ, so their quantiles do, by little."""
    ours, by_hand = simulate(study(load(kernel.CASE), "base")), questions.simulated_by_hand()
    quantiles = (ours.npv.p10, ours.npv.p50, ours.npv.p90)
    np.testing.assert_allclose(by_hand.npv, quantiles, atol=0.05 * (ours.npv.p90 - ours.npv.p10))
    assert ours.payback is not None
    months = (ours.payback.p10, ours.payback.p50, ours.payback.p90)
    np.testing.assert_allclose(by_hand.payback, months, atol=0.3)
    assert by_hand.chance_of_loss == pytest.approx(ours.probability_of_loss, abs=0.01)
