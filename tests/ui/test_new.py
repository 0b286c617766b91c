"""The page of a new case: from twelve totals to an open case, with everything said back on the way."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder import build
from casebuilder.case import Case, loads
from casebuilder.case import dump as written
from casebuilder.pitch.numbers import SPACE
from casebuilder.ui.new_case_draft import CURRENCY, CUT, DAY, NAME, SCORE, SCORED, SHAPE, field, unit
from tests.ui import driver

#: Twelve totals as somebody types them, each with the unit beside it where it is not the first.
TWELVE: dict[str, tuple[str, Any]] = {
    "revenue": ("48", None),
    "customers": ("3,380", None),
    "gross_margin": ("65 %", None),
    "customers_lost": ("250 to 304", None),
    "growth_of_existing": ("3", None),
    "new_customers": ("62", None),
    "win_rate": ("?", None),
    "bookings_target": ("9 M", None),
    "bookings": ("70", ("share", 1.0)),
    "contacts": ("950", ("month", 1.0)),
    "support_cost": ("456", ("year", 1e3)),
    "support_people": ("20", None),
    "leavers": ("7", None),
    "spend_one_time": ("190", None),
    "spend_annual": ("370", None),
    "hurdle_rate": ("12", None),
    "years": ("4", None),
}
HOSTILE = "![x](http://x.y/z) :red[alarm] $5"


def fill(app: AppTest, totals: dict[str, tuple[str, Any]], name: str = "Example Networks") -> AppTest:
    app.text_input(key=NAME).set_value(name)
    app.date_input(key=DAY).set_value(date(2027, 1, 1))
    for total, (text, way) in totals.items():
        app.text_input(key=field(total)).set_value(text)
        if way is not None:
            app.selectbox(key=unit(total)).set_value(way)
    return driver.sound(app.run())


def new() -> AppTest:
    """The page as the first one of a session."""
    return driver.go(AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60), "new")


def opened(app: AppTest) -> Case:
    driver.sound(app.button(key="new:open").click().run())
    desk = driver.desk(app)
    assert desk.origin.startswith("new: ")
    case: Case = desk.case
    return case


def text(app: AppTest) -> str:
    return driver.texts(app).replace(SPACE, " ").replace("\\", "")


def test_it_says_what_is_needed_and_offers_nothing_before() -> None:
    app = new()
    assert "0 of 12 answered" in text(app)
    assert not [button for button in app.button if button.key == "new:open"]
    fill(app, {"revenue": TWELVE["revenue"]})
    assert "1 of 12 answered. Needed at least: how many customers there are, the gross margin." in text(app)


def test_every_number_is_said_back() -> None:
    said = text(fill(new(), TWELVE))
    assert "12 of 12 answered" in said
    assert "277 customers a year (the middle of 250 to 304), more than one every working day" in said
    assert "70% of the target" in said
    assert "about 46 every working day" in said
    assert "It begins with 20%, our guess" in said, "asked for with a question mark"
    assert "If not known" not in said
    assert "Revenue churn 8.2%: 277 of 3,380 customers lost, Renewals or retention report" in said


def test_twelve_totals_become_an_open_case_that_reproduces_them() -> None:
    case = opened(fill(new(), TWELVE))
    assert (case.company.name, case.company.years, case.company.discount_rate) == (
        "Example Networks",
        4,
        0.12,
    )
    assert loads(written(case)) == case
    without = build.evaluate(case).headline
    assert without.kpi("new_customers", "without")[0] == pytest.approx(62)
    assert without.kpi("leavers", "without")[0] == pytest.approx(7)
    assert without.kpi("cost_per_contact", "without")[0] == pytest.approx(456_000 / 11_400)
    churn = case.inputs["segments[Customers today].churn_rate"]
    assert (churn.status, churn.low, churn.high) == (
        "estimate",
        pytest.approx(250 / 3380),
        pytest.approx(304 / 3380),
    )
    assert case.inputs["segments[New customers].win_rate"].status == "default"
    assert (case.initiatives[0].one_time_cost, case.initiatives[0].annual_cost) == (190_000, 370_000)


def test_what_is_left_empty_begins_with_the_shape_of_the_company() -> None:
    least = {key: TWELVE[key] for key in ("revenue", "customers", "gross_margin")}
    app = fill(new(), least)
    app.radio(key=SHAPE).set_value("consumer")
    case = opened(driver.sound(app.run()))
    assert case.segments[0].churn_rate == 0.3
    assert case.inputs["segments[Customers today].churn_rate"].status == "default"


def test_a_likely_mistake_is_asked_about_and_a_wrong_number_is_not_used() -> None:
    app = fill(new(), TWELVE | {"gross_margin": ("0.65", None), "contacts": ("12 apples", None)})
    assert "If 65% was meant, type it so" in text(app)
    assert "“12 apples” is no number" in text(app)
    assert "1 answer is not used" in text(app)


def test_two_segments_by_their_shares() -> None:
    app = fill(new(), TWELVE)
    driver.sound(app.toggle(key=CUT).set_value(True).run())
    assert "Two segments need two different names" in text(app)
    for n, name in enumerate(("Large", "Small")):
        app.text_input(key=f"{CUT}:name:{n}").set_value(name)
    app.text_input(key=f"{CUT}:customers").set_value("20 %")
    app.text_input(key=f"{CUT}:revenue").set_value("60")
    case = opened(driver.sound(app.run()))
    large, _, small, _ = case.segments
    assert (large.customers, small.customers) == (pytest.approx(676), pytest.approx(2704))
    assert large.customers * large.revenue_per_customer == pytest.approx(0.6 * 48e6)


def test_a_score_is_kept_as_context_and_says_why_it_is_worth_nothing() -> None:
    app = fill(new(), TWELVE)
    assert "By itself it is worth no money" in text(app)
    app.text_input(key=SCORE).set_value("NPS")
    app.number_input(key=SCORED).set_value(21.0)
    (score,) = opened(driver.sound(app.run())).experience_scores
    assert (score.name, score.value) == ("NPS", 21.0)


def test_contradictions_are_said_and_open_nothing() -> None:
    app = fill(new(), TWELVE | {"customers_lost": ("4000", None)})
    assert "more was lost than there is" in text(app)
    assert not [button for button in app.button if button.key == "new:open"]


def test_what_was_typed_is_still_there_after_another_page() -> None:
    app = fill(new(), TWELVE)
    app = driver.go(driver.go(app, "answer"), "new")
    assert app.text_input(key=field("customers")).value == "3,380"
    assert "12 of 12 answered" in text(app)


def test_a_second_case_for_the_company_does_not_replace_the_first() -> None:
    app = fill(new(), TWELVE)
    first = opened(app)
    app = fill(driver.go(app, "new"), TWELVE | {"customers": ("3,000", None)})
    second = opened(app)
    cases = [desk.case for desk in app.session_state["desks"].values()]
    assert first in cases and second in cases and first != second


def test_words_of_a_user_are_shown_as_written() -> None:
    app = fill(new(), TWELVE | {"contacts": (HOSTILE, None)}, name=HOSTILE)
    assert any("is no number" in error.value for error in app.error)
    for shown in (*app.error, *app.warning, *app.markdown, *app.caption):
        assert "![x](" not in shown.value and ":red[alarm]" not in shown.value
    assert opened(app).company.name == HOSTILE


def test_the_page_can_be_emptied() -> None:
    app = fill(new(), TWELVE)
    driver.sound(app.button(key="draft:empty").click().run())
    assert app.text_input(key=field("customers")).value == ""
    assert "0 of 12 answered" in text(app)


@pytest.mark.parametrize("moment", ["first", "in the middle", "last"])
def test_another_currency_keeps_the_units_that_were_chosen(moment: str) -> None:
    """Whenever it is chosen, answers before and after it are read in their units, and the case counts in it."""
    totals = {name: TWELVE[name] for name in ("revenue", "customers", "gross_margin", "support_cost")}
    totals |= {"contacts": TWELVE["contacts"], "spend_annual": ("0.37", ("year", 1e6))}
    places = {"first": 0, "in the middle": 3, "last": len(totals)}
    app = fill(new(), {})
    for place, name in enumerate([*totals, ""]):
        if place == places[moment]:
            driver.sound(app.selectbox(key=CURRENCY).set_value("CHF").run())
        if name:
            fill(app, {name: totals[name]})
    assert app.selectbox(key=unit("support_cost")).value == ("year", 1e3)
    assert "CHF 456 K" in text(app)
    case = opened(app)
    assert case.company.currency == "CHF"
    assert case.initiatives[0].annual_cost == 370_000
    assert case.service.cost_per_assisted_contact == pytest.approx(456_000 / 11_400)


def test_a_unit_that_is_not_offered_is_the_usual_one() -> None:
    """As a browser sends it whose words are older than those of the page."""
    app = AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60)
    app.session_state[unit("revenue")] = "USD million a year"
    app = fill(driver.go(app, "new"), {"revenue": TWELVE["revenue"]})
    assert "USD 48 M" in text(app)
    assert app.selectbox(key=unit("revenue")).value == ("year", 1e6)


def test_the_words_of_a_unit_do_not_change_with_the_currency() -> None:
    """A browser names what is chosen by the words it was shown last."""
    app = new()
    before = {box.key: box.options for box in app.selectbox if box.key != CURRENCY}
    driver.sound(app.selectbox(key=CURRENCY).set_value("EUR").run())
    assert {box.key: box.options for box in app.selectbox if box.key != CURRENCY} == before
