"""What becomes of the footage of versions, so that no file is lost that something needs.

State comes first, files last: one transaction under the job's lock says that a version has
no footage (or a smaller one) any more and notes the file as a leftover; the file goes
later. A new file is noted as a leftover before it is there, and not any more in the
transaction that uses it. So a process that dies anywhere leaves leftovers, which the next
one deletes, and never a version whose footage is said to be there and is not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, and_, delete, exists, func, or_
from sqlmodel import Session, col, select

from clipbot.domain.versions import ORIGINAL
from clipbot.errors import ClipBusy, FootageNeeded
from clipbot.store import states
from clipbot.store.database import reading, writing
from clipbot.store.records import FootageCounts, WantedFootage
from clipbot.store.regeneration_rows import OPEN
from clipbot.store.tables import (
    ClipVersionRow,
    JobRow,
    LeftoverRow,
    QuoteRow,
    RegenerationRow,
)
from clipbot.store.versions import current_numbers, find_version

_MOST: Final = 500
_FRESH: Final = timedelta(minutes=30)
"""An archive that was expected longer ago is not taken any more: it may be deleted by now."""


@dataclass(frozen=True)
class Retention:
    """The footage of all versions, and the files that are left over."""

    engine: Engine

    def owners(self) -> dict[UUID, UUID | None]:
        """Return the owner of each job that has versions besides its originals."""
        later = exists().where(
            col(ClipVersionRow.job_id) == col(JobRow.id),
            col(ClipVersionRow.version_number) > ORIGINAL,
            col(ClipVersionRow.footage_deleted_at).is_(None),
        )
        query = select(JobRow.id, JobRow.user_id).where(later).order_by(col(JobRow.id))
        with reading(self.engine) as session:
            return dict(session.exec(query).all())

    def wanted(self, job_id: UUID, *, now: datetime) -> WantedFootage:
        """Return what edits that are not over, and prices that stand, may still read."""
        edits = select(
            RegenerationRow.clip_index, RegenerationRow.base_number, RegenerationRow.status
        ).where(
            RegenerationRow.job_id == job_id,
            col(RegenerationRow.status).in_((*OPEN, "needs_attention")),
        )
        prices = select(QuoteRow.clips).where(
            QuoteRow.job_id == job_id,
            col(QuoteRow.spent_at).is_(None),
            col(QuoteRow.expires_at) > now,
        )
        with reading(self.engine) as session:
            rows = session.exec(edits).all()
            quoted = session.exec(prices).all()
        return WantedFootage(
            busy=frozenset(clip for clip, _, status in rows if status in OPEN)
            | {clip["clip_index"] for clips in quoted for clip in clips},
            bases=frozenset((clip, base) for clip, base, _ in rows if base is not None),
        )

    def expect(self, url: str, *, now: datetime) -> None:
        """Note a file before it is made: nobody uses it as long as nobody says so."""
        with writing(self.engine) as session:
            _note(session, url, now)

    def archive(
        self,
        job_id: UUID,
        clip_index: int,
        number: int,
        *,
        current: int,
        url: str,
        now: datetime,
    ) -> bool:
        """Let a version's archive, which was expected, take the place of its footage.

        Args:
            job_id: The job.
            clip_index: The clip.
            number: Of the version.
            current: The clip's current version, as it was when this was decided.
            url: Of the archive; that of the footage itself where it cannot be made smaller.
            now: When.

        Returns:
            Whether it was; not where something needs the footage, or the archive is gone.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            row = find_version(session, job_id, clip_index, number)
            is_known = url == row.video_url or _unnote(session, url, since=now - _FRESH)
            if not is_known or row.archived_url or row.footage_deleted_at:
                return False
            if not _is_free(session, row, current):
                _note(session, url, now)
                return False
            if url != row.video_url and not _is_shared(session, row, row.video_url):
                _note(session, row.video_url, now)
            row.archived_url, row.archived_at = url, now
            session.add(row)
            return True

    def delete(
        self, job_id: UUID, clip_index: int, number: int, *, current: int, now: datetime
    ) -> bool:
        """Say that a version has no footage any more; its file goes later.

        Returns:
            Whether it had any, and nothing needs it.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            row = find_version(session, job_id, clip_index, number)
            if row.footage_deleted_at or not _is_free(session, row, current):
                return False
            _drop(session, row, now)
            return True

    def delete_asked(self, job_id: UUID, clip_index: int, number: int, *, now: datetime) -> None:
        """Do as `delete`, since a person says so; what is deleted already stays so.

        Raises:
            ClipBusy: An edit of the clip is queued or running.
            FootageNeeded: It is the original, the current one, or one that an edit needs.
            VersionNotFound: There is no such version.
        """
        clip = f"clip {clip_index + 1}"
        if number == ORIGINAL:
            raise FootageNeeded(f"The original of {clip} always stays.")
        with writing(self.engine) as session:
            states.lock(session, job_id)
            row = find_version(session, job_id, clip_index, number)
            if row.footage_deleted_at:
                return
            if current_numbers(session, job_id).get(clip_index, ORIGINAL) == number:
                raise FootageNeeded(
                    f"The film uses version {number} of {clip}; let it use another one first."
                )
            if _is_open(session, row):
                raise ClipBusy(clip_index)
            if _is_base(session, row):
                raise FootageNeeded(
                    f"An edit of {clip} that needs attention began with version {number}."
                )
            _drop(session, row, now)

    def leftovers(self, before: datetime) -> list[str]:
        """Return the addresses of files that nobody needs since then, the oldest first.

        What a version names nevertheless is not among them.
        """
        query = (
            select(LeftoverRow.url)
            .where(col(LeftoverRow.since) <= before, ~_in_use())
            .order_by(col(LeftoverRow.since), col(LeftoverRow.url))
            .limit(_MOST)
        )
        with reading(self.engine) as session:
            return [*session.exec(query)]

    def settle(self, url: str) -> None:
        """Forget a leftover whose file is gone."""
        with writing(self.engine) as session:
            _unnote(session, url)

    def counts(self) -> FootageCounts:
        """Return how much footage is archived, deleted, and left over."""
        archived = and_(
            col(ClipVersionRow.archived_url).is_not(None),
            col(ClipVersionRow.footage_deleted_at).is_(None),
        )
        deleted = col(ClipVersionRow.footage_deleted_at).is_not(None)
        with reading(self.engine) as session:
            versions = select(func.count()).select_from(ClipVersionRow)
            oldest = select(func.count(), func.min(LeftoverRow.since)).select_from(LeftoverRow)
            left, since = session.exec(oldest).one()
            return FootageCounts(
                archived=session.exec(versions.where(archived)).one(),
                deleted=session.exec(versions.where(deleted)).one(),
                leftovers=left,
                oldest_leftover=since,
            )


def leftovers_of(session: Session, job_id: UUID) -> list[str]:
    """Forget the leftovers of a job that goes, and return their addresses."""
    mine = col(LeftoverRow.url).contains(f"/{job_id}/")
    return [
        *session.exec(delete(LeftoverRow).where(mine).returning(col(LeftoverRow.url))).scalars()
    ]


def _drop(session: Session, row: ClipVersionRow, now: datetime) -> None:
    url = row.archived_url or row.video_url
    if not _is_shared(session, row, url):
        _note(session, url, now)
    row.footage_deleted_at = now
    session.add(row)


def _is_free(session: Session, row: ClipVersionRow, current: int) -> bool:
    """Return whether nothing needs the footage, and the film stands as it was seen."""
    seen = current_numbers(session, row.job_id).get(row.clip_index, ORIGINAL)
    if seen != current or row.version_number in (ORIGINAL, current):
        return False
    return not _is_open(session, row) and not _is_base(session, row)


def _is_open(session: Session, row: ClipVersionRow) -> bool:
    return _has_edit(session, row, col(RegenerationRow.status).in_(OPEN))


def _is_base(session: Session, row: ClipVersionRow) -> bool:
    waits = col(RegenerationRow.status) == "needs_attention"
    return _has_edit(
        session, row, and_(waits, col(RegenerationRow.base_number) == row.version_number)
    )


def _has_edit(session: Session, row: ClipVersionRow, such: ColumnElement[bool]) -> bool:
    query = select(RegenerationRow.id).where(
        RegenerationRow.job_id == row.job_id, RegenerationRow.clip_index == row.clip_index, such
    )
    return session.exec(query.limit(1)).first() is not None


def _in_use() -> ColumnElement[bool]:
    """Return the condition that a version's footage is where a leftover was."""
    now_at = func.coalesce(col(ClipVersionRow.archived_url), col(ClipVersionRow.video_url))
    return exists().where(
        col(ClipVersionRow.footage_deleted_at).is_(None), now_at == LeftoverRow.url
    )


def _is_shared(session: Session, row: ClipVersionRow, url: str) -> bool:
    """Return whether a file is not the version's alone: another one's, or another job's."""
    if f"/{row.job_id}/" not in url:
        return True
    others = select(ClipVersionRow.id).where(
        col(ClipVersionRow.id) != row.id,
        or_(col(ClipVersionRow.video_url) == url, col(ClipVersionRow.archived_url) == url),
        col(ClipVersionRow.footage_deleted_at).is_(None),
    )
    return session.exec(others.limit(1)).first() is not None


def _note(session: Session, url: str, now: datetime) -> None:
    row = states.insert(session, LeftoverRow).values(url=url, since=now)
    session.execute(row.on_conflict_do_nothing())


def _unnote(session: Session, url: str, *, since: datetime | None = None) -> bool:
    gone = delete(LeftoverRow).where(col(LeftoverRow.url) == url)
    if since:
        gone = gone.where(col(LeftoverRow.since) >= since)
    return session.execute(gone.returning(col(LeftoverRow.url))).first() is not None
