"""A whole store at once: into a backup, back from one, and from a file into a database."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, select

from casebuilder.store import files
from casebuilder.store.address import file_of, file_url, parsed, where
from casebuilder.store.engine import in_sentences, one_moment, transaction
from casebuilder.store.errors import StoreError
from casebuilder.store.schema import existing, make, opened
from casebuilder.store.tables import cases, metadata, versions

#: Rows copied at a time: a few MB.
_BATCH = 100
_HASHES = 2**256


@dataclass(frozen=True)
class Moved:
    """How many cases and versions a whole store had when it was copied and compared."""

    cases: int
    versions: int


def backup(url: str, path: Path) -> Moved:
    """Copy a store into a new file, as it is at this moment and while it is in use.

    The file is a store of its own, whichever engine the other has, and holds what is private. StoreError where there
    is a file of this name already.
    """
    source = existing(url)
    try:
        if path.exists() or not files.made(path, lambda beside: _fill(source, beside)):
            raise StoreError(f"{path} is there already and was left as it is: name another file.")
    finally:
        source.dispose()
    return _counted(path)


def restore(path: Path, url: str, replace: bool = False) -> Moved:
    """Make the store at an address what it was when the backup in `path` was made; the backup stays as it is.

    Where a file holds saved cases already, StoreError unless `replace`: ask before. It is copied beside itself first.
    A database has to be empty. Restart the app afterwards: what people have open is from the store that was there.
    """
    target = file_of(parsed(url))
    files.check_is_ours(path)
    with tempfile.TemporaryDirectory(prefix="casebuilder-") as folder:
        copy = Path(folder) / path.name
        with in_sentences(parsed(file_url(path))):
            files.made(copy, lambda beside: files.copied(path, beside))
        found = _counted(copy)
        if target is None:
            return migrate(file_url(copy), url)
        _put(copy, target, replace)
    return found


def migrate(from_url: str, to_url: str) -> Moved:
    """Copy everything into an empty store of either engine, and compare what arrived; all of it or nothing."""
    source = existing(from_url)
    try:
        target = opened(to_url)
        try:
            return _copied(source, target)
        finally:
            target.dispose()
    finally:
        source.dispose()


def _counted(path: Path) -> Moved:
    """Open a store in a file, with every check, and count."""
    engine = existing(file_url(path))
    try:
        with transaction(engine, writes=False) as connection:
            return _count(connection)
    finally:
        engine.dispose()


def _fill(source: Engine, beside: Path) -> None:
    """A copy of a store in an empty file: page by page from a file, row by row from a database."""
    path = file_of(source.url)
    if path is not None:
        with in_sentences(source.url):
            files.copied(path, beside)
        return
    target = make(beside)
    try:
        _copied(source, target)
    finally:
        target.dispose()


def _put(copy: Path, target: Path, replace: bool) -> None:
    with in_sentences(parsed(file_url(target))):
        if not target.exists() and files.made(target, lambda beside: files.copied(copy, beside)):
            return
        if not replace:
            raise StoreError(
                f"{target} is there already and was left as it is: say that it is to be replaced."
            )
        if files.is_sound(target):
            files.copied_beside(target, "replaced")
            files.put_back(copy, target)
        else:
            files.moved_beside(target, "damaged")
            files.made(target, lambda beside: files.copied(copy, beside))


def _copied(source: Engine, target: Engine) -> Moved:
    with one_moment(source) as reading, transaction(target, writes=True) as writing:
        if not _is_empty(writing):
            raise StoreError(f"{where(target.url)} holds saved cases already: name an empty store.")
        for table in metadata.sorted_tables:
            _copy_rows(table, reading, writing)
            if _census(table, reading) != _census(table, writing):
                raise StoreError(f"{where(target.url)} did not keep every row as it was: nothing was copied.")
        return _count(writing)


def _is_empty(connection: Connection) -> bool:
    """Whether nothing at all is kept, drafts included."""
    return all(connection.execute(select(table).limit(1)).first() is None for table in metadata.sorted_tables)


def _copy_rows(table: Table, reading: Connection, writing: Connection) -> None:
    rows = reading.execute(select(table).execution_options(yield_per=_BATCH)).mappings()
    for some in rows.partitions():
        writing.execute(insert(table), [dict(row) for row in some])


def _census(table: Table, connection: Connection) -> tuple[int, int]:
    """The number of rows, and a sum over all that they hold, whatever their order: engines sort texts differently."""
    count = total = 0
    for row in connection.execute(select(table).execution_options(yield_per=_BATCH)):
        said = repr(tuple(row)).encode("utf-8", "backslashreplace")
        count, total = count + 1, total + int.from_bytes(hashlib.sha256(said).digest(), "big")
    return count, total % _HASHES


def _count(connection: Connection) -> Moved:
    every = (connection.execute(select(func.count()).select_from(table)) for table in (cases, versions))
    return Moved(*(int(counted.scalar_one()) for counted in every))
