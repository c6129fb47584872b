"""The requests that came with a key, and what they were answered.

A key is one person's. Taking it is one INSERT, so of two requests with the same key one
is carried out, whichever process they reach.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, delete, update
from sqlmodel import col, select

from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import KeptAnswer, KeptRequest
from clipbot.store.tables import IdempotencyKeyRow


@dataclass(frozen=True)
class Repeats:
    """The keys of all people."""

    engine: Engine

    def take(
        self, user_id: UUID, key: str, fingerprint: str, *, now: datetime, older: datetime
    ) -> bool:
        """Take a key for a request, unless it is taken.

        Args:
            user_id: Whose key it is.
            key: As it was sent.
            fingerprint: Of the request.
            now: When.
            older: A key that was taken before this counts no more.

        Returns:
            Whether the request is to be carried out.
        """
        with writing(self.engine) as session:
            session.execute(
                delete(IdempotencyKeyRow).where(
                    col(IdempotencyKeyRow.user_id) == user_id,
                    col(IdempotencyKeyRow.key) == key,
                    col(IdempotencyKeyRow.started_at) < older,
                )
            )
            fresh = states.insert(session, IdempotencyKeyRow).values(
                user_id=user_id, key=key, fingerprint=fingerprint, started_at=now
            )
            taken = session.execute(
                fresh.on_conflict_do_nothing().returning(col(IdempotencyKeyRow.key))
            )
            return taken.first() is not None

    def get(self, user_id: UUID, key: str) -> KeptRequest | None:
        """Return the request that has a key; None: nobody has it."""
        query = select(IdempotencyKeyRow).where(
            IdempotencyKeyRow.user_id == user_id, IdempotencyKeyRow.key == key
        )
        with reading(self.engine) as session:
            row = session.exec(query).first()
            return None if row is None else _record(row)

    def keep(self, user_id: UUID, key: str, answer: KeptAnswer) -> None:
        """Write down what the request that took a key was answered."""
        with writing(self.engine) as session:
            session.execute(
                update(IdempotencyKeyRow)
                .where(col(IdempotencyKeyRow.user_id) == user_id, col(IdempotencyKeyRow.key) == key)
                .values(status=answer.status, body=answer.body)
            )

    def give_back(self, user_id: UUID, key: str) -> None:
        """Let a key be taken again: its request changed nothing."""
        with writing(self.engine) as session:
            session.execute(
                delete(IdempotencyKeyRow).where(
                    col(IdempotencyKeyRow.user_id) == user_id,
                    col(IdempotencyKeyRow.key) == key,
                    col(IdempotencyKeyRow.status).is_(None),
                )
            )

    def forget(self, before: datetime) -> int:
        """Forget the keys that were taken before a moment, and return how many those were."""
        with writing(self.engine) as session:
            gone = session.execute(
                delete(IdempotencyKeyRow)
                .where(col(IdempotencyKeyRow.started_at) < before)
                .returning(col(IdempotencyKeyRow.key))
            )
            return len(gone.all())


def _record(row: IdempotencyKeyRow) -> KeptRequest:
    answer = None
    if row.status is not None and row.body is not None:
        answer = KeptAnswer(row.status, row.body)
    return KeptRequest(row.fingerprint, row.started_at, answer)
