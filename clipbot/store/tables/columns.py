"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Float, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON; Python's None is the database's NULL, never JSON's `null`."""

Serial = BigInteger().with_variant(Integer, "sqlite")
"""A key that counts by itself; SQLite does that for INTEGER only."""


class Utc(TypeDecorator[datetime]):
    """An aware datetime in UTC. SQLite keeps no zone, so there it is written without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as this database keeps it."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Dollars(TypeDecorator[Decimal]):
    """An exact amount in one of the pipeline's decimal columns.

    SQLite has no decimals: there the nearest float is kept and rounded back on reading.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.scale = scale
        self._step = Decimal(1).scaleb(-scale)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column in this database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Float())
        return dialect.type_descriptor(self.impl_instance)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Return the amount as this database keeps it, halves rounded up."""
        if value is None:
            return None
        exact = Decimal(value).quantize(self._step, ROUND_HALF_UP)
        return float(exact) if dialect.name == "sqlite" else exact

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> Decimal | None:
        """Return the exact amount."""
        return None if value is None else Decimal(str(value)).quantize(self._step, ROUND_HALF_UP)


class Words(TypeDecorator[str]):
    """Text from people, models and other programs.

    PostgreSQL refuses the NUL character and no database takes half surrogate pairs; both
    become the replacement character, as everywhere on the web.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> str | None:
        """Return the text without what a database refuses."""
        if value is None:
            return None
        whole = value.encode("utf-8", "replace").decode("utf-8")
        return whole.replace("\0", "\ufffd")
