"""The baseline of a case from totals reproduces the totals, and every step of the way is written down."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import Case, CaseError, dump, loads
from casebuilder.case.catalogue import totals as catalogue
from casebuilder.case.totals import Derived, Part, Totals, derive, read_totals

DAY = date(2027, 3, 1)
KNOWN: dict[str, Any] = {
    "revenue": 48_000_000,
    "customers": 400,
    "gross_margin": 0.65,
    "customers_lost": 40,
    "growth_of_existing": 0.03,
    "new_customers": 62,
    "win_rate": 0.2,
    "bookings_target": 9_000_000,
    "bookings": 6_000_000,
    "contacts": 11_400,
    "support_cost": 456_000,
    "support_people": 20,
    "leavers": 7,
    "spend_one_time": 190_000,
    "spend_annual": 370_000,
    "hurdle_rate": 0.12,
    "years": 4,
}
LEAST: dict[str, Any] = {key: KNOWN[key] for key in ("revenue", "customers", "gross_margin")}
PARTS = (
    Part(name="Large", customers=0.2, revenue=0.6, lost=0.1, contacts=0.5, new_customers=0.25, bookings=0.5),
    Part(name="Small", customers=0.8, revenue=0.4, lost=0.9, contacts=0.5, new_customers=0.75, bookings=0.5),
)


def derived(given: dict[str, Any] | None = None, **more: Any) -> Derived:
    return derive(Totals(**(KNOWN if given is None else given)), "Example", "USD", DAY, **more)


def baseline(case: Case) -> dict[str, float]:
    """What the inputs add up to on the opening day, by the definitions of docs/model.md."""
    won = {s.name: s.leads * s.lead_to_opportunity * s.win_rate for s in case.segments}
    fcr = case.service.first_contact_resolution
    contacts = sum(s.customers * s.issues_per_customer for s in case.segments) / fcr
    quota = case.sales.reps * case.sales.quota_per_rep
    bookings = sum(won[s.name] * s.revenue_per_customer for s in case.segments)
    unit_cost = (1 - case.service.self_service_share) * case.service.cost_per_assisted_contact
    return {
        "revenue": sum(s.customers * s.revenue_per_customer for s in case.segments),
        "customers": sum(s.customers for s in case.segments),
        "customers_lost": sum(s.customers * s.churn_rate for s in case.segments),
        "revenue_lost": sum(s.customers * s.revenue_per_customer * s.churn_rate for s in case.segments),
        "new_customers": sum(won.values()) + sum(s.customers * s.referral_rate for s in case.segments),
        "bookings": bookings,
        "bookings_target": quota,
        "attainment": bookings / quota if quota else 0.0,
        "contacts": contacts,
        "support_cost": contacts * unit_cost,
        "support_people": case.people.frontline_headcount,
        "leavers": case.people.frontline_headcount * case.people.attrition_rate,
    }


def assert_reproduced(given: dict[str, Any], case: Case) -> None:
    found = baseline(case)
    for key in found.keys() & given.keys():
        assert found[key] == pytest.approx(given[key], rel=1e-12), key
    if given.get("bookings_target") and "bookings" in given:
        assert found["attainment"] == pytest.approx(given["bookings"] / given["bookings_target"], rel=1e-12)


@pytest.mark.parametrize("parts", [(), PARTS], ids=["whole", "parts"])
def test_the_baseline_reproduces_the_totals(parts: tuple[Part, ...]) -> None:
    case = derived(parts=parts).case
    assert_reproduced(KNOWN, case)
    assert {s.win_rate for s in case.segments if s.leads} == {0.2}
    assert {s.gross_margin for s in case.segments} == {0.65}
    assert {s.growth_per_customer for s in case.segments} == {0.03}
    assert (case.company.discount_rate, case.company.years) == (0.12, 4)
    actuals = {key: KNOWN[key] for key in ("revenue", "new_customers", "contacts", "bookings")}
    assert case.actuals.model_dump() == actuals


def test_by_hand() -> None:
    """Twelve totals, every input worked out on paper."""
    today, new = derived().case.segments
    assert today.revenue_per_customer == 48_000_000 / 400 == 120_000
    assert today.churn_rate == 40 / 400 == 0.1
    assert today.issues_per_customer == 11_400 / 400 == 28.5
    assert (today.leads, today.lead_to_opportunity) == (0, 0)
    assert new.customers == 0
    assert new.leads == pytest.approx(62 / 0.2)
    assert new.lead_to_opportunity == 1
    assert new.revenue_per_customer == pytest.approx(6_000_000 / 62)
    case = derived().case
    assert case.service.cost_per_assisted_contact == 456_000 / 11_400 == 40
    assert case.people.attrition_rate == 7 / 20
    assert (case.sales.reps, case.sales.quota_per_rep) == (1, 9_000_000)


def test_new_customers_who_buy_like_old_ones_need_no_segment_of_their_own() -> None:
    same = KNOWN | {"bookings": 62 * 120_000}
    (only,) = derived(same).case.segments
    assert only.leads * only.win_rate == pytest.approx(62)
    assert_reproduced(same, derived(same).case)


def test_the_programme_costs_and_does_nothing_yet() -> None:
    (programme,) = derived().case.initiatives
    assert (programme.one_time_cost, programme.annual_cost, programme.effects) == (190_000, 370_000, ())
    assert derived(LEAST).case.initiatives == ()


@pytest.mark.parametrize(
    ("lost", "churn"),
    [
        ({"customers_lost": 30}, 0.075),
        ({"revenue_lost": 2_400_000}, 0.05),
        ({"renewal_rate": 0.92}, 0.08),
        ({}, 0),
    ],
)
def test_what_was_lost_in_any_of_three_ways(lost: dict[str, float], churn: float) -> None:
    given = {key: value for key, value in KNOWN.items() if key != "customers_lost"} | lost
    for segment in derived(given).case.segments:
        assert segment.churn_rate == pytest.approx(churn)
    assert_reproduced(given, derived(given, parts=PARTS).case)


def test_a_part_that_loses_more_than_its_share() -> None:
    large, _, small, _ = derived(parts=PARTS).case.segments
    assert large.churn_rate == pytest.approx(40 * 0.1 / (400 * 0.2))
    assert small.churn_rate == pytest.approx(40 * 0.9 / (400 * 0.8))
    assert [s.name for s in derived(parts=PARTS).case.segments] == [
        "Large",
        "Large, new customers",
        "Small",
        "Small, new customers",
    ]


def test_support_in_the_margin_is_added_back() -> None:
    case = derived(KNOWN | {"support_in_margin": True}).case
    assert case.segments[0].gross_margin == pytest.approx(0.65 + 456_000 / 48_000_000)


def test_new_business_alone_is_won_at_the_average() -> None:
    given = LEAST | {"bookings": 6_000_000}
    (only,) = derived(given).case.segments
    assert only.leads == pytest.approx(50)
    assert_reproduced(given, derived(given, parts=PARTS[:0]).case)


def test_what_is_not_known_creates_no_value_and_says_so() -> None:
    result = derived(LEAST)
    (only,) = result.case.segments
    assert (only.churn_rate, only.growth_per_customer, only.leads, only.issues_per_customer) == (0, 0, 0, 0)
    assert (only.win_rate, only.lead_to_opportunity) == (1, 1)
    unknown = [step for step in result.provenance if not step.totals]
    assert {step.path.rpartition(".")[2] for step in unknown} == {
        *(
            "churn_rate",
            "growth_per_customer",
            "issues_per_customer",
            "leads",
            "lead_to_opportunity",
            "win_rate",
        ),
    }
    for step in unknown:
        assert step.formula.startswith("Not known: ")
        assert result.case.inputs[step.path].status == "default"
    assert result.case.company.years == 3


def test_every_derived_input_has_its_provenance() -> None:
    result = derived(parts=PARTS)
    assert [step.path for step in result.provenance] == list(result.case.inputs)
    for step in result.provenance:
        assert set(step.totals) <= set(catalogue())
        assert result.case.inputs[step.path].status == ("estimate" if step.totals else "default")
        assert result.case.inputs[step.path].source == step.source
    stated = {path.partition(".")[2] for path in result.case.inputs if path.startswith("segments[Large].")}
    own = result.case.segments[0].model_fields_set - {"name"}
    assert stated == own


def test_it_is_a_case_like_any_other() -> None:
    case = derived(parts=PARTS).case
    assert loads(dump(case)) == case
    assert case.title == "A first case for Example"
    assert derived(title="Ours", periods_per_year=12).case.periods == 48


WRONG = {
    "missing": ({"revenue": 1, "customers": 1}, "the totals, gross_margin: this is missing"),
    "negative": (
        LEAST | {"contacts": -1},
        "the totals, contacts: -1 is below what is possible; allowed is 0 or more",
    ),
    "nobody": (LEAST | {"customers": 0}, "the totals, customers: 0 is below"),
    "text": (LEAST | {"win_rate": "20 %"}, "the totals, win_rate: the text '20 %' stands here"),
    "unknown": (LEAST | {"profit": 1}, "the totals, profit: this key is not known"),
    "infinite": (LEAST | {"contacts": float("inf")}, "infinity is not a finite number"),
    "lost twice": (
        LEAST | {"customers_lost": 1, "renewal_rate": 0.9},
        "what was lost is given more than once",
    ),
    "lost more": (LEAST | {"customers_lost": 401}, "more was lost than there is"),
    "lost revenue": (LEAST | {"revenue_lost": 48_000_001}, "more was lost than there is"),
    "never won": (LEAST | {"new_customers": 3, "win_rate": 0}, "customers were won at a win rate of 0"),
    "half": (LEAST | {"new_customers": 3, "bookings": 0}, "one is 0 and the other is not"),
    "no revenue": (LEAST | {"revenue": 0, "bookings": 5}, "new business is signed, and revenue is 0"),
    "no contacts": (
        LEAST | {"contacts": 0, "support_cost": 5},
        "support costs money, and there are no contacts",
    ),
    "no people": (LEAST | {"support_people": 0, "leavers": 5}, "people left, and there are none"),
    "margin": (
        LEAST | {"support_in_margin": True, "support_cost": 40_000_000},
        "with support added back is above 1",
    ),
    "years": (LEAST | {"years": 11}, "11 is above what is possible; allowed is a whole number, 1 to 10"),
}


@pytest.mark.parametrize("what", WRONG)
def test_totals_that_cannot_be(what: str) -> None:
    data, sentence = WRONG[what]
    with pytest.raises(CaseError) as caught:
        read_totals(data)
    assert len(caught.value.problems) == 1
    assert sentence in str(caught.value)


def test_all_contradictions_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        read_totals(
            LEAST
            | {"customers_lost": 500, "new_customers": 2, "bookings": 0, "leavers": 1, "support_people": 0}
        )
    assert len(caught.value.problems) == 3


def test_parts_must_add_up() -> None:
    with pytest.raises(
        CaseError,
        match="shares of customers, revenue, lost, new_customers, bookings, contacts do not sum to 1",
    ):
        derived(parts=PARTS[:1])
    with pytest.raises(CaseError, match="shares of contacts do not sum to 1"):
        derived(parts=(PARTS[0], PARTS[1].model_copy(update={"contacts": 0.4})))


def test_a_part_that_loses_more_customers_than_it_has() -> None:
    parts = (PARTS[0].model_copy(update={"lost": 0.9}), PARTS[1].model_copy(update={"lost": 0.1}))
    with pytest.raises(CaseError, match=r"segments\[Large\].churn_rate: .* is above what is possible"):
        derived(KNOWN | {"customers_lost": 200}, parts=parts)


def test_every_total_is_in_the_catalogue() -> None:
    assert set(Totals.model_fields) - {"support_in_margin"} == set(catalogue())


maybe = st.none() | st.floats(1, 1e9)


@given(
    revenue=st.floats(1, 1e12),
    customers=st.floats(1, 1e7),
    lost=st.floats(0, 1),
    new=maybe,
    bought=maybe,
    rate=st.none() | st.floats(0.01, 1),
    contacts=maybe,
    cost=maybe,
    share=st.floats(0.01, 0.99),
)
def test_any_totals_are_reproduced(**of: Any) -> None:
    known = {
        "revenue": of["revenue"], "customers": of["customers"], "gross_margin": 0.5, "bookings_target": 5e6,
        "customers_lost": of["lost"] * of["customers"], "new_customers": of["new"], "bookings": of["bought"],
        "win_rate": of["rate"], "contacts": of["contacts"], "support_cost": of["cost"],
    }  # fmt: skip
    known = {key: value for key, value in known.items() if value is not None}
    parts = (
        Part(name="a", customers=of["share"], revenue=0.5),
        Part(name="b", customers=1 - of["share"], revenue=0.5),
    )
    for case in (derived(known).case, derived(known, parts=parts).case):
        found = baseline(case)
        if "contacts" not in known:
            known.pop("support_cost", None)
        for key in found.keys() & known.keys():
            assert found[key] == pytest.approx(known[key], rel=1e-9), key
