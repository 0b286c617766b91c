"""Ranges around one value: the native chart holds the ends as they are, and every bar shows what lies between them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.deck import render
from casebuilder.deck.measure import width
from casebuilder.deck.ranges import Bar, arrange
from casebuilder.deck.theme import EXHIBIT, LABEL_SIZES, MARK_SIZES
from casebuilder.deck.tornado import HIDDEN
from casebuilder.pitch.records import Exhibit
from tests.deck import evidence, samples
from tests.deck.reading import inches, opened

END = st.none() | st.floats(-1e9, 1e9)
TORNADOES = {exhibit.title: exhibit for exhibit in evidence.tornadoes()}


def parts(title: str) -> dict[str, Any]:
    """The shapes of a sample tornado by the last part of their names."""
    for slide in opened(samples.rendered("tornadoes")).slides:
        if slide.shapes.title.text_frame.text == title:
            return {shape.name.split("/")[-1]: shape for shape in slide.shapes}
    raise AssertionError(title)


def words(native: Any, series: int) -> dict[int, tuple[str, str]]:
    """Of one series the text at each mark and the side it stands on."""
    row = native._chartSpace.xpath(".//c:ser")[series]
    return {
        int(label.xpath("string(./c:idx/@val)")): (
            "".join(label.xpath(".//a:t/text()")),
            label.xpath("string(./c:dLblPos/@val)"),
        )
        for label in row.xpath("./c:dLbls/c:dLbl[c:tx]")
    }


def seen(bar: Bar) -> tuple[float, float]:
    """What is left to see of a bar from its hidden part on, painted as the chart paints it."""
    far = [end for end in bar.ends if end is not None]
    span = min([bar.centre, *far]), max([bar.centre, *far])
    if bar.hidden is None:
        return span
    return (
        (bar.hidden, span[1]) if bar.hidden >= bar.centre and span[1] > bar.centre else (span[0], bar.hidden)
    )


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_bar_shows_exactly_what_lies_between_its_ends(low: float, high: float, centre: float) -> None:
    assert seen(Bar(low, high, centre)) == (min(low, high), max(low, high))


@given(END, END, st.floats(-1e9, 1e9))
def test_words_stand_on_different_sides_of_a_bar(
    low: float | None, high: float | None, centre: float
) -> None:
    bar = Bar(low, high, centre)
    if low is not None and high is not None:
        assert bar.on_the_left(0) != bar.on_the_left(1)
        assert bar.on_the_left(0) == (low <= high)


def test_hand_worked_bars() -> None:
    assert Bar(1.0, 3.0, 2.0).near is None
    assert (Bar(3.0, 5.0, 2.0).near, Bar(3.0, 5.0, 2.0).hidden) == (0, 3.0)
    assert (Bar(-5.0, -3.0, 2.0).near, Bar(-5.0, -3.0, 2.0).hidden) == (1, -3.0)
    assert Bar(2.0, 3.0, 2.0).near == 0
    assert Bar(1.0, 2.0, 2.0).near == 1
    assert Bar(None, 3.0, 2.0).near is None


@pytest.mark.parametrize("exhibit", TORNADOES.values(), ids=TORNADOES)
def test_bars_start_at_the_centre_and_overlap(exhibit: Exhibit) -> None:
    chart = exhibit.chart
    assert chart
    native = parts(exhibit.title)["chart"].chart
    assert native.value_axis.crosses_at == chart.centre
    assert native.plots[0].overlap == 100
    assert native.category_axis.reverse_order, "the first bar stands on top"
    assert native._chartSpace.xpath(".//c:barDir/@val") == ["bar"]
    assert native.value_axis.minimum_scale < chart.centre < native.value_axis.maximum_scale


def test_ends_on_one_side_are_covered_up_to_the_nearer_one() -> None:
    native = parts("Ends anywhere")["chart"].chart
    low, high, cover = native.plots[0].series
    assert cover.name == HIDDEN
    sliver = cover.values[3]
    assert cover.values == (None, 1.5e6, 0.8e6, sliver, 1e6, None, None, cover.values[7], None)
    assert sliver == pytest.approx(1e6, rel=1e-2), (
        "a range that begins at the centre has its words at the left of it"
    )
    assert sliver < 1e6
    assert cover.format.fill.fore_color.theme_color.name == "BACKGROUND_1"
    assert [len(row.values) for row in (low, high)] == [9, 9]
    ten = parts("Ten bars")["chart"].chart
    assert [row.name for row in ten.plots[0].series] == ["Low end", "High end"]


def test_every_end_has_its_value_beyond_its_bar() -> None:
    native = parts("Ends anywhere")["chart"].chart
    low, high, cover = (words(native, series) for series in range(3))
    assert low[0] == ("−0.4", "outEnd")
    assert high[0] == ("3.0", "outEnd")
    assert (cover[1], high[1]) == (("1.5", "inEnd"), ("2.4", "outEnd"))
    assert (low[2], cover[2]) == (("0.2", "outEnd"), ("0.8", "inEnd"))
    assert (cover[3], high[3]) == (("1.0", "outEnd"), ("1.9", "outEnd"))
    assert (low[4], cover[4]) == (("0.3", "outEnd"), ("1.0", "outEnd"))
    assert set(low) | set(high) | set(cover) == set(range(8)), "nothing stands at an end that is not known"


def test_the_ends_and_the_centre_are_named_once_above_the_bars() -> None:
    found = parts("Ten bars")
    assert [found[f"chart {part}"].text_frame.text for part in ("low end", "centre", "high end")] == [
        "← Low end",
        "1.30",
        "High end →",
    ]
    assert "Low end" not in found["chart heading"].text_frame.text
    shape, native = found["chart centre"], found["chart"].chart
    axis, area = native.value_axis, found["chart"]
    layout = [float(native._chartSpace.xpath(f".//c:plotArea/c:layout//c:{name}/@val")[0]) for name in "xw"]
    share = (1.3e6 - axis.minimum_scale) / (axis.maximum_scale - axis.minimum_scale)
    line = inches(area.left) + inches(area.width) * (layout[0] + layout[1] * share)
    assert inches(shape.left) + inches(shape.width) / 2 == pytest.approx(line, abs=0.01)


def test_ends_that_change_sides_are_named_by_colour() -> None:
    found = parts("Ends anywhere")
    assert "chart low end" not in found
    assert "□ Low end" in found["chart heading"].text_frame.text
    assert "■ High end" in found["chart heading"].text_frame.text


def test_low_ends_are_paler_than_high_ones_in_their_roles_colours() -> None:
    low, high = parts("Ten bars")["chart"].chart.plots[0].series
    assert low.format.fill.fore_color.theme_color.name == "ACCENT_6"
    assert high.format.fill.fore_color.theme_color.name == "ACCENT_1"
    assert low.format.fill.fore_color.brightness > high.format.fill.fore_color.brightness == 0


@pytest.mark.parametrize("exhibit", TORNADOES.values(), ids=TORNADOES)
def test_names_and_words_have_room(exhibit: Exhibit) -> None:
    chart = exhibit.chart
    assert chart
    found = arrange(chart, EXHIBIT)
    slot = found.area.height * 72 / len(found.bars)
    for text in found.names.texts:
        lines = text.split("\n")
        assert (
            max(width(line, found.names.size) for line in lines) <= (found.plot.left - found.area.left) * 72
        )
        assert len(lines) * found.names.size * 1.22 <= slot
    assert found.names.size >= LABEL_SIZES[-1]
    assert found.word_size >= MARK_SIZES[-1]
    unit = found.plot.width / (found.high - found.low)
    for end, row in enumerate(found.words):
        for bar, text in zip(found.bars, row, strict=True):
            value = bar.ends[end]
            if value is not None:
                left = bar.on_the_left(end)
                room = (value - found.low if left else found.high - value) * unit * 72
                assert width(text, found.word_size, True) <= room, text


def test_one_wide_word_at_a_short_bar_takes_nothing_from_the_others() -> None:
    exhibit = TORNADOES["Ten bars"]
    assert exhibit.chart
    low, high = exhibit.chart.series
    words = ("1%",) * 9 + ("USD 30.5 K",)
    wide = tuple(replace(row, labels=words) for row in (low, high))
    short = tuple(replace(row, labels=("1%",) * 10) for row in (low, high))
    one, other = (arrange(replace(exhibit.chart, series=row), EXHIBIT) for row in (wide, short))
    assert (one.low, one.high) == pytest.approx((other.low, other.high))
    assert one.words == (words, words)


def test_words_without_room_stand_in_the_notes_and_values_at_the_bars() -> None:
    for slide in opened(samples.rendered("tornadoes")).slides:
        if slide.shapes.title.text_frame.text == "Words without end":
            notes = slide.notes_slide.notes_text_frame.text
            assert f"{evidence.NAMES[0]}: −0.70 of all that is sold in a year" in notes
    assert words(parts("Words without end")["chart"].chart, 0)[0][0] == "−0.70"
    assert words(parts("Four bars with words")["chart"].chart, 0)[0][0].endswith(" at 19%")


def test_names_too_long_for_their_bars_stand_whole_in_the_notes() -> None:
    exhibit = samples.with_chart(TORNADOES["Ten bars"], "Long", categories=(samples.LONG * 4,) * 10)
    (slide,) = opened(render(samples.pitch(exhibit))).slides
    assert samples.LONG * 4 in slide.notes_slide.notes_text_frame.text


def test_a_range_needs_both_ends() -> None:
    exhibit = TORNADOES["One bar"]
    assert exhibit.chart
    with pytest.raises(ValueError, match="two series"):
        render(samples.pitch(samples.with_chart(exhibit, "One end", series=exhibit.chart.series[:1])))
