"""The answer page: its numbers are those of Results, they follow every change, and nothing impossible gets in."""

import pytest

from casebuilder import build
from casebuilder.case import dump
from casebuilder.case.edits import ASKED, with_inputs
from casebuilder.model.benefits import LINES
from casebuilder.model.checks import CHECKS
from casebuilder.pitch import exhibits, numbers
from casebuilder.pitch.view import View
from tests.ui import driver
from tests.ui.driver import BENEFITS, EFFECT, KPI, NPV, PAYBACK, RETURN, THEIRS, WIN_RATE


def shown(case, scenario=None, option=None):
    """What the four metrics of a case must say."""
    results = build.evaluate(case)
    outcome = results.outcome(scenario or case.headline, option or results.asked_option)
    currency = case.company.currency
    return [
        numbers.money(outcome.npv, currency),
        numbers.percent(outcome.roi),
        numbers.months(outcome.payback_months) if outcome.payback_months is not None else "Not reached",
        numbers.money(outcome.number("peak_funding"), currency),
    ]


def said(app):
    return [metric.value for metric in app.metric[:4]]


def test_it_opens_with_an_answer_whose_numbers_are_the_results():
    app = driver.start()
    case = driver.first()
    results = build.evaluate(case)
    assert app.title[0].value == exhibits.decision(View(results, "sales")).title
    assert app.title[0].value.startswith("Decision by 22 January 2027: ")
    assert said(app) == shown(case)
    quota = results.asked.kpi("quota_attainment", "with")[1]
    assert app.metric[THEIRS].label == "Attainment on new business"
    assert app.metric[THEIRS].value == numbers.percent(quota)
    assert "Nothing changed since opening" in driver.texts(app)
    counted = sum(results.asked.amount(f"pv.{line}") != 0 for line in LINES)
    assert (
        f"{counted} of {len(LINES)} benefits count here and add up; {len(CHECKS)} of {len(CHECKS)} checks hold"
        in driver.texts(app)
    )
    assert not app.error


def test_the_whole_amount_is_in_the_help():
    app = driver.start()
    npv = build.evaluate(driver.first()).asked.npv
    assert app.metric[NPV].help == numbers.money_exact(npv, "USD")


def test_the_charts_show_the_results():
    app = driver.start()
    asked = build.evaluate(driver.first()).asked
    waterfall = driver.chart(app, BENEFITS)
    assert waterfall["step"].iloc[-1] == "Net present value"
    assert waterfall["end"].iloc[-1] == pytest.approx(asked.npv)
    assert waterfall["end"].iloc[-2] == pytest.approx(asked.npv), "the steps end where the total stands"
    won = waterfall[waterfall["step"] == "More deals won"].iloc[0]
    assert won["end"] - won["begin"] == pytest.approx(asked.amount("pv.win_rate"))
    lines = driver.chart(app, KPI)
    for role, world in (("programme", "with"), ("do_nothing", "without")):
        found = lines[lines["role"] == role]["value"].tolist()
        assert found == pytest.approx(asked.kpi("quota_attainment", world))
    assert lines[lines["role"] == "muted"]["value"].tolist() == [0.95]


def test_moving_an_assumption_changes_everything_at_once():
    app = driver.start()
    before = [*said(app), app.metric[THEIRS].value], driver.chart(app, BENEFITS), driver.chart(app, KPI)
    driver.type_in(app, WIN_RATE, 20.0)
    edited = driver.first(**{WIN_RATE: 0.2})
    assert said(app) == shown(edited)
    for place in (NPV, RETURN, PAYBACK, THEIRS):
        assert app.metric[place].value != before[0][place]
        assert app.metric[place].delta.endswith(", better")
    assert not driver.chart(app, BENEFITS).equals(before[1])
    assert not driver.chart(app, KPI).equals(before[2])
    assert app.title[0].value == exhibits.decision(View(build.evaluate(edited), "sales")).title
    assert "Win rate, Enterprise: 17.2% → **20%**" in driver.texts(app)
    assert driver.field(app, f"slide:{WIN_RATE}").value == 20.0, "slider and field show the same number"


def test_the_slider_moves_the_typed_number_too():
    app = driver.start()
    driver.sound(driver.field(app, f"slide:{WIN_RATE}").set_value(15.0).run())
    assert driver.field(app, f"type:{WIN_RATE}").value == "15%"
    assert said(app) == shown(driver.first(**{WIN_RATE: 0.15}))
    assert app.metric[NPV].delta.endswith(", worse")


def test_a_number_put_back_is_no_change():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.type_in(app, WIN_RATE, 17.2)
    assert "Nothing changed since opening" in driver.texts(app)
    assert said(app) == shown(driver.first())


def test_reset_takes_everything_back():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.type_in(app, EFFECT, 5.0)
    driver.sound(driver.field(app, "on:fast_answer").set_value(False).run())
    driver.sound(app.button(key="changes:reset").click().run())
    assert said(app) == shown(driver.first())
    assert driver.field(app, f"type:{WIN_RATE}").value == "17.2%"
    assert driver.field(app, "on:fast_answer").value is True


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        (WIN_RATE, 140.0, "140% is not possible: allowed is 0% to 100%. Nothing was changed."),
        (WIN_RATE, -1.0, "−1% is not possible: allowed is 0% to 100%. Nothing was changed."),
        ("company.discount_rate", -2.0, "−2% is not possible: allowed is 0% or more. Nothing was changed."),
        (
            EFFECT,
            12.0,
            "low 1% better, expected 12% better, high 10% better: they must rise from low to high",
        ),
    ],
)
def test_an_impossible_value_gets_a_sentence_and_changes_nothing(path, typed, sentence):
    app = driver.start()
    before = driver.field(app, f"type:{path}").value
    driver.type_in(app, path, typed)
    assert [sentence in error.value for error in app.error] == [True]
    assert said(app) == shown(driver.first())
    assert driver.field(app, f"type:{path}").value == before
    driver.type_in(app, WIN_RATE, 18.0)
    assert not app.error, "the next change clears the sentence"


ONE_TIME = "initiatives[quote_in_two_days].one_time_cost"


def test_money_is_typed_as_people_write_it_and_shown_the_same_way():
    app = driver.start()
    other = next(one for one in app.selectbox if one.label == "Any other number")
    driver.sound(other.set_value(ONE_TIME).run())
    assert driver.field(app, f"type:{ONE_TIME}").value == "185,000"
    driver.type_in(app, ONE_TIME, "1,2 Mio.")
    assert driver.field(app, f"type:{ONE_TIME}").value == "1,200,000"
    assert said(app) == shown(driver.first(**{ONE_TIME: 1_200_000.0}))
    driver.type_in(app, ONE_TIME, "190.000")
    assert "“190.000” is read as USD 190,000." in driver.texts(app)
    assert driver.field(app, f"slide:{ONE_TIME}").value == 190.0, "the slider counts in thousands"
    driver.sound(driver.field(app, f"slide:{ONE_TIME}").set_value(200.0).run())
    assert driver.field(app, f"type:{ONE_TIME}").value == "200,000"
    assert "is read as" not in driver.texts(app), "said once"
    before = driver.desk(app).version
    for typed, why in (
        ("EUR 5k", "This case counts in USD, not in EUR: type the amount in USD. Nothing was changed."),
        ("some", "“some” is no number. Type it as 120,000, 450k or 1.2 M. Nothing was changed."),
        ("10-20k", "“10-20k” is no single amount: type the one that you expect. Nothing was changed."),
        ("(3.5)", "is not possible: allowed is USD\u00a00 or more. Nothing was changed."),
    ):
        driver.type_in(app, ONE_TIME, typed)
        assert [why in error.value for error in app.error] == [True]
        assert driver.field(app, f"type:{ONE_TIME}").value == "200,000"
    assert driver.desk(app).version == before


def test_a_comma_in_a_per_cent_is_no_factor_of_ten():
    app = driver.type_in(driver.start(), WIN_RATE, "18,2 %")
    assert driver.field(app, f"type:{WIN_RATE}").value == "18.2%"
    assert said(app) == shown(driver.first(**{WIN_RATE: 0.182}))


def test_the_same_number_in_other_words_is_nothing_to_undo():
    app = driver.type_in(driver.start(), WIN_RATE, "17,20 %")
    assert driver.field(app, f"type:{WIN_RATE}").value == "17.2%"
    assert app.button(key="shell:undo").disabled


def test_an_emptied_field_is_no_change():
    app = driver.start()
    driver.sound(driver.field(app, f"type:{WIN_RATE}").set_value("").run())
    assert said(app) == shown(driver.first())
    assert driver.field(app, f"type:{WIN_RATE}").value == "17.2%"


def test_any_other_number_can_be_found_by_its_words_and_moved():
    app = driver.start()
    box = app.selectbox(key=f"assumption:other:{driver.FIRST}")
    assert "Gross margin, Mid-market" in box.options
    assert "Win rate, high effect: Ask lost prospects why" in box.options
    path = "segments[Mid-market].gross_margin"
    driver.sound(box.set_value(path).run())
    driver.type_in(app, path, 70.0)
    assert said(app) == shown(driver.first(**{path: 0.7}))


def test_an_investment_is_switched_off_and_on():
    app = driver.start()
    driver.sound(driver.field(app, "on:quote_in_two_days").set_value(False).run())
    assert said(app) == shown(driver.first(**{"initiatives[quote_in_two_days].enabled": False}))
    assert "Quote in two days instead of nine: **off**" in driver.texts(app)
    assert "Shorter sales cycle" not in set(driver.chart(app, BENEFITS)["step"])
    driver.sound(driver.field(app, "on:quote_in_two_days").set_value(True).run())
    assert said(app) == shown(driver.first())


@pytest.mark.parametrize("scenario", ["conservative", "base", "optimistic", "risk_adjusted"])
def test_the_scenario_is_a_look_and_no_change(scenario):
    app = driver.start()
    driver.sound(driver.field(app, "control:scenario").set_value(scenario).run())
    assert said(app) == shown(driver.first(), scenario)
    assert "Nothing changed since opening" in driver.texts(app)


def test_asking_for_another_version_carries_page_and_decision():
    app = driver.start()
    results = build.evaluate(driver.first())
    words = driver.field(app, "control:asked").options
    for option, text in zip(("full", "growth", "retention"), words, strict=True):
        assert text.endswith(numbers.money(results.option(option).npv, "USD")), option
    driver.sound(driver.field(app, "control:asked").set_value("retention").run())
    assert said(app) == shown(driver.first(), option="retention")
    assert app.title[0].value.startswith("Do not invest in this form")
    assert "Asked for: Growth → **Retention**" in driver.texts(app)
    assert app.metric[PAYBACK].delta == "was 47\u00a0months, worse"
    assert [
        key for key in (toggle.key.rsplit(":", 2)[0] for toggle in app.toggle) if key.startswith("on:")
    ] == [
        "on:voice_of_customer",
        "on:closed_loop",
        "on:renewal_desk",
    ]
    assert "What finance will ask" in driver.texts(app)


def test_a_case_that_disappoints_says_at_once_how_to_go_on():
    words = ("What drags it", "The smaller version that pays", "One number that alone would turn it")
    loses = with_inputs(driver.first(), {ASKED: "retention"})
    app = driver.go(driver.bring(driver.start(), "loses.yaml", dump(loses).encode()), "answer")
    assert all(each in driver.texts(app) for each in words)
    (switch,) = (each for each in app.toggle if each.key.startswith("help:ways"))
    assert not any(each in driver.texts(driver.sound(switch.set_value(False).run())) for each in words)
    app = driver.start()
    driver.sound(driver.field(app, "control:asked").set_value("retention").run())
    assert not any(each in driver.texts(app) for each in words), "a trial is not yet an answer"


def test_each_stakeholder_sees_their_own_number():
    app = driver.start()
    results = build.evaluate(driver.first())
    for persona, number in (("ceo", "new_customers"), ("service", "cost_to_serve")):
        driver.sound(app.selectbox(key=f"control:seen by:{driver.FIRST}").set_value(persona).run())
        view = View(results, persona)
        assert view.kpi.id == number
        assert app.metric[THEIRS].value == view.text(view.kpi_value("with", view.year), view.kpi.unit)
        assert app.header[1].value == exhibits.kpi(view).title
    table = app.table[0].value
    assert table["Number"].iloc[0].startswith("Service cost, year ")


def test_another_of_their_numbers_can_lead():
    app = driver.start()
    driver.sound(app.segmented_control(key=f"answer:lead:sales:{driver.FIRST}").set_value(1).run())
    assert app.metric[THEIRS].label == "Win rate"
    expected = build.evaluate(driver.first()).asked.kpi("win_rate", "with")
    lines = driver.chart(app, KPI)
    assert lines[lines["role"] == "programme"]["value"].tolist() == pytest.approx(expected)
    assert "Forecast accuracy" in list(app.table[0].value["Number"]), "what is not computed is not dropped"


def test_starting_values_are_marked():
    app = driver.start()
    assert ":yellow-badge[One starting value to replace] Cost of a referred win" in driver.texts(app)
    path = "sales.referral_cost_share"
    driver.sound(app.selectbox(key=f"assumption:other:{driver.FIRST}").set_value(path).run())
    assert driver.texts(app).count("tarting value to replace]") == 2


def test_two_sessions_do_not_see_each_other():
    one, other = driver.start(), driver.start()
    driver.type_in(one, WIN_RATE, 20.0)
    other.run()
    assert said(other) == shown(driver.first())


def test_the_case_of_the_page_is_the_case_that_is_evaluated():
    """Several kinds of change together, against the same edits made without the app."""
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.sound(driver.field(app, "control:asked").set_value("full").run())
    driver.sound(driver.field(app, "on:renewal_desk").set_value(False).run())
    edits = {WIN_RATE: 0.2, ASKED: "full", "initiatives[renewal_desk].enabled": False}
    assert said(app) == shown(with_inputs(driver.first(), edits))
