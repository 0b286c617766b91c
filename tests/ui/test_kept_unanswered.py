"""A store that does not answer, or not in time: nothing is lost, nothing is there twice, and the screen stays."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from casebuilder.case.edits import value_at
from casebuilder.store import StoreError
from casebuilder.ui import kept
from tests.ui import driver
from tests.ui.driver import WIN_RATE, desk
from tests.ui.keeping import RATE, again, case_id, numbers, two_people, unanswered

pytestmark = pytest.mark.usefixtures("browser")


def test_a_save_whose_answer_got_lost_is_no_conflict_with_oneself(monkeypatch):
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    with monkeypatch.context() as patch:
        unanswered(patch, "save")
        driver.type_in(app, WIN_RATE, 21.0)
        driver.type_in(app, WIN_RATE, 22.0)
        assert "not kept yet. The database does not answer." in driver.texts(app)
    driver.type_in(app, WIN_RATE, 23.0)
    assert "kept as number 5" in driver.texts(app)
    saved = kept.store().versions(case_id(app))
    assert [(each.number, each.state) for each in saved] == [(n, "kept") for n in (5, 4, 3, 2, 1)]
    assert kept.store().read(case_id(app)).case == desk(app).case


def test_undoing_a_change_whose_answer_got_lost_undoes_it_in_the_store_too(monkeypatch):
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    with monkeypatch.context() as patch:
        unanswered(patch, "save")
        driver.type_in(app, WIN_RATE, 21.0)
    driver.sound(app.button(key="shell:undo").click().run())
    assert value_at(kept.store().read(case_id(app)).case, WIN_RATE) == 0.2
    assert numbers(case_id(app)) == [4, 3, 2, 1]
    assert "not kept yet" not in driver.texts(app)


def test_a_case_whose_first_save_was_not_answered_is_not_there_twice(monkeypatch):
    app = driver.start()
    before = {case.id for case in kept.store().cases()}
    with monkeypatch.context() as patch:
        unanswered(patch, "create")
        driver.type_in(app, WIN_RATE, 20.0)
        assert "case" not in app.query_params
    driver.type_in(app, WIN_RATE, 21.0)
    assert {case.id for case in kept.store().cases()} - before == {case_id(app)}
    assert numbers(case_id(app)) == [2, 1]


def test_a_change_is_one_transaction():
    app = driver.start()
    driver.type_in(app, WIN_RATE, 20.0)
    said: list[str] = []

    def heard(connection) -> None:
        said.append("commit")

    event.listen(kept.store()._engine, "commit", heard)
    try:
        driver.type_in(app, WIN_RATE, 21.0)
        driver.sound(app.button(key="shell:undo").click().run())
    finally:
        event.remove(kept.store()._engine, "commit", heard)
    assert said == ["commit"] * 2
    assert dict(desk(again(case_id(app))).edits) == {WIN_RATE: 0.2}


@pytest.mark.parametrize("choice", ["both", "mine", "theirs"])
def test_a_choice_that_cannot_be_kept_leaves_everything_as_it_is(choice, monkeypatch):
    one, _ = two_people()
    before = desk(one)

    def broken():
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(kept, "store", broken)
        driver.sound(one.button(key=f"conflict:{choice}").click().run())
    assert desk(one) == before
    assert "Your choice was not made, for it cannot be kept: The disk is full." in driver.texts(one)
    assert kept.store().about(case_id(one)).waiting == 1
    driver.sound(one.button(key=f"conflict:{choice}").click().run())
    assert "somebody saved version" not in driver.texts(one)
    assert kept.store().read(case_id(one)).case == desk(one).case
    assert kept.store().about(case_id(one)).waiting == 0


@pytest.mark.parametrize("choice", ["both", "mine"])
def test_a_choice_whose_answer_got_lost_is_made_once(choice, monkeypatch):
    one, _ = two_people()
    with monkeypatch.context() as patch:
        unanswered(patch, "save")
        driver.sound(one.button(key=f"conflict:{choice}").click().run())
    driver.sound(one.button(key=f"conflict:{choice}").click().run())
    assert "somebody saved version" not in driver.texts(one)
    assert numbers(case_id(one)) == [5, 4, 3, 2, 1]
    driver.type_in(one, RATE, 13.0)
    assert "kept as number 6" in driver.texts(one)
