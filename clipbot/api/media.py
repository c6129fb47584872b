"""Films, footage and stills as files."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from clipbot.api.context import ClipPath, JobId, Me, VersionPath
from clipbot.api.errors import responses
from clipbot.api.links import linked
from clipbot.api.sending import IMMUTABLE, REVALIDATE, FileSource, sent
from clipbot.errors import ClipNotFound, FootageMissing

router = APIRouter(prefix="/jobs/{job_id}", tags=["media"])
MP4 = "video/mp4"
JPEG = "image/jpeg"


def file_answers(media_type: str, *statuses: int) -> dict[int | str, dict[str, object]]:
    """Return the answers of a call that sends a file with ranges, for OpenAPI."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {
        200: {"description": "The whole file.", "content": content},
        206: {"description": "The range that was asked for.", "content": content},
        304: {"description": "The file that the client keeps is still good."},
        **responses(400, 403, 404, 416, 503, *statuses),
    }


_FILM_ANSWERS: dict[int | str, dict[str, object]] = {
    **file_answers(MP4),
    307: {"description": "Without `composition`: leads to the current one."},
}


@router.get("/film.mp4", responses=_FILM_ANSWERS, response_class=Response)
@router.head("/film.mp4", include_in_schema=False)
def get_film(
    request: Request,
    me: Me,
    job_id: JobId,
    composition: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="Its number; none: the current one.")
    ] = None,
) -> Response:
    """Return a film. With a number it never changes; without, it leads to the current one."""
    film = me.services.first_films.film(me.user, job_id, composition)
    if composition is None:
        target = f"{request.url.path}?composition={film.number}"
        return RedirectResponse(linked(target), 307, headers={"Cache-Control": REVALIDATE})
    return sent(request, film, media_type=MP4, cache=IMMUTABLE)


@router.get(
    "/clips/{clip_index}/versions/{version}/footage.mp4",
    responses=file_answers(MP4),
    response_class=Response,
)
@router.head("/clips/{clip_index}/versions/{version}/footage.mp4", include_in_schema=False)
def get_footage(
    request: Request, me: Me, job_id: JobId, clip_index: ClipPath, version: VersionPath
) -> Response:
    """Return the media file of a version, which never changes."""
    path = me.services.films.footage(me.user, job_id, clip_index, version)
    return sent(request, FileSource.of(path), media_type=MP4, cache=IMMUTABLE)


@router.get(
    "/clips/{clip_index}/thumbnail",
    status_code=302,
    responses=responses(400, 403, 404),
    response_class=RedirectResponse,
)
def get_thumbnail(me: Me, job_id: JobId, clip_index: ClipPath) -> RedirectResponse:
    """Lead to the still of a clip's current version: in the storage for an hour, or here."""
    signed = me.services.clips.thumbnail_address(me.user, job_id, clip_index)
    if signed is not None:
        return RedirectResponse(signed, 302, headers={"Cache-Control": REVALIDATE})
    clips = me.services.clips.list(me.user, job_id)
    clip = next((clip for clip in clips if clip.clip_index == clip_index), None)
    if clip is None:
        raise ClipNotFound(clip_index, len(clips))
    if clip.thumbnail_url is None:
        raise FootageMissing(clip_index)
    return RedirectResponse(linked(clip.thumbnail_url), 302, headers={"Cache-Control": REVALIDATE})


@router.get(
    "/clips/{clip_index}/thumbnail.jpg", responses=file_answers(JPEG), response_class=Response
)
@router.head("/clips/{clip_index}/thumbnail.jpg", include_in_schema=False)
def get_still(
    request: Request,
    me: Me,
    job_id: JobId,
    clip_index: ClipPath,
    version: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="None: the current one.")
    ] = None,
) -> Response:
    """Return a still of a version; with its number it never changes."""
    still = me.services.clips.thumbnail(me.user, job_id, clip_index, version)
    source = FileSource.of(still.path, etag=still.etag)
    cache = IMMUTABLE if version is not None else REVALIDATE
    return sent(request, source, media_type=JPEG, cache=cache)
