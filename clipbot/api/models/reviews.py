"""Reviews: edits with what was before and after, and marks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import (
    ClipIndex,
    MeasuresModel,
    Money,
    Percent,
    Request,
    Seconds,
    Shape,
    Temperature,
)
from clipbot.domain.money import decimal_string
from clipbot.domain.reviews import MOST_NOTE, Judged, Mark
from clipbot.services.review_views import (
    Counts,
    MarkView,
    ReviewPage,
    ReviewRow,
    ShownVersion,
)
from clipbot.services.views import RegenerationStatus


class ShownVersionModel(Shape):
    """A version as one side of a comparison."""

    version_number: int = Field(examples=[1])
    renderer: str | None = Field(examples=["local"])
    seed: int | None = Field(examples=[814])
    measures: MeasuresModel | None = Field(description="Null: not measured yet.")
    thumbnail_url: Link | None = Field(
        examples=["/api/v1/jobs/../clips/0/thumbnail.jpg?version=1"],
        description="Null: its footage is not there.",
    )
    footage_url: Link | None = Field(
        examples=["/api/v1/jobs/../clips/0/versions/1/footage.mp4"],
        description="Null: its footage is not there.",
    )

    @classmethod
    def of(cls, side: ShownVersion | None) -> "ShownVersionModel | None":
        """Return the shape of a version, if there is one."""
        if side is None:
            return None
        return cls(
            version_number=side.number,
            renderer=side.renderer,
            seed=side.seed,
            measures=MeasuresModel.of(side.measures),
            thumbnail_url=side.thumbnail_url,
            footage_url=side.footage_url,
        )


class PromptRun(Shape):
    """Words that stand in a row in a prompt, and what became of them."""

    kind: Literal["same", "out", "in"] = Field(
        examples=["in"], description="In both prompts; in the old one alone; in the new one alone."
    )
    text: str = Field(examples=[" at night"])


class MarkModel(Shape):
    """What a reviewer says of an edit."""

    mark: Mark
    note: str = Field(examples=["The lanterns flicker."])
    moment_seconds: Seconds | None = Field(
        description="Where in the clip it is about, from its start; null: all of it."
    )
    reviewer: str = Field(
        examples=["ada@example.com"],
        description="Their e-mail address; empty where there is none, and by a shared link.",
    )
    is_own: bool
    made_at: datetime

    @classmethod
    def of(cls, view: MarkView) -> "MarkModel":
        """Return the shape of a mark."""
        return cls(
            mark=view.mark,
            note=view.note,
            moment_seconds=view.moment_seconds,
            reviewer=view.reviewer,
            is_own=view.is_own,
            made_at=view.made_at,
        )


class ReviewedModel(Shape):
    """One edit of a job, as a reviewer sees it."""

    regeneration_id: UUID
    clip_index: ClipIndex
    status: RegenerationStatus | None = Field(
        description="Null: the pipeline wrote something down that is no state."
    )
    progress: Percent
    instruction: str = Field(examples=["make it night"])
    before: ShownVersionModel | None = Field(
        description="What it started from; null: it never began, or nobody can tell."
    )
    after: ShownVersionModel | None = Field(
        description="Null: it made no version, or nobody can tell which."
    )
    prompt_before: str = Field(examples=["A sunny street, slow pan."])
    prompt_after: str | None = Field(description="Null: none was written.")
    prompt_runs: list[PromptRun] = Field(description="Both prompts as one text, in reading order.")
    verdict: Judged
    gate: dict[str, Any] | None = Field(
        examples=[{"outcome": "passed", "sentence": "Darker by 30 %.", "findings": []}],
        description="What the gate measured, as with versions.",
    )
    is_in_film: bool
    is_offered: bool = Field(description="Whether its version waits for a person.")
    is_by_pipeline: bool = Field(
        description="Whether the pipeline made it: then what it did not write down is null."
    )
    renderer: str | None = Field(examples=["local"])
    language_model: str | None
    seed: int | None = Field(examples=[814])
    temperature: Temperature | None
    estimate: Money | None
    ceiling: Money | None = Field(description="The most that it could have cost, in US dollars.")
    cost: Money | None
    error: str | None
    error_code: str | None
    queued_at: datetime | None = Field(
        description="The pipeline wrote its edits down once they were over."
    )
    started_at: datetime | None
    finished_at: datetime | None
    waited: Seconds | None = Field(description="Seconds in the queue.")
    seconds: Seconds | None = Field(description="Seconds from its beginning to its end.")
    mark: MarkModel | None = Field(
        description="One's own; by a shared link, the newest of anybody's."
    )
    other_marks: list[MarkModel] = Field(description="The newest of each other reviewer.")

    @classmethod
    def of(cls, row: ReviewRow) -> "ReviewedModel":
        """Return the shape of a reviewed edit."""
        edit = row.edit
        return cls(
            regeneration_id=edit.id,
            clip_index=edit.clip_index,
            status=edit.status,
            progress=edit.progress,
            instruction=edit.instruction,
            before=ShownVersionModel.of(row.before),
            after=ShownVersionModel.of(row.after),
            prompt_before=row.prompt_before,
            prompt_after=row.prompt_after,
            prompt_runs=[PromptRun(kind=run.kind, text=run.text) for run in row.prompt],
            verdict=row.judged,
            gate=None if row.verdict is None else dict(row.verdict),
            is_in_film=row.is_current,
            is_offered=row.is_offered,
            is_by_pipeline=edit.is_by_pipeline,
            renderer=edit.renderer,
            language_model=edit.language_model,
            seed=edit.seed,
            temperature=edit.temperature,
            estimate=_money(edit.estimate_micros),
            ceiling=_money(edit.ceiling_micros),
            cost=_money(edit.cost_micros),
            error=edit.error,
            error_code=edit.error_code,
            queued_at=edit.created_at,
            started_at=edit.started_at,
            finished_at=edit.finished_at,
            waited=row.waited_seconds,
            seconds=row.seconds,
            mark=MarkModel.of(row.mark) if row.mark else None,
            other_marks=[MarkModel.of(mark) for mark in row.others],
        )


def _money(micros: int | None) -> str | None:
    return None if micros is None else decimal_string(micros)


class RendererCount(Shape):
    """A renderer, and how many edits of the job it made or was to make."""

    key: str = Field(examples=["local"])
    label: str = Field(examples=["Local look"])
    count: int = Field(examples=[12])


class ReviewCounts(Shape):
    """How many edits the job has of each kind, whatever is looked for; none is left out."""

    total: int = Field(examples=[12])
    cost: Money = Field(description="Of all whose cost is known, in US dollars.")
    statuses: dict[str, int] = Field(examples=[{"completed": 11, "failed": 1}])
    verdicts: dict[str, int] = Field(examples=[{"passed": 9, "failed": 2, "none": 1}])
    marks: dict[str, int] = Field(examples=[{"accept": 7, "none": 5}])
    renderers: list[RendererCount]

    @classmethod
    def of(cls, counts: Counts, labels: Mapping[str, str]) -> "ReviewCounts":
        """Return the shape of counts."""
        return cls(
            total=counts.total,
            cost=decimal_string(counts.cost_micros),
            statuses={key.value: count for key, count in sorted(counts.statuses.items())},
            verdicts={key.value: count for key, count in sorted(counts.verdicts.items())},
            marks={key.value: count for key, count in sorted(counts.marks.items())},
            renderers=[
                RendererCount(key=key, label=labels.get(key, key), count=count)
                for key, count in sorted(counts.renderers.items())
            ],
        )


class ReviewModel(Shape):
    """Edits of a job for a reviewer, newest first."""

    title: str = Field(examples=["Paper lanterns"])
    clip_count: int = Field(examples=[6])
    can_mark: bool = Field(description="False by a shared link: that only shows.")
    counts: ReviewCounts
    regenerations: list[ReviewedModel]
    next_before: UUID | None = Field(description="Ask on with `before` set to this; null: no more.")

    @classmethod
    def of(cls, page: ReviewPage) -> "ReviewModel":
        """Return the shape of a page."""
        return cls(
            title=page.title,
            clip_count=page.clip_count,
            can_mark=page.can_mark,
            counts=ReviewCounts.of(page.counts, page.renderers),
            regenerations=[ReviewedModel.of(row) for row in page.rows],
            next_before=page.next_before,
        )


class MarkRequest(Request):
    """What a reviewer says of an edit now."""

    mark: Mark = Field(examples=["reject"], description="`none` takes an earlier mark back.")
    note: str = Field(default="", max_length=MOST_NOTE, examples=["The lanterns flicker."])
    moment_seconds: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        examples=[1.2],
        description="Where in the clip the note is about, from its start, at most its length.",
    )


class MarkList(Shape):
    """All that was ever said of an edit, oldest first."""

    marks: list[MarkModel]

    @classmethod
    def of(cls, views: Sequence[MarkView]) -> "MarkList":
        """Return the shape of some marks."""
        return cls(marks=[MarkModel.of(view) for view in views])
