"""Levers, one by one: the more the better, never past the best achievable, harm in full, and what a metric is worth."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.benefits import LINES
from casebuilder.model.results import Outcome
from tests.model.cases import LINE_OF, few, moving, run

LEVERS = library.levers()
#: Scenarios that are nothing but the three sizes of an effect.
PLAIN = {size: {"effects": size} for size in ("low", "base", "high")}
each_lever = pytest.mark.parametrize("lever", LEVERS)

#: Full effect from the first day, an effect that fits no metric's bounds, and no end to what is achievable: `limits`.
FREE = {
    lever.id: (0.0 if lever.id not in ("sales_cycle_days", "minutes_per_assisted_contact") else 1e-6)
    if lever.way == "down"
    else {
        "lead_to_opportunity": 1.0,
        "win_rate": 1.0,
        "first_contact_resolution": 1.0,
        "self_service_share": 1.0,
    }.get(lever.id, 1e6)
    for lever in LEVERS.values()
}


def scenarios(lever: str, low: float, base: float, high: float, **changes: Any) -> dict[str, Outcome]:
    """The small case with one effect, whose sizes are the scenarios."""
    changes = {"limits": {lever: FREE[lever]}, "scenarios": PLAIN, **changes}
    return run(moving(lever, low, base, high, **changes)).scenarios


def moved(outcome: Outcome, lever: str) -> list[tuple[float, tuple[float, ...]]]:
    """Today's level and the level by period with the programme, by segment or once for the company."""
    model = outcome.values
    places = ["North", "South"] if LEVERS[lever].scope == "segment" else [""]
    group = library.inputs()[lever].group
    bases = [f"segments[{place}].{lever}" if place else f"{group}.{lever}" for place in places]
    assert all(f"with.{lever}[{place}]" in model for place in places)
    return [
        (outcome.amount(base), outcome.flow(f"with.{lever}[{place}]")[1:])
        for base, place in zip(bases, places, strict=True)
    ]


# ---- the formula of a level


@each_lever
@pytest.mark.parametrize("size", [0.25, -0.25])
def test_one_effect(lever: str, size: float) -> None:
    """down: times 1 - size; up, relative: times 1 + size; up, in points: plus size."""
    word = LEVERS[lever]
    size = size / 10 if word.kind == "points" else size
    for outcome in scenarios(lever, size, size, size).values():
        for base, levels in moved(outcome, lever):
            expected = (
                base + size
                if word.kind == "points"
                else base * (1 - size if word.way == "down" else 1 + size)
            )
            assert list(levels) == pytest.approx([expected] * 8, rel=1e-12)


@each_lever
def test_two_effects_act_one_after_the_other(lever: str) -> None:
    """Relative ones multiply, points add; 0.8 of one and all of the other."""
    word = LEVERS[lever]
    first, second = (0.02, 0.03) if word.kind == "points" else (0.1, 0.2)
    data = moving(lever, first, first, first, limits={lever: FREE[lever]}, scenarios={"plain": {}})
    effect = {"lever": lever, "low": second, "base": second, "high": second}
    data["initiatives"].append({"id": "two", "name": "Two", "adoption": 0.8, "effects": [effect]})
    for base, levels in moved(run(data).headline, lever):
        sign = -1 if word.way == "down" else 1
        expected = base * (1 + sign * first) * (1 + sign * second * 0.8)
        if word.kind == "points":
            expected = base + first + second * 0.8
        assert list(levels) == pytest.approx([expected] * 8, rel=1e-12)


@pytest.mark.parametrize("lever", [name for name, lever in LEVERS.items() if lever.scope == "segment"])
def test_an_effect_on_one_segment_leaves_the_other(lever: str) -> None:
    size = 0.02 if LEVERS[lever].kind == "points" else 0.2
    outcome = run(moving(lever, size, size, size, segment="South", scenarios={"plain": {}})).headline
    (north, there), (south, here) = moved(outcome, lever)
    assert set(there) == {north}
    assert south not in here
    assert set(outcome.flow(f"{LINE_OF[lever]}[North]")) == {0.0}
    assert set(outcome.flow(f"{LINE_OF[lever]}[South]")) != {0.0}


@pytest.mark.parametrize(("grade", "haircut"), [("A", 0.05), ("B", 0.15), ("C", 0.30), ("J", 0.30)])
def test_risk_adjustment_makes_gains_smaller_and_harm_larger(grade: str, haircut: float) -> None:
    for size in (0.2, -0.2):
        data = moving("churn_rate", size, size, size, scenarios={"adjusted": {"haircut": True}})
        data["initiatives"][0]["effects"][0]["grade"] = grade
        base, levels = moved(run(data).headline, "churn_rate")[0]
        assert levels[0] == pytest.approx(base * (1 - (size - haircut * abs(size))), rel=1e-12)


# ---- the more, the better


@st.composite
def sizes(draw: st.DrawFn) -> tuple[float, float, float]:
    low, base, high = sorted(draw(st.lists(st.integers(-30, 60), min_size=3, max_size=3)))
    return low / 100, base / 100, high / 100


@each_lever
@few(0.12)
@given(sizes(), st.sampled_from([0, 4, 30]), st.sampled_from([0, 5]), st.booleans())
def test_low_base_high(
    lever: str, size: tuple[float, float, float], ramp: float, start: float, free: bool
) -> None:
    """A larger effect is never worth less: its own line, and in this case, where customers pay, the whole as well."""
    scale = 0.1 if LEVERS[lever].kind == "points" else 1.0
    data = moving(lever, size[0] * scale, size[1] * scale, size[2] * scale, scenarios=PLAIN)
    data["limits"] = {lever: FREE[lever]} if free else {}
    data["initiatives"][0] |= {"ramp_months": ramp, "start_month": start, "one_time_cost": 1000}
    low, base, high = run(data).scenarios.values()
    line = LINE_OF[lever]
    slack = 1e-6
    for worse, better in ((low, base), (base, high)):
        assert sum(worse.flow(line)) <= sum(better.flow(line)) + slack
        assert worse.amount(f"pv.{line}") <= better.amount(f"pv.{line}") + slack
        assert worse.npv <= better.npv + slack
    for outcome, part in ((low, size[0]), (base, size[1]), (high, size[2])):
        assert part * sum(outcome.flow(line)) >= -slack, "a gain has a plus and harm a minus"
        if part == 0:
            assert set(outcome.flow(line)) == {0.0}


@each_lever
def test_a_metric_earns_on_its_own_line(lever: str) -> None:
    """And, besides the cash tied up in growth, mostly there: lines that others' order touches stay 0 alone."""
    outcome = scenarios(lever, 0.05, 0.05, 0.05)["base"]
    earning = {line for line in LINES if any(outcome.flow(line))}
    assert LINE_OF[lever] in earning
    assert earning <= {LINE_OF[lever], "working_capital"}


# ---- room to improve


def at(lever: str, past: float) -> dict[str, Any]:
    """A limit at today's level, or that much past it on the wrong side: nothing is left to gain."""
    word, data = LEVERS[lever], moving(lever, -0.02, 0.02, 0.05, scenarios=PLAIN)
    group = data[library.inputs()[lever].group]
    levels = [row[lever] for row in group] if isinstance(group, list) else [group[lever]]
    limit = max(levels) + past if word.way == "down" else min(levels) - past
    return data | {"limits": {lever: limit}}


@each_lever
@pytest.mark.parametrize("past", [0.0, 0.004])
def test_at_or_past_the_best_achievable_there_is_exactly_nothing_to_gain(lever: str, past: float) -> None:
    found = run(at(lever, past)).scenarios
    for size in ("base", "high"):
        for base, levels in moved(found[size], lever):
            assert set(levels) == {base}
        for line in LINES:
            assert set(found[size].flow(line)) == {0.0}, line
        assert found[size].npv == 0


@each_lever
def test_harm_passes_through(lever: str) -> None:
    """Where nothing can be gained, something can still be lost."""
    free = scenarios(lever, -0.02, 0.02, 0.05)["low"]
    bound = run(at(lever, 0.0)).scenarios["low"]
    assert moved(bound, lever) == moved(free, lever)
    assert bound.flow(LINE_OF[lever]) == free.flow(LINE_OF[lever])
    assert sum(bound.flow(LINE_OF[lever])) < 0


@each_lever
def test_however_large_never_past_the_best_achievable(lever: str) -> None:
    """The default limits, from the table of the documentation, b is today's level."""
    limits: dict[str, Callable[[float], float]] = {
        "churn_rate": lambda b: max(0.02, 0.5 * b),
        "leads": lambda b: 1.5 * b,
        "lead_to_opportunity": lambda b: min(0.90, 1.5 * b),
        "sales_cycle_days": lambda b: 0.7 * b,
        "win_rate": lambda b: min(0.80, 1.5 * b),
        "referral_rate": lambda b: 2 * b,
        "growth_per_customer": lambda b: b + 0.03,
        "discount": lambda b: 0.7 * b,
        "onboarding_days": lambda b: 0.3 * b,
        "credit_rate": lambda b: 0.3 * b,
        "issues_per_customer": lambda b: 0.5 * b,
        "first_contact_resolution": lambda b: 0.90,
        "self_service_share": lambda b: min(0.90, b + 0.30),
        "minutes_per_assisted_contact": lambda b: 0.6 * b,
        "acquisition_cost": lambda b: 0.5 * b,
        "attrition_rate": lambda b: max(0.05, 0.5 * b),
        "incidents_per_year": lambda b: 0.3 * b,
        "days_sales_outstanding": lambda b: max(15, 0.6 * b),
    }
    outcome = run(moving(lever, 1.0, 1.0, 1.0, scenarios=PLAIN)).scenarios["base"]
    for base, levels in moved(outcome, lever):
        assert list(levels) == pytest.approx([limits[lever](base)] * 8, rel=1e-12)


@each_lever
def test_however_large_the_harm_never_past_what_is_possible(lever: str) -> None:
    word = library.inputs()[lever]
    outcome = run(moving(lever, -1.0, -1.0, -1.0, scenarios=PLAIN)).scenarios["base"]
    for base, levels in moved(outcome, lever):
        full = (
            base - 1 if LEVERS[lever].kind == "points" else base * (2 if LEVERS[lever].way == "down" else 0)
        )
        bounded = min(full, word.upper) if word.upper is not None else full
        bounded = max(bounded, word.lower) if word.lower is not None else bounded
        assert list(levels) == pytest.approx([bounded] * 8, abs=1e-12)
        assert word.holds(levels[0])


@each_lever
def test_a_base_of_nothing_cannot_be_moved_by_a_share(lever: str) -> None:
    if LEVERS[lever].kind == "points":
        return
    data = moving(lever, -0.2, 0.2, 0.4, scenarios=PLAIN)
    group = data[library.inputs()[lever].group]
    for row in group if isinstance(group, list) else [group]:
        row[lever] = 0
    for outcome in run(data).scenarios.values():
        for line in LINES:
            assert set(outcome.flow(line)) == {0.0}, line


# ---- what is counted, and an extra customer


@each_lever
def test_the_share_counted_as_cash(lever: str) -> None:
    """Margin and cost in full, capacity by its outsourced share (25 % here), risk not at all; harm always in full."""
    share = {"capacity": 0.25, "risk": 0.0}.get(LEVERS[lever].class_, 1.0)
    found = scenarios(lever, -0.02, 0.02, 0.05)
    line = LINE_OF[lever]
    for outcome in found.values():
        for gained, counted in zip(outcome.flow(line), outcome.flow(f"counted.{line}"), strict=True):
            assert counted == pytest.approx(gained * share if gained > 0 else gained, abs=1e-9)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        (0.4, 0.4),
        ({"share": 0.4, "owner": "VP Service", "agreed": {"by": "VP Service", "on": "2026-11-03"}}, 0.4),
        ({"share": 0.4, "owner": "VP Service", "agreed": None}, 0.25),
        ({"share": 0.4}, 0.25),
    ],
)
def test_a_share_counts_once_somebody_agreed(given: Any, share: float) -> None:
    data = moving(
        "issues_per_customer",
        0.1,
        0.1,
        0.1,
        scenarios={"plain": {}},
        headline_shares={"contacts_avoided": given},
    )
    outcome = run(data).headline
    assert sum(outcome.flow("counted.contacts_avoided")) == pytest.approx(
        share * sum(outcome.flow("contacts_avoided"))
    )


def test_more_customers_who_cost_more_than_they_bring_are_a_loss() -> None:
    """Which is why a larger effect is not a larger value in every case."""
    data = moving("win_rate", 0.1, 0.2, 0.3, scenarios=PLAIN)
    for segment in data["segments"]:
        segment |= {"gross_margin": 0.05, "issues_per_customer": 200}
    low, base, high = (outcome.npv for outcome in run(data).scenarios.values())
    assert high < base < low < 0
