"""Connections are set so that an answered save survives, and their errors are sentences without contents."""

import logging
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from casebuilder.store import Store, StoreError
from casebuilder.store.address import parsed
from casebuilder.store.engine import engine_of, transaction
from casebuilder.store.schema import opened
from tests.store.samples import CANARY, case


def test_a_file_is_written_through_and_keeps_references(file: Path) -> None:
    engine = opened(f"sqlite:///{file}")
    with transaction(engine, writes=False) as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    engine.dispose()
    full = 2
    assert said == {
        "journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 15_000,
    }  # fmt: skip


@pytest.mark.judge
def test_a_database_is_written_through(postgres: str) -> None:
    engine = engine_of(parsed(postgres))
    with transaction(engine, writes=False) as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        assert connection.execute(text("SHOW lock_timeout")).scalar() == "15s"
    engine.dispose()


def test_a_file_that_others_hold_too_long_is_said_to_be_busy(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebuilder.store.engine.PATIENCE", 0.1)
    with Store(f"sqlite:///{file}") as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="busy with other saves; try again"):
            store.create(case(), author="Ann")
        assert store.cases() == (), "who only reads does not wait"
        other.close()
        store.create(case(), author="Ann")


def test_a_database_that_does_not_answer_is_said_without_the_password() -> None:
    with pytest.raises(StoreError, match=r"the database cases on 127\.0\.0\.1 does not answer") as caught:
        Store("postgresql://ann:hush-hush@127.0.0.1:1/cases")
    assert "hush" not in str(caught.value)


def test_no_error_or_log_repeats_what_was_to_be_saved(
    store: Store, url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the engine itself refuses a row: here the second version of a number that is taken."""
    caplog.set_level(logging.DEBUG)
    id = store.create(case(CANARY), author=CANARY, comment=CANARY).case_id
    store.save(id, case(CANARY), expected=1, author=CANARY)
    monkeypatch.setattr("casebuilder.store.saving._advance", lambda *given: True)
    engine = opened(url)
    with transaction(engine, writes=True) as connection:
        connection.execute(text("UPDATE saved_case SET last_number = 1"))
    engine.dispose()
    with pytest.raises(StoreError) as caught:
        store.save(id, case(CANARY), expected=2, author=CANARY, comment=CANARY)
    assert "did not do what was asked" in str(caught.value)
    error: BaseException | None = caught.value
    while error is not None:
        assert CANARY not in f"{error} {error!r}"
        error = error.__cause__ or error.__context__
    assert CANARY not in caplog.text
