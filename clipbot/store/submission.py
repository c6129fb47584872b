"""Submitting edits: everything that must hold before one is queued, in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from sqlalchemy import and_, exists, or_, update
from sqlmodel import Session, col, select

from clipbot.domain.own_templates import row_id
from clipbot.errors import ClipBusy, JobNotReady, RateLimited
from clipbot.store import books, events, quotes, states, templates
from clipbot.store.events import NewEvent
from clipbot.store.records import NewRegeneration, RegenerationRecord
from clipbot.store.regeneration_rows import OPEN, edit_to_json, record
from clipbot.store.tables import JobRow, JobStageRow, RegenerationRow

_HOUR = timedelta(hours=1)


def submit(
    session: Session,
    new: Sequence[NewRegeneration],
    *,
    quote_id: UUID | None,
    budget_micros: int,
    paid_per_hour: int,
    day_ceiling_micros: int | None,
    now: datetime,
) -> list[RegenerationRecord]:
    """Queue regenerations of one job, with the money for them set aside.

    The order matters to whoever is refused: first whether the job can be edited at all,
    then whether the price still stands, then the limits.
    """
    job_id, user_id = new[0].job_id, new[0].user_id
    ceiling = sum(one.ceiling_micros for one in new)
    states.lock(session, job_id)
    _claim_job(session, job_id, now)
    _refuse_busy_clips(session, job_id, new)
    if quote_id is not None:
        agreed = quotes.spend(session, quote_id, job_id=job_id, user_id=user_id, now=now)
        if ceiling > agreed:
            raise ValueError(f"{ceiling} micros are wanted, {agreed} were agreed to")
    if ceiling:
        _refuse_too_many(session, job_id, paid_per_hour, now)
    ceilings = {one.id: one.ceiling_micros for one in new}
    books.reserve(
        session,
        job_id,
        user_id,
        ceilings,
        budget_micros=budget_micros,
        day_ceiling_micros=day_ceiling_micros,
        now=now,
    )
    rows = [_row(one, place, quote_id, now) for place, one in enumerate(new)]
    session.add_all(rows)
    session.flush()
    own = {id_ for one in new if (id_ := row_id(one.template_id))}
    templates.count_use(session, user_id, own)
    for row in rows:
        _announce(session, row, now)
    return [record(row) for row in rows]


def _claim_job(session: Session, job_id: UUID, now: datetime) -> None:
    """Set a job's status to what it is while it is edited.

    Raises:
        JobNotReady: It cannot be edited now.
    """
    has_clips = exists().where(
        col(JobStageRow.job_id) == job_id,
        col(JobStageRow.stage_name) == "video_generator",
        col(JobStageRow.stored).is_not(None),
    )
    status = col(JobRow.status)
    editable = or_(status.in_(("completed", "regenerating")), and_(status == "failed", has_clips))
    claimed = session.execute(
        update(JobRow)
        .where(col(JobRow.id) == job_id, editable)
        .values(status="regenerating", updated_at=now)
        .returning(col(JobRow.id))
    ).first()
    if claimed is None:
        raise JobNotReady(session.exec(select(JobRow.status).where(JobRow.id == job_id)).one())


def _refuse_busy_clips(session: Session, job_id: UUID, new: Sequence[NewRegeneration]) -> None:
    """Refuse clips that are being edited, or that are named twice; takes of one clip are not.

    Raises:
        ClipBusy: One of them is.
    """
    busy = set(
        session.exec(
            select(RegenerationRow.clip_index).where(
                RegenerationRow.job_id == job_id, col(RegenerationRow.status).in_(OPEN)
            )
        )
    )
    named = set()
    for one in new:
        place = one.clip_index, one.take.number if one.take else 0
        if one.clip_index in busy or place in named:
            raise ClipBusy(one.clip_index)
        named.add(place)


def _refuse_too_many(session: Session, job_id: UUID, limit: int, now: datetime) -> None:
    """Refuse more paid submissions than the hour allows; a batch counts once."""
    submitted: dict[UUID, datetime] = {}
    for regeneration_id, batch_id, created_at in session.exec(
        select(RegenerationRow.id, RegenerationRow.batch_id, RegenerationRow.created_at)
        .where(
            RegenerationRow.job_id == job_id,
            RegenerationRow.ceiling_micros > 0,
            RegenerationRow.created_at > now - _HOUR,
        )
        .order_by(col(RegenerationRow.created_at))
    ):
        submitted.setdefault(batch_id or regeneration_id, created_at)
    if len(submitted) < limit:
        return
    times = sorted(submitted.values())
    # The one whose leaving makes room: with five allowed and six in the hour, the second.
    leaving = times[len(times) - limit] if limit > 0 else now
    raise RateLimited(max(1, ceil((leaving + _HOUR - now).total_seconds())))


def _row(new: NewRegeneration, place: int, quote_id: UUID | None, now: datetime) -> RegenerationRow:
    return RegenerationRow(
        id=new.id,
        job_id=new.job_id,
        user_id=new.user_id,
        clip_index=new.clip_index,
        batch_id=new.batch_id,
        batch_position=place,
        quote_id=quote_id,
        edit=edit_to_json(new.edit),
        instruction=new.instruction,
        renderer=new.renderer,
        status="queued",
        estimate_micros=new.estimate_micros,
        ceiling_micros=new.ceiling_micros,
        estimated_seconds=new.estimated_seconds,
        seed=new.seed,
        temperature=new.temperature,
        message=f"Queued: {new.instruction}",
        template_id=new.template_id,
        conversation=[dict(turn) for turn in new.conversation],
        discount_percent=new.discount_percent,
        attempts=[asdict(attempt) for attempt in new.attempts],
        take_number=new.take.number if new.take else 0,
        take=asdict(new.take) if new.take else None,
        created_at=now,
    )


def _announce(session: Session, row: RegenerationRow, now: datetime) -> None:
    event = NewEvent(
        "regeneration_started",
        row.message,
        regeneration_id=row.id,
        clip_index=row.clip_index,
        progress=0,
    )
    events.append(session, row.job_id, event, now=now)
