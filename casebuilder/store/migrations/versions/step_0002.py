"""What people typed for a case that is not one yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """One table more; what is there stays as it is."""
    op.create_table(
        "saved_draft",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("writer", sa.String(32), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
