"""Ask a number: every figure on a page leads to its formula, its parts, who stands behind them, and its cell."""

from streamlit.testing.v1 import AppTest

from casebuilder import build
from casebuilder.pitch.origin import origin
from casebuilder.pitch.origin_keys import spots
from casebuilder.ui.wording import plain
from tests.ui import driver


def npv():
    results = build.evaluate(driver.first())
    (spot,) = spots(results, f"{results.case.headline}/{results.asked_option}/npv")
    return origin(results, spot)


def said(app):
    return "\n".join(each.value for each in (*app.markdown, *app.caption))


def dialog():
    """The inside of the dialog alone, at the return that the decision asks for."""
    from casebuilder.pitch.origin_keys import spots
    from casebuilder.pitch.origin_points import Point
    from casebuilder.ui import ask, state

    found = state.results()
    key = f"{found.case.headline}/{found.asked_option}/npv"
    more = f"{found.case.headline}/{found.asked_option}/pv_costs"
    ask.body(
        [
            Point("Net present value", "USD 2.11 M", None, key, spots(found, key)),
            Point("Both", "USD 5 M", None, "", spots(found, f"{key}+{more}")),
            Point("Adds", "USD 1 M", None, "", (), "The mean over every order"),
        ]
    )


def inside():
    return driver.sound(AppTest.from_function(dialog, default_timeout=60).run())


def test_nothing_is_worked_out_before_it_is_asked():
    app = driver.start()
    driver.go(app, "answer")
    assert sum(button.label == "Where from?" for button in app.button) == 7
    assert "In the workbook" not in said(app)


def test_a_metric_opens_its_origin():
    app = driver.go(driver.start(), "answer")
    found = npv()
    key = f"ask:{found.spot.scenario}/{found.spot.option}/npv"
    driver.sound(app.button(key=key).click().run())
    assert plain(found.formula) in said(app)
    assert plain(found.exact) in said(app)
    assert plain(build.cell_of(found.results, found.spot).text) in said(app)
    assert plain(found.rests_on) in said(app)


def test_one_goes_deeper_level_by_level_and_back_up():
    app, found = inside(), npv()
    net = next(part for part in found.parts if part.name == "Net cash flow")
    driver.sound(next(b for b in app.button if b.label == plain(net.name)).click().run())
    assert plain(origin(found.results, net.spot).formula) in said(app)
    assert next(b for b in app.button if b.label == "Costs")
    driver.sound(app.button(key="ask:back").click().run())
    assert plain(found.formula) in said(app)


def test_an_input_says_who_stands_behind_it():
    app, found = inside(), npv()
    factor = next(part for part in found.parts if part.name == "Discount factor")
    driver.sound(next(b for b in app.button if b.label == factor.name).click().run())
    assert "Treasury note" in said(app)


def test_a_value_of_a_line_over_time_is_a_way_deeper():
    app = inside()
    driver.sound(next(b for b in app.button if b.label == "Net cash flow").click().run())
    times = app.selectbox(key="ask:time")
    driver.sound(times.set_value(times.options[2]).run())
    assert "Net cash flow, year 1 Q2" in said(app)


def test_sums_and_studies_say_what_they_are():
    app = inside()
    driver.sound(app.selectbox(key="ask:which").set_value(1).run())
    assert "these numbers added up" in said(app)
    driver.sound(app.selectbox(key="ask:which").set_value(2).run())
    assert "The mean over every order" in said(app)
    assert "The workbook holds no cell of it" in said(app)


def test_the_effects_behind_a_number_carry_grade_source_and_signature():
    app, found = inside(), npv()
    table = app.table[0].value
    assert list(table["Investment"]) == [plain(each.investment) for each in found.effects]
    assert set(table.columns) >= {"In this scenario", "Evidence", "Sources", "Signed by"}
    assert plain(found.adjusted) in said(app)
