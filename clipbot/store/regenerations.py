"""The edits of single clips, from the confirmed price to the new version.

The rows here are the truth about an edit; a workflow engine only drives them. Every
method may be called again after a crash, and then finds its work done.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Uuid, func, literal, tuple_, update
from sqlmodel import col, select

from clipbot.store import (
    cancels,
    endings,
    events,
    prompts,
    publication,
    states,
    submission,
)
from clipbot.store import regeneration_rows as rows
from clipbot.store.attempts import Attempts
from clipbot.store.database import reading, writing
from clipbot.store.events import NewEvent
from clipbot.store.records import (
    NewPrompt,
    NewRegeneration,
    Outcome,
    Publication,
    RegenerationRecord,
)
from clipbot.store.tables import ClipRegenerationRow, RegenerationRow
from clipbot.store.tables.columns import Utc

NEWEST_FIRST = (
    col(RegenerationRow.created_at).desc(),
    col(RegenerationRow.batch_position).desc(),
    col(RegenerationRow.id).desc(),
)
_OLDEST_FIRST = (col(RegenerationRow.created_at), col(RegenerationRow.batch_position))


@dataclass(frozen=True)
class Regenerations(Attempts):
    """The regenerations of all jobs."""

    def submit(
        self,
        new: Sequence[NewRegeneration],
        *,
        quote_id: UUID | None,
        budget_micros: int,
        paid_per_hour: int,
        now: datetime,
        day_ceiling_micros: int | None = None,
    ) -> list[RegenerationRecord]:
        """Queue edits of one job, with the money for them set aside, or do nothing.

        Args:
            new: The edits, of one person.
            quote_id: What was agreed to, to be spent; None: they cost nothing.
            budget_micros: The most that the job may cost.
            paid_per_hour: Paid submissions of the job that an hour allows.
            now: When they are submitted.
            day_ceiling_micros: The most that the person's edits of this day (in UTC) may cost, over
                all jobs; None: any amount.

        Raises:
            JobNotFound: There is no such job.
            JobNotReady: It has no film to edit yet.
            ClipBusy: One of the clips is being edited, or is named twice.
            QuoteNotFound: This job and user have no such quote.
            QuoteExpired: It was not confirmed in time.
            QuoteSpent: It was confirmed before.
            RateLimited: Too many paid edits within the hour.
            BudgetExceeded: The job cannot afford them.
            DayCeilingExceeded: The person's day cannot.
            ValueError: The edits are none, are of several jobs or people, or cost more than was
                agreed.
        """
        if len({(one.job_id, one.user_id) for one in new}) != 1:
            raise ValueError("edits of exactly one job and person are submitted together")
        with writing(self.engine) as session:
            return submission.submit(
                session,
                new,
                quote_id=quote_id,
                budget_micros=budget_micros,
                paid_per_hour=paid_per_hour,
                day_ceiling_micros=day_ceiling_micros,
                now=now,
            )

    def get(self, regeneration_id: UUID) -> RegenerationRecord:
        """Return a regeneration as it is now.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        with reading(self.engine) as session:
            return rows.record(rows.find(session, regeneration_id))

    def of_job(
        self,
        job_id: UUID,
        *,
        limit: int = 50,
        open_only: bool = False,
        before: UUID | None = None,
    ) -> list[RegenerationRecord]:
        """Return the regenerations of a job, newest first.

        Args:
            job_id: The job.
            limit: How many at most.
            open_only: Whether to leave out what is over.
            before: Begin behind this one.

        Raises:
            RegenerationNotFound: There is none to begin behind.
        """
        query = select(RegenerationRow).where(RegenerationRow.job_id == job_id)
        if open_only:
            query = query.where(col(RegenerationRow.status).in_(rows.OPEN))
        with reading(self.engine) as session:
            if before is not None:
                query = query.where(is_before(rows.find(session, before)))
            found = session.exec(query.order_by(*NEWEST_FIRST).limit(limit))
            return [rows.record(row) for row in found]

    def of_batch(self, batch_id: UUID) -> list[RegenerationRecord]:
        """Return what was submitted together, in that order; empty if nothing was."""
        query = select(RegenerationRow).where(RegenerationRow.batch_id == batch_id)
        with reading(self.engine) as session:
            return [rows.record(row) for row in session.exec(query.order_by(*_OLDEST_FIRST))]

    def seconds(self, job_id: UUID, clip_index: int) -> dict[UUID, float]:
        """Return how long each finished edit of a clip took, from its start to its version."""
        query = select(
            RegenerationRow.id, RegenerationRow.started_at, RegenerationRow.finished_at
        ).where(
            RegenerationRow.job_id == job_id,
            RegenerationRow.clip_index == clip_index,
            RegenerationRow.status == "completed",
        )
        with reading(self.engine) as session:
            return {
                id_: (finished - started).total_seconds()
                for id_, started, finished in session.exec(query)
                if started and finished
            }

    def counts(self, job_id: UUID) -> dict[int, int]:
        """Return how often each clip was regenerated, here or by the pipeline."""
        # Ours are in the pipeline's table too, under their own id, so nothing counts twice.
        counted = (
            select(ClipRegenerationRow.clip_index, func.count())
            .where(ClipRegenerationRow.job_id == job_id, ClipRegenerationRow.status == "completed")
            .group_by(col(ClipRegenerationRow.clip_index))
        )
        with reading(self.engine) as session:
            return {clip_index: int(count) for clip_index, count in session.exec(counted)}

    def unqueued(self, older_than: datetime) -> list[tuple[UUID, UUID]]:
        """Return `(regeneration_id, job_id)` of what waits since before, oldest first."""
        query = (
            select(RegenerationRow.id, RegenerationRow.job_id)
            .where(RegenerationRow.status == "queued", RegenerationRow.created_at < older_than)
            .order_by(*_OLDEST_FIRST)
        )
        with reading(self.engine) as session:
            return [(regeneration_id, job_id) for regeneration_id, job_id in session.exec(query)]

    def start(
        self, regeneration_id: UUID, *, base_number: int, original_prompt: str, now: datetime
    ) -> RegenerationRecord:
        """Begin a queued regeneration; on one that has begun or ended, change nothing.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        return self._changed(
            regeneration_id,
            ("queued",),
            status="processing",
            base_number=base_number,
            original_prompt=original_prompt,
            started_at=now,
        )

    def write_prompt(
        self, regeneration_id: UUID, new: NewPrompt, *, progress: int, now: datetime
    ) -> RegenerationRecord:
        """Write down the prompt of the version in the making, once, and tell of it.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        with writing(self.engine) as session:
            return prompts.write(session, regeneration_id, new, progress=progress, now=now)

    def book_language(self, regeneration_id: UUID, micros: int) -> None:
        """Add what a language model charged for an answer that no prompt came of.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        with writing(self.engine) as session:
            prompts.book(session, regeneration_id, micros)

    def progress(
        self,
        regeneration_id: UUID,
        *,
        name: str,
        progress: int,
        message: str,
        fields: Mapping[str, Any] | None = None,
        now: datetime | None = None,
    ) -> None:
        """Say how far a regeneration is; nothing happens on one that has ended.

        A step that runs again after a crash never takes the percentage back.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        with writing(self.engine) as session:
            row = rows.find(session, regeneration_id)
            states.lock(session, row.job_id)
            row = rows.find(session, regeneration_id)
            if row.status not in rows.OPEN:
                return
            row.progress = max(row.progress, min(progress, endings.FULL))
            row.message = message
            event = NewEvent(
                name,
                message,
                regeneration_id=row.id,
                clip_index=row.clip_index,
                progress=row.progress,
                fields=fields or {},
            )
            events.append(session, row.job_id, event, now=now or datetime.now(UTC))

    def cancel(
        self, job_id: UUID, regeneration_ids: Collection[UUID], *, now: datetime
    ) -> list[RegenerationRecord]:
        """Take back edits of a job, all at the same moment; those that are over stay as they are.

        A queued one ends at once, a running one when its workflow sees the wish.

        Returns:
            The edits that the job has, in the order in which they run.

        Raises:
            JobNotFound: There is no such job.
        """
        with writing(self.engine) as session:
            return cancels.cancel(session, job_id, regeneration_ids, now=now)

    def is_cancel_requested(self, regeneration_id: UUID) -> bool:
        """Return whether somebody asked the regeneration to stop."""
        query = select(RegenerationRow.is_cancel_requested)
        with reading(self.engine) as session:
            wish = session.exec(query.where(RegenerationRow.id == regeneration_id)).first()
            return bool(wish)

    def use_renderer(self, regeneration_id: UUID, renderer: str) -> None:
        """Say which renderer is at work now; nothing happens on an edit that is not open.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        self._changed(regeneration_id, rows.OPEN, renderer=renderer)

    def publish(self, new: Publication, *, now: datetime) -> RegenerationRecord:
        """Make a finished version part of the job; on an ended regeneration, change nothing.

        Raises:
            RegenerationNotFound: There is no such regeneration.
            ConflictError: The version's number is taken; nothing was written.
            FilmMoved: The film is another one than the new one was made from; likewise.
        """
        with writing(self.engine) as session:
            return publication.publish(session, new, now=now)

    def processing(self) -> list[RegenerationRecord]:
        """Return the edits of all jobs that have begun and not ended, oldest first."""
        query = select(RegenerationRow).where(RegenerationRow.status == "processing")
        with reading(self.engine) as session:
            return [rows.record(row) for row in session.exec(query.order_by(*_OLDEST_FIRST))]

    def attention(self) -> list[RegenerationRecord]:
        """Return the edits of all jobs that need attention, oldest first."""
        query = select(RegenerationRow).where(RegenerationRow.status == "needs_attention")
        with reading(self.engine) as session:
            return [rows.record(row) for row in session.exec(query.order_by(*_OLDEST_FIRST))]

    def end(self, outcome: Outcome, *, now: datetime) -> RegenerationRecord:
        """End a regeneration without a new version; on an ended one, change nothing.

        Raises:
            RegenerationNotFound: There is no such regeneration.
        """
        with writing(self.engine) as session:
            return endings.end(session, outcome, now=now)

    def _changed(
        self, regeneration_id: UUID, statuses: Sequence[str], **values: Any
    ) -> RegenerationRecord:
        with writing(self.engine) as session:
            session.execute(
                update(RegenerationRow)
                .where(
                    col(RegenerationRow.id) == regeneration_id,
                    col(RegenerationRow.status).in_(statuses),
                )
                .values(**values)
            )
            return rows.record(rows.find(session, regeneration_id))


def is_before(later: RegenerationRow) -> ColumnElement[bool]:
    """Return the condition of what comes behind a regeneration where the newest is first."""
    place = tuple_(
        col(RegenerationRow.created_at),
        col(RegenerationRow.batch_position),
        col(RegenerationRow.id),
    )
    return place < tuple_(
        literal(later.created_at, Utc()),
        literal(later.batch_position, Integer()),
        literal(later.id, Uuid()),
    )
