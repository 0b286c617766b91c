"""The tables are those that the program knows, and an older store is brought up to date, or left as it is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from casebuilder.store import Store, StoreError, new_key, schema
from casebuilder.store.engine import transaction
from casebuilder.store.tables import SCHEMA, SCHEMA_TABLE, metadata
from tests.store.samples import case

NEXT = '''"""One more column."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{newest}"


def upgrade() -> None:
    op.add_column("saved_case", sa.Column("colour", sa.Text))
    {then}
'''


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Turns the program into its next version, whose last step ends with the given line."""

    def turn(then: str = "") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        number, newest = f"{SCHEMA + 1:04d}", f"{SCHEMA:04d}"
        step = NEXT.format(number=number, newest=newest, then=then)
        (folder / "versions" / f"step_{number}.py").write_text(step)
        monkeypatch.setattr(schema, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "SCHEMA", SCHEMA + 1)

    return turn


def test_the_migrations_lead_to_the_tables_the_program_knows(url: str) -> None:
    engine = schema.opened(url)
    with transaction(engine, writes=False) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": SCHEMA_TABLE})
        assert compare_metadata(context, metadata) == []
        assert schema.schema_of(connection) == SCHEMA
    engine.dispose()


def test_the_number_is_that_of_the_newest_migration() -> None:
    script = ScriptDirectory(str(schema.MIGRATIONS))
    assert script.get_heads() == [f"{SCHEMA:04d}"]
    assert all(
        step.module.__doc__ and not hasattr(step.module, "downgrade") for step in script.walk_revisions()
    )


def test_an_older_store_is_brought_up_to_date(url: str, next_version: Callable[[str], None]) -> None:
    with Store(url) as store:
        version = store.create(case("Before"), author="Ann")
    next_version("")
    for _ in range(2):
        with Store(url) as store:
            assert store.read(version.case_id).case.title == "Before"
    engine = schema.opened(url)
    assert "colour" in {column["name"] for column in inspect(engine).get_columns("saved_case")}
    engine.dispose()


def test_a_store_of_the_first_version_gets_drafts_and_keeps_its_cases(url: str, tmp_path: Path) -> None:
    first = tmp_path / "first"
    shutil.copytree(schema.MIGRATIONS, first, ignore=shutil.ignore_patterns("__pycache__", "step_0002.py"))
    with pytest.MonkeyPatch.context() as older:
        older.setattr(schema, "SCHEMA", 1)
        older.setattr(schema, "MIGRATIONS", first)
        with Store(url) as store:
            version = store.create(case("Before"), author="Ann")
            store.remember(version.case_id, {"page": "answer"}, author="Ann")
            with pytest.raises(StoreError):
                store.drafts(author="Ann")
    with Store(url) as store:
        assert store.read(version.case_id).case.title == "Before"
        assert store.place(version.case_id, author="Ann") is not None
        draft = store.keep_draft(new_key(), {"name": "Harbour"}, author="Ann", writer=new_key())
        assert store.drafts(author="Ann") == (draft,)


def test_a_file_is_copied_before_it_is_brought_up_to_date(
    file: Path, next_version: Callable[[str], None]
) -> None:
    with Store(f"sqlite:///{file}") as store:
        store.create(case("Before"), author="Ann")
    next_version("")
    Store(f"sqlite:///{file}").close()
    (copy,) = file.parent.glob(f"cases-before-update-from-{SCHEMA}-*.sqlite")
    engine = schema.engine_of(schema.parsed(f"sqlite:///{copy}"))
    with transaction(engine, writes=False) as connection:
        assert schema.schema_of(connection) == SCHEMA
        assert connection.execute(text("SELECT title FROM saved_version")).scalar() == "Before"
    engine.dispose()


def test_an_update_that_fails_changes_nothing(url: str, next_version: Callable[[str], None]) -> None:
    with Store(url) as store:
        version = store.create(case("Before"), author="Ann")
    next_version("op.execute('INSERT INTO nowhere VALUES (1)')")
    with pytest.raises(StoreError, match="as they were before the update"):
        Store(url)
    engine = schema.engine_of(schema.parsed(url))
    with transaction(engine, writes=False) as connection:
        assert schema.schema_of(connection) == SCHEMA
        assert connection.execute(text("SELECT case_id FROM saved_version")).scalar() == version.case_id
    assert "colour" not in {column["name"] for column in inspect(engine).get_columns("saved_case")}
    engine.dispose()


@pytest.mark.parametrize(
    ("said", "complaint"), [("0099", "newer version of Casebuilder"), ("3f2a", "another program")]
)
def test_a_store_that_this_version_does_not_know_is_refused(url: str, said: str, complaint: str) -> None:
    Store(url).close()
    engine = schema.opened(url)
    with transaction(engine, writes=True) as connection:
        connection.execute(text(f"UPDATE {SCHEMA_TABLE} SET version_num = '{said}'"))
    engine.dispose()
    with pytest.raises(StoreError, match=complaint):
        Store(url)
