"""Numbers as people write them: what is read, what is refused, and that no way of writing is read in two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case.totals_typed import LONGEST, Unreadable, typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("277", 277),
        (" 3,380 ", 3380),
        ("1,5", 1.5),
        ("0,123", 0.123),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("48 000 000", 48e6),
        ("48\u00a0000", 48000),
        ("1'234'567", 1234567),
        ("USD 48,000", 48000),
        ("€ 12", 12),
        ("-3", -3),
        ("−3", -3),
        (".5", 0.5),
    ],
)
def test_one_number(text: str, value: float) -> None:
    found = typed(text)
    assert found is not None
    assert (found.value, found.percent, found.times, found.is_range) == (value, False, None, False)


@pytest.mark.parametrize(
    ("text", "value", "times"),
    [("48m", 48, 1e6), ("48.5 M", 48.5, 1e6), ("$48k", 48, 1e3), ("2 bn", 2, 1e9), ("3 million", 3, 1e6)],
)
def test_what_the_text_itself_multiplies_with(text: str, value: float, times: float) -> None:
    found = typed(text)
    assert found is not None and (found.value, found.times) == (value, times)


@pytest.mark.parametrize("text", ["8.2%", "8.2 %", "8,2 %", "8.2 per cent", "8.2 pct"])
def test_per_cent(text: str) -> None:
    found = typed(text)
    assert found is not None and (found.value, found.percent) == (8.2, True)


@pytest.mark.parametrize(
    ("text", "low", "high", "percent"),
    [
        ("250 to 300", 250, 300, False),
        ("250-300", 250, 300, False),
        ("250 – 300", 250, 300, False),
        ("8 to 11 %", 8, 11, True),
        ("8%-11%", 8, 11, True),
        ("-5 to -3", -5, -3, False),
        ("1..2", 1, 2, False),
    ],
)
def test_a_range_with_its_middle(text: str, low: float, high: float, percent: bool) -> None:
    found = typed(text)
    assert found is not None
    assert (found.low, found.value, found.high, found.percent) == (low, (low + high) / 2, high, percent)


@pytest.mark.parametrize("text", ["", "  ", "?", "don't know", "Don’t know", "n/a", "unknown", "-"])
def test_not_known_is_an_answer(text: str) -> None:
    assert typed(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "is no number"),
        ("12 apples", "is no number"),
        ("1,23,4", "more than one way"),
        ("300 to 250", "low end first"),
        ("8% to 11", "mixes units"),
        ("5 k to 6 m", "mixes units"),
        ("1e999", "is no number"),
        ("nan", "is no number"),
        ("inf", "is no number"),
        ("=1+1", "is no number"),
        ("1" * (LONGEST + 1), "characters"),
    ],
)
def test_what_is_no_number_says_so(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        typed(text)


@given(st.integers(0, 10**12))
def test_every_way_of_grouping_reads_the_same(number: int) -> None:
    for mark in (",", " ", "'", "."):
        text = f"{number:,}".replace(",", mark)
        if mark == "." and text.count(".") == 1:
            continue  # one point is a decimal mark: 1.234 is one and a bit
        found = typed(text)
        assert found is not None and found.value == number


@given(st.text(max_size=70))
def test_any_text_is_a_number_unknown_or_refused(text: str) -> None:
    try:
        found = typed(text)
    except Unreadable:
        return
    assert found is None or found.low <= found.value <= found.high
