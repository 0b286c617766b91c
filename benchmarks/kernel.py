"""The frozen case as an expert would write it by hand in numpy: the yardstick of our speed, not part of the product.

`frozen_case.yaml` is written out here, in `segment.py` and in `standing.py`, in the order of docs/model.md: its
structure is in the code, its numbers are read once. What no run can change (doing nothing, delivery, costs, discount
factors) is computed once, at import.

Three questions, each with what it needs and no more: `run` draws the sizes of the 30 effects in `EFFECTS`, `subsets`
switches the ten initiatives on and off, `varied` changes sizes and other inputs. Row r of every array is run r. Sizes
stand in place of the `base` sizes of the case under its scenario `base` (no haircut, no delay, cost factor 1) and
within -1..1; nothing is checked.

Arrays inside are whole rows, (20 quarters, runs of a chunk). Runs are cut into chunks that stay in the processor's
cache; no loop goes over runs. Lines are computed one by one as the model defines them, whatever is kept: the headline
counts each line by itself, so none is skipped by way of an identity. Money in USD, positive is better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benchmarks.numbers import CASE, EFFECTS, REQUIRES, Effect, Row, effects_of_the_case, ranges_of_the_case
from benchmarks.segment import Part, levels, part, shared
from benchmarks.standing import FROZEN, P, Standing, T, contribution_today, standing

__all__ = [
    "CASE",
    "EFFECTS",
    "Effect",
    "Row",
    "base_sizes",
    "effects_of_the_case",
    "ranges_of_the_case",
    "run",
    "subsets",
    "varied",
]

#: Runs at a time at most, 60 KB a row: of 64 to 10,000 the fastest, 256 and 512 within a few per cent of it.
CHUNK = 384
SIZES = effects_of_the_case()
CONTRIBUTION_TODAY = contribution_today(FROZEN)
CAPACITY = ("contacts_avoided", "repeat_contacts", "self_service", "handling_time")


def base_sizes() -> dict[Effect, Row]:
    """The case's own sizes as one run."""
    return {effect: np.array([size]) for effect, size in effects_of_the_case().items()}


# ---- one chunk of runs ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chunk:
    """What one chunk of runs gives: rows by quarter (T, runs), `net` from the decision on (T + 1, runs)."""

    lines: dict[str, Row]
    net: Row
    revenue: Row
    contribution: Row | None
    closing: dict[str, Row]


def _chunk(
    sizes: Mapping[Effect, Row], stands: Standing, costs: Row, contribution_too: bool = False
) -> Chunk:
    """Every row of the model for the runs of one chunk; contribution only where asked for."""
    c = stands.company

    def moved(initiative: str, lever: str, segment: str = "all") -> Row:
        return stands.delivery[initiative] * sizes[initiative, lever, segment]

    together = shared(moved, stands)
    parts: dict[str, Part] = {}
    for s, today in stands.today.items():
        parts[s] = part(levels(s, moved, together, today), together, today, stands, contribution_too)
    enterprise, small = parts.values()
    lines = enterprise.lines
    for name, row in small.lines.items():
        lines[name] += row
    revenue = enterprise.revenue + small.revenue

    # the company's levers and lines
    attrition = c.attrition_rate * (1 - moved("agent_assist", "attrition_rate"))
    attrition *= 1 - moved("frontline_engagement", "attrition_rate")
    attrition = np.maximum(stands.attrition_limit, attrition)
    incidents = c.incidents_per_year * (1 - moved("invoice_clarity", "incidents_per_year"))
    incidents = np.maximum(stands.incidents_limit, incidents)
    days = c.days_sales_outstanding * (1 - moved("invoice_clarity", "days_sales_outstanding"))
    days = np.maximum(stands.days_limit, days)
    leaving, incident = c.frontline_headcount * c.replacement_cost / P, c.cost_per_incident / P
    lines["attrition"] = (c.attrition_rate - attrition) * leaving
    lines["incidents"] = (c.incidents_per_year - incidents) * incident
    released = revenue * (c.days_sales_outstanding - days) * (P / 365)
    tied = (revenue - stands.revenue) * (c.days_sales_outstanding * (P / 365))
    lines["cash_collection"] = np.diff(released, axis=0, prepend=0.0)
    lines["working_capital"] = -np.diff(tied, axis=0, prepend=0.0)
    lines["working_capital"][-1] += tied[-1]
    contribution = None
    if contribution_too:
        contribution = enterprise.contribution + small.contribution
        contribution -= attrition * leaving + incidents * incident
    net = _net(lines, costs, c.outsourced_share)
    return Chunk(lines, net, revenue, contribution, {s: each.closing for s, each in parts.items()})


def _net(lines: Mapping[str, Row], costs: Row, outsourced: Row) -> Row:
    """Net cash flow at t = 0..T: lines that count less than in full do so where they are positive only."""
    net = np.empty((T + 1, lines["retention"].shape[1]))
    net[:] = -costs
    flow = net[1:]
    for name, row in lines.items():
        if name in CAPACITY:
            flow += np.minimum(row, 0.0) + outsourced * np.maximum(row, 0.0)
        elif name == "incidents":
            flow += np.minimum(row, 0.0)
        else:
            flow += row
    return net


def _npv(net: Row, factors: Row) -> Row:
    """Net present value; factors are the same in all runs, (T + 1, 1), or of each run."""
    worth: Row = factors[:, 0] @ net if factors.shape[1] == 1 else np.einsum("tr,tr->r", factors, net)
    return worth


def _payback(net: Row) -> Row:
    """Months to the latest crossing of zero by the cumulative net; NaN where there is none."""
    total = net.cumsum(axis=0)
    total[np.abs(total) <= 1e-9 * np.abs(net).max(axis=0)] = 0.0
    below = total < 0
    last = T - below[::-1].argmax(axis=0)  # the last period below zero, where there is one
    crosses = below.any(axis=0) & (last < T)
    t, run = np.where(crosses, last, 0), np.arange(net.shape[1])
    before, after = total[t, run], total[t + 1, run]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(crosses, (t - before / (after - before)) * (12 / P), np.nan)


# ---- all runs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What is kept: npv and payback_months (R,), NaN where it is not reached or there is nothing to pay back.

    With `lines`: each line, `net` and `costs` at t = 0..T as (T + 1, R), (T + 1,) for costs, which no draw changes;
    revenue and contribution with the investments as (T, R), doing nothing as (T, 1); closing customers by segment.
    """

    npv: Row
    payback_months: Row
    lines: dict[str, Row] | None = None
    net: Row | None = None
    costs: Row | None = None
    revenue: Row | None = None
    revenue_today: Row | None = None
    contribution: Row | None = None
    contribution_today: Row | None = None
    closing: dict[str, Row] | None = None


def run(sizes: Mapping[Effect, Row], kept: Literal["totals", "lines"], chunk: int = CHUNK) -> Outcome:
    """Evaluate every draw; `kept` says whether npv and payback alone are wanted or all lines by period as well."""
    runs = len(sizes[EFFECTS[0]])
    if kept == "lines":
        return _joined([_chunk(_cut(sizes, at), FROZEN, FROZEN.costs, True) for at in _slices(runs, chunk)])
    npv, payback = np.empty(runs), np.empty(runs)
    for at in _slices(runs, chunk):
        net = _chunk(_cut(sizes, at), FROZEN, FROZEN.costs).net
        npv[at] = _npv(net, FROZEN.factors)
        payback[at] = _payback(net)
    return Outcome(npv, payback)


def subsets(flags: Mapping[str, Row], chunk: int = CHUNK) -> Row:
    """NPV of every subset: `flags` says by initiative whether it is paid for, 1 or 0.

    An initiative earns only together with everything it requires, directly or not; it costs whenever it is paid for.
    """
    active: dict[str, Row] = {}
    for id, required in REQUIRES.items():
        active[id] = flags[id]
        for other in required:
            active[id] = active[id] * active[other]
    sizes = {effect: size * active[effect[0]] for effect, size in SIZES.items()}
    cost = np.hstack([FROZEN.cost[id] for id in flags])
    paid = np.stack(list(flags.values()))
    npv = np.empty(paid.shape[1])
    for at in _slices(len(npv), chunk):
        net = _chunk(_cut(sizes, at), FROZEN, cost @ paid[:, at]).net
        npv[at] = _npv(net, FROZEN.factors)
    return npv


def varied(sizes: Mapping[Effect, Row], changed: Mapping[str, Row], chunk: int = CHUNK) -> Row:
    """NPV of every run while other inputs than sizes are `changed` as well, by their path in the case."""
    npv = np.empty(len(sizes[EFFECTS[0]]))
    for at in _slices(len(npv), chunk):
        stands = standing({path: row[at] for path, row in changed.items()})
        net = _chunk(_cut(sizes, at), stands, stands.costs).net
        npv[at] = _npv(net, stands.factors)
    return npv


def _slices(runs: int, chunk: int) -> list[slice]:
    """The runs in chunks of equal width, none wider than `chunk`."""
    width = -(-runs // -(-runs // chunk))
    return [slice(at, at + width) for at in range(0, runs, width)]


def _cut(sizes: Mapping[Effect, Row], at: slice) -> dict[Effect, Row]:
    """The sizes of one chunk of runs."""
    return {effect: size[at] for effect, size in sizes.items()}


def _joined(parts: list[Chunk]) -> Outcome:
    """Chunks side by side, lines with the decision date (0) in front."""

    def side_by_side(rows: list[Row]) -> Row:
        return rows[0] if len(rows) == 1 else np.concatenate(rows, axis=-1)

    def with_opening(row: Row) -> Row:
        return np.concatenate([np.zeros((1, row.shape[1])), row])

    net = side_by_side([part.net for part in parts])
    return Outcome(
        npv=_npv(net, FROZEN.factors),
        payback_months=_payback(net),
        lines={
            name: with_opening(side_by_side([part.lines[name] for part in parts])) for name in parts[0].lines
        },
        net=net,
        costs=FROZEN.costs[:, 0],
        revenue=side_by_side([part.revenue for part in parts]),
        revenue_today=FROZEN.revenue,
        contribution=side_by_side([part.contribution for part in parts if part.contribution is not None]),
        contribution_today=CONTRIBUTION_TODAY,
        closing={s: side_by_side([part.closing[s] for part in parts]) for s in parts[0].closing},
    )
