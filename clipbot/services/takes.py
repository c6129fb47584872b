"""Choose among takes: see those of a clip, keep one, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import RegenerationNotFound, VersionNotFound
from clipbot.services.base import Clock
from clipbot.services.history import HistoryService
from clipbot.services.project import Projects
from clipbot.services.versions import VersionService
from clipbot.services.views import JobView, VersionView
from clipbot.store.records import RegenerationRecord
from clipbot.store.takes import Takes


@dataclass(frozen=True, slots=True)
class TakeView:
    """One of several versions at once, from its price to its footage."""

    edit: RegenerationRecord
    version: VersionView | None
    """None: it is not made yet, or never was."""


@dataclass(frozen=True, slots=True)
class TakesView:
    """What was wanted at once."""

    batch_id: UUID
    clip_index: int
    like: int | None
    """Number of the version that they are like; None: they are of a new wish."""
    takes: tuple[TakeView, ...]
    """By number."""
    is_decided: bool
    """Whether a person has kept one of them, or none."""

    @property
    def is_open(self) -> bool:
        """Whether some are still being made."""
        return any(take.edit.is_open for take in self.takes)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to choose from, and nobody has."""
        offered = any(take.version and take.version.is_offered for take in self.takes)
        return not self.is_decided and not self.is_open and offered


@dataclass(frozen=True, slots=True)
class TakeService:
    """Lists takes, and lets a person choose."""

    store: Takes
    projects: Projects
    versions: VersionService
    history: HistoryService
    clock: Clock

    def list(self, user: User, job_id: UUID, clip_index: int) -> "list[TakesView]":
        """Return the takes of a clip, newest batch first; empty if none were wanted.

        Raises:
            ClipNotFound: No such clip.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        made = self.versions.list(user, job_id, clip_index)
        return list(_batches(self.store.of_clip(job_id, clip_index), made))

    def keep(
        self, user: User, job_id: UUID, clip_index: int, batch_id: UUID, number: int | None
    ) -> JobView:
        """Let the film show one take, or leave it as it is; the others are offered no longer.

        They stay as versions, which can be restored. Keeping one is one entry of the edit log.

        Args:
            user: Who chooses.
            job_id: The job.
            clip_index: The clip.
            batch_id: The takes.
            number: Number of the version to keep; None: none of them.

        Raises:
            RegenerationNotFound: The clip has no such takes.
            VersionNotFound: It is none of them.
            FootageMissing: It has no file any more.
            JobBusy: An edit is still running, perhaps one of them.
        """
        batches = self.list(user, job_id, clip_index)
        found = next((each for each in batches if each.batch_id == batch_id), None)
        if found is None:
            raise RegenerationNotFound(batch_id)
        if number is not None:
            if number not in {take.version.number for take in found.takes if take.version}:
                raise VersionNotFound(clip_index, number)
            return self.versions.restore(user, job_id, clip_index, number)
        self.projects.editable(user, job_id)
        kept = self.projects.of(user, job_id).current_number(clip_index)
        self.store.turn_down(
            job_id,
            [take.edit.id for take in found.takes],
            clip_index=clip_index,
            message=f"Clip {clip_index + 1} keeps version {kept}; no take was chosen.",
            now=self.clock(),
        )
        return self.history.jobs.get(user, job_id)


def _batches(
    rows: Sequence[tuple[RegenerationRecord, bool]], made: Sequence[VersionView]
) -> Iterator[TakesView]:
    versions = {version.number: version for version in made}
    for batch_id, grouped in groupby(rows, lambda row: row[0].batch_id):
        batch = list(grouped)
        first = batch[0][0]
        if batch_id is None or first.take is None:
            continue
        yield TakesView(
            batch_id=batch_id,
            clip_index=first.clip_index,
            like=first.take.like,
            takes=tuple(
                TakeView(edit, versions.get(edit.version_number or 0)) for edit, _ in batch
            ),
            is_decided=all(is_decided for _, is_decided in batch),
        )
