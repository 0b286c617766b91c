"""Evidence: the return without some grades, against a case from which these effects were struck out by hand."""

import copy
from typing import Any

import pytest

from casebuilder.analysis import results
from casebuilder.analysis.evidence import WEAK_GRADES, Evidence, evidence, npv_without, without_grades
from casebuilder.analysis.study import in_force, study
from casebuilder.case import from_data
from casebuilder.case.plain import plain
from casebuilder.model.inputs import GRADES
from tests.model.cases import EXAMPLES, case_of, example, flows, moving, small


def struck(data: dict[str, Any], grades: tuple[str, ...]) -> dict[str, Any]:
    """The case without the effects of these grades; nobody is left who may have signed one."""
    left = {**copy.deepcopy(data), "stakeholders": [], "inputs": {}}
    for initiative in left["initiatives"]:
        kept = [effect for effect in initiative.get("effects", []) if effect.get("grade", "J") not in grades]
        initiative["effects"] = kept
    return left


def data_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = plain(
        example(name).case.model_dump(by_alias=True, exclude_unset=True), dates_as_text=True
    )
    return found


@pytest.mark.parametrize(("name", "grades"), [(EXAMPLES[0], ("A",)), (EXAMPLES[1], ("C", "J"))])
def test_effects_off_are_effects_struck_out(name: str, grades: tuple[Any, ...]) -> None:
    """In every scenario and option, with costs as they are."""
    left = results(from_data(struck(data_of(name), grades)), ["npv"])
    case = example(name).case
    for (scenario, option), outcome in left.outcomes.items():
        asked = study(case, scenario, option)
        assert npv_without(asked, grades) == pytest.approx(outcome.npv, rel=1e-9)
        assert npv_without(in_force(asked), grades) == pytest.approx(outcome.npv, rel=1e-9)


def test_one_batch_is_one_at_a_time() -> None:
    asked = study(case_of(small()))
    found = evidence(asked)
    assert found.npv == pytest.approx(asked.npv())
    assert found.without_weak == pytest.approx(npv_without(asked, WEAK_GRADES))
    assert set(found.lost) == set(GRADES)
    for grade in GRADES:
        assert found.lost[grade] == pytest.approx(asked.npv() - npv_without(asked, [grade]))
    assert found.lost["J"] == 0
    assert found.lost["C"] > 0


def test_shares_of_a_positive_return() -> None:
    found = Evidence(200.0, -50.0, {"A": 20.0, "B": 0.0, "C": 250.0, "J": 0.0})
    assert found.weak_share == 1.25
    assert (found.share("A"), found.share("C")) == (0.1, 1.25)
    none = Evidence(0.0, -50.0, {"A": 20.0, "B": 0.0, "C": 50.0, "J": 0.0})
    assert (none.weak_share, none.share("A")) == (None, None)


def test_all_of_it_rests_on_one_grade() -> None:
    """A free effect of one grade is the whole return, of the others none of it."""
    for own in GRADES:
        data = moving("win_rate", 0.1, 0.2, 0.3)
        data["initiatives"][0]["effects"][0]["grade"] = own
        found = evidence(study(case_of(data)))
        assert found.lost == pytest.approx({grade: found.npv * (grade == own) for grade in GRADES})
        assert found.weak_share == pytest.approx(float(own in WEAK_GRADES))


def test_a_state_that_joins_a_batch() -> None:
    asked = study(case_of(small()))
    state = without_grades(asked, WEAK_GRADES)
    assert state == {
        f"initiatives[act].effects[churn_rate,all].{size}": 0.0 for size in ("low", "base", "high")
    }
    both = asked.states([{}, state, {**state, "company.discount_rate": 0.2}])["npv"]
    assert both[:2].tolist() == pytest.approx([asked.npv(), npv_without(asked)])
    assert both[2] == pytest.approx(npv_without(asked.with_inputs({"company.discount_rate": 0.2})))


def test_nothing_to_strike_out() -> None:
    assert without_grades(study(case_of(flows([-1.0, 3.0]))), GRADES) == {}
    found = evidence(study(case_of(flows([-1.0, 3.0]))))
    assert found.npv == found.without_weak == pytest.approx(-1 + 3 / 1.1)
    assert found.weak_share == 0
