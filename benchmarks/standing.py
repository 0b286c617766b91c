"""What no effect can change, worked out once: doing nothing, limits of the levers, delivery, costs, discount factors.

Rows are (20 quarters, 1), or (20, runs) where a number that they need differs between runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.numbers import SCHEDULE, Company, Initiative, Numbers, Row, Segment, Timing, numbers

#: Quarters, and quarters a year.
T, P = 20, 4
#: Months at the end of t = 0..T.
MONTHS = 3.0 * np.arange(T + 1)


@dataclass(frozen=True)
class Levels:
    """The levers of one segment: their limits, or where they stand in each quarter."""

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
class Today:
    """One segment while nothing is done, and what one customer more is worth then.

    `half_value` is what a customer brings in a quarter (halved: an average is half a sum of two), `late` what he does
    not bring before his first revenue, `cost_of_win` what winning him costs; `again` are referrals by one customer,
    `again_cost` what they cost; `kappa` is margin after credits.
    """

    its: Segment
    best: Levels
    stay: Row
    half: Row
    opening: Row
    new: Row
    closing: Row
    winning: Row
    arpc: Row
    revenue: Row
    kappa: Row
    half_value: Row
    late: Row
    cost_of_win: Row
    again: Row
    again_cost: Row


@dataclass(frozen=True)
class Standing:
    """All that stands: company inputs and limits, both segments today, delivery, costs and factors at t = 0..T."""

    company: Company
    today: dict[str, Today]
    unit_cost: Row
    fcr_limit: Row
    self_limit: Row
    cycle_limit: Row
    minutes_limit: Row
    attrition_limit: Row
    incidents_limit: Row
    days_limit: Row
    revenue: Row
    delivery: dict[str, Row]
    cost: dict[str, Row]
    costs: Row
    factors: Row


def standing(changed: Mapping[str, Row]) -> Standing:
    """All that stands while some inputs are changed: by path, one value per run each."""
    given = numbers(changed)
    c = given.company
    unit_cost = (
        1 - c.self_service_share
    ) * c.cost_per_assisted_contact + c.self_service_share * c.cost_per_self_service_contact
    today = {s: _today(its, c, unit_cost) for s, its in given.segments.items()}
    cost = {id: _cost(given.initiatives[id], c, timing) for id, timing in SCHEDULE.items()}
    return Standing(
        company=c,
        today=today,
        unit_cost=unit_cost,
        fcr_limit=np.maximum(0.90, c.first_contact_resolution),
        self_limit=np.maximum(c.self_service_share, np.minimum(0.90, c.self_service_share + 0.30)),
        cycle_limit=0.7 * c.sales_cycle_days,
        minutes_limit=0.6 * c.minutes_per_assisted_contact,
        attrition_limit=np.minimum(c.attrition_rate, np.maximum(0.05, 0.5 * c.attrition_rate)),
        incidents_limit=0.3 * c.incidents_per_year,
        days_limit=np.minimum(c.days_sales_outstanding, np.maximum(15.0, 0.6 * c.days_sales_outstanding)),
        revenue=sum(part.revenue for part in today.values()),  # type: ignore[arg-type]
        delivery={id: _delivery(given, id, timing) for id, timing in SCHEDULE.items()},
        cost=cost,
        costs=sum(cost.values()),  # type: ignore[arg-type]
        factors=_powers((1 + c.discount_rate) ** (-1 / P)),
    )


def _powers(x: Row) -> Row:
    """x to the power 0, 1, ... T."""
    found = np.ones((T + 1, np.size(x)))
    found[1:] = x
    return np.multiply.accumulate(found)


def _delivery(given: Numbers, id: str, timing: Timing) -> Row:
    """Adoption times the average of the ramp in each quarter."""
    rising = np.clip(MONTHS - timing.begin, 0, timing.ramp)
    area = rising**2 / (2 * timing.ramp) if timing.ramp else 0 * MONTHS
    area = area + np.maximum(MONTHS - timing.begin - timing.ramp, 0)
    delivered: Row = given.initiatives[id].adoption * (np.diff(area) / 3)[:, None]
    return delivered


def _cost(its: Initiative, c: Company, timing: Timing) -> Row:
    """One-time and running costs of one initiative at t = 0..T."""
    share = np.clip((MONTHS[1:] - timing.start) / 3, 0, 1)[:, None]
    running = share * ((its.annual_cost + its.internal_fte * c.loaded_cost_per_fte) / P)
    costs = np.zeros((T + 1, max(running.shape[1], np.size(its.one_time_cost))))
    costs[1:] = running
    costs[timing.start // 3] += its.one_time_cost
    return costs


def _today(its: Segment, c: Company, unit_cost: Row) -> Today:
    """Walk one segment through the quarters."""
    half = (1 - its.churn_rate) ** (1 / (2 * P))
    stay = half * half
    won = its.leads * its.lead_to_opportunity * its.win_rate / P
    again = its.referral_rate / P
    keep, joined = stay + again * half, won * half
    x = np.empty((T + 1, np.size(its.customers + keep + joined)))
    x[0] = its.customers
    for t in range(T):
        x[t + 1] = x[t] * keep + joined
    opening, closing = x[:-1], x[1:]
    referred = opening * again
    new = won + referred
    step = np.broadcast_to(
        (1 + its.growth_per_customer) ** (1 / (2 * P)), (T, np.size(its.growth_per_customer))
    )
    arpc = np.multiply.accumulate(step * step) / step * its.revenue_per_customer
    kappa = its.gross_margin - its.credit_rate
    cost_of_win = its.acquisition_cost * c.variable_acquisition_share
    late = arpc * (its.onboarding_days / 365 * kappa)
    serve = its.issues_per_customer / c.first_contact_resolution * unit_cost
    return Today(
        its=its,
        best=_best(its),
        stay=stay,
        half=half,
        opening=opening,
        new=new,
        closing=closing,
        winning=won + c.referral_cost_share * referred,
        arpc=arpc,
        revenue=((opening + closing) * (0.5 / P) - new * (its.onboarding_days / 365)) * arpc,
        kappa=kappa,
        half_value=(arpc * kappa - serve) * (0.5 / P),
        late=late,
        cost_of_win=cost_of_win,
        again=again,
        again_cost=again * (late + c.referral_cost_share * cost_of_win),
    )


def _best(its: Segment) -> Levels:
    """The best achievable level of each lever; no better than today where today is past it."""
    return Levels(
        churn=np.minimum(its.churn_rate, np.maximum(0.02, 0.5 * its.churn_rate)),
        leads=1.5 * its.leads,
        opportunity=np.maximum(its.lead_to_opportunity, np.minimum(0.90, 1.5 * its.lead_to_opportunity)),
        win=np.maximum(its.win_rate, np.minimum(0.80, 1.5 * its.win_rate)),
        referral=2 * its.referral_rate,
        growth=its.growth_per_customer + 0.03,
        discount=0.7 * its.discount,
        onboarding=0.3 * its.onboarding_days,
        credit=0.3 * its.credit_rate,
        issues=0.5 * its.issues_per_customer,
        cost=0.5 * its.acquisition_cost,
    )


def contribution_today(stands: Standing) -> Row:
    """What is earned in each quarter while nothing is done."""
    c = stands.company
    leaving = c.frontline_headcount * c.attrition_rate * c.replacement_cost / P
    total: Row = np.zeros((T, 1)) - leaving - c.incidents_per_year * c.cost_per_incident / P
    for today in stands.today.values():
        its = today.its
        average = (today.opening + today.closing) * (0.5 / P)
        serving = average * its.issues_per_customer / c.first_contact_resolution * stands.unit_cost
        total = total + today.revenue * today.kappa - serving - its.acquisition_cost * today.winning
    return total


#: The case as it is.
FROZEN = standing({})
