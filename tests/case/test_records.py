"""The records of a case: what is required, what is assumed, which bounds hold, and what follows from a case."""

import math
from datetime import date

import pytest
from pydantic import ValidationError

from casebuilder.case import Case, CaseError, Company, Driver, Initiative, Scenario, Segment, loads
from casebuilder.case.catalogue import inputs, settings
from casebuilder.case.records import Finance, People, Risk, Sales, Service
from casebuilder.case.records.base import Record
from tests.case.sample import TEXT, changed, sample

COMPANY = {"name": "x", "currency": "EUR", "decision_date": date(2027, 1, 1), "years": 3}
SMALL: dict[str, object] = {"casebuilder": 1, "title": "x", "company": COMPANY}
GROUPS: dict[str, type[Record]] = {
    "segments": Segment,
    "sales": Sales,
    "service": Service,
    "people": People,
    "risk": Risk,
    "finance": Finance,
    "company": Company,
}

#: input -> (lowest, highest; None is no bound). What is not here runs from 0 up.
BOUNDS: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(
        (
            "gross_margin", "churn_rate", "lead_to_opportunity", "win_rate", "credit_rate", "self_service_share",
            "capacity_bound", "referral_cost_share", "variable_acquisition_share", "outsourced_share", "tax_rate",
        ),
        (0.0, 1.0),
    ),
    "discount": (0.0, 0.99),
    "first_contact_resolution": (0.05, 1.0),
    "growth_per_customer": (-0.95, None),
    "discounting": (None, None),
    "release_working_capital": (None, None),
}  # fmt: skip

#: What is assumed where it is not 0.
DEFAULTS: dict[str, object] = {
    "first_contact_resolution": 1,
    "variable_acquisition_share": 0.5,
    "discount_rate": 0.10,
    "discounting": "end",
    "release_working_capital": True,
    "customers": None,
    "revenue_per_customer": None,
    "gross_margin": None,
}


@pytest.mark.parametrize("name", inputs())
def test_bounds_and_defaults(name: str) -> None:
    word = inputs()[name]
    assert (word.lower, word.upper) == BOUNDS.get(name, (0.0, None))
    assert word.default == DEFAULTS.get(name, 0)
    assert name in GROUPS[word.group].model_fields


@pytest.mark.parametrize("name", [name for name, word in inputs().items() if isinstance(word.lower, float)])
def test_the_bounds_are_inside_and_beyond_them_is_refused(name: str) -> None:
    word, group = inputs()[name], GROUPS[inputs()[name].group]
    given = {"name": "x", "customers": 1, "revenue_per_customer": 1, "gross_margin": 0.5}
    given = COMPANY if group is Company else given if group is Segment else {}
    ends = [word.lower, word.upper if word.upper is not None else 1e12]
    for value in ends:
        assert getattr(group.model_validate({**given, name: value}), name) == value
    for end, beyond in zip(ends, (-math.inf, math.inf), strict=True):
        if end != 1e12:
            with pytest.raises(ValidationError):
                group.model_validate({**given, name: math.nextafter(end or 0.0, beyond)})


def test_every_number_of_a_group_is_in_the_catalogue() -> None:
    known = {*inputs(), *settings(), "name"}
    other = {"industry", "currency", "decision_date", "periods_per_year", "headline"}
    for group in GROUPS.values():
        assert set(group.model_fields) - known - other == set()


def test_a_small_case_and_what_is_assumed() -> None:
    case = Case.model_validate(SMALL)
    assert case.company.periods_per_year == 4
    assert case.periods == 12
    assert case.segments == case.initiatives == case.custom_lines == ()
    assert case.sales == Sales()
    assert case.option_table == {"do_nothing": frozenset()}
    initiative = Initiative(id="a")
    assert (initiative.name, initiative.enabled, initiative.adoption, initiative.start_month) == (
        "a",
        True,
        1,
        0,
    )
    assert Scenario() == Scenario(effects="base", haircut=False, cost_factor=1, delay_months=0)


def test_records_are_frozen_and_texts_are_cleaned() -> None:
    case = sample()
    with pytest.raises(ValidationError):
        case.title = "x"
    segment = Segment(name=" Cafe\u0301s ", customers=1, revenue_per_customer=1, gross_margin=1)
    assert segment.name == "Cafés"


def test_built_in_scenarios() -> None:
    case = Case.model_validate(SMALL)
    assert case.scenario_table == {
        "conservative": Scenario(effects="low", haircut=False, cost_factor=1.2, delay_months=6),
        "base": Scenario(effects="base", haircut=False, cost_factor=1, delay_months=0),
        "optimistic": Scenario(effects="high", haircut=False, cost_factor=1, delay_months=0),
        "risk_adjusted": Scenario(effects="base", haircut=True, cost_factor=1.1, delay_months=3),
    }
    assert case.headline == "risk_adjusted"
    assert case.haircut_table == {"A": 0.05, "B": 0.15, "C": 0.30, "J": 0.30}


def test_own_scenarios_replace_them_in_their_order() -> None:
    case = sample()
    assert list(case.scenario_table) == ["base", "cautious"]
    assert case.scenario_table["base"] == Scenario()
    assert case.scenario_table["cautious"].delay_months == 4.5
    assert case.headline == "cautious"
    assert loads(changed("  headline: cautious\n", "")).headline == "base"
    assert case.haircut_table == {"A": 0.05, "B": 0.15, "C": 0.5, "J": 0.30}


def test_options_end_with_doing_nothing() -> None:
    assert list(sample().option_table.items()) == [
        ("full", frozenset({"callback", "log", "faq"})),
        ("lean", frozenset({"callback", "log"})),
        ("do_nothing", frozenset()),
    ]


def test_how_a_driver_is_held_to_account() -> None:
    assert Driver(kpi="npv").held_to == "said"
    assert Driver(kpi="npv", on_scorecard=True).held_to == "scorecard"
    assert Driver(kpi="npv", on_scorecard=False).held_to == "tracked"
    assert Driver(kpi="npv", accountability="tracked").held_to == "tracked"


def test_the_fingerprint_stays() -> None:
    """The same for the same content; a new value here means that old stamps no longer match their cases."""
    case = sample()
    assert len(case.fingerprint) == 12
    assert case.fingerprint == sample().fingerprint
    assert Case.model_validate(SMALL).fingerprint == "d1de0c7974d4"


SAME = {
    "private": ('notes: "was burnt once"', 'notes: "likes it"'),
    "private objection": ('["My people will leave"]', "[]"),
    "spelling of a number": ("one_time_cost: 90000", "one_time_cost: 9.0e+4"),
    "order of keys": (
        "{incidents_per_year: 3, cost_per_incident: 40000}",
        "{cost_per_incident: 40000, incidents_per_year: 3}",
    ),
    "the usual scenario": ("  base: builtin", "  base: builtin  # expected"),
}
OTHER = {
    "title": ("title: Shorter", "title: Short"),
    "effect": ("high: 0.06", "high: 0.061"),
    "switch": ("enabled: true", "enabled: false"),
    "headline": ("  headline: cautious\n", ""),
    "order of scenarios": ("scenarios:\n  base: builtin", "scenarios:"),
}


@pytest.mark.parametrize("what", SAME)
def test_what_does_not_change_the_fingerprint(what: str) -> None:
    assert loads(changed(*SAME[what])).fingerprint == sample().fingerprint


@pytest.mark.parametrize("what", OTHER)
def test_what_changes_the_fingerprint(what: str) -> None:
    assert loads(changed(*OTHER[what])).fingerprint != sample().fingerprint


def test_a_default_written_out_keeps_the_fingerprint() -> None:
    text = changed(
        "  - {id: log, name: One contact log,",
        "  - {id: log, name: One contact log, adoption: 1, effects: [],",
    )
    assert loads(text).fingerprint == sample().fingerprint


def test_the_order_of_scenarios_counts_where_it_decides() -> None:
    one = changed("  headline: cautious\n", "")
    other = one.replace("  base: builtin\n", "").replace("\nreview:\n", "\n  base: builtin\nreview:\n")
    assert loads(one).headline != loads(other).headline
    assert loads(one).fingerprint != loads(other).fingerprint


@pytest.mark.parametrize(
    "path",
    [
        "sales.reps",
        "company.tax_rate",
        "segments[Offices].churn_rate",
        "initiatives[log].adoption",
        "limits.churn_rate",
        "headline_shares.handling_time.share",
        "headline_shares.self_service",
        "haircuts.C",
        "initiatives[callback].cost_items[Training].one_time",
        "initiatives[callback].effects[minutes_per_assisted_contact,all].base",
        "custom_lines[Dual running].by_year[2]",
        "plan.revenue[1]",
        "stakeholders[service].drivers[Calls answered in time].target",
        "scenarios.cautious.cost_factor",
        "actuals.revenue",
        "initiatives[faq].effects[self_service_share,all]",
    ],
)
def test_paths_that_can_have_a_status(path: str) -> None:
    text = changed("  segments[Offices].win_rate: {status", f'  "{path}": {{status')
    assert path in loads(text).inputs


@pytest.mark.parametrize(
    "path",
    ["stakeholders[service].private.notes", "inputs", "segments[3]", "sales.reps.x", "", "plan.revenue[4]"],
)
def test_paths_that_cannot(path: str) -> None:
    with pytest.raises(CaseError, match="nothing in this case has this path"):
        loads(changed("  segments[Offices].win_rate: {status", f'  "{path}": {{status'))


def test_the_sample_uses_every_field() -> None:
    """What the tests of reading, writing and fingerprints rest on."""
    case = loads(TEXT)
    assert case.model_fields_set == set(Case.model_fields)
