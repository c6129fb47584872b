"""The prices that were named, until they are confirmed once or expire."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from clipbot.domain.money import Quote, QuotedClip, QuoteLine
from clipbot.domain.plan import Plan, from_json, to_json
from clipbot.domain.takes import Take
from clipbot.errors import QuoteExpired, QuoteNotFound, QuoteSpent
from clipbot.store.database import reading, writing
from clipbot.store.regeneration_rows import attempts_from_json
from clipbot.store.tables import QuoteRow


@dataclass(frozen=True)
class Quotes:
    """The quotes of all jobs."""

    engine: Engine

    def add(self, quote: Quote, plan: Plan, instruction: str) -> None:
        """Write down a quote, with the plan that it is for."""
        with writing(self.engine) as session:
            session.add(
                QuoteRow(
                    id=quote.id,
                    job_id=quote.job_id,
                    user_id=quote.user_id,
                    renderer=quote.renderer,
                    lines=[asdict(line) for line in quote.lines],
                    clips=[asdict(clip) for clip in quote.clips],
                    ceiling_micros=quote.ceiling_micros,
                    estimated_seconds=quote.estimated_seconds,
                    warnings=list(quote.warnings),
                    plan=to_json(plan),
                    instruction=instruction,
                    expires_at=quote.expires_at,
                )
            )

    def get(self, quote_id: UUID) -> tuple[Quote, Plan, str, datetime | None]:
        """Return a quote, its plan, its instruction, and when it was spent, if it was.

        Raises:
            QuoteNotFound: There is no such quote.
        """
        with reading(self.engine) as session:
            row = session.exec(select(QuoteRow).where(QuoteRow.id == quote_id)).first()
            if row is None:
                raise QuoteNotFound
            return _quote(row), from_json(row.plan), row.instruction, row.spent_at


def spend(session: Session, quote_id: UUID, *, job_id: UUID, user_id: UUID, now: datetime) -> int:
    """Mark a quote as spent and return its ceiling, in micros.

    Raises:
        QuoteNotFound: This job and user have no such quote.
        QuoteSpent: It was confirmed before.
        QuoteExpired: It was not confirmed in time.
    """
    # One conditional UPDATE, so that of two confirmations one wins, whatever the timing.
    spent = session.execute(
        update(QuoteRow)
        .where(
            col(QuoteRow.id) == quote_id,
            col(QuoteRow.job_id) == job_id,
            col(QuoteRow.user_id) == user_id,
            col(QuoteRow.spent_at).is_(None),
            col(QuoteRow.expires_at) > now,
        )
        .values(spent_at=now)
        .returning(col(QuoteRow.ceiling_micros))
    ).first()
    if spent is not None:
        return int(spent[0])
    row = session.exec(select(QuoteRow).where(QuoteRow.id == quote_id)).first()
    if row is None or row.job_id != job_id or row.user_id != user_id:
        raise QuoteNotFound
    raise QuoteSpent if row.spent_at is not None else QuoteExpired


def _quote(row: QuoteRow) -> Quote:
    return Quote(
        id=row.id,
        job_id=row.job_id,
        user_id=row.user_id,
        renderer=row.renderer,
        lines=tuple(QuoteLine(**line) for line in row.lines),
        estimated_seconds=row.estimated_seconds,
        expires_at=row.expires_at,
        warnings=tuple(row.warnings),
        clips=tuple(_clip(document) for document in row.clips),
    )


def _clip(document: Mapping[str, Any]) -> QuotedClip:
    attempts, take = attempts_from_json(document["attempts"]), document.get("take")
    return QuotedClip(**{**document, "attempts": attempts, "take": Take(**take) if take else None})
