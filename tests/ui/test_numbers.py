"""The step Numbers: what is read stands there, what is typed is in the case, and who stands behind it with it."""

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.analysis.lacking import lacking
from casebuilder.analysis.needed import needed
from casebuilder.case import Case
from casebuilder.pitch.numbers import SPACE
from casebuilder.ui.numbers_step_row import LACKING
from tests.analysis.test_lacking import begun
from tests.ui import driver
from tests.ui.driver import FIRST, WIN_RATE

CHURN = "segments[Enterprise].churn_rate"
CAPACITY = "sales.capacity_bound"


def page() -> AppTest:
    """The page as the first one of a session."""
    return driver.go(AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60), "numbers")


def key(name: str) -> str:
    return f"numbers:{name}:{FIRST}"


def value(path: str) -> str:
    return f"numbers:value:{path}:{FIRST}"


def paths(app: AppTest) -> set[str]:
    """The numbers that are asked for."""
    keys = [one.key for one in app.text_input if one.key.startswith("numbers:value:")]
    return {key.removeprefix("numbers:value:").partition(f":{FIRST}:")[0] for key in keys}


def case(app: AppTest) -> Case:
    found: Case = driver.desk(app).case
    return found


def open_door(app: AppTest, name: str) -> AppTest:
    """A closed part, opened as a click does it."""
    app.session_state[key(name)] = True
    return driver.sound(app.run())


def typed(app: AppTest, path: str, text: str) -> AppTest:
    return driver.sound(driver.field(app, value(path)).set_value(text).run())


def text(app: AppTest) -> str:
    return driver.texts(app).replace(SPACE, " ").replace("\\", "")


def test_what_matters_stands_there_with_its_meaning_and_who_stands_behind_it() -> None:
    app = page()
    said, own = text(app), driver.first()
    assert driver.field(app, value(WIN_RATE)).value == "17.2%"
    assert "57.5 wins a year" in said
    assert "Confirmed · CFO" in said
    shown = paths(app)
    assert shown <= {*needed(own), *(path for path in shown if path.startswith("segments["))}


def test_a_typed_number_is_an_answer_in_the_case() -> None:
    app = typed(page(), WIN_RATE, "18,5 %")
    assert case(app).segments[0].win_rate == 0.185
    desk = app.session_state["desks"][FIRST]
    assert not desk.edits and desk.opened == desk.case
    said = case(app).inputs[WIN_RATE]
    assert (said.status, said.source.startswith("Changed from 0.172")) == ("estimate", True)
    assert driver.field(app, value(WIN_RATE)).value == "18.5%"


@pytest.mark.parametrize(
    ("text_", "said"),
    [
        ("130", "win rate allows 0 % to 100 %"),
        ("soon", "is no number"),
        ("11 to 8 %", "low end first"),
    ],
)
def test_what_is_no_such_number_changes_nothing_and_says_why(text_: str, said: str) -> None:
    app = typed(page(), WIN_RATE, text_)
    assert said in text(app)
    assert case(app) == driver.first()


def test_what_others_would_read_otherwise_is_said_back() -> None:
    path = "segments[Enterprise].revenue_per_customer"
    app = typed(page(), path, "215.000")
    assert driver.field(app, value(path)).value == "215,000"
    assert "“215.000” is read as USD 215,000." in text(app)
    assert "is read as" not in text(typed(app, path, "USD 216k"))
    app = typed(app, path, "EUR 217k")
    assert "This case counts in USD, not in EUR" in text(app)
    assert case(app).segments[0].revenue_per_customer == 216_000


def test_a_range_is_an_answer() -> None:
    app = typed(page(), WIN_RATE, "16 to 20 %")
    said = case(app).inputs[WIN_RATE]
    assert (case(app).segments[0].win_rate, said.low, said.high) == (0.18, 0.16, 0.2)
    assert "between 16% and 20%" in text(app)


def test_an_emptied_field_is_no_answer() -> None:
    app = typed(page(), WIN_RATE, "")
    assert case(app) == driver.first()
    assert driver.field(app, value(WIN_RATE)).value == "17.2%"


def test_who_stands_behind_a_number_is_written_down() -> None:
    app = open_door(page(), "who:capacity_bound")
    app.text_input(key=_field(app, "text_input", "source")).set_value("Time study")
    app.text_input(key=_field(app, "text_input", "owner")).set_value("VP Sales")
    app.button_group(key=_field(app, "button_group", "status")).set_value("confirmed")
    submit(app)
    said = case(app).inputs[CAPACITY]
    assert (said.status, said.source, said.owner) == ("confirmed", "Time study", "VP Sales")
    assert case(app).sales.capacity_bound == driver.first().sales.capacity_bound


def test_nothing_is_confirmed_by_nobody() -> None:
    app = open_door(page(), "who:capacity_bound")
    app.text_input(key=_field(app, "text_input", "owner")).set_value(" ")
    app.button_group(key=_field(app, "button_group", "status")).set_value("confirmed")
    submit(app)
    assert "A confirmed number names who stands behind it" in text(app)
    assert case(app) == driver.first()


def _field(app: AppTest, kind: str, name: str) -> str:
    return next(one.key for one in app.get(kind) if f"numbers:{name}:" in one.key)


def submit(app: AppTest) -> AppTest:
    return driver.sound(next(b for b in app.button if b.label == "Write it into the case").click().run())


def test_the_rest_is_one_click_away() -> None:
    app = page()
    closed = len(app.text_input)
    assert len(open_door(app, "rest:Selling").text_input) > closed


def test_a_pasted_table_is_shown_before_it_is_written() -> None:
    app = open_door(page(), "paste")
    table = "\tEnterprise\tMid-market\nWin rate\t19 %\t0,2\nRevenue churn\tsoon\t130 %\nLuck\t1\t2"
    app = driver.sound(app.text_area(key=key("pasted")).set_value(table).run())
    said = text(app)
    assert case(app) == driver.first()
    assert said.count("is no number of this case") == 1 and said.count("is no number. Type it") == 1
    assert "allows 0 % to 100 %" in said
    app = driver.sound(app.button(key=key("write")).click().run())
    assert [segment.win_rate for segment in case(app).segments] == [0.19, 0.2]
    assert case(app).segments[0].churn_rate == driver.first().segments[0].churn_rate
    assert "2 numbers written into the case" in text(app)


def test_scores_stand_beside_the_case() -> None:
    assert "By itself it is worth no money" in text(page())


def test_a_case_without_effects_says_what_to_do_first() -> None:
    app = driver.start()
    bare = driver.first(**{f"initiatives[{i.id}].enabled": False for i in driver.first().initiatives})
    app.session_state["desks"][FIRST] = type(app.session_state["desks"][FIRST])(FIRST, bare, bare, file=bare)
    assert "Choose what to invest in first" in text(driver.go(app, "numbers"))
    assert any(one.label.endswith("further numbers are not needed") for one in app.expander)


def test_what_is_needed_first_is_told_and_neutral_zeros_are_not() -> None:
    app = driver.start()
    begun_ = begun("obligation_checks")
    app.session_state["desks"][FIRST] = type(app.session_state["desks"][FIRST])(
        FIRST, begun_, begun_, file=begun_
    )
    driver.go(app, "numbers")
    shown = paths(app)
    assert shown >= {"risk.incidents_per_year", "risk.cost_per_incident"}
    assert text(app).count(LACKING) == len(lacking(begun_)) == 2
