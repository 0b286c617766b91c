"""One segment of the frozen case with its levers moved: its levels and its fifteen lines, all quarters at once.

Rows are (20 quarters, runs of a chunk). What stands while runs differ comes from `standing.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.numbers import Row
from benchmarks.standing import Levels, P, Standing, T, Today

#: Size times delivery of an effect, by initiative, lever and segment ("all" where it is left out).
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
class Part:
    """One segment: its lines, revenue, closing customers and contribution before people and incidents."""

    lines: dict[str, Row]
    revenue: Row
    closing: Row
    contribution: Row


def shared(moved: Moved, stands: Standing) -> Shared:
    """Company levers under their limits, and the factors of effects on all segments."""
    c = stands.company
    cycle = c.sales_cycle_days * (1 - moved("demand_and_qualification", "sales_cycle_days"))
    fcr = c.first_contact_resolution + moved("agent_assist", "first_contact_resolution")
    fcr = np.maximum(0.05, np.minimum(stands.fcr_limit, fcr))
    own = c.self_service_share + moved("self_service", "self_service_share")
    own = np.maximum(0.0, np.minimum(stands.self_limit, own))
    minutes = c.minutes_per_assisted_contact * (1 - moved("agent_assist", "minutes_per_assisted_contact"))
    minutes *= 1 - moved("frontline_engagement", "minutes_per_assisted_contact")
    issues = 1 - moved("onboarding_education", "issues_per_customer")
    issues *= 1 - moved("invoice_clarity", "issues_per_customer")
    return Shared(
        faster=c.sales_cycle_days / np.maximum(stands.cycle_limit, cycle),
        fcr=fcr,
        own=own,
        assisted=(1 - own) * c.cost_per_assisted_contact,
        minutes_share=np.maximum(stands.minutes_limit, minutes) * (1 / c.minutes_per_assisted_contact),
        repeats_cost=(1 / c.first_contact_resolution - 1 / fcr) * stands.unit_cost,
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


def levels(s: str, moved: Moved, together: Shared, today: Today) -> Levels:
    """One segment's levers under their limits."""
    its, best = today.its, today.best
    churn = its.churn_rate * together.churn
    win = its.win_rate * together.win
    referral = its.referral_rate * together.referral
    growth = its.growth_per_customer + together.growth
    issues = its.issues_per_customer * together.issues
    if s == "Enterprise":
        churn *= 1 - moved("key_accounts", "churn_rate", s)
        win *= 1 + moved("demand_and_qualification", "win_rate", s)
        referral *= 1 + moved("key_accounts", "referral_rate", s)
        growth += moved("onboarding_education", "growth_per_customer", s)
        issues *= 1 - moved("self_service", "issues_per_customer", s)
    else:
        churn *= 1 - moved("onboarding_education", "churn_rate", s)
    opportunity = its.lead_to_opportunity * (1 + moved("demand_and_qualification", "lead_to_opportunity", s))
    discount = its.discount * (1 - moved("lost_sale_analysis", "discount", s))
    return Levels(
        churn=np.minimum(1.0, np.maximum(best.churn, churn)),
        leads=np.maximum(0.0, np.minimum(best.leads, its.leads * together.leads)),
        opportunity=np.maximum(0.0, np.minimum(best.opportunity, opportunity)),
        win=np.maximum(0.0, np.minimum(best.win, win)),
        referral=np.maximum(0.0, np.minimum(best.referral, referral)),
        growth=np.maximum(-0.95, np.minimum(best.growth, growth)),
        discount=np.minimum(0.99, np.maximum(best.discount, discount)),
        onboarding=np.maximum(best.onboarding, its.onboarding_days * together.onboarding),
        credit=np.minimum(1.0, np.maximum(best.credit, its.credit_rate * together.credit)),
        issues=np.maximum(best.issues, issues),
        cost=np.maximum(best.cost, its.acquisition_cost * together.cost),
    )


def _compound(start: Row | float, factor: Row, added: Row) -> tuple[Row, Row]:
    """Opening and closing of x(t) = x(t-1) * factor(t) + added(t)."""
    x = np.empty((T + 1, factor.shape[1]))
    x[0] = start
    for t in range(T):
        np.multiply(x[t], factor[t], out=x[t + 1])
        x[t + 1] += added[t]
    return x[:-1], x[1:]


def part(to: Levels, together: Shared, today: Today, stands: Standing, contribution_too: bool) -> Part:
    """One segment with its levers moved, and its fifteen lines."""
    its, c = today.its, stands.company
    half = (1 - to.churn) ** (1 / (2 * P))
    stay = half * half
    bound_leads = c.capacity_bound * its.leads * its.lead_to_opportunity
    opportunities = (1 - c.capacity_bound) * to.leads * to.opportunity
    opportunities += bound_leads * together.faster
    won = opportunities * to.win * (1 / P)
    refer = to.referral * (1 / P)
    opening, closing = _compound(its.customers, stay + refer * half, won * half)
    referred = opening * refer
    new = won + referred
    average = (opening + closing) * (0.5 / P)  # in customer-years
    step = (1 + to.growth) ** (1 / (2 * P))
    arpc = its.revenue_per_customer * np.multiply.accumulate(step * step) / step
    price = (1 - to.discount) * (1 / (1 - its.discount))
    volume = (average - new * to.onboarding * (1 / 365)) * arpc
    revenue = volume * price
    issued = average * to.issues
    contacts = issued / together.fcr
    wins = c.variable_acquisition_share * (won + c.referral_cost_share * referred)
    wins += (1 - c.variable_acquisition_share) * today.winning

    # extra customers, one stock per lever
    keep = stay + today.again * half
    unbound = (1 - c.capacity_bound) * its.win_rate * (1 / P)
    n = {
        "demand": (to.leads - its.leads) * (unbound * its.lead_to_opportunity),
        "conversion": to.leads * (to.opportunity - its.lead_to_opportunity) * unbound,
        "sales_cycle": (together.faster - 1) * (bound_leads * its.win_rate * (1 / P)),
        "win_rate": opportunities * (to.win - its.win_rate) * (1 / P),
        "referral": opening * (refer - today.again),
    }
    saved = today.opening * (stay - today.stay) + today.new * (half - today.half)
    before, after = _compound(0.0, keep, saved)
    lines = {"retention": (before + after) * today.half_value - before * today.again_cost}
    for stock, came in n.items():
        share = c.referral_cost_share if stock == "referral" else 1.0
        before, after = _compound(0.0, keep, came * half)
        lines[stock] = (before + after) * today.half_value - before * today.again_cost
        lines[stock] -= came * (today.late + share * today.cost_of_win)

    # the other lines
    kappa, dear = today.kappa, c.cost_per_assisted_contact - c.cost_per_self_service_contact
    serve = stands.unit_cost / c.first_contact_resolution
    lines["expansion"] = (average - new * (its.onboarding_days / 365)) * (arpc - today.arpc) * kappa
    lines["price"] = volume * (price - 1) * (1 - its.credit_rate)
    lines["onboarding"] = new * arpc * (its.onboarding_days - to.onboarding) * (kappa / 365)
    lines["credits"] = revenue * (its.credit_rate - to.credit)
    lines["contacts_avoided"] = average * (its.issues_per_customer - to.issues) * serve
    lines["repeat_contacts"] = issued * together.repeats_cost
    lines["self_service"] = contacts * (together.own - c.self_service_share) * dear
    lines["handling_time"] = contacts * together.assisted * (1 - together.minutes_share)
    lines["acquisition_cost"] = wins * (its.acquisition_cost - to.cost)

    contribution = average
    if contribution_too:
        unit_cost = together.assisted * together.minutes_share
        unit_cost += together.own * c.cost_per_self_service_contact
        contribution = revenue * (1 - to.credit) - volume * (1 - its.gross_margin)
        contribution -= contacts * unit_cost + to.cost * wins
    return Part(lines, revenue, closing, contribution)
