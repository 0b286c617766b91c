"""Totals computed a second time by another road: over the whole horizon, from what their periods are made of."""

from __future__ import annotations

from collections.abc import Iterable

from casebuilder.model.expressions import Line, absolute, block, maximum, over_time, sumproduct
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input
from casebuilder.model.returns import Flows
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import Timeline
from casebuilder.model.worlds import WORDS, Company


def identities(
    graph: Graph, shape: Structure, time: Timeline, worlds: tuple[Company, Company], flow: Flows
) -> None:
    """Add the left-over of every identity, 0 or more, as `left.<id>`; `worlds` are without and with."""
    _returns(graph, flow)
    _costs(graph, shape, time)
    _tax(graph)
    _customers(graph, shape, worlds)
    _revenue(graph, shape, worlds[1])
    _delivery(graph, shape, time)


def _left(graph: Graph, name: str, label: str, unit: str, parts: Iterable[Line]) -> None:
    """What is left over in all parts; they stand beneath each other and none is below zero."""
    graph.total(f"left.{name}", f"Left over, {label}", unit, block(parts))


def _returns(graph: Graph, flow: Flows) -> None:
    worth = graph["pv_benefits"] - graph["pv_costs"] - graph["pv_tax"]
    graph.total("left.npv", "Left over, net present value", "money", absolute(graph["npv"] - worth))
    lines = [graph[f"pv.{name}"] for name in flow.counted]
    off = absolute(graph["pv_benefits"] - block(lines))
    graph.total("left.pv_lines", "Left over, present value by line", "money", off)


def _costs(graph: Graph, shape: Structure, time: Timeline) -> None:
    """A one-time cost is always inside the horizon: what starts later is not paid for in the run."""
    own = [f"custom:{line.name}" for line in shape.customs if line.kind == "cost"]
    paid = {
        key: graph.total(
            f"all.{key}", f"{graph[key].label}, whole horizon", "money", over_time("sum", graph[key])
        )
        for key in (*(f"cost[{each.id}]" for each in shape.initiatives), *own)
    }
    off = absolute(graph["all.costs"] - block(paid.values()))
    graph.total("left.costs", "Left over, costs", "money", off)
    parts = []
    for each in shape.initiatives:
        path = f"initiatives[{each.id}]"
        runs = (time.horizon_months - graph[f"{path}.start_month"]) * time.per_year / 12
        spent = graph[f"{path}.one_time_cost"] + graph[f"running[{each.id}]"] * runs
        again = graph[f"costed[{each.id}]"] * graph["scenario.cost_factor"] * spent
        left = absolute(paid[f"cost[{each.id}]"] - again)
        parts.append(graph.total(f"off.cost[{each.id}]", f"Left over, cost: {each.name}", "money", left))
    _left(graph, "investments", "cost of the investments", "money", parts)


def _tax(graph: Graph) -> None:
    once = [line for line in graph.lines if line.key.startswith("one_off[")][-1]
    apart = graph.total("all.one_off", "One-off cash counted, whole horizon", "money", over_time("sum", once))
    due = company_input(graph, "tax_rate") * (graph["all.headline"] - apart - graph["all.costs"])
    graph.total("left.tax", "Left over, tax", "money", absolute(graph["all.tax"] - due))


def _customers(graph: Graph, shape: Structure, worlds: tuple[Company, Company]) -> None:
    parts = []
    for world in worlds:
        for s in shape.segments:
            come, gone = over_time("sum", world("new", s)), over_time("sum", world("lost", s))
            end = over_time("last", world("closing", s))
            left = absolute(end - (graph[f"segments[{s}].customers"] + come - gone))
            label = f"Left over, customers: {s}, {WORDS[world.world]}"
            parts.append(graph.total(f"off.customers.{world.world}[{s}]", label, "count", left))
    _left(graph, "customers", "customers", "count", parts)


def _revenue(graph: Graph, shape: Structure, then: Company) -> None:
    """Revenue, what a customer brings, and the cost of service, with the programme."""
    earned, grown = [], []
    for s in shape.segments:
        again = sumproduct(then("volume", s), then("price", s))
        left = absolute(over_time("sum", then("revenue", s)) - again)
        earned.append(graph.total(f"off.revenue[{s}]", f"Left over, revenue: {s}", "money", left))
    _left(graph, "revenue", "revenue", "money", earned)
    for s in shape.segments:
        half, level = then("half_growth", s), then("level", s)
        middle = over_time("sum", then("arpc", s)) - sumproduct(then("level_before", s), half)
        ends = over_time("sum", level) - graph[f"segments[{s}].revenue_per_customer"]
        end = ends - sumproduct(then("arpc", s), half)
        for key, words, off in (("arpc", "mid-period", middle), ("level", "period end", end)):
            label = f"Left over, yearly revenue of a customer, {words}: {s}"
            share = absolute(off) / maximum(1, over_time("high", level))
            grown.append(graph.total(f"off.{key}[{s}]", label, "share", share))
    _left(graph, "growth", "revenue of a customer", "share", grown)
    served = []
    for s in shape.segments:
        spent = over_time("sum", then("serving", s))
        off = spent - sumproduct(then("contacts", s), then("unit_cost"))
        share, label = absolute(off) / maximum(1, spent), f"Left over, cost of service: {s}"
        served.append(graph.total(f"off.service[{s}]", label, "share", share))
    _left(graph, "service", "cost of service", "share", served)


def _delivery(graph: Graph, shape: Structure, time: Timeline) -> None:
    """Delivery against the months of full effect, and these against the months on the ramp and behind it."""
    parts = []
    for each in shape.initiatives:
        if not each.effects:
            continue
        rising, area = graph[f"rising[{each.id}]"], graph[f"area[{each.id}]"]
        months = over_time("sum", graph[f"delivery[{each.id}]"]) * 12 / time.per_year
        left = absolute(months - graph[f"reach[{each.id}]"] * over_time("last", area))
        label = f"Left over, delivery: {each.name}"
        parts.append(graph.total(f"off.delivery[{each.id}]", label, "months", left))
        behind = over_time("sum", graph[f"since[{each.id}]"]) - over_time("sum", rising)
        ramp = sumproduct(rising, rising) / (2 * graph[f"ramp[{each.id}]"])
        left = absolute(over_time("sum", area) - (ramp + behind))
        label = f"Left over, months of full effect: {each.name}"
        parts.append(graph.total(f"off.area[{each.id}]", label, "months", left))
    _left(graph, "delivery", "delivery", "months", parts)
