"""The versions of each clip, and which of them the film uses.

`current_versions` is the truth. A clip that nobody edited here has no row in it: then the
pipeline's own flag counts, of several the highest number, and without a flag the
original. Once there is a row it stands, also where the pipeline flags a newer version
afterwards: that one is in the list, to be chosen by a person, and the film is as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from clipbot.domain import money
from clipbot.domain.versions import ORIGINAL, current_number
from clipbot.errors import FilmMoved, VersionNotFound
from clipbot.store import states
from clipbot.store.database import reading
from clipbot.store.records import OriginalVersion, VersionRecord
from clipbot.store.tables import (
    ClipThumbnailRow,
    ClipVersionRow,
    CurrentVersionRow,
    RegenerationRow,
)

ANY_FOOTAGE: Final[Mapping[int, str | None]] = MappingProxyType({})


@dataclass(frozen=True)
class Versions:
    """The versions of all jobs."""

    engine: Engine

    def all(self, job_id: UUID) -> list[VersionRecord]:
        """Return all versions of a job, by clip and number; clips never edited have none."""
        with reading(self.engine) as session:
            rows = session.exec(
                _with_choice()
                .where(ClipVersionRow.job_id == job_id)
                .order_by(col(ClipVersionRow.clip_index), col(ClipVersionRow.version_number))
            )
            return [_record(row, is_decided=is_decided) for row, is_decided in rows]

    def of_clip(self, job_id: UUID, clip_index: int) -> list[VersionRecord]:
        """Return the versions of one clip by number; empty if it was never edited."""
        with reading(self.engine) as session:
            rows = session.exec(
                _with_choice()
                .where(ClipVersionRow.job_id == job_id, ClipVersionRow.clip_index == clip_index)
                .order_by(col(ClipVersionRow.version_number))
            )
            return [_record(row, is_decided=is_decided) for row, is_decided in rows]

    def current(self, job_id: UUID) -> dict[int, int]:
        """Return the number of the version that the film uses, for each clip with versions."""
        with reading(self.engine) as session:
            return current_numbers(session, job_id)


def current_numbers(session: Session, job_id: UUID) -> dict[int, int]:
    """Return the current version's number of each clip that has versions."""
    flagged: dict[int, list[int]] = {}
    for clip_index, number, is_current in session.exec(
        select(
            ClipVersionRow.clip_index, ClipVersionRow.version_number, ClipVersionRow.is_current
        ).where(ClipVersionRow.job_id == job_id)
    ):
        flagged.setdefault(clip_index, []).extend([number] if is_current else [])
    numbers = {clip_index: current_number(found) for clip_index, found in flagged.items()}
    chosen = session.exec(
        select(CurrentVersionRow.clip_index, ClipVersionRow.version_number)
        .join(ClipVersionRow, col(ClipVersionRow.id) == CurrentVersionRow.version_id)
        .where(CurrentVersionRow.job_id == job_id)
    )
    numbers.update((clip_index, number) for clip_index, number in chosen)
    return numbers


def make_current(
    session: Session,
    job_id: UUID,
    versions: Mapping[int, int],
    *,
    now: datetime,
    footage: Mapping[int, str | None] = ANY_FOOTAGE,
) -> None:
    """Let the film use these versions, one per clip.

    `footage` is where the film found that of each clip, as far as that may have moved since.

    Raises:
        VersionNotFound: A clip has no such version; the transaction must be given up.
        FilmMoved: The footage of one was archived or deleted meanwhile; the same.
    """
    for clip_index, number in sorted(versions.items()):
        row = find_version(session, job_id, clip_index, number)
        if (
            clip_index in footage
            and footage[clip_index] != _record(row, is_decided=False).footage_url
        ):
            raise FilmMoved
        _choose(session, row)
        if row.thumbnail_url:
            _show(session, row, row.thumbnail_url, now)


def flag(session: Session, job_id: UUID, clip_index: int, number: int) -> None:
    """Write down which version the film uses already, in both places and nowhere else.

    Raises:
        VersionNotFound: The clip has no row of it; the transaction must be given up.
    """
    _choose(session, find_version(session, job_id, clip_index, number))


def ensure_original(
    session: Session,
    job_id: UUID,
    clip_index: int,
    original: OriginalVersion,
    *,
    now: datetime,
) -> None:
    """Write down version 1 of a clip, unless it is there."""
    duration = original.duration_seconds
    values = {
        "id": uuid4(),
        "job_id": job_id,
        "clip_index": clip_index,
        "version_number": ORIGINAL,
        "video_url": original.video_url,
        "thumbnail_url": original.thumbnail_url,
        "prompt": original.prompt,
        "cost": money.dollars(0),
        "is_current": False,
        "created_at": now,
        "duration": None if duration is None else money.dollars(money.micros(duration)),
    }
    session.execute(
        states.insert(session, ClipVersionRow).values(**values).on_conflict_do_nothing()
    )


def find_version(session: Session, job_id: UUID, clip_index: int, number: int) -> ClipVersionRow:
    """Return the row of a version.

    Raises:
        VersionNotFound: There is none.
    """
    row = session.exec(
        select(ClipVersionRow).where(
            ClipVersionRow.job_id == job_id,
            ClipVersionRow.clip_index == clip_index,
            ClipVersionRow.version_number == number,
        )
    ).first()
    if row is None:
        raise VersionNotFound(clip_index, number)
    return row


def _choose(session: Session, row: ClipVersionRow) -> None:
    session.execute(
        states.insert(session, CurrentVersionRow)
        .values(job_id=row.job_id, clip_index=row.clip_index, version_id=row.id)
        .on_conflict_do_update(index_elements=["job_id", "clip_index"], set_={"version_id": row.id})
    )
    session.execute(
        update(ClipVersionRow)
        .where(
            col(ClipVersionRow.job_id) == row.job_id,
            col(ClipVersionRow.clip_index) == row.clip_index,
        )
        .values(is_current=col(ClipVersionRow.id) == row.id)
    )


def _show(session: Session, row: ClipVersionRow, thumbnail_url: str, now: datetime) -> None:
    session.execute(
        states.insert(session, ClipThumbnailRow)
        .values(
            id=uuid4(),
            job_id=row.job_id,
            clip_index=row.clip_index,
            thumbnail_url=thumbnail_url,
            created_at=now,
        )
        .on_conflict_do_update(
            index_elements=["job_id", "clip_index"], set_={"thumbnail_url": thumbnail_url}
        )
    )


def _with_choice() -> Select[ClipVersionRow, bool]:
    """Select versions, each with whether a person chose among the takes that it is one of."""
    made_by = col(RegenerationRow.id) == ClipVersionRow.regeneration_id
    is_decided = col(RegenerationRow.decided_at).is_not(None)
    return select(ClipVersionRow, is_decided).outerjoin(RegenerationRow, made_by)


def _record(row: ClipVersionRow, *, is_decided: bool) -> VersionRecord:
    return VersionRecord(
        id=row.id,
        job_id=row.job_id,
        clip_index=row.clip_index,
        number=row.version_number,
        video_url=row.video_url,
        thumbnail_url=row.thumbnail_url,
        prompt=row.prompt,
        instruction=row.user_instruction,
        cost_micros=money.micros(row.cost),
        is_flagged_current=bool(row.is_current),
        created_at=row.created_at,
        duration_seconds=None if row.duration is None else float(row.duration),
        parent_number=row.parent_number,
        renderer=row.renderer,
        seed=row.seed,
        temperature=row.temperature,
        regeneration_id=row.regeneration_id,
        verdict=row.verdict,
        archived_url=row.archived_url,
        is_deleted=row.footage_deleted_at is not None,
        is_decided=is_decided,
    )
