"""What stands in a field is what is read from it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case.units import UNITS
from casebuilder.ui.typed_fields import MONEY, Unreadable, outside, read, reading, shown, unit_words

TYPED = [unit for unit in UNITS if unit not in ("flag", "choice", "text", "period")]


@given(st.integers(-(10**9), 10**9), st.integers(0, 2), st.sampled_from(TYPED))
def test_a_field_reads_what_stands_in_it(digits: int, decimals: int, unit: str) -> None:
    value = float(f"{digits / 10**decimals / (100 if unit in ('share', 'points') else 1):.15g}")
    found = read(shown(value, unit), unit, "EUR")
    assert found is not None
    assert found.value == pytest.approx(value, rel=1e-12)
    assert not found.unsure or unit in ("share", "points")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_200_000.0, "money", "1,200,000"),
        (0.172, "share", "17.2%"),
        (0.02, "points", "2"),
        (12.5, "fte", "12.5"),
        (None, "money", ""),
    ],
)
def test_how_a_number_stands_in_its_field(value: float | None, unit: str, text: str) -> None:
    assert shown(value, unit) == text


def test_a_range_and_another_currency_are_refused() -> None:
    for text, why in (("10-20k", "no single amount"), ("USD 5", "counts in EUR")):
        with pytest.raises(Unreadable, match=why):
            read(text, "money", "EUR")
    assert read("", "money", "EUR") is None


def test_only_what_others_would_read_otherwise_is_said_back() -> None:
    for text, unit, said in (
        (" 1.234 ", "money", "“1.234” is read as EUR 1,234."),
        ("1.234 M", "money", "“1.234 M” is read as EUR 1,234,000."),
        ("3.380", "per_year", "“3.380” is read as 3.38."),
        ("1.2 M", "money", ""),
        ("", "money", ""),
    ):
        assert reading(text, read(text, unit, "EUR"), unit, "EUR") == said


def test_bounds_are_said_in_words() -> None:
    assert outside(-5.0, "money", "EUR", 0.0, None) == (
        "EUR\u00a0−5 is not possible: allowed is EUR\u00a00 or more. Nothing was changed."
    )
    assert outside(math.inf, "money", "EUR", 0.0, None) == "This is not a number."
    assert outside(5.0, "money", "EUR", None, 9.0) is None


def test_every_unit_has_words() -> None:
    assert {unit_words(unit, "EUR") for unit in MONEY} == {"EUR"}
    assert unit_words("share", "EUR") == "%"
    assert all("_" not in unit_words(unit, "EUR") for unit in TYPED)
