"""The answers that a clip has had."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import ClipIndex, MeasuresModel, Money, Seconds, Shape, Temperature
from clipbot.domain.money import decimal_string
from clipbot.domain.retention import FootageState
from clipbot.domain.shifts import Departure
from clipbot.services.views import VersionView


class ShiftModel(Shape):
    """One measure, before and after."""

    measure: str = Field(examples=["luma"], description="`luma saturation warmth motion`")
    before: float = Field(
        examples=[0.42], description="0..1; warmth and motion relative to brightness."
    )
    after: float = Field(examples=[0.3], description="As `before`.")
    share: float | None = Field(
        examples=[-0.29], description="How far it moved, as a share of the value before."
    )
    direction: str | None = Field(
        examples=["down"], description="`up`, `down`; null: not to be seen."
    )


class ChangeModel(Shape):
    """What was measured of a version against the one that it came from."""

    against: int = Field(examples=[1], description="Number of that version.")
    sentence: str = Field(examples=["Darker by 29 %, cooler."])
    shifts: list[ShiftModel]

    @classmethod
    def of(cls, change: Departure | None) -> "ChangeModel | None":
        """Return the shape of a change, if it was measured."""
        if change is None:
            return None
        shifts = [
            ShiftModel(
                measure=each.measure.value,
                before=round(each.before, 4),
                after=round(each.after, 4),
                share=None if each.share is None else round(each.share, 4),
                direction=each.direction,
            )
            for each in change.shifts
        ]
        return cls(against=change.against, sentence=change.sentence, shifts=shifts)


class VersionModel(Shape):
    """One version of a clip; never changed, never overwritten."""

    id: str = Field(
        examples=["original"], description="`original` where the clip was never edited."
    )
    clip_index: ClipIndex
    version_number: int = Field(examples=[2], description="Counts from 1; 1 is the original.")
    is_current: bool = Field(description="Whether the film uses it.")
    is_offered: bool = Field(
        description="Not what was asked, by measurement, or late, or a take: waits for a yes."
    )
    instruction: str | None = Field(examples=["make it night"])
    prompt: str = Field(examples=["A cyberpunk street scene"])
    cost: Money
    renderer: str | None = Field(examples=["local"])
    seed: int | None
    temperature: Temperature | None
    duration: Seconds | None
    created_at: datetime | None
    measures: MeasuresModel | None
    verdict: Mapping[str, Any] | None = Field(description="What was measured against the wish.")
    thumbnail_url: Link | None
    footage_url: Link | None
    parent: int | None = Field(
        examples=[1], description="Number of the version that it came from; null: nobody can say."
    )
    renderer_label: str | None = Field(
        examples=["Veo 3.1"], description="Of an original, the model that first made the job."
    )
    model: str | None = Field(examples=["google/veo-3.1"])
    seconds: Seconds | None = Field(description="How long it took to make.")
    size_bytes: int | None = Field(examples=[812345], description="Of its footage.")
    regeneration_id: UUID | None
    change: ChangeModel | None
    footage_state: FootageState = Field(
        description="`archived`: a smaller encode took its place. `deleted`: there is none."
    )
    can_delete: bool = Field(description="Whether its footage may be deleted.")

    @classmethod
    def of(cls, version: VersionView) -> "VersionModel":
        """Return the shape of a version."""
        return cls(
            id=version.id,
            clip_index=version.clip_index,
            version_number=version.number,
            is_current=version.is_current,
            is_offered=version.is_offered,
            instruction=version.instruction,
            prompt=version.prompt,
            cost=decimal_string(version.cost_micros),
            renderer=version.renderer,
            seed=version.seed,
            temperature=version.temperature,
            duration=version.duration,
            created_at=version.created_at,
            measures=MeasuresModel.of(version.measures),
            verdict=version.verdict,
            thumbnail_url=version.thumbnail_url,
            footage_url=version.footage_url,
            parent=version.parent,
            renderer_label=version.renderer_label,
            model=version.model,
            seconds=version.seconds,
            size_bytes=version.size_bytes,
            regeneration_id=version.regeneration_id,
            change=ChangeModel.of(version.change),
            footage_state=version.footage_state,
            can_delete=version.can_delete,
        )


class VersionList(Shape):
    """The versions of a clip, newest first."""

    versions: list[VersionModel]
    total_versions: int = Field(examples=[2])
    current_version: int = Field(examples=[1], description="Counts from 1.")
    next_before: int | None = Field(description="Ask on with `before` set to this; None: no more.")

    @classmethod
    def of(cls, versions: Sequence[VersionView], limit: int, before: int | None) -> "VersionList":
        """Return the shape of a page of a clip's versions; there is always the original.

        Args:
            versions: All of them, newest first.
            limit: How many are on the page.
            before: The page begins behind this number; None: at the newest.
        """
        older = [each for each in versions if before is None or each.number < before]
        page = older[:limit]
        return cls(
            versions=[VersionModel.of(version) for version in page],
            next_before=page[-1].number if len(older) > limit else None,
            total_versions=len(versions),
            current_version=next((v.number for v in versions if v.is_current), 1),
        )
