"""Text measured with the widths we ship: true to the typeface, and wrapping never loses a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.deck import measure, widths
from casebuilder.deck.text import Para, Run, largest, para, split
from casebuilder.deck.theme import Box

FONTS = Path("/usr/share/fonts/truetype/crosextra")
TEXT = st.text(max_size=300)


@pytest.mark.judge
@pytest.mark.parametrize(("weight", "bold"), [("Regular", False), ("Bold", True)])
def test_the_widths_are_those_of_the_typeface(weight: str, bold: bool) -> None:
    font = FONTS / f"Carlito-{weight}.ttf"
    if not font.exists():
        from tests import judges

        judges.missing("The typeface Carlito (fonts-crosextra-carlito)")
    content = font.read_bytes()
    unit = widths.units_per_em(content)
    shipped = measure._advances(bold)
    assert shipped == {character: width / unit for character, width in widths.advances(content).items()}


def test_known_widths() -> None:
    """Calibri's own metrics: a zero is 1038 of 2048 units wide, a space 463, a capital M 1751."""
    for character, units in (("0", 1038), (" ", 463), ("M", 1751)):
        assert measure.width(character, 2048) == pytest.approx(units * measure.SAFETY)
    assert measure.width("M", 12, bold=True) > measure.width("M", 12)


def test_what_the_typeface_lacks_gets_a_generous_width() -> None:
    assert measure.width("客", 10) >= 10
    assert measure.width("🚀", 10) >= 13
    assert measure.width("ت", 10) >= 8
    assert measure.width("e\u0301", 10) == measure.width("e", 10)
    assert measure.line_height("客", 10) > measure.line_height("e", 10)


@given(TEXT, st.integers(8, 40), st.integers(20, 800))
def test_wrapping_keeps_every_character_and_the_width(text: str, size: int, room: int) -> None:
    lines = measure.wrap(text, size, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert measure.width(line, size) <= room or len(line.strip()) <= 1 or _one_glyph(line)


def _one_glyph(line: str) -> bool:
    """One character and marks of no width on it can be wider than a very narrow column."""
    return sum(measure.width(character, 10) > 0 for character in line) <= 1


@given(TEXT, st.integers(60, 400), st.integers(1, 4))
def test_a_shortened_text_fits_and_says_so(text: str, room: int, lines: int) -> None:
    short = measure.shortened(text, 10, room, lines)
    assert len(measure.wrap(short, 10, room)) <= lines
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_words_stay_whole_where_they_fit() -> None:
    assert measure.wrap("attainment on new business", 12, 100) == ["attainment on new", "business"]
    assert measure.wrap("客户流失率", 10, 22) == ["客户", "流失", "率"]
    assert measure.breaks_words("attainment", 12, 20)
    assert not measure.breaks_words("attainment on new", 12, 80)


BOX = Box(0, 0, 3, 1)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_what_is_split_is_whole_again_in_sum(texts: list[str]) -> None:
    paras = tuple(para(text) for text in texts)
    rest, said = paras, ""
    while rest:
        shown, rest = split(rest, BOX, 20)
        assert shown
        said += "".join(p.text for p in shown)
    assert said.replace(" ", "") == "".join(p.text for p in paras).replace(" ", "")


def test_the_largest_size_that_fits_is_taken() -> None:
    assert largest((para("short"),), BOX, (40, 20, 10)) == 40
    assert largest((para("a few more words than before"),), BOX, (40, 20, 10)) == 20
    assert largest((para("word " * 200),), BOX, (40, 20, 10)) is None


def test_mixed_paragraphs_are_measured_as_bold() -> None:
    mixed = Para((Run("one "), Run("two", bold=True)))
    assert mixed.bold
    assert mixed.text == "one two"
