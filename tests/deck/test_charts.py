"""How charts are drawn: names where they can be read, few axes, native marks that carry their values."""

from typing import Any

import pytest

from casebuilder.deck.measure import width
from tests.deck import samples
from tests.deck.reading import opened, shapes


def drawn(name: str) -> dict[str, tuple[Any, str]]:
    """Of a sample pitch, by slide title: the native chart and the line above it."""
    found = {}
    for slide in opened(samples.rendered(name)).slides:
        parts = {shape.name.split("/")[-1]: shape for shape in slide.shapes}
        if "chart" in parts:
            found[slide.shapes.title.text_frame.text] = (
                parts["chart"].chart,
                parts["chart heading"].text_frame.text,
            )
    return found


def words(native: Any) -> list[str]:
    """The texts of our own at the marks, one string for each label."""
    return ["".join(label.xpath(".//a:t/text()")) for label in native._chartSpace.xpath(".//c:dLbl[c:tx]")]


def test_lines_carry_their_names_at_their_ends() -> None:
    native, heading = drawn("sales")[samples.kpi().title]
    assert words(native)[2] == "81.5%  Do nothing"
    assert words(native)[-1] == "89.1%  With the programme"
    assert "Do nothing" not in heading


def test_lines_too_close_together_are_named_above_the_chart() -> None:
    native, heading = drawn("kpis")["Lines that end close together"]
    assert not [text for text in words(native) if "Do nothing" in text]
    assert all(name in heading for name in ("Do nothing", "With the programme", "Target"))


def test_values_above_the_upper_line_and_below_the_lower_one() -> None:
    native, _ = drawn("sales")[samples.kpi().title]
    sides = native._chartSpace.xpath(".//c:dLbl/c:dLblPos/@val")
    assert sides == ["b", "b", "r", "l", "t", "r"], "the steep first point has its value at its left"


def test_the_programme_is_thick_and_do_nothing_thin() -> None:
    native, _ = drawn("sales")[samples.kpi().title]
    without, case = native.plots[0].series
    assert case.format.line.width > without.format.line.width


def test_the_moment_of_payback_is_marked_on_the_running_total() -> None:
    native, heading = drawn("sales")[samples.cash_flow().title]
    columns, lines = native.plots
    assert words(native) == ["−0.93", "Paid back: month 22", "1.83"]
    assert native._chartSpace.xpath(".//c:lineChart//c:dLbl/c:idx/@val") == ["3", "8", "12"]
    assert native._chartSpace.xpath(".//c:lineChart//c:dPt/c:idx/@val") == ["3", "8", "12"]
    assert "Net cash of the quarter" in heading
    assert [axis.get("val") for axis in columns._element.xpath("./c:axId")] == [
        axis.get("val") for axis in lines._element.xpath("./c:axId")
    ], "columns and line stand on the same axes"


def test_few_columns_carry_their_values_and_many_have_an_axis() -> None:
    yearly, _ = drawn("cash flows")["By year"]
    assert len(yearly._chartSpace.xpath(".//c:barChart//c:dLbls")) == 1
    assert not yearly.value_axis.has_major_gridlines
    monthly, _ = drawn("cash flows")["Ten years by month"]
    assert not monthly._chartSpace.xpath(".//c:dLbls")
    assert monthly.value_axis.has_major_gridlines
    step = monthly.value_axis.major_unit
    assert monthly.value_axis.maximum_scale / step == pytest.approx(
        round(monthly.value_axis.maximum_scale / step)
    )
    assert int(monthly._chartSpace.xpath(".//c:tickLblSkip/@val")[0]) > 5


def test_a_waterfall_with_long_names_lies_on_its_side() -> None:
    directions = {
        title: chart._chartSpace.xpath(".//c:barDir/@val")
        for title, (chart, _) in drawn("waterfalls").items()
    }
    lying = [title for title, found in directions.items() if found == ["bar"]]
    assert len(lying) == 1
    names = list(drawn("waterfalls")[lying[0]][0].plots[0].categories)
    assert all(len(name.split("\n")) > 1 for name in names[:-1]), "long names have their lines broken"
    assert samples.LONG[:20] in lying[0]


def test_many_steps_take_the_full_width() -> None:
    slides = opened(samples.rendered("waterfalls")).slides
    wide = [slide for slide in slides if slide.slide_layout.name == "Wide exhibit"]
    assert [slide.shapes.title.text_frame.text for slide in wide] == ["Fourteen steps in billions"]


def test_scenario_bars_stand_beside_their_rows() -> None:
    for slide in opened(samples.rendered("sales")).slides:
        parts = {shape.name: shape for shape in slide.shapes}
        if "scenarios/table" in parts:
            table, chart = parts["scenarios/table"], parts["scenarios/chart"]
            head = table.table.rows[0].height
            assert chart.top == pytest.approx(table.top + head, abs=5000)
            assert chart.height == pytest.approx(table.height - head, abs=5000)
            assert chart.chart.category_axis.reverse_order
            return
    raise AssertionError("no scenarios")


def test_words_under_columns_stay_whole() -> None:
    for name in samples.PITCHES:
        for _, shape in shapes(opened(samples.rendered(name))):
            if not shape.has_chart or not shape.chart._chartSpace.xpath(
                ".//c:catAx/c:txPr/a:bodyPr[@rot='0']"
            ):
                continue
            if shape.chart._chartSpace.xpath(".//c:tickLblSkip"):
                continue  # some names only, each with the room of several columns
            labels = [str(label) for label in shape.chart.plots[0].categories]
            slot = shape.width / 12700 / len(labels)
            size = shape.chart.category_axis.tick_labels.font.size.pt
            for one in labels:
                assert max(width(word, size) for word in one.split(" ")) <= slot


def test_marks_of_unknown_values_are_gaps() -> None:
    native, _ = drawn("kpis")["Values that are none"]
    assert [list(row.values) for row in native.plots[0].series] == [[0.5, None, None], [None, None, 0.6]]
    assert native._chartSpace.xpath("./c:chart/c:dispBlanksAs/@val") == ["gap"]
