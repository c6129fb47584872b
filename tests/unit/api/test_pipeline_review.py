"""Edits that the pipeline made, over HTTP: shown, looked for, marked and taken away like ours."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.domain.user import LOCAL_USER
from tests import pipeline, reviewed
from tests.desk import Desk
from tests.unit.api.conftest import BASE, Stranger, Studio, whole


@pytest.fixture(name="shop", scope="module")
def fixture_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with whole(tmp_path_factory.mktemp("inherited") / "home") as found:
        yield found


@pytest.fixture(name="made", scope="module")
def fixture_made(shop: Desk) -> reviewed.Inherited:
    return reviewed.inherit(shop.store, shop.parts.blobs)


@pytest.fixture(name="hall")
def fixture_hall(shop: Desk, made: reviewed.Inherited) -> Iterator[Studio]:
    """A studio whose job the pipeline has edited."""
    app = api.create(shop.services, Stranger(LOCAL_USER), host_names={"127.0.0.1"})
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Studio(shop, client, made.job)


def edits(hall: Studio, query: str = "") -> list[dict[str, Any]]:
    answer = hall.client.get(f"{hall.url}/review?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["regenerations"]
    return found


def test_an_edit_of_the_pipeline_is_shown_with_all_that_it_wrote_down(
    hall: Studio, made: reviewed.Inherited
) -> None:
    lost, failed, rain = edits(hall)
    assert rain["regeneration_id"] == str(made.rain)
    assert (rain["is_by_pipeline"], rain["instruction"]) == (True, "let it rain")
    assert [rain[side]["version_number"] for side in ("before", "after")] == [1, 2]
    assert rain["after"]["footage_url"] == f"{hall.url}/clips/0/versions/2/footage.mp4"
    assert hall.client.get(rain["after"]["thumbnail_url"]).status_code == 200
    assert [run["kind"] for run in rain["prompt_runs"]] == ["same", "in"]
    assert (rain["cost"], rain["status"], rain["verdict"]) == ("0.5655", "completed", "none")
    assert (rain["is_in_film"], rain["is_offered"], rain["gate"]) == (True, False, None)
    assert rain["queued_at"] == "2026-03-04T12:02:00Z"
    for name in ("renderer", "seed", "temperature", "estimate", "ceiling", "started_at", "seconds"):
        assert rain[name] is None, name

    assert (failed["before"]["version_number"], failed["after"]) == (1, None)
    assert (lost["before"], lost["after"], lost["status"]) == (None, None, "completed")
    assert lost["prompt_after"].endswith(reviewed.ARABIC)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("clip=1", ["rain"]),
        ("status=failed", ["failed"]),
        ("text=RAIN", ["rain"]),
        ("from=2026-03-04T12:07:00Z", ["lost", "failed"]),
        ("to=2026-03-04T12:07:00Z", ["rain"]),
        ("verdict=none", ["lost", "failed", "rain"]),
        ("verdict=passed", []),
        ("renderer=local", []),
        ("limit=1", ["lost"]),
    ],
)
def test_it_is_looked_for_like_ours(
    hall: Studio, made: reviewed.Inherited, query: str, names: list[str]
) -> None:
    found = [each["regeneration_id"] for each in edits(hall, query)]
    assert found == [str(getattr(made, name)) for name in names]
    counts = hall.client.get(f"{hall.url}/review").json()["counts"]
    assert (counts["total"], counts["cost"], counts["renderers"]) == (3, "1.3655", [])
    assert counts["statuses"] == {"completed": 2, "failed": 1}


def test_it_comes_page_by_page_and_in_the_table(hall: Studio, made: reviewed.Inherited) -> None:
    page = hall.client.get(f"{hall.url}/review?limit=2").json()
    assert page["next_before"] == str(made.failed)
    (last,) = edits(hall, f"limit=2&before={made.failed}")
    assert last["regeneration_id"] == str(made.rain)

    table = hall.client.get(f"{hall.url}/review.csv").text
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["is_by_pipeline"] for row in rows] == ["true"] * 3
    assert rows[1]["instruction"] == f"'{reviewed.FORMULA}"
    (rain,) = (row for row in rows if row["regeneration_id"] == str(made.rain))
    assert (rain["version_before"], rain["version_after"], rain["cost_usd"]) == ("1", "2", "0.5655")
    assert (rain["renderer"], rain["seed"], rain["estimate_usd"]) == ("", "", "")
    document = hall.client.get(f"{hall.url}/review.json").json()
    assert document["regenerations"][2]["seed"] is None
    assert document["regenerations"][2]["luma_after"] == 0.31


def test_it_is_marked_and_looking_alone_writes_nothing(
    hall: Studio, made: reviewed.Inherited
) -> None:
    url = f"{hall.url}/review/{made.rain}"
    assert hall.client.get(f"{url}/marks").json() == {"marks": []}
    said = hall.client.put(url, json={"mark": "accept", "note": "Wet enough."}).json()
    assert (said["mark"]["mark"], said["after"]["version_number"]) == ("accept", 2)
    assert [each["regeneration_id"] for each in edits(hall, "mark=accept")] == [str(made.rain)]
    hall.client.put(url, json={"mark": "none"})
    assert hall.desk.store.regenerations.of_job(made.job) == []


def test_a_link_shows_it(hall: Studio, made: reviewed.Inherited) -> None:
    share = hall.client.post(f"{hall.url}/shares", json={"days": 1}).json()
    base = f"/api/v1/shared/{share['id']}"
    headers = {"Authorization": f"Bearer {share['token']}"}
    found = hall.client.get(f"{base}/review", headers=headers).json()["regenerations"]
    assert [each["regeneration_id"] for each in found][-1] == str(made.rain)
    footage = found[-1]["after"]["footage_url"]
    assert footage == f"{base}/clips/0/versions/2/footage.mp4"
    assert hall.client.get(footage, headers=headers).status_code == 200


def test_the_complete_job_of_the_pipeline_can_be_reviewed(hall: Studio) -> None:
    rows = pipeline.stored(as_new=True)
    strange = dict(rows["clip_regenerations"][0], id="7" * 32, clip_index=999, cost="0")
    rows["clip_regenerations"].append(strange)
    job_id = pipeline.put(hall.desk, rows)
    found = hall.client.get(f"/api/v1/jobs/{job_id}/review").json()["regenerations"]
    sides = [
        (
            each["clip_index"],
            *(each[side] and each[side]["version_number"] for side in ("before", "after")),
        )
        for each in found
    ]
    assert set(sides) == {(5, 1, None), (3, 2, 3), (3, 1, 2), (1, 1, 2), (999, None, None)}
