"""Regenerations between their rows and their records."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from clipbot.domain.money import Attempt
from clipbot.domain.plan import Act, Edit, Plan, from_json, to_json
from clipbot.domain.takes import Take
from clipbot.errors import RegenerationNotFound
from clipbot.store.records import RegenerationRecord, RegenerationStatus
from clipbot.store.tables import RegenerationRow

OPEN = ("queued", "processing")
CLOSED = ("completed", "failed", "cancelled")
"""States that nothing leads out of; `needs_attention` waits for a person."""


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """Return one entry of a plan in its public JSON shape."""
    document: dict[str, Any] = to_json(Plan(Act.EDIT, (edit,)))["edits"][0]
    return document


def edit_from_json(document: Mapping[str, Any]) -> Edit:
    """Read one entry of a plan.

    Raises:
        ValueError: It is not one.
    """
    return from_json({"act": Act.EDIT, "edits": [document]}).edits[0]


def attempts_from_json(documents: Sequence[Mapping[str, Any]]) -> tuple[Attempt, ...]:
    """Read the agreed ways to get footage, as `asdict` writes them."""
    return tuple(Attempt(**document) for document in documents)


def find(session: Session, regeneration_id: UUID) -> RegenerationRow:
    """Return the row of a regeneration.

    Raises:
        RegenerationNotFound: There is no such regeneration.
    """
    row = session.exec(
        select(RegenerationRow)
        .where(RegenerationRow.id == regeneration_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise RegenerationNotFound(regeneration_id)
    return row


def has_open(session: Session, job_id: UUID) -> bool:
    """Return whether an edit of the job is queued or running."""
    row = session.exec(
        select(RegenerationRow.id)
        .where(RegenerationRow.job_id == job_id)
        .where(col(RegenerationRow.status).in_(OPEN))
        .limit(1)
    ).first()
    return row is not None


def record(row: RegenerationRow) -> RegenerationRecord:
    """Return a row as the store hands it out."""
    return RegenerationRecord(
        id=row.id,
        job_id=row.job_id,
        user_id=row.user_id,
        clip_index=row.clip_index,
        edit=edit_from_json(row.edit),
        instruction=row.instruction,
        renderer=row.renderer,
        status=RegenerationStatus(row.status),
        estimate_micros=row.estimate_micros,
        ceiling_micros=row.ceiling_micros,
        estimated_seconds=row.estimated_seconds,
        seed=row.seed,
        temperature=row.temperature,
        progress=row.progress,
        message=row.message,
        is_cancel_requested=row.is_cancel_requested,
        created_at=row.created_at,
        batch_id=row.batch_id,
        template_id=row.template_id,
        conversation=tuple(row.conversation),
        original_prompt=row.original_prompt,
        prompt=row.prompt,
        base_number=row.base_number,
        version_number=row.version_number,
        language_model=row.language_model,
        language_micros=row.language_micros,
        discount_percent=row.discount_percent,
        attempts=attempts_from_json(row.attempts),
        cost_micros=row.cost_micros,
        error=row.error,
        error_code=row.error_code,
        is_retryable=row.is_retryable,
        timings=row.timings,
        started_at=row.started_at,
        finished_at=row.finished_at,
        take=Take(**row.take) if row.take else None,
    )
