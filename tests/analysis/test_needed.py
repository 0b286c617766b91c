"""Which inputs are read: judged by moving each input and watching the return and the named numbers."""

from datetime import date
from typing import Any

import pytest

from casebuilder.analysis.needed import needed, readable
from casebuilder.analysis.study import Study, study
from casebuilder.case import Case, from_data, library, load
from casebuilder.case.answers_in import with_stated
from casebuilder.case.edits import with_inputs
from casebuilder.model.kpis import OF_THE_CASE, kpi_key
from tests.house.repository import ROOT

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
ALWAYS = {"company.discount_rate", "company.tax_rate"}


def small(*effects: dict[str, Any], people: tuple[str, ...] = (), **more: Any) -> Case:
    """Two segments with every metric above zero, and one investment."""
    segment = {
        "customers": 400, "revenue_per_customer": 1000, "gross_margin": 0.6, "churn_rate": 0.1, "discount": 0.1,
        "leads": 300, "lead_to_opportunity": 0.3, "win_rate": 0.2, "acquisition_cost": 90, "referral_rate": 0.02,
        "issues_per_customer": 3, "onboarding_days": 30, "credit_rate": 0.01,
    }  # fmt: skip
    return from_data({
        "casebuilder": 1, "title": "Small",
        "company": {"name": "X", "currency": "USD", "decision_date": date(2027, 1, 1), "years": 3},
        "segments": [{"name": name} | segment for name in ("A", "B")],
        "people": {"frontline_headcount": 10, "attrition_rate": 0.3, "replacement_cost": 900},
        "risk": {"incidents_per_year": 4, "cost_per_incident": 1000},
        "initiatives": [{"id": "one", "name": "One", "annual_cost": 5, "effects": list(effects)} | more],
        "stakeholders": [{"persona": "cfo", "drivers": [{"kpi": kpi} for kpi in people]}],
    })  # fmt: skip


def effect(lever: str, segment: str = "all", size: float = 0.1) -> dict[str, Any]:
    return {"lever": lever, "segment": segment, "low": 0.0, "base": size, "high": size}


def test_fewer_leavers_need_three_numbers() -> None:
    people = {"people.frontline_headcount", "people.attrition_rate", "people.replacement_cost"}
    assert needed(small(effect("attrition_rate"))) == people | ALWAYS


def test_a_segment_that_no_effect_reaches_is_not_asked_about() -> None:
    found = needed(small(effect("issues_per_customer", "A")))
    assert "segments[A].issues_per_customer" in found
    assert not any(path.startswith("segments[B]") for path in found)


@pytest.mark.parametrize(
    "case",
    [
        small(),
        small(effect("attrition_rate"), enabled=False),
        small(effect("attrition_rate", size=0.0)),
        small(effect("attrition_rate"), start_month=36),
    ],
    ids=["no effect", "off", "of no size", "too late"],
)
def test_where_nothing_moves_only_finance_is_asked(case: Case) -> None:
    assert needed(case) == ALWAYS


def test_positions_need_their_cost() -> None:
    assert "company.loaded_cost_per_fte" in needed(small(internal_fte=0.5))


def test_a_number_that_somebody_named_is_read_without_any_effect() -> None:
    assert needed(small(people=("incidents",))) == ALWAYS | {"risk.incidents_per_year"}
    assert needed(small(people=("npv",))) == ALWAYS


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_not_needed_moves_nothing(name: str) -> None:
    """Every other input moved by a third: neither the return nor a named number changes by a cent."""
    case = load(ROOT / f"examples/{name}.yaml")
    own, read = study(case), needed(case)
    kpis = {d.kpi for person in case.stakeholders for d in person.drivers} & set(library.kpis())
    keys = ["npv", *(kpi_key(kpi, world) for kpi in kpis - set(OF_THE_CASE) for world in ("with", "without"))]
    assert_idle(own, [path for path in readable(case) if path not in read], keys)


def assert_idle(own: Study, paths: list[str], keys: list[str]) -> None:
    """Each path alone at seven tenths of its value: the same numbers as before."""
    found = own.states([{}, *({path: own.inputs[path] * 0.7} for path in paths)], keys)
    for key in keys:
        before = found[key][..., 0].tolist()
        for n, path in enumerate(paths, 1):
            after = found[key][..., n].tolist()
            assert after == pytest.approx(before, rel=1e-12, abs=1e-9, nan_ok=True), (path, key)


@pytest.mark.parametrize("lever", sorted(library.levers()))
def test_a_metric_that_moves_is_needed_itself(lever: str) -> None:
    case = small(effect(lever))
    word = library.inputs()[lever]
    path = f"segments[A].{lever}" if word.group == "segments" else f"{word.group}.{lever}"
    assert path in needed(case)


@pytest.mark.parametrize("lever", sorted(library.levers()))
def test_what_is_not_needed_moves_nothing_whatever_moves(lever: str) -> None:
    case = small(effect(lever))
    own, read = study(case), needed(case)
    assert_idle(own, [path for path in readable(case) if path not in read], ["npv"])


def test_where_nobody_is_won_on_somebodys_word_nothing_about_winning_is_asked() -> None:
    """New customers that stand in a segment of their own: judged by moving what is no longer needed."""
    path = "segments[A].leads"
    empty = with_inputs(
        small(effect("win_rate"), effect("churn_rate")), {path: 0.0, "segments[A].referral_rate": 0.0}
    )
    said = with_stated(empty, path, 0.0, "estimate", "Won elsewhere", "")
    gone = {f"segments[A].{name}" for name in ("lead_to_opportunity", "win_rate", "acquisition_cost")}
    assert gone.isdisjoint(needed(said))
    assert "segments[B].win_rate" in needed(said)
    assert_idle(study(said), [path for path in readable(said) if path not in needed(said)], ["npv"])
    begun = with_stated(empty, path, 0.0, "default", "Not known", "")
    assert gone <= needed(begun), "a number that nobody stated may turn out otherwise"


def test_an_edit_of_a_number_leaves_what_is_needed_and_a_switch_does_not() -> None:
    case = load(ROOT / "examples/growth_network.yaml")
    moved = with_inputs(case, {"segments[Enterprise].win_rate": 0.3})
    assert needed(moved) == needed(case)
    off = with_inputs(case, {f"initiatives[{each.id}].enabled": False for each in case.initiatives})
    assert needed(off) < needed(case)
