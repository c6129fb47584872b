"""How a migration meets a database that may already be the pipeline's.

It creates only what is missing and adds only columns that may be empty; nothing that is
there is altered or dropped, and no row is touched. A migration that goes through these
functions can also be written out as statements without being run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alembic import context, op
from sqlalchemy import Column, Connection, Inspector, Table, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable

from clipbot.errors import ConfigurationError
from clipbot.store.database import is_postgres


@dataclass(frozen=True)
class Adoption:
    """What one revision wants to be there."""

    pipeline: Sequence[Table]
    """The pipeline's tables, parents first, with our added columns."""
    ours: Sequence[Table]
    added: Mapping[str, Sequence[str]]
    """Our columns on the pipeline's tables."""

    def carry_out(self) -> None:
        """Create what is missing.

        Raises:
            ConfigurationError: A table is in the way, or lacks columns of the pipeline.
        """
        connection: Connection = context.config.attributes["connection"]
        report: list[str] = context.config.attributes["report"]
        inspector = inspect(connection)
        present = set(inspector.get_table_names())
        self._check(inspector, present)
        is_public = _has_anonymous_readers(connection)
        for table in (*self.pipeline, *self.ours):
            if table.name not in present:
                _create(table, is_public=is_public)
                if table in self.pipeline and is_postgres(connection):
                    # The pipeline writes its rows without ids.
                    op.alter_column(table.name, "id", server_default=text("gen_random_uuid()"))
                report.append(f"created table {table.name}")
                continue
            report.extend(_add_columns(inspector, table, self.added.get(table.name, ())))

    def _check(self, inspector: Inspector, present: set[str]) -> None:
        for table in self.ours:
            if table.name in present:
                raise ConfigurationError(
                    f"The database has a table {table.name} that is not clipbot's; "
                    "please give clipbot a database or schema of its own."
                )
        for table in self.pipeline:
            if table.name not in present:
                continue
            there = {column["name"] for column in inspector.get_columns(table.name)}
            wanted = set(table.c.keys()) - set(self.added.get(table.name, ()))
            if wanted - there:
                raise ConfigurationError(
                    f"The pipeline's table {table.name} lacks {', '.join(sorted(wanted - there))}; "
                    "please run the pipeline's own migrations first."
                )


def _create(table: Table, *, is_public: bool) -> None:
    op.execute(CreateTable(table))
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        op.execute(CreateIndex(index))
    if is_public:
        # Without it everybody with the project's public key could read and write the table.
        op.execute(text(f'ALTER TABLE "{table.name}" ENABLE ROW LEVEL SECURITY'))


def _add_columns(inspector: Inspector, table: Table, names: Sequence[str]) -> list[str]:
    there = {column["name"] for column in inspector.get_columns(table.name)}
    missing = [name for name in names if name not in there]
    for name in missing:
        column = table.c[name]
        op.add_column(table.name, Column(name, column.type, nullable=True))
    indexed = {index["name"] for index in inspector.get_indexes(table.name)}
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        # The pipeline's own indexes are its own affair.
        if index.name not in indexed and {column.name for column in index.columns} <= set(names):
            op.execute(CreateIndex(index))
    return [f"added {table.name}.{name}" for name in missing]


def _has_anonymous_readers(connection: Connection) -> bool:
    """Return whether this is a Supabase database, which serves its tables to the web."""
    if not is_postgres(connection):
        return False
    return bool(connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = 'anon'")))
