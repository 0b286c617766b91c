"""A store as a file: whether it is one, how it comes into being, and how it is copied while it is in use."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from casebuilder.store.errors import StoreError

#: What SQLite writes at the start of each of its files, and where in them a program puts its own mark.
_MAGIC, _MARK = b"SQLite format 3\x00", slice(68, 72)
_HEADER = 100
#: Ours: "CXcb".
APPLICATION = int.from_bytes(b"CXcb", "big")
_OWNER_ONLY = 0o600
_RESTORE = "restore a backup, or name another file"


def check_is_ours(path: Path) -> None:
    """StoreError where a file is not a store of ours; nothing opens it before."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from None
    if not header:
        raise StoreError(f"{path} is empty and no store of saved cases: remove it, {_RESTORE}.")
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise StoreError(f"{path} is damaged or no store of saved cases: {_RESTORE}.")
    if int.from_bytes(header[_MARK], "big") != APPLICATION:
        raise StoreError(f"{path} belongs to another program and was left as it is: name another file.")


def check_is_sound(path: Path) -> None:
    """StoreError where SQLite's own quick check finds damage."""
    if not is_sound(path):
        raise StoreError(f"{path} is damaged; it was left as it is: {_RESTORE}.")


def is_sound(path: Path) -> bool:
    """Whether SQLite's own quick check finds no damage; sqlite3.Error where it cannot be asked."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return False
        raise


def made(path: Path, fill: Callable[[Path], None]) -> bool:
    """Make a file that is there whole or not at all; False where there is one of this name, which stays as it is.

    `fill` gets an empty file beside it, which then takes the name. Only the owner may read it, for it holds what is
    private. StoreError where the folder cannot be written.
    """
    beside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        try:
            fill(beside)
            return _named(beside, path)
        finally:
            for left in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
                left.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from None


def copied(source: Path, target: Path) -> None:
    """The store of a file, as it is at this moment, into an empty file; safe while people save."""
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with target.open("rb") as file:
        os.fsync(file.fileno())


def put_back(source: Path, target: Path) -> None:
    """Everything in the store `target` replaced by what is in `source`, in one transaction; safe while it is open."""
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)


def copied_beside(path: Path, why: str) -> Path:
    """A copy of a store in its own folder; `why` and the time are part of its name."""
    copy = _beside(path, why)
    made(copy, lambda beside: copied(path, beside))
    return copy


def moved_beside(path: Path, why: str) -> Path:
    """A damaged store out of the way, with its log, for whoever can still read something in it."""
    other = _beside(path, why)
    for end in ("-wal", "-shm", ""):
        if Path(f"{path}{end}").exists():
            Path(f"{path}{end}").rename(f"{other}{end}")
    return other


def _beside(path: Path, why: str) -> Path:
    return path.with_name(f"{path.stem}-{why}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{path.suffix}")


def _named(beside: Path, path: Path) -> bool:
    """Give a file its name unless the name is taken; in one step where the file system has links."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError:
        if path.exists():
            return False
        beside.rename(path)
    return True
