"""Two worlds: the same equations for customers, revenue, service and cost, with today's levers and with moved ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from casebuilder.model.expressions import Expr, Line, Number, Operand, over, previous, root
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input, segment_input
from casebuilder.model.levers import COMPANY, Moved
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import Timeline

World = Literal["without", "with"]
WORLDS: tuple[World, World] = ("without", "with")
WORDS: dict[World, str] = {"without": "do nothing", "with": "with the programme"}


@dataclass(frozen=True)
class Company:
    """One world's lines by name and segment ('' = company); a line is a constant where nothing moves it."""

    world: World
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)

    def __call__(self, name: str, place: str = COMPANY) -> Line:
        return self.lines[name, place]


@dataclass(frozen=True)
class Builder:
    """Adds one world's lines to a graph, segments beneath each other and their total below them.

    `today` is the world without, when this is the world with. In the world without, a `still` line is a constant.
    """

    graph: Graph
    shape: Structure
    time: Timeline
    moved: Moved
    found: Company
    today: Company | None

    @property
    def world(self) -> World:
        """Which world is being added."""
        return self.found.world

    def lever(self, name: str, place: str = COMPANY) -> Line:
        """The level of a lever in this world."""
        return (self.moved.base if self.today is None else self.moved.moved)[name, place]

    def add(
        self, name: str, label: str, unit: str, formula: Operand, place: str = COMPANY, still: bool = False
    ) -> Line:
        """A line of this world."""
        make = self.graph.constant if still and self.today is None else self.graph.period
        line = make(self.key(name, place), self.label(label, place), unit, formula)
        self.found.lines[name, place] = line
        return line

    def each(
        self,
        name: str,
        label: str,
        unit: str,
        formula: Callable[[str], Expr],
        total: bool = False,
        still: bool = False,
    ) -> None:
        """A line of every segment and, on request, the company's total."""
        for place in self.shape.segments:
            self.add(name, label, unit, formula(place), place, still)
        if total:
            self.total(name, label, unit)

    def total(self, name: str, label: str, unit: str) -> None:
        """The company's total of rows that were just added."""
        rows = [self.found(name, place) for place in self.shape.segments]
        self.found.lines[name, COMPANY] = self.graph.sum(self.key(name), self.label(label), unit, rows)

    def balances(self, name: str, label: str, unit: str, opening: str) -> dict[str, Line]:
        """Announce a balance per segment; `opening` is the input that it starts from."""
        return {
            place: self.graph.later(
                self.key(name, place),
                self.label(label, place),
                unit,
                segment_input(self.graph, place, opening),
            )
            for place in self.shape.segments
        }

    def close(self, name: str, balances: dict[str, Line], formula: Callable[[str], Expr]) -> None:
        """Place the announced balances."""
        for place, line in balances.items():
            self.found.lines[name, place] = self.graph.place(line, formula(place))

    def key(self, name: str, place: str = COMPANY) -> str:
        """`opening.with[Enterprise]`, `contribution.without`."""
        return f"{name}.{self.world}" + (f"[{place}]" if place else "")

    def label(self, label: str, place: str = COMPANY) -> str:
        """The label with its segment and world."""
        return label + (f": {place}" if place else "") + f", {WORDS[self.world]}"


def world(graph: Graph, shape: Structure, time: Timeline, moved: Moved, today: Company | None) -> Company:
    """Add the world without (`today` None) or, compared with it, the world with."""
    make = Builder(graph, shape, time, moved, Company("without" if today is None else "with"), today)
    words = WORDS[make.world]
    graph.section(f"Customers won, {words}")
    _winning(make)
    graph.section(f"Customers, {words}")
    _customers(make)
    graph.section(f"Revenue, {words}")
    _revenue(make)
    graph.section(f"Cost of service and acquisition, {words}")
    _service(make)
    _acquisition(make)
    graph.section(f"Company, {words}")
    _company(make)
    return make.found


def _winning(make: Builder) -> None:
    graph = make.graph
    bound = company_input(graph, "capacity_bound")
    base = make.moved.base
    speed: Expr = Number(1.0)
    if make.today is not None:
        speed = make.add(
            "speed",
            "Deals a rep can close against today",
            "ratio",
            over(base["sales_cycle_days", COMPANY], make.lever("sales_cycle_days"), 1),
        )

    def opportunities(s: str) -> Expr:
        free = (1 - bound) * make.lever("leads", s) * make.lever("lead_to_opportunity", s)
        return free + bound * base["leads", s] * base["lead_to_opportunity", s] * speed

    make.each("opportunities", "Opportunities a year", "per_year", opportunities, still=True)
    make.each(
        "won",
        "Customers won",
        "count",
        lambda s: make.found("opportunities", s) * make.lever("win_rate", s) / make.time.per_year,
        still=True,
    )


def _customers(make: Builder) -> None:
    found, per_year = make.found, make.time.per_year
    closing = make.balances("closing", "Closing customers", "count", "customers")
    churn, referral = "churn_rate", "referral_rate"
    make.each(
        "stay",
        "Share that stays a period",
        "share",
        lambda s: (1 - make.lever(churn, s)) ** (1 / per_year),
        still=True,
    )
    make.each("half", "Share that stays half a period", "share", lambda s: root(found("stay", s)), still=True)
    make.each("opening", "Opening customers", "count", lambda s: previous(closing[s]), total=True)
    make.each(
        "referred",
        "Customers referred",
        "count",
        lambda s: found("opening", s) * make.lever(referral, s) / per_year,
        total=True,
    )
    make.each("new", "New customers", "count", lambda s: found("won", s) + found("referred", s), total=True)
    make.each(
        "lost",
        "Customers lost",
        "count",
        lambda s: found("opening", s) * (1 - found("stay", s)) + found("new", s) * (1 - found("half", s)),
    )
    make.close("closing", closing, lambda s: found("opening", s) + found("new", s) - found("lost", s))
    make.total("closing", "Closing customers", "count")
    make.each(
        "average",
        "Average customers",
        "count",
        lambda s: (found("opening", s) + found("closing", s)) / 2,
        total=True,
    )


def _revenue(make: Builder) -> None:
    found, per_year, graph = make.found, make.time.per_year, make.graph
    growth = "growth_per_customer"
    level = make.balances(
        "level", "Yearly revenue of a customer at period end", "money_per_year", "revenue_per_customer"
    )
    make.each(
        "level_before",
        "Yearly revenue of a customer at period start",
        "money_per_year",
        lambda s: previous(level[s]),
    )
    make.each(
        "half_growth",
        "Growth factor of half a period",
        "factor",
        lambda s: (1 + make.lever(growth, s)) ** (1 / (2 * per_year)),
        still=True,
    )
    make.each(
        "arpc",
        "Yearly revenue of a customer",
        "money_per_year",
        lambda s: found("level_before", s) * found("half_growth", s),
    )
    make.close("level", level, lambda s: found("arpc", s) * found("half_growth", s))

    def volume(s: str) -> Expr:
        waiting = found("new", s) * found("arpc", s) * make.lever("onboarding_days", s) / 365
        return found("average", s) * found("arpc", s) / per_year - waiting

    def price(s: str) -> Expr:
        return (1 - make.lever("discount", s)) / (1 - make.moved.base["discount", s])

    def earned(s: str) -> Expr:
        margin = segment_input(graph, s, "gross_margin")
        return found("volume", s) * (found("price", s) * (1 - make.lever("credit_rate", s)) - (1 - margin))

    make.each("price", "Price against today", "ratio", price, still=True)
    make.each("volume", "Revenue at today's discount", "money", volume)
    make.each("revenue", "Revenue", "money", lambda s: found("volume", s) * found("price", s), total=True)
    make.each("earned", "Gross profit after credits", "money", earned, total=True)


def _service(make: Builder) -> None:
    found, graph = make.found, make.graph
    handling: Expr = Number(1.0)
    if make.today is not None:
        minutes = "minutes_per_assisted_contact"
        before = make.moved.base[minutes, COMPANY]
        handling = make.add(
            "handling", "Handling time against today", "ratio", over(make.lever(minutes), before, 1)
        )
    own = make.lever("self_service_share")
    assisted = company_input(graph, "cost_per_assisted_contact")
    alone = company_input(graph, "cost_per_self_service_contact")
    make.add(
        "unit_cost", "Cost of a contact", "money", (1 - own) * assisted * handling + own * alone, still=True
    )

    def contacts(s: str) -> Expr:
        reasons = found("average", s) * make.lever("issues_per_customer", s)
        return reasons / make.lever("first_contact_resolution") / make.time.per_year

    make.each("contacts", "Contacts", "count", contacts, total=True)
    make.each(
        "serving", "Cost of service", "money", lambda s: found("contacts", s) * found("unit_cost"), total=True
    )


def _acquisition(make: Builder) -> None:
    found, graph, today = make.found, make.graph, make.today
    referred_share = company_input(graph, "referral_cost_share")
    make.each(
        "winning",
        "Wins, a referred one by its share of cost",
        "count",
        lambda s: found("won", s) + referred_share * found("referred", s),
    )
    if today is not None:
        variable = company_input(graph, "variable_acquisition_share")
        make.each(
            "paid",
            "Wins paid for",
            "count",
            lambda s: today("winning", s) + variable * (found("winning", s) - today("winning", s)),
        )
    name = "winning" if today is None else "paid"
    make.each(
        "acquiring",
        "Cost of acquisition",
        "money",
        lambda s: make.lever("acquisition_cost", s) * found(name, s),
        total=True,
    )


def _company(make: Builder) -> None:
    graph, found, per_year = make.graph, make.found, make.time.per_year
    headcount = company_input(graph, "frontline_headcount")
    replacement = company_input(graph, "replacement_cost")
    loss = company_input(graph, "cost_per_incident")
    leavers = make.add(
        "leavers",
        "Front-line leavers",
        "count",
        headcount * make.lever("attrition_rate") / per_year,
        still=True,
    )
    leaving = make.add("leaving", "Cost of replacing leavers", "money", leavers * replacement, still=True)
    incidents = make.add(
        "incidents", "Incidents", "count", make.lever("incidents_per_year") / per_year, still=True
    )
    incident = make.add("incident_cost", "Expected cost of incidents", "money", incidents * loss, still=True)
    spent = found("serving") + found("acquiring") + leaving + incident
    make.add("contribution", "Profit after service and acquisition cost", "money", found("earned") - spent)
    days = make.lever("days_sales_outstanding")
    make.add("receivables", "Receivables", "money", found("revenue") * per_year * days / 365)
