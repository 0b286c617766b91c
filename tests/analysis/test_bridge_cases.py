"""Two cases in one vocabulary: what came, went or is built another way, from any case to any other."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis import results
from casebuilder.analysis.bridge import bridge
from casebuilder.case import Case
from tests.agreement.random_cases import random_case
from tests.analysis.bridging import check, checked, edited, put, step
from tests.model.cases import EXAMPLES, case_of, example, few, flows, small


@pytest.mark.parametrize("needs", [[], ["listen", "also"]])
def test_what_is_needed_first(needs: list[str]) -> None:
    """It comes and goes; each is one step of its own, judged with the numbers of its side."""
    slow = [{"id": "also", "build_months": 7, "one_time_cost": 1_000}]
    before = edited(lambda data: data["initiatives"].extend(slow), put(6, "initiatives", 0, "build_months"))
    found = checked(before, edited(put(needs, "initiatives", 1, "requires"), data=before))
    assert [step.path for step in found.steps] == ["initiatives[act].requires"]
    assert (found.steps[0].amount > 0) == (needs == [])


def test_a_segment_under_another_name_is_no_change() -> None:
    def renamed(data: dict[str, Any]) -> None:
        data["segments"][0]["name"] = "Upper"
        data["initiatives"][1]["effects"][1]["segment"] = "Upper"

    found = checked(small(), edited(renamed))
    assert (found.steps, found.silent) == ((), ("segments[Upper].name",))
    both = checked(small(), edited(renamed, put(0.2, "segments", 0, "churn_rate")))
    assert [step.path for step in both.steps] == ["segments[Upper].churn_rate"]


def test_a_segment_that_is_split() -> None:
    """Two halves of a segment are worth the whole: what goes is what comes."""

    def split(data: dict[str, Any]) -> None:
        south = data["segments"].pop()
        for name in ("Coast", "Hills"):
            halves = {"customers": south["customers"] / 2, "leads": south["leads"] / 2}
            other = {"acquisition_cost": 151, "churn_rate": 0.26, "win_rate": 0.29, "gross_margin": 0.51}
            other |= {"revenue_per_customer": 901, "issues_per_customer": 3.1, "onboarding_days": 13}
            data["segments"].append(south | halves | other | {"name": name})

    found = checked(small(), edited(split))
    assert {step.path for step in found.steps} == {"segments[South]", "segments[Coast]", "segments[Hills]"}
    assert step(found, "segments[South]").amount < 0 < step(found, "segments[Coast]").amount
    assert step(found, "segments[Coast]").amount == pytest.approx(step(found, "segments[Hills]").amount)


def test_an_own_line_of_another_kind() -> None:
    line = {"name": "Fair", "by_year": [5_000, 4_000]}
    found = checked(
        small(custom_lines=[line | {"kind": "cost"}]),
        small(custom_lines=[line | {"kind": "benefit", "class": "margin"}]),
    )
    assert [step.path for step in found.steps] == ["custom_lines[Fair]"]
    assert found.steps[0].amount > 0


def test_an_investment_that_another_comes_to_need() -> None:
    """The need is judged with what it needs there: adding is dear, needing it costs time."""

    def more(data: dict[str, Any]) -> None:
        data["initiatives"].append({"id": "base", "one_time_cost": 4_000, "build_months": 9})
        data["initiatives"][1]["requires"] = ["listen", "base"]

    found = checked(small(), edited(more))
    assert {step.path for step in found.steps} == {"initiatives[base]", "initiatives[act].requires"}
    assert step(found, "initiatives[base]").amount == pytest.approx(-4_000 * 1.1)


def test_a_table_of_cash_flows_without_segments() -> None:
    """An own line in closed form; where the horizon is longer, the years that were not there are the horizon's."""
    before, after = flows([-100, 60, 60]), flows([-100, 60, 70, 33])
    found = checked(before, after)
    assert step(found, "custom_lines[Net]").amount == pytest.approx(10 / 1.1**2)
    assert step(found, "company.years").amount == pytest.approx(33 / 1.1**3)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_reworked(name: str) -> None:
    """One investment out, a segment's churn, the hurdle rate and the horizon changed: ends and sum hold."""
    found = example(name)
    after = _reworked(found.case, found.case.initiatives[1].id)
    made = bridge(found.case, after)
    check(made, found.asked.npv, results(after, ("npv",)).asked.npv)
    assert {step.path for step in made.steps} >= {"company.years", "company.discount_rate"}


def _reworked(case: Case, gone: str) -> Case:
    """The case without one investment, on a horizon a year longer, with other numbers."""
    data = case.model_dump(by_alias=True, exclude_unset=True)
    data["initiatives"] = [i for i in data["initiatives"] if i["id"] != gone]
    for initiative in data["initiatives"]:
        initiative["requires"] = [id for id in initiative.get("requires", ()) if id != gone]
    data["options"] = {
        id: inside if inside == "all" else [i for i in inside if i != gone]
        for id, inside in data["options"].items()
    }
    data["company"] |= {"years": data["company"]["years"] + 1, "discount_rate": 0.07}
    data["segments"][0]["churn_rate"] *= 1.1
    for line in data.get("custom_lines", ()):
        line["by_year"] = [*line["by_year"], 0]
        line["initiative"] = line.get("initiative") if line.get("initiative") != gone else None
    for part in ("inputs", "problems", "stakeholders"):
        data.pop(part, None)
    for initiative in data["initiatives"]:
        initiative.pop("problems", None)
    return case_of(data)


@few(0.1)
@given(st.integers(0, 2**32 - 1))
def test_from_any_case_to_any_other(seed: int) -> None:
    rng = random.Random(seed)
    before, after = random_case(rng), random_case(rng)
    after["company"]["currency"] = before["company"]["currency"]
    checked(before, after)
