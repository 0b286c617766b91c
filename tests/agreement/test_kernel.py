"""The benchmark's hand-written kernel computes the model: line by line, and run by run whatever is drawn."""

from typing import Any

import numpy as np
import pytest
import yaml

from benchmarks import kernel
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
    assert len(kernel.EFFECTS) == 28


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
    got = kernel.run(sizes, kept="npv", chunk=chunk)
    found = []
    for run in range(runs):
        expected = plainly(sizes, run)
        months = None if np.isnan(got.payback_months[run]) else got.payback_months[run]
        found += unlike(f"npv of run {run}", got.npv[run], expected["npv"], expected["scale"])
        found += unlike(f"payback of run {run}", months, expected["payback_months"])
    assert found == []


def test_the_wide_draws_reach_limits_and_no_payback() -> None:
    sizes = drawn(12, 0.6)
    assert np.isnan(kernel.run(sizes, kept="npv").payback_months).any()
    assert any(warning["id"] == "at_limit" for warning in plainly(sizes, 0)["warnings"])


def test_lines_of_many_runs_are_side_by_side() -> None:
    sizes = drawn(9, 0.1)
    whole, cut = kernel.run(sizes, kept="lines"), kernel.run(sizes, kept="lines", chunk=4)
    assert whole.lines is not None and cut.lines is not None
    assert whole.npv.shape == (9,)
    for line, rows in whole.lines.items():
        assert rows.shape == (21, 9)
        np.testing.assert_allclose(cut.lines[line], rows, rtol=1e-12, atol=1e-6)
