"""See how evenly a film's clips go together, and which of them stand out."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from clipbot.blobs.base import BlobStore
from clipbot.domain.consistency import Consistency, Cut, Standing, consistency
from clipbot.domain.consistency_words import (
    clip_sentence,
    cut_sentence,
    film_sentence,
    original_note,
    part_name,
)
from clipbot.domain.palettes import Tones
from clipbot.domain.user import User
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import BlobNotFound, MediaError, StorageUnavailable
from clipbot.services.matching import current_key, shown
from clipbot.services.presence import there
from clipbot.services.project import Project, Projects
from clipbot.services.toning import ToneLibrary
from clipbot.store.footage import FootageStore

logger = logging.getLogger(__name__)

AT_ONCE: Final = 3
"""Files that one call measures, so that it answers soon; the next call goes on."""


@dataclass(frozen=True, slots=True)
class CutView:
    """One cut, and what is said of it."""

    cut: Cut
    sentence: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """How one clip goes with the others, and what is said of it."""

    standing: Standing
    sentence: str | None
    """How it stands out; None: it does not."""
    note: str | None
    """What is said of its original, where it stands out."""


@dataclass(frozen=True, slots=True)
class ConsistencyView:
    """How evenly a film's clips go together, as far as it is known."""

    found: Consistency
    sentence: str
    cuts: tuple[CutView, ...]
    clips: tuple[StandingView, ...]
    pending: tuple[int, ...] = ()
    """Indexes of clips of which the next call will know more."""


@dataclass(frozen=True, slots=True)
class ConsistencyService:
    """Compares the clips of films."""

    projects: Projects
    footage: FootageStore
    blobs: BlobStore
    tones: ToneLibrary
    _broken: set[str] = field(default_factory=set)
    """Keys of files that could not be measured; they are not tried again and again."""

    def of(self, user: User, job_id: UUID, *, at_most: int | None = AT_ONCE) -> ConsistencyView:
        """Return how evenly the clips of a film go together.

        Args:
            user: Who asks.
            job_id: The job.
            at_most: Files that may be measured now; None: all that are not yet.

        Raises:
            JobNotFound: No such job.
            NotAllowed: It belongs to somebody else.
            JobNotReady: It has no clips yet.
        """
        project = self.projects.of(user, job_id)
        film = shown(project)
        now = {clip.index: current_key(project, clip.index) for clip in film}
        first = {
            clip.index: project.footage_key(clip.index, ORIGINAL)
            for clip in film
            if clip.is_changed
        }
        wanted = [key for key in (*now.values(), *first.values()) if key]
        known, missing = self._known(wanted)
        for key in missing[:at_most]:
            found = self._measured(key)
            if found is not None:
                known[key] = found
        left = set(missing) - set(known) - self._broken
        measured = consistency(
            [
                replace(
                    clip,
                    tones=known.get(now[clip.index] or ""),
                    original=known.get(first.get(clip.index) or ""),
                )
                for clip in film
            ]
        )
        pending = [
            clip.index for clip in film if now[clip.index] in left or first.get(clip.index) in left
        ]
        return _view(project, measured, pending)

    def _known(self, keys: Sequence[str]) -> tuple[dict[str, Tones], list[str]]:
        """Return the tones that are known, and the keys of files that can be measured."""
        records = self.footage.many(keys)
        present = there(self.blobs, list(dict.fromkeys(keys)))
        known: dict[str, Tones] = {}
        missing: list[str] = []
        for key in dict.fromkeys(keys):
            record = records.get(key)
            seen = self.tones.known(record) if record and key in present else None
            if seen is not None:
                known[key] = seen
            elif key in present and key not in self._broken:
                missing.append(key)
        return known, missing

    def _measured(self, key: str) -> Tones | None:
        try:
            return self.tones.of(key)
        except StorageUnavailable:
            logger.warning("storage was away, footage not measured", extra={"key": key})
        except (BlobNotFound, MediaError) as error:
            logger.warning("footage not measured", extra={"key": key, "code": error.code})
            self._broken.add(key)
        return None


def _view(project: Project, found: Consistency, pending: Sequence[int]) -> ConsistencyView:
    parts: Mapping[int, str | None] = {
        clip.index: part_name(clip.section, clip.section_number) for clip in project.clips
    }
    return ConsistencyView(
        found=found,
        sentence=film_sentence(found),
        cuts=tuple(CutView(cut, cut_sentence(cut)) for cut in found.cuts),
        clips=tuple(
            StandingView(clip, clip_sentence(clip, parts[clip.index]), original_note(clip))
            for clip in found.clips
        ),
        pending=tuple(pending),
    )
