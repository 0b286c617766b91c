"""The frozen case as an expert would write it by hand in numpy: the yardstick of our speed, not part of the product.

`frozen_case.yaml` is written out here in the order of docs/model.md: its structure is in the code, its numbers are the
constants below. What no draw can change (doing nothing, delivery, costs, discount factors) is computed once, at import.

Input: `sizes`, one float64 array of length R for each of the 28 effects in `EFFECTS`; its keys are (initiative id,
lever, segment as the case writes it), and row r of every array is run r. They stand in place of the `base` sizes of
the case under its scenario `base` (no haircut, no delay, cost factor 1); everything else is fixed. `base_sizes()`
gives the case's own, one run. Sizes stay within -1..1 and are not checked.

Arrays inside are whole rows, (20 quarters, runs of a chunk). Runs are cut into chunks that stay in the processor's
cache; no loop goes over runs. Lines are computed one by one as the model defines them, for both uses of `run`: the
headline counts each line by itself, so none is skipped by way of an identity. Money in USD, positive is better.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import yaml
from numpy.typing import NDArray

Row = NDArray[np.float64]
Effect = tuple[str, str, str]

CASE = Path(__file__).with_name("frozen_case.yaml")
CHUNK = (
    384  # runs at a time, 60 KB a row: of 64 to 10,000 the fastest, 512 and 768 within a few per cent of it
)

T, P = 20, 4
DISCOUNT_RATE = 0.10

# ---- the case's numbers ---------------------------------------------------------------------------------------

CUSTOMERS = {"Enterprise": 400.0, "Small business": 6000.0}
REVENUE_PER_CUSTOMER = {"Enterprise": 120000.0, "Small business": 6000.0}
GROSS_MARGIN = {"Enterprise": 0.70, "Small business": 0.62}
CHURN = {"Enterprise": 0.10, "Small business": 0.18}
GROWTH = {"Enterprise": 0.03, "Small business": 0.01}
DISCOUNT = {"Enterprise": 0.12, "Small business": 0.08}
LEADS = {"Enterprise": 3000.0, "Small business": 24000.0}
TO_OPPORTUNITY = {"Enterprise": 0.10, "Small business": 0.15}
WIN_RATE = {"Enterprise": 0.20, "Small business": 0.28}
ACQUISITION_COST = {"Enterprise": 9000.0, "Small business": 700.0}
REFERRAL = {"Enterprise": 0.02, "Small business": 0.03}
ISSUES = {"Enterprise": 20.0, "Small business": 4.0}
ONBOARDING = {"Enterprise": 45.0, "Small business": 14.0}
CREDIT = {"Enterprise": 0.01, "Small business": 0.02}

CYCLE, BOUND, REFERRAL_COST, VARIABLE = 90.0, 0.4, 0.3, 0.5
FCR, SELF, ASSISTED, OWN, MINUTES, OUTSOURCED = 0.70, 0.30, 40.0, 2.0, 12.0, 0.25
HEADCOUNT, ATTRITION, REPLACEMENT = 120.0, 0.35, 14000.0
INCIDENTS, COST_PER_INCIDENT = 6.0, 80000.0
DAYS = 52.0
UNIT_COST = (1 - SELF) * ASSISTED + SELF * OWN
NOTHING = np.zeros((T, 1))

#: id: month the effect begins (the foundation is ready in month 3), ramp, adoption, start, one-time, yearly cost
INITIATIVES = {
    "voice_of_customer": (3, 0, 1.0, 0, 120000, 90000 + 1 * 120000),
    "closed_loop": (3, 9, 0.8, 0, 150000, 220000 + 1.5 * 120000),
    "onboarding_education": (7, 12, 0.9, 3, 260000, 140000),
    "self_service": (7, 15, 1.0, 2, 300000, 180000),
    "agent_assist": (9, 6, 0.85, 6, 180000, 160000),
    "frontline_engagement": (0, 18, 0.7, 0, 60000, 110000 + 0.5 * 120000),
    "lost_sale_analysis": (3, 6, 1.0, 0, 40000, 60000),
    "demand_and_qualification": (5, 9, 0.9, 4, 90000, 130000),
    "invoice_clarity": (4, 6, 1.0, 1, 70000, 40000),
}
CAPACITY = ("contacts_avoided", "repeat_contacts", "self_service", "handling_time")


def effects_of_the_case() -> dict[Effect, float]:
    """The 28 effects of the case with their `base` sizes, in the order of the file."""
    case = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    return {
        (initiative["id"], effect["lever"], effect["segment"]): effect["base"]
        for initiative in case["initiatives"]
        for effect in initiative.get("effects", [])
    }


EFFECTS: tuple[Effect, ...] = tuple(effects_of_the_case())


def base_sizes() -> dict[Effect, Row]:
    """The case's own sizes as one run."""
    return {effect: np.array([size]) for effect, size in effects_of_the_case().items()}


# ---- what no draw can change ----------------------------------------------------------------------------------


def _delivery(begin: float, ramp: float, adoption: float) -> Row:
    """Adoption times the average of the ramp in each quarter, (T, 1)."""
    month = 3.0 * np.arange(T + 1)
    rising = np.clip(month - begin, 0, ramp)
    area = (rising**2 / (2 * ramp) if ramp else 0 * month) + np.maximum(month - begin - ramp, 0)
    delivered: Row = adoption * np.diff(area) / 3
    return delivered[:, None]


def _costs() -> Row:
    """One-time and running costs at t = 0..T."""
    costs = np.zeros(T + 1)
    for _, _, _, start, one_time, yearly in INITIATIVES.values():
        costs[start // 3] += one_time
        costs[1:] += yearly / P * np.clip((3 * np.arange(1, T + 1) - start) / 3, 0, 1)
    return costs


DELIVERY = {name: _delivery(*terms[:3]) for name, terms in INITIATIVES.items()}
COSTS = _costs()
FACTORS = (1 + DISCOUNT_RATE) ** (-np.arange(T + 1) / P)


@dataclass(frozen=True)
class Today:
    """One segment while nothing is done; rows are (T, 1)."""

    stay: float
    half: float
    opening: Row
    new: Row
    closing: Row
    winning: Row
    arpc: Row
    revenue: Row
    contribution: Row


def _today(s: str) -> Today:
    """Walk one segment through the quarters."""
    stay = (1 - CHURN[s]) ** (1 / P)
    half = stay**0.5
    won = LEADS[s] * TO_OPPORTUNITY[s] * WIN_RATE[s] / P
    opening, referred = np.empty((T, 1)), np.empty((T, 1))
    customers = CUSTOMERS[s]
    for t in range(T):
        opening[t] = customers
        referred[t] = customers * REFERRAL[s] / P
        customers = customers * stay + (won + referred[t, 0]) * half
    new = won + referred
    closing = opening * stay + new * half
    average = (opening + closing) / 2
    arpc = REVENUE_PER_CUSTOMER[s] * (1 + GROWTH[s]) ** ((np.arange(T)[:, None] + 0.5) / P)
    revenue = average * arpc / P - new * arpc * ONBOARDING[s] / 365
    winning = won + REFERRAL_COST * referred
    serving = average * ISSUES[s] / FCR / P * UNIT_COST
    contribution = revenue * (GROSS_MARGIN[s] - CREDIT[s]) - serving - ACQUISITION_COST[s] * winning
    return Today(stay, half, opening, new, closing, winning, arpc, revenue, contribution)


TODAY = {s: _today(s) for s in CUSTOMERS}
REVENUE_TODAY = sum((today.revenue for today in TODAY.values()), NOTHING)
CONTRIBUTION_TODAY = (
    sum((today.contribution for today in TODAY.values()), NOTHING)
    - HEADCOUNT * ATTRITION * REPLACEMENT / P
    - INCIDENTS * COST_PER_INCIDENT / P
)


# ---- one chunk of runs ----------------------------------------------------------------------------------------

Moved = Callable[..., Row]


@dataclass(frozen=True)
class Shared:
    """Rows that both segments read: company levers, and effects that reach `all` segments."""

    faster: Row
    fcr: Row
    own: Row
    assisted: Row
    minutes_share: Row
    repeats_cost: Row
    churn: Row
    issues: Row
    leads: Row
    win: Row
    referral: Row
    onboarding: Row
    credit: Row
    cost: Row
    growth: Row


@dataclass(frozen=True)
class Levers:
    """The levers of one segment as moved."""

    churn: Row
    leads: Row
    opportunity: Row
    win: Row
    referral: Row
    growth: Row
    discount: Row
    onboarding: Row
    credit: Row
    issues: Row
    cost: Row


@dataclass(frozen=True)
class Part:
    """One segment: its lines, revenue, closing customers and contribution before people and incidents."""

    lines: dict[str, Row]
    revenue: Row
    closing: Row
    contribution: Row


@dataclass(frozen=True)
class Chunk:
    """What one chunk of runs gives: rows by quarter (T, runs), `net` from the decision on (T + 1, runs)."""

    lines: dict[str, Row]
    net: Row
    npv: Row
    payback_months: Row
    revenue: Row
    contribution: Row
    closing: dict[str, Row]


def _compound(start: float, factor: Row, added: Row) -> tuple[Row, Row]:
    """Opening and closing of x(t) = x(t-1) * factor(t) + added(t)."""
    x = np.empty((T + 1, added.shape[1]))
    x[0] = start
    for t in range(T):
        np.multiply(x[t], factor[t], out=x[t + 1])
        x[t + 1] += added[t]
    return x[:-1], x[1:]


def _shared(moved: Moved) -> Shared:
    """Company levers under their limits, and the factors of effects on all segments."""
    cycle = CYCLE * (1 - moved("demand_and_qualification", "sales_cycle_days"))
    fcr = FCR + moved("agent_assist", "first_contact_resolution")
    fcr = np.maximum(0.05, np.minimum(0.90, fcr))
    own = SELF + moved("self_service", "self_service_share")
    own = np.maximum(0.0, np.minimum(SELF + 0.30, own))
    minutes = MINUTES * (1 - moved("agent_assist", "minutes_per_assisted_contact"))
    minutes *= 1 - moved("frontline_engagement", "minutes_per_assisted_contact")
    issues = 1 - moved("onboarding_education", "issues_per_customer")
    issues *= 1 - moved("invoice_clarity", "issues_per_customer")
    return Shared(
        faster=CYCLE / np.maximum(0.7 * CYCLE, cycle),
        fcr=fcr,
        own=own,
        assisted=(1 - own) * ASSISTED,
        minutes_share=np.maximum(0.6 * MINUTES, minutes) * (1 / MINUTES),
        repeats_cost=(1 / FCR - 1 / fcr) * UNIT_COST,
        churn=(1 - moved("closed_loop", "churn_rate")) * (1 - moved("self_service", "churn_rate")),
        issues=issues,
        leads=1 + moved("demand_and_qualification", "leads"),
        win=1 + moved("lost_sale_analysis", "win_rate"),
        referral=1 + moved("closed_loop", "referral_rate"),
        onboarding=1 - moved("onboarding_education", "onboarding_days"),
        credit=1 - moved("closed_loop", "credit_rate"),
        cost=1 - moved("demand_and_qualification", "acquisition_cost"),
        growth=moved("invoice_clarity", "growth_per_customer"),
    )


def _levers(s: str, moved: Moved, shared: Shared) -> Levers:
    """One segment's levers under their limits."""
    churn = CHURN[s] * shared.churn
    win = WIN_RATE[s] * shared.win
    growth = GROWTH[s] + shared.growth
    issues = ISSUES[s] * shared.issues
    if s == "Enterprise":
        win *= 1 + moved("demand_and_qualification", "win_rate", s)
        growth += moved("onboarding_education", "growth_per_customer", s)
        issues *= 1 - moved("self_service", "issues_per_customer", s)
    else:
        churn *= 1 - moved("onboarding_education", "churn_rate", s)
    opportunity = TO_OPPORTUNITY[s] * (1 + moved("demand_and_qualification", "lead_to_opportunity", s))
    discount = DISCOUNT[s] * (1 - moved("lost_sale_analysis", "discount", s))
    return Levers(
        churn=np.minimum(1.0, np.maximum(max(0.02, 0.5 * CHURN[s]), churn)),
        leads=np.maximum(0.0, np.minimum(1.5 * LEADS[s], LEADS[s] * shared.leads)),
        opportunity=np.maximum(0.0, np.minimum(min(0.90, 1.5 * TO_OPPORTUNITY[s]), opportunity)),
        win=np.maximum(0.0, np.minimum(min(0.80, 1.5 * WIN_RATE[s]), win)),
        referral=np.maximum(0.0, np.minimum(2 * REFERRAL[s], REFERRAL[s] * shared.referral)),
        growth=np.maximum(-0.95, np.minimum(GROWTH[s] + 0.03, growth)),
        discount=np.minimum(0.99, np.maximum(0.7 * DISCOUNT[s], discount)),
        onboarding=np.maximum(0.3 * ONBOARDING[s], ONBOARDING[s] * shared.onboarding),
        credit=np.minimum(1.0, np.maximum(0.3 * CREDIT[s], CREDIT[s] * shared.credit)),
        issues=np.maximum(0.5 * ISSUES[s], issues),
        cost=np.maximum(0.5 * ACQUISITION_COST[s], ACQUISITION_COST[s] * shared.cost),
    )


def _segment(s: str, to: Levers, shared: Shared, contribution_too: bool) -> Part:
    """One segment with its levers moved, and its fifteen lines."""
    today = TODAY[s]
    half = (1 - to.churn) ** (1 / (2 * P))
    stay = half * half
    opportunities = (1 - BOUND) * to.leads * to.opportunity
    opportunities += (BOUND * LEADS[s] * TO_OPPORTUNITY[s]) * shared.faster
    won = opportunities * to.win * (1 / P)
    refer = to.referral * (1 / P)
    opening, closing = _compound(CUSTOMERS[s], stay + refer * half, won * half)
    referred = opening * refer
    new = won + referred
    average = (opening + closing) * (0.5 / P)  # in customer-years
    step = (1 + to.growth) ** (1 / (2 * P))
    arpc = REVENUE_PER_CUSTOMER[s] * np.multiply.accumulate(step * step) / step
    price = (1 - to.discount) * (1 / (1 - DISCOUNT[s]))
    volume = (average - new * to.onboarding * (1 / 365)) * arpc
    revenue = volume * price
    issued = average * to.issues
    contacts = issued / shared.fcr
    wins = VARIABLE * (won + REFERRAL_COST * referred) + (1 - VARIABLE) * today.winning

    # extra customers, one stock per lever: what one is worth in a quarter (halved: an average is half a sum of two),
    # what he does not bring before his first revenue, what winning him costs
    kappa = GROSS_MARGIN[s] - CREDIT[s]
    half_value = (today.arpc * kappa - ISSUES[s] / FCR * UNIT_COST) * (0.5 / P)
    late = today.arpc * (ONBOARDING[s] / 365 * kappa)
    cost_of_win = ACQUISITION_COST[s] * VARIABLE
    again = REFERRAL[s] / P
    again_cost = again * (late + REFERRAL_COST * cost_of_win)
    keep = stay + again * half
    n = {
        "demand": (to.leads - LEADS[s]) * ((1 - BOUND) * TO_OPPORTUNITY[s] * WIN_RATE[s] / P),
        "conversion": to.leads * (to.opportunity - TO_OPPORTUNITY[s]) * ((1 - BOUND) * WIN_RATE[s] / P),
        "sales_cycle": (shared.faster - 1) * (BOUND * LEADS[s] * TO_OPPORTUNITY[s] * WIN_RATE[s] / P),
        "win_rate": opportunities * (to.win - WIN_RATE[s]) * (1 / P),
        "referral": opening * (refer - again),
    }
    saved = today.opening * (stay - today.stay) + today.new * (half - today.half)
    before, after = _compound(0.0, keep, saved)
    lines = {"retention": (before + after) * half_value - before * again_cost}
    for stock, came in n.items():
        share = REFERRAL_COST if stock == "referral" else 1.0
        before, after = _compound(0.0, keep, came * half)
        lines[stock] = (before + after) * half_value - before * again_cost
        lines[stock] -= came * (late + share * cost_of_win)

    # the other lines
    lines["expansion"] = (average - new * (ONBOARDING[s] / 365)) * (arpc - today.arpc) * kappa
    lines["price"] = volume * (price - 1) * (1 - CREDIT[s])
    lines["onboarding"] = new * arpc * (ONBOARDING[s] - to.onboarding) * (kappa / 365)
    lines["credits"] = revenue * (CREDIT[s] - to.credit)
    lines["contacts_avoided"] = average * (ISSUES[s] - to.issues) * (UNIT_COST / FCR)
    lines["repeat_contacts"] = issued * shared.repeats_cost
    lines["self_service"] = contacts * (shared.own - SELF) * (ASSISTED - OWN)
    lines["handling_time"] = contacts * shared.assisted * (1 - shared.minutes_share)
    lines["acquisition_cost"] = wins * (ACQUISITION_COST[s] - to.cost)

    contribution = NOTHING
    if contribution_too:
        unit_cost = shared.assisted * shared.minutes_share + shared.own * OWN
        contribution = revenue * (1 - to.credit) - volume * (1 - GROSS_MARGIN[s])
        contribution -= contacts * unit_cost + to.cost * wins
    return Part(lines, revenue, closing, contribution)


def _chunk(sizes: Mapping[Effect, Row], contribution_too: bool) -> Chunk:
    """Every row of the model for the runs of one chunk; contribution only where asked for."""

    def moved(initiative: str, lever: str, segment: str = "all") -> Row:
        return DELIVERY[initiative] * sizes[initiative, lever, segment]

    shared = _shared(moved)
    parts = {s: _segment(s, _levers(s, moved, shared), shared, contribution_too) for s in TODAY}
    enterprise, small = parts.values()
    lines = enterprise.lines
    for name, row in small.lines.items():
        lines[name] += row
    revenue = enterprise.revenue + small.revenue

    # the company's levers and lines
    attrition = ATTRITION * (1 - moved("agent_assist", "attrition_rate"))
    attrition *= 1 - moved("frontline_engagement", "attrition_rate")
    attrition = np.maximum(0.5 * ATTRITION, attrition)
    incidents = INCIDENTS * (1 - moved("invoice_clarity", "incidents_per_year"))
    incidents = np.maximum(0.3 * INCIDENTS, incidents)
    days = DAYS * (1 - moved("invoice_clarity", "days_sales_outstanding"))
    days = np.maximum(0.6 * DAYS, days)
    lines["attrition"] = (ATTRITION - attrition) * (HEADCOUNT * REPLACEMENT / P)
    lines["incidents"] = (INCIDENTS - incidents) * (COST_PER_INCIDENT / P)
    released = revenue * (DAYS - days) * (P / 365)
    tied = (revenue - REVENUE_TODAY) * (P * DAYS / 365)
    lines["cash_collection"] = np.diff(released, axis=0, prepend=0.0)
    lines["working_capital"] = -np.diff(tied, axis=0, prepend=0.0)
    lines["working_capital"][-1] += tied[-1]
    contribution = NOTHING
    if contribution_too:
        contribution = enterprise.contribution + small.contribution
        contribution -= attrition * (HEADCOUNT * REPLACEMENT / P) + incidents * (COST_PER_INCIDENT / P)

    # cash flow and return
    net = np.empty((T + 1, revenue.shape[1]))
    net[0] = -COSTS[0]
    net[1:] = -COSTS[1:, None]
    for name, row in lines.items():
        if name in CAPACITY:
            net[1:] += np.minimum(row, 0.0) + OUTSOURCED * np.maximum(row, 0.0)
        elif name == "incidents":
            net[1:] += np.minimum(row, 0.0)
        else:
            net[1:] += row
    closing = {s: part.closing for s, part in parts.items()}
    return Chunk(lines, net, FACTORS @ net, _payback(net), revenue, contribution, closing)


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


def run(sizes: Mapping[Effect, Row], kept: Literal["npv", "lines"], chunk: int = CHUNK) -> Outcome:
    """Evaluate every run; `kept` says whether npv and payback alone are wanted or all lines by period as well."""
    runs = len(sizes[EFFECTS[0]])
    if kept == "lines":
        parts = [_chunk(_cut(sizes, at, chunk), True) for at in range(0, runs, chunk)]
        return _joined(parts)
    npv, payback = np.empty(runs), np.empty(runs)
    for at in range(0, runs, chunk):
        part = _chunk(_cut(sizes, at, chunk), False)
        npv[at : at + chunk] = part.npv
        payback[at : at + chunk] = part.payback_months
    return Outcome(npv, payback)


def _cut(sizes: Mapping[Effect, Row], at: int, chunk: int) -> dict[Effect, Row]:
    """The sizes of one chunk of runs."""
    return {effect: size[at : at + chunk] for effect, size in sizes.items()}


def _joined(parts: list[Chunk]) -> Outcome:
    """Chunks side by side, lines with the decision date (0) in front."""

    def side_by_side(rows: list[Row]) -> Row:
        return rows[0] if len(rows) == 1 else np.concatenate(rows, axis=-1)

    def with_opening(row: Row) -> Row:
        return np.concatenate([np.zeros((1, row.shape[1])), row])

    return Outcome(
        npv=side_by_side([part.npv for part in parts]),
        payback_months=side_by_side([part.payback_months for part in parts]),
        lines={
            name: with_opening(side_by_side([part.lines[name] for part in parts])) for name in parts[0].lines
        },
        net=side_by_side([part.net for part in parts]),
        costs=COSTS,
        revenue=side_by_side([part.revenue for part in parts]),
        revenue_today=REVENUE_TODAY,
        contribution=side_by_side([part.contribution for part in parts]),
        contribution_today=CONTRIBUTION_TODAY,
        closing={s: side_by_side([part.closing[s] for part in parts]) for s in parts[0].closing},
    )
