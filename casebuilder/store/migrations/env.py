"""Run by Alembic: applies the steps on the connection, and inside the transaction, that schema.py opened."""

from alembic import context

from casebuilder.store.tables import SCHEMA_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=SCHEMA_TABLE)
context.run_migrations()
