"""How each input of a case follows from last year's totals, with its formula in words."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.case.library import StartingValues
from casebuilder.case.records.totals import Part, Totals
from casebuilder.case.words import figure

#: The hours that somebody in support works a year, and the minutes of one of them.
HOURS, MINUTES = "productive_hours_per_agent", 60
#: The investment that holds the spend of the totals until it is divided between others, and its name.
SPEND, SPEND_NAME = "spend_as_typed", "Spend as typed, not yet divided"
#: What the formula of a neutral value begins with.
UNKNOWN = "Not known"


@dataclass(frozen=True)
class Input:
    """The value of one input, its formula in words, and the totals it is made of; none where it is neutral."""

    value: float
    formula: str
    totals: tuple[str, ...]


#: Field -> input, for one record of the case.
Inputs = dict[str, Input]


def segments_of(
    totals: Totals, part: Part, alone: bool, start: StartingValues | None = None
) -> Iterator[tuple[str, Inputs]]:
    """The segment of `part`, and one for its new customers where they buy less or more than the old ones.

    What is not known takes the value of `start`; without it, one that creates no value.
    """
    base, new = _held(totals, part, start), _won(totals, part, start)
    won = new["leads"].value * new["lead_to_opportunity"].value * new["win_rate"].value
    bought = None if totals.bookings is None else totals.bookings * part.share("bookings")
    average = base["revenue_per_customer"].value
    if bought is None or won == 0 or math.isclose(bought, won * average, rel_tol=1e-9):
        yield part.name, base | new
        return
    one = Input(bought / won, "new business / new customers, last year", ("bookings", "new_customers"))
    nobody = Input(0.0, "none yet: the customers still to be won", ("new_customers",))
    yield part.name, base
    yield (
        ("New customers" if alone else f"{part.name}, new customers"),
        (base | {"customers": nobody, "revenue_per_customer": one} | new),
    )


def _held(totals: Totals, part: Part, start: StartingValues | None) -> Inputs:
    """Inputs of the customers the company has."""
    customers, revenue = totals.customers * part.customers, totals.revenue * part.revenue
    margin = ("gross_margin", "support_cost", "revenue") if totals.support_in_margin else ("gross_margin",)
    words = "gross margin, support cost added back" if totals.support_in_margin else "gross margin, last year"
    return {
        "customers": Input(customers, "customers at the end of last year", ("customers",)),
        "revenue_per_customer": Input(
            revenue / customers, "revenue / customers, last year", ("revenue", "customers")
        ),
        "gross_margin": Input(totals.margin_before_support, words, margin),
        "churn_rate": _churn(totals, part, start),
        "growth_per_customer": _known(
            totals,
            "growth_of_existing",
            "growth of existing customers, last year",
            start or _neutral(0.0, "existing customers do not grow"),
            "growth_per_customer",
        ),
        "issues_per_customer": _issues(totals, part),
    }


def _churn(totals: Totals, part: Part, start: StartingValues | None) -> Input:
    """Share lost per year; a part's own share of what was lost moves its churn away from the company's."""
    more = (
        1.0
        if part.lost is None
        else part.lost / (part.revenue if totals.revenue_lost is not None else part.customers)
    )
    if totals.customers_lost is not None:
        lost = totals.customers_lost / totals.customers * more
        return Input(lost, "customers lost / customers, last year", ("customers_lost", "customers"))
    if totals.revenue_lost is not None:
        lost = totals.revenue_lost / totals.revenue * more if totals.revenue else 0.0
        return Input(lost, "revenue lost / revenue, last year", ("revenue_lost", "revenue"))
    if totals.renewal_rate is not None:
        return Input((1 - totals.renewal_rate) * more, "1 - renewal rate, last year", ("renewal_rate",))
    return _unknown(start or _neutral(0.0, "nobody leaves, so keeping customers earns nothing"), "churn_rate")


def _issues(totals: Totals, part: Part) -> Input:
    if totals.contacts is None:
        return _neutral(0.0, "there are no contacts, so avoiding them earns nothing")
    more = 1.0 if part.contacts is None else part.contacts / part.customers
    per_customer = totals.contacts / totals.customers * more
    return Input(
        per_customer, "contacts / customers, every contact a case of its own", ("contacts", "customers")
    )


def _won(totals: Totals, part: Part, start: StartingValues | None) -> Inputs:
    """Inputs of the customers the company wins: so many leads that just the known number of customers is won."""
    no_room = _neutral(1.0, "every opportunity is won, so there is no room")
    all_of_them = _neutral(1.0, "every lead counted is an opportunity, so there is no room")
    rate = _known(totals, "win_rate", "win rate, last year", start or no_room)
    share = _unknown(start or all_of_them, "lead_to_opportunity")
    new, words = 0.0, ""
    made_of: tuple[str, ...] = ("new_customers",)
    if totals.new_customers is not None:
        new, words = totals.new_customers * part.share("new_customers"), "new customers"
    elif totals.bookings is not None and totals.revenue:
        average = totals.revenue * part.revenue / (totals.customers * part.customers)
        new, words = totals.bookings * part.share("bookings") / average, "new business / revenue per customer"
        made_of = ("bookings", "revenue", "customers")
    if not words:
        leads = _neutral(0.0, "nobody is won, so demand and sales earn nothing")
    else:
        needed = new / (rate.value * share.value) if new else 0.0
        words += " / win rate" + (" / share of leads that become opportunities" if start else "")
        leads = Input(needed, words, (*made_of, *rate.totals))
    return {"leads": leads, "lead_to_opportunity": share, "win_rate": rate}


def company_inputs(totals: Totals, start: StartingValues | None = None) -> Iterator[tuple[str, Inputs]]:
    """The inputs of the company-wide groups by group; `start` tells the hours that a support person works a year."""
    yield "company", _of_company(totals)
    if totals.bookings_target is not None:
        one = Input(1.0, "the whole sales force as one", ("bookings_target",))
        quota = Input(totals.bookings_target, "target for new business", ("bookings_target",))
        yield "sales", {"reps": one, "quota_per_rep": quota}
    service = _of_service(totals, start)
    if service:
        yield "service", service
    if totals.support_people is not None:
        people = {"frontline_headcount": Input(totals.support_people, "support people", ("support_people",))}
        if totals.leavers is not None and totals.support_people:
            rate = totals.leavers / totals.support_people
            people["attrition_rate"] = Input(
                rate, "leavers / support people, last year", ("leavers", "support_people")
            )
        yield "people", people


def _of_company(totals: Totals) -> Inputs:
    fields = {}
    if totals.hurdle_rate is not None:
        fields["discount_rate"] = Input(totals.hurdle_rate, "the hurdle rate finance gave", ("hurdle_rate",))
    if totals.years is not None:
        fields["years"] = Input(totals.years, "the horizon finance gave", ("years",))
    return fields


def _of_service(totals: Totals, start: StartingValues | None) -> Inputs:
    """What a contact costs, and how long it takes where the people who take all of them are known.

    The minutes hold whatever these people do between contacts, so that a position freed is one of those counted and
    is worth what one of them costs.
    """
    fields: Inputs = {}
    if totals.contacts and totals.support_cost is not None:
        cost, words = totals.support_cost / totals.contacts, "support cost / contacts, all of them assisted"
        fields["cost_per_assisted_contact"] = Input(cost, words, ("support_cost", "contacts"))
    if totals.contacts and totals.support_people and start is not None:
        hours = start.values[HOURS].value
        minutes = MINUTES * hours * totals.support_people / totals.contacts
        words = f"support people x {figure(hours)} hours a year, a starting value / contacts, all of them assisted"
        fields["minutes_per_assisted_contact"] = Input(minutes, words, ("support_people", "contacts"))
    return fields


def programme_inputs(totals: Totals) -> Inputs:
    costs = {"one_time_cost": "spend_one_time", "annual_cost": "spend_annual"}
    words = "the cost asked for; what it changes is still to be chosen"
    spent = {field: getattr(totals, key) for field, key in costs.items()}
    return {
        field: Input(value, words, (costs[field],)) for field, value in spent.items() if value is not None
    }


def _known(totals: Totals, key: str, words: str, otherwise: StartingValues | Input, name: str = "") -> Input:
    value = getattr(totals, key)
    return _unknown(otherwise, name or key) if value is None else Input(float(value), words, (key,))


def _unknown(otherwise: StartingValues | Input, name: str) -> Input:
    """The value of an input that is not known: a neutral one, or what a company of this shape begins with."""
    return otherwise if isinstance(otherwise, Input) else started(otherwise, name, {})


def started(start: StartingValues, name: str, known: Inputs) -> Input:
    """What a company of this shape begins with where it does not know an input; `known` are those beside it."""
    value = start.values[name]
    amount = value.amount({key: one.value for key, one in known.items()})
    return Input(amount, f"{UNKNOWN}, a starting value. {value.note}", ())


def _neutral(value: float, meaning: str) -> Input:
    return Input(value, f"{UNKNOWN}: {meaning}", ())
