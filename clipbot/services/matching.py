"""Find out which colours a clip is to be brought to, so that it goes with its neighbours.

A plan only says that a clip is to look like the clips it belongs to. Which colours those
have is written into the plan when it is priced or previewed: what was agreed to is made,
whatever becomes of the neighbours meanwhile.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from clipbot.blobs.base import BlobStore
from clipbot.domain.consistency import Shown, company
from clipbot.domain.palettes import Match, Palette, middle
from clipbot.domain.plan import Act, Edit, Plan
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import BlobNotFound, ClipUnknown, MediaError, Unsupported
from clipbot.services.presence import there
from clipbot.services.project import Project
from clipbot.services.toning import ToneLibrary

_MOST: Final = 8
"""Clips that one is brought to: the nearest of its section. More do not move the middle."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Fixes the matches of plans."""

    tones: ToneLibrary
    blobs: BlobStore

    def fixed(self, project: Project, plan: Plan) -> Plan:
        """Return a plan whose matches say from which colours to which, as the film is now.

        Raises:
            Unsupported: There is no other clip to go with, or its own file is not usable.
            ClipUnknown: It names a clip that the job does not have.
            FootageMissing: A clip has nothing to work on.
            StorageUnavailable: Nobody can say now.
        """
        if plan.act is not Act.EDIT or not any(map(_is_match, plan.edits)):
            return plan
        named = {number - 1 for edit in plan.edits if _is_match(edit) for number in edit.clips}
        return replace(
            plan,
            edits=tuple(each for edit in plan.edits for each in self._fixed(project, edit, named)),
        )

    def _fixed(self, project: Project, edit: Edit, named: Collection[int]) -> Iterator[Edit]:
        """Yield an edit clip by clip, where it has a match: each has one of its own."""
        if not _is_match(edit):
            yield edit
            return
        for number in edit.clips:
            match = self._match(project, number - 1, named)
            ops = tuple(replace(op, match=match) if op.is_match else op for op in edit.ops)
            yield replace(edit, clips=(number,), ops=ops)

    def _match(self, project: Project, index: int, named: Collection[int]) -> Match:
        if not 0 <= index < len(project.clips):
            raise ClipUnknown(index, len(project.clips))
        key = project.footage_key(index, project.current_number(index))
        present = self._present(project)
        if key is None or index not in {clip.index for clip in present}:
            raise project.footage_missing(index, project.current_number(index))
        target = self._target(project, index, present, named)
        source = self._palette(project, index)
        if source is None:
            raise Unsupported(f"Clip {index + 1} cannot be matched: its file cannot be read.")
        return Match(source.rounded(), target.rounded())

    def _target(
        self, project: Project, index: int, present: Sequence[Shown], named: Collection[int]
    ) -> Palette:
        """Return the colours of the clips that a clip belongs to, without those that change too."""
        own = next(clip for clip in present if clip.index == index)
        staying = [clip for clip in present if clip.index not in named]
        others, _ = company(own, staying or present)
        near = sorted(others, key=lambda clip: abs(clip.index - index))[:_MOST]
        found = [palette for clip in near if (palette := self._palette(project, clip.index))]
        if not found:
            raise Unsupported(f"There is no other clip that clip {index + 1} could go with.")
        return middle(found)

    def _palette(self, project: Project, index: int) -> Palette | None:
        """Return the colours of a clip, if its file can be used."""
        key = project.footage_key(index, project.current_number(index))
        try:
            return self.tones.of(key or "").whole
        except (BlobNotFound, MediaError):
            return None

    def _present(self, project: Project) -> list[Shown]:
        film = shown(project)
        keys = {each.index: current_key(project, each.index) for each in film}
        present = there(self.blobs, [key for key in keys.values() if key])
        return [each for each in film if keys[each.index] in present]


def shown(project: Project) -> list[Shown]:
    """Return a job's clips as the film shows them, without their tones."""
    return [
        Shown(
            index=clip.index,
            section=clip.section,
            section_number=clip.section_number,
            is_changed=project.current_number(clip.index) != ORIGINAL,
        )
        for clip in project.clips
    ]


def current_key(project: Project, index: int) -> str | None:
    """Return the blob key of what the film shows of a clip."""
    return project.footage_key(index, project.current_number(index))


def _is_match(edit: Edit) -> bool:
    return any(op.is_match for op in edit.ops)
