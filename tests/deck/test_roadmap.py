"""The slide of a roadmap: bars at the heights of their rows, months from the decision on, further rows further on."""

from dataclasses import replace

import pytest

from casebuilder.deck import render
from casebuilder.pitch.exhibits.roadmap import COLUMNS
from casebuilder.pitch.records import Chart, Exhibit, Series, Table
from tests.deck import samples
from tests.deck.reading import inches, opened
from tests.deck.test_layout import check


def roadmap(count: int, name: str = "Quote in two days") -> Exhibit:
    """So many investments, each starting a month after the one before."""
    names = tuple(f"{n} {name}"[:80] for n in range(count))
    values = ([float(n) for n in range(count)], [4.0] * count, [6.0] * count)
    series = tuple(
        Series(said, tuple(row), role)
        for said, row, role in zip(
            ("Starts", "Until first", "Until full"), values, ("muted", "cost", "programme"), strict=True
        )
    )
    chart = Chart("spans", names, series, "months", "Months from the decision", "Bars.")
    rows = tuple((each, "Head of Sales", "month 6", "fewer than ten by then") for each in names)
    table = Table(COLUMNS, rows)
    return Exhibit("roadmap", "First effect in month 4", ("First.", "Second."), (), chart, table, "Case file")


@pytest.mark.parametrize(
    ("count", "name"), [(1, "One"), (5, "Quote"), (12, samples.LONG), (6, samples.FOREIGN)]
)
def test_it_keeps_the_rules_of_a_page(count: int, name: str) -> None:
    check(render(samples.pitch(roadmap(count, name))))


def test_each_bar_stands_at_the_height_of_its_row() -> None:
    (slide,) = opened(render(samples.pitch(roadmap(5)))).slides
    parts = {shape.name.split("/")[-1]: shape for shape in slide.shapes}
    table, chart = parts["table"], parts["chart"]
    heights = [row.height for row in table.table.rows][1:]
    assert len(set(heights)) == 1
    assert inches(chart.top) == pytest.approx(inches(table.top + table.table.rows[0].height), abs=0.01)
    layout = chart.chart._chartSpace.xpath(".//c:plotArea/c:layout//c:h")[0]
    assert float(layout.get("val")) * inches(chart.height) == pytest.approx(inches(sum(heights)), abs=0.01)
    assert chart.left > table.left + table.width


def test_what_comes_before_a_bar_is_not_painted_and_has_no_name() -> None:
    (slide,) = opened(render(samples.pitch(roadmap(3)))).slides
    parts = {shape.name.split("/")[-1]: shape for shape in slide.shapes}
    first, *others = parts["chart"].chart.plots[0].series
    assert first._element.xpath("./c:spPr/a:noFill")
    assert all(row._element.xpath("./c:spPr/a:solidFill") for row in others)
    said = parts["chart heading"].text_frame.text
    assert "Until first" in said and "Until full" in said and "Starts" not in said


def test_further_rows_stand_on_further_slides_under_the_same_months() -> None:
    slides = list(opened(render(samples.pitch(roadmap(12)))).slides)
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == len(slides) == 2
    assert [list(chart.plots[0].series[0].values) for chart in charts] == [
        [0, 1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10, 11],
    ]
    assert {(chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) for chart in charts} == {
        (0.0, 21.0)
    }


def test_bars_without_rows_of_their_own_have_names() -> None:
    exhibit = roadmap(4)
    assert exhibit.table is not None
    (slide,) = opened(render(samples.pitch(replace(exhibit, table=None)))).slides
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert chart.category_axis.tick_label_position.name == "LOW"
    check(render(samples.pitch(replace(exhibit, table=replace(exhibit.table, rows=exhibit.table.rows[:2])))))
