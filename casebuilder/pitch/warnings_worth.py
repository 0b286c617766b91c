"""Warnings about what numbers are worth: their evidence, today's levels, people who go, and what nobody would see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from casebuilder.analysis.evidence import npv_without
from casebuilder.analysis.study import study
from casebuilder.analysis.verdict import WEAK
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch import numbers, words

#: Customers of doing nothing may move by this share in the first year.
DRIFT = 0.15
#: Attainment of doing nothing is believed between these.
LOWEST_ATTAINMENT, HIGHEST_ATTAINMENT = 0.3, 1.5
#: A yearly churn below this looks like a monthly one.
LOWEST_CHURN = 0.01
#: What each line is counted in; risk, cash collection and a company's own lines have no such unit.
COUNTED_IN = {
    **dict.fromkeys(("retention", "expansion", "price", "onboarding", "credits"), "customer"),
    **dict.fromkeys(
        ("demand", "conversion", "sales_cycle", "win_rate", "referral", "acquisition_cost"), "deal"
    ),
    **dict.fromkeys(("contacts_avoided", "repeat_contacts", "self_service", "handling_time"), "agent"),
    "attrition": "leaver",
}
#: Two numbers closer than this share are the same number.
SAME = 1e-9


def weak_evidence(results: Results, outcome: Outcome) -> Iterator[str]:
    """More than half of a positive return rests on vendor studies and our own estimates."""
    if outcome.npv <= 0:
        return
    left = npv_without(study(results.case, outcome.scenario, outcome.option))
    if outcome.npv - left > WEAK * outcome.npv * (1 + SAME):
        before, after = (numbers.money(npv, results.case.company.currency) for npv in (outcome.npv, left))
        yield (
            "Without the effects that rest on a vendor study or on our own estimate, net present value falls from "
            f"{before} to {after}: {'all' if left <= 0 else 'more than half'} of it rests on weak evidence."
        )


def baseline_drift(results: Results, outcome: Outcome) -> Iterator[str]:
    """Today's numbers that look as if a month had been typed for a year, or the other way round."""
    before = sum(segment.customers for segment in results.case.segments)
    after = outcome.kpi("customers", "without")[0]
    if before and after is not None and abs(after / before - 1) > DRIFT + SAME:
        yield (
            f"If nothing is done, customers go from {numbers.count(before)} to {numbers.count(after)} in year 1, "
            f"{numbers.percent(after / before - 1, signed=True)}: monthly and yearly numbers may be mixed up."
        )
    share = outcome.kpi("quota_attainment", "without")[0]
    if share is not None and not LOWEST_ATTAINMENT - SAME <= share <= HIGHEST_ATTAINMENT + SAME:
        usual = f"{numbers.percent(LOWEST_ATTAINMENT)} to {numbers.percent(HIGHEST_ATTAINMENT)}"
        yield (
            f"If nothing is done, attainment on new business is {numbers.percent(share)} in year 1, usual is {usual}: "
            "leads, win rate, revenue per customer and quota may not fit together."
        )
    for segment in results.case.segments:
        if segment.churn_rate < LOWEST_CHURN - SAME:
            yield (
                f"Revenue churn in {segment.name} is {numbers.percent(segment.churn_rate)} a year: "
                "it may be a monthly number, or one that nobody knows."
            )


def faster_than_attrition(results: Results, outcome: Outcome) -> Iterator[str]:
    """More service people freed than will have left: said of the year in which the two are furthest apart.

    Contacts paid per contact free nobody of ours; a case that names no front line cannot say who leaves.
    """
    case = results.case
    if not case.people.frontline_headcount:
        return
    own = 1 - case.service.outsourced_share
    needed = zip(outcome.kpi("agents_needed", "without"), outcome.kpi("agents_needed", "with"), strict=True)
    gone = accumulate(leavers or 0.0 for leavers in outcome.kpi("leavers", "with"))
    freed = [own * ((before or 0.0) - (after or 0.0)) for before, after in needed]
    ahead, year, people, left = max(
        (people - left, year, people, left)
        for year, (people, left) in enumerate(zip(freed, gone, strict=True), 1)
    )
    if ahead > SAME * max(1.0, left):
        yield (
            f"In year {year} the programme needs {numbers.fte(people)} fewer in service, and {numbers.count(left)} of "
            "the front line will have left by then: the rest would have to be let go or moved."
        )


def too_small_to_see(results: Results, outcome: Outcome) -> Iterator[str]:
    """Benefits worth less in an average year than one customer, deal or service position."""
    years, currency = results.case.company.years, results.case.company.currency
    for line, unit in COUNTED_IN.items():
        amounts = _by_place(results, outcome, line)
        worth = _worth_of_one(results, outcome, unit)
        if any(worth.get(place, 0.0) <= 0 for place, amount in amounts.items() if amount):
            continue
        many = sum(amount / years / worth[place] for place, amount in amounts.items() if amount)
        if SAME < many < 1 - SAME:
            total = numbers.money(sum(amounts.values()) / years, currency)
            yield (
                f"{words.label_of(line)}: {total} a year is less than one {_ONE[unit]} ({numbers.count(many)}), "
                "too small to be seen in the books."
            )


_ONE = {
    "customer": "customer",
    "deal": "deal",
    "agent": "position in service",
    "leaver": "leaver replaced",
}


def _by_place(results: Results, outcome: Outcome, line: str) -> dict[str, float]:
    """A line's amount over the horizon by segment; front-line turnover is one number of the company."""
    if line == "attrition":
        return {"": sum(outcome.flow(line))}
    names = [segment.name for segment in results.case.segments]
    return {name: sum(outcome.flow(f"{line}[{name}]")) for name in names}


def _worth_of_one(results: Results, outcome: Outcome, unit: str) -> Mapping[str, float]:
    """What one customer, deal, service position or leaver is worth a year, by place; 0 where the case cannot say."""
    case, names = results.case, [segment.name for segment in results.case.segments]
    if unit == "leaver":
        return {"": case.people.replacement_cost}
    if unit == "agent":
        return dict.fromkeys(names, _agent(results))
    per_year = case.company.periods_per_year
    return {name: per_year * (outcome.row(f"worth[{name}]")[1] or 0.0) for name in names}


def _agent(results: Results) -> float:
    """What the contacts of one service position cost a year; its loaded cost where minutes or hours are not known."""
    service = results.case.service
    if not service.minutes_per_assisted_contact or not service.productive_hours_per_agent:
        return results.case.company.loaded_cost_per_fte
    contacts = 60 * service.productive_hours_per_agent / service.minutes_per_assisted_contact
    return contacts * service.cost_per_assisted_contact
