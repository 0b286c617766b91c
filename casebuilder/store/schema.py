"""Opens a store: makes it where there is none, refuses what is not one, brings an older one up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, text

from casebuilder.store import files
from casebuilder.store.address import file_of, file_url, parsed, where
from casebuilder.store.engine import alone, engine_of, in_sentences, transaction
from casebuilder.store.errors import StoreError
from casebuilder.store.tables import SCHEMA, SCHEMA_TABLE

MIGRATIONS = Path(__file__).with_name("migrations")


def opened(url: str) -> Engine:
    """The store at an address, ready for this program; StoreError says why it cannot be used."""
    address = parsed(url)
    path = file_of(address)
    if path is not None and not path.exists():
        files.made(path, lambda beside: make(beside).dispose())
    engine = engine_of(address)
    try:
        if path is not None:
            _check_file(path, address)
        _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def existing(url: str) -> Engine:
    """Like `opened`, but StoreError where there is no file: what was only mistyped is not made."""
    path = file_of(parsed(url))
    if path is not None and not path.exists():
        raise StoreError(f"{path} is not there: name the file of the saved cases.")
    return opened(url)


def make(path: Path) -> Engine:
    """A store in an empty file, where nobody else looks yet."""
    engine = engine_of(parsed(file_url(path)))
    _upgrade(engine)
    return engine


def schema_of(connection: Connection) -> int:
    """The number of the last migration, 0 before the first; StoreError where another program wrote it."""
    if not inspect(connection).has_table(SCHEMA_TABLE):
        return 0
    said = connection.execute(text(f"SELECT version_num FROM {SCHEMA_TABLE}")).scalar()
    if said is None or not (str(said).isascii() and str(said).isdigit()):
        raise StoreError(f"{where(connection.engine.url)} was made by another program: name another store.")
    return max(int(said), _marked(connection))


def check_schema(engine: Engine, found: int) -> None:
    """StoreError where a newer program than this one wrote the store."""
    if found > SCHEMA:
        raise StoreError(
            f"{where(engine.url)} was written by a newer version of Casebuilder (its tables are number {found}, this "
            f"version knows {SCHEMA}) and was left as it is: update Casebuilder to open it."
        )


def _check_file(path: Path, address: URL) -> None:
    files.check_is_ours(path)
    with in_sentences(address):
        files.check_is_sound(path)


def _bring_up_to_date(engine: Engine) -> None:
    with transaction(engine, writes=False) as connection:
        _check_letters(connection)
        found = schema_of(connection)
    check_schema(engine, found)
    if found < SCHEMA:
        kept = _copy_before(engine, found)
        try:
            _upgrade(engine)
        except StoreError as error:
            raise StoreError(f"{error} The saved cases are as they were before the update.{kept}") from None


def _check_letters(connection: Connection) -> None:
    """A database that does not hold every alphabet would garble names."""
    if file_of(connection.engine.url) is None:
        letters = connection.execute(text("SHOW server_encoding")).scalar()
        if letters != "UTF8":
            raise StoreError(
                f"{where(connection.engine.url)} keeps texts as {letters}: use a database made with ENCODING 'UTF8'."
            )


def _copy_before(engine: Engine, found: int) -> str:
    """A copy beside the file before its tables change; says where it is. A database is its administrator's."""
    path = file_of(engine.url)
    if path is None:
        return ""
    with in_sentences(engine.url):
        return f" A copy is {files.copied_beside(path, f'before-update-from-{found}')}."


def _upgrade(engine: Engine) -> None:
    """Every missing step in one transaction; whoever comes second finds them done."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with transaction(engine, writes=True) as connection:
        alone(connection)
        if schema_of(connection) < SCHEMA:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _mark(connection)


def _marked(connection: Connection) -> int:
    """The number of the tables in the head of a file, 0 for a database."""
    if file_of(connection.engine.url) is None:
        return 0
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _mark(connection: Connection) -> None:
    if file_of(connection.engine.url) is not None:
        connection.exec_driver_sql(f"PRAGMA application_id = {files.APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
