"""The 19 benefit lines: what each lever adds, in an order in which they sum exactly to the difference of two worlds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casebuilder.case import library
from casebuilder.model.expressions import Expr, Line, Number, previous
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input, segment_input
from casebuilder.model.levers import COMPANY, Moved
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import Timeline
from casebuilder.model.worlds import Company

#: Lines that are stocks of additional customers, in the order in which their levers act.
STOCKS = ("retention", "demand", "conversion", "sales_cycle", "win_rate", "referral")
#: Lines that add up to the change of contribution.
CONTRIBUTION_LINES = (
    *STOCKS,
    "expansion",
    "onboarding",
    "price",
    "credits",
    "contacts_avoided",
    "repeat_contacts",
    "self_service",
    "handling_time",
    "acquisition_cost",
    "attrition",
    "incidents",
)
CASH_LINES = ("cash_collection", "working_capital")
LINES = (*CONTRIBUTION_LINES, *CASH_LINES)


@dataclass(frozen=True)
class Valuation:
    """What the benefit lines read: the graph, time, the levers and both worlds."""

    graph: Graph
    shape: Structure
    time: Timeline
    moved: Moved
    today: Company
    then: Company

    def base(self, lever: str, place: str = COMPANY) -> Line:
        """A lever's level today."""
        return self.moved.base[lever, place]

    def now(self, lever: str, place: str = COMPANY) -> Line:
        """A lever's level with the programme."""
        return self.moved.moved[lever, place]

    def given(self, name: str) -> Line:
        """A company-wide input."""
        return company_input(self.graph, name)

    def rows(self, name: str, label: str, unit: str, formula: Callable[[str], Any]) -> dict[str, Line]:
        """A period row per segment, 0 in period 0."""
        return {
            s: self.graph.period(f"{name}[{s}]", f"{label}: {s}", unit, formula(s), 0)
            for s in self.shape.segments
        }

    def line(self, name: str, formula: Callable[[str], Any]) -> Line:
        """A benefit line: its segments beneath each other and their sum."""
        label = line_label(name)
        return self.graph.sum(
            name, label, "money", self.rows(name, label, "money", formula).values(), zero_opening=True
        )


def line_label(name: str) -> str:
    """What people read for a benefit line."""
    return f"Benefit: {library.words().lines[name]}"


def benefits(v: Valuation) -> dict[str, Line]:
    """Add the 19 lines by id; money per period, positive is a gain, 0 in period 0."""
    values = _values(v)
    found: dict[str, Line] = {}
    for name, source in _sources(v).items():
        v.graph.section(line_label(name))
        found[name] = _stock(v, name, source, values)
    for name, formula in _segment_lines(v, values).items():
        v.graph.section(line_label(name))
        found[name] = v.line(name, formula)
    v.graph.section("Benefits of the whole company")
    found |= _company_lines(v)
    return {name: found[name] for name in LINES}


@dataclass(frozen=True)
class Values:
    """Per segment: margin after credits, worth of an extra customer a period, and what an extra win costs at once."""

    kappa: dict[str, Line]
    serve: dict[str, Line]
    worth: dict[str, Line]
    won: dict[str, Line]
    referred: dict[str, Line]


def _values(v: Valuation) -> Values:
    graph, per_year = v.graph, v.time.per_year
    graph.section("What one more customer is worth")
    variable, referred_share = v.given("variable_acquisition_share"), v.given("referral_cost_share")
    kappa, serve, worth, won, referred = {}, {}, {}, {}, {}
    for s in v.shape.segments:
        margin, arpc = segment_input(graph, s, "gross_margin"), v.today("arpc", s)
        kappa[s] = graph.constant(
            f"kappa[{s}]", f"Margin after credits: {s}", "share", margin - v.base("credit_rate", s)
        )
        reasons = v.base("issues_per_customer", s) / v.base("first_contact_resolution")
        serve[s] = graph.constant(
            f"serve[{s}]",
            f"Service of a customer a period: {s}",
            "money",
            reasons * v.today("unit_cost") / per_year,
        )
        worth[s] = graph.period(
            f"worth[{s}]",
            f"Worth of an extra customer a period: {s}",
            "money",
            arpc / per_year * kappa[s] - serve[s],
        )
        waiting = graph.period(
            f"waiting[{s}]",
            f"Margin lost until a win pays: {s}",
            "money",
            arpc * v.base("onboarding_days", s) / 365 * kappa[s],
        )
        cost = v.base("acquisition_cost", s) * variable
        won[s] = graph.period(f"win_cost[{s}]", f"What an extra win costs: {s}", "money", waiting + cost)
        referred[s] = graph.period(
            f"referred_cost[{s}]",
            f"What an extra referred win costs: {s}",
            "money",
            waiting + cost * referred_share,
        )
    return Values(kappa, serve, worth, won, referred)


def _sources(v: Valuation) -> dict[str, Callable[[str], Expr] | None]:
    """Customers that each lever brings a period; retention brings none, it keeps them."""
    bound, per_year = v.given("capacity_bound"), v.time.per_year
    base, now = v.base, v.now

    def demand(s: str) -> Expr:
        more = now("leads", s) - base("leads", s)
        return (1 - bound) * more * base("lead_to_opportunity", s) * base("win_rate", s) / per_year

    def conversion(s: str) -> Expr:
        more = now("lead_to_opportunity", s) - base("lead_to_opportunity", s)
        return (1 - bound) * now("leads", s) * more * base("win_rate", s) / per_year

    def cycle(s: str) -> Expr:
        held = bound * base("leads", s) * base("lead_to_opportunity", s)
        return held * (v.then("speed") - 1) * base("win_rate", s) / per_year

    def winning(s: str) -> Expr:
        return v.then("opportunities", s) * (now("win_rate", s) - base("win_rate", s)) / per_year

    def referral(s: str) -> Expr:
        return v.then("opening", s) * (now("referral_rate", s) - base("referral_rate", s)) / per_year

    return {
        "retention": None,
        "demand": demand,
        "conversion": conversion,
        "sales_cycle": cycle,
        "win_rate": winning,
        "referral": referral,
    }


def _stock(v: Valuation, name: str, source: Callable[[str], Expr] | None, values: Values) -> Line:
    """The customers a lever adds and what they earn: worth while they stay, less the cost of winning them."""
    graph, words, per_year = v.graph, library.words().lines[name], v.time.per_year
    extra = {
        s: graph.later(f"extra.{name}[{s}]", f"Extra customers, {words}: {s}", "count", 0)
        for s in v.shape.segments
    }
    before = v.rows(
        f"extra_before.{name}",
        f"Extra customers at period start, {words}",
        "count",
        lambda s: previous(extra[s]),
    )
    brought = (
        {} if source is None else v.rows(f"brought.{name}", f"Customers brought, {words}", "count", source)
    )
    referred = v.rows(
        f"passed_on.{name}",
        f"Customers they refer, {words}",
        "count",
        lambda s: before[s] * v.base("referral_rate", s) / per_year,
    )

    def come(s: str) -> Expr:
        return brought[s] + referred[s] if brought else referred[s]

    for s, line in extra.items():
        stock = before[s] * v.then("stay", s) + come(s) * v.then("half", s)
        if source is None:
            stay, half = v.then("stay", s) - v.today("stay", s), v.then("half", s) - v.today("half", s)
            saved = v.today("opening", s) * stay + v.today("new", s) * half
            stock = stock + graph.period(f"saved[{s}]", f"Customers kept: {s}", "count", saved)
        graph.place(line, stock)
    average = v.rows(
        f"extra_average.{name}",
        f"Extra customers on average, {words}",
        "count",
        lambda s: (before[s] + extra[s]) / 2,
    )

    def earned(s: str) -> Expr:
        gain = average[s] * values.worth[s] - referred[s] * values.referred[s]
        if not brought:
            return gain
        cost = values.referred[s] if name == "referral" else values.won[s]
        return gain - brought[s] * cost

    return v.line(name, earned)


def _segment_lines(v: Valuation, values: Values) -> dict[str, Callable[[str], Expr]]:
    """Formulas of the lines that are not stocks, by segment."""
    per_year, then, today, base, now = v.time.per_year, v.then, v.today, v.base, v.now
    fcr, own = "first_contact_resolution", "self_service_share"
    assisted, alone = v.given("cost_per_assisted_contact"), v.given("cost_per_self_service_contact")

    def expansion(s: str) -> Expr:
        served = then("average", s) / per_year - then("new", s) * base("onboarding_days", s) / 365
        return served * (then("arpc", s) - today("arpc", s)) * values.kappa[s]

    def onboarding(s: str) -> Expr:
        days = base("onboarding_days", s) - now("onboarding_days", s)
        return then("new", s) * then("arpc", s) * days / 365 * values.kappa[s]

    def issues(s: str) -> Expr:
        fewer = base("issues_per_customer", s) - now("issues_per_customer", s)
        return then("average", s) * fewer / base(fcr) * today("unit_cost") / per_year

    def repeats(s: str) -> Expr:
        fewer = 1 / base(fcr) - 1 / now(fcr)
        return then("average", s) * now("issues_per_customer", s) * fewer * today("unit_cost") / per_year

    return {
        "expansion": expansion,
        "onboarding": onboarding,
        "price": lambda s: then("volume", s) * (then("price", s) - 1) * (1 - base("credit_rate", s)),
        "credits": lambda s: then("revenue", s) * (base("credit_rate", s) - now("credit_rate", s)),
        "contacts_avoided": issues,
        "repeat_contacts": repeats,
        "self_service": lambda s: then("contacts", s) * (now(own) - base(own)) * (assisted - alone),
        "handling_time": lambda s: then("contacts", s) * (1 - now(own)) * assisted * (1 - then("handling")),
        "acquisition_cost": lambda s: (
            then("paid", s) * (base("acquisition_cost", s) - now("acquisition_cost", s))
        ),
    }


def _company_lines(v: Valuation) -> dict[str, Line]:
    graph, per_year, base, now = v.graph, v.time.per_year, v.base, v.now
    before, days = base("days_sales_outstanding"), now("days_sales_outstanding")
    revenue, revenue_today = v.then("revenue"), v.today("revenue")
    leavers = v.given("frontline_headcount") * (base("attrition_rate") - now("attrition_rate")) / per_year
    fewer = (base("incidents_per_year") - now("incidents_per_year")) / per_year

    def add(name: str, formula: Expr) -> Line:
        return graph.period(name, line_label(name), "money", formula, Number(0.0))

    found = {
        "attrition": add("attrition", leavers * v.given("replacement_cost")),
        "incidents": add("incidents", fewer * v.given("cost_per_incident")),
    }
    released = graph.period(
        "released",
        "Cash released by faster collection",
        "money",
        revenue * per_year * (before - days) / 365,
        0,
    )
    tied = graph.period(
        "tied", "Cash tied up in growth", "money", (revenue - revenue_today) * per_year * before / 365, 0
    )
    found["cash_collection"] = add("cash_collection", released - previous(released))
    kept = graph.period("tied_change", "Cash tied up in growth, change", "money", previous(tied) - tied, 0)
    release = v.given("release_working_capital")
    back = graph.period(
        "tied_back", "Receivables that come back at the end", "money", v.time.final * release * tied, 0
    )
    found["working_capital"] = add("working_capital", kept + back)
    return found
