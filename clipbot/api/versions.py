"""Versions of a clip: see them, go back to one, delete its footage."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from clipbot.api.context import ClipPath, JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.jobs import JobModel
from clipbot.api.models.versions import VersionList, VersionModel

router = APIRouter(prefix="/jobs/{job_id}/clips/{clip_index}/versions", tags=["versions"])
VersionId = Annotated[
    str, Path(description="A version's id, its number, or `original`.", max_length=64)
]


@router.get("", responses=responses(400, 403, 404))
def list_versions(
    me: Me,
    job_id: JobId,
    clip_index: ClipPath,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
    before: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="Begin behind this number.")
    ] = None,
) -> VersionList:
    """List the versions of a clip, newest first; there is always the original."""
    versions = me.services.versions.list(me.user, job_id, clip_index)
    return VersionList.of(versions, limit, before)


@router.post("/{version_id}/restore", responses=responses(400, 403, 404, 409))
def restore_version(me: Me, job_id: JobId, clip_index: ClipPath, version_id: VersionId) -> JobModel:
    """Let the film use a version again. Nothing is made anew, nothing is lost."""
    number = me.services.versions.number_of(me.user, job_id, clip_index, version_id)
    return JobModel.of(me.services.versions.restore(me.user, job_id, clip_index, number))


@router.delete("/{version_id}", responses=responses(400, 403, 404, 409))
def delete_version(
    me: Me, job_id: JobId, clip_index: ClipPath, version_id: VersionId
) -> VersionModel:
    """Delete the footage of a version that the film does without; its row stays."""
    number = me.services.versions.number_of(me.user, job_id, clip_index, version_id)
    return VersionModel.of(me.services.versions.delete(me.user, job_id, clip_index, number))
