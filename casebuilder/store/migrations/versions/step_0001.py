"""Cases, their versions, snapshots, and the places where people were."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From an empty store."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "saved_case",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("deleted_at", moment),
    )
    op.create_table(
        "saved_version",
        sa.Column("case_id", sa.String(32), _of_a_case(), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(12), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("save_key", sa.String(100), nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("saved_version_state", "saved_version", ["case_id", "state"])
    op.create_table(
        "saved_snapshot",
        sa.Column("case_id", sa.String(32), primary_key=True),
        sa.Column("label", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "number"], ["saved_version.case_id", "saved_version.number"], ondelete="CASCADE"
        ),
    )
    op.create_table(
        "saved_place",
        sa.Column("case_id", sa.String(32), _of_a_case(), primary_key=True),
        sa.Column("author", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
    )


def _of_a_case() -> sa.ForeignKey:
    return sa.ForeignKey("saved_case.id", ondelete="CASCADE")
