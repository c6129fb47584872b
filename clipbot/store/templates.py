"""The templates that people made themselves; the table may be the pipeline's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, delete, func, or_, text, update
from sqlmodel import Session, col, select

from clipbot.errors import TemplateNameTaken, TemplateNotFound, TooManyTemplates
from clipbot.store.database import is_postgres, reading, writing
from clipbot.store.records import NewTemplate, TemplateRecord
from clipbot.store.tables import RegenerationRow, UserTemplateRow

_LOCKS = 2**63
"""PostgreSQL names its advisory locks by 63 bits."""


def count_use(session: Session, user_id: UUID, template_ids: Collection[UUID]) -> None:
    """Count one more use of each template, within the transaction that queues the edit.

    A plan from outside may name a template that its sender may not use: that is no use.
    """
    if not template_ids:
        return
    used = func.coalesce(col(UserTemplateRow.usage_count), 0) + 1
    session.execute(
        update(UserTemplateRow)
        .where(col(UserTemplateRow.id).in_(template_ids), _may_be_used_by(user_id))
        .values(usage_count=used)
    )


@dataclass(frozen=True)
class Templates:
    """The own templates of all users."""

    engine: Engine

    def add(self, new: NewTemplate, *, most: int, now: datetime) -> TemplateRecord:
        """Keep a new template.

        Raises:
            TemplateNameTaken: The user has one of this name.
            TooManyTemplates: The user has `most` of them.
        """
        with writing(self.engine) as session:
            _lock(session, new.user_id)
            own = _of_user(session, new.user_id)
            _refuse_name(own, new.name)
            if len(own) >= most:
                raise TooManyTemplates(most)
            row = UserTemplateRow(
                id=uuid4(),
                user_id=new.user_id,
                name=new.name,
                instruction=new.instruction,
                is_public=new.is_public,
                usage_count=0,
                created_at=now,
                words_in=list(new.words_in),
                words_out=list(new.words_out),
            )
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, template_id: UUID) -> TemplateRecord:
        """Return a template.

        Raises:
            TemplateNotFound: There is no such template.
        """
        with reading(self.engine) as session:
            return _record(_found(session, template_id))

    def words(
        self, template_id: UUID | None, user_id: UUID
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the phrases that a template puts in and takes out.

        None once it is deleted, and none for whoever may not use it.
        """
        query = select(UserTemplateRow).where(
            UserTemplateRow.id == template_id, _may_be_used_by(user_id)
        )
        with reading(self.engine) as session:
            row = session.exec(query).first() if template_id else None
            return (tuple(row.words_in or ()), tuple(row.words_out or ())) if row else ((), ())

    def visible_to(self, user_id: UUID) -> list[TemplateRecord]:
        """Return the user's own templates, then those that others share, each by name."""
        query = select(UserTemplateRow).where(_may_be_used_by(user_id))
        with reading(self.engine) as session:
            records = [_record(row) for row in session.exec(query)]
        return sorted(
            records, key=lambda each: (each.user_id != user_id, each.name.casefold(), each.id)
        )

    def change(self, changed: TemplateRecord) -> TemplateRecord:
        """Give a template another name, instruction or words, or share it; uses stay.

        Raises:
            TemplateNotFound: It is not there any more.
            TemplateNameTaken: The user has another one of this name.
        """
        with writing(self.engine) as session:
            _lock(session, changed.user_id)
            row = _found(session, changed.id)
            others = [o for o in _of_user(session, changed.user_id) if o.id != changed.id]
            _refuse_name(others, changed.name)
            row.name, row.instruction = changed.name, changed.instruction
            row.is_public = changed.is_public
            row.words_in, row.words_out = list(changed.words_in), list(changed.words_out)
            session.add(row)
            session.flush()
            return _record(row)

    def remove(self, template_id: UUID) -> None:
        """Forget a template; a second time is harmless. Edits made with it stay."""
        with writing(self.engine) as session:
            session.execute(delete(UserTemplateRow).where(col(UserTemplateRow.id) == template_id))

    def uses(self) -> dict[str, int]:
        """Return how often each template was used in this installation, by public id.

        What was submitted together counts once.
        """
        together = func.coalesce(col(RegenerationRow.batch_id), col(RegenerationRow.id))
        query = (
            select(RegenerationRow.template_id, func.count(func.distinct(together)))
            .where(col(RegenerationRow.template_id).is_not(None))
            .group_by(col(RegenerationRow.template_id))
        )
        with reading(self.engine) as session:
            return {str(template_id): int(count) for template_id, count in session.exec(query)}


def _may_be_used_by(user_id: UUID) -> ColumnElement[bool]:
    return or_(col(UserTemplateRow.user_id) == user_id, col(UserTemplateRow.is_public).is_(True))


def _lock(session: Session, user_id: UUID) -> None:
    """Let the changes of one user's templates follow each other.

    On SQLite a writer holds the whole file anyway. The table may be the pipeline's and
    hold what it likes, so a unique index cannot do this.
    """
    if is_postgres(session.connection()):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": user_id.int % _LOCKS})


def _found(session: Session, template_id: UUID) -> UserTemplateRow:
    row = session.exec(select(UserTemplateRow).where(UserTemplateRow.id == template_id)).first()
    if row is None:
        raise TemplateNotFound
    return row


def _of_user(session: Session, user_id: UUID) -> list[UserTemplateRow]:
    return list(session.exec(select(UserTemplateRow).where(UserTemplateRow.user_id == user_id)))


def _refuse_name(others: Collection[UserTemplateRow], name: str) -> None:
    if name.casefold() in {other.name.casefold() for other in others}:
        raise TemplateNameTaken(name)


def _record(row: UserTemplateRow) -> TemplateRecord:
    return TemplateRecord(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        instruction=row.instruction,
        is_public=bool(row.is_public),
        usage_count=row.usage_count or 0,
        created_at=row.created_at,
        words_in=tuple(row.words_in or ()),
        words_out=tuple(row.words_out or ()),
    )
