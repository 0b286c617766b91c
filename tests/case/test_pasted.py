"""A table pasted from a spreadsheet: which numbers it means, and what of it is refused with a reason."""

from datetime import date
from typing import Any

import pytest

from casebuilder.case import Case, from_data
from casebuilder.case.catalogue import inputs
from casebuilder.case.pasted import LONGEST, of_input, pasted
from casebuilder.case.typed import Given, Unreadable


def case() -> Case:
    segment: dict[str, Any] = {"customers": 10, "revenue_per_customer": 100, "gross_margin": 0.5}
    company = {"name": "X", "currency": "USD", "decision_date": date(2027, 1, 1), "years": 3}
    segments = [{"name": name} | segment for name in ("Large", "Small firms")]
    return from_data({"casebuilder": 1, "title": "X", "company": company, "segments": segments})


TABLE = "\tLarge\tSmall firms\nCustomers\t1,200\t3.400,5\nRevenue churn (a year)\t8.2 %\t0.11\n\ngross_margin\t65\t0,5"
READ = {
    "segments[Large].customers": 1200,
    "segments[Small firms].customers": 3400.5,
    "segments[Large].churn_rate": 0.082,
    "segments[Small firms].churn_rate": 0.11,
    "segments[Large].gross_margin": 0.65,
    "segments[Small firms].gross_margin": 0.5,
}


def test_segments_above_and_numbers_in_the_first_column() -> None:
    found = pasted(TABLE, case())
    assert found.values == pytest.approx(READ)
    assert found.problems == ()


def test_the_other_way_round() -> None:
    rows = [line.split("\t") for line in TABLE.splitlines() if line]
    turned = "\n".join("\t".join(row[n] for row in rows) for n in range(3))
    assert pasted(turned, case()).values == pytest.approx(READ)


def test_numbers_of_the_whole_company() -> None:
    found = pasted("\tCompany\nAttrition\t35 %\nCost of an assisted contact\tUSD 27.60\nCustomers\t5", case())
    assert found.values == {"people.attrition_rate": 0.35, "service.cost_per_assisted_contact": 27.6}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("130 %", "allows 0 % to 100 %"),
        ("1", "1 % or 100 %"),
        ("n/a", "not known"),
        ("soon", "is no number"),
        ("5 to 8 %", "One number is needed"),
        ("1e400", "is no number"),
    ],
)
def test_a_cell_that_is_no_such_number(cell: str, said: str) -> None:
    (found,) = pasted(f"\tLarge\nWin rate\t{cell}", case()).cells
    assert found.value is None
    assert said in found.problem


def test_an_amount_with_a_per_cent_sign_is_refused() -> None:
    (found,) = pasted("\tLarge\nCustomers\t5 %", case()).cells
    assert "no per cent" in found.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12", "Copy the names with the numbers"),
        ("\tLarge\nLuck\t5", "“Luck” is no number of this case"),
        ("\tHuge\nCustomers\t5", "“Huge” is no segment of this case"),
        ("\tLarge\nCustomers\t5\nCustomers\t6", "stands there twice"),
        ("a\tb\n" * 200, "too large"),
        ("x" * (LONGEST + 1), "at most"),
    ],
)
def test_what_is_not_understood_is_named(text: str, said: str) -> None:
    assert said in " ".join(pasted(text, case()).problems)


def test_the_first_of_two_is_used() -> None:
    assert pasted("\tLarge\nCustomers\t5\nCustomers\t6", case()).values == {"segments[Large].customers": 5}


@pytest.mark.parametrize(
    ("text", "id", "value"),
    [
        ("8.2", "churn_rate", 0.082),
        ("8,2 %", "churn_rate", 0.082),
        ("48 M", "quota_per_rep", 48e6),
        ("120,000", "revenue_per_customer", 120_000),
        ("?", "churn_rate", None),
    ],
)
def test_one_number_typed_into_its_field(text: str, id: str, value: float | None) -> None:
    found = of_input(text, inputs()[id])
    assert (None if found is None else found.value) == value


def test_a_range_typed_into_its_field_has_its_middle_and_ends() -> None:
    assert of_input("8 to 11 %", inputs()["churn_rate"]) == Given(0.095, (0.08, 0.11))
    assert of_input("8.2", inputs()["churn_rate"]) == Given(0.082)


@pytest.mark.parametrize(("text", "id"), [("5 %", "customers"), ("101", "churn_rate")])
def test_what_cannot_be_typed_there(text: str, id: str) -> None:
    with pytest.raises(Unreadable):
        of_input(text, inputs()[id])
