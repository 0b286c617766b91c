"""Charts are native: whoever edits their data finds it in a worksheet, and what is changed there shows."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from pptx.chart.data import CategoryChartData

from casebuilder.deck import render
from casebuilder.deck.native import Native, Row, solid
from casebuilder.deck.theme import INK
from casebuilder.pitch.records import Series
from tests.deck import samples
from tests.deck.reading import opened, shapes

HOSTILE = ('=HYPERLINK("http://x.example","y")', '<b> & "quotes" ]]>', "two\nlines", "  spaces  ")


def charts(content: bytes) -> list[Any]:
    return [shape.chart for _, shape in shapes(opened(content)) if shape.has_chart]


def sheet(chart: Any) -> list[list[Any]]:
    """The worksheet behind a chart, row by row, as openpyxl reads it."""
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.sheetnames == ["Sheet1"]
    return [list(row) for row in book["Sheet1"].iter_rows(values_only=True)]


def drawn(chart: Any) -> list[Any]:
    return [row for plot in chart.plots for row in plot.series]


@pytest.mark.parametrize("pitch", sorted(samples.PITCHES))
def test_the_worksheet_holds_what_is_drawn_at_the_places_that_the_chart_names(pitch: str) -> None:
    for chart in charts(samples.rendered(pitch)):
        head, *rows = sheet(chart)
        for row in drawn(chart):
            column = ord(row._element.xpath("./c:val/c:numRef/c:f/text()")[0].split("$")[1]) - ord("A")
            assert row._element.xpath("./c:tx/c:strRef/c:f/text()") == [f"Sheet1!${chr(65 + column)}$1"]
            assert row.name == head[column]
            assert list(row.values) == [line[column] for line in rows]
            assert row._element.xpath("./c:cat/c:strRef/c:f/text()") == [f"Sheet1!$A$2:$A${len(rows) + 1}"]
        assert list(chart.plots[0].categories) == [line[0] for line in rows]


@pytest.mark.parametrize("pitch", sorted(samples.PITCHES))
def test_the_data_of_a_chart_can_be_replaced(pitch: str) -> None:
    for chart in charts(samples.rendered(pitch)):
        new = CategoryChartData()
        new.categories = ["First", "Second"]
        for row in drawn(chart):
            new.add_series(row.name, (1.5, 2.5))
        chart.replace_data(new)
        assert all(list(row.values) == [1.5, 2.5] for row in drawn(chart))
        assert sheet(chart)[1][0] == "First"


def test_words_of_a_case_are_words_in_the_worksheet_too() -> None:
    exhibit = samples.with_chart(samples.kpi(), "Words", categories=HOSTILE[:3])
    (chart,) = charts(render(samples.pitch(exhibit)))
    assert [line[0] for line in sheet(chart)[1:]] == [text.replace("\n", " ") for text in HOSTILE[:3]]


def test_names_of_any_kind_come_back_as_they_are() -> None:
    rows = tuple(Series(name, (1.0, None, -2.5, 1e12), "programme") for name in HOSTILE)
    native = Native("col", HOSTILE, rows, "0.0")
    book = openpyxl.load_workbook(BytesIO(native.xlsx_blob))["Sheet1"]
    assert [cell.value for cell in book["A"]][1:] == list(HOSTILE)
    assert [cell.value for cell in book[1]][1:] == list(HOSTILE)
    assert [cell.value for cell in book["B"]][1:] == [1, None, -2.5, 1e12]
    assert {cell.data_type for row in book.iter_rows() for cell in row} == {"s", "n"}
    assert book["B2"].number_format == "0.0"


def test_single_marks_and_labels_stand_in_their_order() -> None:
    row = Row(0, Series("A", (1.0, 2.0, 3.0), "programme"), single={2: "", 0: ""}, labels={1: "", 0: ""})
    text = Native("col", ("x", "y", "z"), (row.data,), "0", bars=[row]).xml_bytes(None).decode()
    assert [text.index(f'<c:dPt><c:idx val="{n}"/>') for n in (0, 2)] == sorted(
        text.index(f'<c:dPt><c:idx val="{n}"/>') for n in (2, 0)
    )
    assert text.index('<c:dLbl><c:idx val="0"/>') < text.index('<c:dLbl><c:idx val="1"/>')


def test_colours_are_slots_of_the_theme() -> None:
    assert solid(INK) == '<a:solidFill><a:schemeClr val="tx1"></a:schemeClr></a:solidFill>'
