"""Cuts: each against the case edited by hand, the order of no weight for the end, harm and costs left standing."""

import copy
import itertools
from typing import Any

import pytest

from casebuilder.analysis.cuts import (
    Cut,
    Cuts,
    applied,
    as_scenario,
    cut,
    cuts_in_review,
    next_steps,
    standard_cuts,
    stress,
)
from casebuilder.analysis.signatures import signed_effects
from casebuilder.analysis.study import effect_path, in_force, study
from casebuilder.case import Case, Doubt, KeptDoubts, Review, library
from casebuilder.model.results import Outcome
from casebuilder.model.structure import AS_SET
from tests.model.cases import EXAMPLES, case_of, example, run, small

#: All that is asked of the case edited by hand.
KEPT = ("npv", "payback_months", "payback_state")
BUILT_IN: dict[str, dict[str, Any]] = {
    "conservative": {"effects": "low", "cost_factor": 1.2, "delay_months": 6},
    "base": {},
    "risk_adjusted": {"haircut": True, "cost_factor": 1.1, "delay_months": 3},
}
EVERY = (
    Cut(kind="benefits", amount=0.7),
    Cut(kind="later", amount=4),
    Cut(kind="costs", amount=1.3),
    Cut(kind="hurdle", amount=0.25),
    Cut(kind="cash_only"),
    Cut(kind="theme", theme="win"),
    Cut(kind="signed_only"),
    Cut(kind="stress"),
)


def data(scenario: str = "risk_adjusted", **row: Any) -> dict[str, Any]:
    """The small case with more at stake: a promised share, a signature, harm; its scenario's row changed."""
    found = small(
        scenarios={scenario: BUILT_IN[scenario] | row},
        headline_shares={"repeat_contacts": 0.8, "incidents": 1.0},
        custom_lines=[{"name": "Own", "kind": "benefit", "class": "margin", "by_year": [9_000, 9_000]}],
    )
    effects = found["initiatives"][1]["effects"]
    effects[0]["agreed"] = {"by": "Head of Service"}
    effects.append({"lever": "leads", "low": -0.03, "base": -0.02, "high": -0.01, "grade": "B"})
    effects.append({"lever": "incidents_per_year", "low": 0.1, "base": 0.2, "high": 0.3, "grade": "A"})
    return found


def without(found: dict[str, Any], *levers: str) -> dict[str, Any]:
    for effect in found["initiatives"][1]["effects"]:
        if effect["lever"] in levers:
            effect.update(low=0, base=0, high=0)
    return found


def alone(case: Case, one: Cut) -> Cuts:
    return cut(study(case), [one])


def by_hand(one: Cut, scenario: str) -> Outcome:
    """The case in which somebody typed what the cut says."""
    row, found = BUILT_IN[scenario], data(scenario)
    if one.kind == "benefits":
        found = data(scenario, benefit_factor=one.amount)
    elif one.kind == "later":
        found = data(scenario, delay_months=row.get("delay_months", 0) + one.amount)
    elif one.kind == "costs":
        found = data(scenario, cost_factor=row.get("cost_factor", 1) * one.amount)
    elif one.kind == "hurdle":
        found["company"]["discount_rate"] = one.amount
    elif one.kind == "cash_only":
        found["headline_shares"] = {}
    elif one.kind == "theme":
        found = without(found, "win_rate")
    elif one.kind == "signed_only":
        found = without(found, "win_rate", "first_contact_resolution", "incidents_per_year")
    elif one.kind == "stress":
        found = data(scenario, benefit_factor=0.44, cost_factor=row.get("cost_factor", 1) * 1.45)
    return run(found, KEPT).headline


@pytest.mark.parametrize("scenario", BUILT_IN)
@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.kind)
def test_a_cut_is_the_case_edited_by_hand(one: Cut, scenario: str) -> None:
    case = case_of(data(scenario))
    found, edited = alone(case, one), by_hand(one, scenario)
    assert found.start == pytest.approx(run(data(scenario), KEPT).headline.npv, rel=1e-12)
    assert found.end == pytest.approx(edited.npv, rel=1e-9)
    assert found.end != found.start
    (step,) = found.steps
    assert (step.cut, step.npv, step.step) == (one, found.end, found.end - found.start)
    assert step.payback_months == pytest.approx(edited.payback_months)
    assert step.payback_state == edited.payback_state
    assert applied(study(case), [one]).npv() == pytest.approx(found.end, rel=1e-12)


def test_the_end_does_not_depend_on_the_order() -> None:
    raw = study(case_of(data()))
    ends = set()
    for order in itertools.islice(itertools.permutations(EVERY), 0, None, 1997):
        found = cut(raw, order)
        assert found.start + sum(step.step for step in found.steps) == pytest.approx(found.end, abs=1e-6)
        assert [step.cut for step in found.steps] == list(order)
        ends.add(round(found.end, 4))
    assert len(ends) == 1


def test_factors_multiply_and_months_add_up() -> None:
    raw = study(case_of(data()))
    halves = cut(raw, [Cut(kind="benefits", amount=0.5), Cut(kind="benefits", amount=0.5)])
    assert halves.end == pytest.approx(cut(raw, [Cut(kind="benefits", amount=0.25)]).end)
    twice = cut(raw, [Cut(kind="later", amount=2), Cut(kind="later", amount=3)])
    assert twice.end == pytest.approx(cut(raw, [Cut(kind="later", amount=5)]).end)


def test_gains_counted_times_a_factor_are_a_straight_line() -> None:
    """Return is linear in the share of the gains that arrives; at none of them costs and harm are left."""
    raw = study(case_of(data()))
    none, half, all_ = (cut(raw, [Cut(kind="benefits", amount=share)]).end for share in (0.0, 0.5, 1.0))
    assert half == pytest.approx((none + all_) / 2)
    assert none < -run(data()).headline.amount("pv_costs") + 1


def test_a_cut_never_takes_harm_away() -> None:
    """A programme that only does harm loses the same without its theme and without a signature."""
    harm = small()
    harm["initiatives"][1]["effects"] = [
        {"lever": "churn_rate", "low": -0.2, "base": -0.1, "high": -0.05, "grade": "J"}
    ]
    for one in (Cut(kind="theme", theme="keep"), Cut(kind="signed_only")):
        assert alone(case_of(harm), one).steps[0].step == 0


def test_nothing_signed_leaves_costs() -> None:
    found = alone(case_of(small()), Cut(kind="signed_only"))
    assert found.end == pytest.approx(-run(small()).headline.amount("pv_costs"))
    assert found.steps[0].payback_state == "not_reached"
    assert found.steps[0].payback_months is None


def test_without_cuts() -> None:
    found = cut(study(case_of(small())), [])
    assert (found.steps, found.end) == ((), found.start)
    nothing = cut(study(case_of(small()), option="do_nothing"), EVERY)
    assert (nothing.start, nothing.end, nothing.payback_state) == (0, 0, "no_investment")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """A usual review and each theme, with an option, from sizes as they are or already in force."""
    found = example(name)
    raw = study(found.case, option=found.asked_option)
    review = cut(raw, standard_cuts())
    assert review.start == pytest.approx(found.asked.npv, rel=1e-9)
    assert review == cut(in_force(raw), standard_cuts())
    assert all(step.step <= 0 for step in review.steps)
    assert review.stressed == pytest.approx(cut(raw, [Cut(kind="stress")]).end, rel=1e-12)
    signed = cut(raw, [Cut(kind="signed_only")]).end
    assert signed == pytest.approx(_only_signed(found.case, found.asked_option), rel=1e-9)
    assert all(cut(raw, [Cut(kind="theme", theme=theme)]).end <= review.start for theme in ("keep", "win"))


def _only_signed(case: Case, option: str) -> float:
    """The examples do no harm, so every effect without a signature is simply 0."""
    signed = signed_effects(case)
    initiatives = [
        i.model_copy(
            update={
                "effects": tuple(
                    e
                    if effect_path(i.id, e) in signed
                    else e.model_copy(update={"low": min(e.low, 0), "base": min(e.base, 0), "high": 0})
                    for e in i.effects
                )
            }
        )
        for i in case.initiatives
    ]
    return study(case.model_copy(update={"initiatives": tuple(initiatives)}), option=option).npv()


def test_what_a_cut_must_say() -> None:
    for wrong in (
        {"kind": "benefits"},
        {"kind": "cash_only", "amount": 1.0},
        {"kind": "theme"},
        {"kind": "later", "amount": 1.0, "theme": "win"},
        {"kind": "costs", "amount": -1.0},
        {"kind": "rumour"},
    ):
        with pytest.raises(ValueError):
            Cut.model_validate(wrong)
    raw = study(case_of(small()))
    with pytest.raises(KeyError, match="luck"):
        cut(raw, [Cut(kind="theme", theme="luck")])
    with pytest.raises(ValueError, match="hurdle rate"):
        cut(raw, [Cut(kind="hurdle", amount=0.1), Cut(kind="hurdle", amount=0.2)])


def test_the_stress_is_what_its_source_says() -> None:
    """45 % over budget and 56 % less value than predicted."""
    found = stress()
    assert [found.costs, found.benefits] == pytest.approx([1 + 0.45, 1 - 0.56])
    evidence = library.evidence()[found.source]
    assert "5,400" in (evidence.population or "")
    assert "45 %" in evidence.statement
    assert "56 %" in evidence.statement


def test_the_case_itself_stays_as_it_is() -> None:
    raw = study(case_of(data()))
    before = copy.deepcopy(dict(raw.inputs))
    cut(raw, EVERY)
    assert dict(raw.inputs) == before
    assert applied(raw, EVERY).option == AS_SET


def test_what_the_next_cut_would_take_is_what_it_takes_then() -> None:
    made, others = EVERY[:2], EVERY[2:]
    would = next_steps(study(case_of(data())), made, others)
    for one, step in zip(others, would, strict=True):
        assert cut(study(case_of(data())), [*made, one]).steps[-1].step == pytest.approx(step, abs=1e-6), one


@pytest.mark.parametrize("scenario", BUILT_IN)
def test_factors_and_a_delay_are_a_scenario_of_the_same_return(scenario: str) -> None:
    case, made = case_of(data(scenario)), EVERY[:3]
    found = as_scenario(study(case), made)
    assert found is not None
    assert study(case.model_copy(update={"scenarios": {"cut": found}}), "cut").npv() == pytest.approx(
        cut(study(case), made).end, rel=1e-12
    )


@pytest.mark.parametrize("kind", ["hurdle", "cash_only", "theme", "signed_only"])
def test_what_no_scenario_can_say_is_none(kind: str) -> None:
    assert as_scenario(study(case_of(data())), [one for one in EVERY if one.kind in (kind, "costs")]) is None


def test_a_cut_that_changes_nothing_does_not_stop_a_scenario() -> None:
    plain = case_of(small(scenarios={"base": {}}))
    made = [Cut(kind="cash_only"), Cut(kind="hurdle", amount=plain.company.discount_rate)]
    assert as_scenario(study(plain), made) == plain.scenario_table["base"]


def test_a_review_says_which_cuts_are_shown() -> None:
    case, late, dear = case_of(data()), Doubt(kind="later", amount=3), Doubt(kind="costs", amount=2)
    assert cuts_in_review(case) == standard_cuts()
    kept = case.model_copy(update={"review": Review(kept=(KeptDoubts(name="CFO", doubts=(late,)),))})
    assert cuts_in_review(kept) == (Cut(kind="later", amount=3),)
    now = case.model_copy(update={"review": kept.review.model_copy(update={"doubts": (dear,)})})
    assert cuts_in_review(now) == (Cut(kind="costs", amount=2),)
