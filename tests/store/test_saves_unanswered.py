"""A save whose answer got lost on the way is no change of somebody else's, and nothing is lost or saved twice."""

from contextlib import suppress

import pytest

from casebuilder.store import Conflict, Deleted, Store, new_key
from tests.store.samples import titled


def save_unanswered(store: Store, id: str, title: str, expected: int) -> str:
    """A save that is made, but whose answer gets lost; its key."""
    key = new_key()
    with suppress(Conflict, Deleted):
        store.save(id, titled(title), expected=expected, author="Ann", key=key)
    return key


def test_saves_whose_answers_got_lost_are_no_conflict_with_oneself(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    lost = [save_unanswered(store, id, "Two", 1), save_unanswered(store, id, "Three", 2), new_key()]
    saved = store.save(id, titled("Four"), expected=1, author="Ann", unanswered=lost)
    assert (saved.number, saved.parent, saved.state) == (4, 3, "kept")
    assert store.about(id).waiting == 0


def test_what_an_unanswered_save_holds_already_is_not_saved_again(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    lost = [save_unanswered(store, id, "Two", 1)]
    assert store.save(id, titled("Two"), expected=1, author="Ann", unanswered=lost).number == 2
    assert store.save(id, titled("Two"), expected=2, author="Ann", unanswered=[new_key()]).number == 2
    assert store.save(id, titled("One"), expected=1, author="Ann", unanswered=lost).number == 3
    assert [each.title for each in store.versions(id)] == ["One", "Two", "One"]


def test_somebody_elses_change_after_an_unanswered_save_is_still_a_conflict(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    lost = [save_unanswered(store, id, "Two", 1)]
    store.save(id, titled("Ben's"), expected=2, author="Ben")
    with pytest.raises(Conflict) as caught:
        store.save(id, titled("Three"), expected=1, author="Ann", unanswered=lost)
    conflict = caught.value
    assert conflict.base is not None
    assert [kept.version.title for kept in (conflict.base, conflict.theirs, conflict.mine)] == [
        "Two", "Ben's", "Three",
    ]  # fmt: skip


def test_a_choice_whose_answer_got_lost_does_not_hide_what_it_was_made_on(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    store.save(id, titled("Ben's"), expected=1, author="Ben")
    lost = [save_unanswered(store, id, "Both", 2)]
    with pytest.raises(Conflict):
        store.save(id, titled("Mine"), expected=1, author="Ann", unanswered=lost)
    assert store.read(id).case.title == "Both"


def test_an_unanswered_conflict_does_not_wait_beside_the_one_after_it(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    store.save(id, titled("Ben's"), expected=1, author="Ben")
    lost = [save_unanswered(store, id, "Two", 1)]
    for _ in range(2):
        with pytest.raises(Conflict) as caught:
            store.save(id, titled("Two"), expected=1, author="Ann", unanswered=lost)
        assert caught.value.mine.version.number == 3
    with pytest.raises(Conflict):
        store.save(id, titled("Three"), expected=1, author="Ann", unanswered=lost)
    assert [each.state for each in store.versions(id)] == ["aside", "settled", "kept", "kept"]
