"""What an input means in whole things, worked out on paper, and how a value stands in its field."""

import pytest

from casebuilder.case import library
from casebuilder.case.pasted import of_input
from casebuilder.pitch.echo_inputs import as_typed, meaning
from casebuilder.pitch.numbers import SPACE
from tests.analysis.test_needed import small


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("segments[A].churn_rate", 0.1, "40 customers a year, about three a month"),
        ("segments[A].customers", 400.0, "USD 400 K a year together"),
        ("segments[A].revenue_per_customer", 1000.0, "USD 400 K a year from 400"),
        ("segments[A].gross_margin", 0.6, "USD 240 K a year"),
        ("segments[A].leads", 300.0, "more than one every working day, 18 wins a year"),
        ("segments[A].win_rate", 0.2, "one in five, 18 wins a year, about two a month"),
        ("segments[A].issues_per_customer", 3.0, "1,200 contacts a year, about 5 every working day"),
        ("people.attrition_rate", 0.3, "3 people leave a year, about one every 4 months"),
        ("people.replacement_cost", 900.0, "USD 2.7 K for a year's 3 leavers"),
        ("risk.cost_per_incident", 1000.0, "USD 4 K expected a year"),
        ("finance.days_sales_outstanding", 36.5, "USD 80 K outstanding"),
        ("company.tax_rate", 0.2, ""),
        ("segments[A].onboarding_days", 30.0, ""),
    ],
)
def test_what_it_means(path: str, value: float, said: str) -> None:
    assert meaning(small(), path, value).replace(SPACE, " ") == said


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.082, "share", "8.2%"),
        (-0.03, "share", "-3%"),
        (120_000.0, "money_per_year", "120,000"),
        (27.6, "money", "27.6"),
        (0.006, "per_year", "0.006"),
        (0.0, "count", "0"),
        (3 / 31, "share", "9.677%"),
        (1_212_500.0 / 31, "money", "39,113"),
        (1_234_567.89, "money", "1,234,567.89"),
        (0.0123456789, "per_year", "0.01235"),
        (2 / 3, "count", "0.6667"),
        (48_000_000_123.0, "money", "48,000,000,123"),
    ],
)
def test_how_a_value_stands_in_its_field(value: float, unit: str, text: str) -> None:
    assert as_typed(value, unit) == text


@pytest.mark.parametrize(
    "id", sorted(id for id, w in library.inputs().items() if w.unit not in ("choice", "flag"))
)
def test_what_stands_in_a_field_is_read_back_to_the_last_digit(id: str) -> None:
    word = library.inputs()[id]
    for value in (0.0713, 0.4, 0.85):
        found = of_input(as_typed(value, word.unit), word)
        assert found is not None and found.value == pytest.approx(value, abs=1e-12)
