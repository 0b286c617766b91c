"""What somebody typed, said back in plain words: how often that is, what share, how much for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casebuilder.case.catalogue import inputs, settings, totals
from casebuilder.case.totals_derivation import Derivation
from casebuilder.pitch import numbers

#: Working days and weeks of a year, to say how often something happens.
WORKING_DAYS, WEEKS, MONTHS = 250, 52, 12

#: Why NPS and the like stand beside the case and not in it.
SCORES = (
    "A score is kept as context and shown beside the case. By itself it is worth no money: nobody pays for an answer "
    "to a survey. What counts is what customers then do: they stay, buy more, need help less often or bring others."
)

Values = Mapping[str, float]
_Say = Callable[[float, Values, str], list[str]]


def pace(a_year: float) -> str:
    """How often that is: "more than one every working day", "about two a week"; empty where it is rare."""
    if a_year >= 2 * WORKING_DAYS:
        return f"about {numbers.count(round(a_year / WORKING_DAYS))} every working day"
    if a_year > WORKING_DAYS:
        return "more than one every working day"
    if a_year >= WEEKS * 0.9:
        return _so_many(a_year / WEEKS, "week")
    if a_year > MONTHS / 1.5:
        return _so_many(a_year / MONTHS, "month")
    return f"about one every {round(MONTHS / a_year)} months" if a_year >= 2 else ""


def _so_many(each: float, period: str) -> str:
    count = round(each)
    words = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
    return f"about {words.get(count, str(count))} a {period}"


def echo(total: str, values: Values, currency: str, ends: tuple[float, float] | None = None) -> str:
    """A total in plain words, with what it means beside the others told: "277 customers a year, ...: right?".

    `values` holds the totals told so far, this one among them; `ends` the low and high where it is a range.
    """
    parts = [part for part in _SAID[total](values[total], values, currency) if part]
    if ends is not None:
        low, high = (_amount(total, end, currency) for end in ends)
        parts[0] += f" (the middle of {low} to {high})"
    return f"{', '.join(parts)}: right?"


def derived(step: Derivation, currency: str) -> str:
    """How an input came about: "Revenue churn 8.2%: 277 of 3,380 customers lost, Renewals or retention report"."""
    label, unit = _word(step)
    value = numbers.for_unit(step.value, unit, currency)
    told = [_amount(id, amount, currency) for id, amount in zip(step.totals, step.amounts, strict=True)]
    said = _DERIVED.get((step.field, step.totals))
    words = said.format(*told) if said else step.formula
    return f"{label} {value}: {words}" + (f", {step.report}" if step.report else "")


def _word(step: Derivation) -> tuple[str, str]:
    word = inputs().get(step.field) or settings()[step.field]
    return word.label, word.unit


def _amount(total: str, amount: float, currency: str) -> str:
    unit = {"money_per_year": "money", "per_year": "count"}.get(totals()[total].unit, totals()[total].unit)
    return numbers.for_unit(amount, unit, currency)


#: Input and the totals it is made of -> how that is said; {} are the totals' amounts in their order.
_DERIVED = {
    ("revenue_per_customer", ("revenue", "customers")): "{} from {} customers",
    ("revenue_per_customer", ("bookings", "new_customers")): "{} signed by {} new customers",
    ("churn_rate", ("customers_lost", "customers")): "{} of {} customers lost",
    ("churn_rate", ("revenue_lost", "revenue")): "{} of {} of revenue lost",
    ("churn_rate", ("renewal_rate",)): "{} renewed",
    ("issues_per_customer", ("contacts", "customers")): "{} contacts from {} customers",
    ("leads", ("new_customers", "win_rate")): "{} customers won, with a win rate of {}",
    ("leads", ("new_customers",)): "{} customers won",
    ("cost_per_assisted_contact", ("support_cost", "contacts")): "{} for {} contacts",
    ("attrition_rate", ("leavers", "support_people")): "{} of {} people left",
    ("gross_margin", ("gross_margin", "support_cost", "revenue")): "{}, with support of {} added back",
}


def _revenue(value: float, values: Values, currency: str) -> list[str]:
    return [
        numbers.money_per_year(value, currency),
        f"{numbers.money(value / MONTHS, currency)} a month",
        _each(value, values, currency),
    ]


def _each(revenue: float, values: Values, currency: str) -> str:
    customers = values.get("customers")
    return f"{numbers.money(revenue / customers, currency)} a year from each customer" if customers else ""


def _customers(value: float, values: Values, currency: str) -> list[str]:
    revenue = values.get("revenue")
    return [f"{numbers.count(value)} customers", _each(revenue, values, currency) if revenue else ""]


def _margin(value: float, values: Values, currency: str) -> list[str]:
    revenue = values.get("revenue")
    kept = numbers.money_per_year(value * revenue, currency) if revenue else ""
    return [f"{numbers.percent(value)} of revenue is left after direct cost", kept]


def _lost(value: float, values: Values, currency: str) -> list[str]:
    return [f"{numbers.count(value)} customers a year", pace(value), _of(value, values, "customers")]


def _of(value: float, values: Values, total: str) -> str:
    """What share of another total that is, where it is known."""
    whole = values.get(total)
    many = {"customers": " customers", "support_people": " people"}
    words = numbers.count(whole) + many[total] if total in many else total
    return f"{numbers.percent(value / whole)} of {words}" if whole else ""


def _revenue_lost(value: float, values: Values, currency: str) -> list[str]:
    return [numbers.money_per_year(value, currency), _of(value, values, "revenue")]


def _renewed(value: float, values: Values, currency: str) -> list[str]:
    customers = values.get("customers")
    lost = (1 - value) * (customers or 0)
    gone = [f"so {numbers.count(lost)} of {numbers.count(customers)} customers leave in a year", pace(lost)]
    return [f"{numbers.percent(value)} renewed", *(gone if customers else ())]


def _growth(value: float, values: Values, currency: str) -> list[str]:
    revenue, way = values.get("revenue"), "more" if value >= 0 else "less"
    amount = (
        f"{numbers.money(abs(value) * revenue, currency)} {way} from the same customers" if revenue else ""
    )
    return [f"{numbers.percent(value, signed=True)} a year", amount]


def _new(value: float, values: Values, currency: str) -> list[str]:
    return [f"{numbers.count(value)} new customers a year", pace(value)]


def _win_rate(value: float, values: Values, currency: str) -> list[str]:
    new = values.get("new_customers")
    every = f"{numbers.count(new / value)} opportunities a year" if new and value else ""
    return [f"{numbers.percent(value)} of opportunities won", one_in(value), every]


def one_in(share: float) -> str:
    """A share as one in so many, where that is a whole number of people: "one in five"."""
    words = {
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
    }
    count = round(1 / share) if share else 0
    about = "" if count and abs(1 / share - count) < 0.005 * count else "about "
    return f"{about}one in {words.get(count, numbers.count(count))}" if 2 <= count <= 1000 else ""


def _target(value: float, values: Values, currency: str) -> list[str]:
    return [numbers.money_per_year(value, currency), f"{numbers.money(value / MONTHS, currency)} a month"]


def _bookings(value: float, values: Values, currency: str) -> list[str]:
    new, target = values.get("new_customers"), values.get("bookings_target")
    return [
        numbers.money_per_year(value, currency),
        f"{numbers.percent(value / target)} of the target" if target else "",
        f"{numbers.money(value / new, currency)} from each new customer" if new else "",
    ]


def _contacts(value: float, values: Values, currency: str) -> list[str]:
    customers = values.get("customers")
    each = f"{numbers.count(value / customers)} for each customer" if customers else ""
    return [f"{numbers.count(value)} contacts a year", pace(value), each]


def _support_cost(value: float, values: Values, currency: str) -> list[str]:
    contacts = values.get("contacts")
    each = f"{numbers.money(value / contacts, currency)} for each contact" if contacts else ""
    return [numbers.money_per_year(value, currency), each, _of(value, values, "revenue")]


def _people(value: float, values: Values, currency: str) -> list[str]:
    contacts = values.get("contacts")
    each = contacts / value / WORKING_DAYS if contacts and value else 0.0
    return [f"{numbers.count(value)} people", f"{numbers.count(each)} contacts a day each" if each else ""]


def _leavers(value: float, values: Values, currency: str) -> list[str]:
    return [f"{numbers.count(value)} leave in a year", pace(value), _of(value, values, "support_people")]


def _once(value: float, values: Values, currency: str) -> list[str]:
    return [f"{numbers.money(value, currency)} once"]


def _hurdle(value: float, values: Values, currency: str) -> list[str]:
    today = numbers.money(100 / (1 + value), currency)
    return [
        f"{numbers.percent(value)} a year",
        f"{numbers.money(100, currency)} in a year count as {today} today",
    ]


def _years(value: float, values: Values, currency: str) -> list[str]:
    return [f"{numbers.count(value)} year{'' if value == 1 else 's'} are counted, nothing after them"]


_SAID: Mapping[str, _Say] = {
    "revenue": _revenue,
    "customers": _customers,
    "gross_margin": _margin,
    "customers_lost": _lost,
    "revenue_lost": _revenue_lost,
    "renewal_rate": _renewed,
    "growth_of_existing": _growth,
    "new_customers": _new,
    "win_rate": _win_rate,
    "bookings_target": _target,
    "bookings": _bookings,
    "contacts": _contacts,
    "support_cost": _support_cost,
    "support_people": _people,
    "leavers": _leavers,
    "spend_one_time": _once,
    "spend_annual": _target,
    "hurdle_rate": _hurdle,
    "years": _years,
}
