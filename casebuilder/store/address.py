"""Where a store is: an SQLite file that needs no set-up, or a PostgreSQL database named by its URL."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from casebuilder.store.errors import StoreError

#: The environment variable that names another place than the usual file.
VARIABLE = "CASEBUILDER_DATABASE_URL"
#: Where that file is.
FOLDER, FILE_NAME = Path.home() / ".casebuilder", "cases.sqlite"
_SQLITE, _POSTGRES = "sqlite", "postgresql+psycopg"
_ENGINES = {"sqlite": _SQLITE, "sqlite+pysqlite": _SQLITE} | dict.fromkeys(
    ("postgres", "postgresql", "postgresql+psycopg"), _POSTGRES
)
_ALLOWED = "sqlite:///<file> or postgresql://<user>:<password>@<host>/<database>"


def default_url(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The address of the store: what the environment names, else a file in this folder."""
    return environment.get(VARIABLE) or file_url(folder / FILE_NAME)


def file_url(path: Path) -> str:
    """The address of a store in a file."""
    return URL.create(_SQLITE, database=str(path)).render_as_string(hide_password=False)


def parsed(url: str) -> URL:
    """The address with the driver that is used for it; StoreError where it names no engine that is known."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"The address of the saved cases is none; write {_ALLOWED} ({VARIABLE}).") from None
    driver = _ENGINES.get(address.drivername)
    if driver is None:
        found = f"Cases are not kept in {address.get_backend_name()}"
        raise StoreError(f"{found}: write {_ALLOWED} ({VARIABLE}).")
    if driver == _SQLITE:
        return URL.create(_SQLITE, database=str(_path(address.database)))
    return address.set(drivername=driver)


def file_of(address: URL) -> Path | None:
    """The file of a store in SQLite, None for PostgreSQL."""
    return Path(address.database or "") if address.drivername == _SQLITE else None


def where(address: URL) -> str:
    """The store as messages call it, without a password."""
    path = file_of(address)
    if path is not None:
        return str(path)
    return f"the database {address.database or ''} on {address.host or 'this machine'}"


def _path(database: str | None) -> Path:
    if not database or database == ":memory:" or database.startswith("file:"):
        raise StoreError(f"The saved cases need a file: write sqlite:///<file> ({VARIABLE}).")
    return Path(database).absolute()
