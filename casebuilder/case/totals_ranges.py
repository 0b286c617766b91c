"""The range of a total, handed on to the one input that the total is about."""

from collections.abc import Callable, Iterable, Mapping

from casebuilder.case.records.totals import Totals
from casebuilder.case.totals_derivation import Derivation

#: Total -> the input that takes its range. Others made of it keep their middle, or one doubt would count twice.
ABOUT = {
    "revenue": "revenue_per_customer",
    "customers": "customers",
    "gross_margin": "gross_margin",
    "customers_lost": "churn_rate",
    "revenue_lost": "churn_rate",
    "renewal_rate": "churn_rate",
    "growth_of_existing": "growth_per_customer",
    "new_customers": "leads",
    "win_rate": "win_rate",
    "bookings_target": "quota_per_rep",
    "bookings": "revenue_per_customer",
    "contacts": "issues_per_customer",
    "support_cost": "cost_per_assisted_contact",
    "support_people": "frontline_headcount",
    "leavers": "attrition_rate",
    "spend_one_time": "one_time_cost",
    "spend_annual": "annual_cost",
    "hurdle_rate": "discount_rate",
}


def ends_of(
    ranges: Mapping[str, tuple[float, float]],
    totals: Totals,
    again: Callable[[Totals], Iterable[Derivation]],
) -> dict[str, dict[str, float]]:
    """`low` and `high` of the inputs by path, where a total is known as a range; `again` derives from other totals."""
    found: dict[str, dict[str, float]] = {}
    now = {step.path: step.value for step in again(totals)}
    for total, ends in ranges.items():
        for end in ends:
            for step in again(totals.model_copy(update={total: end})):
                if step.field == ABOUT.get(total) and total in step.totals and step.path in now:
                    both = found.setdefault(step.path, {"low": now[step.path], "high": now[step.path]})
                    both["low"], both["high"] = min(both["low"], step.value), max(both["high"], step.value)
    return {path: both for path, both in found.items() if both["low"] < both["high"]}
