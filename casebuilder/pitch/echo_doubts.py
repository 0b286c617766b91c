"""Obvious mistakes in typed numbers: a month's for a year's, a part of one for per cent, thousands for units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from casebuilder.pitch import numbers
from casebuilder.pitch.echo import MONTHS, WORKING_DAYS

Values = Mapping[str, float]
_Rule = Callable[[float, Values, str], Iterator[str]]

#: Yearly shares lost below and above which a month's number, or the wrong unit, is likelier than such a company.
RARELY_LOST, OFTEN_LOST = 0.01, 0.60
#: A share below this was probably typed as a part of one: 0.65 for 65 %.
PART_OF_ONE = 0.01
#: Attainment beyond these, new business per new customer so many times another customer's, growth beyond this.
ATTAINED, TIMES_ANOTHER, GREW = (0.3, 1.5), 10.0, 0.5
#: Contacts a working day that one person can take, and the least that would keep one busy.
CONTACTS_A_DAY = (1.0, 120.0)
#: Hurdle rates that finance uses, and the share of revenue that support or a programme rarely passes.
HURDLE, MUCH_OF_REVENUE = (0.03, 0.35), 0.5


def doubts(total: str, values: Values, currency: str) -> tuple[str, ...]:
    """What looks like a mistake in a total beside those told before it; one sentence each, empty where nothing does."""
    rule = _RULES.get(total)
    return tuple(rule(values[total], values, currency)) if rule else ()


def _revenue(value: float, values: Values, currency: str) -> Iterator[str]:
    if 0 < value < 10_000:
        yield f"{numbers.money(value, currency)} is little for a year: should it be thousands or millions?"
    if value > 1e12:
        yield f"{numbers.money(value, currency)} is more than any company earns: is the unit too large?"


def _customers(value: float, values: Values, currency: str) -> Iterator[str]:
    if value != int(value):
        yield (
            f"{numbers.factor(value)} customers is no whole number: "
            f"if a thousands separator was meant, type {numbers.count(value * 1000)}."
        )
    revenue = values.get("revenue")
    if revenue and revenue / value < 1:
        yield f"Each would pay {numbers.money(revenue / value, currency)} a year: is revenue in thousands or millions?"


def _margin(value: float, values: Values, currency: str) -> Iterator[str]:
    yield from _part_of_one(value)
    if value >= 0.95:
        yield f"{numbers.percent(value)} leaves next to no direct cost: is this the gross margin?"


def _part_of_one(value: float) -> Iterator[str]:
    if 0 < abs(value) <= PART_OF_ONE:
        yield f"This counts as {numbers.percent(value)}. If {numbers.percent(value * 100)} was meant, type it so."


def _lost_share(share: float) -> Iterator[str]:
    if 0 < share < RARELY_LOST:
        monthly = numbers.percent(1 - (1 - share) ** MONTHS)
        yield f"{numbers.percent(share)} a year is rare: is it a month's number? A year would then lose {monthly}."
    if share > OFTEN_LOST:
        yield f"{numbers.percent(share)} lost in a year: are these several years, or a month's share for a year's?"


def _lost(value: float, values: Values, currency: str) -> Iterator[str]:
    if values.get("customers"):
        yield from _lost_share(value / values["customers"])


def _revenue_lost(value: float, values: Values, currency: str) -> Iterator[str]:
    if values.get("revenue"):
        yield from _lost_share(value / values["revenue"])


def _renewed(value: float, values: Values, currency: str) -> Iterator[str]:
    if 0 < value <= PART_OF_ONE:
        yield from _part_of_one(value)
    elif 0 < value < 1 - OFTEN_LOST:
        yield f"Only {numbers.percent(value)} renewed: is this the share that was lost?"
    else:
        yield from _lost_share(1 - value)


def _growth(value: float, values: Values, currency: str) -> Iterator[str]:
    if abs(value) > GREW:
        yield f"{numbers.percent(value, signed=True)} from the same customers in a year: is it per cent, not points?"
    else:
        yield from _part_of_one(value) if abs(value) < 0.001 else ()


def _new(value: float, values: Values, currency: str) -> Iterator[str]:
    customers = values.get("customers")
    if customers and value > customers:
        yield f"That is more than all {numbers.count(customers)} customers: are these leads, or several years?"


def _win_rate(value: float, values: Values, currency: str) -> Iterator[str]:
    yield from _part_of_one(value)
    if value > 0.8:
        yield f"{numbers.percent(value)} of opportunities: is this counted from offers, or the share lost?"


def _bookings(value: float, values: Values, currency: str) -> Iterator[str]:
    target, revenue = values.get("bookings_target"), values.get("revenue")
    new, customers = values.get("new_customers"), values.get("customers")
    if target and not ATTAINED[0] <= value / target <= ATTAINED[1]:
        yield f"{numbers.percent(value / target)} of the target: do both count the same customers, time and unit?"
    if revenue and value > revenue:
        yield "New customers would sign more than all customers pay: is this the value of several years?"
    elif revenue and new and customers:
        times = (value / new) / (revenue / customers)
        if not 1 / TIMES_ANOTHER <= times <= TIMES_ANOTHER:
            yield f"A new customer would sign {numbers.ratio(times)} what another pays: is the unit right?"


def _contacts(value: float, values: Values, currency: str) -> Iterator[str]:
    customers = values.get("customers")
    if customers and value / customers > WORKING_DAYS:
        yield "That is more than one contact from each customer every working day: are the thousands right?"


def _support_cost(value: float, values: Values, currency: str) -> Iterator[str]:
    revenue, contacts = values.get("revenue"), values.get("contacts")
    if revenue and value > MUCH_OF_REVENUE * revenue:
        yield f"Support would cost {numbers.percent(value / revenue)} of revenue: is it in thousands?"
    if revenue and contacts and 0 < value / contacts < 0.1:
        each = numbers.money(value / contacts, currency)
        yield f"A contact would cost {each}: is the cost a month's, or in thousands?"


def _people(value: float, values: Values, currency: str) -> Iterator[str]:
    contacts = values.get("contacts")
    if not contacts or not value:
        return
    each = contacts / value / WORKING_DAYS
    if each < CONTACTS_A_DAY[0]:
        yield f"Each would take {numbers.count(each)} contacts a working day: are the contacts a month's number?"
    if each > CONTACTS_A_DAY[1]:
        yield f"Each would take {numbers.count(each)} contacts a working day: are most of them taken by machines?"


def _leavers(value: float, values: Values, currency: str) -> Iterator[str]:
    people = values.get("support_people")
    if people and value > 1.5 * people:
        yield f"{numbers.percent(value / people)} of the people leave in a year: was a per cent typed as people?"


def _spend(value: float, values: Values, currency: str) -> Iterator[str]:
    revenue = values.get("revenue")
    if revenue and value > MUCH_OF_REVENUE * revenue:
        yield f"That is {numbers.percent(value / revenue)} of a year's revenue: are the thousands right?"
    if 0 < value < 100:
        yield f"{numbers.money(value, currency)} is little: should it be thousands?"


def _hurdle(value: float, values: Values, currency: str) -> Iterator[str]:
    if 0 < value < HURDLE[0]:
        yield f"{numbers.percent(value)} is below what finance asks for: is it a part of one, or a quarter's rate?"
    if value > HURDLE[1]:
        yield f"{numbers.percent(value)} is above nearly every hurdle rate: is it a target for the return?"


_RULES: Mapping[str, _Rule] = {
    "revenue": _revenue,
    "customers": _customers,
    "gross_margin": _margin,
    "customers_lost": _lost,
    "revenue_lost": _revenue_lost,
    "renewal_rate": _renewed,
    "growth_of_existing": _growth,
    "new_customers": _new,
    "win_rate": _win_rate,
    "bookings": _bookings,
    "contacts": _contacts,
    "support_cost": _support_cost,
    "support_people": _people,
    "leavers": _leavers,
    "spend_one_time": _spend,
    "spend_annual": _spend,
    "hurdle_rate": _hurdle,
}
