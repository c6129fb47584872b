"""Answer questions about a job: at once, free, from the store."""

from dataclasses import dataclass, replace
from uuid import UUID

from clipbot.domain.plan import Edit, Plan, Topic
from clipbot.domain.user import User
from clipbot.services.clips import ClipService
from clipbot.services.conversation import Conversations
from clipbot.services.facts import Facts, Question
from clipbot.services.jobs import JobService
from clipbot.services.project import Projects
from clipbot.services.telling import told
from clipbot.store.store import Store

_EDITS = 1000


@dataclass(frozen=True, slots=True)
class AnswerService:
    """Looks things up; it asks no model and changes nothing."""

    store: Store
    projects: Projects
    jobs: JobService
    clips: ClipService
    conversations: Conversations

    def answer(self, user: User, job_id: UUID, plan: Plan, text: str) -> Plan:
        """Return the plan of a question with its answer, and the clips that it is about.

        Args:
            user: Who asks.
            job_id: The job.
            plan: The question, understood.
            text: The question.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
        """
        named = sorted({number for edit in plan.edits for number in edit.clips})
        said = told(
            self._facts(user, job_id), plan.topic or Topic.VIDEO, Question(text, tuple(named))
        )
        edits = (Edit(said.clips),) if said.clips else ()
        return replace(plan, edits=edits, reply=said.reply)

    def _facts(self, user: User, job_id: UUID) -> Facts:
        project = self.projects.of(user, job_id)
        song = project.song_seconds
        offer = self.conversations.unconfirmed(job_id)
        return Facts(
            job=self.jobs.get(user, job_id),
            clips=tuple(self.clips.list(user, job_id)),
            versions=project.versions,
            edits=tuple(self.store.regenerations.of_job(job_id, limit=_EDITS)),
            song_seconds=None if song is None else float(song),
            offer=offer.content if offer else None,
        )
