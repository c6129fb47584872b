"""Alembic's way in; `clipbot.store.migrate` is the only caller."""

from alembic import context

connection = context.config.attributes["connection"]
version_table = context.config.attributes["version_table"]

if context.is_offline_mode():
    context.configure(dialect_name=connection.dialect.name, version_table=version_table)
else:
    context.configure(connection=connection, version_table=version_table)

with context.begin_transaction():
    context.run_migrations()
