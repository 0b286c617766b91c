"""Delivery: which investments run, when they take effect, how fast, and what size their effects have."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.case import library
from casebuilder.model.expressions import (
    Line,
    absolute,
    either,
    equal,
    less,
    maximum,
    minimum,
    pick,
    previous,
)
from casebuilder.model.graph import WIDEST, Graph
from casebuilder.model.inputs import effect_inputs, initiative_input
from casebuilder.model.structure import InitiativeShape, Structure
from casebuilder.model.timeline import Timeline


@dataclass(frozen=True)
class Run:
    """What one run chooses: its scenario's settings and its option (constants, one per run)."""

    option: Line
    effects: Line
    haircut: Line
    cost_factor: Line
    delay: Line
    benefit_factor: Line


@dataclass(frozen=True)
class Delivery:
    """Per investment: is it paid for (`costed`), does it work (`active`), how much of it is there (`share`).

    An investment without an effect of its own has no `share`; `size` is by investment and effect.
    """

    costed: dict[str, Line]
    active: dict[str, Line]
    share: dict[str, Line]
    size: dict[tuple[str, str], Line]


def run_settings(graph: Graph, shape: Structure) -> Run:
    """Add the run's scenario and option; both are positions in the tables of Inputs, counted from 1."""
    graph.section("Scenario and option of this sheet")
    scenario = graph.input("run.scenario", "Scenario number", "choice")
    option = graph.input("run.option", "Option number", "choice")
    words = {
        "effects": ("Size of effects (1 low, 2 expected, 3 high)", "choice"),
        "haircut": ("Risk adjustment applied", "flag"),
        "cost_factor": ("Cost factor", "factor"),
        "delay_months": ("Delay of benefits", "months"),
        "benefit_factor": ("Benefits times", "factor"),
    }
    found = {}
    for field, (label, unit) in words.items():
        row = [graph.input(f"scenarios.{name}.{field}", f"{label}: {name}", unit) for name in shape.scenarios]
        found[field] = graph.constant(f"scenario.{field}", label, unit, pick(scenario, *row))
    return Run(
        option,
        found["effects"],
        found["haircut"],
        found["cost_factor"],
        found["delay_months"],
        found["benefit_factor"],
    )


def delivery(graph: Graph, shape: Structure, run: Run, time: Timeline) -> Delivery:
    """Add switches, timing, ramp and effect sizes of every investment; ramps are averages over the period."""
    found = Delivery({}, {}, {}, {})
    ready: dict[str, Line] = {}
    for initiative in shape.initiatives:
        graph.section(f"Investment: {initiative.name}")
        _switches(graph, shape, run, time, initiative, found)
        ready[initiative.id] = _ready(graph, initiative, ready)
        if initiative.effects:
            _ramp(graph, run, time, initiative, ready[initiative.id], found)
        for effect in initiative.effects:
            low, base, high = effect_inputs(graph, initiative.id, initiative.name, effect)
            haircut = graph.input(
                f"haircuts.{effect.grade}", f"Risk adjustment of grade {effect.grade}", "share"
            )
            found.size[initiative.id, effect.id] = graph.constant(
                f"size[{initiative.id},{effect.id}]",
                f"Size in this scenario: {initiative.name}, {library.levers()[effect.lever].label}, {effect.segment}",
                base.unit,
                either(run.haircut, base - haircut * absolute(base), pick(run.effects, low, base, high)),
            )
    return found


def _switches(
    graph: Graph, shape: Structure, run: Run, time: Timeline, initiative: InitiativeShape, found: Delivery
) -> None:
    name, id = initiative.name, initiative.id
    enabled = initiative_input(graph, id, "enabled", f"{name}: switched on", "flag")
    start = initiative_input(graph, id, "start_month", f"{name}: first spending in month", "months")
    inside = [
        graph.input(f"options.{option}[{id}]", f"{name}: in option {option}", "flag")
        for option in shape.options
    ]
    costed = graph.constant(
        f"costed[{id}]",
        f"Paid for in this run: {name}",
        "flag",
        enabled * pick(run.option, *inside) * less(start, time.horizon_months),
    )
    found.costed[id] = costed
    needed = [found.active[required] for required in initiative.requires]
    step = 1
    while len(needed) > WIDEST - 1:
        label = f"What it needs first works, part {step}: {name}"
        head = graph.constant(f"active[{id}]#{step}", label, "flag", minimum(*needed[:WIDEST]))
        needed, step = [head, *needed[WIDEST:]], step + 1
    active = minimum(costed, *needed) if needed else costed
    found.active[id] = graph.constant(
        f"active[{id}]", f"Works, with what it needs first: {name}", "flag", active
    )


def _ready(graph: Graph, initiative: InitiativeShape, ready: dict[str, Line]) -> Line:
    name, id = initiative.name, initiative.id
    start = graph[f"initiatives[{id}].start_month"]
    build = initiative_input(
        graph, id, "build_months", f"{name}: months from first spending to first effect", "months"
    )
    latest = [ready[required] for required in initiative.requires]
    step = 1
    while len(latest) > WIDEST - 1:
        head = graph.constant(
            f"ready[{id}]#{step}",
            f"What it needs first is ready, part {step}: {name}",
            "months",
            maximum(*latest[:WIDEST]),
        )
        latest, step = [head, *latest[WIDEST:]], step + 1
    formula = maximum(start + build, *latest) if latest else start + build
    return graph.constant(f"ready[{id}]", f"Ready, without delay: {name}", "months", formula)


def _ramp(
    graph: Graph, run: Run, time: Timeline, initiative: InitiativeShape, ready: Line, found: Delivery
) -> None:
    name, id = initiative.name, initiative.id
    ramp = initiative_input(graph, id, "ramp_months", f"{name}: months to full effect", "months")
    adoption = initiative_input(graph, id, "adoption", f"{name}: take-up", "share")
    starts = graph.constant(f"starts[{id}]", f"First effect: {name}", "months", ready + run.delay)
    guard = graph.constant(
        f"ramp[{id}]", f"Ramp, 1 where there is none: {name}", "months", either(equal(ramp, 0), 1, ramp)
    )
    reached = graph.constant(
        f"reach[{id}]", f"Take-up where it works: {name}", "share", found.active[id] * adoption
    )
    since = graph.level(
        f"since[{id}]", f"Months since first effect: {name}", "months", maximum(time.month - starts, 0)
    )
    rising = graph.level(f"rising[{id}]", f"Months on the ramp: {name}", "months", minimum(since, ramp))
    area = graph.level(
        f"area[{id}]",
        f"Months of full effect so far: {name}",
        "months",
        rising * rising / (2 * guard) + since - rising,
    )
    found.share[id] = graph.period(
        f"delivery[{id}]",
        f"Delivery: {name}",
        "share",
        reached * (area - previous(area)) * time.per_year / 12,
    )
