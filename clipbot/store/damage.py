"""Versions that the pipeline left in a state that its own pages cannot agree on.

Found for all jobs by a few statements; nothing here deletes a row. What the film uses
stays what it is: `versions.current_numbers` says it, for a damaged clip too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Engine, and_, case, func, select
from sqlmodel import Session, col

from clipbot.domain.versions import ORIGINAL
from clipbot.store import states, versions
from clipbot.store.database import reading, writing
from clipbot.store.records import OriginalVersion
from clipbot.store.tables import ClipVersionRow, CurrentVersionRow

_MOST = 1_000


class DamageKind(StrEnum):
    """What can be wrong with the versions of a clip."""

    SEVERAL_CURRENT = "several_current"
    """More than one is flagged as the current one."""
    NONE_CURRENT = "none_current"
    """None is flagged."""
    OTHER_CURRENT = "other_current"
    """One is flagged, and the film uses another."""
    NO_ORIGINAL = "no_original"
    """There are later versions, but no row of version 1."""
    SAME_FOOTAGE = "same_footage"
    """Two versions are one file."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong with the versions of one clip."""

    kind: DamageKind
    job_id: UUID
    clip_index: int


@dataclass(frozen=True)
class Damages:
    """What is wrong with versions, in all jobs."""

    engine: Engine

    def found(self, *, limit: int = _MOST) -> list[Damage]:
        """Return what is wrong, by job and clip; at most `limit` of each group."""
        with reading(self.engine) as session:
            found = [*_flags(session, limit), *_others(session, limit), *_twins(session, limit)]
        return sorted(found, key=lambda one: (str(one.job_id), one.clip_index, one.kind))

    def mend(
        self, job_id: UUID, clip_index: int, original: OriginalVersion | None, *, now: datetime
    ) -> int:
        """Flag the one version that the film uses, and no other; return its number.

        Args:
            job_id: The job.
            clip_index: The clip.
            original: Written down as version 1 where there is no row of it; None: it is lost.
            now: When.

        Raises:
            JobNotFound: There is no such job (any more).
            VersionNotFound: The film uses a version without a row; nothing was changed.
        """
        with writing(self.engine) as session:
            states.lock(session, job_id)
            number = versions.current_numbers(session, job_id).get(clip_index, ORIGINAL)
            if original is not None:
                versions.ensure_original(session, job_id, clip_index, original, now=now)
            versions.flag(session, job_id, clip_index, number)
            return number


def _flags(session: Session, limit: int) -> Iterable[Damage]:
    flagged = func.sum(case((col(ClipVersionRow.is_current).is_(True), 1), else_=0))
    first = func.min(col(ClipVersionRow.version_number))
    groups = (
        select(col(ClipVersionRow.job_id), col(ClipVersionRow.clip_index), flagged, first)
        .group_by(col(ClipVersionRow.job_id), col(ClipVersionRow.clip_index))
        .having((flagged != 1) | (first > ORIGINAL))
        .limit(limit)
    )
    for job_id, clip_index, count, lowest in session.execute(groups):
        if count != 1:
            kind = DamageKind.SEVERAL_CURRENT if count else DamageKind.NONE_CURRENT
            yield Damage(kind, job_id, clip_index)
        if lowest > ORIGINAL:
            yield Damage(DamageKind.NO_ORIGINAL, job_id, clip_index)


def _others(session: Session, limit: int) -> Iterable[Damage]:
    """Find clips whose one flag is not where the film is."""
    query = (
        select(col(ClipVersionRow.job_id), col(ClipVersionRow.clip_index))
        .join(
            CurrentVersionRow,
            and_(
                col(CurrentVersionRow.job_id) == col(ClipVersionRow.job_id),
                col(CurrentVersionRow.clip_index) == col(ClipVersionRow.clip_index),
                col(CurrentVersionRow.version_id) != col(ClipVersionRow.id),
            ),
        )
        .where(col(ClipVersionRow.is_current).is_(True))
        .distinct()
        .limit(limit)
    )
    for job_id, clip_index in session.execute(query):
        yield Damage(DamageKind.OTHER_CURRENT, job_id, clip_index)


def _twins(session: Session, limit: int) -> Iterable[Damage]:
    keys = (col(ClipVersionRow.job_id), col(ClipVersionRow.clip_index))
    query = (
        select(*keys)
        .group_by(*keys, col(ClipVersionRow.video_url))
        .having(func.count() > 1)
        .limit(limit)
    )
    for job_id, clip_index in sorted({tuple(row) for row in session.execute(query)}):
        yield Damage(DamageKind.SAME_FOOTAGE, job_id, clip_index)
