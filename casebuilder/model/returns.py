"""Cash flow and return: what counts, what is paid, and whether it is worth it."""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.case import library
from casebuilder.model.benefits import LINES, Valuation
from casebuilder.model.costs import Money
from casebuilder.model.delivery import Run
from casebuilder.model.expressions import (
    Expr,
    Line,
    Null,
    Operand,
    absolute,
    at_most,
    block,
    either,
    equal,
    irr,
    less,
    maximum,
    minimum,
    over,
    over_time,
    previous,
    ratio,
    sign,
    sumproduct,
)
from casebuilder.model.graph import Graph
from casebuilder.model.inputs import company_input, share_of_class, technical_input
from casebuilder.model.structure import Structure
from casebuilder.model.timeline import Timeline


@dataclass(frozen=True)
class Flows:
    """Counted benefits by line and in total, costs, tax and net by period, and the discount factor."""

    counted: dict[str, Line]
    headline: Line
    costs: Line
    tax: Line
    net: Line
    factor: Line


def flows(
    graph: Graph, shape: Structure, run: Run, time: Timeline, benefits: dict[str, Line], money: Money
) -> Flows:
    """Add the counted return, tax and net cash flow by period; a negative benefit counts in full."""
    graph.section("Share counted as cash")
    shares = {name: _share(graph, shape, run, name) for name in LINES if name != "working_capital"}
    graph.section("Counted return")
    counted = {
        name: _counted(graph, benefits[name], f"counted.{name}", shares.get(name, 1)) for name in LINES
    }
    own = {c.name: c.class_ for c in shape.customs if c.kind == "benefit"}
    for name, class_ in own.items():
        share = share_of_class(class_)
        counted[f"custom:{name}"] = _counted(
            graph, money.custom_benefits[name], f"counted.custom:{name}", run.benefit_factor * share
        )
    headline = graph.sum("headline", "Counted return", "money", counted.values())
    graph.section("Cash flow")
    once: Line | None = None
    for name in (
        "cash_collection",
        "working_capital",
        *(f"custom:{n}" for n, c in own.items() if c == "one_off_cash"),
    ):
        label = f"One-off cash so far counted, {name}"
        formula = counted[name] if once is None else once + counted[name]
        once = graph.level(f"one_off[{name}]", label, "money", formula)
    assert once is not None
    rate = company_input(graph, "tax_rate")
    tax = graph.level("tax", "Tax", "money", rate * (headline - once - money.total))
    net = graph.level("net", "Net cash flow", "money", headline - money.total - tax)
    return Flows(counted, headline, money.total, tax, net, time.factor)


def _share(graph: Graph, shape: Structure, run: Run, name: str) -> Line:
    lever = next(lever for lever in library.levers().values() if lever.line == name)
    words = library.words().lines[name]
    key, label = f"share.{name}", f"Share counted as cash, times the benefits factor: {words}"
    if lever.class_ == "capacity" and name not in shape.shares:
        return graph.constant(
            key, label, "share", company_input(graph, "outsourced_share") * run.benefit_factor
        )
    given = graph.input(f"headline_shares.{name}", f"Share of it that is cash: {words}", "share")
    return graph.constant(key, label, "share", given * run.benefit_factor)


def _counted(graph: Graph, line: Line, key: str, share: Operand) -> Line:
    label = line.label.replace("Benefit: ", "Counted: ", 1)
    return graph.level(key, label, "money", minimum(0, line) + maximum(0, line) * share)


def returns(graph: Graph, run: Run, time: Timeline, flow: Flows, v: Valuation) -> None:
    """Add net present value, return, payback, funding and what lies beyond the horizon; all totals, one per run."""
    graph.section("Return")
    net, factor = flow.net, flow.factor
    for name, label, line in (
        ("pv_benefits", "Present value of the counted return", flow.headline),
        ("pv_costs", "Present value of costs", flow.costs),
        ("pv_tax", "Present value of tax", flow.tax),
        ("npv", "Net present value", net),
    ):
        graph.total(name, label, "money", sumproduct(line, factor))
    back = sumproduct(graph["tied_back"], factor)
    graph.total("pv_tied_back", "Receivables that come back at the end, present value", "money", back)
    for name, line in flow.counted.items():
        label = line.label.replace("Counted: ", "Present value, counted: ", 1)
        graph.total(f"pv.{name}", label, "money", sumproduct(line, factor))
    graph.total("roi", "Return on investment", "share", ratio(graph["npv"], graph["pv_costs"]))
    _balance(graph, "npv_so_far", "Net present value so far", net * factor)
    so_far = _balance(graph, "cumulative", "Cumulative net cash flow", net)
    lowest = graph.total("lowest", "Lowest cumulative net cash flow", "money", over_time("low", so_far))
    graph.total("peak_funding", "Most cash out at any time", "money", -minimum(0, lowest))
    high = graph.total("net_high", "Highest net cash flow", "money", over_time("high", net))
    low = graph.total("net_low", "Lowest net cash flow", "money", over_time("low", net))
    largest = maximum(absolute(high), absolute(low))
    zero = graph.total(
        "zero", "What is treated as zero", "money", technical_input(graph, "tolerance") * largest
    )
    graph.section("Payback")
    _payback(graph, time, so_far, zero)
    graph.section("Internal rate of return")
    _irr(graph, time, net, so_far, zero)
    graph.section("After the horizon, beside the return")
    _after(graph, v, factor)
    graph.section("Freed capacity and risk, beside the return")
    _beside(graph, run, v, flow)


def _balance(graph: Graph, key: str, label: str, added: Expr) -> Line:
    """A running total of money: what stood at the end of the period before, and what this period adds."""
    balance = graph.later(key, label, "money", added)
    opening = graph.period(f"{key}_before", f"{label}, carried forward", "money", previous(balance), 0)
    return graph.place(balance, opening + added)


def _payback(graph: Graph, time: Timeline, so_far: Line, zero: Line) -> None:
    below = graph.level("below", "Cumulative is below zero", "flag", less(so_far, -zero))
    crossed = graph.period(
        "crossed", "Turns positive in this period", "flag", previous(below) * (1 - below), 0
    )
    part = graph.period(
        "crossed_part",
        "Part of the period until it does",
        "period",
        over(previous(so_far), previous(so_far) - so_far, 0),
        0,
    )
    latest = graph.later("latest", "Latest turn to positive, in periods", "period", 0)
    graph.place(latest, either(crossed, previous(time.period) + part, previous(latest)))
    ever = graph.total("ever_below", "Is ever below zero", "flag", over_time("high", below))
    still = graph.total("still_below", "Is below zero at the end", "flag", over_time("last", below))
    months = graph.total(
        "payback_raw", "Month of the latest turn", "months", over_time("last", latest) * 12 / time.per_year
    )
    graph.total("payback_months", "Payback", "months", either(ever * (1 - still), months, Null()))
    graph.total(
        "payback_state",
        "Payback state (0 reached, 1 not reached, 2 no investment)",
        "choice",
        still + 2 * (1 - ever),
    )


def _irr(graph: Graph, time: Timeline, net: Line, so_far: Line, zero: Line) -> None:
    changes = _sign_changes(graph, "net", "net cash flow", net, zero)
    runs = _sign_changes(graph, "cumulative", "cumulative net cash flow", so_far, zero)
    lend = less(_first_sign(graph, graph["sign.net"]), 0)
    one = graph.total("irr_one", "Cash flow changes sign once, out first", "flag", equal(changes, 1) * lend)
    once = less(1, changes) * lend * equal(runs, 1)
    running = graph.total("irr_running", "Only its running total changes sign once", "flag", once)
    low, high = technical_input(graph, "irr_low"), technical_input(graph, "irr_high")
    bottom = graph.total(
        "irr_bottom",
        "Lowest return searched, per period",
        "share",
        (1 + one * low) ** (1 / time.per_year) - 1,
    )
    top = graph.total(
        "irr_top", "Highest return searched, per period", "share", (1 + high) ** (1 / time.per_year) - 1
    )
    at_low = graph.level(
        "irr_factor_low", "Discount factor at the lowest return", "factor", (1 + bottom) ** (-time.period)
    )
    at_high = graph.level(
        "irr_factor_high", "Discount factor at the highest return", "factor", (1 + top) ** (-time.period)
    )
    worth_low = graph.total("irr_worth_low", "Worth at the lowest return", "money", sumproduct(net, at_low))
    worth_high = graph.total(
        "irr_worth_high", "Worth at the highest return", "money", sumproduct(net, at_high)
    )
    crosses = at_most(sign(worth_low) * sign(worth_high), 0)
    found = graph.total("irr_found", "A return exists", "flag", (one + running) * crosses)
    guess = _guess(graph, time, net, one)
    graph.total(
        "irr",
        "Internal rate of return",
        "share",
        either(found, (1 + irr(net, guess, bottom, top)) ** time.per_year - 1, Null()),
    )
    none = equal(changes, 0)
    several = less(1, changes) * lend * (1 - running)
    several_line = graph.total("irr_several", "Several returns are possible", "flag", several)
    none_line = graph.total("irr_none", "Cash flow never changes sign", "flag", none)
    graph.total(
        "irr_state",
        "Return state (0 found, 1 no sign change, 2 not meaningful, 3 several possible)",
        "choice",
        (1 - found) * (none_line + (1 - none_line) * (2 + several_line)),
    )


def _sign_changes(graph: Graph, name: str, words: str, line: Line, zero: Line) -> Line:
    """How often a flow changes sign, zeros passed over."""
    signs = graph.level(f"sign.{name}", f"Sign of {words}", "flag", sign(line) * less(zero, absolute(line)))
    last = graph.later(f"last_sign.{name}", f"Latest sign of {words}", "flag", signs)
    graph.place(last, either(equal(signs, 0), previous(last), signs))
    turn = graph.period(
        f"turn.{name}", f"Change of sign of {words}", "flag", less(signs * previous(last), 0), 0
    )
    return graph.total(f"changes.{name}", f"Changes of sign of {words}", "count", over_time("sum", turn))


def _first_sign(graph: Graph, signs: Line) -> Line:
    """The sign of the first net cash flow that is not zero; 0 where all are."""
    start = graph.later("first_sign.net", "First sign of net cash flow", "flag", signs)
    graph.place(start, either(equal(previous(start), 0), signs, previous(start)))
    return graph.total("first.net", "Starts with, sign of net cash flow", "flag", over_time("last", start))


def _guess(graph: Graph, time: Timeline, net: Line, one: Line) -> Line:
    """Where a sheet starts its search: the rate that joins what comes in and goes out at their mean dates, twice.

    The first estimate takes both undiscounted, the second at their worth under the first: programs that give up after
    few steps need a start close to the answer.
    """
    flow_in = graph.level("inflow", "Cash in", "money", maximum(0, net))
    flow_out = graph.level("outflow", "Cash out", "money", maximum(0, -net))
    received = graph.total("inflows", "All cash in", "money", over_time("sum", flow_in))
    paid = graph.total("outflows", "All cash out", "money", over_time("sum", flow_out))
    grown, gap = _joined(graph, "", "", (flow_in, flow_out), (received, paid), time.period)
    first = graph.total(
        "irr_first",
        "First estimate of the return, per period",
        "share",
        either(one, grown ** (1 / gap) - 1, 0),
    )
    factor = graph.level(
        "irr_factor_first", "Discount factor at the first estimate", "factor", (1 + first) ** (-time.period)
    )
    aged = graph.level("irr_aged", "Period times that factor", "ratio", time.period * factor)
    worth_in = graph.total("worth_in", "Cash in, at the first estimate", "money", sumproduct(flow_in, factor))
    worth_out = graph.total(
        "worth_out", "Cash out, at the first estimate", "money", sumproduct(flow_out, factor)
    )
    again, apart = _joined(
        graph, "_first", ", at the first estimate", (flow_in, flow_out), (worth_in, worth_out), aged
    )
    start = technical_input(graph, "irr_guess")
    near = (1 + first) * again ** (1 / apart) - 1
    return graph.total("irr_start", "Start of the search", "share", either(one, near, start))


def _joined(
    graph: Graph, key: str, words: str, flows: tuple[Line, Line], worth: tuple[Line, Line], periods: Line
) -> tuple[Line, Line]:
    """Cash in over cash out, and the periods between their mean dates; `periods` are those of a unit of cash."""
    late, early = (
        graph.total(
            f"mean_{id}{key}",
            f"Mean period of cash {id}{words}",
            "period",
            over(sumproduct(periods, flow), total, 0),
        )
        for id, flow, total in zip(("in", "out"), flows, worth, strict=True)
    )
    gap = graph.total(
        f"mean_gap{key}", f"Periods between them{words}", "period", either(less(early, late), late - early, 1)
    )
    grown = graph.total(f"in_over_out{key}", f"Cash in over cash out{words}", "ratio", over(*worth, 1))
    return grown, gap


def _after(graph: Graph, v: Valuation, factor: Line) -> None:
    """Five more years of the customers who are there in addition at the end, at today's churn and margin."""
    rate = company_input(graph, "discount_rate")
    today, worth, five = v.today, {}, {}
    for s in v.shape.segments:
        margin = graph[f"segments[{s}].gross_margin"]
        serve = v.base("issues_per_customer", s) / v.base("first_contact_resolution") * today("unit_cost")
        yearly = graph.constant(f"serve_year[{s}]", f"Service of a customer a year: {s}", "money", serve)
        earned = 1 - v.base("credit_rate", s) - (1 - margin)
        worth[s] = graph.period(
            f"margin_year[{s}]",
            f"Margin of a customer a year: {s}",
            "money",
            today("arpc", s) * earned - yearly,
        )
        keep = graph.constant(
            f"keep[{s}]",
            f"Stays another year, discounted: {s}",
            "share",
            (1 - v.base("churn_rate", s)) / (1 + rate),
        )
        years = keep * (1 + keep * (1 + keep * (1 + keep * (1 + keep))))
        five[s] = graph.constant(f"five_years[{s}]", f"Five more years of one customer: {s}", "ratio", years)
    rows = []
    for s in v.shape.segments:
        more = over_time("last", v.then("closing", s)) - over_time("last", today("closing", s))
        formula = over_time("last", factor) * more * over_time("last", worth[s]) * five[s]
        rows.append(graph.total(f"after[{s}]", f"Value after the horizon: {s}", "money", formula))
    graph.total("value_after_horizon", "Value after the horizon", "money", block(rows))


def _beside(graph: Graph, run: Run, v: Valuation, flow: Flows) -> None:
    """Freed hours and people, and the money of capacity and risk that the return does not count."""
    minutes, own = "minutes_per_assisted_contact", "self_service_share"
    assisted = 1 - v.base(own)
    before = v.today("contacts") * assisted * v.base(minutes) / 60
    after = v.then("contacts") * (1 - v.now(own)) * v.now(minutes) / 60
    graph.period("hours.without", "Agent hours, do nothing", "hours", before)
    still = graph.period("hours.with", "Agent hours, with the programme", "hours", after)

    def served_as_today(s: str) -> Expr:
        reasons = v.then("average", s) * v.base("issues_per_customer", s)
        return reasons / v.base("first_contact_resolution") / v.time.per_year

    same = v.rows(
        "contacts_as_today", "Contacts of the same customers, served as today", "count", served_as_today
    )
    calls = graph.sum(
        "contacts_as_today", "Contacts, served as today", "count", same.values(), zero_opening=True
    )
    needed = calls * assisted * v.base(minutes) / 60
    graph.period("hours_freed", "Agent hours freed for the same customers", "hours", needed - still)
    for class_, words in (("capacity", "Freed capacity not counted"), ("risk", "Risk reduction not counted")):
        names = [lever.line for lever in library.levers().values() if lever.class_ == class_]
        rows = [
            graph.period(
                f"beside.{name}",
                f"Not counted: {library.words().lines[name]}",
                "money",
                minimum(0, graph[name]) + maximum(0, graph[name]) * run.benefit_factor - flow.counted[name],
                0,
            )
            for name in names
        ]
        total = graph.sum(f"{class_}_not_counted", words, "money", rows)
        graph.total(
            f"pv_{class_}_not_counted", f"{words}, present value", "money", sumproduct(total, flow.factor)
        )
