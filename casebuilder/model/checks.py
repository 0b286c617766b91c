"""Checks: nothing counted twice, nothing lost, cash ties; rows of the workbook and answers of every evaluation."""

from __future__ import annotations

from casebuilder.model.benefits import CONTRIBUTION_LINES
from casebuilder.model.expressions import Line, absolute, at_most, maximum, over_time, previous
from casebuilder.model.graph import WIDEST, Graph
from casebuilder.model.inputs import technical_input
from casebuilder.model.returns import Flows
from casebuilder.model.worlds import Company

#: The checks by id, with what each says when it holds.
CHECKS = {
    "lines_add_up": "Benefit lines add up to the difference in profit, every period",
    "receivables": "Faster collection and cash tied up in growth add up to the change in receivables, every period",
    "cash_flow": "Counted return less costs less tax is the final cumulative cash flow",
}


def checks(graph: Graph, benefits: dict[str, Line], today: Company, then: Company, flow: Flows) -> None:
    """Add each check's residual (largest, in money) and whether it is within the tolerance."""
    graph.section("Checks")
    for name in CONTRIBUTION_LINES:
        graph.period(f"again.{name}", f"Check: {benefits[name].label}", "money", benefits[name])
    added = graph.sum(
        "added", "Benefit lines together", "money", [graph[f"again.{n}"] for n in CONTRIBUTION_LINES]
    )
    gained = then("contribution") - today("contribution")
    _residual(
        graph, "lines_add_up", graph.period("off.lines_add_up", "Left over, profit", "money", gained - added)
    )
    owed = graph.period(
        "owed", "Change in receivables", "money", then("receivables") - today("receivables"), 0
    )
    moved = benefits["cash_collection"] + graph["tied_change"]
    left = moved + (owed - previous(owed))
    _residual(graph, "receivables", graph.period("off.receivables", "Left over, receivables", "money", left))
    paid = [
        graph.total(f"all.{line.key}", f"{line.label}, whole horizon", "money", over_time("sum", line))
        for line in (flow.headline, flow.costs, flow.tax)
    ]
    end = over_time("last", graph["cumulative"])
    off = graph.total(
        "left.cash_flow", "Left over, cash flow", "money", absolute(end - (paid[0] - paid[1] - paid[2]))
    )
    graph.total(
        "ok.cash_flow", "Cash flow ties", "flag", at_most(off, _tolerance(graph, benefits, today, then, flow))
    )
    tolerance = graph["check_tolerance"]
    for name in ("lines_add_up", "receivables"):
        graph.total(f"ok.{name}", f"Holds: {CHECKS[name]}", "flag", at_most(graph[f"left.{name}"], tolerance))


def _residual(graph: Graph, name: str, line: Line) -> None:
    high, low = over_time("high", line), over_time("low", line)
    graph.total(f"left.{name}", f"Largest left over: {line.label}", "money", maximum(high, -low))


def _tolerance(graph: Graph, benefits: dict[str, Line], today: Company, then: Company, flow: Flows) -> Line:
    """Tolerance in money: a share of the largest of 1, revenue and the largest line, the company's own included."""
    own = [line for name, line in flow.counted.items() if name not in benefits]
    sizes = [
        graph.total(
            f"size.{line.key}",
            f"Largest amount: {line.label}",
            "money",
            maximum(over_time("high", line), -over_time("low", line)),
        )
        for line in (today("revenue"), then("revenue"), *benefits.values(), *own, flow.costs)
    ]
    step = 1
    while len(sizes) > WIDEST - 1:
        rows = [sizes[start : start + WIDEST - 1] for start in range(0, len(sizes), WIDEST - 1)]
        sizes = [
            graph.total(
                f"size_{step}_{part}", f"Largest amount, step {step}, part {part}", "money", maximum(0, *row)
            )
            for part, row in enumerate(rows, 1)
        ]
        step += 1
    return graph.total(
        "check_tolerance",
        "Tolerance of the checks",
        "money",
        technical_input(graph, "tolerance") * maximum(1, *sizes),
    )
