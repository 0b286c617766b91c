"""What a busy reader may count on in every story of every example: the decision first, few pages, nothing twice."""

import re
from functools import lru_cache

import pytest

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.pitch.exhibits.asking import decided
from casebuilder.pitch.records import Pitch
from casebuilder.pitch.story import BACKUP, STORY, pitch
from casebuilder.pitch.together import COMMITTEE, look
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example

#: Slides before the backup: six, and two more for finance.
FEW = {"cfo": 8}
#: Characters that two lines of a slide's title hold in the usual case.
TWO_LINES = 150
#: What waits behind every story: time, conditions, evidence, answers, the others, worth of a customer, the method.
APPENDIX = {
    "roadmap",
    "readiness",
    "assumptions",
    "objections",
    "others",
    "lifetime_value",
    "sources",
    "method",
}


@lru_cache
def sure_of(name: str) -> Certainty:
    return Certainty(example(name), example(name).asked_option)


@lru_cache
def told(name: str, persona: str) -> Pitch:
    return pitch(example(name), persona, sure_of(name))


def readers() -> list[tuple[str, str]]:
    """Everybody of every example who is asked for something, and those who decide together."""
    found = []
    for name in EXAMPLES:
        people = example(name).case.stakeholders
        found += [(name, each.persona) for each in people if each.part != "informed"] + [(name, COMMITTEE)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("name", "persona"), readers())
def test_the_decision_comes_first_with_amount_decider_and_day(name: str, persona: str) -> None:
    exhibit, view = told(name, persona).exhibits[1], look(example(name), persona)
    assert exhibit.id == "decision"
    (first,) = (figure for figure in exhibit.figures if figure.key.endswith("/stage_1"))
    assert re.search(r"\d", first.text) and "to release now" in first.label
    who = decided(view)
    assert who and set(who) <= set(exhibit.takeaways)
    assert re.search(r"decides? .*by \d+ \w+ \d{4}", " ".join(who))


@pytest.mark.parametrize(("name", "persona"), readers())
def test_few_pages_before_the_backup_and_all_that_waits_behind(name: str, persona: str) -> None:
    parts = [(exhibit.id, exhibit.section) for exhibit in told(name, persona).exhibits]
    before = [id for id, section in parts if section == STORY]
    assert 4 <= len(before) <= FEW.get(persona, 6)
    assert {id for id, section in parts if section == BACKUP} | set(before) >= APPENDIX


def test_the_limit_holds_for_every_persona_of_the_library() -> None:
    stories = {id: persona.story for id, persona in library.personas().items()}
    stories[COMMITTEE] = library.committee().story
    assert all(len(story) <= FEW.get(id, 6) for id, story in stories.items())
    assert all(story[0] == "decision" for story in stories.values())


@pytest.mark.parametrize(("name", "persona"), readers())
def test_titles_are_conclusions_of_two_lines_with_their_number(name: str, persona: str) -> None:
    for exhibit in told(name, persona).exhibits[1:]:
        assert len(exhibit.title) <= TWO_LINES, exhibit.title
        if exhibit.section == STORY and exhibit.id not in ("ask", "asks"):
            assert re.search(r"\d", exhibit.title), exhibit.title


@pytest.mark.parametrize(("name", "persona"), readers())
def test_no_page_of_the_story_repeats_another(name: str, persona: str) -> None:
    """Who decides is said at the start and again where something is asked; all else stands once."""
    again = set(decided(look(example(name), persona)))
    said = [
        text
        for exhibit in told(name, persona).exhibits
        if exhibit.section == STORY
        for text in (f"{exhibit.title}.", *exhibit.takeaways)
        if text not in again
    ]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("name", EXAMPLES)
def test_finance_reads_cash_alone_first(name: str) -> None:
    view = View(example(name), "cfo")
    exhibit = told(name, "cfo").exhibit("decision")
    assert " on cash alone" in exhibit.title
    assert exhibit.figures[0].text in exhibit.title
    assert view.text(view.asked.npv, "money") in exhibit.title


@pytest.mark.parametrize(("name", "persona"), readers())
def test_a_reader_with_a_number_sees_the_target_and_the_company_s_return_on_its_page(
    name: str, persona: str
) -> None:
    view = look(example(name), persona)
    if not view.has_reader or view.driver is None or view.driver.target is None:
        return
    exhibit = told(name, persona).exhibit("kpi")
    assert view.text(view.driver.target, view.kpi.unit) in [figure.text for figure in exhibit.figures]
    if not view.starts_with_money:
        assert any(view.text(view.asked.npv, "money") in text for text in exhibit.takeaways)
