"""The page about people: what they answer is in the case and its file, private words only behind their door."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.case import Case, loads
from casebuilder.case.edits import with_inputs
from casebuilder.ui import files, state
from tests.ui import driver
from tests.ui.driver import WIN_RATE
from tests.ui.test_private import CANARY, case_with_canaries

CEO, SALES = 0, 3
WAITING = "sales.capacity_bound"
SIZE = "initiatives[lost_sale_analysis].effects[win_rate,all]"
HOSTILE = "![x](http://x.y/z) :red[alarm] <img src=x> $5 ~~no~~"


def people(app: AppTest | None = None) -> AppTest:
    return driver.go(app or driver.start(), "people")


def field(app: AppTest, kind: str, label: str, nth: int = 0):
    """A field by what a reader sees beside it."""
    return [one for one in app.get(kind) if one.label.startswith(label)][nth]


def choose(app: AppTest, place: int) -> AppTest:
    return driver.sound(field(app, "selectbox", "Who").set_value(place).run())


def press(app: AppTest, label: str, nth: int = 0) -> AppTest:
    return driver.sound([b for b in app.button if b.label == label][nth].click().run())


def case(app: AppTest) -> Case:
    """The case on the desk."""
    return desk(app).case


def desk(app: AppTest) -> state.Desk:
    return driver.desk(app)


def open_door(app: AppTest) -> AppTest:
    """The private part, opened as a click does it."""
    state_of = app.session_state._state
    app.session_state[next(key for key in state_of.filtered_state if ":private:" in key)] = True
    return driver.sound(app.run())


def test_everybody_is_there_with_what_is_still_to_ask() -> None:
    text = driver.texts(people())
    for who in driver.first().stakeholders:
        assert who.role in text
    assert "Forecast accuracy: date" in text
    assert "written into this case" not in text


def test_a_number_is_written_into_the_case_and_its_file() -> None:
    app = choose(people(), SALES)
    driver.sound(field(app, "selectbox", "Write down").set_value(1).run())
    field(app, "text_input", "Target").set_value("22.5")
    field(app, "slider", "Weight").set_value(4)
    press(app, "Write it into the case")
    was, now = driver.first().stakeholders[SALES].drivers, case(app).stakeholders[SALES].drivers
    assert (now[1].target, now[1].importance, now[1].held_to) == (0.225, 4, "scorecard")
    assert (now[1].current, now[1].due) == (was[1].current, was[1].due)
    assert (now[0], now[2:]) == (was[0], was[2:])
    assert "22.5%" in driver.texts(app)
    assert "1 answer written into this case" in driver.texts(app)
    again = loads(files.case_file(case(app), private=False).decode())
    assert again.stakeholders[SALES].drivers[1].target == 0.225
    driver.go(app, "start")
    driver.sound(app.button(key="case:prepare").click().run())
    assert case(app).fingerprint == again.fingerprint


def test_a_new_number_and_one_of_their_own() -> None:
    app = choose(people(), CEO)
    driver.sound(field(app, "selectbox", "Which number").set_value("other").run())
    field(app, "text_input", "What it is called").set_value(HOSTILE)
    field(app, "text_input", "Today").set_value("71.0")
    field(app, "selectbox", "How they answer").set_value("said")
    press(app, "Write it into the case")
    added = case(app).stakeholders[CEO].drivers[-1]
    assert (added.kpi, added.name, added.unit, added.current) == ("other", HOSTILE, "share", 0.71)
    assert (added.accountability, added.target, added.due) == ("said", None, None)
    read = [one.value for kind in ("markdown", "caption", "title") for one in app.get(kind)]
    assert not any("![x](" in text for text in read)
    assert "![x](http" not in str([table.value for table in app.table]), (
        "escaped in tables, which read Markdown"
    )
    driver.sound(field(app, "selectbox", "Write down").set_value(3).run())
    press(app, "Take this number out")
    assert case(app).stakeholders[CEO].drivers == driver.first().stakeholders[CEO].drivers


def test_a_hurdle_of_the_whole_case_is_proposed_as_one() -> None:
    app = choose(people(), CEO)
    driver.sound(field(app, "selectbox", "Which number").set_value("npv").run())
    assert field(app, "selectbox", "The target is").value == "hurdle"


def test_what_is_not_possible_changes_nothing_and_is_said() -> None:
    app = choose(people(), CEO)
    driver.sound(field(app, "selectbox", "Which number").set_value("other").run())
    press(app, "Write it into the case")
    assert app.error[0].value.startswith("Nothing was written.")
    assert "name" in app.error[0].value
    assert case(app) == driver.first()
    assert not driver.go(app, "answer").error


def test_somebody_new_comes_with_their_persona() -> None:
    app = choose(people(), -1)
    field(app, "selectbox", "Function").set_value("cio")
    field(app, "text_input", "Title in this company").set_value("Head of IT")
    field(app, "selectbox", "Part in the decision").set_value("influences")
    press(app, "Write it into the case")
    new = case(app).stakeholders[-1]
    assert (new.persona, new.role, new.part, new.status) == ("cio", "Head of IT", "influences", "not met")
    assert field(app, "selectbox", "Who").value == 5, "the page goes on with them"
    assert "which numbers decide their year" in driver.texts(app)
    press(app, "Take this person out of the case")
    assert case(app) == driver.first()


def test_whoever_the_decision_names_comes_first_and_approves() -> None:
    case_of = driver.first().model_copy(update={"stakeholders": ()})
    app = choose(
        people(driver.bring(driver.start(), "case.yaml", files.case_file(case_of, private=True))), -1
    )
    assert field(app, "selectbox", "Function").value == case_of.decision.decider
    press(app, "Write it into the case")
    new = case(app).stakeholders[-1]
    assert (new.persona, new.part) == (case_of.decision.decider, "approves")
    app = choose(app, -1)
    field(app, "selectbox", "Function").set_value("cio")
    press(app, "Write it into the case")
    assert case(app).stakeholders[-1].part is None, "nobody said so of anybody else"


def test_the_fields_of_a_new_number_are_empty_once_another_is_written() -> None:
    app = choose(people(), CEO)
    field(app, "text_input", "Target").set_value("12.5")
    before = field(app, "selectbox", "Which number").value
    press(app, "Write it into the case")
    assert case(app).stakeholders[CEO].drivers[-1].kpi == before
    assert field(app, "selectbox", "Which number").value != before
    assert not field(app, "text_input", "Target").value


def test_a_signed_number_stands_with_name_and_range() -> None:
    app = choose(people(), SALES)
    driver.sound(field(app, "selectbox", "Which number", 1).set_value(WAITING).run())
    field(app, "text_input", "Low").set_value("25.0")
    field(app, "text_input", "Likely").set_value("35.0")
    press(app, "They sign this")
    said = case(app).inputs[WAITING]
    assert case(app).sales.capacity_bound == 0.35
    assert (said.status, said.owner, said.low, said.high) == ("confirmed", "sales", 0.25, 0.4)
    assert said.as_of is not None
    assert "Signed by Chief Revenue Officer" in driver.texts(app)
    field(app, "text_input", "Likely").set_value("90.0")
    press(app, "They sign this")
    assert "does not hold the number itself" in app.error[0].value
    assert case(app).sales.capacity_bound == 0.35


def test_a_signed_size_and_a_named_owner() -> None:
    app = choose(people(), CEO)
    driver.sound(field(app, "selectbox", "Which number", 1).set_value(SIZE).run())
    assert field(app, "text_input", "Likely").value == "4%", (
        "the size itself, not what the risk adjustment leaves"
    )
    press(app, "They sign this")
    effect = next(i for i in case(app).initiatives if i.id == "lost_sale_analysis").effects[0]
    assert effect.agreed is not None and effect.agreed.by == "ceo"
    assert (effect.low, effect.base, effect.high) == (0.01, 0.04, 0.1)
    press(app, "They answer for it, without signing")
    effect = next(i for i in case(app).initiatives if i.id == "lost_sale_analysis").effects[0]
    assert effect.owner == "ceo"


def test_a_change_stays_a_change_and_can_be_taken_back_without_the_answer() -> None:
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    choose(people(app), CEO)
    field(app, "text_input", "Target").set_value("5.0")
    press(app, "Write it into the case")
    assert len(case(app).stakeholders[CEO].drivers) == 4
    assert case(app).segments[0].win_rate == 0.2
    assert case(app) == with_inputs(desk(app).opened, {WIN_RATE: 0.2})
    driver.go(app, "answer")
    assert "17.2% → **20%**" in driver.texts(app)
    driver.sound(app.button(key="changes:reset").click().run())
    assert case(app).segments[0].win_rate == 0.172
    assert len(case(app).stakeholders[CEO].drivers) == 4


def test_a_signature_ends_the_trial_of_that_number_alone() -> None:
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    path = "initiatives[quote_in_two_days].effects[sales_cycle_days,all].base"
    driver.type_in(app, path, 12.1)
    assert set(desk(app).edits) == {WIN_RATE, path}
    choose(people(app), SALES)
    driver.sound(field(app, "selectbox", "Which number", 1).set_value(WIN_RATE).run())
    for name, value in (("Low", "16"), ("Likely", "17,2 %"), ("High", "19%")):
        field(app, "text_input", name).set_value(value)
    press(app, "They sign this")
    assert set(desk(app).edits) == {path}
    assert case(app).segments[0].win_rate == 0.172
    assert case(app).inputs[WIN_RATE].status == "confirmed"
    driver.go(app, "answer")
    assert driver.field(app, f"type:{WIN_RATE}").value == "17.2%"
    assert driver.field(app, f"type:{path}").value == "12.1%"


def test_answers_wait_while_another_case_is_open() -> None:
    app = choose(people(), CEO)
    press(app, "Write it into the case")
    answered = case(app)
    assert answered != driver.first()
    driver.go(app, "start")
    driver.sound(app.button(key="open:contract_services").click().run())
    driver.go(app, "start")
    driver.sound(app.button(key=f"open:{driver.FIRST}").click().run())
    assert case(app) == answered


def test_what_is_private_is_not_sent_before_its_door_is_opened() -> None:
    app = people(driver.bring(driver.start(), "case.json", case_with_canaries()))
    for place in range(5):
        choose(app, place)
        assert CANARY not in driver.texts(app), place
        press(app, "Prepare the questions")
        assert CANARY not in driver.texts(app), place
    open_door(app)
    assert CANARY in driver.texts(app)
    choose(app, 0)
    assert CANARY not in driver.texts(app), "the next person's door is closed"


def test_private_words_are_written_and_kept_from_the_file() -> None:
    app = open_door(choose(people(), CEO))
    field(app, "text_input", "Where they stand").set_value("undecided")
    field(app, "text_area", "Notes").set_value("Ask\nagain")
    field(app, "text_area", "What they object to").set_value("Not now\n\nToo small")
    field(app, "text_input", "In their own words: Revenue").set_value("Grow")
    press(app, "Write it into the case", 2)
    told = case(app).stakeholders[CEO]
    assert told.private is not None
    assert told.private.objections == ("Not now", "Too small")
    assert (told.private.stance, told.private.notes) == ("undecided", "Ask\nagain")
    assert [d.words for d in told.drivers] == [
        "We are the best-kept secret in four states",
        "Grow",
        "Keep it where it is",
    ]
    assert told.drivers[1].words_may_be_shown is False
    assert "Too small" in files.case_file(case(app), private=True).decode()
    assert "Too small" not in files.case_file(case(app), private=False).decode()


def test_their_words_stay_when_the_number_changes() -> None:
    app = choose(people(), CEO)
    driver.sound(field(app, "selectbox", "Write down").set_value(0).run())
    field(app, "text_input", "Target").set_value("450.0")
    press(app, "Write it into the case")
    assert case(app).stakeholders[CEO].drivers[0].words == "We are the best-kept secret in four states"
    assert case(app).stakeholders[CEO].drivers[0].target == 450.0


def test_untouched_numbers_are_written_as_they_were_to_the_last_digit() -> None:
    app = choose(people(), 4)
    driver.sound(field(app, "selectbox", "Write down").set_value(0).run())
    assert field(app, "text_input", "Today").label.endswith("USD")
    assert field(app, "text_input", "Today").value == "4,210,000"
    press(app, "Write it into the case")
    driver_now = case(app).stakeholders[4].drivers[0]
    assert (driver_now.current, driver_now.target) == (4210000.0, 4000000.0)


def test_a_target_in_money_is_typed_as_people_write_it() -> None:
    app = choose(people(), 4)
    driver.sound(field(app, "selectbox", "Write down").set_value(0).run())
    for text, why in (
        ("€ 3,9 Mio.", "Target: This case counts in USD, not in €: type the amount in USD."),
        ("less", "Target: “less” is no number. Type it as 120,000, 450k or 1.2 M."),
    ):
        field(app, "text_input", "Target").set_value(text)
        press(app, "Write it into the case")
        assert [error.value for error in app.error] == [f"Nothing was written. {why}"]
        assert field(app, "text_input", "Target").value == text, "it stays to be mended"
    assert case(app) == driver.first()
    field(app, "text_input", "Target").set_value("3,9 Mio.")
    press(app, "Write it into the case")
    assert case(app).stakeholders[4].drivers[0].target == 3_900_000
    assert field(app, "text_input", "Target").value == "3,900,000"
    field(app, "text_input", "Target").set_value("3.900")
    press(app, "Write it into the case")
    assert app.success[0].value == "Written into the case. “3.900” is read as USD 3,900."


def test_the_questions_are_a_file_made_on_request() -> None:
    app = choose(people(), SALES)
    assert not app.get("download_button")
    press(app, "Prepare the questions")
    assert [b.label for b in app.get("download_button")] == [
        "Download the questions for the Chief Revenue Officer"
    ]
    choose(app, CEO)
    assert not app.get("download_button"), "another person, another file"


@pytest.mark.parametrize("words", [HOSTILE, "# Title", "**bold**"])
def test_users_words_are_shown_as_they_are(words: str) -> None:
    app = choose(people(), -1)
    field(app, "text_input", "Title in this company").set_value(words)
    press(app, "Write it into the case")
    assert case(app).stakeholders[-1].role == words
    press(app, "Prepare the questions")
    label = app.get("download_button")[0].label
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\*\*|(?<!\\)<img|:red\[", label)
