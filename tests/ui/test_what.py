"""The step What: problems and investments are written into the case, and what misses its reader is said."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.case import Case, library, loads
from casebuilder.case.answers_in import without_stakeholder
from casebuilder.case.edits import with_inputs
from casebuilder.case.investing import from_library, with_investment_fields, without_investment
from casebuilder.case.problems_in import without_problem
from casebuilder.case.totals import derive, read_totals
from casebuilder.ui import files, state
from tests.ui import driver
from tests.ui.test_private import CANARY, case_with_canaries

HOSTILE = "![x](http://x.y/z) :red[alarm] <img src=x> $5 ~~no~~"
PROBLEMS, INVESTMENTS, LIBRARY, MISSES = "problems", "investments", "library", "misses"
COST = "initiatives[lost_sale_analysis].one_time_cost"
SIZE = "initiatives[lost_sale_analysis].effects[win_rate,all]"


def what(app: AppTest | None = None, part: str = PROBLEMS) -> AppTest:
    app = driver.go(app or driver.start(), "what")
    return app if part == PROBLEMS else look_at(app, part)


def look_at(app: AppTest, part: str) -> AppTest:
    chosen = next(one for one in app.get("button_group") if "what:part" in one.key)
    return driver.sound(chosen.set_value(part).run())


def field(app: AppTest, kind: str, label: str):
    """A field by what a reader sees beside it."""
    return next(one for one in app.get(kind) if one.label.startswith(label))


def number(app: AppTest, path: str):
    """The field of a number of the case."""
    fields = [*app.number_input, *app.text_input]
    return next(one for one in fields if one.key.startswith(f"what:number:{path}:"))


def press(app: AppTest, label: str, nth: int = 0) -> AppTest:
    return driver.sound([b for b in app.button if b.label == label][nth].click().run())


def open_one(app: AppTest, id: str) -> AppTest:
    """The fields of an investment, opened."""
    order = [each.id for each in in_order(case(app))]
    return press(app, "Open", order.index(id))


def in_order(case: Case):
    """The investments as they stand on screen."""
    stages = [*library.words().journey_stages, None]
    return sorted(case.initiatives, key=lambda each: stages.index(each.journey_stage))


def desk(app: AppTest) -> state.Desk:
    return driver.desk(app)


def case(app: AppTest) -> Case:
    return desk(app).case


def investment(app: AppTest, id: str):
    return next(each for each in case(app).initiatives if each.id == id)


def bring(known: Case) -> AppTest:
    return driver.bring(driver.start(), "case.yaml", files.case_file(known, private=True))


def test_every_problem_stands_with_its_evidence_and_what_answers_it() -> None:
    text = driver.texts(what())
    for problem in driver.first().problems:
        assert problem.what in text
        assert problem.source in text
    assert "Answered by **Ask lost prospects why**: moves win rate · Chief Revenue Officer" in text
    assert "By the time your price came" in text, "they gave leave"
    assert "I stopped answering your survey" not in text, "they did not"


def test_a_problem_is_put_on_file_and_survives_the_file() -> None:
    app = press(what(), "Put another problem on file")
    field(app, "text_area", "What goes wrong").set_value(HOSTILE)
    field(app, "text_input", "How many it affects").set_value("77")
    field(app, "selectbox", "Where in the journey").set_value("leave")
    press(app, "Write it into the case")
    new = case(app).problems[-1]
    assert (new.what, new.customers_affected, new.journey_stage) == (HOSTILE, 77, "leave")
    assert "Nothing answers it yet" in driver.texts(app)
    read = [one.value for kind in ("markdown", "caption", "success") for one in app.get(kind)]
    assert not any("![x](" in text for text in read)
    assert loads(files.case_file(case(app), private=False).decode()).problems[-1].what == HOSTILE
    app = press(app, "See what could")
    assert field(app, "selectbox", "Where in the journey").value == "leave"
    assert field(app, "selectbox", "What I put into the case answers").value == new.id
    driver.sound(field(app, "selectbox", "Where in the journey").set_value("use").run())
    press(app, "Put into the case")
    assert case(app).initiatives[-1].problems == (new.id,)
    assert "as an answer to" in app.success[0].value


def test_a_problem_without_words_is_not_written() -> None:
    app = press(press(what(), "Put another problem on file"), "Write it into the case")
    assert app.error[0].value == "Nothing was written. Say what goes wrong: a few words are enough."
    assert case(app) == driver.first()


def test_a_problem_is_changed_answered_and_taken_out() -> None:
    app = press(what(), "Change", 2)
    field(app, "text_input", "How many it affects").set_value("1900")
    field(app, "multiselect", "What answers it").set_value(["fast_answer"])
    press(app, "Write it into the case")
    changed = case(app).problems[0]
    assert changed == driver.first().problems[0].model_copy(update={"customers_affected": 1900.0})
    assert [i.id for i in case(app).initiatives if "slow_quote" in i.problems] == ["fast_answer"]
    press(press(app, "Change", 2), "Take this problem out of the case")
    assert "slow_quote" not in {problem.id for problem in case(app).problems}
    assert "slow_quote" not in investment(app, "fast_answer").problems


def test_a_quote_without_leave_is_not_sent_before_its_door_is_opened() -> None:
    app = what(driver.bring(driver.start(), "case.json", case_with_canaries()))
    for place in range(len(case(app).problems)):
        press(app, "Change", place)
        assert CANARY not in driver.texts(app), place
        press(app, "Close")
    press(app, "Change", 2)
    held = app.session_state._state
    app.session_state[next(key for key in held.filtered_state if "quote door" in key)] = True
    assert CANARY in driver.texts(driver.sound(app.run()))
    field(app, "text_area", "Quote").set_value("It was late")
    app = press(app, "Write it into the case", 1)
    assert "It was late" in {problem.quote for problem in case(app).problems}
    assert not any(problem.quote_may_be_shown for problem in case(app).problems)


def test_investments_stand_with_what_they_move_cost_and_add() -> None:
    text = driver.texts(what(part=INVESTMENTS))
    for each in driver.first().initiatives:
        assert each.name in text
    assert "Not in Growth" in text
    assert "No number by itself: a foundation" in text
    assert "USD\u00a0+836\u00a0K" in text


def test_a_switch_is_the_same_trial_as_on_the_answer_page() -> None:
    app = what(part=INVESTMENTS)
    switch = next(one for one in app.toggle if "lost_sale_analysis" in one.key)
    driver.sound(switch.set_value(False).run())
    assert dict(desk(app).edits) == {"initiatives[lost_sale_analysis].enabled": False}
    assert "Switched off" in driver.texts(app)
    driver.go(app, "answer")
    assert driver.field(app, "on:lost_sale_analysis").value is False


def test_a_typed_cost_is_written_echoed_and_nobodys() -> None:
    app = open_one(what(part=INVESTMENTS), "lost_sale_analysis")
    driver.sound(number(app, COST).set_value("52.5k").run())
    assert desk(app).opened.initiatives[3].one_time_cost == 52_500
    assert case(app).inputs[COST].status == "estimate"
    assert "USD\u00a052,500 once" in driver.texts(app)
    for text, why in (
        ("a lot", "is no number"),
        ("40k to 50k", "is no single amount"),
        ("-5", "is not possible"),
    ):
        driver.sound(number(app, COST).set_value(text).run())
        assert why in driver.texts(app)
        assert number(app, COST).value == "52,500"
    driver.sound(number(app, COST).set_value("").run())
    assert "one_time_cost" not in investment(app, "lost_sale_analysis").model_fields_set
    assert "Not stated, counts as nothing" in driver.texts(app)


def test_what_is_not_possible_is_said_beside_it_and_changes_nothing() -> None:
    app = open_one(what(part=INVESTMENTS), "lost_sale_analysis")
    take_up = "initiatives[lost_sale_analysis].adoption"
    driver.sound(number(app, take_up).set_value("140 %").run())
    assert app.error[0].value == "140% is not possible: allowed is 0% to 100%. Nothing was changed."
    assert number(app, take_up).value == "90%"
    driver.sound(number(app, f"{SIZE}.base").set_value("50").run())
    assert "must rise in this order" in app.error[0].value
    assert case(app) == driver.first()
    driver.sound(number(app, take_up).set_value("80").run())
    assert not app.error


def test_a_size_and_who_agreed_to_it() -> None:
    app = open_one(what(part=INVESTMENTS), "lost_sale_analysis")
    driver.sound(number(app, f"{SIZE}.base").set_value("5,0 %").run())
    effect = investment(app, "lost_sale_analysis").effects[0]
    assert (effect.base, effect.agreed) == (0.05, None)
    field(app, "selectbox", "Agreed by").set_value("sales")
    driver.sound(next(b for b in app.button if b.key.startswith("what:write")).click().run())
    agreed = investment(app, "lost_sale_analysis").effects[0].agreed
    assert agreed is not None
    assert agreed.by == "sales"
    assert "agreed by Chief Revenue Officer" in driver.texts(app)


def test_a_target_and_a_size_are_typed_in_their_unit() -> None:
    app = open_one(what(part=INVESTMENTS), "quote_in_two_days")
    field(app, "text_input", "Target").set_value("2,5")
    driver.sound(submit(app).click().run())
    gate = investment(app, "quote_in_two_days").gate
    assert gate is not None
    assert gate.target == 2.5
    field(app, "text_input", "Target").set_value("80 %")
    driver.sound(submit(app).click().run())
    assert "What it is counted in is chosen beside it." in app.error[0].value
    field(app, "selectbox", "Counted in").set_value("share")
    driver.sound(submit(app).click().run())
    gate = investment(app, "quote_in_two_days").gate
    assert gate is not None
    assert (gate.target, gate.unit) == (0.8, "share")


def test_a_written_answer_keeps_the_trials_of_the_same_investment() -> None:
    app = driver.start()
    driver.type_in(app, driver.EFFECT, 5.0)
    app = open_one(what(app, INVESTMENTS), "lost_sale_analysis")
    assert number(app, f"{SIZE}.base").value == "5%", "the screen shows the trial"
    driver.sound(number(app, COST).set_value("50,000").run())
    now = desk(app).opened.initiatives[3]
    assert (now.one_time_cost, now.effects[0].base) == (50_000, 0.05)
    assert desk(app).edits == {}


def test_a_checkpoint_needs_something_to_look_at() -> None:
    app = open_one(what(part=INVESTMENTS), "lost_sale_analysis")
    field(app, "text_input", "What we look at").set_value(" ")
    driver.sound(submit(app).click().run())
    assert app.error[0].value.endswith("A checkpoint needs a month and something to look at.")
    field(app, "text_input", "What we look at").set_value("Calls made")
    field(app, "number_input", "Month after").set_value(7.0)
    driver.sound(submit(app).click().run())
    gate = investment(app, "lost_sale_analysis").gate
    was = driver.first().initiatives[3].gate
    assert gate is not None
    assert was is not None
    assert gate == was.model_copy(update={"month": 7.0, "indicator": "Calls made"})


def submit(app: AppTest):
    """The button of the first form of an investment that is open, its checkpoint."""
    return next(one for one in app.button if one.key.startswith("what:submit"))


def test_an_investment_leaves_with_its_trials() -> None:
    app = driver.start()
    driver.type_in(app, driver.EFFECT, 5.0)
    driver.type_in(app, driver.WIN_RATE, 20.0)
    app = open_one(what(app, INVESTMENTS), "lost_sale_analysis")
    press(app, "Take this investment out of the case")
    assert "lost_sale_analysis" not in {each.id for each in case(app).initiatives}
    assert set(desk(app).edits) == {driver.WIN_RATE}


def test_the_library_proposes_and_is_filtered() -> None:
    app = what(part=LIBRARY)
    text = driver.texts(app)
    assert "Closes 41% of what the Head of Service Desk still lacks in first-contact resolution" in text
    assert "42 investments" in text
    driver.sound(field(app, "selectbox", "What it moves").set_value("churn_rate").run())
    text = driver.texts(app)
    whole = [e for e in library.initiatives().values() if any(f.lever == "churn_rate" for f in e.effects)]
    assert f"{len(whole)} of 42 investments" in text
    assert "This company does not have the problem that this solves: revenue churn is 1.3%" in text
    driver.sound(field(app, "text_input", "Words").set_value("nothing like this").run())
    assert "take one filter away" in driver.texts(app)


def test_every_card_says_what_it_pays_alone_or_why_it_cannot() -> None:
    app = what(part=LIBRARY)
    driver.sound(field(app, "text_input", "Words").set_value("self-service").run())
    text = driver.texts(app)
    assert (
        "it pays as long as it costs less than" in text
        or "no return that is counted. The hours it frees" in text
    )


def test_positions_without_a_price_say_that_they_cost_nothing() -> None:
    app = what(bring(with_inputs(driver.first(), {"company.loaded_cost_per_fte": 0.0})), INVESTMENTS)
    app = open_one(app, "lost_sale_analysis")
    driver.sound(number(app, "initiatives[lost_sale_analysis].internal_fte").set_value("1,5").run())
    assert "1.5 FTE of our own, which cost nothing until the page Numbers says" in driver.texts(app).replace(
        "\xa0", " "
    )


def test_what_the_typed_spend_said_stands_beside_what_is_asked_for_now() -> None:
    totals = read_totals({"revenue": 48e6, "customers": 3380, "gross_margin": 0.65, "spend_annual": 370_000})
    begun = derive(totals, "Example", "USD", date(2027, 1, 1)).case
    with_one = from_library(begun, "closed_loop_feedback")
    priced = with_investment_fields(with_one, with_one.initiatives[-1].id, {"annual_cost": 90_000.0})
    text = driver.texts(what(bring(priced), INVESTMENTS)).replace("\xa0", " ").replace("\\", "")
    assert "is switched off, so that nothing counts twice: it said USD 0 once and USD 370 K a year" in text
    assert "what is switched on costs USD 0 once and USD 90 K a year so far" in text


def test_a_persons_number_finds_what_moves_it() -> None:
    app = what(part=LIBRARY)
    kpi = field(app, "selectbox", "Whose number")
    driver.sound(kpi.set_value("first_contact_resolution").run())
    metric = "first_contact_resolution"
    found = [e for e in library.initiatives().values() if any(f.lever == metric for f in e.effects)]
    assert f"{len(found)} of 42 investments" in driver.texts(app)


def test_what_is_put_into_the_case_is_open_with_its_costs_to_ask() -> None:
    app = what(part=LIBRARY)
    driver.sound(field(app, "text_input", "Words").set_value("AI assistance").run())
    press(app, "Put into the case")
    new = case(app).initiatives[-1]
    assert (new.use, new.id in case(app).option_table["growth"]) == ("agent_assist", True)
    text = driver.texts(app)
    assert "Its costs are not stated: ask for them." in text
    assert "It answers no problem on file" in text
    assert "Not stated: one-time cost, running cost, internal positions" in text
    assert "Starting value to replace" in text
    path = f"initiatives[{new.id}].annual_cost"
    driver.sound(number(app, path).set_value("0").run())
    assert "annual_cost" in investment(app, new.id).model_fields_set, "zero is stated, not left open"
    stand = next(b for b in app.button if b.label.startswith("We looked at all"))
    driver.sound(stand.click().run())
    mine = {s.status for p, s in case(app).inputs.items() if p.startswith(f"initiatives[{new.id}].")}
    assert mine == {"estimate"}
    look_at(app, LIBRARY)
    assert "Is in the case" in [b.label for b in app.button]


def test_a_card_opens_with_evidence_for_and_against() -> None:
    app = what(part=LIBRARY)
    driver.sound(field(app, "text_input", "Words").set_value("Close the loop").run())
    statement = library.evidence()["nps-growth"].statement
    assert statement not in driver.texts(app)
    held = next(
        key for key in app.session_state._state.filtered_state if "what:card:closed_loop_feedback" in key
    )
    app.session_state[held] = True
    text = driver.texts(driver.sound(app.run()))
    assert statement in text
    assert "Amounts are yours to ask" in text


def test_empty_states_teach() -> None:
    bare = driver.first()
    for problem in bare.problems:
        bare = without_problem(bare, problem.id)
    for each in bare.initiatives:
        bare = without_investment(bare, each.id)
    for _ in bare.stakeholders:
        bare = without_stakeholder(bare, 0)
    app = what(bring(bare))
    assert "No problem is on file yet." in driver.texts(app)
    assert "Nothing is proposed yet." in driver.texts(look_at(app, INVESTMENTS))
    assert "what answers it then stands here first" in driver.texts(look_at(app, LIBRARY))
    assert "An improvement that no one is measured on" in driver.texts(look_at(app, MISSES))
    app = look_at(app, INVESTMENTS)
    field(app, "text_input", "One of your own").set_value("Evening hours")
    press(app, "Put into the case")
    assert [each.name for each in case(app).initiatives] == ["Evening hours"]
    assert "It moves nothing yet." in driver.texts(app)


def test_what_misses_its_reader_is_said() -> None:
    text = driver.texts(what(part=MISSES))
    assert "Head of Service Desk: first-contact resolution. Nothing that is asked for moves it." in text
    assert "Every metric that the case moves is part of a number" in text


@pytest.mark.parametrize("name", ["contract_services", "consumer_subscription"])
def test_every_part_stands_for_every_example(name: str) -> None:
    known = files.example(name)
    app = what(bring(from_library(known, "journey_mapping")))
    for part in (INVESTMENTS, LIBRARY, MISSES):
        look_at(app, part)
    assert case(app).initiatives[-1].use == "journey_mapping"
