"""The versions of a clip: where each came from, who made it, and what it changed."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from clipbot.domain.measures import Measures
from clipbot.services.views import VersionView
from tests import jobs, versions
from tests.desk import Desk
from tests.makers import confirm, edit, kling, look, quote, shop, veo
from tests.versions import Made, chain


def listed(at: Desk, job: UUID, clip: int = 0) -> dict[int, VersionView]:
    return {view.number: view for view in at.services.versions.list(at.user, job, clip)}


def parents(at: Desk, job: UUID, clip: int = 0) -> dict[int, int | None]:
    return {number: view.parent for number, view in sorted(listed(at, job, clip).items())}


def test_a_version_knows_the_one_that_the_film_showed_when_it_was_made(
    desk: Desk, job: UUID
) -> None:
    at = shop(desk, look(), kling())
    edit(at, job)
    edit(at, job)
    at.services.versions.restore(at.user, job, 0, 1)
    edit(at, job)
    assert parents(at, job) == {1: None, 2: 1, 3: 2, 4: 1}


def test_each_clip_of_a_batch_has_an_origin_of_its_own(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    edit(at, job)
    confirm(at, job, quote(at, job, "add a dragon", selected=(1, 2)))
    assert parents(at, job, 0) == {1: None, 2: 1, 3: 2}
    assert parents(at, job, 1) == {1: None, 2: 1}


def test_a_version_of_a_second_attempt_knows_its_origin_and_who_made_it(
    desk: Desk, job: UUID
) -> None:
    first, second = kling(), veo()
    at = shop(desk, look(), first, second)
    edit(at, job)
    first.objections = deque(["no", "no"])
    confirm(at, job, quote(at, job, with_retries=True))

    made = listed(at, job)[3]
    assert (made.parent, made.renderer, made.renderer_label) == (2, "veo_31", "Veo 3.1")
    assert made.model == "google/veo-3.1"


def test_an_edit_that_is_tried_again_starts_from_what_is_in_the_film_then(
    desk: Desk, job: UUID
) -> None:
    maker = kling()
    at = shop(desk, look(), maker)
    maker.objections = deque(["no"])
    edit(at, job)
    assert parents(at, job) == {1: None}
    edit(at, job)
    edit(at, job)
    assert parents(at, job) == {1: None, 2: 1, 3: 2}


def test_a_version_tells_how_long_it_took_what_it_weighs_and_which_edit_it_was(
    desk: Desk, job: UUID
) -> None:
    at = shop(desk, look(), kling())
    at.services.films.measure(job)
    row = edit(at, job)
    made = listed(at, job)[2]
    assert made.regeneration_id == row.id
    assert row.finished_at
    assert row.started_at
    assert made.seconds == (row.finished_at - row.started_at).total_seconds()
    assert made.size_bytes == jobs.footage(7).stat().st_size
    assert made.change is not None
    assert (made.change.against, len(made.change.shifts)) == (1, 4)


def test_the_original_is_of_the_model_that_first_made_the_job(desk: Desk, job: UUID) -> None:
    (only,) = listed(desk, job).values()
    assert (only.renderer, only.renderer_label, only.model) == (
        None,
        "Kling 2.1",
        "kwaivgi/kling-v2.1",
    )
    assert (only.parent, only.seconds, only.change, only.regeneration_id) == (None,) * 4


def test_a_renderer_that_is_not_set_up_any_more_keeps_its_name(desk: Desk, job: UUID) -> None:
    made = (Made(1, renderer="hailuo_23"), Made(2, renderer="my_old_server"))
    versions.add(desk.store, desk.parts.blobs, job, 0, made)
    found = listed(desk, job)
    assert (found[2].renderer_label, found[2].model) == ("Hailuo 2.3", "minimax/hailuo-2.3")
    assert (found[3].renderer_label, found[3].model) == ("my_old_server", None)


def test_a_change_is_told_also_where_the_footage_is_gone(desk: Desk, job: UUID) -> None:
    dark = Measures(0.21, 0.31, 0.05, 0.02)
    made = (Made(1, has_footage=False, measures=dark), Made(2, measures=dark))
    versions.add(desk.store, desk.parts.blobs, job, 0, made)
    gone, kept = listed(desk, job)[2], listed(desk, job)[3]
    assert (gone.footage_url, gone.thumbnail_url, gone.size_bytes) == (None,) * 3
    assert gone.change is not None
    assert gone.change.sentence.startswith("Darker by 50 %")
    assert kept.change is not None
    assert kept.change.sentence == "Measures like version 2."


def test_what_the_pipeline_made_has_an_origin_only_where_it_is_certain(
    desk: Desk, job: UUID
) -> None:
    made = (Made(None, renderer=None), Made(None, renderer=None))
    versions.add(desk.store, desk.parts.blobs, job, 0, made)
    assert parents(desk, job) == {1: None, 2: 1, 3: None}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def write(_: Any, __: Any, statement: str, *___: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", write)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", write)


@pytest.mark.parametrize("clip", [0, 1])
def test_a_list_takes_as_many_statements_whatever_its_length(
    desk: Desk, job: UUID, clip: int
) -> None:
    counts = []
    for name, count in (("few", 1), ("many", 30)):
        other = jobs.install(desk.store, desk.parts.blobs, name=name)
        versions.add(desk.store, desk.parts.blobs, other, clip, chain(count))
        with counted(desk.store.jobs.engine) as sent:
            assert len(listed(desk, other, clip)) == count + 1
        counts.append(len(sent))
    assert counts[0] == counts[1] > 0
    with counted(desk.store.jobs.engine) as sent:
        listed(desk, job, clip)
    assert len(sent) == counts[0] - 1  # Nothing was edited, so no edit took any time.
