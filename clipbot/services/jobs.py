"""See the jobs that one may edit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from clipbot.domain.user import User
from clipbot.domain.versions import Cursor
from clipbot.errors import (
    CompositionNotFound,
    JobNotFound,
    MalformedId,
    NothingToRedo,
    NothingToUndo,
)
from clipbot.services.access import owned
from clipbot.services.composing import film_url
from clipbot.services.counting import ClipCounts
from clipbot.services.first_films import FirstFilms
from clipbot.services.guests import Guests, copy_id
from clipbot.services.project import Projects, is_editable
from clipbot.services.sample import SAMPLE_ID
from clipbot.services.views import FilmView, JobLine, JobPage, JobView
from clipbot.stages.report import absent
from clipbot.store.records import FilmRecord, JobRecord, JobStatus
from clipbot.store.store import Store

SAMPLE = "sample"
_PREFIX = re.compile(r"[0-9a-f-]{4,36}", re.IGNORECASE)
_TITLE_LENGTH = 60
_UNILLUSTRATED: Final = absent("reference_generator", is_unreadable=False)
"""A film without reference pictures is not odd; many never had any."""


@dataclass(frozen=True, slots=True)
class JobService:
    """Lists and shows jobs."""

    store: Store
    projects: Projects
    counts: ClipCounts
    first_films: FirstFilms
    budget_micros: int
    guests: Guests | None = None
    """Gives those who have no films the sample; None: nobody."""

    def list(
        self, user: User, *, status: str | None = None, limit: int = 50, offset: int = 0
    ) -> JobPage:
        """Return some of the user's jobs, newest first; an admin sees everybody's.

        A fixed number of queries, however many jobs there are. What is odd about a job is
        said where the one job is shown.
        """
        self._welcome(user)
        # One more than asked for: whether there is a next page.
        with self.store.at_once():
            rows = self.store.jobs.list(
                user_id=None if user.is_admin else user.id,
                status=None if status is None else JobStatus(status),
                limit=limit + 1,
                offset=offset,
            )
            lines = self._lines(rows[:limit])
        return JobPage(lines, offset + limit if len(rows) > limit else None)

    def get(self, user: User, job_id: UUID) -> JobView:
        """Return one job; if it never had a film, that is begun with.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        with self.store.at_once():
            view = self._view(owned(self.store.jobs, user, job_id))
        if view.is_editable:
            self.first_films.want(job_id)
        return view

    def newest(self, user: User) -> UUID | None:
        """Return the job that the page opens by itself: the newest own one, else the sample."""
        self._welcome(user)
        rows = self.store.jobs.list(user_id=user.id, limit=2, offset=0)
        own = [row.id for row in rows if row.id not in {SAMPLE_ID, copy_id(user.id)}]
        return next(iter([*own, *(row.id for row in rows)]), None)

    def resolve(self, user: User, name: str) -> UUID:
        """Return the job that a person means: `sample`, an id, or the beginning of one.

        Raises:
            JobNotFound: None of the user's jobs fits, or several do.
            MalformedId: It cannot be the beginning of an id.
        """
        if name == SAMPLE:
            return owned(self.store.jobs, user, SAMPLE_ID).id
        if not _PREFIX.fullmatch(name):
            raise MalformedId("job")
        found = self.store.jobs.find(name)
        if len(found) != 1:
            raise JobNotFound(name)
        return owned(self.store.jobs, user, found[0]).id

    def _lines(self, jobs: Sequence[JobRecord]) -> tuple[JobLine, ...]:
        if not jobs:
            return ()
        ids, listing = [job.id for job in jobs], self.store.listing
        films, labels, running = listing.films(ids), listing.labels(ids), listing.running(ids)
        counts = self.counts.of(ids)
        return tuple(
            JobLine(
                **_facts(job, self.budget_micros),
                film=film_view(films[job.id]) if job.id in films else None,
                clip_count=counts.get(job.id, 0),
                is_editable=is_editable(job) and counts.get(job.id, 0) > 0,
                undo_label=labels.get(job.id, (None, None))[0],
                redo_label=labels.get(job.id, (None, None))[1],
                running=tuple(running.get(job.id, ())),
            )
            for job in jobs
        )

    def _welcome(self, user: User) -> None:
        if self.guests is not None:
            self.guests.welcome(user)

    def _view(self, job: JobRecord) -> JobView:
        film = self._film(job)
        stages = self.projects.stages(job.id)
        cursor = self.store.history.cursor(job.id)
        running = self.store.regenerations.of_job(job.id, open_only=True)
        return JobView(
            **_facts(job, self.budget_micros),
            film=film,
            film_trouble=None if film else self.first_films.trouble(job.id),
            clip_count=len(stages.clips.clips) if stages.clips else 0,
            is_editable=is_editable(job) and stages.clips is not None,
            undo_label=_undo_label(cursor),
            redo_label=_redo_label(cursor),
            running=tuple(reversed(running)),
            problems=(
                *_strange(job),
                *(each.message for each in stages.problems if each != _UNILLUSTRATED),
            ),
        )

    def _film(self, job: JobRecord) -> FilmView | None:
        try:
            return film_view(self.store.compositions.get(job.id))
        except CompositionNotFound:
            return None


def _facts(job: JobRecord, budget_micros: int) -> dict[str, Any]:
    """Return what a job's own rows say, for a line or for the whole view."""
    return {
        "id": job.id,
        "title": title_of(job),
        "status": str(job.status),
        "progress": job.progress,
        "total_cost_micros": job.total_cost_micros,
        "spent_micros": job.spent_micros,
        "reserved_micros": job.reserved_micros,
        "budget_micros": budget_micros,
        "aspect_ratio": job.aspect_ratio,
        "video_model": job.video_model,
        "error": job.error_message,
        "created_at": job.created_at,
        "last_event_id": job.last_event_id,
        "offers_first": job.offers_first,
    }


def _strange(job: JobRecord) -> tuple[str, ...]:
    if job.strange_status is None:
        return ()
    return (f"The job's state \u201c{job.strange_status}\u201d is not known; it cannot be edited.",)


def film_view(record: FilmRecord) -> FilmView:
    """Return a composition as people see it."""
    return FilmView(
        number=record.number,
        frames=record.frames,
        rate=record.rate,
        width=record.width,
        height=record.height,
        size_bytes=record.size_bytes,
        url=film_url(record.job_id).format(number=record.number),
    )


def title_of(job: JobRecord) -> str:
    """Return the beginning of what the job was made from: jobs of the pipeline have no title."""
    words = " ".join(job.user_prompt.split())
    first = re.split(r"(?<=[^.])[.:\u2013\u2014](?:\s|$)", words, maxsplit=1)[0]
    text = first or words
    return text if len(text) <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1].rstrip() + "…"


def _undo_label(cursor: Cursor) -> str | None:
    try:
        return cursor.to_undo().label
    except NothingToUndo:
        return None


def _redo_label(cursor: Cursor) -> str | None:
    try:
        return cursor.to_redo().label
    except NothingToRedo:
        return None
