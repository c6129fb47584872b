"""Jobs: see them."""

from typing import Annotated

from fastapi import APIRouter, Query

from clipbot.api.context import JobId, Me
from clipbot.api.errors import responses
from clipbot.api.models.jobs import JobList, JobModel, JobStatus

router = APIRouter(tags=["jobs"])


@router.get("/jobs", responses=responses(422))
def list_jobs(
    me: Me,
    status: Annotated[JobStatus | None, Query(description="Only jobs in this state.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> JobList:
    """List your jobs, newest first."""
    return JobList.of(me.services.jobs.list(me.user, status=status, limit=limit, offset=offset))


@router.get("/jobs/{job_id}", responses=responses(400, 403, 404))
def get_job(me: Me, job_id: JobId) -> JobModel:
    """Return one job: its state, its money, its film."""
    return JobModel.of(me.services.jobs.get(me.user, job_id))
