"""Who one is, as this clipbot knows it."""

from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from clipbot.api.context import Me
from clipbot.api.models.common import Shape
from clipbot.identity.base import Credential, shown_by

router = APIRouter(tags=["people"])


class Person(Shape):
    """Whoever asks."""

    id: UUID
    email: str | None = Field(examples=["ada@example.com"])
    is_admin: bool = Field(description="Whether everybody's jobs are shown.")
    can_sign_out: bool = Field(description="Whether a session is what lets them in.")


@router.get("/me")
def get_me(request: Request, me: Me) -> Person:
    """Say who asks."""
    return Person(
        id=me.user.id,
        email=me.user.email,
        is_admin=me.user.is_admin,
        can_sign_out=shown_by(request) is Credential.COOKIE,
    )
