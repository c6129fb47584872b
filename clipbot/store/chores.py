"""Work that one process of an installation does now and then, and the others do not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, and_, or_, update
from sqlmodel import col, select

from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import ChoreRecord
from clipbot.store.tables import ChoreRow


@dataclass(frozen=True)
class Chores:
    """Who does what, since when, and when it was done."""

    engine: Engine

    def get(self, name: str) -> ChoreRecord | None:
        """Return how a chore stands; None: nobody has begun it yet."""
        with reading(self.engine) as session:
            row = session.exec(select(ChoreRow).where(ChoreRow.name == name)).first()
            return ChoreRecord(row.began_at, row.seen_at, row.ended_at) if row else None

    def claim(
        self, name: str, holder: str, *, every: timedelta, lease: timedelta, now: datetime
    ) -> bool:
        """Begin a chore, unless it was begun lately or somebody is at it.

        One whose holder was not seen for `lease` before its end is gone on with.

        Returns:
            Whether `holder` is to do it; of several that ask at once, one is.
        """
        values = {"holder": holder, "began_at": now, "seen_at": now, "ended_at": None}
        is_due = and_(col(ChoreRow.ended_at).is_not(None), col(ChoreRow.began_at) <= now - every)
        is_left = and_(col(ChoreRow.ended_at).is_(None), col(ChoreRow.seen_at) <= now - lease)
        with writing(self.engine) as session:
            claimed = session.execute(
                states.insert(session, ChoreRow)
                .values(name=name, **values)
                .on_conflict_do_update(
                    index_elements=["name"], set_=values, where=or_(is_due, is_left)
                )
                .returning(col(ChoreRow.name))
            ).first()
            return claimed is not None

    def keep(self, name: str, holder: str, *, now: datetime) -> bool:
        """Say that the holder is still at it; return whether it is still its own."""
        return self._change(name, holder, seen_at=now)

    def end(self, name: str, holder: str, *, now: datetime) -> None:
        """Say that it is done."""
        self._change(name, holder, seen_at=now, ended_at=now)

    def _change(self, name: str, holder: str, **values: datetime) -> bool:
        with writing(self.engine) as session:
            changed = session.execute(
                update(ChoreRow)
                .where(
                    col(ChoreRow.name) == name,
                    col(ChoreRow.holder) == holder,
                    col(ChoreRow.ended_at).is_(None),
                )
                .values(**values)
                .returning(col(ChoreRow.name))
            ).first()
            return changed is not None
