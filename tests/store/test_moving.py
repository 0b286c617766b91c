"""A whole store, copied: nothing of it changes on the way, and nothing that was there is written over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, insert, select

from casebuilder.store import Conflict, Store, StoreError, backup, migrate, new_key, restore, verify
from casebuilder.store.moving import Moved
from tests.store.samples import case

Seen = dict[str, object]


def fill(url: str) -> None:
    """Everything that a store can hold: a conflict, snapshots, places, a case in the bin, a draft, many letters."""
    with Store(url) as store:
        id = store.create(case("Zürich 東京 🙂"), author="Ann").case_id
        store.save(id, case("Two"), expected=1, author="Ben", comment="first\nsecond")
        with pytest.raises(Conflict):
            store.save(id, case("Three"), expected=1, author="Ann")
        store.snapshot(id, 1, "CFO, 21 Nov", author="Ann")
        store.snapshot(id, 2, "ärger", author="Ann")
        store.remember(id, {"page": "答え"}, author="Ann")
        store.keep_draft(new_key(), {"name": "Zürich 東京 🙂"}, author="Ann", writer=new_key())
        store.delete(store.duplicate(id, author="Ann").case_id)


def seen(url: str) -> Seen:
    """Everything that a store holds."""
    with Store(url) as store:
        both = (*store.cases(), *store.cases(in_bin=True))
        return {
            "cases": both,
            "versions": [store.versions(each.id) for each in both],
            "texts": [[store.read(each.id, v.number).text for v in store.versions(each.id)] for each in both],
            "places": [store.place(each.id, author="Ann") for each in both],
            "drafts": store.drafts(author="Ann"),
        }


def test_a_backup_is_the_whole_store_in_a_file(url: str, tmp_path: Path) -> None:
    fill(url)
    path = tmp_path / "kept elsewhere" / "backup 1.sqlite"
    with Store(url) as in_use:
        assert backup(url, path) == Moved(cases=2, versions=4)
        in_use.create(case("after"), author="Ann")
    with_more = seen(url)
    assert seen(f"sqlite:///{path}") != with_more
    with pytest.raises(StoreError, match="there already"):
        backup(url, path)


def test_a_backup_is_restored_where_nothing_is(new_url: Callable[[], str], tmp_path: Path) -> None:
    first, second, path = new_url(), new_url(), tmp_path / "backup.sqlite"
    fill(first)
    backup(first, path)
    raw = path.read_bytes()
    assert restore(path, second) == Moved(2, 4)
    assert seen(second) == seen(first)
    assert path.read_bytes() == raw, "a backup stays as it is"


def test_what_is_there_is_not_replaced_without_asking(new_url: Callable[[], str], tmp_path: Path) -> None:
    first, second, path = new_url(), new_url(), tmp_path / "backup.sqlite"
    fill(first)
    backup(first, path)
    with Store(second) as store:
        store.create(case("Mine"), author="Ann")
    before = seen(second)
    with pytest.raises(StoreError, match="already"):
        restore(path, second)
    assert seen(second) == before


def test_what_is_replaced_is_copied_before_and_people_go_on(file: Path, tmp_path: Path) -> None:
    url, path = f"sqlite:///{file}", tmp_path / "backup.sqlite"
    fill(url)
    backup(url, path)
    before = seen(url)
    with Store(url) as in_use:
        in_use.create(case("Later"), author="Ann")
        assert restore(path, url, replace=True) == Moved(2, 4)
        assert len(in_use.cases()) == 1
        in_use.create(case("Later still"), author="Ann")
    (replaced,) = file.parent.glob("cases-replaced-*.sqlite")
    assert "Later" in {listed.title for listed in Store(f"sqlite:///{replaced}").cases()}
    assert len(Store(url).cases()) == 2
    assert verify(url).problems == ()
    restore(path, url, replace=True)
    assert seen(url) == before


def test_a_damaged_store_is_put_aside_for_a_backup(file: Path, tmp_path: Path) -> None:
    url, path = f"sqlite:///{file}", tmp_path / "backup.sqlite"
    fill(url)
    backup(url, path)
    before = seen(url)
    file.write_bytes(b"torn")
    with pytest.raises(StoreError, match="there already"):
        restore(path, url)
    restore(path, url, replace=True)
    assert seen(url) == before
    (damaged,) = file.parent.glob("cases-damaged-*.sqlite")
    assert damaged.read_bytes() == b"torn"


def test_only_a_store_is_restored(file: Path, tmp_path: Path) -> None:
    fill(f"sqlite:///{file}")
    for name, content in (("empty", b""), ("other", b"a text\n" * 100), ("torn", file.read_bytes()[:5000])):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(StoreError, match=r"empty|damaged"):
            restore(path, f"sqlite:///{tmp_path / 'new.sqlite'}")
    with pytest.raises(StoreError, match="cannot be read"):
        restore(tmp_path / "nowhere", f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert not (tmp_path / "new.sqlite").exists()


def test_everything_moves_from_a_file_to_another_store(new_url: Callable[[], str], file: Path) -> None:
    source, target = f"sqlite:///{file}", new_url()
    fill(source)
    assert migrate(source, target) == Moved(2, 4)
    assert seen(target) == seen(source)
    assert verify(target).problems == ()
    with pytest.raises(StoreError, match="holds saved cases already"):
        migrate(source, target)
    assert seen(target) == seen(source)


def test_a_store_that_holds_only_a_draft_is_not_empty(new_url: Callable[[], str], file: Path) -> None:
    source, target = f"sqlite:///{file}", new_url()
    fill(source)
    with Store(target) as store:
        store.keep_draft(new_key(), {"name": "Harbour"}, author="Ben", writer=new_key())
    with pytest.raises(StoreError, match="name an empty store"):
        migrate(source, target)


def test_a_mistyped_source_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        migrate(f"sqlite:///{tmp_path / 'a.sqlite'}", f"sqlite:///{tmp_path / 'b.sqlite'}")
    with pytest.raises(StoreError, match="is not there"):
        backup(f"sqlite:///{tmp_path / 'a.sqlite'}", tmp_path / "c.sqlite")
    assert list(tmp_path.iterdir()) == []


def nothing(table: Table, reading: Connection, writing: Connection) -> None:
    """A way of copying that leaves everything out."""


def other_words(table: Table, reading: Connection, writing: Connection) -> None:
    """A way of copying that changes a word."""
    for row in reading.execute(select(table)).mappings():
        said = {"title": "another"} if "title" in row else {}
        writing.execute(insert(table), {**row, **said})


@pytest.mark.parametrize("copy", [nothing, other_words])
def test_rows_that_arrive_otherwise_are_not_kept(
    new_url: Callable[[], str], file: Path, monkeypatch: pytest.MonkeyPatch, copy: object
) -> None:
    source, target = f"sqlite:///{file}", new_url()
    fill(source)
    monkeypatch.setattr("casebuilder.store.moving._copy_rows", copy)
    with pytest.raises(StoreError, match="did not keep every row"):
        migrate(source, target)
    assert seen(target)["cases"] == ()
