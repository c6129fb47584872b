"""Show what a look would do, for free, before anything is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.plan import Operation, Plan
from clipbot.domain.user import User
from clipbot.errors import BlobNotFound, NeedsAnswer, QuoteNotFound
from clipbot.services.matching import Matching
from clipbot.services.plans import PlanService
from clipbot.services.project import Project, Projects
from clipbot.services.work import tasks
from clipbot.store.quotes import Quotes


class Previewer(Protocol):
    """Draws previews of operations on footage; the local renderer is one."""

    def preview_frame(self, source: Path, ops: Sequence[Operation]) -> tuple[bytes, bytes]:
        """Return JPEGs of a frame before and after.

        Raises:
            Unsupported: None of the operations can be shown.
        """
        ...

    def preview_clip(self, source: Path, dest: Path, ops: Sequence[Operation]) -> None:
        """Write the first seconds, small, as an MP4.

        Raises:
            Unsupported: None of the operations can be shown.
        """
        ...


@dataclass(frozen=True, slots=True)
class PreviewService:
    """Previews edits by the free local looks."""

    projects: Projects
    plans: PlanService
    matching: Matching
    quotes: Quotes
    blobs: BlobStore
    previewer: Previewer

    def frame(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        *,
        text: str | None = None,
        plan: Plan | None = None,
        quote_id: UUID | None = None,
        selected: Sequence[int] = (),
    ) -> tuple[bytes, bytes]:
        """Return a frame of a clip before and after an edit, as JPEGs.

        Args:
            user: Who asks.
            job_id: The job.
            clip_index: The clip to show.
            text: The instruction, or
            plan: the plan, or
            quote_id: the quote that it is about.
            selected: Numbers of the selected clips, from 1; this clip if empty.

        Raises:
            NeedsAnswer: The wish is unclear, or is not about this clip.
            QuoteNotFound: No such quote of this user and job.
            Unsupported: The local looks can do nothing of it.
            FootageMissing: The clip has no footage.
        """
        source, ops = self._subject(user, job_id, clip_index, text, plan, quote_id, selected)
        return self.previewer.preview_frame(source, ops)

    def clip(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        dest: Path,
        *,
        text: str | None = None,
        plan: Plan | None = None,
        quote_id: UUID | None = None,
        selected: Sequence[int] = (),
    ) -> None:
        """Write the first seconds of a clip after an edit; arguments and errors as in `frame`."""
        source, ops = self._subject(user, job_id, clip_index, text, plan, quote_id, selected)
        self.previewer.preview_clip(source, dest, ops)

    def _subject(
        self,
        user: User,
        job_id: UUID,
        clip_index: int,
        text: str | None,
        plan: Plan | None,
        quote_id: UUID | None,
        selected: Sequence[int],
    ) -> tuple[Path, tuple[Operation, ...]]:
        project = self.projects.of(user, job_id)
        project.clip(clip_index)
        if quote_id is not None:
            understood = self._quoted(user, job_id, quote_id)
        else:
            read = plan or self.plans.plan(
                user, job_id, text or "", selected or [clip_index + 1], is_free=True
            )
            understood = self.matching.fixed(project, read)
        for task in tasks(project, understood):
            if task.clip_index == clip_index:
                return self._source(project, clip_index), task.edit.ops
        raise NeedsAnswer(f"This changes other clips, not clip {clip_index + 1}.")

    def _quoted(self, user: User, job_id: UUID, quote_id: UUID) -> Plan:
        quote, plan, _, _ = self.quotes.get(quote_id)
        if quote.job_id != job_id or quote.user_id != user.id:
            raise QuoteNotFound
        return plan

    def _source(self, project: Project, clip_index: int) -> Path:
        number = project.current_number(clip_index)
        key = project.footage_key(clip_index, number)
        try:
            return self.blobs.path(key or "")
        except BlobNotFound as error:
            raise project.footage_missing(clip_index, number) from error
