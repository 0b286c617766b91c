"""Checks: nothing counted twice, nothing lost, cash ties; rows of the workbook and answers of every evaluation."""

from __future__ import annotations

from casebuilder.model.benefits import CONTRIBUTION_LINES
from casebuilder.model.expressions import Line, absolute, at_most, maximum, over_time, previous
from casebuilder.model.graph import WIDEST, Graph
from casebuilder.model.identities import identities
from casebuilder.model.inputs import technical_input
from casebuilder.model.returns import Flows
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import Timeline
from casebuilder.model.worlds import Company

#: The checks by id, with what each says when it holds.
CHECKS = {
    "lines_add_up": "Benefit lines add up to the difference in profit, every period",
    "receivables": "Collection and cash tied up add up to the change in receivables, every period",
    "cash_flow": "Counted return less costs less tax is the final cumulative cash flow",
    "npv": "Net present value is benefits less costs less tax, each at present value",
    "pv_lines": "Counted benefits by line add up to all of them, at present value",
    "costs": "Costs are those of every investment and every own cost line",
    "investments": "Each investment costs its one-time amount and its running cost while it runs",
    "tax": "Tax is its rate on counted benefits less one-off cash less costs",
    "customers": "Customers at the start, won and lost explain those at the end, in both worlds",
    "revenue": "Revenue is volume at today's discount times the price against today",
    "growth": "Revenue of a customer grows by its rate from period to period",
    "service": "Cost of service is contacts times the cost of a contact",
    "delivery": "What every investment delivers adds up to its months of full effect",
}
#: The line that holds the tolerance of a check where its left-over is not money.
_TOLERANCES = {
    "customers": "tolerance.customers",
    "delivery": "tolerance.delivery",
    "growth": "tolerance.share",
    "service": "tolerance.share",
}


def tolerance_key(check: str) -> str:
    """The line that a check's left-over is compared with, in the same unit."""
    return _TOLERANCES.get(check, "check_tolerance")


def checks(
    graph: Graph,
    shape: Structure,
    time: Timeline,
    benefits: dict[str, Line],
    worlds: tuple[Company, Company],
    flow: Flows,
) -> None:
    """Add each check's left-over and whether it is within its tolerance; `worlds` are without and with."""
    today, then = worlds
    graph.section("Checks")
    _lines_add_up(graph, benefits, today, then)
    _receivables(graph, benefits, today, then)
    end = over_time("last", graph["cumulative"])
    headline, costs, tax = (
        graph.total(f"all.{line.key}", f"{line.label}, whole horizon", "money", over_time("sum", line))
        for line in (flow.headline, flow.costs, flow.tax)
    )
    off = absolute(end - (headline - costs - tax))
    graph.total("left.cash_flow", "Left over, cash flow", "money", off)
    identities(graph, shape, time, worlds, flow)
    _tolerance(graph, benefits, today, then, flow)
    _tolerances(graph, time, worlds)
    for name, words in CHECKS.items():
        holds = at_most(graph[f"left.{name}"], graph[tolerance_key(name)])
        graph.total(f"ok.{name}", f"Holds: {words}", "flag", holds)


def _tolerances(graph: Graph, time: Timeline, worlds: tuple[Company, Company]) -> None:
    """The tolerances of what is not money: customers and those who came, months, and shares of a total."""
    share = technical_input(graph, "tolerance")
    there = [over_time("high", world("closing")) for world in worlds]
    came = [over_time("sum", world("new")) for world in worlds]
    for name, words, unit, size in (
        ("customers", "customers", "count", maximum(1, *there, *came)),
        ("delivery", "months of full effect", "months", time.horizon_months),
        ("share", "shares of a total", "share", graph["periods"]),
    ):
        graph.total(f"tolerance.{name}", f"Tolerance of the checks, {words}", unit, share * size)


def _lines_add_up(graph: Graph, benefits: dict[str, Line], today: Company, then: Company) -> None:
    for name in CONTRIBUTION_LINES:
        graph.period(f"again.{name}", f"Check: {benefits[name].label}", "money", benefits[name])
    added = graph.sum(
        "added", "Benefit lines together", "money", [graph[f"again.{n}"] for n in CONTRIBUTION_LINES]
    )
    gained = then("contribution") - today("contribution")
    _residual(
        graph, "lines_add_up", graph.period("off.lines_add_up", "Left over, profit", "money", gained - added)
    )


def _receivables(graph: Graph, benefits: dict[str, Line], today: Company, then: Company) -> None:
    owed = graph.period(
        "owed", "Change in receivables", "money", then("receivables") - today("receivables"), 0
    )
    moved = benefits["cash_collection"] + graph["tied_change"]
    left = moved + (owed - previous(owed))
    _residual(graph, "receivables", graph.period("off.receivables", "Left over, receivables", "money", left))


def _residual(graph: Graph, name: str, line: Line) -> None:
    high, low = over_time("high", line), over_time("low", line)
    graph.total(f"left.{name}", f"Largest left over: {line.label}", "money", maximum(high, -low))


def _tolerance(graph: Graph, benefits: dict[str, Line], today: Company, then: Company, flow: Flows) -> None:
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
    graph.total(
        "check_tolerance",
        "Tolerance of the checks",
        "money",
        technical_input(graph, "tolerance") * maximum(1, *sizes),
    )
