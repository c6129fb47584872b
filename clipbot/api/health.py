"""Whether the server is there."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import Field

from clipbot import __version__
from clipbot.api.models.common import Shape

router = APIRouter(tags=["health"])


class Health(Shape):
    """A sign of life."""

    name: Literal["clipbot"] = "clipbot"
    version: str = Field(examples=["0.1.0"])
    status: Literal["ok"] = "ok"
    time: datetime


@router.get("/health")
def get_health() -> Health:
    """Answer that the server is there; looks at nothing else."""
    return Health(version=__version__, time=datetime.now(UTC))
