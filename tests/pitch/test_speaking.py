"""Speaker notes: at every exhibit of every story thirty seconds, the likely objection and where the numbers are."""

import re
from typing import get_args

import pytest

from casebuilder.case import library
from casebuilder.case.library_records import ExhibitKind
from casebuilder.pitch.speaking import HEAR, NUMBERS, SAY, WORDS
from casebuilder.pitch.story import BACKUP, STORY, pitch
from casebuilder.pitch.together import COMMITTEE
from casebuilder.workbook.layout import _FIXED as SHEETS
from tests.model.cases import EXAMPLES, example, run, small
from tests.pitch.saying import SPOILED
from tests.pitch.test_story import studies

EVERYBODY = (*library.personas(), COMMITTEE)


@pytest.mark.parametrize("persona", EVERYBODY)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_exhibit_of_a_story_has_all_three(name: str, persona: str) -> None:
    found = pitch(example(name), persona, studies(name))
    story = [exhibit for exhibit in found.exhibits if exhibit.section == STORY]
    assert story
    for exhibit in story:
        parts = exhibit.notes.split("\n")
        assert [parts[n].startswith(start) for n, start in enumerate((SAY, HEAR, NUMBERS))] == [True] * 3
        assert parts[0].startswith(f"{SAY}{exhibit.title}.")
        assert len(parts[0].split()) <= WORDS + len(exhibit.title.split()) + 5
        assert not any(SPOILED.search(part.replace("\u00a0", " ")) for part in parts), parts
    assert not any(e.notes.startswith(SAY) for e in found.exhibits if e.section == BACKUP)


def test_their_own_objection_comes_before_anybody_s() -> None:
    found = pitch(example("contract_services"), "cfo", studies("contract_services"))
    theirs = next(one for one in library.personas()["cfo"].objections if "cash_flow" in one.shows)
    assert f"{HEAR}“{theirs.says}” {theirs.answer}" in found.exhibit("cash_flow").notes
    anybody = library.speaking()["proof"].objection
    assert anybody.says in found.exhibit("proof").notes


def test_an_answer_does_not_repeat_the_title() -> None:
    found = pitch(run(small()), "cfo").exhibit("versions")
    assert found.notes.split("\n")[1].count(found.title) == 0


def test_every_exhibit_that_a_story_can_hold_has_an_entry() -> None:
    stories = [*library.personas().values(), library.committee()]
    held = {kind for each in stories for kind in each.story} | {"heads_up"}
    assert held <= set(library.speaking()) <= set(get_args(ExhibitKind))


def test_the_sheets_it_names_are_sheets_of_the_workbook() -> None:
    for kind, entry in library.speaking().items():
        named = [entry.numbers[found.end() :] for found in re.finditer(r"sheets? ", entry.numbers)]
        assert named, kind
        assert all(rest.startswith(SHEETS) for rest in named), kind
