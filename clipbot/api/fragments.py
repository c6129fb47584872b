"""The film in fragments: a playlist and what it names (HLS).

The playlist names its segments relative to itself, so that it works behind any proxy; where
whoever asks needs signed addresses, each has a token of its own, and browsers look the
playlist up again. Initialisation and segments of a composition never change.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from clipbot.api.context import JobId, Me
from clipbot.api.links import linked
from clipbot.api.media import MP4, file_answers
from clipbot.api.sending import IMMUTABLE, REVALIDATE, BytesSource, sent

router = APIRouter(prefix="/jobs/{job_id}", tags=["media"])
PLAYLIST = "application/vnd.apple.mpegurl"

_PLAYLIST_ANSWERS: dict[int | str, dict[str, object]] = {
    **file_answers(PLAYLIST),
    307: {"description": "Without `composition`: leads to the current one."},
}
CompositionPath = Annotated[int, Path(description="Counts from 1.", ge=0, le=2**31 - 1)]
SegmentPath = Annotated[int, Path(description="Counts from 0.", ge=0, le=2**31 - 1)]


@router.get("/film.m3u8", responses=_PLAYLIST_ANSWERS, response_class=Response)
@router.head("/film.m3u8", include_in_schema=False)
def get_playlist(
    request: Request,
    me: Me,
    job_id: JobId,
    composition: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="Its number; none: the current one.")
    ] = None,
) -> Response:
    """Return a film's playlist. Without a number it leads to that of the current film."""
    number, film = me.services.first_films.fragments(me.user, job_id, composition)
    path = request.url.path
    if composition is None:
        target = linked(f"{path}?composition={number}")
        return RedirectResponse(target, 307, headers={"Cache-Control": REVALIDATE})
    folder = f"{path.rsplit('/', 1)[0]}/"
    names = ["init.mp4", *(f"{each}.m4s" for each in range(len(film.fragments)))]
    plain = [f"{folder}film/{number}/{name}" for name in names]
    signed = [linked(address) for address in plain]
    init, *segments = (address.removeprefix(folder) for address in signed)
    cache = IMMUTABLE if signed == plain else REVALIDATE
    source = BytesSource(film.playlist(init, segments).encode())
    return sent(request, source, media_type=PLAYLIST, cache=cache)


@router.get("/film/{composition}/init.mp4", responses=file_answers(MP4), response_class=Response)
@router.head("/film/{composition}/init.mp4", include_in_schema=False)
def get_film_init(
    request: Request, me: Me, job_id: JobId, composition: CompositionPath
) -> Response:
    """Return what a player needs before any segment of a film; it never changes."""
    _, film = me.services.first_films.fragments(me.user, job_id, composition)
    return sent(request, BytesSource(film.init), media_type=MP4, cache=IMMUTABLE)


@router.get(
    "/film/{composition}/{segment}.m4s", responses=file_answers(MP4), response_class=Response
)
@router.head("/film/{composition}/{segment}.m4s", include_in_schema=False)
def get_film_segment(
    request: Request, me: Me, job_id: JobId, composition: CompositionPath, segment: SegmentPath
) -> Response:
    """Return a segment of a film; it never changes, and most are the same in the next film."""
    _, film = me.services.first_films.fragments(me.user, job_id, composition)
    return sent(request, film.fragment(segment).open(), media_type=MP4, cache=IMMUTABLE)
