"""Warnings: what a finance reviewer would question, each with its arithmetic, never a silent cap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casebuilder.case import Case, Initiative, library
from casebuilder.model.inputs import technical
from casebuilder.model.levers import COMPANY
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch import numbers, warnings_selling, warnings_worth, words

#: Counted benefits above this share of a year's revenue are questioned.
ABOVE_REVENUE = 0.05
#: One line above this share of all gains is questioned.
ONE_LINE = 0.60
#: Baseline and actuals, baseline and plan may differ by these shares.
ACTUALS, PLAN = technical()["actuals_tolerance"].value, technical()["plan_tolerance"].value
#: Two levels of a metric closer than this are the same level; so little of a year's revenue is what rounding leaves.
SAME = 1e-12


@dataclass(frozen=True)
class Warning:
    """One doubt: its id and one sentence with the arithmetic."""

    id: str
    text: str


def warnings(results: Results, outcome: Outcome) -> tuple[Warning, ...]:
    """The warnings of one scenario; those about the case itself stand in every scenario."""
    found: list[Warning] = []
    for id, rule in RULES.items():
        found += [Warning(id, text) for text in rule(results, outcome)]
    return tuple(found)


def _at_limit(results: Results, outcome: Outcome) -> Iterator[str]:
    moved = results.model.moved
    for (name, place), best in moved.best.items():
        after = moved.uncapped[name, place]
        if after.shape == "input":
            continue
        lever, reached = library.levers()[name], outcome.number(best.key)
        levels = [level for level in outcome.row(after.key)[1:] if level is not None]
        wanted = min(levels) if lever.way == "down" else max(levels)
        gap = SAME * max(1.0, abs(wanted))
        if reached is not None and (
            wanted < reached - gap if lever.way == "down" else wanted > reached + gap
        ):
            base = outcome.number(moved.base[name, place].key)
            where = f" in {place}" if place != COMPANY else ""
            today, there, best_text = (_level(results, name, level) for level in (base, wanted, reached))
            yield (
                f"{lever.label}{where} is {today} today; the investments would bring it to {there}, "
                f"the best achievable is {best_text}: the rest is not counted."
            )


def _level(results: Results, lever: str, level: float | None) -> str:
    """A metric's level, a share with two decimals: levels near the limit differ little."""
    unit = library.inputs()[lever].unit
    if unit == "share" and level is not None:
        return numbers.percent(level, 2)
    return numbers.for_unit(level, unit, results.case.company.currency)


def _requirement_off(results: Results, outcome: Outcome) -> Iterator[str]:
    initiatives = {initiative.id: initiative for initiative in results.case.initiatives}
    for initiative in initiatives.values():
        if outcome.number(f"costed[{initiative.id}]") != 1.0:
            continue
        for required in _needed_first(initiatives, initiative.id):
            if outcome.number(f"costed[{required}]") != 1.0:
                late = initiatives[required].start_month >= 12 * results.case.company.years
                yield (
                    f"“{initiative.name}” needs “{initiatives[required].name}” first, "
                    f"which {'starts after the horizon' if late else 'is off'}: "
                    f"“{initiative.name}” costs money and earns nothing."
                )


def _needed_first(initiatives: Mapping[str, Initiative], id: str) -> Iterator[str]:
    """Everything an investment needs first, directly or not, each once."""
    found = dict.fromkeys(initiatives[id].requires)
    waiting = list(found)
    while waiting:
        more = [other for other in initiatives[waiting.pop(0)].requires if other not in found]
        found |= dict.fromkeys(more)
        waiting += more
    yield from found


def _beyond_horizon(results: Results, outcome: Outcome) -> Iterator[str]:
    if outcome.payback_state == "not_reached":
        last = outcome.flow("cumulative")[-1]
        years = results.case.company.years
        amount = numbers.money(last, results.case.company.currency)
        yield f"The money does not come back within {words.years(years)}: cumulative net cash flow ends at {amount}."


def _above_revenue(results: Results, outcome: Outcome) -> Iterator[str]:
    per_year = results.case.company.periods_per_year
    headline = outcome.flow("headline")
    for year, revenue in enumerate(outcome.kpi("revenue", "without"), 1):
        gained = sum(headline[(year - 1) * per_year + 1 : year * per_year + 1])
        if revenue and gained > ABOVE_REVENUE * revenue:
            currency = results.case.company.currency
            share = numbers.percent(gained / revenue)
            yield (
                f"Counted benefits of year {year} are {numbers.money(gained, currency)}, {share} of that year's "
                f"revenue of {numbers.money(revenue, currency)}; "
                f"above {numbers.percent(ABOVE_REVENUE)} finance will ask why."
            )


def _one_line(results: Results, outcome: Outcome) -> Iterator[str]:
    worth, gains = worth_of_lines(results, outcome)
    for name, value in worth.items():
        if gains > 0 and value > ONE_LINE * gains:
            currency = results.case.company.currency
            yield (
                f"{words.label_of(name)} is {numbers.percent(value / gains)} of all gains "
                f"({numbers.money(value, currency)} of {numbers.money(gains, currency)}): the case stands on one leg."
            )


def worth_of_lines(results: Results, outcome: Outcome) -> tuple[dict[str, float], float]:
    """Present value of each counted benefit by id, and of those above zero together.

    Money that comes and goes again leaves a remainder of rounding where nothing is discounted: that is nothing.
    """
    least = SAME * abs(run_rates(results.case)["revenue"])
    found = {name: outcome.amount(f"pv.{name}") for name in results.benefit_lines}
    worth = {name: value if abs(value) > least else 0.0 for name, value in found.items()}
    return worth, sum(value for value in worth.values() if value > 0)


def _only_optimistic(results: Results, outcome: Outcome) -> Iterator[str]:
    table = results.case.scenario_table
    high = {name for name, scenario in table.items() if scenario.effects == "high" and not scenario.haircut}
    worth = {name: results.npv(name, outcome.option) for name in table}
    positive = {name for name, npv in worth.items() if npv > 0}
    if positive and positive <= high < set(table):
        amount = numbers.money(max(worth[name] for name in positive), results.case.company.currency)
        yield f"Only with every effect high does it pay (net present value {amount}); every other scenario loses money."


def _actuals(results: Results, outcome: Outcome) -> Iterator[str]:
    given = results.case.actuals
    currency = results.case.company.currency
    totals = {
        "revenue": ("Revenue", "money_per_year"),
        "new_customers": ("New customers", "per_year"),
        "contacts": ("Contacts", "per_year"),
        "bookings": ("New-customer bookings", "money_per_year"),
    }
    for name, computed in run_rates(results.case).items():
        actual = getattr(given, name)
        if actual is None or abs(computed - actual) <= ACTUALS * abs(actual):
            continue
        label, unit = totals[name]
        inputs, books = (numbers.for_unit(value, unit, currency) for value in (computed, actual))
        yield (
            f"{label}: the inputs come to {inputs}, last year's actuals were {books}; "
            f"they differ by more than {numbers.percent(ACTUALS)}."
        )


def run_rates(case: Case) -> dict[str, float]:
    """Yearly run rates of the inputs at the decision date: revenue, new customers, contacts, new-customer bookings."""
    found = {"revenue": 0.0, "new_customers": 0.0, "contacts": 0.0, "bookings": 0.0}
    for s in case.segments:
        won = s.leads * s.lead_to_opportunity * s.win_rate
        found["revenue"] += s.customers * s.revenue_per_customer
        found["new_customers"] += won + s.customers * s.referral_rate
        found["contacts"] += s.customers * s.issues_per_customer / case.service.first_contact_resolution
        found["bookings"] += won * s.revenue_per_customer
    return found


def _plan(results: Results, outcome: Outcome) -> Iterator[str]:
    for year, (planned, revenue) in enumerate(
        zip(results.case.plan.revenue, outcome.kpi("revenue", "without"), strict=False), 1
    ):
        if revenue is not None and abs(revenue - planned) > PLAN * abs(planned):
            currency = results.case.company.currency
            yield (
                f"Revenue of year {year} is {numbers.money(revenue, currency)} if nothing is done, the company's "
                f"plan says {numbers.money(planned, currency)}: they differ by more than {numbers.percent(PLAN)}."
            )


def _coarse_periods(results: Results, outcome: Outcome) -> Iterator[str]:
    if results.case.company.periods_per_year == 1 and results.case.segments:
        yield (
            "One period a year is coarse: a start in month 6 counts as half an effect over the whole year. "
            "Use quarters or months."
        )


Rule = Callable[[Results, Outcome], Iterator[str]]
RULES: dict[str, Rule] = {
    "at_limit": _at_limit,
    "requirement_off": _requirement_off,
    "beyond_horizon": _beyond_horizon,
    "above_revenue": _above_revenue,
    "one_line": _one_line,
    "weak_evidence": warnings_worth.weak_evidence,
    "only_optimistic": _only_optimistic,
    "price_without_response": warnings_selling.price_without_response,
    "price_too_fast": warnings_selling.price_too_fast,
    "cut_off": warnings_selling.cut_off,
    "beyond_sales_capacity": warnings_selling.beyond_sales_capacity,
    "faster_than_attrition": warnings_worth.faster_than_attrition,
    "too_small_to_see": warnings_worth.too_small_to_see,
    "baseline_drift": warnings_worth.baseline_drift,
    "actuals": _actuals,
    "plan": _plan,
    "coarse_periods": _coarse_periods,
}
