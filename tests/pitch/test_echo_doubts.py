"""Obvious mistakes are asked about, and a company that reads well is not asked anything."""

import pytest

from casebuilder.pitch.echo_doubts import doubts
from casebuilder.pitch.numbers import SPACE
from tests.pitch.test_echo import TOLD


def found(total: str, **more: float) -> str:
    return " ".join(doubts(total, TOLD | more, "USD")).replace(SPACE, " ")


@pytest.mark.parametrize("total", sorted(TOLD))
def test_a_company_that_reads_well_is_not_doubted(total: str) -> None:
    assert found(total) == ""


@pytest.mark.parametrize(
    ("total", "value", "said"),
    [
        ("revenue", 48.0, "thousands or millions"),
        ("revenue", 4e13, "is the unit too large"),
        ("customers", 3.38, "if a thousands separator was meant, type 3,380"),
        ("customers", 60e6, "is revenue in thousands"),
        ("gross_margin", 0.0065, "If 65% was meant"),
        ("gross_margin", 0.97, "next to no direct cost"),
        ("customers_lost", 23.0, "is it a month's number? A year would then lose 7.9%"),
        ("customers_lost", 2500.0, "a month's share for a year's"),
        ("revenue_lost", 200_000.0, "is it a month's number"),
        ("renewal_rate", 0.08, "is this the share that was lost"),
        ("renewal_rate", 0.0092, "If 92% was meant"),
        ("renewal_rate", 0.993, "is it a month's number"),
        ("growth_of_existing", 3.0, "per cent, not points"),
        ("growth_of_existing", 0.0003, "If 3% was meant"),
        ("new_customers", 6200.0, "more than all 3,380 customers"),
        ("win_rate", 0.002, "If 20% was meant"),
        ("win_rate", 0.9, "the share lost"),
        ("bookings", 0.5e6, "5.6% of the target"),
        ("bookings", 60e6, "the value of several years"),
        ("contacts", 11_400_000.0, "are the thousands right"),
        ("support_cost", 45.6e6, "is it in thousands"),
        ("support_cost", 456.0, "A contact would cost USD 0.04"),
        ("support_people", 100.0, "are the contacts a month's number"),
        ("support_people", 0.2, "taken by machines"),
        ("leavers", 35.0, "was a per cent typed as people"),
        ("spend_annual", 37e6, "are the thousands right"),
        ("spend_one_time", 50.0, "should it be thousands"),
        ("hurdle_rate", 0.0012, "a part of one"),
        ("hurdle_rate", 1.2, "above nearly every hurdle rate"),
    ],
)
def test_an_obvious_mistake_is_asked_about(total: str, value: float, said: str) -> None:
    assert said in found(total, **{total: value})


def test_a_new_customer_who_pays_a_hundredfold() -> None:
    assert "is the unit right" in found("bookings", bookings=12e6, bookings_target=12e6, new_customers=2.0)


@pytest.mark.parametrize("total", sorted(TOLD))
def test_without_the_other_totals_nothing_breaks(total: str) -> None:
    assert doubts(total, {total: TOLD[total]}, "USD") == ()
    assert isinstance(doubts(total, {total: 0.0}, "USD"), tuple)
