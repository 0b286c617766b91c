"""Numbers as text: rounding, magnitudes, signs, units, and the scale that the marks of a chart share."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case.units import UNITS
from casebuilder.pitch import numbers
from casebuilder.pitch.numbers import (
    MINUS,
    change,
    chart_scale,
    count,
    days,
    for_unit,
    fte,
    money,
    money_exact,
    months,
    percent,
    points,
    ratio,
    rounded,
    significant,
)

AMOUNTS = st.floats(min_value=-1e13, max_value=1e13, allow_nan=False)
MAGNITUDES = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


def plain(text: str) -> str:
    """The text with ordinary spaces, to type it in a test."""
    return text.replace("\u00a0", " ")


def read(text: str) -> float:
    """The number in a text by our conventions, so that a test can compare it with the value."""
    found = re.fullmatch(rf"(?:[A-Z]{{3}}\u00a0)?([+{MINUS}]?)([\d,]+(?:\.\d+)?)(?:\u00a0([KMBT]))?", text)
    assert found, text
    sign, digits, letter = found.groups()
    return (-1 if sign == MINUS else 1) * float(digits.replace(",", "")) * MAGNITUDES[letter or ""]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (-0.125, 2, "-0.13"),
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (-0.4, 0, "0"),
        (1234, -2, "1200"),
        (1250, -2, "1300"),
        (1e20, 2, "100000000000000000000.00"),
    ],
)
def test_halves_round_away_from_zero(value: float, decimals: int, expected: str) -> None:
    assert rounded(value, decimals) == Decimal(expected)
    assert str(rounded(0.0 * value, decimals)).startswith("0")


@given(AMOUNTS, st.integers(0, 6))
def test_rounding_is_that_of_the_written_number(value: float, decimals: int) -> None:
    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert rounded(value, decimals) == expected
    assert rounded(-value, decimals) == -rounded(value, decimals)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_234_567, "1230000"),
        (999_950, "1000000"),
        (999.5, "1000"),
        (0.012345, "0.0123"),
        (0, "0"),
        (-45_678, "-45700"),
    ],
)
def test_three_significant_digits(value: float, expected: str) -> None:
    assert significant(value) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_234_567, "USD 1.23 M"),
        (1_200_000, "USD 1.2 M"),
        (999_950, "USD 1 M"),
        (999_499, "USD 999 K"),
        (-45_000, f"USD {MINUS}45 K"),
        (2_345_000_000, "USD 2.35 B"),
        (7.1e12, "USD 7.1 T"),
        (450, "USD 450"),
        (39.87, "USD 39.9"),
        (0.3, "USD 0.3"),
        (0, "USD 0"),
        (-0.0, "USD 0"),
        (None, "n/a"),
    ],
)
def test_money_by_magnitude(value: float | None, expected: str) -> None:
    assert plain(money(value, "USD")) == expected


def test_money_says_its_sign_when_asked() -> None:
    assert plain(money(1_200_000, "EUR", signed=True)) == "EUR +1.2 M"
    assert plain(money(-1_200_000, "EUR", signed=True)) == f"EUR {MINUS}1.2 M"
    assert plain(money(0, "EUR", signed=True)) == "EUR 0"


@given(AMOUNTS)
def test_money_read_back_is_the_amount_to_three_digits(value: float) -> None:
    text = money(value, "USD")
    assert read(text) == pytest.approx(value, rel=0.005, abs=1e-300)
    assert not re.search(r"1,?000\u00a0[KMB]", text), "a thousand thousands are a million"


@given(AMOUNTS)
def test_whole_amounts_keep_every_digit(value: float) -> None:
    assert read(money_exact(value, "USD")) == rounded(value)
    assert read(money_exact(value, "USD", 2)) == pytest.approx(value, rel=1e-14, abs=0.0051)


def test_whole_amounts_have_separators() -> None:
    assert plain(money_exact(1_234_567.5, "USD")) == "USD 1,234,568"
    assert plain(money_exact(1_234_567.5, "USD", 2)) == "USD 1,234,567.50"
    assert money_exact(None, "USD") == "n/a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.82, "82%"),
        (0.8234, "82.3%"),
        (0.0941, "9.4%"),
        (0.0025, "0.25%"),
        (-0.05, f"{MINUS}5%"),
        (1.345, "135%"),
        (0.99951, "100%"),
        (0.00996, "1%"),
        (0, "0%"),
        (None, "n/a"),
    ],
)
def test_per_cent_with_the_digits_it_needs(value: float | None, expected: str) -> None:
    assert percent(value) == expected


def test_per_cent_with_the_digits_asked_for() -> None:
    assert percent(0.82, 1) == "82.0%"
    assert percent(0.285, 0) == "29%"
    assert percent(0.05, signed=True) == "+5%"


def test_units_in_words() -> None:
    assert plain(points(0.07)) == "7 points"
    assert plain(points(0.01, signed=True)) == "+1 point"
    assert plain(points(-0.0004)) == f"{MINUS}0.04 points"
    assert plain(days(1)) == "1 day"
    assert plain(days(44.6)) == "45 days"
    assert plain(days(4.5)) == "4.5 days"
    assert plain(months(18.6)) == "19 months"
    assert plain(months(1.0)) == "1 month"
    assert plain(fte(12.46)) == "12.5 FTE"
    assert ratio(3.2) == "3.2x"
    assert ratio(0.456) == "0.46x"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.44, "3.4"),
        (12, "12"),
        (99.97, "100"),
        (1_234, "1,234"),
        (11_437, "11,400"),
        (1_234_567, "1.23 M"),
        (None, "n/a"),
    ],
)
def test_counts(value: float | None, expected: str) -> None:
    assert plain(count(value)) == expected


def test_other_languages_write_numbers_their_way() -> None:
    assert percent(0.8234, locale="de_DE") == "82,3\u00a0%"
    assert money(1_234_567, "EUR", locale="de_DE") == "EUR\u00a01,23\u00a0M"
    assert months(18, locale="de_DE") == "18\u00a0Monate"


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_of_the_product_can_be_shown(unit: str) -> None:
    assert for_unit(None, unit, "USD") == "n/a"
    assert for_unit("annually" if unit in ("text", "choice") else 0.5, unit, "USD")


@given(AMOUNTS, st.sampled_from([unit for unit in UNITS if unit not in ("text", "choice", "flag")]))
def test_no_unit_shows_a_hyphen_for_minus_or_a_plain_space_in_a_number(value: float, unit: str) -> None:
    text = for_unit(value, unit, "USD")
    assert "-" not in text
    assert " " not in text.removesuffix(" a year")
    assert text.count(MINUS) == (1 if value < 0 and re.search("[1-9]", text) else 0)


def test_flags_and_texts() -> None:
    assert for_unit(1.0, "flag") == "yes"
    assert for_unit(0.0, "flag") == "no"
    assert for_unit("mid", "choice") == "mid"
    with pytest.raises(ValueError, match="text where a number"):
        for_unit("mid", "money", "USD")
    with pytest.raises(KeyError):
        for_unit(1.0, "furlongs")


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in ("text", "choice", "flag")])
def test_what_is_no_number_is_refused(bad: float, unit: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        for_unit(bad, unit, "USD")


@pytest.mark.parametrize(
    ("before", "after", "unit", "direction", "expected"),
    [
        (0.82, 0.89, "share", "up", "+7 points, better"),
        (0.10, 0.094, "share", "down", f"{MINUS}0.6 points, better"),
        (0.10, 0.12, "share", "down", "+2 points, worse"),
        (78.0, 74.0, "money", "down", f"USD {MINUS}4, better"),
        (78.0, 74.0, "money", "none", f"USD {MINUS}4"),
        (1e6, 1e6 + 0.001, "count", "up", "no change"),
        (3_567.0, 3_627.2, "count", "up", "+60, better"),
        (369.7, 370.6, "count", "up", "+0.9, better"),
        (31.2, 33.6, "count", "up", "+2.4, better"),
        (None, 1.0, "count", "up", "n/a"),
        (1.0, None, "count", "up", "n/a"),
    ],
)
def test_changes_are_signed_and_judged(
    before: float | None, after: float | None, unit: str, direction: numbers.Direction, expected: str
) -> None:
    assert plain(change(before, after, unit, direction, "USD")) == expected


@pytest.mark.parametrize(
    ("values", "unit", "title", "texts"),
    [
        ((1_310_000.0, 48_000, -50_000), "money", "USD million", ("+1.31", "+0.05", f"{MINUS}0.05")),
        ((999_950.0,), "money", "USD million", ("+1",)),
        ((9_990.0,), "money", "USD", ("+9,990",)),
        ((9_999.0,), "money", "USD thousand", ("+10",)),
        ((120e6, -3e6), "money", "USD million", ("+120", f"{MINUS}3")),
        ((2.5e9, 1e6), "money", "USD billion", ("+2.5", "0.0")),
        ((12_000.0, 340), "count", "thousand", ("+12.0", "+0.3")),
        ((12.0, 340), "count", "number", ("+12", "+340")),
        ((45.0, 44.2), "days", "days", ("+45.0", "+44.2")),
        ((0.82, 0.89), "share", "per cent", ("+82%", "+89%")),
        ((0.823, 0.89), "share", "per cent", ("+82.3%", "+89.0%")),
        ((30_000.0,), "money_per_year", "USD thousand a year", ("+30",)),
    ],
)
def test_the_marks_of_a_chart_share_a_scale(
    values: tuple[float, ...], unit: str, title: str, texts: tuple[str, ...]
) -> None:
    scale = chart_scale(values, unit)
    assert scale.title(unit, "USD") == title
    assert tuple(scale.text(value, signed=True) for value in values) == texts


def test_a_chart_of_nothing_has_a_scale() -> None:
    assert chart_scale((), "money").text(0.0) == "0"
    assert chart_scale((None, 0.0), "money").text(None) == "n/a"


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_marks_have_at_most_two_decimals_and_the_largest_three_digits(values: list[float]) -> None:
    scale = chart_scale(values, "money")
    assert 0 <= scale.decimals <= 2
    largest = max(values, key=abs)
    shown = float(scale.text(largest).replace(",", "").replace(MINUS, "-")) * scale.factor
    assert shown == pytest.approx(largest, rel=0.006, abs=0.006)
    if 10_000 <= abs(largest) < 9.99e11:
        assert len(re.sub(r"\D", "", scale.text(largest))) <= 3


@pytest.mark.parametrize(
    ("values", "unit", "code"),
    [
        ((1_310_000.0, 48_000), "money", "#,##0.00,,"),
        ((0.823,), "share", "#,##0.0%"),
        ((12.0,), "days", "#,##0"),
        ((450_000.0,), "money", "#,##0,"),
    ],
)
def test_the_number_format_writes_what_the_text_says(values: tuple[float, ...], unit: str, code: str) -> None:
    assert chart_scale(values, unit).code == f"{code};{MINUS}{code};{code}"


def test_a_given_divisor_is_kept() -> None:
    scale = chart_scale((1_310_000.0,), "money", 1e3)
    assert scale.text(1_310_000.0) == "1,310"
    assert scale.title("money", "USD") == "USD thousand"
