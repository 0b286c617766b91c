"""What a review writes into a case: it can be kept as a file, says no in a sentence, and leaves the rest alone."""

from datetime import date

import pytest

from casebuilder.case import Case, CaseError, Doubt, HeadlineShare, Scenario, dump, from_data, loads
from casebuilder.case.reviewed import (
    scenario_id,
    with_doubts,
    with_kept,
    with_open_point,
    with_promise,
    with_settled,
    without_kept,
)
from tests.case.sample import sample

DAY = date(2026, 11, 21)
LATE = Doubt(kind="later", amount=6)


def plain() -> Case:
    return sample().model_copy(update={"review": Case.model_fields["review"].default})


def again(case: Case) -> Case:
    return loads(dump(case))


def test_doubts_are_made_and_taken_back_without_a_trace() -> None:
    case = plain()
    made = with_doubts(case, [LATE, Doubt(kind="cash_only")])
    assert again(made).review.doubts == (LATE, Doubt(kind="cash_only"))
    assert made.fingerprint != case.fingerprint
    assert with_doubts(made, []) == again(case)
    assert with_doubts(made, []).fingerprint == case.fingerprint


def test_two_hurdle_rates_are_refused_in_a_sentence() -> None:
    with pytest.raises(CaseError, match="the doubt hurdle stands here a second time"):
        with_doubts(plain(), [Doubt(kind="hurdle", amount=0.1), Doubt(kind="hurdle", amount=0.2)])


def test_a_kept_set_with_a_scenario_leaves_the_one_that_counts() -> None:
    case = plain()
    kept = with_kept(case, " CFO, 21 Nov ", "cfo", DAY, [LATE], Scenario(haircut=True, delay_months=9))
    assert again(kept).scenario_table["CFO_21_Nov"] == Scenario(haircut=True, delay_months=9)
    assert list(kept.scenario_table)[:-1] == list(case.scenario_table)
    assert kept.headline == case.headline
    (only,) = kept.review.kept
    assert (only.name, only.by, only.on, only.doubts) == ("CFO, 21 Nov", "cfo", DAY, (LATE,))


def test_keeping_again_under_a_name_replaces_it_with_its_scenario() -> None:
    first = with_kept(plain(), "CFO", "", DAY, [LATE], Scenario(delay_months=9))
    second = with_kept(first, "CFO", "", DAY, [Doubt(kind="cash_only")])
    assert [each.doubts for each in second.review.kept] == [(Doubt(kind="cash_only"),)]
    assert "CFO" not in second.scenario_table, "a scenario of the old doubts would say what nobody kept"


def test_a_kept_set_goes_with_its_scenario_and_not_with_another_one() -> None:
    kept = with_kept(plain(), "CFO", "", DAY, [LATE], Scenario(delay_months=9))
    assert without_kept(kept, "CFO") == again(plain())
    assert "cautious" in without_kept(kept, "cautious").scenario_table, "nobody kept doubts under this name"


def test_the_usual_scenarios_stay_where_the_case_named_none() -> None:
    data = plain().model_dump(by_alias=True, exclude_unset=True)
    data.pop("scenarios")
    data["company"].pop("headline")
    bare = from_data(data)
    kept = with_kept(bare, "CFO", "", DAY, [LATE], Scenario(delay_months=9))
    assert list(kept.scenario_table) == [*bare.scenario_table, "CFO"]
    assert kept.headline == bare.headline


@pytest.mark.parametrize(
    ("name", "id"), [("CFO, 21 Nov", "CFO_21_Nov"), ("…", "review"), ("a" * 90, "a" * 60)]
)
def test_ids_of_names(name: str, id: str) -> None:
    assert scenario_id(name) == id


def test_questions_are_put_aside_settled_and_opened_again() -> None:
    case = with_open_point(plain(), " Who pays? ", " CFO ", DAY)
    case = with_open_point(case, "By when?", "", None)
    assert [(p.what, p.owner, p.due) for p in again(case).review.open_points] == [
        ("Who pays?", "CFO", DAY),
        ("By when?", None, None),
    ]
    settled = with_settled(case, 0, DAY)
    assert [p.settled for p in settled.review.open_points] == [DAY, None]
    assert with_settled(settled, 0, None) == case


@pytest.mark.parametrize(
    ("what", "why"), [("  ", "what"), ("two\u0000", "the text holds"), ("x" * 300, "300 characters")]
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(what: str, why: str) -> None:
    with pytest.raises(CaseError, match=why):
        with_open_point(plain(), what, "", None)


def test_a_promise_waits_for_somebody_who_agrees() -> None:
    promised = with_promise(plain(), "self_service", 0.4, 3, "VP Service")
    given = again(promised).headline_shares["self_service"]
    assert isinstance(given, HeadlineShare)
    assert (given.share, given.positions_not_refilled, given.owner, given.agreed) == (
        0.4,
        3,
        "VP Service",
        None,
    )
    agreed = with_promise(promised, "self_service", 0.4, 3, "VP Service", "service", DAY)
    given = again(agreed).headline_shares["self_service"]
    assert isinstance(given, HeadlineShare)
    assert given.agreed is not None
    assert (given.agreed.by, given.agreed.on) == ("service", DAY)
