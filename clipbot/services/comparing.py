"""Compare two versions of a clip, or two films."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from clipbot.domain.comparing import Difference, MeasureChange, changes, told
from clipbot.domain.user import User
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import BlobNotFound, CompositionNotFound
from clipbot.services.access import owned
from clipbot.services.composing import film_url
from clipbot.services.differences import Differences
from clipbot.services.project import Project, Projects
from clipbot.services.versions import VersionService
from clipbot.services.views import VersionView
from clipbot.store.compositions import film_path
from clipbot.store.records import CompositionRecord, FootageRecord
from clipbot.store.store import Store

_MOST_FILMS = 200


@dataclass(frozen=True, slots=True)
class Side:
    """One of two versions that are compared."""

    version: VersionView
    frames: int
    rate: Fraction
    width: int
    height: int

    @property
    def seconds(self) -> float:
        return float(self.frames / self.rate)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a clip, and how they differ."""

    clip_index: int
    a: Side
    b: Side
    changes: tuple[MeasureChange, ...]
    """From `a` to `b`."""
    difference: Difference
    sentence: str
    """How much changed, where and when, for people."""


@dataclass(frozen=True, slots=True)
class ComposedFilm:
    """A film that the job has or had."""

    number: int
    is_current: bool
    created_at: datetime
    frames: int
    rate: Fraction
    width: int
    height: int
    url: str
    versions: Mapping[int, int]
    """Which version of each clip it shows."""

    @property
    def seconds(self) -> float:
        return float(self.frames / self.rate)


@dataclass(frozen=True, slots=True)
class FilmComparison:
    """Two films, and the clips in which they show different versions."""

    a: ComposedFilm
    b: ComposedFilm
    clips: tuple[tuple[int, int | None, int | None], ...]
    """Clip index, and the version in each film; None: the film has no such clip."""


@dataclass(frozen=True, slots=True)
class CompareService:
    """Says how versions and films differ."""

    store: Store
    projects: Projects
    versions: VersionService
    differences: Differences

    def clip(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        a: int | None = None,
        b: int | None = None,
    ) -> Comparison:
        """Return how two versions of a clip differ; measures their pictures the first time.

        Args:
            user: Who asks.
            job_id: The job.
            clip_index: The clip.
            a: Number of a version; None: the one that `b` was made from, else the original.
            b: The same; None: the current one.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            FootageMissing: One of them has no file any more.
            FootageRejected: A file cannot be decoded.
            StorageUnavailable: Nobody can say now.
        """
        project = self.projects.of(user, job_id)
        project.clip(clip_index)
        b = b or project.current_number(clip_index)
        a = a or _parent(project, clip_index, b)
        first, second = (self._key(project, clip_index, number) for number in (a, b))
        library = self.differences.library
        difference = self.differences.of(first, second)
        changed = changes(library.measured(first), library.measured(second))
        # Afterwards: what was measured only now is told of the versions, too.
        views = {view.number: view for view in self.versions.list(user, job_id, clip_index)}
        return Comparison(
            clip_index,
            _side(views[a], library.record(first)),
            _side(views[b], library.record(second)),
            changed,
            difference,
            told(difference),
        )

    def films(self, user: User, job_id: UUID) -> list[ComposedFilm]:
        """Return the films that the job has had, newest first.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        with self.store.at_once():
            owned(self.store.jobs, user, job_id)
            records = self.store.compositions.newest(job_id, _MOST_FILMS)
            current = self._current(job_id)
        return [_film(record, is_current=record.number == current) for record in records]

    def film(
        self, user: User, job_id: UUID, a: int | None = None, b: int | None = None
    ) -> FilmComparison:
        """Return in which clips two films differ.

        Args:
            user: Who asks.
            job_id: The job.
            a: Number of a film; None: the one before `b`.
            b: The same; None: the current one.

        Raises:
            CompositionNotFound: No such film, or none yet.
        """
        with self.store.at_once():
            owned(self.store.jobs, user, job_id)
            second = self.store.compositions.get(job_id, b)
            first = self.store.compositions.get(job_id, a or max(1, second.number - 1))
            current = self._current(job_id)
        one, two = (_film(each, is_current=each.number == current) for each in (first, second))
        return FilmComparison(
            one,
            two,
            tuple(
                (index, one.versions.get(index), two.versions.get(index))
                for index in sorted({*one.versions, *two.versions})
                if one.versions.get(index) != two.versions.get(index)
            ),
        )

    def _current(self, job_id: UUID) -> int | None:
        try:
            return self.store.compositions.find(job_id)[0]
        except CompositionNotFound:
            return None

    def _key(self, project: Project, clip_index: int, number: int) -> str:
        """Return the key of a version's footage, which is there."""
        key = project.footage_key(clip_index, number)
        try:
            self.versions.blobs.path(key or "")
        except BlobNotFound as error:
            raise project.footage_missing(clip_index, number) from error
        return key or ""


def _parent(project: Project, clip_index: int, number: int) -> int:
    row = project.version(clip_index, number)
    return (row.parent_number if row else None) or ORIGINAL


def _side(view: VersionView, record: FootageRecord) -> Side:
    return Side(view, record.frames, record.rate, record.width, record.height)


def _film(record: CompositionRecord, *, is_current: bool) -> ComposedFilm:
    return ComposedFilm(
        number=record.number,
        is_current=is_current,
        created_at=record.created_at,
        frames=record.frames,
        rate=record.rate,
        width=record.width,
        height=record.height,
        url=film_path(film_url(record.job_id), record.number),
        versions={int(index): number for index, number in record.plan["versions"].items()},
    )
