"""Investments written into a case: what the library brings, what people type, what goes with what is taken out."""

from datetime import date
from pathlib import Path

import pytest

from casebuilder.analysis.scenarios import results
from casebuilder.case import Case, CaseError, dump, library, load, loads
from casebuilder.case.answers_in import with_confirmed
from casebuilder.case.costs_in import with_cost_item
from casebuilder.case.edits import with_inputs
from casebuilder.case.investing import (
    NUMBERS,
    as_estimates,
    from_library,
    in_the_case,
    missing,
    with_effect,
    with_investment,
    with_investment_fields,
    with_member,
    without_effect,
    without_investment,
)
from casebuilder.case.records import Initiative
from casebuilder.case.totals import derive, read_totals
from casebuilder.case.totals_inputs import SPEND

EXAMPLES = Path(__file__).parents[2] / "examples"
ASSIST = "agent_assist"
SIZE = "initiatives[lost_sale_analysis].effects[win_rate,all]"
COST = "initiatives[closed_loop].one_time_cost"


@pytest.fixture(scope="module")
def case() -> Case:
    return load(EXAMPLES / "growth_network.yaml")


@pytest.fixture(scope="module")
def contract() -> Case:
    return load(EXAMPLES / "contract_services.yaml")


def of(case: Case, id: str) -> Initiative:
    return next(each for each in case.initiatives if each.id == id)


def test_the_library_brings_sizes_as_starting_values_and_no_costs(case: Case) -> None:
    before = dump(case)
    told = from_library(case, ASSIST, ["known_detractors"], "growth")
    new, entry = told.initiatives[-1], library.initiatives()[ASSIST]
    assert (new.id, new.use, new.library_version) == (ASSIST, ASSIST, library.library_version())
    assert (new.name, new.build_months, new.ramp_months) == (
        entry.name,
        entry.build_months,
        entry.ramp_months,
    )
    assert [e.base for e in new.effects] == [e.base for e in entry.effects]
    assert not {"one_time_cost", "annual_cost", "internal_fte", "adoption"} & new.model_fields_set
    assert new.gate is not None
    assert (new.gate.month, new.gate.stop_if) == (entry.checkpoint.month, entry.checkpoint.stop_if)
    said = {path: status for path, status in told.inputs.items() if path not in case.inputs}
    assert set(said) == {
        *(f"initiatives[{ASSIST}].{key}" for key in ("build_months", "ramp_months")),
        *(
            f"initiatives[{ASSIST}].effects[{e.lever},all].{size}"
            for e in entry.effects
            for size in ("low", "base", "high")
        ),
    }
    assert {status.status for status in said.values()} == {"default"}
    assert new.problems == ("known_detractors",)
    assert ASSIST in told.option_table["growth"]
    assert ASSIST not in told.option_table["retention"]
    assert loads(dump(told)) == told
    assert dump(case) == before


def test_what_it_needs_first_comes_with_it_once(contract: Case) -> None:
    alone = without_investment(contract, "voice_of_customer")
    assert missing(alone, "driver_owners") == ["voice_of_customer"]
    told = from_library(alone, "driver_owners", option="lean")
    assert [i.id for i in told.initiatives[-2:]] == ["voice_of_customer", "driver_owners"]
    assert told.initiatives[-1].requires == ("voice_of_customer",)
    assert {"voice_of_customer", "driver_owners"} <= told.option_table["lean"]
    assert missing(contract, "driver_owners") == []
    here = from_library(contract, "driver_owners")
    assert len(here.initiatives) == len(contract.initiatives) + 1


@pytest.mark.parametrize("entry", sorted(library.initiatives())[::6])
def test_every_entry_goes_in_and_comes_out_without_a_trace(case: Case, entry: str) -> None:
    told = from_library(case, entry, [case.problems[0].id])
    assert in_the_case(told, entry) is not None
    back = told
    for new in reversed(told.initiatives[len(case.initiatives) :]):
        back = without_investment(back, new.id)
    assert back == case


def test_one_of_our_own_begins_with_a_name(case: Case) -> None:
    told = with_investment(case, {"name": "Evening hours"}, "growth")
    assert (told.initiatives[-1].id, told.initiatives[-1].name) == ("evening_hours", "Evening hours")
    again = with_investment_fields(told, "evening_hours", {"name": "Late hours", "owner": "service"})
    assert (again.initiatives[-1].id, again.initiatives[-1].name) == ("evening_hours", "Late hours")
    with pytest.raises(CaseError, match="second time"):
        with_investment(told, {"name": "Evening hours"})


def test_a_typed_cost_is_an_estimate_and_zero_is_not_the_same_as_not_stated(case: Case) -> None:
    told = from_library(case, ASSIST)
    free = with_investment_fields(told, ASSIST, {"annual_cost": 0.0})
    assert "annual_cost" in of(free, ASSIST).model_fields_set
    assert free.inputs[f"initiatives[{ASSIST}].annual_cost"].status == "estimate"
    paid = with_investment_fields(free, ASSIST, {"annual_cost": 90_000.0, "start_month": 2.0})
    assert (of(paid, ASSIST).annual_cost, of(paid, ASSIST).start_month) == (90_000, 2)
    assert "Changed from 0" in paid.inputs[f"initiatives[{ASSIST}].annual_cost"].source
    silent = with_investment_fields(paid, ASSIST, {"annual_cost": None, "start_month": None})
    assert silent == told


def test_a_changed_number_is_nobodys_and_parts_follow(contract: Case) -> None:
    told = with_investment_fields(contract, "guided_start", {"one_time_cost": 148_000.0})
    assert [item.one_time for item in of(told, "guided_start").cost_items] == [96_000, 52_000]
    same = with_investment_fields(contract, "guided_start", {"one_time_cost": 74_000.0})
    assert same == contract
    signed = with_confirmed(contract, COST, "cfo", None, None, 46_000.0, None)
    assert (
        with_investment_fields(signed, "closed_loop", {"one_time_cost": 50_000.0}).inputs[COST].status
        == "estimate"
    )


def test_the_checkpoint_is_replaced_and_taken_out(case: Case) -> None:
    gate = {"month": 6.0, "indicator": "Calls made", "target": 0.5, "unit": "share"}
    told = with_investment_fields(case, "closed_loop", {"gate": gate})
    now = of(told, "closed_loop").gate
    assert now is not None
    assert (now.month, now.indicator, now.target, now.unit, now.stop_if) == (
        6,
        "Calls made",
        0.5,
        "share",
        "",
    )
    assert of(with_investment_fields(told, "closed_loop", {"gate": None}), "closed_loop").gate is None


def test_a_size_that_changes_is_nobodys_until_somebody_agrees(case: Case) -> None:
    at = {"lever": "win_rate", "segment": "all"}
    before = of(case, "lost_sale_analysis").effects[0]
    told = with_effect(case, "lost_sale_analysis", 0, at | {"base": 0.05})
    now = of(told, "lost_sale_analysis").effects[0]
    assert (now.low, now.base, now.high, now.grade) == (before.low, 0.05, before.high, before.grade)
    assert now.agreed is None
    assert not any(SIZE in who.signed for who in told.stakeholders)
    assert any(SIZE in who.signed for who in case.stakeholders)
    agreed = with_effect(
        told, "lost_sale_analysis", 0, at | {"agreed": {"by": "sales", "on": date(2027, 1, 5)}}
    )
    by = of(agreed, "lost_sale_analysis").effects[0].agreed
    assert by is not None
    assert (by.by, by.on) == ("sales", date(2027, 1, 5))
    with pytest.raises(CaseError, match="not in order"):
        with_effect(case, "lost_sale_analysis", 0, at | {"base": 0.5})


def test_agreement_ends_a_starting_value(case: Case) -> None:
    told = from_library(case, ASSIST)
    metric = of(told, ASSIST).effects[0].lever
    path = f"initiatives[{ASSIST}].effects[{metric},all]"
    agreed = with_effect(told, ASSIST, 0, {"lever": metric, "segment": "all", "agreed": {"by": "service"}})
    assert not any(name.startswith(path) for name in agreed.inputs)
    first = of(told, ASSIST).effects[0]
    signed = with_confirmed(told, path, "service", None, first.low, first.base, first.high)
    assert not any(name.startswith(path) for name in signed.inputs)


def test_effects_come_move_and_go(case: Case) -> None:
    new = {"lever": "attrition_rate", "segment": "all", "low": 0.0, "base": 0.02, "high": 0.05, "grade": "J"}
    told = with_effect(case, "lost_sale_analysis", None, new)
    assert of(told, "lost_sale_analysis").effects[1].lever == "attrition_rate"
    moved = with_effect(told, "lost_sale_analysis", 0, {"lever": "leads", "segment": "Enterprise"})
    assert of(moved, "lost_sale_analysis").effects[0].lever == "leads"
    assert not any(SIZE in who.signed for who in moved.stakeholders), "nobody signed it for this metric"
    assert without_effect(told, "lost_sale_analysis", 1) == case
    with pytest.raises(CaseError):
        without_effect(case, "lost_sale_analysis", 7)


def test_what_is_taken_out_takes_everything_said_of_it_along(contract: Case) -> None:
    left = without_investment(contract, "voice_of_customer")
    assert "voice_of_customer" not in {i.id for i in left.initiatives}
    assert of(left, "closed_loop").requires == ()
    assert "voice_of_customer" not in left.option_table["lean"]
    assert left.custom_lines == (), "its own benefit would otherwise count without it"
    gone = without_investment(contract, "guided_start")
    assert not any("guided_start" in path for who in gone.stakeholders for path in who.signed)
    assert any("headline_shares" in path for who in gone.stakeholders for path in who.signed)
    assert not any("guided_start" in path for path in gone.inputs)


def test_without_it_the_case_is_worth_what_it_is_worth_without_its_switch(case: Case) -> None:
    off = with_inputs(case, {"initiatives[fast_answer].enabled": False})
    out = without_investment(case, "fast_answer")
    value = [results(each).outcome("risk_adjusted", "growth").npv for each in (off, out)]
    assert value[0] == pytest.approx(value[1], rel=1e-9)
    assert value[0] != results(case).outcome("risk_adjusted", "growth").npv


def test_it_joins_a_choice_with_what_it_needs_and_leaves_it(case: Case) -> None:
    told = with_member(case, "growth", "closed_loop", True)
    assert {"closed_loop", "voice_of_customer"} <= told.option_table["growth"]
    left = with_member(told, "growth", "closed_loop", False)
    assert "closed_loop" not in left.option_table["growth"]
    assert with_member(case, "full", "closed_loop", False) == case, "what holds everything stays"


def test_starting_values_become_our_estimate(case: Case) -> None:
    told = as_estimates(from_library(case, ASSIST), ASSIST)
    mine = [said.status for path, said in told.inputs.items() if path.startswith(f"initiatives[{ASSIST}].")]
    assert mine
    assert set(mine) == {"estimate"}
    others = {path: said for path, said in told.inputs.items() if ASSIST not in path}
    assert others == case.inputs


def test_the_numbers_are_all_there_are() -> None:
    floats = {name for name, field in Initiative.model_fields.items() if field.annotation is float}
    assert set(NUMBERS) == floats


def test_what_is_not_there_is_said(case: Case) -> None:
    with pytest.raises(KeyError):
        from_library(case, "no_such_entry")
    for refused in (
        lambda: without_investment(case, "gone"),
        lambda: with_investment_fields(case, "gone", {"owner": "cfo"}),
        lambda: with_effect(case, "gone", 0, {}),
        lambda: as_estimates(case, "gone"),
    ):
        with pytest.raises(CaseError, match="there is no “gone”"):
            refused()
    with pytest.raises(CaseError, match="adoption"):
        with_investment_fields(case, "closed_loop", {"adoption": 1.4})


# ---- the spend of a new case -------------------------------------------------------------------------------------


def begun() -> Case:
    """A case from totals, with an investment of the library that says nothing of its cost."""
    totals = {
        "revenue": 48e6,
        "customers": 400,
        "gross_margin": 0.65,
        "customers_lost": 40,
        "spend_annual": 370_000,
    }
    made = derive(read_totals(totals), "Example", "USD", date(2027, 1, 1)).case
    return from_library(made, "closed_loop_feedback")


def test_the_typed_spend_counts_until_another_investment_states_its_cost() -> None:
    case = begun()
    spend = of(case, SPEND)
    assert (spend.enabled, spend.annual_cost, spend.name) == (
        True,
        370_000,
        "Spend as typed, not yet divided",
    )
    priced = with_investment_fields(case, "closed_loop_feedback", {"annual_cost": 120_000.0})
    assert not of(priced, SPEND).enabled and of(priced, SPEND).annual_cost == 370_000
    part = with_cost_item(
        case, "closed_loop_feedback", None, {"name": "Licence", "category": "licences", "annual": 5.0}
    )
    assert not of(part, SPEND).enabled
    own = with_investment(case, {"name": "One of ours", "one_time_cost": 10_000.0})
    assert not of(own, SPEND).enabled


def test_the_typed_spend_stays_where_nothing_else_costs_and_where_it_was_switched_on_again() -> None:
    case = begun()
    for fields in ({"name": "Another name"}, {"annual_cost": 0.0}, {"start_month": 3.0}):
        assert of(with_investment_fields(case, "closed_loop_feedback", fields), SPEND).enabled
    assert of(with_investment_fields(case, SPEND, {"annual_cost": 400_000.0}), SPEND).enabled
    priced = with_investment_fields(case, "closed_loop_feedback", {"annual_cost": 120_000.0})
    on = with_inputs(priced, {f"initiatives[{SPEND}].enabled": True})
    assert of(with_investment_fields(on, "closed_loop_feedback", {"annual_cost": 90_000.0}), SPEND).enabled
