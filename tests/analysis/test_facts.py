"""What a report says is a fact; effects, costs, judgements and starting values are not."""

from casebuilder.analysis.facts import is_fact, is_known, without_facts
from casebuilder.analysis.ranges import ranges
from casebuilder.analysis.study import study
from casebuilder.analysis.tornado import tornado
from tests.model.cases import case_of, example, small


def test_what_reports_say_and_what_people_decide() -> None:
    case = example("contract_services").case
    place = case.segments[0].name
    for path in (f"segments[{place}].customers", f"segments[{place}].gross_margin", "sales.sales_cycle_days"):
        assert is_fact(case, path), path
    effects = [each.path for each in ranges(study(case)) if each.kind == "effect"]
    costs = [f"initiatives[{each.id}].one_time_cost" for each in case.initiatives]
    for path in (*effects, *costs, "company.discount_rate", "sales.capacity_bound", "limits.churn_rate"):
        assert not is_fact(case, path), path


def test_a_starting_value_is_assumed_and_a_stated_range_is_a_doubt() -> None:
    margin, customers = "segments[North].gross_margin", "segments[North].customers"
    case = case_of(small(inputs={margin: {"status": "default"}, customers: {"status": "estimate", "low": 1}}))
    assert not is_fact(case, margin)
    assert is_fact(case, customers)
    found = {each.path: each for each in ranges(study(case))}
    assert not is_known(case, found[customers])
    assert is_known(case, found["segments[South].gross_margin"])


def test_only_facts_leave_the_tornado() -> None:
    own = study(example("contract_services").case)
    every = tornado(own)
    left = without_facts(own.case, every)
    gone = [bar.range for bar in every.bars if bar not in left.bars]
    assert gone and all(is_known(own.case, each) for each in gone)
    assert not any(is_known(own.case, bar.range) for bar in left.bars)
    assert left.at == every.at
