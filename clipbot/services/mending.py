"""Damaged versions of the pipeline: said, and mended where that loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from clipbot.errors import ClipbotError
from clipbot.services.base import Clock
from clipbot.services.project import Project, Projects
from clipbot.store.damage import Damage, DamageKind
from clipbot.store.records import OriginalVersion
from clipbot.store.store import Store

_SAID = {
    DamageKind.SEVERAL_CURRENT: "several versions are flagged as current",
    DamageKind.NONE_CURRENT: "no version is flagged as current",
    DamageKind.OTHER_CURRENT: "the pipeline flags another version than the film uses",
    DamageKind.NO_ORIGINAL: "the original has no row",
    DamageKind.SAME_FOOTAGE: "two versions are the same file",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """What is wrong with the versions of a clip, and what becomes of it."""

    job_id: UUID
    clip_index: int
    wrong: str
    will: str
    """What mending does, in a few words; nothing is ever deleted."""
    can_be_mended: bool
    is_done: bool = False
    refusal: str | None = None
    """Why it was not mended after all."""


@dataclass(frozen=True, slots=True)
class MendingService:
    """Finds and mends what is wrong with versions."""

    store: Store
    projects: Projects
    clock: Clock

    def found(self) -> list[Fix]:
        """Return what is wrong, one entry per clip, by job and clip; nothing is changed."""
        return [
            self._fix(job_id, clip_index, [damage.kind for damage in damages])
            for (job_id, clip_index), damages in groupby(self.store.damages.found(), key=_place)
        ]

    def mend(self, fixes: Sequence[Fix]) -> list[Fix]:
        """Mend what can be mended, each clip by itself; return how each went."""
        return [self._mended(fix) if fix.can_be_mended else fix for fix in fixes]

    def _fix(self, job_id: UUID, clip_index: int, kinds: Sequence[DamageKind]) -> Fix:
        steps, lost = [], ""
        original = self._original(job_id, clip_index)
        if DamageKind.NO_ORIGINAL in kinds:
            steps += ["write down the original as version 1"] if original else []
            lost = "" if original else "the original is lost"
        if set(kinds) & {
            DamageKind.SEVERAL_CURRENT,
            DamageKind.NONE_CURRENT,
            DamageKind.OTHER_CURRENT,
        }:
            number = self.store.versions.current(job_id)[clip_index]
            rows = self.store.versions.of_clip(job_id, clip_index)
            if number in {row.number for row in rows} or original:
                steps.append(f"flag version {number}, which the film uses, and no other")
        return Fix(
            job_id,
            clip_index,
            wrong=", ".join(_SAID[kind] for kind in kinds),
            will=", ".join([*steps, *([lost] if lost else [])]) or "leave it: nothing is lost",
            can_be_mended=bool(steps),
        )

    def _mended(self, fix: Fix) -> Fix:
        original = self._original(fix.job_id, fix.clip_index)
        try:
            self.store.damages.mend(fix.job_id, fix.clip_index, original, now=self.clock())
        except ClipbotError as error:
            return _ended(fix, str(error))
        return _ended(fix, None)

    def _original(self, job_id: UUID, clip_index: int) -> OriginalVersion | None:
        """Return what version 1 was, where the stage with the clips still tells it."""
        try:
            project = self.projects.of_job(job_id)
            return _told(project, clip_index)
        except ClipbotError:
            return None


def _told(project: Project, clip_index: int) -> OriginalVersion | None:
    original = project.original(clip_index)
    later = {row.video_url for row in project.versions.get(clip_index, ()) if row.number > 1}
    # The pipeline overwrites the stage's address when a person goes back to a version.
    is_lost = not original.video_url or original.video_url in later
    return None if is_lost else original


def _place(damage: Damage) -> tuple[UUID, int]:
    return damage.job_id, damage.clip_index


def _ended(fix: Fix, refusal: str | None) -> Fix:
    return Fix(
        fix.job_id,
        fix.clip_index,
        fix.wrong,
        fix.will,
        fix.can_be_mended,
        is_done=refusal is None,
        refusal=refusal,
    )
