"""Customers: the segments the model computes, what is broken for them, and what scores say."""

from typing import Literal

from pydantic import Field

from casebuilder.case.catalogue import quantity
from casebuilder.case.records.base import Day, Id, Name, Record, Text
from casebuilder.case.reserved import ALL

JourneyStage = Literal["aware", "evaluate", "buy", "onboard", "use", "support", "renew", "leave"]


class Segment(Record):
    """One group of customers who behave alike; rates are per year, money in the case's currency."""

    name: Name
    customers: float = quantity("customers")
    revenue_per_customer: float = quantity("revenue_per_customer")
    gross_margin: float = quantity("gross_margin")
    churn_rate: float = quantity("churn_rate")
    growth_per_customer: float = quantity("growth_per_customer")
    discount: float = quantity("discount")
    leads: float = quantity("leads")
    lead_to_opportunity: float = quantity("lead_to_opportunity")
    win_rate: float = quantity("win_rate")
    acquisition_cost: float = quantity("acquisition_cost")
    referral_rate: float = quantity("referral_rate")
    issues_per_customer: float = quantity("issues_per_customer")
    onboarding_days: float = quantity("onboarding_days")
    credit_rate: float = quantity("credit_rate")


class Problem(Record):
    """Something broken for customers, with its evidence; a quote is private unless it may be shown."""

    id: Id
    journey_stage: JourneyStage | None = None
    segment: Name = ALL
    what: Text
    customers_affected: float | None = Field(default=None, ge=0, description="Customers affected (count)")
    evidence: Text = ""
    source: Text = ""
    quote: Text = ""
    quote_may_be_shown: bool = False


class ExperienceScore(Record):
    """A score such as NPS in its own scale: context, and worth no money by itself."""

    name: Name
    segment: Name = ALL
    value: float
    as_of: Day | None = None
    source: Text = ""
