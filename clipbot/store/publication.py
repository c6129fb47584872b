"""Publishing: a new version, the film that shows it, and its price become true at once."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete
from sqlmodel import Session, col, select

from clipbot.domain import money
from clipbot.domain.slots import SlotChange
from clipbot.domain.versions import ORIGINAL, Change, EntryKind
from clipbot.errors import ConflictError, FilmMoved
from clipbot.store import books, compositions, endings, events, messages, states, versions
from clipbot.store import regeneration_rows as rows
from clipbot.store.events import NewEvent
from clipbot.store.records import CompositionRecord, Publication, RegenerationRecord
from clipbot.store.slots import choices, to_rows
from clipbot.store.tables import ClipVersionRow, EditLogRow, JobStateRow, RegenerationRow


def publish(session: Session, publication: Publication, *, now: datetime) -> RegenerationRecord:
    """Make a finished version part of the job; if it is accepted, of the film too."""
    row = rows.find(session, publication.regeneration_id)
    state = states.lock(session, row.job_id)
    row = rows.find(session, publication.regeneration_id)
    if row.status in rows.CLOSED:
        return rows.record(row)
    numbers = versions.current_numbers(session, row.job_id)
    if any(numbers.get(index, ORIGINAL) != shown for index, shown in publication.shown.items()):
        raise FilmMoved
    if publication.choices is not None and publication.choices != choices(session, row.job_id):
        raise FilmMoved
    before = numbers.get(row.clip_index, ORIGINAL)
    versions.ensure_original(session, row.job_id, row.clip_index, publication.original, now=now)
    _add_version(session, row, publication, now)
    film = None
    if publication.is_accepted:
        change = Change(row.clip_index, before, publication.version.number)
        film = _put_into_film(session, state, publication, change, now)
    _complete(row, publication, now)
    books.settle(session, row, publication.cost_micros, now=now)
    endings.keep_for_pipeline(
        session, row, prompt=publication.version.prompt, success=True, now=now
    )
    _tell(session, row, publication, film, now)
    endings.free_job(session, row, now, error_message=None)
    return rows.record(row)


def append_entry(
    session: Session,
    state: JobStateRow,
    *,
    kind: EntryKind,
    label: str,
    changes: tuple[Change, ...] = (),
    slots: tuple[SlotChange, ...] = (),
    now: datetime,
) -> None:
    """Append an entry to the edit log, dropping what was taken back before."""
    position = state.edit_position + 1
    session.execute(
        delete(EditLogRow).where(
            col(EditLogRow.job_id) == state.job_id, col(EditLogRow.position) >= position
        )
    )
    session.add(
        EditLogRow(
            job_id=state.job_id,
            position=position,
            kind=kind.value,
            label=label,
            changes=[
                {"clip_index": one.clip_index, "before": one.before, "after": one.after}
                for one in changes
            ],
            slots=to_rows(slots),
            created_at=now,
        )
    )
    session.flush()
    states.change(session, state.job_id, edit_position=position)


def _add_version(
    session: Session, row: RegenerationRow, publication: Publication, now: datetime
) -> None:
    new = publication.version
    taken = session.exec(
        select(ClipVersionRow.id).where(
            ClipVersionRow.job_id == row.job_id,
            ClipVersionRow.clip_index == row.clip_index,
            ClipVersionRow.version_number == new.number,
        )
    ).first()
    if taken is not None:
        raise ConflictError(
            f"Clip {row.clip_index + 1} got a version {new.number} from elsewhere meanwhile; "
            "please try again."
        )
    session.add(
        ClipVersionRow(
            id=uuid4(),
            job_id=row.job_id,
            clip_index=row.clip_index,
            version_number=new.number,
            video_url=new.video_url,
            thumbnail_url=new.thumbnail_url,
            prompt=new.prompt,
            user_instruction=new.instruction,
            cost=money.dollars(publication.cost_micros),
            is_current=False,
            created_at=now,
            duration=money.dollars(money.micros(new.duration_seconds)),
            parent_number=new.parent_number,
            renderer=new.renderer,
            seed=new.seed,
            temperature=new.temperature,
            regeneration_id=row.id,
            verdict=dict(new.verdict),
        )
    )
    session.flush()


def _put_into_film(
    session: Session,
    state: JobStateRow,
    publication: Publication,
    change: Change,
    now: datetime,
) -> CompositionRecord:
    if publication.composition is None:
        raise ValueError("an accepted version comes with its film")
    versions.make_current(session, state.job_id, {change.clip_index: change.after}, now=now)
    append_entry(
        session,
        state,
        kind=EntryKind.EDIT,
        label=publication.label,
        changes=(change,),
        now=now,
    )
    return compositions.make_current(
        session, state.job_id, publication.composition, film_url=publication.film_url, now=now
    )


def _complete(row: RegenerationRow, publication: Publication, now: datetime) -> None:
    row.status, row.progress, row.message = "completed", endings.FULL, publication.message
    row.version_number = publication.version.number
    row.prompt = publication.version.prompt
    row.original_prompt = row.original_prompt or publication.original.prompt
    row.seed, row.temperature = publication.version.seed, publication.version.temperature
    row.cost_micros = publication.cost_micros
    # What it ended with before it was brought in after all.
    row.error = row.error_code = None
    row.is_retryable = False
    row.timings = {**row.timings, **publication.timings}
    row.finished_at = now


def _tell(
    session: Session,
    row: RegenerationRow,
    publication: Publication,
    film: CompositionRecord | None,
    now: datetime,
) -> None:
    new = publication.version
    fields: dict[str, Any] = {
        "version_number": new.number,
        "new_clip_url": new.video_url,
        "cost": money.decimal_string(publication.cost_micros),
        "seed": new.seed,
        "temperature": new.temperature,
    }
    if film is None:
        fields["verdict"] = dict(new.verdict)
    else:
        fields["video_url"] = compositions.film_path(publication.film_url, film.number)
        fields["composition"] = film.number
    event = NewEvent(
        "version_offered" if film is None else "regeneration_complete",
        publication.message,
        regeneration_id=row.id,
        clip_index=row.clip_index,
        progress=endings.FULL,
        fields=fields,
    )
    events.append(session, row.job_id, event, now=now)
    messages.append(
        session,
        row.job_id,
        role="assistant",
        content=publication.message,
        now=now,
        user_id=row.user_id,
        regeneration_id=row.id,
        clips=(row.clip_index + 1,),
    )
