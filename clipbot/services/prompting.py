"""The beginning of a regeneration: what it starts from, and the prompt of the new version.

A language model may be asked here, and be paid. Its prompt, its price, the temperature and
the seed that follow from it are written down in one transaction: a step that runs again
finds them and buys nothing. (A process that dies between the answer and that transaction
asks once more. A model has no way to be asked for an answer it gave before, and a worse
prompt would waste the far dearer footage; what was lost is not booked.)

An edit does not die for a prompt. Where the model fails, our own rules write it and the
event says so; only where it declines the wish itself is that the person's answer.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from clipbot.domain.own_templates import row_id
from clipbot.domain.temperature import keeps_seed, refined
from clipbot.domain.versions import ORIGINAL
from clipbot.domain.wording import phrases
from clipbot.errors import EditCancelled, ModelRefused, ProviderError
from clipbot.language.base import PromptRequest, Rewrite
from clipbot.services.base import Clock
from clipbot.services.briefing import prompt_request
from clipbot.services.conversation import Conversations
from clipbot.services.live import PROMPT_DONE, LiveEdit
from clipbot.services.project import Project, Projects
from clipbot.services.work import Renderers
from clipbot.store.records import NewPrompt, RegenerationRecord
from clipbot.store.regenerations import Regenerations

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prompting:
    """Gets prompts written."""

    rows: Regenerations
    projects: Projects
    renderers: Renderers
    clock: Clock
    new_seed: Callable[[], int]

    def begin(self, regeneration_id: UUID) -> None:
        """Fix what the edit starts from, and write the new prompt, once.

        Raises:
            EditCancelled: It was taken back.
            FootageMissing: The clip has nothing to work on.
            ModelRefused: The language model declined this wish; what it charged is booked.
        """
        edit = LiveEdit(self.rows, regeneration_id)
        row = edit.row()
        if row.prompt is not None:
            return
        project = self.projects.of_job(row.job_id)
        row = self._started(project, row)
        written = _repeated(project, row) or self._written(edit, row, self._request(project, row))
        temperature = written.temperature
        if row.take is None or row.take.like is None:
            temperature = refined(temperature, f"{row.instruction} {row.edit.instruction}")
        self.rows.write_prompt(
            regeneration_id,
            NewPrompt(
                prompt=written.prompt,
                temperature=temperature,
                seed=self._seed(project, row, temperature),
                language_model=written.model,
                language_micros=written.cost_micros,
                reasoning=_reason(written, temperature),
            ),
            progress=PROMPT_DONE,
            now=self.clock(),
        )

    def _started(self, project: Project, row: RegenerationRecord) -> RegenerationRecord:
        index = row.clip_index
        base = row.take.base if row.take else project.current_number(index)
        if project.footage_key(index, base) is None:
            raise project.footage_missing(index, base)
        started = self.rows.start(
            row.id,
            base_number=base,
            original_prompt=project.prompt_of(index, base),
            now=self.clock(),
        )
        if row.template_id:
            self.rows.progress(
                row.id,
                name="template_matched",
                progress=PROMPT_DONE // 2,
                message=f"{phrases(row.edit.ops).capitalize()}.",
                fields={"template_id": row.template_id},
            )
        return started

    def _written(self, edit: LiveEdit, row: RegenerationRecord, request: PromptRequest) -> Rewrite:
        """Return the new prompt; what a model charged without writing one is booked."""
        writers = self.renderers.writers
        writer = writers.chosen(self.renderers.by_key(row.renderer), row.edit)
        try:
            return writer.rewrite(request, cancelled=edit.is_cancelled)
        except (EditCancelled, ModelRefused) as error:
            if error.spent_micros:
                self.rows.book_language(row.id, error.spent_micros)
            raise
        except ProviderError as error:
            logger.warning("prompt written by rule", extra={"code": error.code})
            failure = error
        ours = writers.offline.rewrite(request)
        return replace(
            ours,
            reasoning=f"Written by rule, because the language model failed ({failure.reason}). "
            f"{ours.reasoning}",
            cost_micros=failure.spent_micros,
        )

    def _seed(self, project: Project, row: RegenerationRecord, temperature: float) -> int:
        """Return the base version's seed for small changes, else a fresh one.

        Takes have seeds of their own, that is what makes them differ.
        """
        if row.take is not None:
            return row.seed
        base = project.seed(row.clip_index, row.base_number or ORIGINAL)
        if keeps_seed(temperature) and base is not None:
            return base
        return self.new_seed() if row.seed == base else row.seed

    def _request(self, project: Project, row: RegenerationRecord) -> PromptRequest:
        store = self.projects.store
        talk = Conversations(store).of_clip(row.job_id, row.clip_index, instruction=row.instruction)
        words = store.templates.words(row_id(row.template_id), row.user_id)
        before = row.original_prompt if row.original_prompt is not None else ""
        return prompt_request(project, row, before, talk, words)


def _repeated(project: Project, row: RegenerationRecord) -> Rewrite | None:
    """Return the prompt of the version that a take is like; nobody is asked, or paid, for it."""
    if row.take is None or row.take.like is None:
        return None
    return Rewrite(
        prompt=project.prompt_of(row.clip_index, row.take.like),
        temperature=row.temperature,
        reasoning=f"The prompt and temperature of version {row.take.like}, with another seed.",
        model=None,
        cost_micros=0,
    )


def _reason(written: Rewrite, temperature: float) -> str:
    """Return why the prompt and its temperature are as they are."""
    if temperature == written.temperature:
        return written.reasoning
    return f"{written.reasoning} Little may change: it is to stay almost the same."
