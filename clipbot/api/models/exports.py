"""The film in another size and rate."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from pydantic import Field

from clipbot.api.links import Link
from clipbot.api.models.common import Percent, Request, Seconds, Shape
from clipbot.services.exports import ExportView

Size = Literal["480p", "720p", "1080p", "1440p", "2160p"]


class ExportRequest(Request):
    """What the film is to be made as."""

    size: Size | None = Field(
        default=None, examples=["1080p"], description="Short side; none: that of the film."
    )
    rate: Literal[24, 25, 30] | None = Field(
        default=None, examples=[30], description="Frames per second; none: those of the film."
    )


class ExportModel(Shape):
    """An export, and how far it is."""

    id: UUID
    status: Literal["waiting", "encoding", "ready", "failed", "cancelled"]
    progress: Percent = Field(description="Percent of what has to be encoded.")
    url: Link | None = Field(description="The file; None until it is ready.")
    composition: int = Field(examples=[3], description="Number of the film that it shows.")
    width: int = Field(examples=[1920])
    height: int = Field(examples=[1080])
    rate: float = Field(examples=[30.0], description="Frames per second.")
    frames: int = Field(examples=[900])
    seconds: Seconds
    size_bytes: int | None = Field(examples=[8_400_000], description="None until it is ready.")
    error: str | None = Field(description="Why it failed.")

    @classmethod
    def of(cls, export: ExportView) -> "ExportModel":
        """Return the shape of an export."""
        is_ready = export.status == "ready"
        return cls.model_validate(
            {
                "id": export.id,
                "status": export.status,
                "progress": export.progress,
                "url": export.url if is_ready else None,
                "composition": export.film.number,
                "width": export.film.width,
                "height": export.film.height,
                "rate": float(export.film.rate),
                "frames": export.film.frames,
                "seconds": export.film.seconds,
                "size_bytes": export.film.size_bytes if is_ready else None,
                "error": export.trouble,
            }
        )


class ExportList(Shape):
    """The exports of a job that this server knows of, newest first."""

    exports: list[ExportModel]

    @classmethod
    def of(cls, exports: Sequence[ExportView]) -> "ExportList":
        """Return the shape of several exports."""
        return cls(exports=[ExportModel.of(export) for export in exports])
