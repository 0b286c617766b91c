"""Edits: the new case is valid, the old one untouched, and nobody stands behind a number they never saw."""

import math
from pathlib import Path

import pytest

from casebuilder.case import Case, CaseError, dump, load, loads
from casebuilder.case.edits import ASKED, value_at, with_input, with_inputs

EXAMPLES = Path(__file__).parents[2] / "examples"
WIN_RATE = "segments[Enterprise].win_rate"
EFFECT = "initiatives[lost_sale_analysis].effects[win_rate,all].base"


@pytest.fixture(scope="module")
def case() -> Case:
    return load(EXAMPLES / "growth_network.yaml")


def test_one_value_changes_and_the_old_case_stays(case: Case) -> None:
    before = dump(case)
    edited = with_input(case, WIN_RATE, 0.2)
    assert edited.segments[0].win_rate == 0.2
    assert edited.segments[1] == case.segments[1]
    assert dump(case) == before
    assert edited.fingerprint != case.fingerprint


def test_an_edited_case_can_be_saved_and_opened_again(case: Case) -> None:
    edited = with_inputs(case, {WIN_RATE: 0.2, EFFECT: 0.05, ASKED: "full", "sales.reps": 80.0})
    assert loads(dump(edited)) == edited


def test_nothing_changed_is_the_same_case(case: Case) -> None:
    assert with_inputs(case, {}) == case
    assert with_inputs(case, {WIN_RATE: value_at(case, WIN_RATE) or 0.0}) == case


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (WIN_RATE, 1.4, "1.4 is above what is possible; allowed is 0 to 1"),
        (WIN_RATE, -0.1, "below what is possible"),
        (WIN_RATE, math.nan, "NaN is not a finite number"),
        (WIN_RATE, math.inf, "not a finite number"),
        (WIN_RATE, True, "allowed is a number"),
        (WIN_RATE, "a lot", "allowed is a number"),
        ("segments[Nobody].win_rate", 0.2, "nothing in this case has this path"),
        ("stakeholders[sales].private.notes", "x", "nothing in this case has this path"),
        (EFFECT, 0.9, "not in order"),
        (ASKED, "nowhere", "is not an option of this case"),
    ],
)
def test_what_is_not_possible_is_said(case: Case, path: str, value: float | bool | str, said: str) -> None:
    with pytest.raises(CaseError, match="the case") as refused:
        with_input(case, path, value)
    assert said in str(refused.value)


def test_changes_count_together(case: Case) -> None:
    high = EFFECT.replace(".base", ".high")
    edited = with_inputs(case, {EFFECT: 0.3, high: 0.4})
    effect = next(e for i in edited.initiatives if i.id == "lost_sale_analysis" for e in i.effects)
    assert (effect.base, effect.high) == (0.3, 0.4)


def test_a_confirmed_number_is_an_estimate_once_it_is_another(case: Case) -> None:
    assert case.inputs[WIN_RATE].status == "confirmed"
    edited = with_input(case, WIN_RATE, 0.2)
    assert edited.inputs[WIN_RATE].status == "estimate"
    assert edited.inputs[WIN_RATE].owner is None
    assert (
        "Changed from 0.172 (confirmed, CRM funnel report, Sales operations)"
        in edited.inputs[WIN_RATE].source
    )


def test_a_range_around_the_old_number_does_not_stop_the_new_one(case: Case) -> None:
    path, said = next((path, said) for path, said in case.inputs.items() if said.high is not None)
    beyond = 1.01 * (said.high or 0.0)
    assert value_at(with_input(case, path, beyond), path) == beyond


def test_a_signature_does_not_move_to_another_number(case: Case) -> None:
    effect = EFFECT.rpartition(".")[0]
    sales = next(person for person in case.stakeholders if person.persona == "sales")
    assert effect in sales.signed
    edited = with_input(case, EFFECT, 0.05)
    sales = next(person for person in edited.stakeholders if person.persona == "sales")
    assert effect not in sales.signed
    assert sales.signed
    assert (
        next(e for i in edited.initiatives if i.id == "lost_sale_analysis" for e in i.effects).agreed is None
    )


def test_parts_of_a_cost_follow_it(case: Case) -> None:
    before = next(i for i in case.initiatives if i.id == "closed_loop")
    after = with_input(case, "initiatives[closed_loop].one_time_cost", 2 * before.one_time_cost)
    items = next(i for i in after.initiatives if i.id == "closed_loop").cost_items
    assert [item.one_time for item in items] == [2 * (item.one_time or 0.0) for item in before.cost_items]


def test_what_was_left_out_can_be_given(case: Case) -> None:
    thin = loads(
        "{casebuilder: 1, title: t, company: {name: n, currency: EUR, decision_date: 2027-01-01, years: 1},"
        " segments: [{name: A, customers: 1, revenue_per_customer: 1, gross_margin: 1}]}"
    )
    assert value_at(thin, "sales.reps") == 0.0
    edited = with_input(thin, "sales.reps", 4.0)
    assert edited.sales.reps == 4.0
    assert edited.inputs["sales.reps"].source == "Changed from 0"


def test_asking_for_an_option(case: Case) -> None:
    assert value_at(case, ASKED) == "growth"
    other = with_input(case, ASKED, "full").decision.stage_1
    assert other is not None
    assert case.decision.stage_1 is not None
    assert (other.option, other.until) == ("full", case.decision.stage_1.until)
    everything = with_input(case, ASKED, "")
    assert everything.decision.stage_1 is None
    assert value_at(everything, ASKED) == ""
    later = with_input(everything, ASKED, "growth").decision.stage_1
    assert later is not None
    assert later.until.isoformat() == "2031-12-31", "the whole horizon, where no stage was planned"


LONG = "Customers of the northern and the eastern region with more than one site"


def test_names_of_any_length_are_found() -> None:
    text = (
        "{casebuilder: 1, title: t, company: {name: n, currency: EUR, decision_date: 2027-01-01, years: 1}, segments: ["
        + ", ".join(
            f"{{name: {name}, customers: 1, revenue_per_customer: 1, gross_margin: 1}}"
            for name in (LONG, LONG + " of their own", "Others")
        )
        + "]}"
    )
    changed = with_input(loads(text), f"segments[{LONG}].customers", 2.0)
    assert [s.customers for s in changed.segments] == [
        2.0,
        1.0,
        1.0,
    ]
