"""The pipeline's own four functions."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from clipbot import data_loader
from tests.unit.stages.given import Row, rows, stored

JOB = UUID(stored("complete")[0]["job_id"])
FUNCTIONS = [
    data_loader.load_clips_from_job_stages,
    data_loader.load_clip_prompts_from_job_stages,
    data_loader.load_scene_plan_from_job_stages,
    data_loader.load_reference_images_from_job_stages,
]
Load = Callable[[UUID], Awaitable[Any]]


class Kept:
    """Stage rows in memory; an error is raised instead of being handed out."""

    def __init__(self, found: Sequence[Row] | Exception) -> None:
        self.found = found

    def stages(self, job_id: UUID) -> Sequence[Row]:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found if job_id == JOB else []


@pytest.fixture(autouse=True)
def _unbound() -> Iterator[None]:
    before = data_loader._Bound.rows
    yield
    data_loader._Bound.rows = before


def load(function: Load, job_id: UUID = JOB) -> Any:
    async def wait() -> Any:
        return await function(job_id)

    return asyncio.run(wait())


def test_the_four_functions_load_their_stage() -> None:
    data_loader.bind(Kept(rows("complete")))

    clips, prompts, plan, references = map(load, FUNCTIONS)

    assert [clip.clip_index for clip in clips.clips] == [0, 1, 2, 3, 4, 5]
    assert prompts.clip_prompts[5].clip_index == 5
    assert plan.clip_scripts[0].scenes == ["pier_dusk"]
    assert references.total_references == 5


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_is_not_there_is_none_and_logged(
    function: Load, caplog: pytest.LogCaptureFixture
) -> None:
    data_loader.bind(Kept(rows("complete")))

    with caplog.at_level(logging.WARNING):
        assert load(function, uuid4()) is None

    assert len(caplog.records) == 1


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("error", [RuntimeError("no database"), OSError(), ValueError("bad")])
def test_a_failing_database_is_none_and_logged(
    function: Load, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    data_loader.bind(Kept(error))

    assert load(function) is None
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_broken_rows_are_none(function: Load) -> None:
    names = ("video_generator", "prompt_generator", "scene_planner", "reference_generator")
    data_loader.bind(Kept([Row(name, "{broken") for name in names]))

    assert load(function) is None


def test_before_a_store_is_bound_nothing_is_loaded(caplog: pytest.LogCaptureFixture) -> None:
    data_loader._Bound.rows = None

    assert load(FUNCTIONS[0]) is None
    assert "no store is bound" in caplog.text
