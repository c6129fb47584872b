"""The pipeline's own four loader functions, for programs that know them.

Their contract is kept: they are awaited, return None where something is missing or
broken, log why, and never raise. Clipbot itself calls `stages.reader`, which also says
what is wrong.

Call `bind` once before anything is loaded.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from clipbot.stages.models import ClipPrompts, Clips, ReferenceImages, ScenePlan
from clipbot.stages.reader import JobStages, StageLike, read_job

logger = logging.getLogger(__name__)


class StageRows(Protocol):
    """Where stage rows come from; `store.jobs.Jobs` is one."""

    def stages(self, job_id: UUID) -> Sequence[StageLike]:
        """Return all stage rows of a job."""
        ...


class _Bound:
    rows: StageRows | None = None


def bind(jobs_store: StageRows) -> None:
    """Say once where the functions here read from."""
    _Bound.rows = jobs_store


async def load_clips_from_job_stages(job_id: UUID) -> Clips | None:
    """Return the clips of a job as they were first made, or None."""
    return (await _load(job_id, "video_generator")).clips


async def load_clip_prompts_from_job_stages(job_id: UUID) -> ClipPrompts | None:
    """Return the prompts of a job's clips, or None."""
    return (await _load(job_id, "prompt_generator")).prompts


async def load_scene_plan_from_job_stages(job_id: UUID) -> ScenePlan | None:
    """Return the plan of a job's film, or None."""
    return (await _load(job_id, "scene_planner")).scene_plan


async def load_reference_images_from_job_stages(job_id: UUID) -> ReferenceImages | None:
    """Return the reference pictures of a job, or None."""
    return (await _load(job_id, "reference_generator")).references


async def _load(job_id: UUID, stage: str) -> JobStages:
    rows, facts = _Bound.rows, {"job_id": str(job_id), "stage": stage}
    if rows is None:
        logger.error("stage not loaded: no store is bound", extra=facts)
        return JobStages()
    try:
        stored = await asyncio.to_thread(rows.stages, job_id)
    except Exception:  # the contract above: whatever fails, the caller gets None
        logger.exception("stage not loaded", extra=facts)
        return JobStages()
    read = read_job(stored, job_id=job_id)
    for problem in read.problems:
        if problem.stage == stage:
            logger.warning("stage read with a problem: %s", problem.message, extra=facts)
    return read
