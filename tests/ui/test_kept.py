"""Saved as it happens: every change is a version, a reload comes back to it, and two people lose nothing."""

from __future__ import annotations

import pytest

from casebuilder.case.edits import value_at
from casebuilder.store import StoreError
from casebuilder.ui import kept
from tests.ui import driver
from tests.ui.driver import WIN_RATE, desk
from tests.ui.keeping import RATE, again, case_id, numbers, scenario, two_people

pytestmark = pytest.mark.usefixtures("browser")


def test_an_example_is_kept_from_the_first_change_on():
    app = driver.start()
    assert "case" not in app.query_params
    assert "kept from the first change on" in driver.texts(app)
    driver.type_in(app, WIN_RATE, 20.0)
    assert numbers(case_id(app)) == [2, 1]
    driver.type_in(app, WIN_RATE, 22.0)
    assert numbers(case_id(app)) == [3, 2, 1]
    assert kept.store().read(case_id(app)).case == desk(app).case
    assert kept.store().read(case_id(app), 1).case == desk(app).opened
    assert "kept as number 3" in driver.texts(app)


def test_looking_around_keeps_nothing():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    for page in ("people", "what", "start", "versions", "answer"):
        driver.go(app, page)
    assert numbers(case_id(app)) == [2, 1]


def test_undo_is_a_version_too():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.sound(app.button(key="shell:undo").click().run())
    saved = kept.store().read(case_id(app))
    assert (saved.version.number, saved.case) == (3, desk(app).opened)


def test_a_reload_comes_back_with_the_changes_told_apart():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    later = again(case_id(app))
    assert desk(later).case == desk(app).case
    assert desk(later).opened == desk(app).opened
    assert dict(desk(later).edits) == {WIN_RATE: 0.2}
    assert "17.2% → **20%**" in driver.texts(later)
    driver.type_in(later, WIN_RATE, 21.0)
    assert numbers(case_id(app)) == [3, 2, 1]


def test_an_address_of_nothing_opens_the_example():
    app = again("00000000000000000000000000000000")
    assert desk(app).case == driver.first()


def test_two_people_at_once_lose_nothing():
    one, two = two_people()
    assert "somebody saved version 3" in driver.texts(one)
    stored = {version.number: version.state for version in kept.store().versions(case_id(one))}
    assert stored == {1: "kept", 2: "kept", 3: "kept", 4: "aside"}
    assert value_at(kept.store().read(case_id(one), 4).case, WIN_RATE) == 0.25
    assert value_at(kept.store().read(case_id(one)).case, RATE) == 0.15
    assert desk(two).version == kept.store().read(case_id(one)).version.fingerprint


@pytest.mark.parametrize(
    ("choice", "win", "rate"), [("both", 0.25, 0.15), ("mine", 0.25, 0.11), ("theirs", 0.2, 0.15)]
)
def test_a_conflict_ends_as_one_chooses(choice, win, rate):
    one, _ = two_people()
    driver.sound(one.button(key=f"conflict:{choice}").click().run())
    case = desk(one).case
    assert (value_at(case, WIN_RATE), value_at(case, RATE)) == (win, rate)
    assert "somebody saved version" not in driver.texts(one)
    assert kept.store().about(case_id(one)).waiting == 0
    assert kept.store().read(case_id(one)).case == case
    driver.type_in(one, RATE, 13.0)
    assert value_at(kept.store().read(case_id(one)).case, RATE) == 0.13


def test_changes_go_on_while_a_conflict_waits():
    one, _ = two_people()
    driver.type_in(one, WIN_RATE, 26.0)
    driver.sound(one.button(key="conflict:mine").click().run())
    assert value_at(kept.store().read(case_id(one)).case, WIN_RATE) == 0.26
    assert kept.store().about(case_id(one)).waiting == 0


def test_a_store_that_fails_is_said_and_the_work_goes_on(monkeypatch):
    app = driver.start()

    def broken():
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(kept, "store", broken)
        driver.type_in(app, WIN_RATE, 20.0)
        assert "not kept yet. The disk is full." in driver.texts(app)
        assert desk(app).edits == {WIN_RATE: 0.2}
    driver.type_in(app, WIN_RATE, 21.0)
    assert "not kept yet" not in driver.texts(app)
    assert kept.store().read(case_id(app)).case == desk(app).case


def test_a_case_of_ones_own_is_kept_at_once_and_found_again():
    own = "{casebuilder: 1, title: Kept at once, company: {name: Ours, currency: EUR, decision_date: 2027-01-01,"
    own += (
        " years: 2}, segments: [{name: All, customers: 100, revenue_per_customer: 500, gross_margin: 0.5}]}"
    )
    app = driver.bring(driver.start(), "own.yaml", own.encode())
    id = case_id(app)
    assert numbers(id) == [1]
    later = driver.go(driver.start(), "start")
    driver.sound(later.button(key=f"mine:open:{id}").click().run())
    assert desk(later).case.title == "Kept at once"


def test_a_copy_stands_beside_and_a_deleted_case_comes_back():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    id = case_id(app)
    later = driver.go(driver.start(), "start")
    before = {case.id for case in kept.store().cases()}
    driver.sound(later.button(key=f"mine:copy:{id}").click().run())
    (copy,) = {case.id for case in kept.store().cases()} - before
    assert kept.store().about(copy).title.startswith("Copy of")
    driver.sound(later.button(key=f"mine:delete:{copy}").click().run())
    assert kept.store().about(copy).deleted_at
    driver.sound(later.button(key="mine:back").click().run())
    assert not kept.store().about(copy).deleted_at
    driver.sound(later.button(key=f"mine:delete:{copy}").click().run())
    driver.sound(later.button(key=f"mine:sure:{copy}").click().run())
    driver.sound(later.button(key=f"mine:purge:{copy}").click().run())
    assert copy not in {case.id for case in (*kept.store().cases(), *kept.store().cases(in_bin=True))}


def test_versions_are_listed_compared_named_and_taken_back():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    id = case_id(app)
    driver.go(app, "versions")
    assert "changed" in driver.texts(app)
    assert "Win rate today, Enterprise: 17.2% before, 20% now." in driver.texts(app)
    app.text_input(key="label:2").set_value("CFO, 21 Nov").run()
    driver.sound(app.button(key="give:2").click().run())
    assert "CFO, 21 Nov" in driver.texts(app)
    driver.sound(app.button(key="restore:1").click().run())
    assert desk(app).case == driver.first()
    newest = kept.store().read(id)
    assert (newest.version.number, newest.version.kind, newest.case) == (3, "restore", driver.first())


def test_whoever_says_their_name_stands_beside_their_changes():
    app = driver.go(driver.start(), "start")
    driver.sound(app.text_input(key="mine:name").set_value("Anna").run())
    driver.go(app, "answer")
    driver.type_in(app, WIN_RATE, 20.0)
    assert kept.store().read(case_id(app)).version.author == "Anna"
    assert "by Anna" in driver.texts(driver.go(app, "versions"))


def test_a_reload_comes_back_to_the_scenario_looked_at_last():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.sound(scenario(app).set_value("base").run())
    assert scenario(again(case_id(app))).value == "base"
    assert numbers(case_id(app)) == [2, 1]


@pytest.mark.parametrize("choice", ["both", "mine", "theirs"])
def test_a_reload_comes_back_to_a_choice_that_waits(choice):
    one, _ = two_people()
    driver.type_in(one, WIN_RATE, 24.0)
    later = again(case_id(one))
    assert "somebody saved version 3" in driver.texts(later)
    assert value_at(desk(later).case, WIN_RATE) == 0.24
    assert numbers(case_id(one)) == [5, 4, 3, 2, 1]
    driver.sound(later.button(key=f"conflict:{choice}").click().run())
    assert kept.store().about(case_id(one)).waiting == 0
    assert kept.store().read(case_id(one)).case == desk(later).case
    assert "somebody saved version" not in driver.texts(again(case_id(one)))


def test_more_changes_than_are_remembered_are_kept_all_the_same(monkeypatch):
    monkeypatch.setattr("casebuilder.store.limits.LONGEST_PLACE", 150)
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    driver.type_in(app, RATE, 13.0)
    later = again(case_id(app))
    assert desk(later).case == desk(app).case
    assert "not kept" not in driver.texts(app)


def test_a_case_deleted_meanwhile_takes_the_changes_when_it_is_back():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    kept.store().delete(case_id(app))
    driver.type_in(app, WIN_RATE, 21.0)
    assert "This case was deleted while you worked on it" in driver.texts(app)
    kept.store().undelete(case_id(app))
    driver.type_in(app, WIN_RATE, 22.0)
    assert "not kept" not in driver.texts(app)
    assert kept.store().read(case_id(app)).case == desk(app).case
    assert kept.store().about(case_id(app)).waiting == 0


def test_two_sessions_do_not_see_each_others_state():
    one, two = driver.start(), driver.start()
    driver.type_in(one, WIN_RATE, 20.0)
    driver.go(two, "answer")
    assert desk(two).case == driver.first()
    assert "case" not in two.query_params
    assert dict(desk(two).edits) == {}
    driver.type_in(two, WIN_RATE, 21.0)
    assert case_id(one) != case_id(two)
    assert value_at(desk(driver.go(one, "answer")).case, WIN_RATE) == 0.2
