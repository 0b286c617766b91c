"""The company, the decision asked for, what last year's books and the plan say, and who stands behind a number."""

from typing import Annotated, Literal

from pydantic import Field

from casebuilder.case.catalogue import quantity
from casebuilder.case.records.base import Currency, Day, Id, Many, Name, Record, Text, Whole


class Company(Record):
    """The company, how time is cut and how finance counts; amounts of the whole case are in `currency`."""

    name: Name
    industry: Text = ""
    currency: Currency = Field(description="ISO 4217 code of the currency of every amount")
    decision_date: Day = Field(description="The day the money is released; period 0")
    years: int = quantity("years")
    periods_per_year: Annotated[Literal[1, 4, 12], Whole] = Field(
        default=4, description="1 (years), 4 (quarters) or 12 (months)"
    )
    discount_rate: float = quantity("discount_rate")
    discounting: Literal["end", "mid"] = quantity("discounting")
    tax_rate: float = quantity("tax_rate")
    loaded_cost_per_fte: float = quantity("loaded_cost_per_fte")
    release_working_capital: bool = quantity("release_working_capital")
    headline: Id | None = Field(
        default=None, description="The scenario that counts; risk_adjusted where there is one, else the first"
    )
    fiscal_year_starts: int = quantity("fiscal_year_starts")


class Stage(Record):
    """The first release of money: an option of the case, and the day until which it runs."""

    option: Id
    until: Day


class Decision(Record):
    """What is asked of whom, where and by when; amounts are computed, never typed here."""

    ask: Text = ""
    decider: Name | None = Field(default=None, description="A persona of the catalogue, or a name in words")
    forum: Text = ""
    by: Day | None = None
    stage_1: Stage | None = None


class Actuals(Record):
    """Last year's known totals for the whole company; None is not known. The baseline must reproduce them."""

    revenue: float | None = Field(default=None, ge=0, description="Revenue of the year (money per year)")
    new_customers: float | None = Field(
        default=None, ge=0, description="Customers won, referred ones included (count)"
    )
    contacts: float | None = Field(
        default=None, ge=0, description="Contacts from customers, self-service included (count)"
    )
    bookings: float | None = Field(
        default=None, ge=0, description="Yearly revenue signed with new customers (money)"
    )


class Plan(Record):
    """The company's own plan: revenue of year 1, 2 and so on, with which doing nothing is compared (money)."""

    revenue: Many[float] = Field(default=(), max_length=10)


class InputStatus(Record):
    """Who stands behind one number of the case; `low` and `high` are its range in its own unit."""

    status: Literal["default", "estimate", "confirmed"]
    source: Text = ""
    owner: Name | None = None
    as_of: Day | None = None
    low: float | None = None
    high: float | None = None
    note: Text = ""
