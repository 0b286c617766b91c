"""The slide for any exhibit without one of its own: what stands on it, and what goes on to further slides."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from casebuilder.deck import render, tables, theme
from casebuilder.pitch.records import Exhibit, ExhibitKind
from tests.deck import evidence, samples
from tests.deck.reading import inches, named, opened


def slides(title: str) -> list[dict[str, Any]]:
    """The slides of one sample exhibit, each as its shapes by the last part of their names."""
    found = []
    for slide in opened(samples.rendered("contents")).slides:
        said = slide.shapes.title.text_frame.text
        if said == title or said.startswith(f"{title} ("):
            found.append({shape.name.split("/")[-1]: shape for shape in slide.shapes})
    return found


def rows(parts: dict[str, Any]) -> int:
    return len(parts["table"].table.rows) - 1


@pytest.mark.parametrize("id", get_args(ExhibitKind))
def test_an_exhibit_of_any_kind_is_drawn_with_all_it_has(id: ExhibitKind) -> None:
    source = evidence.contents()[4]
    exhibit = replace(source, id=id, takeaways=("Said aside.",), table=evidence.table(3, 4))
    deck = opened(render(samples.pitch(exhibit)))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    assert any(shape.has_chart for shape in shapes)
    assert any(shape.has_table for shape in shapes)
    assert any("Said aside." in shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert any(shape.name.endswith("figure signed") for shape in shapes)


def test_ten_long_rows_go_on_two_slides_with_figure_and_takeaways_on_the_first() -> None:
    first, second = slides("Ten long rows of six")
    assert (rows(first), rows(second)) == (5, 5)
    assert {"figure signed", "takeaways"} <= set(first)
    assert not {"figure signed", "takeaways"} & set(second)


def test_numbers_stand_side_by_side_below_a_table_without_takeaways() -> None:
    numbered = [
        name for parts in slides("Figures below a table") for name in parts if name.startswith("figure")
    ]
    assert len(slides("Figures below a table")) == 2
    assert numbered == ["figure a", "figure b", "figure c"]


def test_further_slides_rather_than_tiny_type() -> None:
    table = evidence.table(7, 6, tuple(text * 3 for text in evidence.LONG_ROW))
    assert len(tables.pages(table, theme.BODY, range(7))) > 1


def test_long_texts_get_room_that_short_ones_do_not_need() -> None:
    split = slides("Seven long rows of six")
    sizes = {
        run.font.size.pt
        for parts in split
        for row in parts["table"].table.rows
        for cell in row.cells
        for run in cell.text_frame.paragraphs[0].runs
    }
    assert sum(rows(parts) for parts in split) == 7
    assert len(split) == 1, "long texts get the room that short ones beside them do not need"
    assert min(sizes) >= 11


def test_a_small_table_stands_beside_its_takeaways() -> None:
    (parts,) = slides("Four rows of five")
    table, words = parts["table"], parts["takeaways"]
    assert inches(table.width) == pytest.approx(theme.EXHIBIT.width, abs=0.01)
    assert words.left >= table.left + table.width


def test_a_chart_shares_its_slide_with_a_table_that_fits_below() -> None:
    (parts,) = slides("Chart over a short table")
    assert parts["table"].top >= parts["chart"].top + parts["chart"].height
    first, *others = slides("Chart, then a long table")
    assert "chart" in first
    assert "table" not in first
    assert sum(rows(parts) for parts in others) == 8


def test_bars_stand_beside_the_rows_that_name_them() -> None:
    (parts,) = slides("Bars beside rows")
    assert parts["chart"].left > parts["table"].left
    assert parts["chart"].top > parts["table"].top
    assert parts["chart"].chart.category_axis.tick_label_position.name == "NONE"


def test_bars_of_two_series_keep_the_names_of_their_series() -> None:
    exhibit = samples.with_chart(evidence.contents()[5], "Two", series=samples.kpi().chart.series[:2])
    pair = tuple(replace(row, values=row.values[:2]) for row in exhibit.chart.series)
    (slide,) = opened(render(samples.pitch(samples.with_chart(exhibit, "Two", series=pair)))).slides
    parts = {shape.name.split("/")[-1]: shape for shape in slide.shapes}
    assert "With the programme" in parts["chart heading"].text_frame.text
    assert parts["table"].top > parts["chart"].top


def test_a_table_of_many_lines_gets_the_full_width() -> None:
    long = evidence.table(
        3, 5, ("Checkpoint of all that must have happened by then, each by its own name" * 2, *"ABCD")
    )
    exhibit = replace(evidence.contents()[2], table=replace(long, columns=("A", *("A longer heading",) * 4)))
    (slide,) = opened(render(samples.pitch(exhibit))).slides
    table = next(shape for shape in slide.shapes if shape.has_table)
    assert inches(table.width) == pytest.approx(theme.BODY.width, abs=0.01)


def test_rows_are_split_evenly_and_none_is_lost() -> None:
    for count in (1, 7, 8, 10, 15, 29):
        table = evidence.table(count, 6)
        split = tables.pages(table, theme.BODY, range(count))
        assert [row for part in split for row in part] == list(range(count))
        assert max(map(len, split)) <= tables.MOST_ROWS
        assert len({len(part) for part in split[:-1]}) <= 1


def test_words_alone_stand_under_their_figures() -> None:
    exhibit: Exhibit = replace(samples.decision(), id="verdict")
    deck = opened(render(samples.pitch(exhibit)))
    assert len(named(deck, "verdict/takeaways")) == 1
    assert len(list(deck.slides)) == 1
