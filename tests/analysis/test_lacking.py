"""What people have to be asked for: judged by stating a number and watching something come of nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casebuilder.analysis.lacking import lacking
from casebuilder.analysis.needed import needed
from casebuilder.analysis.study import study
from casebuilder.case import Case, library, load
from casebuilder.case.answers_in import with_stated
from casebuilder.case.edits import with_inputs
from casebuilder.case.investing import from_library
from casebuilder.case.totals import derive, read_totals
from tests.analysis.test_needed import EXAMPLES, effect, small
from tests.house.repository import ROOT

LEAST: dict[str, Any] = {"revenue": 48_000_000, "customers": 3380, "gross_margin": 0.65}
ONE = "segments[Customers today]"


def begun(entry: str, **more: Any) -> Case:
    """A new case from the least that is needed, with an investment of the library."""
    start = library.starting_values()["subscription"]
    made = derive(read_totals(LEAST | more), "Example", "USD", date(2027, 1, 1), start=start)
    return from_library(made.case, entry)


def case_without(case: Case, path: str) -> Case:
    """The case in which nobody said anything of a number."""
    return case.model_copy(update={"inputs": {key: said for key, said in case.inputs.items() if key != path}})


def test_what_lacks_makes_nothing_of_a_benefit_and_is_nobodys() -> None:
    """Of what an effect on leavers reads, the cost that nobody has stated; a zero that somebody stated is an answer."""
    path = "people.replacement_cost"
    empty = with_inputs(small(effect("attrition_rate")), {path: 0.0})
    assert lacking(case_without(empty, path)) == {path}
    waiting = with_stated(empty, path, 0.0, "default", "Not known", "")
    assert lacking(waiting) == {path}, "a starting value is nobody's"
    assert lacking(empty) == set(), "an estimate of zero"


def test_a_position_without_a_cost_lacks_and_what_nothing_reads_does_not() -> None:
    assert lacking(small(internal_fte=0.5)) == {"company.loaded_cost_per_fte"}
    assert lacking(small(effect("attrition_rate"))) == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_lacks_nothing(name: str) -> None:
    assert lacking(load(ROOT / f"examples/{name}.yaml")) == set()


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("closed_loop_feedback", set()),
        ("lost_sale_analysis", {f"{ONE}.leads"}),
        ("frontline_engagement", {"people.frontline_headcount", "people.replacement_cost"}),
        ("obligation_checks", {"risk.incidents_per_year", "risk.cost_per_incident"}),
        (
            "self_service",
            {f"{ONE}.issues_per_customer", "service.cost_per_assisted_contact", "service.self_service_share"},
        ),
        (
            "first_contact_programme",
            {
                f"{ONE}.issues_per_customer",
                "service.cost_per_assisted_contact",
                "service.first_contact_resolution",
            },
        ),
    ],
)
def test_a_new_case_asks_for_what_its_benefits_wait_for(entry: str, asked: set[str]) -> None:
    assert lacking(begun(entry)) == asked


@pytest.mark.parametrize(
    "entry", ["agent_assist", "onboarding_education", "complaint_root_cause", "reference_programme"]
)
def test_a_benefit_is_nothing_without_what_lacks_and_something_with_it(entry: str) -> None:
    """Every number that is asked for, at any value: then no benefit of the investment is nothing any more."""
    case = begun(entry)
    own, asked = study(case), lacking(case)
    stated = {path: 0.5 if own.inputs[path] == 1.0 else _some(path) for path in asked}
    lines = {library.levers()[each.lever].line for each in case.initiatives[-1].effects}
    now, then = (own.states([state], lines) for state in ({}, stated))
    assert asked and any(not now[line].any() for line in lines)
    assert all(then[line].any() for line in lines)


def _some(path: str) -> float:
    return 0.3 if library.inputs()[path.rpartition(".")[2]].unit == "share" else 40.0


def test_neutral_zeros_are_not_asked_for() -> None:
    """Nobody said how much is refunded, referred, discounted: the benefit of fewer leavers stands without it."""
    case = begun("closed_loop_feedback", contacts=11_400, support_cost=456_000)
    values = study(case).inputs
    zeros = {path for path in needed(case) if values[path] == 0.0 and case.inputs[path].status == "default"}
    assert f"{ONE}.referral_rate" in zeros and f"{ONE}.discount" in zeros
    assert lacking(case).isdisjoint(zeros - {f"{ONE}.leads"})


def test_what_lacks_in_one_segment_is_asked_for_in_all() -> None:
    case = with_inputs(
        small(effect("self_service_share")), {f"segments[{name}].issues_per_customer": 0.0 for name in "AB"}
    )
    for name in "AB":
        case = case_without(case, f"segments[{name}].issues_per_customer")
    paths = {f"segments[{name}].issues_per_customer" for name in "AB"}
    assert paths <= lacking(case)
    stated = with_stated(case, "segments[A].issues_per_customer", 3.0, "estimate", "Desk", "")
    assert "segments[B].issues_per_customer" not in lacking(stated), "the benefit is there"


def test_a_number_that_somebody_named_is_asked_for() -> None:
    case = small(people=("incidents",))
    path = "risk.incidents_per_year"
    assert lacking(case_without(with_inputs(case, {path: 0.0}), path)) == {path}
