"""Links inside a deck: each leads to the slide of the exhibit that explains the number, and that slide leads back."""

import re
from dataclasses import replace
from typing import Any

import pytest
from pptx.oxml.ns import qn

from casebuilder.case import library
from casebuilder.deck import render
from casebuilder.pitch.records import Exhibit, Pitch, Table
from casebuilder.pitch.story import pitch
from casebuilder.pitch.together import COMMITTEE
from tests.deck import samples
from tests.deck.reading import opened
from tests.model.cases import EXAMPLES, example
from tests.pitch.test_story import studies

JUMP = "ppaction://hlinksldjump"


def links(slide: Any) -> dict[str, Any]:
    """By the name of a shape on a slide, the slide that a click on it leads to; "back" for the one seen before."""
    found = {}
    for shape in slide.shapes:
        for link in shape._element.xpath(".//p:cNvPr/a:hlinkClick"):
            way, id = link.get("action"), link.get(qn("r:id"))
            assert (way == JUMP) == bool(id), shape.name
            found[shape.name] = slide.part.related_part(id).slide if id else "back"
    return found


def exhibit_of(slide: Any) -> str:
    return str(slide.shapes[0].name).partition("/")[0]


def part(name: str) -> str:
    """The part of a slide that a shape is, without its exhibit and the number of the slide among several."""
    return re.sub(r"^[^/]*/(?:\d+/)*", "", name)


def check(found: Pitch) -> int:
    """Every figure and source line of a pitch leads where the pitch says; returns how many lead anywhere."""
    deck = opened(render(found))
    wanted = {
        f"{exhibit.id}|figure {figure.key}": figure.more
        for exhibit in found.exhibits
        for figure in exhibit.figures
    }
    wanted |= {f"{exhibit.id}|source": exhibit.more for exhibit in found.exhibits}
    count, reached, back = 0, set(), set()
    for slide in deck.slides:
        for name, target in links(slide).items():
            if target == "back":
                assert name.endswith("/page")
                back.add(exhibit_of(slide))
                continue
            more = wanted[f"{exhibit_of(slide)}|{part(name)}"]
            assert exhibit_of(target) == more, name
            assert target.slide_id in [each.slide_id for each in deck.slides]
            reached.add(more)
            count += 1
    assert reached == back
    return count


@pytest.mark.parametrize("persona", ["cfo", "sales", COMMITTEE])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_of_a_real_deck_leads_to_the_right_slide(name: str, persona: str) -> None:
    found = pitch(example(name), persona, studies(name))
    expected = sum(bool(figure.more) for exhibit in found.exhibits for figure in exhibit.figures)
    assert check(found) >= expected > 0


def test_a_figure_of_whom_nothing_is_explained_leads_nowhere() -> None:
    informed = next(
        p for p in library.personas() if pitch(example("contract_services"), p).exhibits[1].id == "heads_up"
    )
    assert check(pitch(example("contract_services"), informed)) == 0


def two_pages() -> tuple[Exhibit, Exhibit]:
    """A figure and a table, and an appendix of ten rows on two slides that explains both."""
    rows = tuple((f"Row {n} " + "with words " * 12, *("words " * 8,) * 4) for n in range(10))
    columns = ("What", "Today", "Low", "High", "By")
    appendix = replace(samples.assumptions(), table=Table(columns, rows), figures=(), chart=None)
    figure = replace(samples.figure("npv", "net present value", 1.0, "money"), more="assumptions")
    told = Exhibit(
        "must_be_true", "Title", figures=(figure,), table=Table(columns, rows[9:]), source="Case file"
    )
    return replace(told, more="assumptions"), appendix


def test_a_row_leads_to_the_page_that_has_it() -> None:
    told, appendix = two_pages()
    first, *pages = opened(render(samples.pitch(told, appendix))).slides
    assert len(pages) > 1 and {exhibit_of(page) for page in pages} == {"assumptions"}
    found = links(first)
    assert {target.slide_id for target in found.values()} == {pages[-1].slide_id}
    assert {name.rsplit("/", 1)[-1] for name in found} == {"figure npv", "source"}
    assert all("back" in links(page).values() for page in pages)


def test_where_no_row_is_the_same_the_first_page_is_shown() -> None:
    told, appendix = two_pages()
    assert told.table is not None
    other = replace(told, table=replace(told.table, rows=(("Another", "a", "b", "c", "d"),)))
    first, page, *_ = opened(render(samples.pitch(other, appendix))).slides
    assert {target.slide_id for target in links(first).values()} == {page.slide_id}


def test_an_exhibit_that_is_not_there_is_no_target() -> None:
    told, _ = two_pages()
    (slide,) = opened(render(samples.pitch(told))).slides
    assert links(slide) == {}
