"""Connections to either engine, set so that an answered save survives a crash, and their errors as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from casebuilder.store.address import file_of, where
from casebuilder.store.errors import StoreError

#: Seconds that a save waits for others before it says that it cannot.
PATIENCE = 15
#: Every connection to a file: readers beside a writer, each commit on the disk before it is answered, what is deleted
#: overwritten, references kept.
_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF",
)  # fmt: skip
#: Any number, the same for every program that uses a database.
_LOCK = 0x43586362
_WRITES = "casebuilder_writes"
#: How SQLite's codes begin, and what that means to a reader.
_SAID = {
    "SQLITE_BUSY": "is busy with other saves; try again",
    "SQLITE_LOCKED": "is busy with other saves; try again",
    "SQLITE_FULL": "cannot grow, for the disk is full; make room and try again",
    "SQLITE_READONLY": "cannot be written; give this program the right to write the file and its folder",
    "SQLITE_PERM": "cannot be written; give this program the right to write the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened; look whether its folder is there and may be written",
    "SQLITE_IOERR": "cannot be read or written, says the disk; look after the disk, then run verify",
    "SQLITE_CORRUPT": "is damaged; restore a backup",
    "SQLITE_NOTADB": "is damaged or no store of saved cases; restore a backup",
}
#: PostgreSQL's codes: a lock not granted in time, others in the way, no room, a copy that only reads.
_SAID_BY_STATE = {
    "55P03": _SAID["SQLITE_BUSY"],
    "40001": _SAID["SQLITE_BUSY"],
    "40P01": _SAID["SQLITE_BUSY"],
    "53100": _SAID["SQLITE_FULL"],
    "25006": "cannot be written; name a database that takes changes",
}
_UNREACHABLE = "does not answer; look whether it runs and whether address, user and password are right"
_OTHERWISE = "did not do what was asked; run verify on it"


def engine_of(address: URL) -> Engine:
    """An engine on an address from `address.parsed`; nothing is opened yet. No error of it repeats a value."""
    if file_of(address) is not None:
        engine = create_engine(address, hide_parameters=True, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine
    options = f"-c synchronous_commit=on -c lock_timeout={PATIENCE}s"
    return create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": PATIENCE, "options": options, "client_encoding": "utf8"},
    )


@contextmanager
def transaction(engine: Engine, writes: bool) -> Iterator[Connection]:
    """One transaction: all of it or nothing. One that writes has the file to itself from its beginning."""
    with in_sentences(engine.url):
        connecting = engine.connect().execution_options(**{_WRITES: writes})
        with connecting as connection, connection.begin():
            yield connection


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees everything as it is at one moment, for reading a whole store."""
    isolation = {} if file_of(engine.url) else {"isolation_level": "REPEATABLE READ"}
    with in_sentences(engine.url):
        connecting = engine.connect().execution_options(**isolation)
        with connecting as connection, connection.begin():
            yield connection


def alone(connection: Connection) -> None:
    """Until the transaction ends nobody else passes here; who writes a file is alone in it anyway."""
    if file_of(connection.engine.url) is None:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def overwrite_deleted(engine: Engine) -> None:
    """Empty the log of a file, so that what was deleted for good stands nowhere; nobody is disturbed."""
    if file_of(engine.url) is not None:
        with in_sentences(engine.url), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def in_sentences(address: URL) -> Iterator[None]:
    """What the engine complains about as a StoreError, with nothing of what was to be saved."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(_sentence(address, error)) from None
    except sqlite3.Error as error:
        raise StoreError(f"{where(address)} {_meaning(error)}.") from None


def _sentence(address: URL, error: SQLAlchemyError) -> str:
    store = where(address)
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return f"{store} {_meaning(error.orig)}."
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    if state in _SAID_BY_STATE:
        return f"{store} {_SAID_BY_STATE[state]}."
    if isinstance(error, OperationalError):
        return f"{store} {_UNREACHABLE}. A save that was not answered can be made again with the same key."
    return f"{store} {_OTHERWISE}."


def _meaning(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorname", "")
    return next((said for begin, said in _SAID.items() if code.startswith(begin)), _OTHERWISE)


def _set_up(connection: Any, record: object) -> None:
    """Our own BEGIN, not the driver's, which leaves changes of tables out of the transaction."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
