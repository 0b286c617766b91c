"""What people know about last year on the first day: a dozen totals, each of which may be "don't know"."""

import math
from collections.abc import Iterator

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebuilder.case.catalogue import total
from casebuilder.case.errors import Flaw
from casebuilder.case.records.base import Name, Record


class Totals(Record):
    """Last year's totals of the whole company and the programme asked for; None is "don't know".

    Money in the case's currency, flows per year, shares 0 to 1. What was lost is given once: as customers, as
    revenue or as the renewal rate. `support_in_margin` is true where the books took the cost of support off the
    gross margin already: it is then added back, for the model counts contacts on their own.
    """

    revenue: float = total("revenue", required=True)
    customers: float = total("customers", required=True)
    gross_margin: float = total("gross_margin", required=True)
    support_in_margin: bool = False
    customers_lost: float | None = total("customers_lost")
    revenue_lost: float | None = total("revenue_lost")
    renewal_rate: float | None = total("renewal_rate")
    growth_of_existing: float | None = total("growth_of_existing")
    new_customers: float | None = total("new_customers")
    win_rate: float | None = total("win_rate")
    bookings_target: float | None = total("bookings_target")
    bookings: float | None = total("bookings")
    contacts: float | None = total("contacts")
    support_cost: float | None = total("support_cost")
    support_people: float | None = total("support_people")
    leavers: float | None = total("leavers")
    spend_one_time: float | None = total("spend_one_time")
    spend_annual: float | None = total("spend_annual")
    hurdle_rate: float | None = total("hurdle_rate")
    years: int | None = total("years")

    @model_validator(mode="after")
    def _totals_agree(self) -> "Totals":
        flaws = tuple(Flaw((), found, allowed) for found, allowed in self._contradictions())
        if flaws:
            raise PydanticCustomError("rules", "totals that contradict each other", {"flaws": flaws})
        return self

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        lost = [self.customers_lost, self.revenue_lost, self.renewal_rate]
        if sum(known is not None for known in lost) > 1:
            yield "what was lost is given more than once", "customers_lost, revenue_lost or renewal_rate"
        if (self.customers_lost or 0) > self.customers or (self.revenue_lost or 0) > self.revenue:
            yield "more was lost than there is", "at most all customers, or all revenue"
        if self.margin_before_support > 1:
            yield (
                "the gross margin with support added back is above 1",
                "a margin and support cost that fit revenue",
            )
        if self.contacts == 0 and self.support_cost:
            yield "support costs money, and there are no contacts", "contacts above 0, or unknown"
        if self.support_people == 0 and self.leavers:
            yield "people left, and there are none", "support_people above 0, or unknown"
        yield from self._contradictions_of_new_business()

    def _contradictions_of_new_business(self) -> Iterator[tuple[str, str]]:
        if self.win_rate == 0 and (self.new_customers or self.bookings):
            yield "customers were won at a win rate of 0", "a win rate above 0"
        if self.bookings and self.revenue == 0:
            yield "new business is signed, and revenue is 0", "revenue above 0"
        known = [amount for amount in (self.new_customers, self.bookings) if amount is not None]
        if any(known) and not all(known):
            yield "of new customers and new business one is 0 and the other is not", "both above 0, or both 0"

    @property
    def margin_before_support(self) -> float:
        """The gross margin before the cost of contacts (share of revenue)."""
        if not self.support_in_margin or not self.support_cost or not self.revenue:
            return self.gross_margin
        return self.gross_margin + self.support_cost / self.revenue


class Part(Record):
    """One segment as shares (0 to 1) of the company's totals; a share left out follows the one it is nearest to.

    `lost`, `new_customers` and `contacts` follow `customers`, and `bookings` follows `revenue`.
    """

    name: Name
    customers: float = Field(gt=0, le=1, description="Share of all customers")
    revenue: float = Field(gt=0, le=1, description="Share of revenue")
    lost: float | None = Field(default=None, ge=0, le=1, description="Share of what was lost")
    new_customers: float | None = Field(default=None, ge=0, le=1, description="Share of new customers")
    bookings: float | None = Field(default=None, ge=0, le=1, description="Share of new business")
    contacts: float | None = Field(default=None, ge=0, le=1, description="Share of contacts")

    def share(self, what: str) -> float:
        """The share of the total `what` that falls on this part."""
        own = getattr(self, what)
        if own is None:
            own = self.revenue if what == "bookings" else self.customers
        return float(own)


PARTS_OF = ("customers", "revenue", "lost", "new_customers", "bookings", "contacts")


def shares_missing(parts: tuple[Part, ...]) -> list[str]:
    """The totals that the parts do not share out completely."""
    return [
        what
        for what in PARTS_OF
        if not math.isclose(math.fsum(part.share(what) for part in parts), 1, abs_tol=1e-9)
    ]
