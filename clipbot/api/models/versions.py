"""The answers that a clip has had."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import ClipIndex, MeasuresModel, Money, Seconds, Shape, Temperature
from clipbot.domain.money import decimal_string
from clipbot.services.views import VersionView


class VersionModel(Shape):
    """One version of a clip; never changed, never overwritten."""

    id: str = Field(
        examples=["original"], description="`original` where the clip was never edited."
    )
    clip_index: ClipIndex
    version_number: int = Field(examples=[2], description="Counts from 1; 1 is the original.")
    is_current: bool = Field(description="Whether the film uses it.")
    is_offered: bool = Field(
        description="Not what was asked, by measurement, or late: waits for a yes."
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
