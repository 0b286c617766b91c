"""Whatever the pitch says: nothing leaves its slide or its box, nothing overlaps, nothing is empty or unreadable."""

from typing import get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from casebuilder.deck import measure, render, theme
from casebuilder.pitch.records import Chart, ChartKind, Exhibit, ExhibitKind, Figure, Pitch, Series, Table
from tests.deck import samples
from tests.deck.reading import TOLERANCE, inches, opened, shapes, text_height, where

TEXT = st.text(st.characters(codec="utf-8"), max_size=120)
NUMBER = st.none() | st.floats(-1e12, 1e12)


def exhibits() -> st.SearchStrategy[Exhibit]:
    """Any exhibit whose parts belong together, whatever they say."""
    roles = st.sampled_from(["programme", "do_nothing", "cost", "capacity", "risk", "harm", "muted"])
    figures = st.builds(Figure, TEXT, TEXT, NUMBER, st.just("money"), TEXT, TEXT, roles)

    @st.composite
    def charts(draw: st.DrawFn) -> Chart:
        count = draw(st.integers(1, 20))
        row = st.lists(NUMBER, min_size=count, max_size=count).map(tuple)
        names = draw(st.lists(TEXT, min_size=count, max_size=count).map(tuple))
        kind = draw(st.sampled_from(get_args(ChartKind)))
        least, most = (2, 2) if kind == "range" else (1, 3)
        series = draw(st.lists(st.builds(Series, TEXT, row, roles), min_size=least, max_size=most).map(tuple))
        totals, centre = frozenset({count - 1}), draw(NUMBER)
        return Chart(kind, names, series, "money", draw(TEXT), draw(TEXT), totals=totals, centre=centre)

    @st.composite
    def tables(draw: st.DrawFn) -> Table:
        count = draw(st.integers(1, 6))
        row = st.lists(TEXT, min_size=count, max_size=count).map(tuple)
        rows = draw(st.lists(row, max_size=15).map(tuple))
        return Table(draw(row), rows, frozenset(draw(st.sets(st.integers(0, 5)))), defaults=frozenset({0}))

    return st.builds(
        Exhibit,
        st.sampled_from(get_args(ExhibitKind)),
        TEXT,
        st.lists(TEXT, max_size=4).map(tuple),
        st.lists(figures, max_size=5).map(tuple),
        st.none() | charts(),
        st.none() | tables(),
        TEXT,
        TEXT,
    )


@pytest.fixture(scope="module", params=samples.PITCHES)
def content(request: pytest.FixtureRequest) -> bytes:
    return samples.rendered(request.param)


def test_the_sample_pitches_keep_the_rules(content: bytes) -> None:
    check(content)


@settings(
    max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)  # shrinking decks takes minutes
@given(st.lists(exhibits(), min_size=1, max_size=3))
def test_any_pitch_keeps_the_rules(found: list[Exhibit]) -> None:
    check(render(samples.pitch(*found)))


def check(content: bytes) -> None:
    """All rules of a page, on every slide."""
    deck = opened(content)
    assert (inches(deck.slide_width), inches(deck.slide_height)) == pytest.approx((theme.WIDTH, theme.HEIGHT))
    assert len(deck.slides)
    for slide in deck.slides:
        _placed(slide)
        _readable(slide)
        _described(slide)
        _complete(slide)


def _placed(slide) -> None:
    boxes = [
        (inches(s.left), inches(s.top), inches(s.left + s.width), inches(s.top + s.height), s)
        for s in slide.shapes
    ]
    for left, top, right, bottom, shape in boxes:
        inside = left >= -TOLERANCE and top >= -TOLERANCE
        inside = inside and right <= theme.WIDTH + TOLERANCE and bottom <= theme.HEIGHT + TOLERANCE
        assert inside, f"{where(slide, shape)} leaves the slide"
    for number, (left, top, right, bottom, one) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom, other in boxes[number + 1 :]:
            wide = min(right, other_right) - max(left, other_left)
            tall = min(bottom, other_bottom) - max(top, other_top)
            assert wide <= TOLERANCE or tall <= TOLERANCE, f"{where(slide, one)} overlaps {other.name}"


def _readable(slide) -> None:
    for shape in slide.shapes:
        if shape.has_text_frame:
            frame = shape.text_frame
            room = inches(shape.height)
            assert text_height(frame, inches(shape.width)) <= room + TOLERANCE, (
                f"{where(slide, shape)} overflows"
            )
            assert (
                frame._txBody.find(qn("a:bodyPr")).find(qn("a:noAutofit")) is not None or "page" in shape.name
            )
            sizes = [run.font.size.pt for paragraph in frame.paragraphs for run in paragraph.runs]
            assert min(sizes, default=99) >= _least(shape), where(slide, shape)
        if shape.has_table:
            _table(slide, shape)


def _least(shape) -> float:
    part = shape.name.split("/", 1)[1].split("/")[-1]
    if part == "title":
        return 20
    return 10 if part in ("source", "stamp", "page") or part.endswith("heading") else 12


def _table(slide, shape) -> None:
    table = shape.table
    assert len(table.rows) <= 8, f"{where(slide, shape)} has more than seven rows and a head"
    assert sum(column.width for column in table.columns) == pytest.approx(shape.width, abs=2000)
    assert sum(row.height for row in table.rows) == pytest.approx(shape.height, abs=2000)
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            width = inches(column.width - cell.margin_left - cell.margin_right)
            needed = text_height(cell.text_frame, width) + inches(cell.margin_top + cell.margin_bottom)
            assert needed <= inches(row.height) + TOLERANCE, f"{where(slide, shape)}: {cell.text!r} overflows"
            assert all(run.font.size.pt >= 10 for p in cell.text_frame.paragraphs for run in p.runs)


def _described(slide) -> None:
    for shape in slide.shapes:
        if shape.has_chart or shape.has_table:
            assert shape._element.xpath(".//p:cNvPr/@descr"), f"{where(slide, shape)} has no alt text"
        if shape.has_chart:
            assert not shape.chart.has_legend
            assert not shape.chart.has_title
            assert shape._element.xpath(".//p:cNvPr/@descr") is not None


def _complete(slide) -> None:
    for shape in slide.placeholders:
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            assert shape._element.xpath(".//a:fld[@type='slidenum']")
        elif shape.has_text_frame:
            assert shape.text_frame.text, f"{where(slide, shape)} is empty"
        else:
            assert shape.has_chart or shape.has_table, f"{where(slide, shape)} is empty"
    names = [shape.name for shape in slide.shapes]
    ids = [shape.shape_id for shape in slide.shapes]
    assert len(set(ids)) == len(ids)
    assert all("/" in name for name in names), names


@pytest.mark.parametrize("name", samples.PITCHES)
def test_titles_take_two_lines_at_full_size_where_they_can(name: str) -> None:
    for _, shape in shapes(opened(samples.rendered(name))):
        if shape.name.endswith("/title") and not shape.name.startswith("cover"):
            run = shape.text_frame.paragraphs[0].runs[0]
            lines = len(measure.wrap(run.text, 26, theme.TITLE.width * 72, bold=True))
            assert run.font.size.pt >= 26 or lines > 2


def test_long_and_many_things_go_on_to_further_slides() -> None:
    """Nothing is cut in silence: every takeaway and table cell is on a slide, or whole in the notes."""
    hard = samples.hard()
    for found in (hard["tables"], hard["contents"], samples.pitch(samples.assumptions(60))):
        deck = opened(render(found))
        said = " ".join(_said(deck).split())
        for exhibit in found.exhibits:
            cells = [cell for row in exhibit.table.rows for cell in row] if exhibit.table else []
            for text in (*exhibit.takeaways, *cells):
                assert " ".join(text.split()) in said or text in _notes(deck), text
            for figure in exhibit.figures:
                assert " ".join(figure.text.split()) in said


def _said(deck) -> str:
    """Takeaways run on from slide to slide; table cells stand by themselves."""
    words = []
    for _, shape in shapes(deck):
        if shape.has_text_frame:
            words += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        if shape.has_table:
            words += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(words)


def _notes(deck) -> str:
    return "\n".join(s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide)


def test_a_deck_of_all_kinds_has_one_slide_for_each_but_long_tables() -> None:
    deck = opened(samples.rendered("sales"))
    assert len(deck.slides) == len(samples.pitch().exhibits) + 1


def test_starting_values_carry_the_amber_mark() -> None:
    deck = opened(samples.rendered("sales"))
    amber = str(theme.rgb("default_fill"))
    tables = [
        shape.table for _, shape in shapes(deck) if shape.name.startswith("assumptions") and shape.has_table
    ]
    for row in (row for table in tables for row in table.rows):
        marked = [cell.text for cell in row.cells if cell.fill.type is not None and _fill(cell) == amber]
        starting = [cell.text for cell in row.cells if cell.text.startswith("Starting")]
        assert marked == starting


def _fill(cell) -> str:
    found = cell._tc.xpath("./a:tcPr/a:solidFill/a:srgbClr/@val")
    return found[0] if found else ""


def test_a_pitch_without_exhibits_is_an_empty_deck() -> None:
    empty = Pitch("sales", "CRO", "Title", "Company", "USD", samples.STAMP)
    assert len(opened(render(empty)).slides) == 0
