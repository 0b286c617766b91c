"""What an input of the case means in whole things: churn as customers a year, an attrition rate as people who leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from casebuilder.case import Case, Segment
from casebuilder.pitch import numbers
from casebuilder.pitch.echo import MONTHS, one_in, pace

#: Digits of a number that was computed; places after the point, and digits in all, that people type themselves.
DIGITS, DECIMALS, TYPED = 4, 4, 7

_Of = Callable[[float, Case, Segment], list[str]]
_Whole = Callable[[float, Case], list[str]]


def meaning(case: Case, path: str, value: float) -> str:
    """A value of the input at a path beside the case's other numbers; empty where it says all by itself."""
    group, _, name = path.rpartition(".")
    place = group.removeprefix("segments[").removesuffix("]")
    segment = next((each for each in case.segments if each.name == place), None)
    if group.startswith("segments["):
        said = _OF_SEGMENTS[name](value, case, segment) if segment and name in _OF_SEGMENTS else []
    else:
        said = _OF_COMPANY[name](value, case) if name in _OF_COMPANY else []
    return ", ".join(part for part in said if part)


def as_typed(value: float, unit: str) -> str:
    """A value as it stands in a field: "8.2%", "120,000"; what nobody types, as 9.6774193548, is cut: "9.677%".

    Whoever reads the field again must compare its text with this: the value behind it may have more digits.
    """
    amount = _short(round(value * 100, 10) if unit == "share" else value)
    text = f"{Decimal(f'{amount:.15g}'):,.10f}".rstrip("0").rstrip(".")
    return f"{text}%" if unit == "share" else text


def _short(amount: float) -> float:
    """The amount with the digits that people type: as it is, or where it has more of them `DIGITS`, cents cut."""
    if round(amount, DECIMALS) == amount or float(f"{amount:.{TYPED}g}") == amount:
        return amount
    return float(round(amount)) if abs(amount) >= 10 ** (DIGITS - 1) else float(f"{amount:.{DIGITS}g}")


def _a_year(count: float, what: str) -> list[str]:
    return [f"{numbers.count(count)} {what} a year", pace(count)]


def _money(value: float, case: Case) -> str:
    return numbers.money(value, case.company.currency)


def _leads(value: float, case: Case, s: Segment) -> list[str]:
    won = value * s.lead_to_opportunity * s.win_rate
    return [pace(value), f"{numbers.count(won)} wins a year" if won else ""]


def _serving(value: float, case: Case, s: Segment) -> list[str]:
    contacts = s.customers * value / case.service.first_contact_resolution
    return _a_year(contacts, "contacts") if s.customers else []


def _opportunities(value: float, case: Case, s: Segment) -> list[str]:
    return [one_in(value), *(_a_year(s.leads * value, "opportunities") if s.leads else ())]


def _wins(value: float, case: Case, s: Segment) -> list[str]:
    won = s.leads * s.lead_to_opportunity * value
    return [one_in(value), *(_a_year(won, "wins") if won else ())]


def _of_customers(what: str) -> _Of:
    return lambda value, case, s: _a_year(value * s.customers, what) if s.customers else []


def _of_revenue(words: str) -> _Of:
    """A share as the money it is of a segment's revenue."""

    def said(value: float, case: Case, s: Segment) -> list[str]:
        revenue = s.customers * s.revenue_per_customer
        return [words.format(_money(value * revenue, case))] if revenue else []

    return said


def _together(value: float, case: Case, s: Segment) -> list[str]:
    return (
        [f"{_money(value * s.customers, case)} a year from {numbers.count(s.customers)}"]
        if s.customers
        else []
    )


_OF_SEGMENTS: Mapping[str, _Of] = {
    "customers": lambda value, case, s: [f"{_money(value * s.revenue_per_customer, case)} a year together"],
    "revenue_per_customer": _together,
    "gross_margin": _of_revenue("{} a year"),
    "churn_rate": _of_customers("customers"),
    "growth_per_customer": _of_revenue("{} more a year"),
    "credit_rate": _of_revenue("{} a year"),
    "leads": _leads,
    "lead_to_opportunity": _opportunities,
    "win_rate": _wins,
    "referral_rate": _of_customers("referred wins"),
    "issues_per_customer": _serving,
}


def _assisted(value: float, case: Case) -> list[str]:
    contacts = (
        sum(s.customers * s.issues_per_customer for s in case.segments)
        / case.service.first_contact_resolution
    )
    share = (1 - case.service.self_service_share) * contacts
    return (
        [f"{_money(value * share, case)} for a year's {numbers.count(share)} assisted contacts"]
        if share
        else []
    )


def _self_service(value: float, case: Case) -> list[str]:
    contacts = (
        sum(s.customers * s.issues_per_customer for s in case.segments)
        / case.service.first_contact_resolution
    )
    return _a_year(value * contacts, "contacts") if contacts else []


def _leavers(value: float, case: Case) -> list[str]:
    people = case.people.frontline_headcount
    return _a_year(value * people, "people leave") if people else []


def _replaced(value: float, case: Case) -> list[str]:
    left = case.people.frontline_headcount * case.people.attrition_rate
    return [f"{_money(value * left, case)} for a year's {numbers.count(left)} leavers"] if left else []


def _incident_cost(value: float, case: Case) -> list[str]:
    return [f"{_money(value * case.risk.incidents_per_year, case)} expected a year"] if value else []


def _outstanding(value: float, case: Case) -> list[str]:
    revenue = sum(s.customers * s.revenue_per_customer for s in case.segments)
    return [f"{_money(revenue * value / 365, case)} outstanding"] if value else []


def _quota(value: float, case: Case) -> list[str]:
    return [f"{_money(value * case.sales.reps, case)} a year together"] if case.sales.reps else []


_OF_COMPANY: Mapping[str, _Whole] = {
    "quota_per_rep": _quota,
    "cost_per_assisted_contact": _assisted,
    "self_service_share": _self_service,
    "attrition_rate": _leavers,
    "replacement_cost": _replaced,
    "cost_per_incident": _incident_cost,
    "incidents_per_year": lambda value, case: [pace(value)],
    "days_sales_outstanding": _outstanding,
    "loaded_cost_per_fte": lambda value, case: [f"{_money(value / MONTHS, case)} a month"] if value else [],
}
