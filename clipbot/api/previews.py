"""Free previews of an edit, before anything is confirmed."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.media import JPEG, MP4, file_answers
from clipbot.api.recent import Pictures
from clipbot.api.sending import REVALIDATE, BytesSource, sent
from clipbot.errors import ClipNotFound, ClipUnknown, EmptyInstruction

router = APIRouter(prefix="/jobs/{job_id}/clips/{clip_index}", tags=["previews"])


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be shown: a clip of a film, and a wish for it."""

    me: Me
    job_id: UUID
    clip_index: int
    wish: dict[str, Any]
    """What the preview service takes: a plan, or the quote that holds one."""
    key: Hashable
    """All that the drawing depends on."""

    def drawn(self, kind: str, draw: Callable[[], Pictures]) -> Pictures:
        """Return a drawing of this, made now unless it was made lately."""
        return self.me.previews.get((kind, self.key), draw)


def subject(
    me: Me,
    job_id: JobId,
    clip_index: ClipPath,
    text: Annotated[str | None, Query(description="The instruction, or")] = None,
    quote_id: Annotated[UUID | None, Query(description="the price that it was given.")] = None,
) -> Subject:
    """Find out what is to be shown.

    Raises:
        EmptyInstruction: Neither words nor a quote are given.
        ClipNotFound: No such clip.
    """
    film = me.services.jobs.get(me.user, job_id).film
    place = (job_id, clip_index, film.number if film else None)
    if quote_id is not None:
        return Subject(me, job_id, clip_index, {"quote_id": quote_id}, (*place, quote_id))
    if text is None:
        raise EmptyInstruction
    try:
        plan = me.services.plans.plan(me.user, job_id, text, (clip_index + 1,))
    except ClipUnknown as error:  # the address names it, so there is no such address
        raise ClipNotFound(error.index, error.count) from error
    return Subject(me, job_id, clip_index, {"plan": plan}, (*place, plan))


Shown = Annotated[Subject, Depends(subject)]


@router.get("/preview/before.jpg", responses=file_answers(JPEG, 422), response_class=Response)
@router.head("/preview/before.jpg", include_in_schema=False)
def get_frame_before(request: Request, shown: Shown) -> Response:
    """Return a frame of a clip as it is."""
    return sent(request, BytesSource(_frames(shown)[0]), media_type=JPEG, cache=REVALIDATE)


@router.get("/preview/after.jpg", responses=file_answers(JPEG, 422), response_class=Response)
@router.head("/preview/after.jpg", include_in_schema=False)
def get_frame_after(request: Request, shown: Shown) -> Response:
    """Return the same frame as it would be."""
    return sent(request, BytesSource(_frames(shown)[1]), media_type=JPEG, cache=REVALIDATE)


@router.get("/preview.mp4", responses=file_answers(MP4, 422), response_class=Response)
@router.head("/preview.mp4", include_in_schema=False)
def get_preview(request: Request, shown: Shown) -> Response:
    """Return the first seconds of a clip as they would be, small."""
    (film,) = shown.drawn("clip", lambda: (_clip(shown),))
    return sent(request, BytesSource(film), media_type=MP4, cache=REVALIDATE)


def _frames(shown: Subject) -> Pictures:
    services, user = shown.me.services, shown.me.user

    def draw() -> Pictures:
        return services.previews.frame(user, shown.job_id, shown.clip_index, **shown.wish)

    return shown.drawn("frame", draw)


def _clip(shown: Subject) -> bytes:
    with TemporaryDirectory(prefix="clipbot-preview-") as folder:
        dest = Path(folder) / "preview.mp4"
        shown.me.services.previews.clip(
            shown.me.user, shown.job_id, shown.clip_index, dest, **shown.wish
        )
        return dest.read_bytes()
