"""The choice among takes: once it is made, none of its batch is offered any longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from clipbot.errors import JobBusy
from clipbot.store import events, messages, states
from clipbot.store import regeneration_rows as rows
from clipbot.store.database import reading, writing
from clipbot.store.events import NewEvent
from clipbot.store.records import RegenerationRecord
from clipbot.store.tables import ClipVersionRow, RegenerationRow


@dataclass(frozen=True)
class Takes:
    """The takes of all jobs."""

    engine: Engine

    def of_clip(self, job_id: UUID, clip_index: int) -> list[tuple[RegenerationRecord, bool]]:
        """Return the takes of a clip, newest batch first and then by number.

        Each comes with whether a person has chosen among those of its batch.
        """
        with reading(self.engine) as session:
            found = session.exec(
                select(RegenerationRow)
                .where(
                    RegenerationRow.job_id == job_id,
                    RegenerationRow.clip_index == clip_index,
                    RegenerationRow.take_number > 0,
                )
                .order_by(
                    col(RegenerationRow.created_at).desc(),
                    col(RegenerationRow.batch_id),
                    col(RegenerationRow.take_number),
                )
            )
            return [(rows.record(row), row.decided_at is not None) for row in found]

    def turn_down(
        self,
        job_id: UUID,
        regeneration_ids: Sequence[UUID],
        *,
        clip_index: int,
        message: str,
        now: datetime,
    ) -> None:
        """Offer none of some takes any longer; the film stays as it is. Harmless when done.

        Raises:
            JobNotFound: There is no such job.
            JobBusy: One of them is not made yet.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            found = session.exec(
                select(RegenerationRow).where(
                    RegenerationRow.job_id == job_id, col(RegenerationRow.id).in_(regeneration_ids)
                )
            ).all()
            if any(row.status in rows.OPEN for row in found):
                raise JobBusy
            if not any(row.decided_at is None for row in found):
                return
            _decide(session, [row.id for row in found], now)
            event = NewEvent("takes_decided", message, clip_index=clip_index)
            events.append(session, job_id, event, now=now)
            clips = (clip_index + 1,)
            messages.append(session, job_id, role="system", content=message, now=now, clips=clips)

    def drop(self, job_id: UUID, regeneration_id: UUID, *, now: datetime) -> None:
        """Offer the version that an edit made no longer, whether or not it is a take.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            _decide(session, [regeneration_id], now)


def decide(session: Session, job_id: UUID, clip_index: int, number: int, *, now: datetime) -> None:
    """Offer none of the takes any longer that a version is one of; of other versions, nothing."""
    batch_id = session.exec(
        select(RegenerationRow.batch_id)
        .join(ClipVersionRow, col(ClipVersionRow.regeneration_id) == RegenerationRow.id)
        .where(
            ClipVersionRow.job_id == job_id,
            ClipVersionRow.clip_index == clip_index,
            ClipVersionRow.version_number == number,
            RegenerationRow.take_number > 0,
        )
    ).first()
    if batch_id is None:
        return
    made_with = select(RegenerationRow.id).where(RegenerationRow.batch_id == batch_id)
    _decide(session, session.exec(made_with).all(), now)


def _decide(session: Session, regeneration_ids: Sequence[UUID], now: datetime) -> None:
    session.execute(
        update(RegenerationRow)
        .where(
            col(RegenerationRow.id).in_(regeneration_ids), col(RegenerationRow.decided_at).is_(None)
        )
        .values(decided_at=now)
    )
