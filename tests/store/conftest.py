"""Stores to test with: an SQLite file and a real PostgreSQL, the same tests on both."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from casebuilder.store import Store

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.judge))


class Clock:
    """A clock that goes one second further whenever somebody looks, and further when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)


def empty_database(postgres: str, number: int) -> str:
    """The address of a database with nothing in it; every test gets the same ones, for making one is slow."""
    name = f"store_{number}"
    address = postgres.replace("postgresql:", "postgresql+psycopg:")
    with connected(address) as connection:
        known = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if known.first() is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
    with connected(address.replace("/postgres?", f"/{name}?")) as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return postgres.replace("/postgres?", f"/{name}?")


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """A connection outside of any transaction."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes addresses at which there is no store yet, on one engine and then on the other."""
    numbers = itertools.count(1)
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'store {next(numbers)}' / 'cases.sqlite'}"
    postgres = request.getfixturevalue("postgres")
    return lambda: empty_database(postgres, next(numbers))


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """The address of one store."""
    return new_url()


@pytest.fixture
def clock() -> Clock:
    """The clock of `store`."""
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    """An empty store."""
    with Store(url, clock=clock) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a store that is not made yet, for what only files can be."""
    return tmp_path / "kept" / "cases.sqlite"
