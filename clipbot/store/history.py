"""Undo, redo and restore: moving the film along its edit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from clipbot.domain.slots import NOTHING, SlotChange, SlotChoice
from clipbot.domain.versions import (
    ORIGINAL,
    Change,
    Cursor,
    Entry,
    EntryKind,
    Way,
    slots_redone,
)
from clipbot.errors import ConflictError, JobBusy
from clipbot.store import compositions, events, messages, publication, states, takes, versions
from clipbot.store.database import reading, writing
from clipbot.store.events import NewEvent
from clipbot.store.records import CompositionRecord, NewComposition
from clipbot.store.regeneration_rows import has_open
from clipbot.store.slots import choices, choose, from_rows
from clipbot.store.tables import EditLogRow, JobStateRow

NO_CHOICES: Final[Mapping[int, SlotChoice]] = MappingProxyType({})
_CHANGED = "The film was changed meanwhile; please look again."


@dataclass(frozen=True)
class History:
    """The edit logs of all jobs."""

    engine: Engine

    def cursor(self, job_id: UUID) -> Cursor:
        """Return where a job stands in its edit log; an unknown job stands at its beginning."""
        with reading(self.engine) as session:
            position = session.exec(
                select(JobStateRow.edit_position).where(JobStateRow.job_id == job_id)
            ).first()
            return Cursor(_entries(session, job_id), position or 0)

    def move(
        self,
        job_id: UUID,
        *,
        way: Way,
        composition: NewComposition,
        film_url: str,
        event: str,
        message: str,
        now: datetime,
        footage: Mapping[int, str | None] = versions.ANY_FOOTAGE,
    ) -> CompositionRecord:
        """Move a job along its edit log, over one entry or many.

        `film_url` has `{number}` where the composition's number belongs; `footage` is where
        the film found the footage of the clips that change.

        Raises:
            JobNotFound: There is no such job.
            JobBusy: An edit of the job is queued or running.
            ConflictError: The log or its position is not what the caller saw, or footage was
                archived or deleted since.
            VersionNotFound: A clip has no such version.
        """
        with writing(self.engine) as session:
            state = _locked_idle(session, job_id)
            _expect(Cursor(_entries(session, job_id), state.edit_position), way)
            states.change(session, job_id, edit_position=way.stop)
            return _show(
                session,
                job_id,
                way.versions,
                composition,
                film_url=film_url,
                event=event,
                message=message,
                now=now,
                slots=way.slots,
                footage=footage,
            )

    def arrange(
        self,
        job_id: UUID,
        *,
        at: int,
        slots: tuple[SlotChange, ...],
        label: str,
        composition: NewComposition,
        film_url: str,
        message: str,
        now: datetime,
    ) -> CompositionRecord:
        """Let clips fill their slots, or meet, in another way, as a new entry.

        Args:
            job_id: The job.
            at: Position in the edit log for which the film was made.
            slots: What changes.
            label: What people read in the edit log.
            composition: The film that shows it.
            film_url: With `{number}` where the composition's number belongs.
            message: What people read in the chat.
            now: When.

        Raises:
            JobNotFound: There is no such job.
            JobBusy: An edit of the job is queued or running.
            ConflictError: The film was changed meanwhile.
        """
        with writing(self.engine) as session:
            state = _locked_idle(session, job_id)
            chosen = choices(session, job_id)
            if state.edit_position != at or any(
                chosen.get(change.clip_index, NOTHING) != change.before for change in slots
            ):
                raise ConflictError(_CHANGED)
            publication.append_entry(
                session, state, kind=EntryKind.EDIT, label=label, slots=slots, now=now
            )
            return _show(
                session,
                job_id,
                {},
                composition,
                film_url=film_url,
                event="film_changed",
                message=message,
                now=now,
                slots=slots_redone(slots),
            )

    def restore(
        self,
        job_id: UUID,
        *,
        change: Change,
        label: str,
        composition: NewComposition,
        film_url: str,
        message: str,
        now: datetime,
        at: int | None = None,
        footage: Mapping[int, str | None] = versions.ANY_FOOTAGE,
    ) -> CompositionRecord:
        """Let the film use an older (or an offered) version of one clip, as a new entry.

        Where it is one of several takes, the others are offered no longer.

        `at` is the position in the edit log for which the film was made, where it matters;
        `footage` is where it found the version's.

        Raises:
            JobNotFound: There is no such job.
            JobBusy: An edit of the job is queued or running.
            ConflictError: The clip's current version is not `change.before` any more.
            VersionNotFound: The clip has no such version.
        """
        with writing(self.engine) as session:
            state = _locked_idle(session, job_id)
            numbers = versions.current_numbers(session, job_id)
            is_moved = at is not None and state.edit_position != at
            if is_moved or numbers.get(change.clip_index, ORIGINAL) != change.before:
                raise ConflictError(_CHANGED)
            publication.append_entry(
                session, state, kind=EntryKind.RESTORE, label=label, changes=(change,), now=now
            )
            takes.decide(session, job_id, change.clip_index, change.after, now=now)
            return _show(
                session,
                job_id,
                {change.clip_index: change.after},
                composition,
                film_url=film_url,
                event="film_changed",
                message=message,
                now=now,
                footage=footage,
            )


def _locked_idle(session: Session, job_id: UUID) -> JobStateRow:
    state = states.lock(session, job_id)
    if has_open(session, job_id):
        raise JobBusy
    return state


def _expect(cursor: Cursor, way: Way) -> None:
    """Refuse a move that was thought out for another log or position.

    The position alone could be right by accident, after an undo and a new edit; so what is
    passed on the way must also be what the caller saw there.
    """
    if cursor.position != way.start or not 0 <= way.stop <= len(cursor.entries):
        raise ConflictError(_CHANGED)
    if cursor.way(way.stop) != way or not way.entries:
        raise ConflictError(_CHANGED)


def _show(
    session: Session,
    job_id: UUID,
    numbers: Mapping[int, int],
    composition: NewComposition,
    *,
    film_url: str,
    event: str,
    message: str,
    now: datetime,
    slots: Mapping[int, SlotChoice] = NO_CHOICES,
    footage: Mapping[int, str | None] = versions.ANY_FOOTAGE,
) -> CompositionRecord:
    versions.make_current(session, job_id, numbers, now=now, footage=footage)
    choose(session, job_id, slots)
    film = compositions.make_current(session, job_id, composition, film_url=film_url, now=now)
    fields: dict[str, Any] = {
        "versions": {str(clip_index): number for clip_index, number in numbers.items()},
        "composition": film.number,
        "video_url": compositions.film_path(film_url, film.number),
    }
    if slots:
        fields["slots"] = sorted(slots)
    events.append(session, job_id, NewEvent(event, message, fields=fields), now=now)
    clips = sorted({clip_index + 1 for clip_index in (*numbers, *slots)})
    messages.append(session, job_id, role="system", content=message, now=now, clips=clips)
    return film


def _entries(session: Session, job_id: UUID) -> tuple[Entry, ...]:
    rows = session.exec(
        select(EditLogRow).where(EditLogRow.job_id == job_id).order_by(col(EditLogRow.position))
    )
    return tuple(
        Entry(
            position=row.position,
            kind=EntryKind(row.kind),
            label=row.label,
            changes=tuple(Change(**change) for change in row.changes),
            slots=from_rows(row.slots),
            made_at=row.created_at,
        )
        for row in rows
    )
