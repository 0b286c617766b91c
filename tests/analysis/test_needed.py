"""Which inputs are read: judged by moving each input and watching the return and the named numbers."""

from datetime import date
from typing import Any

import pytest

from casebuilder.analysis.needed import needed, not_stated, readable
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


def test_what_lacks_is_needed_zero_and_nobodys() -> None:
    """Of what an effect on leavers reads, the cost that nobody has stated; a zero that somebody stated is an answer."""
    path = "people.replacement_cost"
    empty = with_inputs(small(effect("attrition_rate")), {path: 0.0})
    assert not_stated(case_without(empty, path)) == {path}
    begun = with_stated(empty, path, 0.0, "default", "Not known", "")
    assert not_stated(begun) == {path}, "a starting value is nobody's"
    assert not_stated(empty) == set(), "an estimate of zero"


def test_a_position_without_a_cost_lacks_and_what_nothing_reads_does_not() -> None:
    assert not_stated(small(internal_fte=0.5)) == {"company.loaded_cost_per_fte"}
    assert not_stated(small(effect("attrition_rate"))) == set()


def case_without(case: Case, path: str) -> Case:
    """The case in which nobody said anything of a number."""
    return case.model_copy(update={"inputs": {key: said for key, said in case.inputs.items() if key != path}})
