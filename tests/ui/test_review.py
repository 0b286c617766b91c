"""The review page: doubts of one key against the case cut elsewhere, agreements, questions, versions and one export."""

import io
import zipfile
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder import build
from casebuilder.analysis.cuts import Cut, cut, cuts_of, one_key_cuts
from casebuilder.analysis.positions import freed
from casebuilder.analysis.standing import standing
from casebuilder.analysis.study import study
from casebuilder.case import HeadlineShare
from casebuilder.pitch import numbers
from casebuilder.pitch.view import View
from casebuilder.ui import files, review, review_finish, state
from casebuilder.ui.wording import plain
from tests.ui import driver
from tests.ui.driver import ROOT, WIN_RATE
from tests.ui.test_private import CANARY, case_with_canaries

FIRST_MONEY, NPV, PAYBACK, CASH = range(4)
KEYS = ("cash_only", "benefits", "later", "costs", "hurdle", "theme", "signed_only")


def opened(case=None) -> AppTest:
    """The page with a case open, the first example where none is given."""
    app = AppTest.from_file(str(ROOT / driver.PAGES / "review.py"), default_timeout=60)
    if case is not None:
        desk = state.Desk("test", case, case, file=case)
        app.session_state["desks"] = {"test": desk}
    return driver.sound(app.run())


def press(app: AppTest, kind: str) -> AppTest:
    return driver.sound(app.button(key=f"review:doubt:{kind}").click().run())


def section(app: AppTest, name: str) -> AppTest:
    return driver.sound(app.segmented_control(key="review:section").set_value(name).run())


def case_of(app: AppTest):
    return driver.desk(app).case


def asked(case):
    return study(case, option=build.evaluate(case).asked_option)


def money(value: float) -> str:
    return numbers.money(value, "USD")


def test_it_opens_with_the_four_numbers_of_the_case():
    app, case = opened(), driver.first()
    found = build.evaluate(case).asked
    assert [metric.value for metric in app.metric] == [
        money(sum(found.flow("costs")[:2])),
        money(found.npv),
        numbers.months(found.payback_months),
        money(standing(asked(case)).npv_on_cash),
    ]
    assert "Press 1 to 7" in driver.texts(app)
    assert case_of(app).fingerprint == case.fingerprint


def test_the_keys_are_counted_out_and_have_shortcuts():
    buttons = {kind: opened().button(key=f"review:doubt:{kind}") for kind in KEYS}
    assert [button.proto.shortcut for button in buttons.values()] == ["1", "2", "3", "4", "5", "6", "7"]


def test_the_line_below_the_title_says_on_what_it_is_counted():
    app = opened()
    assert app.caption[0].value == plain(View(build.evaluate(driver.first()), "cfo").basis)
    rate = driver.first().company.discount_rate
    press(app, "hurdle")
    (doubt,) = case_of(app).review.doubts
    said = f"hurdle rate {numbers.percent(rate)}, {numbers.percent(doubt.amount)} with the doubts"
    assert plain(said) in app.caption[0].value


def test_doubts_pile_up_and_go_back_one_by_one():
    app = opened()
    press(app, "costs")
    press(app, "later")
    case = case_of(app)
    expected = cut(asked(driver.first()), [Cut(kind="costs", amount=1.2), Cut(kind="later", amount=6)])
    assert cuts_of(case.review.doubts) == tuple(step.cut for step in expected.steps)
    assert app.metric[NPV].value == money(expected.end)
    assert app.metric[NPV].delta == f"ours: {money(expected.start)}"
    assert f"takes {money(-expected.steps[1].step)}" in driver.texts(app)
    press(app, "costs")
    alone = cut(asked(driver.first()), [Cut(kind="later", amount=6)])
    assert app.metric[NPV].value == money(alone.end)
    driver.sound(app.button(key="review:clear").click().run())
    assert case_of(app).fingerprint == driver.first().fingerprint


def amount(app: AppTest, kind: str):
    """The field with the size of a doubt."""
    return next(one for one in app.text_input if one.key.startswith(f"{review._SIZE}{kind}:"))


def test_a_doubt_has_the_size_that_was_typed_before_and_after_it_is_made():
    app = opened()
    driver.sound(amount(app, "hurdle").set_value("18,5 %").run())
    assert not case_of(app).review.doubts, "a size alone is no doubt"
    press(app, "hurdle")
    assert cuts_of(case_of(app).review.doubts) == (Cut(kind="hurdle", amount=0.185),)
    driver.sound(amount(app, "hurdle").set_value("25").run())
    edited = driver.first(**{"company.discount_rate": 0.25})
    assert app.metric[NPV].value == money(build.evaluate(edited).asked.npv)


@pytest.mark.parametrize("typed", ["-1", "101", "half", "10 to 20"])
def test_an_impossible_size_changes_nothing_and_says_so(typed):
    app = press(opened(), "benefits")
    before, field = case_of(app), amount(app, "benefits").key
    driver.sound(amount(app, "benefits").set_value(typed).run())
    assert case_of(app) == before
    assert len(app.error) == 1
    assert amount(app, "benefits").value == "50%"
    assert amount(app, "benefits").key != field, (
        "another field: the next key makes a doubt and is not typed there"
    )


def test_amounts_are_typed_as_people_say_them():
    for kind, amount, typed in (
        ("benefits", 0.5, "50%"),
        ("later", 6, "6"),
        ("costs", 1.2, "20%"),
        ("hurdle", 0.085, "8.5%"),
    ):
        assert review._TYPED[kind].shown(amount) == typed
        assert review._TYPED[kind].amount(typed.replace(".", ",").replace("%", " %")) == amount
        assert review._TYPED[kind].amount(typed) == amount


def test_one_theme_is_chosen_and_left_out():
    app = opened()
    driver.sound(driver.field(app, f"{review._SIZE}theme:{driver.FIRST}").set_value("keep").run())
    press(app, "theme")
    assert cuts_of(case_of(app).review.doubts) == (Cut(kind="theme", theme="keep"),)
    driver.sound(driver.field(app, f"{review._SIZE}theme:{driver.FIRST}").set_value("win").run())
    assert app.metric[NPV].value == money(cut(asked(driver.first()), [Cut(kind="theme", theme="win")]).end)


def test_every_usual_doubt_says_what_it_would_take_on_top():
    app = press(opened(), "costs")
    made = [Cut(kind="costs", amount=1.2)]
    for one in one_key_cuts():
        if one.kind != "costs":
            both = cut(asked(driver.first()), [*made, one])
            step = both.end - both.steps[0].npv
            said = f"would take {money(-step)}" if money(step) != money(0.0) else "would take nothing"
            assert said in driver.texts(app), one


def test_the_strip_goes_from_the_start_over_changes_and_doubts_to_what_is_left():
    app = opened()
    driver.type_in(app, WIN_RATE, 16.0)
    press(app, "costs")
    strip = next(html.proto.body for html in app.get("html") if "role=" in html.proto.body)
    for words in ("At the start", "Ours now", "Costs 20% higher", "What is left"):
        assert words in strip
    edited = cut(asked(driver.first(**{WIN_RATE: 0.16})), [Cut(kind="costs", amount=1.2)])
    assert app.metric[NPV].value == money(edited.end)


def test_an_agreed_number_is_no_trial_any_more_and_has_a_name():
    app = opened()
    driver.type_in(app, WIN_RATE, 16.0)
    field = f"review:agree:by:{driver.FIRST}"
    driver.sound(app.selectbox(key=field).set_value("cfo").run())
    driver.sound(app.button(key="review:agree").click().run())
    desk = app.session_state["desks"][driver.FIRST]
    assert not desk.edits
    said = desk.case.inputs[WIN_RATE]
    assert (said.status, said.owner, said.as_of) == ("confirmed", "cfo", date.today())
    assert desk.case.segments[0].win_rate == 0.16
    assert "At the start" in driver.texts(app), "what was agreed has still changed since the start"


def test_positions_count_nothing_until_somebody_agrees():
    app = opened(files.example("consumer_subscription"))
    before = case_of(app)
    section(app, "Freed hours")
    (each, *_) = freed(before, build.evaluate(before).asked)
    key = f"review:positions:{each.line}"
    npv = app.metric[NPV].value
    driver.sound(app.number_input(key=f"{key}:test").set_value(0.5).run())
    driver.sound(app.button(key=key).click().run())
    given = case_of(app).headline_shares[each.line]
    assert isinstance(given, HeadlineShare)
    assert given.agreed is None
    assert given.share == pytest.approx(min(1.0, each.bought + 0.5 / each.positions))
    assert app.metric[NPV].value == npv
    assert "counts nothing" in driver.texts(app)
    driver.sound(app.selectbox(key=f"{key}:by:test").set_value("service").run())
    driver.sound(app.button(key=key).click().run())
    counted = build.evaluate(case_of(app)).asked.npv
    assert counted > build.evaluate(before).asked.npv
    assert app.metric[NPV].value == numbers.money(counted, "GBP")


def test_more_positions_than_are_freed_are_refused():
    app = opened(files.example("consumer_subscription"))
    section(app, "Freed hours")
    (each, *_) = freed(case_of(app), build.evaluate(case_of(app)).asked)
    key = f"review:positions:{each.line}"
    driver.sound(app.number_input(key=f"{key}:test").set_value(99.0).run())
    driver.sound(app.button(key=key).click().run())
    assert "positions at most" in app.error[0].value
    assert each.line not in case_of(app).headline_shares


def test_questions_are_put_aside_and_settled():
    app = section(opened(), "Parking lot")
    app.text_input(key="review:park:what").set_value("Who pays for *licences*?")
    driver.sound(app.button(key="review:park:add").click().run())
    (point,) = case_of(app).review.open_points
    assert point.what == "Who pays for *licences*?"
    assert r"Who pays for \*licences\*?" in driver.field(app, f"review:settled:0:{driver.FIRST}").label
    driver.sound(driver.field(app, f"review:settled:0:{driver.FIRST}").check().run())
    assert case_of(app).review.open_points[0].settled == date.today()


def test_doubts_that_a_scenario_can_say_become_one():
    app = section(press(press(opened(), "costs"), "later"), "Side by side")
    end = cut(asked(driver.first()), cuts_of(case_of(app).review.doubts)).end
    driver.sound(app.text_input(key=f"review:keep:name:{driver.FIRST}").set_value("CFO, 21 Nov").run())
    driver.sound(app.button(key="review:keep").click().run())
    case = case_of(app)
    assert case.headline == driver.first().headline
    results = build.evaluate(case)
    assert results.outcome("CFO_21_Nov", results.asked_option).npv == pytest.approx(end, rel=1e-12)
    assert results.asked.npv == build.evaluate(driver.first()).asked.npv


def test_doubts_that_no_scenario_can_say_are_kept_whole():
    app = section(press(press(opened(), "costs"), "hurdle"), "Side by side")
    driver.sound(app.text_input(key=f"review:keep:name:{driver.FIRST}").set_value("CFO").run())
    driver.sound(app.button(key="review:keep").click().run())
    case = case_of(app)
    assert "CFO" not in case.scenario_table
    assert [one.kind for one in case.review.kept[0].doubts] == ["costs", "hurdle"]
    assert "no scenario can say all of it" in driver.texts(app)
    press(app, "costs")
    driver.sound(app.button(key="review:up:CFO").click().run())
    assert [one.kind for one in case_of(app).review.doubts] == ["costs", "hurdle"]
    sure = build.certainty(build.evaluate(case_of(app)))
    assert [step.cut.kind for step in sure.cuts.steps] == ["costs", "hurdle"], "workbook and deck show them"


def test_snapshots_stand_side_by_side():
    app = section(press(opened(), "costs"), "Side by side")
    driver.sound(app.button(key="review:snapshot").click().run())
    driver.type_in(section(app, "Assumptions"), WIN_RATE, 20.0)
    section(app, "Side by side")
    box = app.multiselect(key=f"review:compare:{driver.FIRST}")
    driver.sound(box.set_value(["At the start", "Version 1"]).run())
    table = app.table[0].value
    assert list(table.columns)[1:] == ["At the start", "Version 1", "Now"]
    npvs = [
        build.evaluate(case).asked.npv
        for case in (driver.first(), driver.first(), driver.first(**{WIN_RATE: 0.2}))
    ]
    assert list(table.iloc[1])[1:] == [money(npv) for npv in npvs]
    assert list(table.iloc[5])[1:] == ["none", "Costs 20% higher", "Costs 20% higher"]


def test_the_archive_is_the_same_for_the_same_files():
    made = {"a.html": b"one", "b.xlsx": b"two"}
    archive = review_finish.archived(made, date(2026, 11, 21))
    assert archive == review_finish.archived(made, date(2026, 11, 21))
    parts = zipfile.ZipFile(io.BytesIO(archive))
    assert {name: parts.read(name) for name in parts.namelist()} == made


def test_a_disappointing_answer_goes_on():
    app = press(press(opened(), "benefits"), "costs")
    driver.sound(app.toggle(key="help:ways").set_value(True).run())
    for words in ("What drags it", "The smaller version that pays", "One number that alone would turn it"):
        assert words in driver.texts(app)


def test_nothing_private_is_on_this_screen():
    case = files.uploaded("case.json", case_with_canaries())
    app = opened(case)
    for name in ("Assumptions", "Freed hours", "Parking lot", "Side by side", "Finish"):
        section(app, name)
        assert CANARY not in driver.texts(app), name
    press(press(app, "benefits"), "costs")
    driver.sound(app.toggle(key="help:ways").set_value(True).run())
    assert CANARY not in driver.texts(app)


def test_a_promise_that_stands_keeps_who_agreed_to_it():
    app = section(opened(files.example("contract_services")), "Freed hours")
    (each, *_) = freed(case_of(app), build.evaluate(case_of(app)).asked)
    assert each.promise is not None
    assert each.promise.agreed is not None
    key = f"review:positions:{each.line}"
    assert app.selectbox(key=f"{key}:by:test").value == each.promise.agreed.by
    assert app.number_input(key=f"{key}:test").value == each.promise.positions_not_refilled
