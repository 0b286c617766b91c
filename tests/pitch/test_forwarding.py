"""The five lines to forward: plain, written for anybody, with the exhibits' own conclusions."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch import exhibits
from casebuilder.pitch.forwarding import Forwarding, forwarding
from casebuilder.pitch.together import COMMITTEE
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, sure_of
from tests.pitch.test_story import losing

EVERYBODY = (*library.personas(), COMMITTEE)


def told(results: Results, persona: str) -> Forwarding:
    """The e-mail, once its form was checked."""
    email = forwarding(results, persona, sure_of(results))
    assert len(email.lines) == 5
    for line in (email.subject, *email.lines):
        assert line and "\n" not in line
        assert not SPOILED.search(line.replace("\u00a0", " ")), line
    starts = [line.partition(" ")[0].rstrip(":") for line in email.lines]
    assert starts == ["Decision", "For", "Money", "Doubt", "Asked"]
    assert not any(" you" in line.lower() for line in email.lines), "it is read by others than its reader"
    assert email.text == f"Subject: {email.subject}\n\n{email.body}\n"
    assert results.case.fingerprint in email.lines[2]
    return email


@pytest.mark.parametrize("persona", EVERYBODY)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str, persona: str) -> None:
    results = example(name)
    email, view, sure = told(results, persona), View(results, "cfo"), sure_of(results)
    assert exhibits.money(view).title in email.lines[2]
    assert exhibits.cash_flow(view).title in email.lines[2]
    assert "starting value" in email.lines[2]
    assert exhibits.proof(view, sure).title in email.lines[3]
    if persona != COMMITTEE:
        theirs = View(results, persona)
        assert email.lines[1] == f"For the {theirs.role}: {exhibits.kpi(theirs).title}."


def test_by_hand() -> None:
    email = told(example("contract_services"), "cfo")
    assert email.subject == "Answer once, start on time: decision by 20 January 2027"
    assert email.lines[0] == (
        "Decision: release the lean version and leave the portal for next year. "
        "The Chief Financial Officer decides in the Investment committee by 20 January 2027."
    )
    assert email.lines[4].startswith(
        "Asked: from the Chief Financial Officer by 20 January 2027: approve the lean"
    )


def test_somebody_of_whom_nothing_is_asked_passes_nothing_on_to_do() -> None:
    assert told(example("contract_services"), "cmo").lines[4] == "Asked: nothing of the Head of Marketing."


def test_where_it_does_not_pay_the_subject_says_so() -> None:
    email = told(run(losing()), "cfo")
    assert email.subject.endswith(": we advise against it in this form")
    assert email.lines[0].startswith("Decision: Do not invest in this form")


@few(0.2)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    rng = random.Random(seed)
    results = run(random_case(rng))
    for persona in rng.sample(EVERYBODY, 2):
        told(results, persona)


def test_a_title_of_several_lines_is_one_subject() -> None:
    data = small(decision={"ask": "Release\nit.", "by": "2027-02-01"})
    data["stakeholders"] = [{"persona": "sales", "ask": "Two\npeople"}]
    told(run(data), "sales")


def test_nothing_private_and_nobody_s_words() -> None:
    results = run(secretive())
    for persona in EVERYBODY:
        text = told(results, persona).text
        assert CANARY not in text and "Keep them" not in text


def test_nobody_of_that_persona() -> None:
    with pytest.raises(KeyError, match="wizard"):
        forwarding(run(small()), "wizard")
