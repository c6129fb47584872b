"""Requests that are sent again are answered again, and carried out once.

Whoever does not know whether a request arrived sends it again with the same key. A key
belongs to one person and one request for a day. What was refused changed nothing, so its
key is free again.

Where a process dies between the act and its answer, nobody can say any more what the
answer was. Such a request is never carried out a second time: whoever asks is told to look.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from clipbot.domain.user import User
from clipbot.errors import KeyReused, OutcomeUnknown, RequestRunning
from clipbot.services.base import Clock
from clipbot.store.records import KeptAnswer
from clipbot.store.repeats import Repeats

__all__ = ["KeptAnswer", "RepeatService"]

KEEP: Final = timedelta(hours=24)
LONGEST: Final = timedelta(minutes=2)
"""No request takes longer than this; after it, its process is dead."""


@dataclass(frozen=True, slots=True)
class RepeatService:
    """Keeps the answers of requests that came with a key."""

    rows: Repeats
    clock: Clock

    def begin(self, user: User, key: str, fingerprint: str) -> KeptAnswer | None:
        """Take a key for a request.

        Args:
            user: Who sends it.
            key: As it was sent.
            fingerprint: Of the call and its body.

        Returns:
            What the request was answered before; None: it is to be carried out now, and
            ended by `keep` or `give_back`.

        Raises:
            KeyReused: The key came with another request before.
            RequestRunning: The same request is being carried out.
            OutcomeUnknown: The process that carried it out died over it.
        """
        now = self.clock()
        if self.rows.take(user.id, key, fingerprint, now=now, older=now - KEEP):
            return None
        kept = self.rows.get(user.id, key)
        if kept is None:  # given back just now
            raise RequestRunning
        if kept.fingerprint != fingerprint:
            raise KeyReused
        if kept.answer is None:
            raise RequestRunning if now - kept.started_at < LONGEST else OutcomeUnknown
        return kept.answer

    def keep(self, user: User, key: str, answer: KeptAnswer) -> None:
        """Keep what a request was answered."""
        self.rows.keep(user.id, key, answer)

    def give_back(self, user: User, key: str) -> None:
        """Free the key of a request that changed nothing."""
        self.rows.give_back(user.id, key)

    def forget(self, now: datetime) -> int:
        """Forget the keys of yesterday, and return how many those were."""
        return self.rows.forget(now - KEEP)
