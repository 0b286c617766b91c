"""Costs of the investments and the company's own lines, by period; costs are positive."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.model.delivery import Delivery, Run
from casebuilder.model.expressions import Expr, Line, absolute, equal, floor, maximum, minimum, pick
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input, initiative_input
from casebuilder.model.structure import CustomShape, InitiativeShape, Structure
from casebuilder.model.timeline import Timeline


@dataclass(frozen=True)
class Money:
    """Cost of each investment by id, custom benefits by name and the total cost."""

    by_initiative: dict[str, Line]
    custom_benefits: dict[str, Line]
    total: Line


def costs(graph: Graph, shape: Structure, run: Run, time: Timeline, delivered: Delivery) -> Money:
    """Add costs; a delay holds benefits back, never costs, and what an investment lacks does not stop its cost."""
    graph.section("Cost of the investments")
    parts = {i.id: _parts(graph, time, i) for i in shape.initiatives}
    rows = {i.id: _cost(graph, run, time, delivered, i, parts[i.id]) for i in shape.initiatives}
    programme = graph.sum(
        "investment_costs", "Cost of all investments", "money", rows.values(), zero_opening=True
    )
    graph.section("Company's own lines")
    given = {c.name: _given(graph, run, time, delivered, c) for c in shape.customs}
    benefits = {c.name: _own(graph, c, given[c.name]) for c in shape.customs if c.kind == "benefit"}
    others = [_own(graph, c, given[c.name]) for c in shape.customs if c.kind == "cost"]
    own = graph.sum("custom_costs", "Own cost lines", "money", others, zero_opening=True)
    total = graph.level("costs", "Costs", "money", programme + own)
    return Money(rows, benefits, total)


@dataclass(frozen=True)
class Parts:
    """An investment's running cost a period, the period of its one-time cost, and when its running cost runs."""

    running: Line
    due: Line
    present: Line


def _parts(graph: Graph, time: Timeline, initiative: InitiativeShape) -> Parts:
    name, id = initiative.name, initiative.id
    annual = initiative_input(graph, id, "annual_cost", f"{name}: cost a year", "money_per_year")
    people = initiative_input(graph, id, "internal_fte", f"{name}: own people", "fte")
    start = graph[f"initiatives[{id}].start_month"]
    rate = annual + people * company_input(graph, "loaded_cost_per_fte")
    running = graph.constant(
        f"running[{id}]", f"Running cost a period: {name}", "money", rate / time.per_year
    )
    due = graph.constant(
        f"due[{id}]", f"Period of the one-time cost: {name}", "period", floor(start * time.per_year / 12)
    )
    label = f"Share of the period in which cost runs: {name}"
    runs = minimum(maximum((time.month - start) * time.per_year / 12, 0), 1)
    return Parts(running, due, graph.level(f"running_share[{id}]", label, "share", runs))


def _cost(
    graph: Graph, run: Run, time: Timeline, delivered: Delivery, initiative: InitiativeShape, parts: Parts
) -> Line:
    name, id = initiative.name, initiative.id
    once = initiative_input(graph, id, "one_time_cost", f"{name}: one-time cost", "money")
    spent = once * equal(time.period, parts.due) + parts.running * parts.present
    return graph.level(
        f"cost[{id}]", f"Cost: {name}", "money", delivered.costed[id] * run.cost_factor * spent
    )


def _given(graph: Graph, run: Run, time: Timeline, delivered: Delivery, custom: CustomShape) -> Expr:
    """An own line's amount in this scenario, from its amount by period as given."""
    path, name = f"custom_lines[{custom.name}]", custom.name
    adjustment = graph.input(f"{path}.risk_adjustment", f"{name}: risk adjustment", "share")
    initial = graph.input(f"{path}.initial", f"{name}: amount at the decision date", "money")
    years = [
        graph.input(f"{path}.by_year[{y}]", f"{name}: year {y}", "money") for y in range(1, graph.years + 1)
    ]
    given = graph.period(
        f"given[{name}]", f"As given: {name}", "money", pick(time.year, *years) / time.per_year, initial
    )
    cut = graph.constant(
        f"cut[{name}]", f"Risk adjustment in this scenario: {name}", "share", run.haircut * adjustment
    )
    amount: Expr = (
        given - cut * absolute(given) if custom.kind == "benefit" else given * (1 + cut) * run.cost_factor
    )
    if custom.initiative:
        switch = delivered.active if custom.kind == "benefit" else delivered.costed
        amount = amount * switch[custom.initiative]
    return amount


def _own(graph: Graph, custom: CustomShape, amount: Expr) -> Line:
    label = f"Benefit: {custom.name}" if custom.kind == "benefit" else f"Own cost: {custom.name}"
    return graph.level(f"custom:{custom.name}", label, "money", amount)
