"""Several versions of a clip at once."""

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from pydantic import Field

from clipbot.api.models.common import Request, Shape
from clipbot.api.models.regenerations import RegenerationModel
from clipbot.api.models.versions import VersionModel
from clipbot.domain.takes import MOST
from clipbot.services.takes import TakesView, TakeView


class TakesRequest(Request):
    """A wish for more versions like one that is there."""

    takes: int = Field(default=3, ge=1, le=MOST, description="How many.")
    version_number: int | None = Field(
        default=None,
        ge=1,
        le=2**31 - 1,
        examples=[2],
        description="What they are to be like; none: what waits for a yes, else what the film "
        "shows.",
    )
    renderer: str | None = Field(
        default=None, examples=["local"], description="None: who made that version."
    )


class KeepRequest(Request):
    """A choice among takes."""

    version_number: int | None = Field(
        ge=1, le=2**31 - 1, examples=[4], description="Null: none; the film stays as it is."
    )


class TakeModel(Shape):
    """One take, from its price to its footage."""

    number: int = Field(examples=[1], description="Counts from 1.")
    strength: str | None = Field(
        examples=["slight"], description="Where takes differ by that, and not by their seeds."
    )
    regeneration: RegenerationModel
    version: VersionModel | None = Field(description="None: it is not made yet, or never was.")

    @classmethod
    def of(cls, view: TakeView) -> Self:
        """Return the shape of a take."""
        take = view.edit.take
        return cls(
            number=take.number if take else 1,
            strength=take.strength if take else None,
            regeneration=RegenerationModel.of(view.edit),
            version=VersionModel.of(view.version) if view.version else None,
        )


class TakesModel(Shape):
    """What was made at once."""

    batch_id: UUID
    like: int | None = Field(
        examples=[2], description="The version that they are like; null: they are of a new wish."
    )
    is_open: bool = Field(description="Whether some are still being made.")
    is_decided: bool = Field(description="Whether one of them, or none, was kept.")
    takes: list[TakeModel]

    @classmethod
    def of(cls, view: TakesView) -> Self:
        """Return the shape of some takes."""
        return cls(
            batch_id=view.batch_id,
            like=view.like,
            is_open=view.is_open,
            is_decided=view.is_decided,
            takes=[TakeModel.of(take) for take in view.takes],
        )


class TakesList(Shape):
    """All takes of a clip, newest first."""

    batches: list[TakesModel]

    @classmethod
    def of(cls, views: Sequence[TakesView]) -> Self:
        """Return the shape of all takes of a clip."""
        return cls(batches=[TakesModel.of(view) for view in views])
