"""A job, and its film."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import Money, Percent, Seconds, Shape
from clipbot.api.models.regenerations import RegenerationModel
from clipbot.domain.money import decimal_string
from clipbot.services.views import FilmView, JobLine, JobPage, JobView

JobStatus = Literal["queued", "processing", "completed", "failed", "regenerating"]


class FilmModel(Shape):
    """The film as it is now."""

    number: int = Field(examples=[3], description="Of this composition; rises by one.")
    url: Link = Field(description="Immutable address, below the server's root.")
    stream_url: Link = Field(
        examples=["/api/v1/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6/film.m3u8?composition=3"],
        description="The same film in fragments (HLS), as phones like it.",
    )
    seconds: Seconds
    frames: int = Field(examples=[900])
    rate: float = Field(examples=[30.0], description="Frames per second.")
    width: int = Field(examples=[1280])
    height: int = Field(examples=[720])
    size_bytes: int = Field(examples=[4_200_000])

    @classmethod
    def of(cls, film: FilmView | None) -> "FilmModel | None":
        """Return the shape of a film, if there is one."""
        if film is None:
            return None
        return cls(
            number=film.number,
            url=film.url,
            stream_url=film.stream_url,
            seconds=film.seconds,
            frames=film.frames,
            rate=float(film.rate),
            width=film.width,
            height=film.height,
            size_bytes=film.size_bytes,
        )


class JobLineModel(Shape):
    """One music video in a list of them."""

    id: UUID
    title: str = Field(examples=["In the city of lights"])
    status: JobStatus
    progress: Percent
    total_cost: Money
    budget: Money
    budget_left: Money = Field(description="Neither spent nor reserved.")
    spent: Money = Field(description="Of the budget.")
    reserved: Money = Field(description="Set aside for edits that are running.")
    video_url: Link | None = Field(description="The film; None while it is first put together.")
    film: FilmModel | None
    events_url: Link = Field(
        examples=["/api/v1/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6/events"],
        description="Where its events are followed.",
    )
    aspect_ratio: str = Field(examples=["16:9"])
    video_model: str = Field(examples=["kling_v21"])
    clip_count: int = Field(examples=[6])
    is_editable: bool
    undo_label: str | None = Field(
        examples=["make it night (clip 2)"], description="What undo takes back."
    )
    redo_label: str | None = Field(description="What redo puts back.")
    last_event_id: int = Field(
        examples=[17], description="Follow the events after this one, and nothing is missed."
    )
    offers_first: bool = Field(
        description="Whether every new version is offered before the film takes it."
    )
    running: list[RegenerationModel] = Field(description="Queued and running edits, oldest first.")
    error: str | None
    created_at: datetime | None

    @classmethod
    def of_line(cls, job: JobLine) -> "JobLineModel":
        """Return the shape of a job in a list."""
        return cls.model_validate(cls._told(job))

    @staticmethod
    def _told(job: JobLine) -> dict[str, Any]:
        left = job.budget_micros - job.spent_micros - job.reserved_micros
        return {
            "id": job.id,
            "title": job.title,
            "status": job.status,
            "progress": job.progress,
            "total_cost": decimal_string(job.total_cost_micros),
            "budget": decimal_string(job.budget_micros),
            "budget_left": decimal_string(left),
            "spent": decimal_string(job.spent_micros),
            "reserved": decimal_string(job.reserved_micros),
            "video_url": job.film.url if job.film else None,
            "film": FilmModel.of(job.film),
            "events_url": f"/api/v1/jobs/{job.id}/events",
            "aspect_ratio": job.aspect_ratio,
            "video_model": job.video_model,
            "clip_count": job.clip_count,
            "is_editable": job.is_editable,
            "undo_label": job.undo_label,
            "redo_label": job.redo_label,
            "last_event_id": job.last_event_id,
            "offers_first": job.offers_first,
            "running": [RegenerationModel.of(record) for record in job.running],
            "error": job.error,
            "created_at": job.created_at,
        }


class JobModel(JobLineModel):
    """One music video, as its owner sees it."""

    film_trouble: str | None = Field(
        description="Why there is no film, where one could not be put together."
    )
    problems: list[str] = Field(
        description="What is odd about the stored job, a sentence each; not told in lists."
    )

    @classmethod
    def of(cls, job: JobView) -> "JobModel":
        """Return the shape of a job."""
        own = {"film_trouble": job.film_trouble, "problems": list(job.problems)}
        return cls.model_validate({**cls._told(job), **own})


class JobList(Shape):
    """Some jobs, newest first."""

    jobs: list[JobLineModel]
    next_offset: int | None = Field(
        examples=[50], description="Ask with this `offset` for more; null: there are no more."
    )

    @classmethod
    def of(cls, page: JobPage) -> "JobList":
        """Return the shape of a page of jobs."""
        lines = [JobLineModel.of_line(job) for job in page.jobs]
        return cls(jobs=lines, next_offset=page.next_offset)
