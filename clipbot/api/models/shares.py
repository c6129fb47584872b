"""Links by which a review is shared."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from clipbot.api.models.common import Request, Shape
from clipbot.services.review_views import NewShareView, ShareRecord
from clipbot.services.shares import MOST_DAYS, MOST_LABEL, USUAL_DAYS


class ShareRequest(Request):
    """A link to a review, to be made."""

    days: int = Field(
        default=USUAL_DAYS, ge=1, le=MOST_DAYS, examples=[7], description="For how long it holds."
    )
    label: str = Field(
        default="", max_length=MOST_LABEL, examples=["For the band"], description="For whom it is."
    )


class ShareModel(Shape):
    """A link to a review."""

    id: UUID
    label: str = Field(examples=["For the band"])
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    is_held: bool = Field(description="Whether it still opens the review.")

    @classmethod
    def of(cls, share: ShareRecord, *, is_held: bool) -> "ShareModel":
        """Return the shape of a link."""
        return cls(**_fields(share), is_held=is_held)


class NewShareModel(ShareModel):
    """A link to a review that was just made."""

    token: str | None = Field(
        examples=["pXv0mXmWg3zjX8r5n2cGk0y8m9b1uQ4f3d7s6a5z4e2"],
        description="Opens the review; shown this once, and not when a request is repeated.",
    )
    url: str | None = Field(
        examples=["/shared/3fa85f64-5717-4562-b3fc-2c963f66afa6#pXv0mXmWg3zjX8r5n2cGk0y8m9b1u"],
        description="For people: the token is behind `#`, which no browser sends anywhere.",
    )

    @classmethod
    def with_token(cls, made: NewShareView) -> "NewShareModel":
        """Return the shape of a link with what opens it."""
        return cls(**_fields(made.share), is_held=True, token=made.token, url=made.url)


class ShareList(Shape):
    """The links of a job, newest first, with those that have ended."""

    shares: list[ShareModel]


class OpenedShare(Shape):
    """A link to a review that holds."""

    expires_at: datetime


def _fields(share: ShareRecord) -> dict[str, Any]:
    return {
        "id": share.id,
        "label": share.label,
        "created_at": share.created_at,
        "expires_at": share.expires_at,
        "revoked_at": share.revoked_at,
    }
