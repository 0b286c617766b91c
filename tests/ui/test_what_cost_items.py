"""The parts of a cost on the step What: each is written as it is typed, and what cannot be is said below its row."""

import pytest

from tests.ui import driver
from tests.ui.test_what import HOSTILE, INVESTMENTS, case, field, investment, number, open_one, press, what

PART = "initiatives[quote_in_two_days].cost_items"


def test_the_parts_of_a_cost_are_changed_one_by_one_and_add_up() -> None:
    app = open_one(what(part=INVESTMENTS), "quote_in_two_days")
    assert number(app, f"{PART}[1].one_time").value == "58,000"
    driver.sound(number(app, f"{PART}[1].one_time").set_value("60.000").run())
    assert "“60.000” is read as USD 60,000." in driver.texts(app)
    assert number(app, "initiatives[quote_in_two_days].one_time_cost").value == "187,000"
    driver.sound(number(app, f"{PART}[1].one_time").set_value("1,2 Mio.").run())
    now = investment(app, "quote_in_two_days")
    assert (now.one_time_cost, now.cost_items[1].one_time) == (1_327_000, 1_200_000)
    assert "is read as" not in driver.texts(app)
    driver.sound(field(app, "text_input", "What it is: Price book").set_value(HOSTILE).run())
    driver.sound(field(app, "selectbox", "Kind of cost: !").set_value("data").run())
    part = investment(app, "quote_in_two_days").cost_items[1]
    assert (part.name, part.category) == (HOSTILE, "data")
    press(app, "Remove", 1)
    now = investment(app, "quote_in_two_days")
    assert (now.one_time_cost, len(now.cost_items)) == (127_000, 1)


@pytest.mark.parametrize(
    ("place", "typed", "why"),
    [
        ("one_time", "a lot", "is no number. Type it as 120,000, 450k or 1.2 M. Nothing was changed."),
        ("one_time", "CHF 5k", "This case counts in USD, not in CHF"),
        ("one_time", "(5,000)", "is not possible: allowed is USD"),
        ("one_time", "", "needs an amount"),
        ("annual", "1 M", "Running cost: this part is larger than the 62,000 that is stated"),
    ],
)
def test_a_part_that_cannot_be_says_why_below_its_row(place: str, typed: str, why: str) -> None:
    app = open_one(what(part=INVESTMENTS), "quote_in_two_days")
    driver.sound(number(app, f"{PART}[0].{place}").set_value(typed).run())
    assert [why in error.value.replace("\\", "") for error in app.error] == [True]
    assert case(app) == driver.first()


def test_another_part_is_taken_out_of_what_was_stated_as_a_whole() -> None:
    app = open_one(what(part=INVESTMENTS), "quote_in_two_days")
    new = lambda kind, words: next(one for one in app.get(kind) if one.label == words)  # noqa: E731
    new("text_input", "What it is").set_value("Licence for 40 people")
    falls = next(one for one in app.get("button_group") if "item kind" in one.key)
    driver.sound(falls.set_value("annual").run())
    assert "It is taken out of what is stated as a whole" in driver.texts(app)
    write = lambda: driver.sound(next(b for b in app.button if "item write" in b.key).click().run())  # noqa: E731
    new("text_input", "Amount, USD").set_value("plenty")
    write()
    assert "“plenty” is no number" in app.error[0].value
    new("text_input", "Amount, USD").set_value("20k")
    write()
    now = investment(app, "quote_in_two_days")
    assert now.annual_cost == 62_000
    assert [(item.name, item.annual) for item in now.cost_items[2:]] == [
        ("Licence for 40 people", 20_000),
        ("Other running cost", 42_000),
    ]
