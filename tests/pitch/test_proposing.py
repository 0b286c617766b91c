"""What the library proposes: it answers what nothing answers, closes what nothing moves, and never solves nothing."""

from functools import lru_cache
from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.case import Case, library, load
from casebuilder.case.edits import with_inputs
from casebuilder.case.investing import effect_path, from_library, without_investment
from casebuilder.case.problems_in import with_problem
from casebuilder.pitch.findings.finding import Ground
from casebuilder.pitch.numbers import SPACE
from casebuilder.pitch.proposing import (
    Proposal,
    lever_is_full,
    no_room,
    proposals,
    told,
    unanswered,
    worth_alone,
)

EXAMPLES = Path(__file__).parents[2] / "examples"


@lru_cache
def example(name: str) -> Case:
    return load(EXAMPLES / f"{name}.yaml")


def ground(case: Case) -> Ground:
    return Ground(build.certainty(build.evaluate(case)), case.stakeholders)


def proposed(case: Case, most: int = 42) -> dict[str, Proposal]:
    return {each.entry: each for each in proposals(ground(case), most)}


@pytest.fixture(scope="module")
def network() -> dict[str, Proposal]:
    return proposed(example("growth_network"))


def test_a_gap_that_nothing_moves_is_named_with_its_owner(network: dict[str, Proposal]) -> None:
    first = network["first_contact_programme"]
    assert first.reasons == (
        "Closes 41% of what the Head of Service Desk still lacks in first-contact resolution, which nothing that is "
        "asked for moves.",
    )
    hardly = proposed(example("consumer_subscription"))["lost_sale_analysis"].reasons[0]
    assert hardly.endswith("in cost per new customer, which what is asked for hardly moves.")
    assert "which gets worse with what is asked for" in network["agent_assist"].reasons[0]


def test_the_share_of_the_gap_is_what_putting_it_in_closes(network: dict[str, Proposal]) -> None:
    case = from_library(example("growth_network"), "first_contact_programme", option="growth")
    sure = build.certainty(build.evaluate(case))
    part = next(
        part for fit in sure.fits for part in fit.parts if part.driver.kpi == "first_contact_resolution"
    )
    assert 0.405 <= part.movement < 0.415
    assert "first_contact_programme" not in proposed(case)


def test_what_it_may_cost_is_where_it_adds_nothing() -> None:
    case = example("contract_services")
    one = next(each for each in ground(case).additions if each.initiative == "lost_sale_analysis")
    told_ = proposed(case)["lost_sale_analysis"]
    assert "EUR\u00a0122\u00a0K a year" in told_.pays
    assert one.bearable is not None
    wide = from_library(case, "lost_sale_analysis", option="lean")
    paid = with_inputs(wide, {"initiatives[lost_sale_analysis].annual_cost": one.bearable})
    before, after = (build.certainty(build.evaluate(each)).study.npv() for each in (case, paid))
    assert after == pytest.approx(before, abs=1.0)


def test_what_stands_at_its_best_is_not_proposed_and_says_why() -> None:
    case, outcome = example("growth_network"), build.evaluate(example("growth_network")).asked
    assert no_room(case, outcome, "closed_loop_feedback") == (
        "This company does not have the problem that this solves: revenue churn is 1.3% in Enterprise and 1.9% in "
        "Mid-market today, which is as good as it gets."
    )
    assert no_room(case, outcome, "customer_success_team").startswith("No room here: revenue churn")
    assert no_room(case, outcome, "lost_sale_analysis") == ""
    assert no_room(case, outcome, "journey_mapping") == "", "it moves no number, so none can be at its best"
    out = without_investment(case, "closed_loop")
    assert "closed_loop_feedback" not in proposed(out)


def test_a_metric_of_zero_is_no_improvement_reached() -> None:
    case, outcome = example("consumer_subscription"), build.evaluate(example("consumer_subscription")).asked
    assert lever_is_full(case, outcome, "sales_cycle_days")
    assert no_room(case, outcome, "buying_journey").startswith(
        f"Not stated yet: sales cycle (counts as 0{SPACE}days)"
    )
    said = {path: word for path, word in case.inputs.items() if path != "sales.sales_cycle_days"}
    zero = case.model_copy(update={"inputs": said})
    assert "sales cycle is 0 today in this case" in no_room(zero, outcome, "buying_journey")


def test_a_problem_that_nothing_answers_is_met_in_its_own_words() -> None:
    problem = {
        "what": "Unclear invoices, and nobody explains them",
        "journey_stage": "use",
        "customers_affected": 120.0,
    }
    case = with_problem(example("growth_network"), None, problem)
    found = proposed(case)
    assert "unclear_invoices_and_nobody_explains" in found["invoice_clarity"].problems
    assert found["invoice_clarity"].reasons[0] == (
        "May answer “Unclear invoices, and nobody explains them” (120 affected), which nothing in the case answers."
    )
    answered = from_library(case, "invoice_clarity", ["unclear_invoices_and_nobody_explains"])
    assert not any(each.problems for each in proposed(answered).values())


def test_a_problem_that_the_library_has_no_word_for_gets_what_pays_most() -> None:
    nameless = {"what": "Qwertz zxcvb", "journey_stage": "leave"}
    case = with_problem(example("contract_services"), None, nameless)
    found = {
        entry: each for entry, each in proposed(case).items() if "“Qwertz zxcvb”" in " ".join(each.reasons)
    }
    alone = {one.initiative: one.npv for one in ground(case).additions if one.from_library}
    assert len(found) == 2
    assert all(alone[entry] > 0 for entry in found)
    assert all(each.problems == () for each in found.values()), "it may be no answer at all"
    assert min(alone[entry] for entry in found) >= sorted(alone.values())[-4], (
        "near the top, what has no room left out"
    )


def test_what_does_not_pay_gets_what_pays_most() -> None:
    case = example("contract_services")
    losing = with_inputs(case, {"decision.stage_1.option": "full"})
    reason = "Pays most here of all in the library, and what is asked for does not pay yet."
    assert sum(reason in each.reasons for each in proposed(losing).values()) == 2
    assert not any(reason in each.reasons for each in proposed(case).values())


def test_where_nothing_is_left_to_answer_what_pays_most_is_named() -> None:
    case = example("growth_network").model_copy(update={"stakeholders": ()})
    assert unanswered(case, [each.id for each in case.initiatives]) == ()
    assert [each.reasons for each in proposed(case).values()] == [
        ("Pays most here of all in the library.",)
    ] * 2


def test_what_each_pays_alone_is_said_of_all_that_the_case_does_not_have() -> None:
    found = ground(example("contract_services"))
    said = worth_alone(found)
    by_worth = sorted(found.additions, key=lambda one: -one.npv)
    assert list(said) == [one.initiative for one in by_worth if one.from_library]
    assert said["lost_sale_analysis"] == proposed(example("contract_services"))["lost_sale_analysis"].pays
    fixed = with_inputs(example("contract_services"), {"service.outsourced_share": 0.0})
    assert (
        "The hours it frees count once positions are agreed."
        in worth_alone(ground(fixed))["first_contact_programme"]
    )


def test_most_reasons_come_first_and_no_more_than_asked_for(network: dict[str, Proposal]) -> None:
    counts = [len(each.reasons) for each in network.values()]
    assert counts == sorted(counts, reverse=True)
    assert len(proposed(example("growth_network"), 2)) == 2
    there = {i.use for i in example("growth_network").initiatives}
    assert not there & set(network)


def test_a_case_without_people_and_problems_gets_no_proposals() -> None:
    case = example("growth_network").model_copy(update={"stakeholders": (), "problems": ()})
    bare = case.model_copy(
        update={"initiatives": tuple(i.model_copy(update={"problems": ()}) for i in case.initiatives)}
    )
    assert proposed(bare) == {}


def test_unanswered_problems_run_from_the_largest() -> None:
    case = example("growth_network")
    assert [p.id for p in unanswered(case, [])] == [
        "silent_enquiry",
        "unknown_address",
        "slow_quote",
        "known_detractors",
    ]
    assert next(p.id for p in unanswered(case, ["fast_answer"])) == "unknown_address"
    assert unanswered(case, [i.id for i in case.initiatives]) == ()
    assert told(case.problems[3]) == "“Customers who complain in the survey hear nothing back” (210 affected)"


def test_no_sentence_holds_an_id() -> None:
    ids = {*library.levers(), *library.kpis(), *library.initiatives()}
    for name in ("growth_network", "contract_services", "consumer_subscription"):
        for each in proposed(example(name)).values():
            said = " ".join((*each.reasons, each.pays, each.room))
            assert not [id for id in ids if "_" in id and id in said]


def test_an_investment_that_moves_nothing_answers_nothing() -> None:
    """Naming a problem is no answer to it: an effect has to reach the customers who have it."""
    case = example("growth_network")
    problem = next(each for each in case.problems if any(each.id in i.problems for i in case.initiatives))
    every = [each.id for each in case.initiatives]
    assert problem not in unanswered(case, every)
    idle = case.model_copy(
        update={"initiatives": tuple(i.model_copy(update={"effects": ()}) for i in case.initiatives)}
    )
    assert problem in unanswered(idle, every)
    zero = {
        f"{effect_path(each.id, effect)}.{size}": 0.0
        for each in case.initiatives
        for effect in each.effects
        for size in ("low", "base", "high")
    }
    assert problem in unanswered(with_inputs(case, zero), every)


def test_what_pays_most_comes_first() -> None:
    sure = ground(example("growth_network"))
    alone = {one.initiative: one.npv for one in sure.additions if one.from_library}
    sizes = [alone.get(each.entry, 0.0) for each in proposals(sure, 42)]
    assert sizes == sorted(sizes, reverse=True)
