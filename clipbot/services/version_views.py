"""A version of a clip as it is shown, put together from all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.retention import FootageState
from clipbot.domain.shifts import Departure, shifts
from clipbot.domain.versions import ORIGINAL
from clipbot.services.clips import waits
from clipbot.services.keeping import is_removable
from clipbot.services.project import Project, ProjectClip
from clipbot.services.views import VersionView
from clipbot.services.work import Maker, Renderers
from clipbot.store.records import FootageRecord, VersionRecord

ORIGINAL_ID = "original"


@dataclass(frozen=True, slots=True)
class ClipVersions:
    """What is known of a clip and its versions, by their numbers."""

    project: Project
    clip: ProjectClip
    rows: Mapping[int, VersionRecord]
    """None of an original that was never written down."""
    facts: Mapping[int, FootageRecord]
    """Also of footage that is gone."""
    present: frozenset[int]
    """Those whose footage is there."""
    parents: Mapping[int, int | None]
    seconds: Mapping[UUID, float]
    """How long edits took."""
    renderers: Renderers

    def view(self, number: int) -> VersionView:
        """Return one version; without a row it is the original."""
        row = self.rows.get(number)
        clip, known, is_there = self.clip, self.facts.get(number), number in self.present
        current = self.project.current_number(clip.index)
        base = f"/api/v1/jobs/{self.project.job.id}/clips/{clip.index}"
        maker = self._maker(number, row)
        return VersionView(
            id=str(row.id) if row else ORIGINAL_ID,
            clip_index=clip.index,
            number=number,
            is_current=number == current,
            is_offered=bool(row and waits(row, current)),
            instruction=row.instruction if row else None,
            prompt=row.prompt if row else clip.prompt,
            cost_micros=row.cost_micros if row else 0,
            renderer=row.renderer if row else None,
            seed=self.project.seed(clip.index, number),
            temperature=row.temperature if row else None,
            duration=row.duration_seconds if row else clip.footage_seconds,
            created_at=row.created_at if row else None,
            measures=known.measures if known and is_there else None,
            verdict=row.verdict if row else None,
            thumbnail_url=f"{base}/thumbnail.jpg?version={number}" if is_there else None,
            footage_url=f"{base}/versions/{number}/footage.mp4" if is_there else None,
            parent=self.parents[number],
            renderer_label=maker.label if maker else None,
            model=maker.model if maker else None,
            seconds=self._seconds(row),
            size_bytes=known.size_bytes if known and is_there else None,
            regeneration_id=row.regeneration_id if row else None,
            change=self._change(number),
            footage_state=row.footage_state if row else FootageState.KEPT,
            can_delete=bool(row and is_removable(self.project, row)),
        )

    def _maker(self, number: int, row: VersionRecord | None) -> Maker | None:
        """Return who made a version: of an original, the model that first made the job."""
        if row and row.renderer:
            return self.renderers.maker(row.renderer)
        key = self.renderers.key_of(self.project.job.video_model) if number == ORIGINAL else None
        return self.renderers.maker(key) if key else None

    def _seconds(self, row: VersionRecord | None) -> float | None:
        made_by = row.regeneration_id if row else None
        return self.seconds.get(made_by) if made_by else None

    def _change(self, number: int) -> Departure | None:
        parent = self.parents[number]
        before = self.facts.get(parent) if parent else None
        after = self.facts.get(number)
        if not (parent and before and after and before.measures and after.measures):
            return None
        return Departure(parent, shifts(before.measures, after.measures))
