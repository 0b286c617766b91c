"""Detectability: whether a change of a KPI can be told from chance in this population and in the time there is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Literal

from casebuilder.analysis.fit import Part
from casebuilder.case import Case
from casebuilder.model.results import Outcome

#: A change counts as seen at this confidence (two-sided), and is to be seen with this power where it is there.
CONFIDENCE, POWER = 0.95, 0.80
#: Standard errors between nothing and a change that is seen with that power.
ERRORS = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) + NormalDist().inv_cdf(POWER)

Kind = Literal["share", "count"]
Population = Literal["customers", "opportunities", "leads", "contacts", "positions", "wins", "years"]

#: What a KPI is observed on: a share of a population, or a count for each of it. Where a KPI moves with a number of
#: deals or openings, theirs is the least chance there is in it: money scatters more than numbers of things do.
OBSERVED: Mapping[str, tuple[Kind, Population]] = {
    "churn_rate": ("share", "customers"),
    "gross_retention": ("share", "customers"),
    "win_rate": ("share", "opportunities"),
    "lead_to_opportunity": ("share", "leads"),
    "first_contact_resolution": ("share", "contacts"),
    "self_service_share": ("share", "contacts"),
    "issues_per_customer": ("count", "customers"),
    "contacts_per_customer": ("count", "customers"),
    "attrition_rate": ("count", "positions"),
    "leavers": ("count", "years"),
    "incidents": ("count", "years"),
    "contacts": ("count", "years"),
    "opportunities": ("count", "years"),
    "new_customers": ("count", "years"),
    "referred_customers": ("count", "years"),
    "bookings": ("count", "wins"),
    "quota_attainment": ("count", "wins"),
}


@dataclass(frozen=True)
class Detection:
    """What can be told apart: `there` of the population until the target is due, `needed` for this change to show.

    Both are counts of the population (years where things are counted as a whole), the same number being compared
    from before; `per_year` is how many there are in a year, `years` the time until the target is due.
    """

    population: Population
    before: float
    after: float
    per_year: float
    years: float
    needed: float

    @property
    def there(self) -> float:
        """How many there will be until the target is due."""
        return self.per_year * self.years

    @property
    def possible(self) -> bool:
        """Whether the change can be told from chance in time."""
        return self.there >= self.needed


def share_needed(before: float, after: float) -> float:
    """How many on each side tell two shares (0 to 1) apart: two proportions, each with its own variance."""
    return _needed(before * (1 - before) + after * (1 - after), after - before)


def count_needed(before: float, after: float) -> float:
    """How many units on each side tell two mean counts for each unit apart, where things happen independently."""
    return _needed(before + after, after - before)


def _needed(variance: float, change: float) -> float:
    return ERRORS**2 * variance / change**2 if change else math.inf


def detection(case: Case, outcome: Outcome, part: Part) -> Detection | None:
    """Whether a driver's change can be seen by the time it is due; None where its KPI is no share or count.

    Generous on purpose: the full change is taken to be there from the decision to the due date, and events to be
    independent. What cannot be seen like that cannot be seen at all.
    """
    if part.driver.kpi not in OBSERVED or part.without is None or part.with_ is None:
        return None
    kind, population = OBSERVED[part.driver.kpi]
    per_year = _population(case, outcome, population, part.year)
    if not per_year or (population == "wins" and not part.without):
        return None
    before, after = part.without, part.with_
    if population == "wins":
        before, after = 1.0, after / before
    needed = share_needed(before, after) if kind == "share" else count_needed(before, after)
    return Detection(population, before, after, per_year, _years(case, part), needed)


def _population(case: Case, outcome: Outcome, population: Population, year: int) -> float:
    """How many there are in the year the target is due, if nothing is done."""
    if population == "years":
        return 1.0
    if population == "positions":
        return case.people.frontline_headcount
    if population == "leads":
        return sum(segment.leads for segment in case.segments)
    if population == "wins":
        won, referred = (
            outcome.kpi(kpi, "without")[year - 1] for kpi in ("new_customers", "referred_customers")
        )
        return (won or 0.0) - (referred or 0.0)
    return outcome.kpi(population, "without")[year - 1] or 0.0


def _years(case: Case, part: Part) -> float:
    """Years from the decision to the due date, a month at least; the horizon at most, and where no date is set."""
    company = case.company
    return (
        company.years
        if part.driver.due is None
        else _between(company.decision_date, part.driver.due, company.years)
    )


def _between(start: date, end: date, most: int) -> float:
    return min(max((end - start).days / 365.25, 1 / 12), float(most))
