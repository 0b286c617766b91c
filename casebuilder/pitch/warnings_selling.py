"""Warnings about selling: prices nobody reacts to, wins that do not pay in time, more deals than people can close."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.case import ALL, Effect, Initiative, library
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch import numbers, words

#: Contracts reprice at renewal: a lower price discount needs at least this many months to full effect.
RENEWAL_MONTHS = 12.0
#: Bookings above this share of the quota of all reps are questioned.
CAPACITY = 1.10
#: Lines that win customers, each with the metric behind it: they cost at once and earn later.
ACQUISITION = {
    "demand": "leads",
    "conversion": "lead_to_opportunity",
    "sales_cycle": "sales_cycle_days",
    "win_rate": "win_rate",
    "referral": "referral_rate",
}
#: Metrics in which customers show that a price is too high.
RESPONSES = ("churn_rate", "win_rate")
#: Two numbers closer than this share are the same number.
SAME = 1e-9


def price_without_response(results: Results, outcome: Outcome) -> Iterator[str]:
    """Prices rise in a segment, and no low case of the run expects that customers leave or do not buy."""
    for segment in (segment.name for segment in results.case.segments):
        ratios = [ratio for ratio in outcome.row(f"price.with[{segment}]") if ratio is not None]
        rise = max(ratios) - 1
        if rise > SAME and not _expects_response(results, outcome, segment):
            margin = outcome.amount(f"kappa[{segment}]")
            yield (
                f"Prices in {segment} rise by {numbers.percent(rise)}, and not even the low case of any investment "
                f"expects customers to leave or not to buy: {_break_even(rise, margin)}."
            )


def _break_even(rise: float, margin: float) -> str:
    """The loss of volume that eats a rise; without a margin today volume costs nothing to lose."""
    if margin <= 0:
        return "volume earns no margin there today, so losing some would cost nothing"
    return f"the rise earns nothing once {numbers.percent(rise / (margin + rise))} of volume is lost"


def _expects_response(results: Results, outcome: Outcome, segment: str) -> bool:
    found = _running(results, outcome)
    return any(
        effect.lever in RESPONSES and effect.low < 0 and effect.segment in (ALL, segment)
        for _, effect in found
    )


def _running(results: Results, outcome: Outcome) -> Iterator[tuple[Initiative, Effect]]:
    """Effects of the investments that are paid for in this run."""
    for initiative in results.case.initiatives:
        if outcome.number(f"costed[{initiative.id}]") == 1.0:
            yield from ((initiative, effect) for effect in initiative.effects)


def price_too_fast(results: Results, outcome: Outcome) -> Iterator[str]:
    """A price discount that falls sooner than contracts are renewed."""
    said: set[str] = set()
    for initiative, effect in _running(results, outcome):
        size = outcome.amount(f"size[{initiative.id},{effect.lever},{effect.segment}]")
        fast = initiative.ramp_months < RENEWAL_MONTHS
        if effect.lever == "discount" and size > 0 and fast and initiative.id not in said:
            said.add(initiative.id)
            yield (
                f"{initiative.name} lowers the price discount in full after {numbers.months(initiative.ramp_months)}: "
                f"contracts reprice at renewal, which takes {numbers.months(RENEWAL_MONTHS)}."
            )


def cut_off(results: Results, outcome: Outcome) -> Iterator[str]:
    """More customers are won, and inside the horizon that costs more than it brings."""
    years, currency = words.years(results.case.company.years), results.case.company.currency
    for line, lever in ACQUISITION.items():
        total = sum(outcome.flow(line))
        if total < 0 and _improved(results, outcome, lever):
            cost, metric = numbers.money(-total, currency), words.inside(library.levers()[lever].label)
            yield (
                f"{words.label_of(line)}: within {years} it costs {cost} more than it brings, although {metric} gets "
                "better; a win is paid for at once and earns later, so the horizon cuts it off or a win is not worth "
                "its cost."
            )


def _improved(results: Results, outcome: Outcome, lever: str) -> bool:
    """Whether a metric gets better somewhere and worse nowhere."""
    moved, way = results.model.moved, library.levers()[lever].way
    steps: list[float] = []
    for (name, place), line in moved.moved.items():
        if name == lever:
            base = outcome.amount(moved.base[name, place].key)
            gap = SAME * abs(base)
            found = [level - base for level in outcome.row(line.key)[1:] if level is not None]
            steps += [step if way == "up" else -step for step in found if abs(step) > gap]
    return bool(steps) and min(steps) > 0


def beyond_sales_capacity(results: Results, outcome: Outcome) -> Iterator[str]:
    """The programme asks for more bookings than the quota of all reps allows; said of the fullest year."""
    rows = zip(
        outcome.kpi("quota_attainment", "with"),
        outcome.kpi("bookings", "with"),
        outcome.kpi("bookings", "without"),
        strict=True,
    )
    found = [
        (share, year, after)
        for year, (share, after, before) in enumerate(rows, 1)
        if share is not None and after is not None and share > CAPACITY + SAME and _above(after, before)
    ]
    if found:
        share, year, after = max(found)
        currency = results.case.company.currency
        yield (
            f"New-customer bookings reach {numbers.money(after, currency)} in year {year}, {numbers.percent(share)} "
            f"of the quota of all reps ({numbers.money(after / share, currency)}): above {numbers.percent(CAPACITY)} "
            "somebody has to be hired to close them."
        )


def _above(after: float, before: float | None) -> bool:
    return before is not None and after > before + SAME * abs(before)
