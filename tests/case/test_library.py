"""The library: every metric earns its benefit, every reader's KPI exists and moves, and what is cited is kept."""

import pytest

from casebuilder import build
from casebuilder.case import Case, from_data, library
from casebuilder.case.library import LimitRule
from casebuilder.model.results import Outcome
from tests.case.tables import (
    BEST,
    FIGURES,
    FOUNDATIONS,
    KPIS,
    LEVERS,
    OF_THE_CASE,
    OURS,
    PERSONAS,
    PROPOSED,
    UNMEASURED,
)


def best(rule: LimitRule, way: str, today: float) -> float:
    """The best achievable level by the rule, as docs/model.md states it."""
    level = (rule.share or 0.0) * today + (rule.points or 0.0)
    if way == "down":
        return max(level, rule.floor if rule.floor is not None else level)
    return min(level, rule.cap if rule.cap is not None else level)


def test_every_lever_earns_its_benefit_in_its_class() -> None:
    found = {
        lever.id: (lever.way, lever.kind, lever.scope, lever.line, lever.class_)
        for lever in library.levers().values()
    }
    assert found == LEVERS
    assert list(found) == list(LEVERS)


@pytest.mark.parametrize(("name", "today", "expected"), BEST)
def test_best_achievable_levels(name: str, today: float, expected: float) -> None:
    lever = library.levers()[name]
    assert best(lever.limit, lever.way, today) == pytest.approx(expected)


def test_every_lever_is_an_input() -> None:
    assert set(library.levers()) <= set(library.inputs())


def test_the_catalogue_of_kpis_is_complete() -> None:
    assert set(library.kpis()) == KPIS
    for kpi in library.kpis().values():
        assert kpi.levers, f"nothing moves {kpi.id}"
        assert set(kpi.levers) <= set(LEVERS)
    for name in OF_THE_CASE:
        assert set(library.kpis()[name].levers) == set(LEVERS)


def one_segment() -> dict[str, object]:
    """A company of one segment on which every metric has room to move, with one investment to fill in."""
    return {
        "casebuilder": 1,
        "title": "One lever",
        "company": {"name": "One", "currency": "EUR", "decision_date": "2027-01-01", "years": 2},
        "segments": [
            {
                "name": "All customers",
                "customers": 1000,
                "revenue_per_customer": 5000,
                "gross_margin": 0.6,
                "churn_rate": 0.12,
                "growth_per_customer": 0.01,
                "discount": 0.1,
                "leads": 4000,
                "lead_to_opportunity": 0.2,
                "win_rate": 0.2,
                "acquisition_cost": 900,
                "referral_rate": 0.02,
                "issues_per_customer": 8,
                "onboarding_days": 30,
                "credit_rate": 0.02,
            }
        ],
        "sales": {
            "reps": 6,
            "quota_per_rep": 150000,
            "sales_cycle_days": 60,
            "capacity_bound": 0.5,
            "referral_cost_share": 0.5,
        },
        "service": {
            "first_contact_resolution": 0.7,
            "self_service_share": 0.2,
            "cost_per_assisted_contact": 12,
            "cost_per_self_service_contact": 1,
            "minutes_per_assisted_contact": 10,
            "productive_hours_per_agent": 1500,
        },
        "people": {"frontline_headcount": 12, "attrition_rate": 0.3, "replacement_cost": 9000},
        "risk": {"incidents_per_year": 4, "cost_per_incident": 20000},
        "finance": {"days_sales_outstanding": 45},
        "scenarios": {"base": "builtin"},
    }


def moving(lever: str) -> Case:
    """The one-segment company with an investment that improves one metric a little."""
    effect = {"lever": lever, "segment": "all", "low": 0.01, "base": 0.01, "high": 0.01}
    return from_data({**one_segment(), "initiatives": [{"id": "only", "name": "Only", "effects": [effect]}]})


@pytest.mark.parametrize("lever", LEVERS)
def test_the_catalogue_says_which_kpis_a_lever_moves(lever: str) -> None:
    """Judged by the model: a metric moves a KPI if, and only if, the catalogue says so, and in the better direction
    where the KPI is nothing but that metric."""
    outcome = build.evaluate(moving(lever)).headline
    moved = set()
    for name in KPIS - OF_THE_CASE:
        change = [gain(outcome, name, year) for year in range(2)]
        if any(abs(part) > 1e-9 for part in change):
            moved.add(name)
            kpi = library.kpis()[name]
            if kpi.levers == (lever,):
                assert (change[-1] > 0) == (kpi.direction == "up"), name
    assert moved == {name for name in KPIS - OF_THE_CASE if lever in library.kpis()[name].levers}


def gain(outcome: Outcome, kpi: str, year: int) -> float:
    """The change of a KPI in a year, as a share of its level (of 1 where that is smaller)."""
    without, with_ = outcome.kpi(kpi, "without")[year], outcome.kpi(kpi, "with")[year]
    assert without is not None and with_ is not None, kpi
    return (with_ - without) / max(1.0, abs(without))


def test_every_persona_is_measured_on_kpis_of_the_catalogue() -> None:
    assert set(library.personas()) == PERSONAS
    for persona in library.personas().values():
        assert set(persona.kpis) <= KPIS
        assert len(set(persona.kpis)) == len(persona.kpis)
        if persona.source:
            assert persona.source in library.evidence()


def test_proposed_sizes() -> None:
    found = {
        entry.id: {effect.lever: (effect.low, effect.base, effect.high) for effect in entry.effects}
        for entry in library.initiatives().values()
    }
    assert found == PROPOSED | OURS | {name: {} for name in FOUNDATIONS | UNMEASURED}
    assert {e.grade for entry in library.initiatives().values() for e in entry.effects} == {"J"}


def test_sources_that_inform_a_size_may_do_so() -> None:
    """What may only be cited as context informs no size on its own."""
    for entry in library.initiatives().values():
        for effect in entry.effects:
            uses = {library.evidence()[source].use for source in effect.sources}
            assert not uses or "effect" in uses, f"{entry.id}: {effect.lever}"


def test_what_nobody_has_measured_proposes_a_pilot() -> None:
    unmeasured = UNMEASURED | {"complaint_root_cause", "voice_of_customer", "coaching", "reference_programme"}
    for name in unmeasured | OURS.keys() | FOUNDATIONS:
        assert "no credible effect size" in (library.initiatives()[name].pilot or "").lower(), name
    assert len(library.no_credible_effect_size()) == 4


def test_foundations_say_that_they_earn_nothing_by_themselves() -> None:
    for name in FOUNDATIONS | {"cross_functional_team", "unified_customer_data"}:
        assert "without an effect of its own" in library.initiatives()[name].description, name


def test_evidence_against_stands_beside_evidence() -> None:
    """Outreach may drive customers away, a score does not predict growth, referred customers may be worth no more."""
    counter = {name: set(item.counter) for name, item in library.evidence().items()}
    assert "proactive-harm" in counter["dedicated-success"]
    assert "nps-growth" in counter["loop-3x"] & counter["cx-index-point"]
    assert {"referral-replications", "referral-share"} <= counter["referred-value"]
    against = {name: set(entry.against) for name, entry in library.initiatives().items()}
    assert against["proactive_outreach"] == {"proactive-harm", "proactive-contacts"}
    assert not library.initiatives()["proactive_outreach"].sources
    assert "nps-growth" in against["voice_of_customer"]


def test_evidence_keeps_the_figures_of_its_source() -> None:
    assert len(library.evidence()) == 56
    assert library.evidence()["critical-73"].population == "682 leaders"
    assert library.evidence()["success-targeting"].grade == "A"
    assert library.evidence()["dedicated-success"].year is None, "the year was the other study's"
    for name, figures in FIGURES.items():
        for figure in figures:
            assert figure in library.evidence()[name].statement, f"{name}: {figure}"
    assert len(library.not_known()) == 3
    assert "industry" in (library.evidence()["cx-index-point"].caveat or "")


def test_words_cover_what_is_shown() -> None:
    words = library.words()
    assert set(words.lines) == {lever.line for lever in library.levers().values()} | {"working_capital"}
    assert len(words.lines) == 19
    assert set(words.classes) == {lever.class_ for lever in library.levers().values()}
    assert set(words.scenarios) == {"conservative", "base", "optimistic", "risk_adjusted"}
    assert set(words.grades) == {"A", "B", "C", "J"}
    assert set(words.worlds) == {"without", "with"}
    for name, table in words.model_dump().items():
        assert name == "terms" or len(set(table.values())) == len(table), f"two {name} read alike"


def test_look() -> None:
    tokens = library.look()
    assert tokens["do_nothing"] == "#9AA5B1"
    assert tokens["programme"] == "#0F766E"
    assert {"cost", "capacity", "risk", "harm", "ink", "muted", "line", "panel"} <= set(tokens)


def test_version() -> None:
    assert library.library_version()
