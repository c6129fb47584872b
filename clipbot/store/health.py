"""Which renderers fail, and which of them are left alone for a while.

Only failures in a row count: whoever works is forgotten. A renderer that has rested gets
one more chance; if it fails again it rests at once, and each time twice as long.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.tables import ModelHealthRow

_MOST_DOUBLINGS = 3
"""So the longest rest is eight times the first."""


@dataclass(frozen=True)
class Health:
    """How all renderers are."""

    engine: Engine

    def failed(
        self, renderer: str, reason: str, *, now: datetime, most: int, rest: timedelta
    ) -> None:
        """Count a failure; from `most` in a row the renderer rests.

        What fails during a rest was begun before it, and says nothing new.

        Args:
            renderer: Its key.
            reason: Why, in a few words, for people.
            now: When.
            most: Failures in a row that make it rest, at least 1.
            rest: How long it rests the first time.
        """
        with writing(self.engine) as session:
            row = _locked(session, renderer, reason, now)
            row.reason, row.updated_at = reason, now
            if row.rests_until is not None and now < row.rests_until:
                return
            row.failures += 1
            if row.failures >= most:
                row.rests_until = now + rest * 2 ** min(row.failures - most, _MOST_DOUBLINGS)

    def worked(self, renderer: str) -> None:
        """Forget the failures of a renderer, and end its rest."""
        with writing(self.engine) as session:
            session.execute(delete(ModelHealthRow).where(col(ModelHealthRow.renderer) == renderer))

    def resting(self, now: datetime) -> dict[str, tuple[str, datetime]]:
        """Return why and until when each renderer rests that does."""
        query = select(ModelHealthRow).where(col(ModelHealthRow.rests_until) > now)
        with reading(self.engine) as session:
            return {
                row.renderer: (row.reason, row.rests_until)
                for row in session.exec(query)
                if row.rests_until is not None
            }


def _locked(session: Session, renderer: str, reason: str, now: datetime) -> ModelHealthRow:
    fresh = states.insert(session, ModelHealthRow)
    values = fresh.values(renderer=renderer, failures=0, reason=reason, updated_at=now)
    session.execute(values.on_conflict_do_nothing())
    return session.exec(
        select(ModelHealthRow).where(ModelHealthRow.renderer == renderer).with_for_update()
    ).one()
