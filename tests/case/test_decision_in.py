"""The decision written into a case: what is stated and what not, its first stage, and what is refused."""

from datetime import date

import pytest

from casebuilder.case import Case, CaseError, dump, loads
from casebuilder.case.decision_in import EVERYTHING, why_not, with_decision
from tests.case.test_totals import DAY, derived

UNTIL = date(2028, 3, 1)
ASKED = {
    "ask": "Release the first year",
    "decider": "A name in words",
    "forum": "Board",
    "by": date(2027, 2, 1),
}


@pytest.fixture(scope="module")
def case() -> Case:
    return derived().case


def test_title_and_decision_are_replaced_and_nothing_else(case: Case) -> None:
    told = with_decision(case, " Ours ", ASKED)
    assert told.title == "Ours"
    assert told.decision.model_dump() == {**ASKED, "stage_1": None}
    assert told.model_copy(update={"title": case.title, "decision": case.decision}) == case
    assert loads(dump(told)) == told
    assert with_decision(told, case.title, dict.fromkeys(ASKED)).decision == case.decision


def test_a_case_without_choices_gets_one_of_everything_for_its_first_stage(case: Case) -> None:
    told = with_decision(case, "Ours", ASKED, EVERYTHING, UNTIL)
    assert told.options == {EVERYTHING: "all"}
    assert told.decision.stage_1 is not None
    assert (told.decision.stage_1.option, told.decision.stage_1.until) == (EVERYTHING, UNTIL)
    assert with_decision(told, "Ours", ASKED, EVERYTHING, UNTIL) == told


@pytest.mark.parametrize(
    ("title", "version", "until", "said"),
    [
        ("  ", None, None, "a title"),
        ("Ours", EVERYTHING, None, "needs both"),
        ("Ours", None, UNTIL, "needs both"),
        ("Ours", EVERYTHING, DAY, "ends after it"),
    ],
)
def test_what_is_refused(case: Case, title: str, version: str | None, until: date | None, said: str) -> None:
    assert said in why_not(case, title, version, until)
    with pytest.raises(CaseError, match=said):
        with_decision(case, title, {}, version, until)


def test_a_version_that_the_case_does_not_have_is_refused(case: Case) -> None:
    with pytest.raises(CaseError, match="an option of this case"):
        with_decision(case, "Ours", {}, "lean", UNTIL)
