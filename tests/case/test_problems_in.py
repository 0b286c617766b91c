"""Problems written into a case: the new case is valid and holds them, quotes stay, the old one is as it was."""

from pathlib import Path

import pytest

from casebuilder.case import Case, CaseError, dump, load, loads
from casebuilder.case.problems_in import new_id, with_answers, with_problem, without_problem

EXAMPLES = Path(__file__).parents[2] / "examples"
LATE = {
    "what": "Müller's first bill comes late!",
    "journey_stage": "onboard",
    "customers_affected": 60.0,
    "source": None,
}


@pytest.fixture(scope="module")
def case() -> Case:
    return load(EXAMPLES / "growth_network.yaml")


def test_a_problem_is_put_on_file_and_survives_the_file(case: Case) -> None:
    before = dump(case)
    told = with_problem(case, None, LATE)
    new = told.problems[-1]
    assert (new.id, new.journey_stage, new.customers_affected) == (
        "muller_s_first_bill_comes_late",
        "onboard",
        60,
    )
    assert new.source == ""
    assert told.problems[:-1] == case.problems
    assert loads(dump(told)) == told
    assert dump(case) == before
    assert without_problem(told, new.id) == case


def test_a_changed_problem_keeps_its_quote_and_its_answers(case: Case) -> None:
    told = with_problem(case, "slow_quote", {"what": "Ten days", "segment": "Enterprise"})
    was, now = case.problems[0], told.problems[0]
    assert (now.what, now.segment, now.evidence) == ("Ten days", "Enterprise", "")
    assert (now.quote, now.quote_may_be_shown) == (was.quote, True)
    assert told.initiatives == case.initiatives
    again = with_problem(told, "slow_quote", {"what": "Ten days", "quote": "", "quote_may_be_shown": False})
    assert (again.problems[0].quote, again.problems[0].quote_may_be_shown) == ("", False)


def test_what_answered_it_stays_and_names_it_no_more(case: Case) -> None:
    left = without_problem(case, "slow_quote")
    assert [p.id for p in left.problems] == ["silent_enquiry", "unknown_address", "known_detractors"]
    assert {i.id for i in left.initiatives} == {i.id for i in case.initiatives}
    assert not any("slow_quote" in i.problems for i in left.initiatives)
    assert any("slow_quote" in i.problems for i in case.initiatives)


def test_exactly_the_chosen_investments_answer_it(case: Case) -> None:
    told = with_answers(case, "slow_quote", ["closed_loop", "lost_sale_analysis"])
    assert {i.id for i in told.initiatives if "slow_quote" in i.problems} == {
        "closed_loop",
        "lost_sale_analysis",
    }
    others = {i.id: i.problems for i in case.initiatives if i.id == "closed_loop"}
    assert set(others["closed_loop"]) < set(
        next(i.problems for i in told.initiatives if i.id == "closed_loop")
    )
    with pytest.raises(CaseError, match="nobody_knows"):
        with_answers(case, "slow_quote", ["nobody_knows"])


def test_what_is_not_possible_says_so(case: Case) -> None:
    with pytest.raises(CaseError, match="nothing is said to go wrong"):
        with_problem(case, None, {"what": "  "})
    with pytest.raises(CaseError, match="customers_affected"):
        with_problem(case, None, {"what": "Late", "customers_affected": -1.0})
    with pytest.raises(CaseError, match="there is no “gone”"):
        without_problem(case, "gone")


def test_ids_are_made_from_words_and_never_twice() -> None:
    assert (
        new_id("A quote takes nine working days, and half of that", ())
        == "a_quote_takes_nine_working_days_and"
    )
    assert new_id("???", ()) == "new"
    assert new_id("Late", {"late", "late_2"}) == "late_3"
