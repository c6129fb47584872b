"""Offers: new versions that wait for a yes, all of them where somebody wants that."""

from dataclasses import dataclass
from uuid import UUID

from clipbot.domain.user import User
from clipbot.domain.verdicts import is_offer
from clipbot.services.access import owned
from clipbot.services.base import Clock
from clipbot.services.jobs import JobService
from clipbot.services.project import Projects
from clipbot.services.views import JobView
from clipbot.store.store import Store


@dataclass(frozen=True, slots=True)
class OfferService:
    """Decides what is offered, and drops offers."""

    store: Store
    projects: Projects
    jobs: JobService
    clock: Clock

    def ask_first(self, user: User, job_id: UUID, *, offers_first: bool) -> JobView:
        """Decide whether every new version of a job is offered before the film takes it.

        Edits that are under way follow it, too.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        owned(self.store.jobs, user, job_id)
        self.store.jobs.set_offers_first(job_id, offers_first=offers_first)
        return self.jobs.get(user, job_id)

    def drop(self, user: User, job_id: UUID, clip_index: int, number: int) -> None:
        """Offer a version no longer; it stays in the list, and can still be used.

        What is not offered stays as it is.

        Raises:
            ClipNotFound: No such clip.
            VersionNotFound: No such version.
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
        """
        project = self.projects.of(user, job_id)
        project.clip(clip_index)
        version = project.version(clip_index, number)
        if version and version.regeneration_id and is_offer(version.verdict):
            self.store.takes.drop(job_id, version.regeneration_id, now=self.clock())
