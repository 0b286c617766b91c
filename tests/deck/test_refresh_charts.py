"""Charts of an edited deck: values, labels, axes and worksheet follow, looks stay, numbers typed by hand stay."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from casebuilder.deck import render
from casebuilder.pitch.records import Exhibit, Pitch
from tests.deck.edited_decks import deck, later, refreshed, said, shape, sheet
from tests.deck.evidence import distributions, tornadoes
from tests.deck.samples import (
    benefits,
    cash_flow,
    hard_cash_flows,
    hard_kpis,
    hard_waterfalls,
    kpi,
    pitch,
    scenarios,
)

EXHIBITS = (
    benefits(),
    kpi(),
    cash_flow(),
    scenarios(),
    *hard_waterfalls(),
    *hard_kpis(),
    *hard_cash_flows(),
    *tornadoes(),
    *distributions(),
)


def chart(content: bytes | Any, exhibit: str) -> Any:
    """The chart of an exhibit."""
    edited = Presentation(io.BytesIO(content)) if isinstance(content, bytes) else content
    return shape(edited, f"{exhibit}/chart").chart


def drawn(exhibit: Exhibit) -> Pitch:
    """A deck of one exhibit."""
    return pitch(exhibit)


@pytest.mark.parametrize("number", range(len(EXHIBITS)))
def test_every_kind_of_chart_shows_what_a_fresh_one_shows(number: int) -> None:
    before = drawn(EXHIBITS[number])
    after = later(before)
    assert said(refreshed(deck(before), after).content) == said(render(after))


@pytest.mark.parametrize("number", range(0, len(EXHIBITS), 3))
def test_a_chart_that_becomes_another_shows_what_a_fresh_one_shows(number: int) -> None:
    """One exhibit after another in the place of the one before, as when a case changes a lot."""
    other = replace(EXHIBITS[number - 1], id=EXHIBITS[number].id)
    before, after = drawn(EXHIBITS[number]), drawn(other)
    found, fresh = said(refreshed(deck(before), after).content), said(render(after))
    name = next((each for each in fresh if each.endswith("/chart")), None)
    if name:
        assert found[name] == fresh[name]


def test_the_worksheet_holds_the_new_values() -> None:
    before = drawn(kpi())
    after = later(before)
    content = refreshed(deck(before), after).content
    book = openpyxl.load_workbook(io.BytesIO(sheet(shape(Presentation(io.BytesIO(content)), "kpi/chart"))))
    shown = after.exhibits[0].chart
    assert shown
    assert [cell.value for cell in book.worksheets[0]["B"][1:]] == list(shown.series[0].values)


def test_looks_and_place_of_the_user_stay() -> None:
    before = drawn(benefits())
    edited = deck(before)
    frame = shape(edited, "benefits/chart")
    frame.left, frame.width = Inches(2), Inches(5)
    above = frame.chart.plots[0].series[1]
    above.points[0].format.fill.fore_color.rgb = RGBColor(1, 2, 3)
    label = frame.chart.plots[0].series[3].points[0].data_label
    label.text_frame.paragraphs[0].runs[0].font.name = "Georgia"
    frame.chart.plots[0].gap_width = 123
    after = later(before)
    done = refreshed(edited, after)
    frame = shape(Presentation(io.BytesIO(done.content)), "benefits/chart")
    assert (frame.left, frame.width, frame.chart.plots[0].gap_width) == (Inches(2), Inches(5), 123)
    above, room = frame.chart.plots[0].series[1], frame.chart.plots[0].series[3]
    assert above.points[0].format.fill.fore_color.rgb == RGBColor(1, 2, 3)
    assert room.points[0].data_label.text_frame.paragraphs[0].runs[0].font.name == "Georgia"
    assert said(done.content) == said(render(after))
    assert [each.what for each in done.findings if each.piece == "chart"] == ["changed"]


def test_numbers_typed_by_hand_stay_and_are_told() -> None:
    before = drawn(scenarios())
    edited = deck(before)
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("Mine", (1.0, 2.0))
    chart(edited, "scenarios").replace_data(data)
    done = refreshed(edited, later(before))
    assert [tuple(row.values) for row in chart(done.content, "scenarios").plots[0].series] == [(1.0, 2.0)]
    assert [(each.what, each.piece) for each in done.findings if each.piece == "chart"] == [
        ("yours", "chart")
    ]


def test_an_axis_set_by_hand_stays_and_is_told() -> None:
    before = drawn(benefits())
    edited = deck(before)
    chart(edited, "benefits").value_axis.maximum_scale = 99e6
    done = refreshed(edited, later(before))
    assert chart(done.content, "benefits").value_axis.maximum_scale == 99e6
    assert [each.piece for each in done.only("look")] == ["chart"]


def test_a_kind_of_chart_that_the_user_chose_stays() -> None:
    before = drawn(kpi())
    edited = deck(before)
    frame = shape(edited, "kpi/chart")
    assert kpi().chart
    shown = kpi().chart
    data = CategoryChartData()
    data.categories = shown.categories
    for row in shown.series:
        data.add_series(row.name, row.values)
    other = edited.slides[0].shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(5), Inches(3), data
    )
    other.name = frame.name
    frame._element.getparent().remove(frame._element)
    after = later(before)
    native = chart(refreshed(edited, after).content, "kpi")
    assert native.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    wanted = after.exhibits[0].chart
    assert wanted
    assert [tuple(row.values) for row in native.plots[0].series] == [row.values for row in wanted.series]


def test_the_unit_of_the_numbers_follows_the_line_above_the_chart() -> None:
    before = drawn(scenarios())
    assert scenarios().chart
    tiny = replace(
        scenarios().chart,
        series=tuple(
            replace(row, values=tuple((v or 0) / 1e3 for v in row.values)) for row in scenarios().chart.series
        ),
        scale=1.0,
    )
    after = drawn(replace(scenarios(), chart=tiny))
    codes = [
        each.plots[0].series[0].data_labels.number_format
        for each in (
            chart(refreshed(deck(before), after).content, "scenarios"),
            chart(render(after), "scenarios"),
        )
    ]
    assert codes[0] == codes[1]
    assert codes[0] != chart(render(before), "scenarios").plots[0].series[0].data_labels.number_format
