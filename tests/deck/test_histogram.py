"""Distributions: columns close together in their own colours, words above the marked ones and on nothing else."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.deck.histogram import NAMES, Tag, named, tags_of
from casebuilder.deck.measure import width
from tests.deck import evidence, samples
from tests.deck.reading import opened

WIDTH = 7.0
LINE = 12 * 1.2 / 72


def native(title: str) -> Any:
    """The chart of a sample distribution."""
    for slide in opened(samples.rendered("distributions")).slides:
        if slide.shapes.title.text_frame.text == title:
            return next(shape.chart for shape in slide.shapes if shape.has_chart)
    raise AssertionError(title)


def span(tag: Tag, count: int) -> tuple[float, float]:
    """Left and right end of the words of a tag."""
    half = width(tag.text, 12, True) / 72 / 2
    middle = (tag.index + 0.5) * WIDTH / count + tag.right
    return middle - half, middle + half


@given(st.integers(17, 30).flatmap(lambda n: st.tuples(*[st.floats(0, 4)] * n)), st.data())
def test_words_stand_on_no_column_and_on_no_other_words(
    heights: tuple[float, ...], data: st.DataObject
) -> None:
    count = len(heights)
    marked = data.draw(st.sets(st.integers(0, count - 1), max_size=5))
    tags = tags_of([f"Number {i}" if i in marked else "" for i in range(count)], heights, WIDTH)
    assert {tag.index for tag in tags} == marked
    for tag in tags:
        left, right = span(tag, count)
        assert left >= -1e-9
        assert right <= WIDTH + 1e-9
        slot = WIDTH / count
        for i, height in enumerate(heights):
            clear = right <= i * slot + 1e-6 or left >= (i + 1) * slot - 1e-6
            assert clear or tag.bottom >= height - 1e-9
        for other in tags:
            if other is not tag and left < span(other, count)[1] and span(other, count)[0] < right:
                assert abs(other.bottom - tag.bottom) >= LINE - 1e-9


def test_words_lean_away_from_a_slope() -> None:
    heights = [min(i, 20 - i) / 5 for i in range(21)]
    texts = [""] * 21
    texts[5], texts[10], texts[15] = "On the rise", "Top", "On the fall"
    found = {tag.text: tag for tag in tags_of(texts, heights, WIDTH)}
    assert found["On the rise"].right < 0 < found["On the fall"].right
    assert found["Top"].right == 0
    assert all(tag.bottom == heights[tag.index] for tag in found.values())


def test_columns_are_close_and_coloured_one_by_one() -> None:
    chart = evidence.distributions()[0].chart
    assert chart
    drawn = native("Marks on both slopes")
    assert drawn.plots[0].gap_width < 20
    slots = {"harm": "accent6", "do_nothing": "accent2"}
    found = drawn._chartSpace.xpath(".//c:barChart//c:dPt/c:spPr/a:solidFill/a:schemeClr/@val")
    assert found == [slots[role] for role in chart.roles]


def test_only_marked_columns_carry_words() -> None:
    drawn = native("Marks on both slopes")
    texts = [
        "".join(label.xpath(".//a:t/text()")) for label in drawn._chartSpace.xpath(".//c:barChart//c:dLbl")
    ]
    assert sorted(texts) == sorted(
        ["One in ten: −0.9", "Middle: 0.11", "Risk-adjusted: 0.3", "One in ten above: 1.2"]
    )
    assert not native("No marks")._chartSpace.xpath(".//c:barChart//c:dLbl")


def test_some_columns_are_named_below_among_them_the_first_gain() -> None:
    drawn = native("No marks")
    names = drawn.plots[1].series[0]
    assert names.name == NAMES
    assert set(names.values) == {0.0}
    labels = {
        int(label.xpath("string(./c:idx/@val)")): "".join(label.xpath(".//a:t/text()"))
        for label in drawn._chartSpace.xpath(".//c:lineChart//c:dLbl")
    }
    categories = [str(category) for category in drawn.plots[0].categories]
    assert labels == {i: categories[i] for i in labels}
    assert 13 in labels, "the first bin above zero"
    assert 4 <= len(labels) <= 13
    assert len(categories) == 26, "all names stay in the worksheet"


@pytest.mark.parametrize("exhibit", evidence.distributions(), ids=lambda exhibit: exhibit.title)
def test_names_below_stand_apart(exhibit: Any) -> None:
    chosen = list(named(exhibit.chart, WIDTH))
    slot = WIDTH / len(exhibit.chart.categories)
    for one, other in pairwise(chosen):
        assert (other - one) * slot * 72 > width(exhibit.chart.categories[other], 11)
