"""Valid, varied case files as plain data: `random_case(rng)` for seeded runs, `cases()` for hypothesis.

Every corner of the model is reached by some of them: no segments at all, bases of 0, harm, chains of enablers
that are off or start too late, months that are no multiple of a period, limits, headline shares of both
forms, tax, mid-period discounting, scenarios of the case's own, custom lines of every class, options. Numbers
are rounded to what a person would type, so that no case hangs on the last bit of a float.
"""

import datetime
import random
from typing import Any

from hypothesis import strategies as st

CLASSES = ("margin", "cost_out", "cost_avoided", "capacity", "risk", "one_off_cash")
LINES = (
    "retention",
    "demand",
    "conversion",
    "sales_cycle",
    "win_rate",
    "referral",
    "expansion",
    "price",
    "onboarding",
    "credits",
    "contacts_avoided",
    "repeat_contacts",
    "self_service",
    "handling_time",
    "acquisition_cost",
    "attrition",
    "incidents",
    "cash_collection",
)
# lever: (scope, (lowest, highest) limit that makes sense, is it in points)
LEVERS: dict[str, tuple[str, tuple[float, float], bool]] = {
    "churn_rate": ("segment", (0.0, 0.2), False),
    "leads": ("segment", (500.0, 9000.0), False),
    "lead_to_opportunity": ("segment", (0.05, 0.6), False),
    "sales_cycle_days": ("company", (10.0, 120.0), False),
    "win_rate": ("segment", (0.1, 0.6), False),
    "referral_rate": ("segment", (0.01, 0.2), False),
    "growth_per_customer": ("segment", (-0.02, 0.15), True),
    "discount": ("segment", (0.0, 0.2), False),
    "onboarding_days": ("segment", (0.0, 60.0), False),
    "credit_rate": ("segment", (0.0, 0.05), False),
    "issues_per_customer": ("segment", (0.0, 15.0), False),
    "first_contact_resolution": ("company", (0.5, 1.0), True),
    "self_service_share": ("company", (0.1, 1.0), True),
    "minutes_per_assisted_contact": ("company", (2.0, 15.0), False),
    "acquisition_cost": ("segment", (0.0, 12000.0), False),
    "attrition_rate": ("company", (0.02, 0.5), False),
    "incidents_per_year": ("company", (0.0, 8.0), False),
    "days_sales_outstanding": ("company", (10.0, 60.0), False),
}


def chance(rng: random.Random, share: float) -> bool:
    """True in about `share` of calls."""
    return rng.random() < share


def between(rng: random.Random, low: float, high: float, digits: int = 4) -> float:
    """A number as a person would type it."""
    return round(rng.uniform(low, high), digits)


def sometimes_zero(rng: random.Random, low: float, high: float, digits: int = 4) -> float:
    """A base: now and then 0, for which ratios and weights have rules of their own."""
    return 0.0 if chance(rng, 0.08) else between(rng, low, high, digits)


def segment(rng: random.Random, name: str) -> dict[str, Any]:
    """One segment; inputs with a default are sometimes left out."""
    values = {
        "churn_rate": rng.choice([0.0, 1.0]) if chance(rng, 0.05) else between(rng, 0.005, 0.5),
        "growth_per_customer": sometimes_zero(rng, -0.15, 0.2),
        "discount": sometimes_zero(rng, 0.01, 0.5),
        "leads": sometimes_zero(rng, 100, 6000, 0),
        "lead_to_opportunity": sometimes_zero(rng, 0.02, 0.95),
        "win_rate": sometimes_zero(rng, 0.05, 0.9),
        "acquisition_cost": sometimes_zero(rng, 50, 20000, 0),
        "referral_rate": sometimes_zero(rng, 0.005, 0.2),
        "issues_per_customer": sometimes_zero(rng, 0.5, 25, 1),
        "onboarding_days": sometimes_zero(rng, 1, 120, 0),
        "credit_rate": sometimes_zero(rng, 0.001, 0.08),
    }
    kept = {key: value for key, value in values.items() if not chance(rng, 0.05)}
    return {
        "name": name,
        "customers": 0 if chance(rng, 0.04) else rng.randint(20, 5000),
        "revenue_per_customer": between(rng, 50, 50000, 0),
        "gross_margin": between(rng, 0.05, 0.95),
        **kept,
    }


def company_inputs(rng: random.Random) -> dict[str, dict[str, float]]:
    """The five company-wide groups; each is sometimes left out whole."""
    groups: dict[str, dict[str, float]] = {
        "sales": {
            "reps": sometimes_zero(rng, 1, 60, 0),
            "quota_per_rep": between(rng, 50000, 500000, 0),
            "sales_cycle_days": sometimes_zero(rng, 10, 200, 0),
            "capacity_bound": rng.choice([0.0, 1.0, between(rng, 0.1, 0.9, 2)]),
            "referral_cost_share": between(rng, 0, 1, 2),
            "acquisition_spend": rng.choice([0, rng.randint(10000, 5000000)]),
        },
        "service": {
            "first_contact_resolution": between(rng, 0.4, 1.0, 2),
            "self_service_share": sometimes_zero(rng, 0.05, 0.95, 2),
            "cost_per_assisted_contact": sometimes_zero(rng, 3, 60, 1),
            "cost_per_self_service_contact": between(rng, 0, 4, 2),
            "minutes_per_assisted_contact": sometimes_zero(rng, 2, 30, 1),
            "productive_hours_per_agent": sometimes_zero(rng, 900, 1700, 0),
            "outsourced_share": rng.choice([0.0, 1.0, between(rng, 0, 1, 2)]),
        },
        "people": {
            "frontline_headcount": rng.randint(0, 400),
            "attrition_rate": sometimes_zero(rng, 0.02, 1.3, 2),
            "replacement_cost": between(rng, 1000, 30000, 0),
        },
        "risk": {
            "incidents_per_year": sometimes_zero(rng, 0.5, 20, 1),
            "cost_per_incident": between(rng, 1000, 300000, 0),
        },
        "finance": {"days_sales_outstanding": sometimes_zero(rng, 5, 90, 0)},
    }
    if chance(rng, 0.5):
        groups["sales"]["variable_acquisition_share"] = between(rng, 0, 1, 2)
    return {name: group for name, group in groups.items() if not chance(rng, 0.06)}


def effects(rng: random.Random, names: list[str]) -> list[dict[str, Any]]:
    """Up to six effects on different levers; a segment lever sometimes by segment; some are harm."""
    made = []
    for lever in rng.sample(sorted(LEVERS), rng.choice([0, 1, 2, 3, 6])):
        scope, _, points = LEVERS[lever]
        spread = 0.08 if points else 0.5
        at = ["all"]
        if scope == "segment" and chance(rng, 0.5):
            at = rng.sample(names, rng.randint(1, len(names)))
        for name in at:
            harm = chance(rng, 0.25)
            low, base, high = sorted(
                between(rng, -spread if harm else 0.0, 0.3 * spread if harm else spread) for _ in "abc"
            )
            effect: dict[str, Any] = {"lever": lever, "segment": name, "low": low, "base": base, "high": high}
            if chance(rng, 0.8):
                effect["grade"] = rng.choice("ABCJ")
            made.append(effect)
    return made


def initiatives(rng: random.Random, years: int, names: list[str]) -> list[dict[str, Any]]:
    """Up to six initiatives; each may require earlier ones, be off, or start beyond the horizon."""
    made: list[dict[str, Any]] = []
    for number in range(rng.randint(0, 6)):
        months = 12 * years
        start = rng.choice(
            [0, 0, 1, 3, 5, 7, 12, 2.5, rng.randint(0, months), months - 1, months, months + 4]
        )
        initiative: dict[str, Any] = {
            "id": f"initiative_{number}",
            "name": f"Initiative {number}",
            "enabled": not chance(rng, 0.12),
            "start_month": max(start, 0),
            "build_months": rng.choice([0, 0, 1, 2, 4.5, 9]),
            "ramp_months": rng.choice([0, 1, 6, 7.5, 9, 24]),
            "adoption": rng.choice([0.0, 1.0, between(rng, 0.2, 1.0, 2), between(rng, 0.2, 1.0, 2)]),
            "one_time_cost": rng.choice([0, rng.randint(1000, 400000)]),
            "annual_cost": rng.choice([0, rng.randint(1000, 200000)]),
            "internal_fte": rng.choice([0, 0.5, 2]),
            "requires": [other["id"] for other in made if chance(rng, 0.25)],
            "effects": effects(rng, names) if names else [],
        }
        for optional in (
            "enabled",
            "start_month",
            "build_months",
            "ramp_months",
            "adoption",
            "annual_cost",
            "requires",
        ):
            if chance(rng, 0.1):
                del initiative[optional]
        made.append(initiative)
    return made


def custom_lines(rng: random.Random, years: int, owners: list[str], least: int) -> list[dict[str, Any]]:
    """Custom benefits and costs of every class, some of them negative, some tied to an initiative."""
    made = []
    for number in range(rng.randint(least, least + 3)):
        kind = rng.choice(["benefit", "benefit", "cost"])
        low = -50000 if kind == "benefit" and chance(rng, 0.3) else 0
        line: dict[str, Any] = {
            "name": f"Line {number}",
            "kind": kind,
            "class": rng.choice(CLASSES),
            "owner": "cfo",
            "initial": rng.choice([0, rng.randint(low, 90000)]),
            "by_year": [rng.randint(low, 120000) for _ in range(years)],
            "risk_adjustment": rng.choice([0, 0.1, between(rng, 0, 0.5, 2)]),
        }
        if owners and chance(rng, 0.4):
            line["initiative"] = rng.choice(owners)
        made.append(line)
    return made


def scenarios(rng: random.Random) -> dict[str, Any]:
    """Scenarios of the case's own in place of the four, a built-in among them now and then."""
    made: dict[str, Any] = {}
    for number in range(rng.randint(1, 3)):
        made[f"scenario_{number}"] = {
            "effects": rng.choice(["low", "base", "high"]),
            "haircut": chance(rng, 0.4),
            "cost_factor": rng.choice([1.0, 0.9, 1.25]),
            "delay_months": rng.choice([0, 2, 6, 7.5]),
        }
        if number == 1:
            made["scenario_1"]["benefit_factor"] = rng.choice([0.5, 1.2])
    if chance(rng, 0.5):
        made[rng.choice(["conservative", "base", "optimistic", "risk_adjusted"])] = "builtin"
    return made


def headline_shares(rng: random.Random) -> dict[str, Any]:
    """Overrides in both forms, agreed and not."""
    made: dict[str, Any] = {}
    for line in rng.sample(LINES, rng.randint(1, 4)):
        share = between(rng, 0, 1, 2)
        if chance(rng, 0.5):
            made[line] = share
        else:
            agreed = rng.choice([None, {"by": "VP Service", "on": datetime.date(2026, 11, 3)}])
            made[line] = {
                "share": share,
                "positions_not_refilled": 2,
                "owner": "VP Service",
                "agreed": agreed,
            }
    return made


def random_case(rng: random.Random) -> dict[str, Any]:
    """One valid case as plain data; the same `rng` state gives the same case."""
    years, per_year = rng.randint(1, 5), rng.choice([1, 4, 4, 12])
    names = ["Enterprise", "Mid-market", "Consumer"][: rng.choice([0, 1, 1, 2, 2, 2, 3])]
    company: dict[str, Any] = {
        "name": "Random",
        "industry": "any",
        "currency": "EUR",
        "decision_date": datetime.date(2027, 1, 1),
        "years": years,
        "periods_per_year": per_year,
        "discount_rate": rng.choice([0.0, 0.1, between(rng, 0.02, 0.3)]),
        "discounting": rng.choice(["end", "mid"]),
        "tax_rate": rng.choice([0.0, 0.25, between(rng, 0, 0.5, 2)]),
        "loaded_cost_per_fte": rng.choice([0, 120000]),
    }
    if chance(rng, 0.3):
        company["release_working_capital"] = chance(rng, 0.3)
    case: dict[str, Any] = {"casebuilder": 1, "title": "A random case", "company": company}
    if names:
        case["segments"] = [segment(rng, name) for name in names]
        case.update(company_inputs(rng))
    case["initiatives"] = initiatives(rng, years, names)
    owners = [initiative["id"] for initiative in case["initiatives"]]
    case["custom_lines"] = custom_lines(rng, years, owners, least=0 if names else 2)
    if names and chance(rng, 0.4):
        case["limits"] = {
            lever: between(rng, *LEVERS[lever][1]) for lever in rng.sample(sorted(LEVERS), rng.randint(1, 5))
        }
    if names and chance(rng, 0.4):
        case["headline_shares"] = headline_shares(rng)
    if chance(rng, 0.3):
        case["haircuts"] = {rng.choice("ABCJ"): between(rng, 0, 0.6, 2)}
    if chance(rng, 0.4):
        case["scenarios"] = scenarios(rng)
        company["headline"] = rng.choice(list(case["scenarios"]))
        if chance(rng, 0.3):
            del company["headline"]
    if owners and chance(rng, 0.6):
        case["options"] = {"full": "all", "some": rng.sample(owners, rng.randint(1, len(owners)))}
    if names and chance(rng, 0.3):
        revenue = sum(s["customers"] * s["revenue_per_customer"] for s in case["segments"])
        case["actuals"] = {
            "revenue": round(revenue * between(rng, 0.7, 1.3, 2)),
            "contacts": rng.randint(1, 90000),
        }
        case["plan"] = {"revenue": [round(revenue * between(rng, 0.8, 1.2, 2)) for _ in range(years)]}
    return case


def cases() -> st.SearchStrategy[dict[str, Any]]:
    """Hypothesis strategy over `random_case`; hypothesis chooses the numbers, so failures shrink."""
    return st.randoms(use_true_random=False, note_method_calls=False).map(random_case)
