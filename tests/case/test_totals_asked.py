"""The twelve questions: every total is asked once, and each unit tells the total that arithmetic says."""

import pytest

from casebuilder.case.catalogue import totals
from casebuilder.case.totals import read_totals
from casebuilder.case.totals_asked import Answer, asked, questions, told
from casebuilder.case.typed import typed

BASE = {
    "revenue": ("48", "year", 1e6),
    "customers": ("3,380", "count", 1.0),
    "gross_margin": ("65", "share", 1.0),
}


def answer(field: str, text: str, way: str, scale: float = 1.0) -> Answer:
    found = typed(text)
    assert found is not None
    return Answer(found, next(each for each in asked()[field].ways if each.id == way), scale)


def answers(**more: tuple[str, str, float]) -> dict[str, Answer]:
    return {field: answer(field, *said) for field, said in (BASE | more).items()}


def test_twelve_questions_ask_every_total() -> None:
    assert len(questions()) == 12
    reached = {way.total or field for field, each in asked().items() for way in each.ways}
    assert reached == set(totals())


def test_what_a_unit_is_made_of_is_asked_before() -> None:
    order = list(asked())
    for place, each in enumerate(asked().values()):
        for way in each.ways:
            assert way.of is None or order.index(way.of) < place, (each.total, way.id)


@pytest.mark.parametrize(
    ("field", "text", "way", "scale", "total", "value"),
    [
        ("revenue", "4", "month", 1e6, "revenue", 48e6),
        ("revenue", "48.5 M", "year", 1e3, "revenue", 48.5e6),
        ("gross_margin", "31.2", "year", 1e6, "gross_margin", 0.65),
        ("customers_lost", "277", "year", 1.0, "customers_lost", 277),
        ("customers_lost", "20", "month", 1.0, "customers_lost", 240),
        ("customers_lost", "8.2", "share", 1.0, "customers_lost", 277.16),
        ("customers_lost", "1 %", "monthly", 1.0, "customers_lost", 3380 * (1 - 0.99**12)),
        ("customers_lost", "92", "renewal", 1.0, "renewal_rate", 0.92),
        ("customers_lost", "2.4", "revenue", 1e6, "revenue_lost", 2.4e6),
        ("customers_lost", "5", "revenue_share", 1.0, "revenue_lost", 2.4e6),
        ("growth_of_existing", "-3", "share", 1.0, "growth_of_existing", -0.03),
        ("growth_of_existing", "1.44", "year", 1e6, "growth_of_existing", 0.03),
        ("contacts", "3", "each", 1.0, "contacts", 10140),
        ("spend_annual", "370", "year", 1e3, "spend_annual", 370_000),
    ],
)
def test_every_unit(field: str, text: str, way: str, scale: float, total: str, value: float) -> None:
    found = told(answers(**{field: (text, way, scale)}))
    assert not found.problems
    assert found.values[total] == pytest.approx(value, rel=1e-9)
    assert read_totals(found.values)


@pytest.mark.parametrize(
    ("more", "total", "value"),
    [
        ({"new_customers": ("62", "year", 1.0), "win_rate": ("310", "count", 1.0)}, "win_rate", 0.2),
        ({"bookings_target": ("9", "year", 1e6), "bookings": ("70", "share", 1.0)}, "bookings", 6.3e6),
        ({"contacts": ("11,400", "year", 1.0), "support_cost": ("40", "each", 1.0)}, "support_cost", 456_000),
        ({"support_people": ("20", "count", 1.0), "leavers": ("35%", "share", 1.0)}, "leavers", 7),
    ],
)
def test_a_unit_made_of_another_answer(
    more: dict[str, tuple[str, str, float]], total: str, value: float
) -> None:
    assert told(answers(**more)).values[total] == pytest.approx(value, rel=1e-12)


def test_a_range_keeps_its_ends_in_order() -> None:
    found = told(answers(customers_lost=("250 to 304", "year", 1.0)))
    assert found.values["customers_lost"] == 277
    assert found.ranges == {"customers_lost": (250, 304)}
    falling = told(answers(new_customers=("62", "year", 1.0), win_rate=("200 to 400", "count", 1.0)))
    assert falling.ranges["win_rate"] == (pytest.approx(62 / 400), pytest.approx(62 / 200))


@pytest.mark.parametrize(
    ("field", "text", "way", "said"),
    [
        ("customers", "5 %", "count", "This is a per cent: type the amount."),
        ("contacts", "5 %", "year", "This is a per cent: type the amount."),
        (
            "win_rate",
            "5 %",
            "count",
            "This is a per cent: choose “% of opportunities” beside it, or type the amount.",
        ),
        (
            "customers_lost",
            "88 %",
            "year",
            "“% renewed (renewal rate)” or “% of revenue a year” beside it, or type",
        ),
        ("gross_margin", "31 m", "share", "This is an amount"),
        ("gross_margin", "130", "share", "gross margin allows 0 % to 100 %"),
        ("leavers", "35", "share", "another answer first: support people"),
        ("win_rate", "0", "count", "another answer first: new customers won"),
        ("years", "3.5", "count", "whole number"),
        ("years", "2 to 4", "count", "whole number"),
        ("customers_lost", "120", "monthly", "between 0 and 100 %"),
    ],
)
def test_what_cannot_be_says_why_and_tells_nothing(field: str, text: str, way: str, said: str) -> None:
    found = told(answers(**{field: (text, way, 1.0)}))
    assert said in found.problems[field]
    assert field not in found.values


def test_what_is_needed_is_named() -> None:
    assert told({}).missing == ("revenue", "customers", "gross_margin")
    assert told(answers()).missing == ()
