"""KPIs by year in both worlds, so that every function sees its own number move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casebuilder.case import library
from casebuilder.model.expressions import (
    Call,
    Expr,
    Line,
    Number,
    block,
    either,
    in_year,
    less,
    minimum,
    over,
    previous,
    ratio,
)
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input, segment_input
from casebuilder.model.levers import COMPANY, Moved
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import Timeline
from casebuilder.model.worlds import WORDS, Company

#: KPIs that are one number of the whole case; they stand among the returns and have no value without the programme.
OF_THE_CASE = ("npv", "roi", "irr", "payback", "peak_funding")
_PART = 6


@dataclass(frozen=True)
class Kpis:
    """Adds the KPIs of one world to a graph."""

    graph: Graph
    shape: Structure
    time: Timeline
    moved: Moved
    world: Company

    def lever(self, name: str, place: str = COMPANY) -> Line:
        """A lever's level in this world."""
        return (self.moved.base if self.world.world == "without" else self.moved.moved)[name, place]

    def rows(self, name: str, label: str, unit: str, formula: Callable[[str], Expr]) -> Line:
        """A helper row per segment and their total, by period."""
        words = WORDS[self.world.world]
        lines = [
            self.graph.period(f"{name}.{self.world.world}[{s}]", f"{label}: {s}, {words}", unit, formula(s))
            for s in self.shape.segments
        ]
        return self.graph.sum(f"{name}.{self.world.world}", f"{label}, {words}", unit, lines)

    def parts(self, name: str, label: str, unit: str, formula: Callable[[str], Expr]) -> None:
        """A helper row per segment, by period, without a total."""
        for s in self.shape.segments:
            key = f"{name}.{self.world.world}[{s}]"
            self.graph.period(key, f"{label}: {s}, {WORDS[self.world.world]}", unit, formula(s))

    def kpi(self, name: str, formula: Expr, opening: Expr | None = None) -> Line:
        """A KPI by year."""
        kpi = library.kpis()[name]
        label = f"KPI: {kpi.label}, {WORDS[self.world.world]}"
        return self.graph.year(kpi_key(name, self.world.world), label, kpi.unit, formula, opening)

    def helper(self, name: str, label: str, unit: str, formula: Expr) -> Line:
        """A yearly step towards a KPI."""
        return self.graph.year(
            f"{name}.{self.world.world}", f"{label}, {WORDS[self.world.world]}", unit, formula
        )


def kpi_key(name: str, world: str) -> str:
    """The key of a KPI's line."""
    return f"kpi.{name}.{world}"


def kpis(graph: Graph, shape: Structure, time: Timeline, moved: Moved, world: Company) -> None:
    """Add every KPI of one world by year; a zero denominator gives no number."""
    k = Kpis(graph, shape, time, moved, world)
    graph.section(f"KPIs, {WORDS[world.world]}")
    _growth(k)
    _customers(k)
    _sales(k)
    _lifetime(k)
    _service(k)
    _people_risk_finance(k)


def _sum(line: Line) -> Call:
    return in_year("sum", line)


def _last(line: Line) -> Call:
    return in_year("last", line)


def _weighted(k: Kpis, name: str, what: str, weights: Line, weight: Callable[[str], Expr]) -> None:
    """A lever's average over segments in the year's last period."""
    own = library.inputs()[name].unit
    unit = weights.unit if own in ("share", "ratio") else own
    top = k.rows(f"weighted.{name}", what, unit, lambda s: weight(s) * k.lever(name, s))
    k.kpi(_KPI_OF.get(name, name), ratio(_at_end(k, top), _at_end(k, weights)))


def _at_end(k: Kpis, line: Line) -> Line:
    """A row's value in the year's last period, as a yearly step of its own: it keeps formulas short."""
    key = f"end.{line.key}"
    return k.graph.by_key.get(key) or k.graph.year(key, f"{line.label}, at year end", line.unit, _last(line))


_KPI_OF = {"discount": "average_discount"}


def _growth(k: Kpis) -> None:
    start = k.graph.by_key.get("run_rate") or _run_rate(k)
    revenue = k.kpi("revenue", _sum(k.world("revenue")), start)
    k.kpi("revenue_growth", ratio(revenue - previous(revenue), previous(revenue)))
    contribution = k.kpi("contribution", _sum(k.world("contribution")))
    k.kpi("contribution_margin", ratio(contribution, revenue))


def _run_rate(k: Kpis) -> Line:
    rows = [
        k.graph.constant(
            f"run_rate[{s}]",
            f"Revenue a year at the decision date: {s}",
            "money_per_year",
            segment_input(k.graph, s, "customers") * segment_input(k.graph, s, "revenue_per_customer"),
        )
        for s in k.shape.segments
    ]
    return k.graph.constant("run_rate", "Revenue a year at the decision date", "money_per_year", block(rows))


def _customers(k: Kpis) -> None:
    world = k.world
    k.kpi("customers", _last(world("closing")))
    _weighted(k, "churn_rate", "Churn, weighted", world("opening"), lambda s: world("opening", s))
    book = k.rows(
        "book",
        "Yearly revenue at period start",
        "money",
        lambda s: world("opening", s) * world("arpc", s) * world("price", s),
    )
    kept = k.rows(
        "kept", "Of it kept", "money", lambda s: _key(k, "book", s) * (1 - k.lever("churn_rate", s))
    )
    grown = k.rows(
        "grown",
        "Kept and grown",
        "money",
        lambda s: _key(k, "kept", s) * (1 + k.lever("growth_per_customer", s)),
    )
    k.kpi("gross_retention", ratio(_at_end(k, kept), _at_end(k, book)))
    k.kpi("net_revenue_retention", ratio(_at_end(k, grown), _at_end(k, book)))


def _key(k: Kpis, name: str, segment: str) -> Line:
    return k.graph[f"{name}.{k.world.world}[{segment}]"]


def _sales(k: Kpis) -> None:
    world, per_year = k.world, k.time.per_year
    booked = k.rows(
        "booked",
        "New-customer bookings",
        "money",
        lambda s: world("won", s) * world("arpc", s) * world("price", s),
    )
    pipeline = k.rows(
        "piped",
        "Value of opportunities",
        "money",
        lambda s: world("opportunities", s) / per_year * world("arpc", s) * world("price", s),
    )
    found = k.rows("found", "Opportunities", "count", lambda s: world("opportunities", s) / per_year)
    bookings = k.kpi("bookings", _sum(booked))
    k.kpi("new_customers", _sum(world("new")))
    k.kpi("referred_customers", _sum(world("referred")))
    k.kpi("opportunities", _sum(found))
    k.kpi("pipeline_value", _sum(pipeline))
    quota = k.graph.by_key.get("quota") or k.graph.constant(
        "quota",
        "New-business target a year",
        "money_per_year",
        company_input(k.graph, "reps") * company_input(k.graph, "quota_per_rep"),
    )
    k.kpi("quota_attainment", ratio(bookings, quota))
    leads = k.rows("led", "Leads a year", "per_year", lambda s: k.lever("leads", s))
    _weighted(
        k,
        "lead_to_opportunity",
        "Leads that become opportunities, weighted",
        leads,
        lambda s: k.lever("leads", s),
    )
    yearly = k.rows("chances", "Opportunities a year, all", "per_year", lambda s: world("opportunities", s))
    _weighted(k, "win_rate", "Win rate, weighted", yearly, lambda s: world("opportunities", s))
    listed = k.rows(
        "listed",
        "Yearly revenue at list price",
        "money",
        lambda s: world("opening", s) * world("arpc", s) / (1 - k.moved.base["discount", s]),
    )
    _weighted(k, "discount", "Discount, weighted", listed, lambda s: _key(k, "listed", s))
    k.kpi("sales_cycle_days", _last(_period(k, "sales_cycle_days")))
    _weighted(
        k, "onboarding_days", "Days to first revenue, weighted", world("new"), lambda s: world("new", s)
    )


def _period(k: Kpis, lever: str) -> Line:
    """A company lever as a row, also in the world where it is one number."""
    line = k.lever(lever)
    if line.shape == "period":
        return line
    label = f"{library.levers()[lever].label}, {WORDS[k.world.world]}"
    return k.graph.period(f"{lever}.{k.world.world}", label, line.unit, line)


def _lifetime(k: Kpis) -> None:
    """Lifetime value by segment at the year's end, its averages, and against the cost of a win."""
    graph, world, shape = k.graph, k.world, k.shape
    rate = company_input(graph, "discount_rate")
    spend = company_input(graph, "acquisition_spend")

    def margin(s: str) -> Expr:
        kept = 1 - segment_input(graph, s, "gross_margin")
        earned = world("arpc", s) * (world("price", s) * (1 - k.lever("credit_rate", s)) - kept)
        reasons = k.lever("issues_per_customer", s) / k.lever("first_contact_resolution")
        return earned - reasons * world("unit_cost")

    k.parts("margin", "Margin of a customer a year", "money", margin)
    k.parts("fades", "Hurdle rate and churn together", "share", lambda s: rate + k.lever("churn_rate", s))

    def lifetime(s: str) -> Expr:
        return over(_key(k, "margin", s) * (1 - k.lever("churn_rate", s)), _key(k, "fades", s), 0)

    k.parts("lifetime", "Lifetime value", "money", lifetime)
    stock = k.rows(
        "stock_value",
        "Lifetime value of all customers",
        "money",
        lambda s: _key(k, "lifetime", s) * world("closing", s),
    )
    finite = _all_finite(k)
    counted = k.helper(
        "counted_customers",
        "Customers with a lifetime value",
        "count",
        _last(world("closing")) * _at_end(k, finite),
    )
    k.kpi("customer_lifetime_value", ratio(_at_end(k, stock), counted))
    acquiring = k.helper(
        "spend", "Spend on acquisition", "money", either(less(0, spend), spend, _sum(world("acquiring")))
    )
    k.kpi("acquisition_cost_per_win", ratio(acquiring, graph[kpi_key("new_customers", world.world)]))
    rows = [
        k.helper(
            f"new_value[{s}]",
            f"Lifetime value of the year's new customers: {s}",
            "money",
            _last(_key(k, "lifetime", s)) * _sum(world("new", s)),
        )
        for s in shape.segments
    ]
    new_value = k.helper("new_value", "Lifetime value of the year's new customers", "money", block(rows))
    some = less(0, graph[kpi_key("new_customers", world.world)])
    comparable = k.helper(
        "comparable",
        "Spend that lifetime value can be compared with",
        "money",
        acquiring * _at_end(k, finite) * some,
    )
    k.kpi("clv_to_cac", ratio(new_value, comparable))


def _all_finite(k: Kpis) -> Line:
    """1 where every segment's lifetime value is a number: its customers fade or money costs something."""
    rows = [_key(k, "fades", s) for s in k.shape.segments]
    lowest: Expr = Number(1.0)
    while len(rows) > _PART:
        head = k.graph.period(
            f"fades_part{len(rows)}.{k.world.world}",
            f"Lowest of hurdle rate and churn, {len(rows)} left, {WORDS[k.world.world]}",
            "share",
            minimum(*rows[:_PART]),
        )
        rows = [head, *rows[_PART:]]
    if rows:
        lowest = minimum(*rows) if len(rows) > 1 else rows[0]
    label = f"Every lifetime value is finite, {WORDS[k.world.world]}"
    return k.graph.period(f"finite.{k.world.world}", label, "flag", less(0, lowest))


def _service(k: Kpis) -> None:
    world, graph = k.world, k.graph
    contacts = k.kpi("contacts", _sum(world("contacts")))
    served = k.helper(
        "served", "Customers served, average", "count", _sum(world("average")) / k.time.per_year
    )
    k.kpi("contacts_per_customer", ratio(contacts, served))
    _weighted(
        k,
        "issues_per_customer",
        "Cases per account, weighted",
        world("average"),
        lambda s: world("average", s),
    )
    k.kpi("first_contact_resolution", _last(_period(k, "first_contact_resolution")))
    k.kpi("self_service_share", _last(_period(k, "self_service_share")))
    cost = k.kpi("cost_to_serve", _sum(world("serving")))
    k.kpi("cost_per_contact", ratio(cost, contacts))
    hours = company_input(graph, "productive_hours_per_agent")
    k.kpi("agents_needed", ratio(_sum(graph[f"hours.{world.world}"]), hours))
    _weighted(k, "credit_rate", "Credits, weighted", world("revenue"), lambda s: world("revenue", s))


def _people_risk_finance(k: Kpis) -> None:
    for name, line in (
        ("leavers", "leavers"),
        ("incidents", "incidents"),
        ("expected_incident_cost", "incident_cost"),
    ):
        k.kpi(name, _sum(_as_row(k, line)))
    k.kpi("attrition_rate", _last(_period(k, "attrition_rate")))
    k.kpi("receivables", _last(k.world("receivables")))
    k.kpi("days_sales_outstanding", _last(_period(k, "days_sales_outstanding")))


def _as_row(k: Kpis, name: str) -> Line:
    line = k.world(name)
    if line.shape == "period":
        return line
    return k.graph.period(f"{name}.{k.world.world}.by_period", f"{line.label}, by period", line.unit, line)
