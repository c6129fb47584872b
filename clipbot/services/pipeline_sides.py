"""Before and after of edits that the pipeline made, in a project as it is read."""

from collections.abc import Sequence
from uuid import UUID

from clipbot.domain.pipeline_edits import KnownVersion, PipelineEdit, sides
from clipbot.domain.versions import ORIGINAL
from clipbot.services.project import Project
from clipbot.store.records import RegenerationStatus, ReviewedEdit


def sides_of(
    project: Project, edits: Sequence[ReviewedEdit]
) -> dict[UUID, tuple[int | None, int | None]]:
    """Return the numbers of the versions before and after each edit, where they can be told.

    Args:
        project: The job.
        edits: All that the pipeline made of some clips.
    """
    found: dict[UUID, tuple[int | None, int | None]] = {}
    for clip_index in {edit.clip_index for edit in edits}:
        of_clip = [_edit(edit) for edit in edits if edit.clip_index == clip_index]
        for id_, told in sides(of_clip, _versions(project, clip_index)).items():
            found[id_] = (told.before, told.after)
    return found


def _edit(edit: ReviewedEdit) -> PipelineEdit:
    return PipelineEdit(
        id=edit.id,
        instruction=edit.instruction,
        original_prompt=edit.original_prompt or "",
        prompt=edit.prompt or "",
        made_at=edit.created_at,
        is_completed=edit.status is RegenerationStatus.COMPLETED,
        is_failed=edit.status is RegenerationStatus.FAILED,
    )


def _versions(project: Project, clip_index: int) -> list[KnownVersion]:
    known = [
        KnownVersion(
            number=version.number,
            instruction=version.instruction or "",
            prompt=version.prompt,
            made_at=version.created_at,
            is_by_pipeline=version.regeneration_id is None,
        )
        for version in project.versions.get(clip_index, ())
    ]
    if clip_index < len(project.clips) and all(each.number != ORIGINAL for each in known):
        # Nobody wrote it down before the clip was edited.
        known.append(
            KnownVersion(ORIGINAL, "", project.clips[clip_index].prompt, None, is_by_pipeline=True)
        )
    return known
