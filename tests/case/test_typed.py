"""Numbers as people write them: what is read, what is refused, and that no way of writing is read in two ways."""

import math
import re

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from casebuilder.case.typed import LONGEST, Given, Unreadable, given, typed
from casebuilder.case.units import UNITS


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
        ("1 5", "more than one way"),
        ("--3", "is no number"),
        ("(-3)", "is no number"),
        ("abc 3", "is no number"),
        ("3 €/$", "is no number"),
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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2m", 1.2e6),
        ("1,2 Mio.", 1.2e6),
        ("350k", 350e3),
        ("1.1M", 1_100_000),
        ("EUR 40'000", 40e3),
        ("40'000.-", 40e3),
        ("€1.2m", 1.2e6),
        ("1,2 M€", 1.2e6),
        ("TEUR 350", 350e3),
        ("350 T€", 350e3),
        ("T€ 1.234", 1.234e6),
        ("1.234,5 Mio EUR", 1234.5e6),
        ("1 Mrd. EUR", 1e9),
        ("4 lakh", 4e5),
        ("12,34,567", 1234567),
        ("(3.5)", -3.5),
        ("EUR (40,000)", -40e3),
        ("EUR -3", -3),
        ("350k p.a.", 350e3),
        ("48.5 M a year", 48.5e6),
        ("40.000", 40e3),
        ("0.500", 0.5),
    ],
)
def test_money_as_it_is_written_in_many_places(text: str, value: float) -> None:
    found = given(text, "money_per_year", "EUR")
    assert found is not None and found.value == value


@pytest.mark.parametrize(
    ("text", "unit", "value", "unsure"),
    [
        ("40.000", "money", 40_000, True),
        ("40,000", "money", 40_000, False),
        ("1.234 M", "money", 1_234_000, True),
        ("1,234 M", "money", 1_234_000_000, True),
        ("3.380", "count", 3380, True),
        ("3.380", "per_year", 3.38, True),
        ("3.38", "per_year", 3.38, False),
        ("1,250", "share", 12.5, True),
        ("17.125 %", "share", 0.17125, True),
        ("1,2", "money", 1.2, False),
    ],
)
def test_one_mark_before_three_digits_is_read_by_what_is_counted(
    text: str, unit: str, value: float, unsure: bool
) -> None:
    assert given(text, unit, "EUR") == Given(pytest.approx(value), None, unsure)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("17,2 %", "share", 0.172),
        ("17,2", "share", 0.172),
        ("8.2 % p.a.", "share", 0.082),
        ("2 points", "points", 0.02),
        ("-0,5", "points", -0.005),
        ("0,5 FTE", "fte", 0.5),
        ("12 months", "months", 12),
        ("45", "days", 45),
    ],
)
def test_other_units_as_they_are_written(text: str, unit: str, value: float) -> None:
    assert given(text, unit, "EUR") == Given(pytest.approx(value))


def test_what_a_range_says_behind_its_second_number_holds_for_both() -> None:
    assert given("EUR 40-50k", "money", "EUR") == Given(45e3, (40e3, 50e3))
    assert given("1,2 bis 1,4 Mio.", "money", "EUR") == Given(1.3e6, (1.2e6, 1.4e6))


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("USD 40", "money", "counts in EUR, not in USD"),
        ("$40k", "money", "counts in EUR, not in $"),
        ("R$ 40k", "money", "counts in EUR, not in R$"),
        ("8 %", "money", "is a per cent"),
        ("8 %", "days", "is a per cent"),
        ("EUR 8", "share", "is an amount. Type it as 8.2 %."),
        ("8k", "share", "is an amount. Type it as 8.2 %."),
        ("EUR 8", "days", "is an amount"),
        ("much", "money", "is no number. Type it as 120,000, 450k or 1.2 M."),
    ],
)
def test_what_does_not_belong_there_says_so(text: str, unit: str, said: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(said)):
        given(text, unit, "EUR")


@pytest.mark.parametrize(
    ("text", "currency"), [("$4k", "CAD"), ("kr 4k", "SEK"), ("4k zł", "PLN"), ("Fr. 4k", "CHF")]
)
def test_a_sign_stands_for_each_of_its_currencies(text: str, currency: str) -> None:
    assert given(text, "money", currency) == Given(4000)


@given_by(st.text(alphabet="0123456789.,' ()-+%kmEURUSD€$TMio", max_size=20), st.sampled_from(UNITS))
def test_whatever_is_read_is_a_finite_number_within_its_ends(text: str, unit: str) -> None:
    try:
        found = given(text, unit, "EUR")
    except Unreadable:
        return
    if found is not None:
        low, high = found.ends or (found.value, found.value)
        assert low <= found.value <= high and math.isfinite(found.value)


@given_by(st.integers(0, 10**12))
def test_every_way_of_grouping_reads_the_same(number: int) -> None:
    for mark in (",", " ", "'", "."):
        text = f"{number:,}".replace(",", mark)
        if mark == "." and text.count(".") == 1:
            continue  # one point is a decimal mark: 1.234 is one and a bit
        found = typed(text)
        assert found is not None and found.value == number


@given_by(st.text(max_size=70))
def test_any_text_is_a_number_unknown_or_refused(text: str) -> None:
    try:
        found = typed(text)
    except Unreadable:
        return
    assert found is None or found.low <= found.value <= found.high
