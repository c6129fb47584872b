"""The jobs of the pipeline through the services and REST: each as its fixture says it should be."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from clipbot import api
from clipbot.blobs.base import key_of
from clipbot.domain.user import LOCAL_USER, User
from clipbot.errors import JobNotReady, NotAllowed
from clipbot.identity.none import NoIdentity
from tests import media
from tests.desk import Desk, desk
from tests.pipeline import Told, metadata, put, stored, told
from tests.postgres import engine

__all__ = ["engine"]


@pytest.fixture(name="at")
def fixture_at(engine: Engine, tmp_path: Path) -> Desk:
    """A desk on an empty database of each kind."""
    return desk(engine, tmp_path / "home")


@pytest.fixture(name="client")
def fixture_client(at: Desk) -> Iterator[TestClient]:
    app = api.create(at.services, NoIdentity(), host_names={"127.0.0.1"})
    with TestClient(app, base_url="http://127.0.0.1:7860", follow_redirects=False) as client:
        yield client


def seen(at: Desk, client: TestClient, name: str) -> Told:
    return told(client, put(at, stored(name)))


def places(found: Told) -> list[tuple[float, float, str]]:
    return [
        (clip["timestamp_start"], clip["timestamp_end"], clip["lyrics_preview"])
        for clip in found.clips or ()
    ]


def test_the_complete_job_is_whole(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "complete")

    assert found.clips is not None
    assert [clip["current_version"] for clip in found.clips] == [1, 2, 1, 3, 1, 1]
    assert [clip["version_count"] for clip in found.clips] == [1, 2, 1, 3, 1, 1]
    assert (found.problems, found.job["clip_count"]) == ([], 6)
    assert (found.job["status"], found.job["is_editable"]) == ("completed", True)
    assert (found.job["total_cost"], found.job["video_model"]) == ("11.15", "kling_v25_turbo")
    assert places(found)[5][:2] == (60.0, 72.0)
    assert [clip["section"] for clip in found.clips][2] == "chorus"


@pytest.mark.parametrize("name", ["v01", "v02", "v03", "v04", "v07"])
def test_every_shape_of_the_same_job_is_the_same_job(
    at: Desk, client: TestClient, name: str
) -> None:
    whole = seen(at, client, "complete")
    found = seen(at, client, name)

    assert (places(found), found.problems) == (places(whole), whole.problems)
    assert found.clips is not None
    assert whole.clips is not None
    assert [c["original_prompt"] for c in found.clips] == [
        c["original_prompt"] for c in whole.clips
    ]
    assert found.job["clip_count"] == 6


def test_v06_a_gap_never_moves_the_clips_after_it(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "v06")

    assert found.clips is not None
    assert [clip["status"] for clip in found.clips] == ["missing"] * 6
    assert (found.job["clip_count"], len(found.clips)) == (4, 6)
    last = found.clips[5]
    assert (last["timestamp_start"], last["timestamp_end"]) == (60.0, 72.0)
    assert last["original_prompt"] == stored_prompt("v06", 5)
    assert found.problems == ["Clip 3 has no footage.", "Clip 5 has no footage."]


def stored_prompt(name: str, index: int) -> str:
    prompts = metadata(stored(name), "prompt_generator")["clip_prompts"]["clip_prompts"]
    return str(next(each["prompt"] for each in prompts if each["clip_index"] == index))


def test_v10_a_job_in_the_making_is_shown_and_not_edited(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "v10")

    assert (found.job["status"], found.job["is_editable"]) == ("processing", False)
    assert found.job["clip_count"] == 2
    job = UUID(found.job["id"])
    with pytest.raises(JobNotReady):
        at.services.quotes.quote(LOCAL_USER, job, text="make clip 1 nighttime")
    refused = client.post(f"/api/v1/jobs/{job}/quotes", json={"text": "make clip 1 nighttime"})
    assert (refused.status_code, refused.json()["code"]) == (400, "job_not_ready")


def test_v12_ratio_and_model_are_those_of_the_job(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "v12")
    (row,) = stored("v12")["jobs"]
    assert (found.job["aspect_ratio"], found.job["video_model"]) == ("9:16", row["video_model"])


def test_v13_what_the_person_went_back_to_is_current(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "v13")

    assert found.clips is not None
    assert (found.clips[3]["current_version"], found.clips[3]["version_count"]) == (2, 3)
    project = at.services.jobs.projects.of_job(UUID(found.job["id"]))
    first = next(row for row in stored("v13")["clip_versions"] if row["version_number"] == 1)
    assert (project.next_number(3), project.original(3).video_url) == (4, first["video_url"])


@pytest.mark.parametrize("name", ["v15a", "v15b", "v15d"])
def test_v15_without_clips_it_is_said_that_there_are_none(
    at: Desk, client: TestClient, name: str
) -> None:
    found = seen(at, client, name)
    assert found.clips is None
    assert "The clips are not generated yet." in found.problems


def test_v16_loose_numbers_are_read_and_the_unusable_counted(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "v16")
    assert found.job["clip_count"] == 5
    assert "2 of the clips could not be read and were left out." in found.problems


def test_v19_a_leaked_lock_is_released(at: Desk, client: TestClient) -> None:
    found = seen(at, client, "v19")
    assert found.job["status"] == "regenerating"

    at.steps.release_stuck()

    again = told(client, UUID(found.job["id"]))
    assert (again.job["status"], again.job["is_editable"]) == ("completed", True)
    assert again.job["last_event_id"] == 1


def test_v20_a_job_of_somebody_else_is_refused_and_an_admin_sees_it(
    at: Desk, client: TestClient
) -> None:
    found = seen(at, client, "v20")
    assert found.job["is_editable"]
    with pytest.raises(NotAllowed):
        at.services.jobs.get(User(UUID(int=7)), UUID(found.job["id"]))


@pytest.mark.parametrize("name", ["v06", "v13"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # encoding is the same on both
def test_a_film_is_made_of_what_there_is(at: Desk, client: TestClient, name: str) -> None:
    rows = stored(name)
    for number, url in enumerate(addresses(rows)):
        key = key_of(url)
        if key and not at.parts.blobs.exists(key):
            at.parts.blobs.put(key, media.clip(40 * number % 360))
    job = put(at, rows)

    film = at.services.films.ensure(job)

    assert film.frames / film.rate == 72
    found = told(client, job)
    assert found.job["video_url"] == f"/api/v1/jobs/{job}/film.mp4?composition=1"
    assert found.clips is not None
    lacking = {"v06": [2, 4]}.get(name, [])
    assert [c["clip_index"] for c in found.clips if c["status"] == "missing"] == lacking


def addresses(rows: dict[str, list[dict[str, object]]]) -> list[str]:
    made = metadata(rows, "video_generator")["clips"]
    clips = made if isinstance(made, list) else made["clips"]
    later = [str(row["video_url"]) for row in rows.get("clip_versions", ())]
    return [*(clip["video_url"] for clip in clips), *later]
