"""What every call starts from: who asks, and the services.

Whose a request is was found out by `gate`; it is read here.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Path, Request
from fastapi.concurrency import run_in_threadpool

from clipbot.api.hub import Hub
from clipbot.api.recent import Recent
from clipbot.domain.user import User
from clipbot.identity.base import Identity, current_user, known_user
from clipbot.identity.cookies import Jar
from clipbot.services.bundle import Services


@dataclass(frozen=True, slots=True)
class Desk:
    """What the app was made with."""

    services: Services
    identity: Identity
    hub: Hub
    previews: Recent
    jar: Jar
    """Writes cookies."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what they may use."""

    user: User
    services: Services
    hub: Hub
    previews: Recent


def bind(app: FastAPI, desk: Desk) -> None:
    """Give the app what its calls need."""
    app.state.desk = desk


def desk_of(app: FastAPI) -> Desk:
    """Return what the app was made with."""
    desk: Desk = app.state.desk
    return desk


def events_of(app: FastAPI) -> Hub:
    """Return what hands out the events of jobs, for others on the same event loop."""
    return desk_of(app).hub


async def caller(request: Request) -> Caller:
    """Find out who asks, on the event loop: mostly the gate knows it already.

    Raises:
        ClipbotError: The identity does not let them in.
    """
    desk = desk_of(request.app)
    user = known_user(request)
    if user is None:
        user = await run_in_threadpool(current_user, request, desk.identity)
    return Caller(user, desk.services, desk.hub, desk.previews)


Me = Annotated[Caller, Depends(caller)]
JobId = Annotated[UUID, Path(description="Id of the job.")]
ClipPath = Annotated[int, Path(description="Counts from 0.", ge=0, le=2**31 - 1)]
VersionPath = Annotated[int, Path(description="Counts from 1.", ge=0, le=2**31 - 1)]
