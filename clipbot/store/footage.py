"""What is known of the stored media files."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction

from sqlalchemy import Engine, delete
from sqlmodel import col, select

from clipbot.domain.measures import Measures
from clipbot.errors import BlobConflict
from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import FootageRecord
from clipbot.store.tables import FootageRow, FootageSignatureRow

_KEYS_PER_QUERY = 500


@dataclass(frozen=True)
class FootageStore:
    """Media files by their blob key."""

    engine: Engine

    def get(self, key: str) -> FootageRecord | None:
        """Return what is known of a file, or None."""
        return self.many([key]).get(key)

    def many(self, keys: Iterable[str]) -> dict[str, FootageRecord]:
        """Return what is known of each file; unknown keys are absent."""
        wanted = sorted(set(keys))
        found: dict[str, FootageRecord] = {}
        with reading(self.engine) as session:
            for start in range(0, len(wanted), _KEYS_PER_QUERY):
                some = wanted[start : start + _KEYS_PER_QUERY]
                rows = session.exec(select(FootageRow).where(col(FootageRow.key).in_(some)))
                found.update((row.key, _record(row)) for row in rows)
        return found

    def signatures(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what each file shows where, as it was stored; unknown ones are absent."""
        wanted = sorted(set(keys))[:_KEYS_PER_QUERY]
        with reading(self.engine) as session:
            rows = session.exec(
                select(FootageSignatureRow).where(col(FootageSignatureRow.key).in_(wanted))
            )
            return {row.key: row.signature for row in rows}

    def put(self, record: FootageRecord, signature: bytes | None = None) -> None:
        """Write down a file, or its measures once they are known.

        Args:
            record: What is known of it.
            signature: What it shows where, as `media.signature` writes it.

        Raises:
            BlobConflict: The key is known with another digest; nothing was written.
        """
        values = {
            "key": record.key,
            "digest": record.digest,
            "size_bytes": record.size_bytes,
            "frames": record.frames,
            "rate_num": record.rate.numerator,
            "rate_den": record.rate.denominator,
            "width": record.width,
            "height": record.height,
            "measures": None if record.measures is None else _known(record.measures),
        }
        # Without measures there is nothing to add to a file that is known already.
        news = {"measures": values["measures"]} if record.measures else {"key": record.key}
        with writing(self.engine) as session:
            written = session.execute(
                states.insert(session, FootageRow)
                .values(**values)
                .on_conflict_do_update(
                    index_elements=["key"],
                    set_=news,
                    where=col(FootageRow.digest) == record.digest,
                )
                .returning(col(FootageRow.key))
            ).first()
            if written is None:
                raise BlobConflict(record.key)
            if signature is not None:
                session.execute(
                    states.insert(session, FootageSignatureRow)
                    .values(key=record.key, signature=signature)
                    .on_conflict_do_update(index_elements=["key"], set_={"signature": signature})
                )

    def forget(self, key: str) -> bool:
        """Forget a file that never became part of a version; return whether it was known."""
        with writing(self.engine) as session:
            gone = session.execute(
                delete(FootageRow).where(col(FootageRow.key) == key).returning(col(FootageRow.key))
            ).first()
            return gone is not None


def _known(measures: Measures) -> dict[str, float]:
    """Return what was measured; what was not is left out."""
    return {name: value for name, value in asdict(measures).items() if value is not None}


def _record(row: FootageRow) -> FootageRecord:
    return FootageRecord(
        key=row.key,
        digest=row.digest,
        size_bytes=row.size_bytes,
        frames=row.frames,
        rate=Fraction(row.rate_num, row.rate_den),
        width=row.width,
        height=row.height,
        measures=None if row.measures is None else Measures(**_fields(row.measures)),
    )


def _fields(stored: Mapping[str, float]) -> dict[str, float]:
    """Return what this edition knows of stored measures."""
    return {name: value for name, value in stored.items() if name in _FIELDS}


_FIELDS = frozenset(field.name for field in fields(Measures))
