"""Whose job it is."""

from uuid import UUID

from clipbot.domain.user import User
from clipbot.errors import NotAllowed
from clipbot.store.jobs import Jobs
from clipbot.store.records import JobRecord


def owned(jobs: Jobs, user: User, job_id: UUID) -> JobRecord:
    """Return the job if the user may see and edit it.

    Raises:
        JobNotFound: No such job.
        NotAllowed: It belongs to somebody else.
    """
    job = jobs.get(job_id)
    if job.user_id != user.id and not user.is_admin:
        raise NotAllowed
    return job
