"""From versions to a film: which segments it has, encoded as far as they are missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from clipbot.blobs.base import BlobStore, key_of
from clipbot.errors import BlobNotFound
from clipbot.media.engine import FilmEngine, FilmPlan, Prepared
from clipbot.media.film import VirtualFilm
from clipbot.media.format import Format, majority
from clipbot.media.fragments import FragmentedFilm
from clipbot.media.segments import Footage
from clipbot.services.footage import FootageLibrary
from clipbot.services.project import Project
from clipbot.store.jobs import Jobs
from clipbot.store.records import NewComposition


def film_url(job_id: UUID) -> str:
    """Return the address of a job's film, with `{number}` for the composition's number."""
    return f"/api/v1/jobs/{job_id}/film.mp4?composition={{number}}"


@dataclass(frozen=True, slots=True)
class Composer:
    """Plans, encodes and opens films."""

    jobs: Jobs
    blobs: BlobStore
    library: FootageLibrary
    engine: FilmEngine

    def plan(
        self,
        project: Project,
        numbers: Mapping[int, int],
        replaced: Mapping[int, Footage] | None = None,
        *,
        form: Format | None = None,
    ) -> FilmPlan:
        """Return the film that shows these versions.

        Args:
            project: The job.
            numbers: Version number per clip index.
            replaced: Footage that takes the place of what `numbers` says, not yet a version.
            form: The film's format; None: the job's working format.

        Raises:
            FootageMissing: No clip has footage, or a version asked for has none.
        """
        footage = self.library.of_film(project, numbers) | dict(replaced or {})
        form = form or self._format(project, footage)
        return self.engine.plan(project.timeline(form.rate), footage, self._song(project), form)

    def prepare(
        self,
        plan: FilmPlan,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> Prepared:
        """Encode what the film lacks.

        Raises:
            EditCancelled: `cancelled` said so; what is finished stays in the cache.
            EncodingFailed: A segment could not be made.
            StorageFull: There is no room for it.
        """
        return self.engine.prepare(plan, cancelled=cancelled, on_progress=on_progress)

    def open(self, plan: FilmPlan) -> VirtualFilm:
        """Return the film, ready to be read; every segment must be there."""
        return self.engine.open(plan)

    def open_fragments(self, plan: FilmPlan) -> FragmentedFilm:
        """Return the film in fragments, ready to be read; every segment must be there."""
        return self.engine.open_fragments(plan)

    def composition(
        self,
        plan: FilmPlan,
        numbers: Mapping[int, int],
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> NewComposition:
        """Return the film as it is written down; encodes what is missing.

        Args:
            plan: The film.
            numbers: Version number per clip index that it shows.
            cancelled: Whether to stop encoding.

        Raises:
            EditCancelled: `cancelled` said so.
            EncodingFailed: A segment could not be made.
            StorageFull: There is no room for it.
        """
        self.prepare(plan, cancelled=cancelled)
        film = self.open(plan)
        return NewComposition(
            fingerprint=plan.fingerprint,
            frames=plan.frames,
            rate=plan.format.rate,
            width=plan.format.width,
            height=plan.format.height,
            size_bytes=film.size,
            etag=film.etag,
            plan={"film": plan.to_json(), "versions": {str(i): n for i, n in numbers.items()}},
        )

    def _format(self, project: Project, footage: Mapping[int, Footage]) -> Format:
        """Return the job's working format, chosen once from what most of its clips are."""
        known = self.jobs.format(project.job.id)
        if known is None:
            chosen = self._chosen(project, footage)
            self.jobs.set_format(project.job.id, chosen.width, chosen.height, chosen.rate)
            known = self.jobs.format(project.job.id) or (chosen.width, chosen.height, chosen.rate)
        return Format(*known)

    def _chosen(self, project: Project, footage: Mapping[int, Footage]) -> Format:
        keys = [project.footage_key(i, project.current_number(i)) for i in footage]
        return majority([self.library.record(key) for key in keys if key], project.job.aspect_ratio)

    def _song(self, project: Project) -> Path | None:
        key = key_of(project.job.audio_url)
        try:
            return self.blobs.path(key) if key else None
        except BlobNotFound:
            return None
