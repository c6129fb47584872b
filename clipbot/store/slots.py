"""What people chose for the slots of each job; the pipeline's plan is never written to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from clipbot.domain import slots
from clipbot.domain.slots import NOTHING, SlotChange, SlotChoice
from clipbot.store.database import reading
from clipbot.store.tables import SlotChoiceRow


@dataclass(frozen=True)
class Slots:
    """The choices of all jobs."""

    engine: Engine

    def of(self, job_id: UUID) -> dict[int, SlotChoice]:
        """Return the choices of a job by clip index; slots without one are not in it."""
        with reading(self.engine) as session:
            return choices(session, job_id)


def choices(session: Session, job_id: UUID) -> dict[int, SlotChoice]:
    """Return the choices of a job by clip index."""
    rows = session.exec(select(SlotChoiceRow).where(SlotChoiceRow.job_id == job_id))
    return {row.clip_index: slots.from_json(row.model_dump()) for row in rows}


def choose(session: Session, job_id: UUID, new: Mapping[int, SlotChoice]) -> None:
    """Let a locked job have these choices; what is not named stays."""
    session.execute(
        delete(SlotChoiceRow).where(
            col(SlotChoiceRow.job_id) == job_id, col(SlotChoiceRow.clip_index).in_(new)
        )
    )
    session.add_all(
        SlotChoiceRow(job_id=job_id, clip_index=index, **slots.to_json(choice))
        for index, choice in new.items()
        if choice != NOTHING
    )
    session.flush()


def to_rows(changes: Sequence[SlotChange]) -> list[dict[str, Any]]:
    """Return changes as the edit log keeps them."""
    return [
        {
            "clip_index": change.clip_index,
            "before": slots.to_json(change.before),
            "after": slots.to_json(change.after),
        }
        for change in changes
    ]


def from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[SlotChange, ...]:
    """Read back what `to_rows` returned."""
    return tuple(
        SlotChange(
            clip_index=row["clip_index"],
            before=slots.from_json(row["before"]),
            after=slots.from_json(row["after"]),
        )
        for row in rows
    )
