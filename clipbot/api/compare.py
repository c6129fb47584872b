"""Compare two versions of a clip, or two films."""

from typing import Annotated

from fastapi import APIRouter, Query

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.compare import ComparisonModel, FilmComparisonModel, FilmList

router = APIRouter(prefix="/jobs/{job_id}", tags=["compare"])
_MOST = 2**31 - 1
A = Annotated[
    int | None,
    Query(ge=1, le=_MOST, description="A version's number; none: the one that `b` came from."),
]
B = Annotated[int | None, Query(ge=1, le=_MOST, description="The same; none: the current one.")]
FilmA = Annotated[
    int | None, Query(ge=1, le=_MOST, description="A film's number; none: the one before `b`.")
]


@router.get("/clips/{clip_index}/compare", responses=responses(400, 403, 404))
@router.get("/clips/{clip_index}/versions/compare", include_in_schema=False)
def compare_versions(
    me: Me, job_id: JobId, clip_index: ClipPath, a: A = None, b: B = None
) -> ComparisonModel:
    """Say how two versions of a clip differ: in which measures, how much, where and when.

    The first time their pictures are measured, which takes a second or two.
    """
    return ComparisonModel.of(me.services.compare.clip(me.user, job_id, clip_index, a, b))


@router.get("/films", responses=responses(400, 403, 404))
def list_films(me: Me, job_id: JobId) -> FilmList:
    """List the films that the job has had, newest first; each keeps its number."""
    return FilmList.of(me.services.compare.films(me.user, job_id))


@router.get("/films/compare", responses=responses(400, 403, 404))
def compare_films(me: Me, job_id: JobId, a: FilmA = None, b: B = None) -> FilmComparisonModel:
    """Say which clips two films show in different versions."""
    return FilmComparisonModel.of(me.services.compare.film(me.user, job_id, a, b))
