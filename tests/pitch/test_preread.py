"""The one page to read first: every text and number of it is one of the exhibits', whoever reads it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch.preread import LONGEST, PreRead, preread
from casebuilder.pitch.story import TOGETHER, TOLD, needed_to_pay, pitch
from casebuilder.pitch.together import COMMITTEE, look
from casebuilder.pitch.view import stamp_of
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, sure_of, texts
from tests.pitch.test_story import HARD, hard, losing, studies

EVERYBODY = (*library.personas(), COMMITTEE)
#: Read on every run; the others before a release.
SAMPLE = [
    pytest.param(persona, marks=() if persona in ("cfo", "sales", COMMITTEE) else (pytest.mark.thorough,))
    for persona in EVERYBODY
]


def told(results: Results, persona: str) -> PreRead:
    """The page, once each of its texts was found in an exhibit of the same reader."""
    sure = sure_of(results)
    page, view = preread(results, persona, sure), look(results, persona)
    tellers = (TOGETHER if persona == COMMITTEE else TOLD) | {"must_be_true": needed_to_pay}
    said = {text for kind, tell in tellers.items() if _can(kind, persona) for text in texts(tell(view, sure))}
    said |= {f"{text}." for text in said}
    points = [each for point in page.points for each in (point.conclusion, *point.more)]
    cells = [cell for row in (page.choices.rows if page.choices else ()) for cell in row]
    for text in [page.title, *points, *cells]:
        assert text in said or (text.endswith("…") and any(each.startswith(text[:-1]) for each in said)), text
        assert len(text) <= LONGEST
        assert not SPOILED.search(text.replace("\u00a0", " ")), text
    assert page.stamp == stamp_of(results.case)
    assert page.source
    return page


def _can(kind: str, persona: str) -> bool:
    """What a committee has no number for is never told to it."""
    return persona != COMMITTEE or kind not in ("kpi", "heads_up", "ask", "objections")


@pytest.mark.parametrize("persona", SAMPLE)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str, persona: str) -> None:
    results = example(name)
    page, first = told(results, persona), pitch(results, persona, studies(name)).exhibits[1]
    assert page.title == first.title
    assert [(f.text, f.label) for f in page.figures] == [(f.text, f.label) for f in first.figures]
    if first.id == "heads_up":
        assert page.choices is None and len(page.points) == 1
        return
    assert page.choices is not None and page.choices.rows[0][0] == "Do nothing"
    assert page.choices.emphasised is not None
    headings = [point.heading for point in page.points]
    assert ("Your number" in headings) == (persona != COMMITTEE)
    assert "The money" in headings and "What speaks against it" in headings
    assert any("decide" in text for text in page.decision)


@pytest.mark.parametrize("name", HARD)
def test_hard_cases(name: str) -> None:
    results = hard(name)
    for persona in ("cfo", "sales", COMMITTEE):
        told(results, persona)


@few(0.2)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    rng = random.Random(seed)
    results = run(random_case(rng))
    for persona in rng.sample(EVERYBODY, 2):
        told(results, persona)


def test_what_is_asked_of_the_reader_stands_once() -> None:
    data = small(decision={"ask": "Release it", "decider": "cfo", "by": "2027-02-01"})
    data["stakeholders"] = [{"persona": "cfo", "ask": "Half a million", "part": "approves"}]
    page = told(run(data), "cfo")
    assert not any(text.startswith("From you") for text in page.decision)
    assert "You decide by 1 February 2027." in page.decision
    assert "You decide by 1 February 2027." not in page.points[-1].more


def test_choices_that_are_the_same_stand_once() -> None:
    page = told(example("contract_services"), "cfo")
    assert page.choices is not None
    assert len({row[1:] for row in page.choices.rows}) == len(page.choices.rows)
    assert page.choices.rows[page.choices.emphasised or 0][0] == "Lean: returns most"


def test_where_it_does_not_pay_the_page_says_so() -> None:
    for persona in EVERYBODY:
        assert told(run(losing()), persona).title.startswith("Do not invest")


def test_a_long_text_ends_in_an_ellipsis() -> None:
    data = small(decision={"ask": "Release " + "all of it and more " * 40})
    page = told(run(data), "cfo")
    if run(data).asked.npv > 0:
        assert page.decision[0].endswith("…")
    assert all(len(text) <= LONGEST for text in page.decision)


def test_nobody_of_that_persona() -> None:
    with pytest.raises(KeyError, match="wizard"):
        preread(run(small()), "wizard")


def test_nothing_private() -> None:
    results = run(secretive())
    for persona in EVERYBODY:
        assert not any(CANARY in text for text in texts(preread(results, persona, sure_of(results))))
