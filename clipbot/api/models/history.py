"""The edit log of a film."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from clipbot.api.models.common import Request, Shape
from clipbot.domain.versions import Cursor


class EntryModel(Shape):
    """One change of the film."""

    position: int = Field(examples=[1], description="From 1, without gaps.")
    kind: Literal["edit", "restore"]
    label: str = Field(examples=["make it nighttime (clip 2)"])
    is_done: bool = Field(description="False: it was taken back, and can be put back.")
    clips: list[int] = Field(examples=[[1]], description="The clips that it changed, from 0.")
    created_at: datetime | None


class HistoryModel(Shape):
    """All changes of a film, oldest first."""

    position: int = Field(examples=[1], description="Where the film stands; 0: as it came.")
    entries: list[EntryModel]

    @classmethod
    def of(cls, cursor: Cursor) -> "HistoryModel":
        """Return the shape of an edit log."""
        return cls(
            position=cursor.position,
            entries=[
                EntryModel(
                    position=entry.position,
                    kind=entry.kind.value,
                    label=entry.label,
                    is_done=entry.position <= cursor.position,
                    clips=list(entry.clips),
                    created_at=entry.made_at,
                )
                for entry in cursor.entries
            ],
        )


class HistoryRequest(Request):
    """Where the film is to stand."""

    position: int = Field(ge=0, le=2**31 - 1, examples=[0], description="0: as it came.")
