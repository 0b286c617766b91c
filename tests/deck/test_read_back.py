"""What the deck says is what the pitch says: figures, series, steps and cells, read back from the file."""

from io import BytesIO
from typing import Any, get_args

import openpyxl
import pytest

from casebuilder.deck import render
from casebuilder.deck.charts import DRAWN_KINDS
from casebuilder.deck.histogram import NAMES
from casebuilder.deck.tornado import HIDDEN
from casebuilder.deck.waterfall import ABOVE, BASE, BELOW, VALUE
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart, ChartKind, Exhibit
from tests.deck import samples
from tests.deck.reading import named, opened, shapes, texts


def charts_of(name: str) -> list[tuple[Exhibit, Chart, Any]]:
    """Each chart of a sample pitch with the native chart on the slide."""
    pitch, deck = samples.PITCHES[name], opened(samples.rendered(name))
    native = [shape.chart for _, shape in shapes(deck) if shape.has_chart]
    wanted = [(e, e.chart) for e in pitch.exhibits if e.chart]
    assert len(native) == len(wanted)
    return [(exhibit, chart, drawn) for (exhibit, chart), drawn in zip(wanted, native, strict=True)]


def sales_chart(id: str) -> tuple[Chart, Any]:
    """The chart of one exhibit of the sales pitch, as asked for and as drawn."""
    return next((chart, native) for exhibit, chart, native in charts_of("sales") if exhibit.id == id)


def sheet(native: Any) -> dict[str, list[Any]]:
    """The worksheet behind a chart, by column."""
    book = openpyxl.load_workbook(BytesIO(native.part.chart_workbook.xlsx_part.blob))
    columns = list(book.active.iter_cols(values_only=True))
    return {str(column[0] or ""): list(column[1:]) for column in columns}


def known(values: tuple[float | None, ...]) -> list[float | None]:
    return [value if value is not None and abs(value) < float("inf") else None for value in values]


def whole(name: str) -> str:
    """A name without the line breaks and the spaces that they replace."""
    return "".join(name.split())


def test_figures_stand_as_the_pitch_writes_them() -> None:
    deck = opened(samples.rendered("sales"))
    found = 0
    for exhibit in samples.pitch().exhibits:
        for figure in exhibit.figures:
            (shape,) = named(deck, f"{exhibit.id}/figure {figure.key}")
            lines = [paragraph.text for paragraph in shape.text_frame.paragraphs]
            assert lines == [figure.text, figure.label, *([figure.change] if figure.change else [])]
            found += 1
    assert found == 7


@pytest.mark.parametrize("name", samples.PITCHES)
def test_series_of_columns_lines_and_bars_read_back(name: str) -> None:
    for exhibit, chart, native in charts_of(name):
        if chart.kind == "waterfall":
            continue
        series = [row for plot in native.plots for row in plot.series if row.name not in (HIDDEN, NAMES)]
        assert [row.name.strip() for row in series] == [row.name.replace("\x07", "") for row in chart.series]
        for drawn, wanted in zip(series, chart.series, strict=True):
            assert list(drawn.values) == known(wanted.values), exhibit.title
        names = [str(label) for label in native.plots[0].categories]
        assert list(map(whole, names)) == list(map(whole, chart.categories))


@pytest.mark.parametrize("name", ["sales", "waterfalls"])
def test_waterfalls_read_back_step_by_step(name: str) -> None:
    for exhibit, chart, native in charts_of(name):
        if chart.kind != "waterfall":
            continue
        column = sheet(native)
        assert column[VALUE] == known(chart.series[0].values), exhibit.title
        drawn = {row.name: row.values for row in native.plots[0].series}
        assert VALUE not in drawn
        level = 0.0
        for index, value in enumerate(known(chart.series[0].values)):
            start = 0.0 if index in chart.totals else level
            level = start + (value or 0.0)
            low, high = min(start, level), max(start, level)
            base, above, below = (drawn[part][index] for part in (BASE, ABOVE, BELOW))
            assert above - below == pytest.approx(high - low), "the visible parts are the step"
            if low > 0 or high < 0:
                assert base == pytest.approx(low if low > 0 else high), (
                    "the step stands where the last one ended"
                )
            else:
                assert (base, above, below) == pytest.approx((0.0, high, low)), (
                    "a step across zero has two parts"
                )
        assert level == pytest.approx(chart.series[0].values[-1] or 0.0), "it ends in its total"


def test_the_marks_of_a_waterfall_say_its_values() -> None:
    chart, native = sales_chart("benefits")
    labels = native._chartSpace.xpath(".//c:dLbl//a:t/text()")
    scale = numbers.chart_scale(chart.series[0].values, "money")
    last = len(samples.STEPS)
    assert labels == [scale.text(v, signed=i != last) for i, v in enumerate(chart.series[0].values)]
    assert labels[-1] == "1.31"
    assert labels[-2] == "−1.94"


def test_marks_that_follow_an_edit_have_the_chart_s_number_format() -> None:
    chart, native = sales_chart("scenarios")
    code = numbers.chart_scale(chart.series[0].values, "money").code
    assert native.plots[0].series[0].data_labels.number_format == code
    assert set(native._chartSpace.xpath(".//c:val//c:formatCode/text()")) == {code}


def test_every_bar_has_the_colour_of_its_role() -> None:
    chart, native = sales_chart("scenarios")
    slots = {"harm": "accent6", "do_nothing": "accent2", "programme": "accent1"}
    drawn = native._chartSpace.xpath(".//c:ser/c:dPt/c:spPr/a:solidFill/a:schemeClr/@val")
    assert drawn == [slots[role] for role in chart.roles]


def test_freed_capacity_is_hatched() -> None:
    _, native = sales_chart("benefits")
    assert native._chartSpace.xpath(".//c:dPt[c:idx/@val='6']//a:pattFill/@prst") == ["wdUpDiag"] * 2


def test_bars_and_columns_start_at_zero() -> None:
    for found in samples.PITCHES:
        for exhibit, chart, native in charts_of(found):
            if chart.kind not in ("line", "range"):
                axis = native.value_axis
                assert axis.minimum_scale <= 0 <= axis.maximum_scale, exhibit.title


def test_every_value_is_within_its_axis() -> None:
    for found in samples.PITCHES:
        for exhibit, _, native in charts_of(found):
            drawn = [v for plot in native.plots for row in plot.series for v in row.values if v is not None]
            if "c:barChart" in native._chartSpace.xml and 'val="stacked"' in native._chartSpace.xml:
                continue
            low, high = native.value_axis.minimum_scale, native.value_axis.maximum_scale
            assert all(low <= value <= high for value in drawn), exhibit.title


def test_tables_read_back() -> None:
    deck = opened(samples.rendered("sales"))
    for exhibit in samples.PITCHES["sales"].exhibits:
        if exhibit.table:
            drawn = [s.table for _, s in shapes(deck) if s.has_table and s.name.startswith(f"{exhibit.id}/")]
            rows = [[cell.text for cell in row.cells] for table in drawn for row in list(table.rows)[1:]]
            assert rows == [list(row) for row in exhibit.table.rows]
            for table in drawn:
                assert [cell.text for cell in table.rows[0].cells] == list(exhibit.table.columns)


def test_everything_said_is_in_the_deck() -> None:
    said = " ".join(texts(opened(samples.rendered("sales"))).split())
    for exhibit in samples.pitch().exhibits:
        for text in (exhibit.title, exhibit.source, exhibit.notes, *exhibit.takeaways):
            assert " ".join(text.split()) in said
    assert samples.STAMP.line in said
    assert "Example Networks" in said


def test_every_slide_but_the_cover_has_stamp_and_number() -> None:
    deck = opened(samples.rendered("sales"))
    for number, slide in enumerate(deck.slides, start=1):
        by_part = {shape.name.split("/")[-1]: shape for shape in slide.shapes}
        assert by_part["stamp"].text_frame.text == samples.STAMP.line
        if number > 1:
            assert by_part["page"]._element.xpath(".//a:fld/a:t/text()") == [str(number)]


def test_every_chart_kind_of_the_records_has_a_drawing() -> None:
    assert set(get_args(ChartKind)) <= DRAWN_KINDS
    with pytest.raises(ValueError, match="pie"):
        render(samples.pitch(samples.with_chart(samples.kpi(), "A pie", kind="pie")))
