"""What is typed for a case that is not one yet: each person their own, bounded, and never written over by another."""

from typing import Any

import pytest

from casebuilder.store import Draft, Limits, Store, StoreError, new_key
from casebuilder.store.limits import LONGEST_DRAFT
from tests.store.conftest import Clock

TYPED = {"name": "Zürich 東京 🙂", "half": "\ud83d", "unit": ["share", 1.0], "cut": True}
WINDOW, OTHER = new_key(), new_key()


def begun(store: Store, state: Any = TYPED, author: str = "Ann") -> Draft:
    return store.keep_draft(new_key(), state, author=author, writer=WINDOW)


def test_a_draft_is_kept_as_it_is_typed_and_found_after_a_restart(
    store: Store, url: str, clock: Clock
) -> None:
    first = begun(store, {"name": "Har"})
    second = store.keep_draft(first.id, TYPED, author="Ann", writer=WINDOW)
    assert (second.id, second.state) == (first.id, TYPED)
    assert second.saved_at > first.saved_at
    with Store(url, clock=clock) as again:
        assert again.draft(first.id, author="Ann") == second
        assert again.drafts(author="Ann") == (second,)
        assert again.cases() == (), "it is no case"


def test_nobody_sees_the_draft_of_another_name(store: Store) -> None:
    draft = begun(store)
    for other in ("Ben", "", "ann"):
        assert store.draft(draft.id, author=other) is None
        assert store.drafts(author=other) == ()
    assert store.draft("' OR 1=1 --", author="Ann") is None


def test_a_reload_goes_on_with_a_draft_and_the_window_before_it_keeps_its_own(store: Store) -> None:
    draft = begun(store, {"name": "H"})
    reloaded = store.keep_draft(draft.id, {"name": "Harbour"}, author="Ann", writer=OTHER, after=draft.writer)
    assert reloaded.id == draft.id
    apart = store.keep_draft(draft.id, {"name": "Homes"}, author="Ann", writer=WINDOW)
    assert apart.id != draft.id
    again = store.keep_draft(apart.id, {"name": "Homes 2"}, author="Ann", writer=WINDOW)
    assert [(each.id, each.state["name"]) for each in store.drafts(author="Ann")] == [
        (again.id, "Homes 2"), (draft.id, "Harbour"),
    ]  # fmt: skip


def test_a_save_whose_answer_got_lost_is_made_again(store: Store) -> None:
    draft = begun(store)
    for _ in range(2):
        store.keep_draft(draft.id, {"name": "H"}, author="Ann", writer=OTHER, after=draft.writer)
    assert [each.state for each in store.drafts(author="Ann")] == [{"name": "H"}]


def test_a_draft_goes_on_under_the_name_that_is_said_meanwhile(store: Store) -> None:
    draft = begun(store, author="some browser")
    store.keep_draft(draft.id, TYPED, author="Ann", writer=WINDOW)
    assert store.drafts(author="some browser") == ()
    assert [each.id for each in store.drafts(author="Ann")] == [draft.id]


def test_a_draft_that_was_thrown_away_is_gone_and_can_be_kept_again(store: Store) -> None:
    draft = begun(store)
    for _ in range(2):
        store.discard_draft(draft.id)
    assert store.drafts(author="Ann") == ()
    back = store.keep_draft(draft.id, TYPED, author="Ann", writer=WINDOW)
    assert (store.drafts(author="Ann"), back.id) == ((back,), draft.id)


def test_the_drafts_left_longest_ago_go(url: str, clock: Clock) -> None:
    with Store(url, Limits(drafts_of_one=2, drafts=3), clock) as store:
        for name in ("one", "two", "three"):
            begun(store, {"name": name})
        assert [each.state["name"] for each in store.drafts(author="Ann")] == ["three", "two"]
        for name in ("four", "five"):
            begun(store, {"name": name}, "Ben")
        assert [each.state["name"] for each in store.drafts(author="Ann")] == ["three"]
        assert len(store.drafts(author="Ben")) == 2


def test_only_so_much_plain_data_is_kept(store: Store) -> None:
    with pytest.raises(StoreError, match="At most 32 KB"):
        begun(store, {"name": "x" * LONGEST_DRAFT})
    with pytest.raises(TypeError):
        begun(store, {"name": object()})
    with pytest.raises(StoreError, match="holds"):
        begun(store, author="Ann \u202e")
    with pytest.raises(ValueError, match="32 digits"):
        store.keep_draft("../x", TYPED, author="Ann", writer=WINDOW)
    assert store.drafts(author="Ann") == ()
