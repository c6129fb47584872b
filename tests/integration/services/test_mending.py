"""Version rows that the pipeline left damaged: said, and mended only when told to."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from clipbot.blobs.base import url_of
from clipbot.store.database import reading
from clipbot.store.tables import ClipVersionRow, CurrentVersionRow
from tests import jobs
from tests.desk import Desk, desk
from tests.postgres import engine

__all__ = ["engine"]

NAMES = {2: "second.mp4", 3: "third.mp4"}


@pytest.fixture(name="at")
def fixture_at(engine: Engine, tmp_path: Path) -> Desk:
    """A desk on an empty database of each kind."""
    return desk(engine, tmp_path / "home")


@pytest.fixture(name="one")
def fixture_one(at: Desk) -> UUID:
    return jobs.install(at.store, at.parts.blobs, name="mending")


def wrote(at: Desk, job: UUID, number: int, *, is_current: bool = False, **values: Any) -> None:
    """Write a version as the pipeline does."""
    row = {
        "job_id": str(job),
        "clip_index": 0,
        "version_number": number,
        "video_url": url_of(f"video-clips/{job}/clip_0_v{number}.mp4"),
        "prompt": f"prompt {number}",
        "cost": "0.40",
        "is_current": is_current,
        "created_at": f"2026-02-0{number}T00:00:00+00:00",
        **values,
    }
    at.store.jobs.insert({"clip_versions": [row]})


def rows(at: Desk) -> list[dict[str, Any]]:
    with reading(at.store.jobs.engine) as session:
        found = session.execute(select(ClipVersionRow.__table__))  # type: ignore[attr-defined]
        return [dict(row._mapping) for row in found]


def flagged(at: Desk, job: UUID) -> list[int]:
    return [row.number for row in at.store.versions.of_clip(job, 0) if row.is_flagged_current]


def mended(at: Desk) -> list[str]:
    """Mend everything, check that no row is lost or altered but for its flag, return what was."""
    before = {row["id"]: {**row, "is_current": None} for row in rows(at)}
    service = at.services.doctor.mending
    fixes = service.mend(service.found())
    after = {row["id"]: {**row, "is_current": None} for row in rows(at)}
    assert {id_: after[id_] for id_ in before} == before
    assert [fix for fix in service.found() if fix.can_be_mended] == []
    return [f"{fix.wrong}: {fix.will}" for fix in fixes]


def original(at: Desk, job: UUID, **values: Any) -> None:
    wrote(at, job, 1, video_url=url_of(f"video-clips/{job}/clip_0.mp4"), **values)


def test_looking_changes_nothing(at: Desk, one: UUID) -> None:
    wrote(at, one, 2)
    before = rows(at)

    (finding,) = [each for each in at.services.doctor.report() if each.name == "versions"]

    assert (finding.is_ok, finding.detail) == (
        False,
        "1 clip with damaged rows; run `doctor --fix`",
    )
    assert rows(at) == before


def test_of_several_current_versions_the_highest_stays(at: Desk, one: UUID) -> None:
    original(at, one, is_current=True)
    wrote(at, one, 2, is_current=True)
    wrote(at, one, 3)
    assert at.store.versions.current(one) == {0: 2}

    assert mended(at) == [
        "several versions are flagged as current: flag version 2, which the film uses, and no other"
    ]
    assert (flagged(at, one), at.store.versions.current(one)) == ([2], {0: 2})


def test_without_a_flag_the_original_is_flagged(at: Desk, one: UUID) -> None:
    original(at, one)
    wrote(at, one, 2)

    mended(at)

    assert (flagged(at, one), at.store.versions.current(one)) == ([1], {0: 1})


def test_a_lazy_original_is_written_down(at: Desk, one: UUID) -> None:
    wrote(at, one, 3, is_current=True)
    assert [view.number for view in at.services.versions.list(at.user, one, 0)] == [3, 1]

    assert mended(at) == ["the original has no row: write down the original as version 1"]
    first, third = at.store.versions.of_clip(one, 0)
    assert (first.number, first.prompt, first.cost_micros) == (1, jobs.PROMPT, 0)
    assert first.video_url == url_of(f"video-clips/{one}/clip_0.mp4")
    assert (third.number, flagged(at, one)) == (3, [3])


def test_an_original_that_the_pipeline_overwrote_is_said_to_be_lost(at: Desk, one: UUID) -> None:
    wrote(at, one, 2, is_current=True, video_url=url_of(f"video-clips/{one}/clip_0.mp4"))

    assert mended(at) == ["the original has no row: the original is lost"]
    assert [row.number for row in at.store.versions.of_clip(one, 0)] == [2]


def test_one_file_under_two_numbers_is_said_and_kept(at: Desk, one: UUID) -> None:
    original(at, one)
    wrote(at, one, 2, video_url=url_of("video-clips/same.mp4"))
    wrote(at, one, 3, is_current=True, video_url=url_of("video-clips/same.mp4"))

    assert mended(at) == ["two versions are the same file: leave it: nothing is lost"]
    assert [view.number for view in at.services.versions.list(at.user, one, 0)] == [3, 2, 1]


def test_what_was_chosen_here_stands_when_the_pipeline_makes_a_newer_version(
    at: Desk, one: UUID
) -> None:
    original(at, one)
    wrote(at, one, 2, is_current=True)
    number = at.store.damages.mend(one, 0, None, now=datetime(2026, 3, 1, tzinfo=UTC))
    assert number == 2
    wrote(at, one, 3, is_current=True)

    assert at.store.versions.current(one) == {0: 2}
    newest, second, _ = at.services.versions.list(at.user, one, 0)
    assert (newest.number, newest.is_current, second.is_current) == (3, False, True)
    mended(at)
    assert (flagged(at, one), at.store.versions.current(one)) == ([2], {0: 2})


def test_damage_of_a_clip_that_does_not_exist_is_no_reason_to_stop(at: Desk, one: UUID) -> None:
    original(at, one, clip_index=400)
    wrote(at, one, 2, clip_index=77, is_current=True)

    assert len(mended(at)) == 2
    assert at.services.clips.list(at.user, one)[0].current_version == 1


def test_a_healthy_clip_is_not_touched(at: Desk, one: UUID) -> None:
    original(at, one)
    wrote(at, one, 2, is_current=True)

    assert mended(at) == []
    with reading(at.store.jobs.engine) as session:
        assert session.execute(select(CurrentVersionRow.__table__)).all() == []  # type: ignore[attr-defined]
