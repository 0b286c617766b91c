"""What is no store, or not any more, is refused in a sentence and left as it is."""

import sqlite3
import stat
from pathlib import Path

import pytest

from casebuilder.store import Store, StoreError
from tests.store.samples import CANARY, case


def url_of(path: Path) -> str:
    """The address of a file."""
    return f"sqlite:///{path}"


def filled(path: Path, many: int = 30) -> Path:
    """A store with some cases, everything of it in the one file."""
    with Store(url_of(path)) as store:
        for number in range(many):
            store.create(case(f"Case {number}"), author="Ann")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def refused(path: Path) -> str:
    """The sentence with which a file is refused; the file stays as it was."""
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store(url_of(path))
    assert path.read_bytes() == before
    assert str(caught.value).startswith(str(path))
    return str(caught.value)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.sqlite"
    path.touch()
    assert "is empty and no store" in refused(path)


@pytest.mark.parametrize("content", [b"x", b"casebuilder: 1\ntitle: no store\n" * 9, b"SQLite format 3\0"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.sqlite"
    path.write_bytes(content)
    assert "no store of saved cases" in refused(path)


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE saved_case (id TEXT)")
    connection.close()
    assert "belongs to another program" in refused(path)


def test_a_store_of_a_newer_version_is_refused(file: Path) -> None:
    filled(file, 1)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "newer version of Casebuilder" in refused(file)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.98])
def test_a_torn_file_is_refused(file: Path, share: float) -> None:
    raw = filled(file).read_bytes()
    file.write_bytes(raw[: int(len(raw) * share)])
    assert "is damaged" in refused(file)


def test_a_file_with_damage_inside_is_refused(file: Path) -> None:
    raw = bytearray(filled(file).read_bytes())
    for start in range(4096, len(raw), 4096):
        raw[start : start + 8] = b"\xff" * 8
    file.write_bytes(raw)
    assert "is damaged" in refused(file)


def test_a_folder_and_a_place_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        Store(url_of(tmp_path))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        Store(url_of(tmp_path / "file" / "cases.sqlite"))


def test_only_the_owner_may_read_a_store(file: Path) -> None:
    filled(file, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_deleted_for_good_stands_nowhere_in_the_file(file: Path) -> None:
    with Store(url_of(file)) as store:
        version = store.create(case("A title to be forgotten"), author="Ann", comment=CANARY)
        store.create(case("Another"), author="Ann")
        assert CANARY.encode() in everything(file)
        store.delete(version.case_id)
        store.purge(version.case_id)
        assert CANARY.encode() not in everything(file)
        assert b"A title to be forgotten" not in everything(file)


def everything(file: Path) -> bytes:
    """The bytes of a store and of its log."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.iterdir()) if "-shm" not in path.name)


def test_making_a_store_leaves_nothing_beside_it(file: Path) -> None:
    with Store(url_of(file)):
        pass
    assert {path.name for path in file.parent.iterdir()} <= {
        file.name,
        f"{file.name}-wal",
        f"{file.name}-shm",
    }
