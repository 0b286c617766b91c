"""The tables of a store as this version of the program knows them; migrations/ holds how they came about."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

#: The number of the newest migration: the one that made the tables below.
SCHEMA = 2
#: Where a store keeps the number of its last migration.
SCHEMA_TABLE = "casebuilder_schema"


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC on either engine; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, whatever zone it was given in."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

#: A case: the number of its newest version, and the last number given to a version in the line or beside it.
cases = Table(
    "saved_case",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("head", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
)

#: Its versions; rows are added and never changed, but for `state`. `digest` is the SHA-256 of the text before it is
#: compressed into `content`, which stands last so that a list need not read past it.
versions = Table(
    "saved_version",
    metadata,
    Column("case_id", String(32), ForeignKey(cases.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("parent", Integer),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("fingerprint", String(12), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("save_key", String(100), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
Index("saved_version_state", versions.c.case_id, versions.c.state)

#: Names that people gave to versions.
snapshots = Table(
    "saved_snapshot",
    metadata,
    Column("case_id", String(32), primary_key=True),
    Column("label", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    ForeignKeyConstraint(["case_id", "number"], [versions.c.case_id, versions.c.number], ondelete="CASCADE"),
)

#: Where each person was in a case.
places = Table(
    "saved_place",
    metadata,
    Column("case_id", String(32), ForeignKey(cases.c.id, ondelete="CASCADE"), primary_key=True),
    Column("author", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

#: What people typed for a case that is not one yet; `writer` is the window that kept it last.
drafts = Table(
    "saved_draft",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("author", Text, nullable=False),
    Column("writer", String(32), nullable=False),
    Column("state", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
