"""Play films and footage."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.user import User
from clipbot.errors import BlobNotFound, CompositionNotFound
from clipbot.media.engine import FilmPlan
from clipbot.media.film import VirtualFilm
from clipbot.media.fragments import FragmentedFilm
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.composing import Composer, film_url
from clipbot.services.open_films import OpenFilms
from clipbot.services.project import Project, Projects
from clipbot.store.records import CompositionRecord
from clipbot.store.store import Store

_FRAGMENTED_KEPT = 16
"""Those of two hundred clips take a megabyte."""
AnyFilm = TypeVar("AnyFilm")


@dataclass(frozen=True, slots=True)
class Film:
    """One composition, ready to be read."""

    number: int
    etag: str
    size: int
    """Bytes."""
    file: VirtualFilm
    again: Callable[[], VirtualFilm]
    """Opens the film once more, where a segment was removed while it was read."""

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes `[start, stop)` of the film's file.

        Raises:
            BlobNotFound: A segment was removed meanwhile, and cannot be made again as it was.
        """
        at = start
        try:
            for chunk in self.file.read(start, stop):
                yield chunk
                at += len(chunk)
        except BlobNotFound:
            film = self.again()
            if (film.etag, film.size) != (self.etag, self.size):
                raise
            yield from film.read(at, stop)


@dataclass(frozen=True, slots=True)
class FilmService:
    """Opens compositions; puts the first one together."""

    store: Store
    projects: Projects
    composer: Composer
    blobs: BlobStore
    clock: Clock
    opened: OpenFilms[VirtualFilm] = field(default_factory=OpenFilms)
    fragmented: OpenFilms[FragmentedFilm] = field(
        default_factory=lambda: OpenFilms(_FRAGMENTED_KEPT)
    )

    def film(self, user: User, job_id: UUID, number: int | None = None) -> Film:
        """Return a composition, the current one if no number is given.

        Segments that are not in the cache any more are encoded again.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            CompositionNotFound: There is no such film, or none yet.
        """
        found, etag = self._found(user, job_id, number)

        def opened() -> VirtualFilm:
            return self.opened.get(etag, lambda: self._open(job_id, found, self.composer.open))

        file = opened()
        return Film(found, file.etag, file.size, file, opened)

    def fragments(
        self, user: User, job_id: UUID, number: int | None = None
    ) -> tuple[int, FragmentedFilm]:
        """Return a composition in fragments, and its number; as `film` otherwise.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            CompositionNotFound: There is no such film, or none yet.
        """
        found, etag = self._found(user, job_id, number)
        opened = self.composer.open_fragments
        return found, self.fragmented.get(etag, lambda: self._open(job_id, found, opened))

    def footage(self, user: User, job_id: UUID, clip_index: int, version: int) -> Path:
        """Return the media file of a version.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: It has no file.
            StorageUnavailable: Nobody can say now.
        """
        return self.media(self.projects.of(user, job_id), clip_index, version)

    def media(self, project: Project, clip_index: int, version: int) -> Path:
        """Return what `footage` does, of a job that somebody was let in to already."""
        project.clip(clip_index)
        key = project.footage_key(clip_index, version)
        try:
            return self.blobs.path(key or "")
        except BlobNotFound as error:
            raise project.footage_missing(clip_index, version) from error

    def ensure(
        self, job_id: UUID, *, cancelled: Callable[[], bool] = lambda: False
    ) -> CompositionRecord:
        """Return the job's current composition; puts the first one together.

        Raises:
            EditCancelled: `cancelled` said so; what is encoded stays in the cache.
            JobNotReady: The job has no clips.
            FootageMissing: None of its clips has footage.
            EncodingFailed: A segment could not be made.
        """
        try:
            return self.store.compositions.get(job_id)
        except CompositionNotFound:
            project = self.projects.of_job(job_id)
            numbers = project.numbers()
            plan = self.composer.plan(project, numbers)
            new = self.composer.composition(plan, numbers, cancelled=cancelled)
            return self.store.compositions.add(
                job_id, new, film_url=film_url(job_id), now=self.clock()
            )

    def measure(self, job_id: UUID) -> None:
        """Measure the current footage of every clip that was not measured yet."""
        project = self.projects.of_job(job_id)
        keys = [project.footage_key(index, number) for index, number in project.numbers().items()]
        present = self.blobs.present([key for key in keys if key])
        for key in keys:
            if key in present:
                self.composer.library.measured(key)

    def _found(self, user: User, job_id: UUID, number: int | None) -> tuple[int, str]:
        """Return number and ETag of a film that the user may see."""
        with self.store.at_once():
            owned(self.store.jobs, user, job_id)
            return self.store.compositions.find(job_id, number)

    def _open(self, job_id: UUID, number: int, opened: Callable[[FilmPlan], AnyFilm]) -> AnyFilm:
        record = self.store.compositions.get(job_id, number)
        try:
            return opened(FilmPlan.from_json(record.plan["film"]))
        except BlobNotFound:
            return opened(self._rebuilt(record))

    def _rebuilt(self, record: CompositionRecord) -> FilmPlan:
        """Encode a film again whose segments are gone; by a newer encoder it has other keys."""
        project = self.projects.of_job(record.job_id)
        numbers = {int(index): number for index, number in record.plan["versions"].items()}
        plan = self.composer.plan(project, numbers)
        self.composer.prepare(plan)
        return plan
