"""Typed totals in plain words: how often, what share, how much each; and where a derived input comes from."""

from datetime import date

import pytest

from casebuilder.case.catalogue import totals
from casebuilder.case.totals import derive, read_totals
from casebuilder.pitch.echo import derived, echo, one_in, pace
from casebuilder.pitch.numbers import SPACE

TOLD = {
    "revenue": 48e6, "customers": 3380.0, "gross_margin": 0.65, "customers_lost": 277.0, "revenue_lost": 2.4e6,
    "renewal_rate": 0.92, "growth_of_existing": 0.03, "new_customers": 62.0, "win_rate": 0.2,
    "bookings_target": 9e6, "bookings": 6.3e6, "contacts": 11_400.0, "support_cost": 456_000.0,
    "support_people": 20.0, "leavers": 7.0, "spend_one_time": 190_000.0, "spend_annual": 370_000.0,
    "hurdle_rate": 0.12, "years": 3.0,
}  # fmt: skip


def said(total: str, **more: float) -> str:
    return echo(total, TOLD | more, "USD").replace(SPACE, " ")


def test_customers_lost_as_people_say_it() -> None:
    assert said("customers_lost") == (
        "277 customers a year, more than one every working day, 8.2% of 3,380 customers: right?"
    )


@pytest.mark.parametrize(
    ("a_year", "words"),
    [
        (11_400, "about 46 every working day"),
        (500, "about 2 every working day"),
        (277, "more than one every working day"),
        (250, "about five a week"),
        (52, "about one a week"),
        (24, "about two a month"),
        (9.6, "about one a month"),
        (6, "about one every 2 months"),
        (1, ""),
        (0, ""),
    ],
)
def test_how_often(a_year: float, words: str) -> None:
    assert pace(a_year) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.2, "one in five"), (0.172, "about one in six"), (0.01, "one in 100"), (0.9, ""), (0, "")],
)
def test_one_in_so_many(share: float, words: str) -> None:
    assert one_in(share) == words


@pytest.mark.parametrize("total", sorted(totals()))
def test_every_total_is_said_back_with_and_without_the_others(total: str) -> None:
    assert said(total).endswith(": right?")
    alone = echo(total, {total: TOLD[total]}, "USD")
    assert alone.endswith(": right?") and ", ," not in alone


@pytest.mark.parametrize(
    ("total", "part"),
    [
        ("revenue", "USD 4 M a month, USD 14.2 K a year from each customer"),
        ("renewal_rate", "so 270 of 3,380 customers leave in a year"),
        ("growth_of_existing", "+3% a year, USD 1.44 M more"),
        ("win_rate", "one in five, 310 opportunities a year"),
        ("bookings", "70% of the target, USD 102 K from each new customer"),
        ("support_cost", "USD 40 for each contact"),
        ("leavers", "35% of 20 people"),
        ("hurdle_rate", "USD 100 in a year count as USD 89.3 today"),
    ],
)
def test_what_it_means(total: str, part: str) -> None:
    assert part in said(total)


def test_a_range_says_its_middle() -> None:
    text = echo("customers_lost", TOLD, "USD", (250, 304))
    assert text.startswith("277 customers a year (the middle of 250 to 304), more")


def test_where_an_input_comes_from() -> None:
    known = {
        key: value for key, value in TOLD.items() if key not in ("revenue_lost", "renewal_rate", "years")
    }
    made = derive(read_totals(known), "X", "USD", date(2027, 1, 1))
    said = [derived(step, "USD").replace(SPACE, " ") for step in made.provenance]
    assert "Revenue churn 8.2%: 277 of 3,380 customers lost, Renewals or retention report" in said
    assert "Attrition 35%: 7 of 20 people left, Personnel report" in said
    assert "Leads 310 a year: 62 customers won, with a win rate of 20%, Sales pipeline report" in said
