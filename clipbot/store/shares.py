"""Links to reviews. Their tokens are never here, only what tells a right one from a wrong one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, delete, func, update
from sqlmodel import col, select

from clipbot.errors import ShareNotFound, TooManyShares
from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import NewShare, ShareRecord
from clipbot.store.tables import ReviewShareRow


@dataclass(frozen=True)
class Shares:
    """The links of all jobs."""

    engine: Engine

    def add(self, new: NewShare, *, most: int, now: datetime) -> ShareRecord:
        """Keep a new link; those of the job that have ended long ago are forgotten.

        Raises:
            JobNotFound: There is no such job.
            TooManyShares: `most` links of the job hold already.
        """
        with writing(self.engine) as session:
            states.lock(session, new.job_id)
            of_job = col(ReviewShareRow.job_id) == new.job_id
            hold = [col(ReviewShareRow.revoked_at).is_(None), col(ReviewShareRow.expires_at) > now]
            count = select(func.count()).select_from(ReviewShareRow).where(of_job, *hold)
            if session.exec(count).one() >= most:
                raise TooManyShares(most)
            over = (
                select(ReviewShareRow.id)
                .where(of_job)
                .order_by(col(ReviewShareRow.created_at).desc(), col(ReviewShareRow.id))
                .offset(4 * most)
            )
            gone = list(session.exec(over))
            session.execute(delete(ReviewShareRow).where(col(ReviewShareRow.id).in_(gone)))
            row = ReviewShareRow(
                id=new.id,
                job_id=new.job_id,
                user_id=new.user_id,
                label=new.label,
                digest=new.digest,
                created_at=now,
                expires_at=new.expires_at,
            )
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, share_id: UUID) -> tuple[ShareRecord, str]:
        """Return a link, and the digest of its token.

        Raises:
            ShareNotFound: There is none of this id.
        """
        with reading(self.engine) as session:
            row = session.exec(select(ReviewShareRow).where(ReviewShareRow.id == share_id)).first()
            if row is None:
                raise ShareNotFound
            return _record(row), row.digest

    def of_job(self, job_id: UUID) -> list[ShareRecord]:
        """Return the links of a job, newest first, with those that have ended."""
        query = (
            select(ReviewShareRow)
            .where(ReviewShareRow.job_id == job_id)
            .order_by(col(ReviewShareRow.created_at).desc(), col(ReviewShareRow.id))
        )
        with reading(self.engine) as session:
            return [_record(row) for row in session.exec(query)]

    def revoke(self, share_id: UUID, *, now: datetime) -> ShareRecord:
        """Take a link back; a second time changes nothing.

        Raises:
            ShareNotFound: There is none of this id.
        """
        with writing(self.engine) as session:
            session.execute(
                update(ReviewShareRow)
                .where(col(ReviewShareRow.id) == share_id, col(ReviewShareRow.revoked_at).is_(None))
                .values(revoked_at=now)
            )
            row = session.exec(select(ReviewShareRow).where(ReviewShareRow.id == share_id)).first()
            if row is None:
                raise ShareNotFound
            return _record(row)


def _record(row: ReviewShareRow) -> ShareRecord:
    return ShareRecord(
        id=row.id,
        job_id=row.job_id,
        user_id=row.user_id,
        label=row.label,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
