"""Cases too long, too many, too large, too small, too foreign or without any benefit: all of it stays readable."""

import math
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from casebuilder.deck import ranges, render, theme
from casebuilder.pitch.exhibits.cash import cash_flow
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests import judges
from tests.deck import decks, hostile, samples
from tests.deck.evidence import tornado
from tests.deck.reading import inches, opened
from tests.deck.test_layout import check

#: Parts of a word's height and of an inch by which two words, or a word and its box, may reach into each other.
DEEP, BESIDE = 0.45, 0.03

#: Room around a text that renderers with fonts of their own may use, in inches.
AROUND = 0.25

POINTS = 72.0


@dataclass(frozen=True)
class Word:
    """A word as LibreOffice has drawn it, in inches from the upper left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Word") -> bool:
        """Whether a reader sees one on top of the other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > BESIDE and tall > DEEP * min(self.bottom - self.top, other.bottom - other.top)


def whole(text: str) -> str:
    """A text without spaces and line breaks: where it wraps is no matter."""
    return "".join(text.replace("\u200b", "").split())


def said(exhibit: Exhibit) -> Iterator[str]:
    """Everything that an exhibit says."""
    yield from (exhibit.title, exhibit.source, *exhibit.takeaways)
    for figure in exhibit.figures:
        yield from (figure.text, figure.label, figure.change)
    if exhibit.chart:
        yield from (exhibit.chart.axis_title, *exhibit.chart.categories)
    if exhibit.table:
        yield from exhibit.table.columns
        for row in exhibit.table.rows:
            yield from row


def shown(slides: Any) -> str:
    """All that can be read on slides and in their notes, takeaways that go on from slide to slide in one piece."""
    found, going_on = [], []
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts = going_on if shape.name.endswith("takeaways") else found
                texts.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_chart:
                found += [str(name) for name in shape.chart.plots[0].categories]
        if slide.has_notes_slide:
            found.append(slide.notes_slide.notes_text_frame.text)
    return whole("\n".join(going_on)) + "\n" + whole("\n".join(found))


@pytest.mark.parametrize(("name", "persona"), decks.HARD)
def test_hard_cases_keep_the_rules_of_a_page(name: str, persona: str) -> None:
    check(decks.rendered(name, persona))


@pytest.mark.parametrize(("name", "persona"), decks.HARD)
def test_nothing_is_cut_silently(name: str, persona: str) -> None:
    slides = list(decks.read(name, persona).slides)
    for exhibit in decks.told(name, persona).exhibits:
        own = [slide for slide in slides if next(iter(slide.shapes)).name.split("/")[0] == exhibit.id]
        found = shown(own)
        for text in said(exhibit):
            assert whole(text) in found, (exhibit.id, text)


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_hard_cases_are_as_hard_as_they_say(name: str) -> None:
    case, data = decks.case(name), hostile.HOSTILE[name]()
    npv = abs(decks.results(name).asked.npv)
    counts = len(case.initiatives), len(case.segments), len(case.stakeholders)
    facts = {
        "many long names": counts == (12, 6, 8) and all(len(i.name) == 80 for i in case.initiatives),
        "thousands": npv < 1e4,
        "billions": npv > 1e9,
        "yen": case.company.currency == "JPY",
        "no benefit": all(run.npv < 0 for run in decks.results(name).scenarios.values()),
        "one investment": counts[0] == 1,
        "one year": case.company.years == 1,
        "ten years by month": case.periods == 120,
        "foreign": all(not each["name"].isascii() for each in data["initiatives"]),
    }
    assert facts[name]


def test_ends_that_rounding_alone_tells_apart_stand_on_both_sides() -> None:
    centre = 236195.20000000007
    exhibit = tornado("No swing but in the last digit", ((216e3, 242e3), (centre - 3e-11, centre)), centre)
    assert exhibit.chart
    found = ranges.arrange(exhibit.chart, theme.EXHIBIT)
    assert found.bars[1].low == found.bars[1].high == found.centre
    assert found.bars[1].on_the_left(0)
    assert not found.bars[1].on_the_left(1)


def test_the_name_of_columns_has_every_colour_that_they_have() -> None:
    for roles in (("cost",) * 4, ("cost", "cost", "programme", "programme")):
        exhibit = samples.hard_cash_flows()[0]
        assert exhibit.chart
        (slide,) = opened(
            render(samples.pitch(replace(exhibit, chart=replace(exhibit.chart, roles=roles))))
        ).slides
        heading = next(shape for shape in slide.shapes if shape.name.endswith("heading"))
        squares = [
            run.font.color.theme_color for run in heading.text_frame.paragraphs[0].runs if run.text == "■"
        ]
        assert squares == [*(theme.FILLS[role] for role in dict.fromkeys(roles)), theme.FILLS["muted"]]


def test_the_lowest_column_names_an_amount_only_where_no_more_was_out() -> None:
    for name in ("ten years by month", "one year"):
        exhibit = cash_flow(View(decks.results(name), "cfo"))
        assert exhibit.chart
        series, peak = exhibit.chart.series[1], decks.results(name).asked.amount("peak_funding")
        low = min(range(len(series.values)), key=lambda place: series.values[place] or 0.0)
        assert bool(series.labels[low]) == math.isclose(-(series.values[low] or 0.0), peak)


@pytest.mark.judge
@pytest.mark.parametrize(("name", "persona"), decks.DRAWN)
def test_words_are_drawn_within_their_boxes_and_apart(
    name: str, persona: str, soffice: str, tmp_path: Path
) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(decks.rendered(name, persona))
    slides = list(decks.read(name, persona).slides)
    pages = drawn(judges.to_pdf(path))
    assert len(pages) == len(slides)
    for number, (slide, words) in enumerate(zip(slides, pages, strict=True), start=1):
        boxes = [
            (inches(s.left), inches(s.top), inches(s.left + s.width), inches(s.top + s.height))
            for s in slide.shapes
        ]
        for word in words:
            inside = [_inside(word, box) for box in boxes]
            assert any(inside), f"slide {number}: {word} stands in no box"
        for one, other in combinations(words, 2):
            assert not one.covers(other), f"slide {number}: {one} on {other}"


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    across = left - AROUND <= word.left and word.right <= right + AROUND
    return across and top - AROUND <= word.top and word.bottom <= bottom + AROUND


def drawn(pdf: Path) -> list[list[Word]]:
    """The words on each page of a PDF."""
    judges.pdftoppm()  # of the same package
    printed = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True, timeout=120
    )
    root = etree.fromstring(printed.stdout, etree.XMLParser(recover=True))
    return [[_word(each) for each in page.iter("{*}word")] for page in root.iter("{*}page")]


def _word(element: Any) -> Word:
    left, top, right, bottom = (
        float(element.get(side)) / POINTS for side in ("xMin", "yMin", "xMax", "yMax")
    )
    return Word(element.text or "", left, top, right, bottom)
