"""Saved cases on both engines: every save is kept, in the line or beside it, and answered once."""

import pytest
from sqlalchemy import event

from casebuilder.store import (
    Conflict,
    Deleted,
    Limits,
    NotFound,
    Store,
    StoreError,
    Whereabouts,
    new_key,
)
from tests.model.cases import EXAMPLES, example
from tests.store.conftest import Clock
from tests.store.samples import case, titled

NOWHERE = "0" * 32


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.cases() == ()
    assert store.cases(in_bin=True) == ()
    assert store.last_place(author="Ann") is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_read_is_what_was_saved(store: Store, name: str) -> None:
    saved = example(name).case
    kept = store.read(store.create(saved, author="Ann").case_id)
    assert kept.case == saved
    assert kept.case.fingerprint == kept.version.fingerprint == saved.fingerprint


def test_private_parts_are_kept(store: Store) -> None:
    saved = store.create(case(note="only for me"), author="Ann")
    private = store.read(saved.case_id).case.stakeholders[0].private
    assert private is not None
    assert private.notes == "only for me"


def test_every_save_is_a_version_with_time_author_and_comment(store: Store) -> None:
    first = store.create(case("One"), author="Ann", kind="import", comment="from the workshop")
    store.save(first.case_id, case("Two"), expected=1, author="Ben", kind="read-back", comment="finance")
    newest, oldest = store.versions(first.case_id)
    assert (newest.number, newest.parent, newest.kind, newest.author, newest.comment) == (
        2, 1, "read-back", "Ben", "finance",
    )  # fmt: skip
    assert (oldest.number, oldest.parent, oldest.kind, oldest.author) == (1, None, "import", "Ann")
    assert newest.saved_at > oldest.saved_at
    assert newest.saved_at.utcoffset() is not None
    assert [store.read(first.case_id, number).case.title for number in (1, 2)] == ["One", "Two"]


def test_the_list_shows_the_case_saved_last_first(store: Store) -> None:
    one, two = (store.create(case(title), author="Ann") for title in ("One", "Two"))
    assert [listed.title for listed in store.cases()] == ["Two", "One"]
    store.save(one.case_id, case("One b"), expected=1, author="Ben")
    first, second = store.cases()
    assert (first.title, first.author, first.version, first.versions) == ("One b", "Ben", 2, 2)
    assert second.id == two.case_id
    assert store.about(one.case_id) == first


def test_two_who_start_from_the_same_version_get_a_conflict_that_loses_neither(store: Store) -> None:
    base = store.create(case("Base"), author="Ann")
    store.save(base.case_id, case("Ann's"), expected=1, author="Ann")
    with pytest.raises(Conflict, match=r"Ann saved version 2 .* kept as version 3") as caught:
        store.save(base.case_id, case("Ben's"), expected=1, author="Ben")
    conflict = caught.value
    assert conflict.base is not None
    titles = [kept.case.title for kept in (conflict.base, conflict.theirs, conflict.mine)]
    assert titles == ["Base", "Ann's", "Ben's"]
    about = store.about(base.case_id)
    assert (about.version, about.title, about.versions, about.waiting) == (2, "Ann's", 3, 1)
    waiting = store.versions(base.case_id)[0]
    assert (waiting.state, waiting.parent, waiting.author) == ("aside", 1, "Ben")


def test_choosing_mine_theirs_or_a_mixture_ends_a_conflict(store: Store) -> None:
    id = store.create(case("Base"), author="Ann").case_id
    store.save(id, case("Theirs"), expected=1, author="Ann")
    for _ in range(3):
        with pytest.raises(Conflict):
            store.save(id, case("Mine"), expected=1, author="Ben")
    store.settle(id, 3)  # theirs
    assert store.read(id).case.title == "Theirs"
    store.restore(id, 4, expected=2, author="Ben")  # mine
    assert store.read(id).case.title == "Mine"
    store.save(id, case("Both"), expected=6, author="Ben", kind="merge", settles=[5])  # a mixture
    assert store.read(id).case.title == "Both"
    assert store.about(id).waiting == 0
    assert [store.read(id, number).case.title for number in (3, 4, 5)] == ["Mine"] * 3, "still there"


def test_a_choice_that_comes_too_late_is_a_conflict_again_and_still_waits(store: Store) -> None:
    id = store.create(case("Base"), author="Ann").case_id
    store.save(id, case("Theirs"), expected=1, author="Ann")
    with pytest.raises(Conflict):
        store.save(id, case("Mine"), expected=1, author="Ben")
    store.save(id, case("Theirs again"), expected=2, author="Ann")
    with pytest.raises(Conflict):
        store.save(id, case("Both"), expected=2, author="Ben", kind="merge", settles=[3])
    assert store.about(id).waiting == 2


def test_a_repeated_save_is_the_same_save(store: Store) -> None:
    id, key = store.create(case(), author="Ann").case_id, new_key()
    first = store.save(id, case("Two"), expected=1, author="Ann", key=key)
    assert store.save(id, case("Two"), expected=1, author="Ann", key=key) == first
    store.save(id, case("Three"), expected=2, author="Ann")
    assert store.save(id, case("Two"), expected=1, author="Ann", key=key) == first
    assert store.about(id).versions == 3


def test_a_repeated_conflict_is_the_same_conflict(store: Store) -> None:
    id, key = store.create(case(), author="Ann").case_id, new_key()
    store.save(id, case("Theirs"), expected=1, author="Ann")
    for _ in range(2):
        with pytest.raises(Conflict) as caught:
            store.save(id, case("Mine"), expected=1, author="Ben", key=key)
        assert caught.value.mine.version.number == 3
    assert store.about(id).versions == 3


def test_a_place_is_remembered_with_a_save_or_not_at_all(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    here = Whereabouts("Ann's browser", lambda version: {"at": version.number, "state": version.state})
    store.save(id, titled("Two"), expected=1, author="Ann", place=here)
    with pytest.raises(Conflict):
        store.save(id, titled("Three"), expected=1, author="Ann", place=here)
    place = store.place(id, author="Ann's browser")
    assert place is not None
    assert place.state == {"at": 3, "state": "aside"}
    broken = Whereabouts("Ann's browser", lambda version: {"at": float("nan")})
    with pytest.raises(ValueError):
        store.save(id, titled("Four"), expected=2, author="Ann", place=broken)
    assert store.about(id).versions == 3


def test_one_change_is_one_transaction(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    here = Whereabouts("Ann", lambda version: {"at": version.number})
    store.save(id, titled("Two"), expected=1, author="Ann", place=here)
    said = list[str]()
    event.listen(store._engine, "commit", lambda connection: said.append("COMMIT"))
    event.listen(
        store._engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, *more: said.append(statement.split()[0]),
    )
    store.save(id, titled("Three"), expected=2, author="Ann", place=here)
    assert [word for word in said if word != "BEGIN"] == [
        "SELECT", "SELECT", "UPDATE", "INSERT", "UPDATE", "COMMIT",
    ]  # fmt: skip


def test_a_version_that_was_left_waits_again(store: Store) -> None:
    id = store.create(titled("One"), author="Ann").case_id
    store.save(id, titled("Theirs"), expected=1, author="Ann")
    for title in ("Mine", "Mine too"):
        with pytest.raises(Conflict):
            store.save(id, titled(title), expected=1, author="Ben")
    store.settle(id, 3, 4)
    assert store.about(id).waiting == 0
    store.wait_again(id, 3)
    store.wait_again(id, 2)
    assert [each.state for each in store.versions(id)] == ["settled", "aside", "kept", "kept"]
    with pytest.raises(NotFound):
        store.wait_again(id, 9)


def test_a_case_made_twice_with_one_key_is_made_once(store: Store) -> None:
    key = new_key()
    made = [store.create(case(), author="Ann", key=key) for _ in range(2)]
    assert made[0] == made[1]
    assert len(store.cases()) == 1


def test_a_key_is_good_for_one_save(store: Store) -> None:
    id, key = store.create(case(), author="Ann").case_id, new_key()
    store.save(id, case("Two"), expected=1, author="Ann", key=key)
    with pytest.raises(ValueError, match="something else"):
        store.save(id, case("Three"), expected=2, author="Ann", key=key)
    other = store.create(case(), author="Ann").case_id
    with pytest.raises(ValueError, match="another case"):
        store.save(other, case("Two"), expected=1, author="Ann", key=key)
    with pytest.raises(ValueError, match="letters"):
        store.save(id, case("Two"), expected=2, author="Ann", key="one two")


def test_a_version_that_never_was_is_a_conflict_without_a_base(store: Store) -> None:
    """As after an older backup was restored under somebody's hands."""
    id = store.create(case("Here"), author="Ann").case_id
    for expected in (7, 0, -1, 2**40):
        with pytest.raises(Conflict) as caught:
            store.save(id, case("Mine"), expected=expected, author="Ben")
        assert caught.value.base is None
        assert caught.value.mine.case.title == "Mine"


def test_going_back_is_a_new_version_with_the_same_content(store: Store) -> None:
    id = store.create(case("One", note="first"), author="Ann").case_id
    store.save(id, case("Two"), expected=1, author="Ann")
    back = store.restore(id, 1, expected=2, author="Ben")
    assert (back.number, back.parent, back.kind, back.comment) == (3, 2, "restore", "Back to version 1")
    assert store.read(id).text == store.read(id, 1).text
    assert store.read(id, 2).case.title == "Two"


def test_a_duplicate_has_its_own_name_and_history(store: Store) -> None:
    original = store.create(case("Ours"), author="Ann")
    store.save(original.case_id, case("Ours, later"), expected=1, author="Ann")
    copy = store.duplicate(original.case_id, author="Ben")
    assert (copy.number, copy.kind, copy.title) == (1, "duplicate", "Copy of Ours, later")
    assert store.read(copy.case_id).case == titled("Copy of Ours, later", case("Ours, later"))
    assert store.duplicate(original.case_id, 1, author="Ben").title == "Copy of Ours"
    long = store.create(case("x" * 200), author="Ann")
    assert store.duplicate(long.case_id, author="Ann").title == "x" * 200


def test_a_deleted_case_comes_back_whole(store: Store) -> None:
    id = store.create(case("One"), author="Ann").case_id
    store.snapshot(id, 1, "CFO, 21 Nov", author="Ann")
    before = store.versions(id)
    store.delete(id)
    assert store.cases() == ()
    assert [listed.id for listed in store.cases(in_bin=True)] == [id]
    store.undelete(id)
    assert store.versions(id) == before
    assert store.cases(in_bin=True) == ()


def test_what_is_saved_into_a_deleted_case_waits_in_it(store: Store) -> None:
    id, key = store.create(case("One"), author="Ann").case_id, new_key()
    store.delete(id)
    for _ in range(2):
        with pytest.raises(Deleted, match="kept in it as version 2") as caught:
            store.save(id, case("Two"), expected=1, author="Ben", key=key)
        assert caught.value.number == 2
    store.undelete(id)
    assert store.about(id).waiting == 1
    assert store.read(id, 2).case.title == "Two"


def test_only_the_bin_is_emptied_for_good(store: Store) -> None:
    id, other = (store.create(case(title), author="Ann").case_id for title in ("One", "Two"))
    store.remember(id, {"page": "answer"}, author="Ann")
    store.snapshot(id, 1, "first", author="Ann")
    with pytest.raises(StoreError, match="delete it first"):
        store.purge(id)
    store.delete(id)
    store.purge(id)
    with pytest.raises(NotFound):
        store.about(id)
    assert [listed.id for listed in store.cases()] == [other]


def test_snapshots_name_versions(store: Store) -> None:
    id = store.create(case("One"), author="Ann").case_id
    store.save(id, case("Two"), expected=1, author="Ann")
    assert store.snapshot(id, 1, " CFO, 21 Nov ", author="Ann").snapshots == ("CFO, 21 Nov",)
    assert store.snapshot(id, 1, "CFO, 21 Nov", author="Ben").snapshots == ("CFO, 21 Nov",)
    assert store.snapshot(id, 1, "signed", author="Ann").snapshots == ("CFO, 21 Nov", "signed")
    with pytest.raises(StoreError, match="Version 1 has this name"):
        store.snapshot(id, 2, "signed", author="Ann")
    store.remove_snapshot(id, "signed")
    assert [version.snapshots for version in store.versions(id)] == [(), ("CFO, 21 Nov",)]
    with pytest.raises(NotFound):
        store.remove_snapshot(id, "signed")
    with pytest.raises(StoreError, match="needs a name"):
        store.snapshot(id, 2, "  ", author="Ann")


def test_everybody_comes_back_to_where_they_were(store: Store, url: str, clock: Clock) -> None:
    one, two = (store.create(case(title), author="Ann").case_id for title in ("One", "Two"))
    store.remember(one, {"page": "answer", "scenario": "base"}, author="Ann")
    store.remember(two, {"page": "people"}, author="Ann")
    store.remember(one, {"page": "pitch", "person": "cfo"}, author="Ann")
    store.remember(one, {"page": "inputs"}, author="Ben")
    with Store(url, clock=clock) as again:  # after a restart
        place = again.place(one, author="Ann")
        assert place is not None
        assert place.state == {"page": "pitch", "person": "cfo"}
        assert again.last_place(author="Ann") == place
        assert again.place(two, author="Ben") is None
        again.delete(one)
        last = again.last_place(author="Ann")
        assert last is not None
        assert last.case_id == two


def test_what_is_not_there_is_said(store: Store) -> None:
    id = store.create(case(), author="Ann").case_id
    for wrong in (NOWHERE, "", "../../x", "\ud800", "a\0b", "'; DROP TABLE saved_case; --"):
        for ask in (store.about, store.versions, store.read, store.delete, store.undelete, store.purge):
            with pytest.raises(NotFound, match="no such saved case"):
                ask(wrong)
        with pytest.raises(NotFound):
            store.save(wrong, case(), expected=1, author="Ann")
        with pytest.raises(NotFound):
            store.place(wrong, author="Ann")
    for number in (0, -1, 2, 2**31, 2**70):
        with pytest.raises(NotFound, match="no version"):
            store.read(id, number)
        with pytest.raises(NotFound, match="no version"):
            store.restore(id, number, expected=1, author="Ann")
    with pytest.raises(NotFound):
        store.settle(id, 9)


def test_two_versions_to_compare(store: Store) -> None:
    id = store.create(case("One"), author="Ann").case_id
    store.save(id, case("Two"), expected=1, author="Ann")
    assert store.compare(id, 1, 2) == (case("One"), case("Two"))


def test_there_is_a_limit_to_everything(url: str) -> None:
    with Store(url, Limits(cases=2, versions=3, snapshots=1)) as store:
        id = store.create(case("1"), author="Ann").case_id
        store.create(case("2"), author="Ann")
        with pytest.raises(StoreError, match="2 saved cases already: delete some"):
            store.create(case("3"), author="Ann")
        for number in (1, 2):
            store.save(id, case(f"{number}"), expected=number, author="Ann")
        with pytest.raises(StoreError, match="3 versions already: duplicate"):
            store.save(id, case("4"), expected=3, author="Ann")
        store.snapshot(id, 1, "one", author="Ann")
        with pytest.raises(StoreError, match="1 snapshots already"):
            store.snapshot(id, 1, "two", author="Ann")


def test_a_long_history_is_read_in_pages(store: Store) -> None:
    id = store.create(case("1"), author="Ann").case_id
    for number in range(1, 5):
        store.save(id, case(f"{number + 1}"), expected=number, author="Ann")
    pages = [store.versions(id, most=2), store.versions(id, most=2, before=4), store.versions(id, before=2)]
    assert [[version.number for version in page] for page in pages] == [[5, 4], [3, 2], [1]]
