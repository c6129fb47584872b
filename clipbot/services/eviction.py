"""Keep the encoded pieces of films within their limit."""

import logging
from dataclasses import dataclass

from clipbot.errors import ClipbotError
from clipbot.media.engine import FilmPlan
from clipbot.services.composing import Composer
from clipbot.services.project import Projects
from clipbot.store.records import RegenerationRecord
from clipbot.store.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Eviction:
    """Removes pieces of films that nobody needs. Several processes may do it at once."""

    store: Store
    projects: Projects
    composer: Composer
    most_bytes: int

    def evict(self) -> int:
        """Remove what was not used for longest, if there is too much; return how many bytes.

        The current films of all jobs stay, and those that edits are making.
        """
        removed = self.composer.engine.room.shrink(self.most_bytes, self._needed)
        if removed:
            logger.info("pieces of films removed", extra={"bytes": removed})
        return removed

    def _needed(self) -> set[str]:
        names: set[str] = set()
        # Edits first: one that is published in between is found as a current film.
        for row in self.store.regenerations.processing():
            names.update(self._coming(row))
        for plan in self.store.compositions.current_plans():
            names.update(FilmPlan.from_json(plan["film"]).names)
        return names

    def _coming(self, row: RegenerationRecord) -> list[str]:
        """Return the pieces of the film that an edit is making, as far as that is known."""
        try:
            project = self.projects.of_job(row.job_id)
            number = project.next_number(row.clip_index)
            key = f"video-clips/{row.job_id}/clip_{row.clip_index}_v{number}.mp4"
            if self.composer.library.footage.get(key) is None:
                return []
            replaced = {row.clip_index: self.composer.library.by_key(key)}
            return self.composer.plan(project, project.numbers(), replaced).names
        except ClipbotError:
            # Whatever keeps it from being planned keeps it from being encoded.
            return []
