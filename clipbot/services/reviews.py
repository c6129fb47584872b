"""Review the edits of a job: look at each, and say what one thinks of it.

Whoever looks is let in first, as an `Audience`: by their right to the job (`of_user`), or by a
link (`services.shares`). Everything else here trusts that and asks no more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from clipbot.domain.reviews import MOST_NOTE, Judged, Mark, runs
from clipbot.domain.user import User
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import NotAllowed, RequestError, VersionNotFound
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.clips import ClipService, waits
from clipbot.services.films import FilmService
from clipbot.services.jobs import title_of
from clipbot.services.moments import clip_seconds, within
from clipbot.services.pipeline_sides import sides_of
from clipbot.services.presence import there
from clipbot.services.project import Project, Projects
from clipbot.services.review_views import Audience, MarkView, ReviewPage, ReviewRow, ShownVersion
from clipbot.services.views import Thumbnail
from clipbot.store.records import FootageRecord, MarkRecord, NewMark, Reviewed, Wanted
from clipbot.store.store import Store

_BATCH = 100
EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class ReviewService:
    """Shows edits with what was before and after, and keeps what reviewers say."""

    store: Store
    projects: Projects
    clips: ClipService
    films: FilmService
    clock: Clock
    labels: Callable[[], Mapping[str, str]]
    """Names of renderers for people, by key."""

    def of_user(self, user: User, job_id: UUID) -> Audience:
        """Let somebody in whose job it is.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        owned(self.store.jobs, user, job_id)
        return Audience(job_id, f"/api/v1/jobs/{job_id}", user)

    def page(
        self,
        who: Audience,
        wanted: Wanted = EVERYTHING,
        *,
        limit: int = 50,
        before: UUID | None = None,
    ) -> ReviewPage:
        """Return some of a job's edits, newest first.

        Args:
            who: Whoever looks.
            wanted: What they look for.
            limit: How many at most.
            before: Begin behind this edit.

        Raises:
            RegenerationNotFound: The job has no such edit to begin behind.
            JobNotReady: It has no clips yet.
        """
        with self.store.at_once():
            found = self.store.reviews.found(
                who.job_id, wanted, reviewer_id=who.reviewer_id, before=before
            )
            some = list(islice(found, limit + 1))
            project = self.projects.of_job(who.job_id)
            counts = self.store.reviews.counts(who.job_id, reviewer_id=who.reviewer_id)
        return ReviewPage(
            title=title_of(project.job),
            clip_count=len(project.clips),
            rows=tuple(self._rows(who, project, some[:limit])),
            next_before=some[limit - 1].regeneration.id if len(some) > limit else None,
            counts=counts,
            renderers=self.labels(),
            can_mark=who.reviewer is not None,
        )

    def rows(self, who: Audience, wanted: Wanted = EVERYTHING) -> Iterator[ReviewRow]:
        """Return all edits that are looked for, newest first, read while they are taken.

        Raises:
            JobNotReady: The job has no clips yet.
        """
        project = self.projects.of_job(who.job_id)
        found = self.store.reviews.found(who.job_id, wanted, reviewer_id=who.reviewer_id)

        def batches() -> Iterator[ReviewRow]:
            while some := list(islice(found, _BATCH)):
                yield from self._rows(who, project, some)

        return batches()

    def mark(
        self,
        who: Audience,
        regeneration_id: UUID,
        mark: Mark,
        note: str = "",
        *,
        moment_seconds: float | None = None,
    ) -> ReviewRow:
        """Keep what a reviewer says of an edit now; what they said before is kept, too.

        Args:
            who: The reviewer.
            regeneration_id: The edit.
            mark: Their word.
            note: A few words more.
            moment_seconds: Where in the clip it is about, from its start; None: all of it.

        Raises:
            NotAllowed: They only look.
            RequestError: The note is too long, or its moment is not in the clip.
            RegenerationNotFound: The job has no such edit.
        """
        if who.reviewer is None:
            raise NotAllowed
        note = note.strip()
        if len(note) > MOST_NOTE:
            raise RequestError(f"A note has at most {MOST_NOTE:,} characters.")
        project = self.projects.of_job(who.job_id)
        if moment_seconds is not None:
            seen = self.store.reviews.get(who.job_id, regeneration_id)
            (row,) = self._rows(who, project, [seen])
            moment_seconds = within(moment_seconds, clip_seconds(project, row))
        new = NewMark(
            job_id=who.job_id,
            regeneration_id=regeneration_id,
            reviewer_id=who.reviewer.id,
            reviewer=who.reviewer.email or "",
            mark=mark,
            note=note,
            moment_seconds=moment_seconds,
        )
        self.store.reviews.mark(new, now=self.clock())
        seen = self.store.reviews.get(who.job_id, regeneration_id)
        return next(self._rows(who, project, [seen]))

    def marks(self, who: Audience, regeneration_id: UUID) -> list[MarkView]:
        """Return all that was ever said of an edit, oldest first.

        Raises:
            RegenerationNotFound: The job has no such edit.
        """
        seen = self.store.reviews.get(who.job_id, regeneration_id)
        return [_mark(who, mark) for mark in seen.marks]

    def still(self, who: Audience, clip_index: int, version: int | None) -> Thumbnail:
        """Return a still of a version.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: The version has no file.
        """
        return self.clips.still(self.projects.of_job(who.job_id), clip_index, version)

    def footage(self, who: Audience, clip_index: int, version: int) -> Path:
        """Return the media file of a version.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: It has no file.
        """
        return self.films.media(self.projects.of_job(who.job_id), clip_index, version)

    def _rows(
        self, who: Audience, project: Project, some: Sequence[Reviewed]
    ) -> Iterator[ReviewRow]:
        clips = {each.regeneration.clip_index for each in some if each.regeneration.is_by_pipeline}
        others = self.store.reviews.by_pipeline(who.job_id, clips) if clips else []
        told = sides_of(project, others)
        sides = {
            each.regeneration.id: told.get(each.regeneration.id) or _sides(project, each)
            for each in some
        }
        numbers = {
            (each.regeneration.clip_index, number)
            for each in some
            for number in sides[each.regeneration.id]
            if number is not None
        }
        keys = {place: _key(project, *place) for place in numbers}
        present = there(self.films.blobs, sorted({key for key in keys.values() if key}))
        known = self.store.footage.many(sorted(present))
        for each in some:
            before, after = (
                _shown(who, project, each.regeneration.clip_index, number, keys, known, present)
                for number in sides[each.regeneration.id]
            )
            yield _row(who, project, each, before, after)


def _sides(project: Project, seen: Reviewed) -> tuple[int | None, int | None]:
    """Return the numbers of the versions before and after; one that waits has the current one."""
    edit = seen.regeneration
    if edit.base_number is None and edit.is_open:
        return project.current_number(edit.clip_index), None
    return edit.base_number, edit.version_number


def _key(project: Project, clip_index: int, number: int) -> str | None:
    with suppress(VersionNotFound):
        return project.footage_key(clip_index, number) if _is_clip(project, clip_index) else None
    return None


def _is_clip(project: Project, clip_index: int) -> bool:
    return clip_index < len(project.clips)


def _shown(
    who: Audience,
    project: Project,
    clip_index: int,
    number: int | None,
    keys: dict[tuple[int, int], str | None],
    known: dict[str, FootageRecord],
    present: frozenset[str],
) -> ShownVersion | None:
    if number is None:
        return None
    key = keys[clip_index, number]
    version = next((v for v in project.versions.get(clip_index, ()) if v.number == number), None)
    original = project.clips[clip_index].prompt if _is_clip(project, clip_index) else ""
    facts = known.get(key or "")
    base, is_there = f"{who.base}/clips/{clip_index}", key is not None and key in present
    return ShownVersion(
        number=number,
        prompt=version.prompt if version else original if number == ORIGINAL else "",
        renderer=version.renderer if version else None,
        seed=version.seed if version else None,
        measures=facts.measures if facts else None,
        thumbnail_url=f"{base}/thumbnail.jpg?version={number}" if is_there else None,
        footage_url=f"{base}/versions/{number}/footage.mp4" if is_there else None,
    )


def _row(
    who: Audience,
    project: Project,
    seen: Reviewed,
    before: ShownVersion | None,
    after: ShownVersion | None,
) -> ReviewRow:
    edit = seen.regeneration
    versions = project.versions.get(edit.clip_index, ())
    made = next((v for v in versions if after and v.number == after.number), None)
    current = project.current_number(edit.clip_index)
    old = edit.original_prompt or (before.prompt if before else "")
    new = (after.prompt if after else None) or edit.prompt
    newest = {mark.reviewer_id: mark for mark in seen.marks}
    if who.reviewer_id is None:
        counting = max(newest.values(), key=lambda mark: mark.id, default=None)
    else:
        counting = newest.get(who.reviewer_id)
    return ReviewRow(
        edit=edit,
        before=before,
        after=after,
        prompt_before=old,
        prompt_after=new,
        prompt=runs(old, old if new is None else new),
        judged=_judged(made.verdict if made else None),
        verdict=made.verdict if made else None,
        is_current=made is not None and made.number == current,
        is_offered=made is not None and waits(made, current),
        mark=_mark(who, counting) if counting else None,
        others=tuple(_mark(who, mark) for mark in newest.values() if mark is not counting),
    )


def _judged(verdict: object) -> Judged:
    said = verdict.get("outcome") if isinstance(verdict, dict) else None
    return Judged(said) if said in list(Judged) else Judged.NONE


def _mark(who: Audience, mark: MarkRecord) -> MarkView:
    return MarkView(
        mark=mark.mark,
        note=mark.note,
        moment_seconds=mark.moment_seconds,
        reviewer=mark.reviewer if who.reviewer else "",
        is_own=mark.reviewer_id == who.reviewer_id,
        made_at=mark.created_at,
    )
