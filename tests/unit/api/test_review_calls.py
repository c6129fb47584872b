"""Reviews over HTTP: what is shown, what reviewers say, and the table that is taken away."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from clipbot import api
from clipbot.domain.reviews import Mark
from clipbot.domain.user import LOCAL_USER, User
from clipbot.services.review_table import COLUMNS, as_csv
from tests import jobs, reviewed
from tests.desk import Desk
from tests.unit.api.conftest import BASE, Stranger, Studio, whole


@pytest.fixture(name="shop", scope="module")
def fixture_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with whole(tmp_path_factory.mktemp("reviewed") / "home") as found:
        yield found


@pytest.fixture(name="made", scope="module")
def fixture_made(shop: Desk) -> reviewed.Made:
    return reviewed.install(shop.store, shop.parts.blobs)


@pytest.fixture(name="hall")
def fixture_hall(shop: Desk, made: reviewed.Made) -> Iterator[Studio]:
    """A studio whose job has been edited in every way."""
    app = api.create(shop.services, Stranger(LOCAL_USER), host_names={"127.0.0.1"})
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Studio(shop, client, made.job)


def review(hall: Studio, **query: str | int) -> dict[str, Any]:
    answer = hall.client.get(f"{hall.url}/review", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [each["regeneration_id"] for each in found["regenerations"]]


def test_an_edit_is_shown_with_what_was_before_and_after(hall: Studio, made: reviewed.Made) -> None:
    page = review(hall)
    assert ids(page)[0] == str(made.waiting)
    assert (page["title"], page["clip_count"], page["can_mark"]) == ("Tiny lanterns", 3, True)
    assert page["counts"]["total"] == len(ids(page)) == 7
    assert page["counts"]["verdicts"] == {"failed": 1, "no_claim": 1, "none": 3, "passed": 2}
    night = page["regenerations"][-1]
    assert night["regeneration_id"] == str(made.night)
    assert [night[side]["version_number"] for side in ("before", "after")] == [1, 2]
    assert night["before"]["measures"]["luma"] == 0.41
    assert night["after"]["footage_url"] == f"{hall.url}/clips/0/versions/2/footage.mp4"
    assert hall.client.get(night["after"]["thumbnail_url"]).status_code == 200
    assert {run["kind"] for run in night["prompt_runs"]} == {"same", "out", "in"}
    assert (night["verdict"], night["gate"]["sentence"]) == ("passed", "Darker by 62 %, cooler.")
    assert (night["is_in_film"], night["is_offered"], night["mark"]) == (True, False, None)
    assert (night["waited"], night["seconds"]) == (1.5, 3.75)


def test_what_never_was_is_null(hall: Studio, made: reviewed.Made) -> None:
    edits = {each["regeneration_id"]: each for each in review(hall)["regenerations"]}
    failed, waiting = edits[str(made.failed)], edits[str(made.waiting)]
    assert (failed["after"], failed["gate"], failed["verdict"]) == (None, None, "none")
    assert (failed["error"], failed["error_code"]) == ("It did not work.", "provider_error")
    assert (waiting["before"]["version_number"], waiting["seconds"]) == (1, None)
    offered = edits[str(made.failed_gate)]
    assert (offered["is_offered"], offered["verdict"]) == (True, "failed")
    paid = edits[str(made.no_claim)]
    assert (paid["estimate"], paid["ceiling"], paid["cost"]) == ("0.35", "0.70", "0.35")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("clip=2", 4),
        ("verdict=passed", 2),
        ("verdict=none&status=failed", 1),
        ("renderer=kling_v21", 1),
        ("text=%20NIGHT%20", 1),
        (f"text={quote('فوانيس')}", 1),
        ("from=2026-03-04T12:06:00Z", 2),
        ("to=2026-03-04T13:06:00%2B01:00", 5),
        ("mark=none", 7),
        ("mark=accept", 0),
        ("text=%25", 0),
    ],
)
def test_edits_are_looked_for(hall: Studio, query: str, count: int) -> None:
    found = hall.client.get(f"{hall.url}/review?{query}").json()
    assert (len(found["regenerations"]), found["counts"]["total"]) == (count, 7)
    table = hall.client.get(f"{hall.url}/review.csv?{query}").text
    assert len(list(csv.reader(io.StringIO(table)))) == count + 1


@pytest.mark.parametrize(
    "query",
    [
        "clip=0",
        "verdict=maybe",
        "mark=x",
        "from=yesterday",
        "from=2026-01-01",
        "from=0",
        "to=0001-01-01T00:00:00%2B14:00",
        "from=9999-12-31T23:59:59-14:00",
        "renderer=a%00b",
        "limit=0",
        "text=" + "x" * 201,
    ],
)
def test_what_cannot_be_looked_for_is_refused(hall: Studio, query: str) -> None:
    answer = hall.client.get(f"{hall.url}/review?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_edits_come_page_by_page(hall: Studio) -> None:
    everything, before, seen = ids(review(hall)), "", []
    while True:
        page = review(hall, limit=3, **({"before": before} if before else {}))
        seen += ids(page)
        before = page["next_before"]
        if not before:
            break
    assert seen == everything


def test_a_reviewer_says_what_they_think_and_changes_their_mind(studio: Studio) -> None:
    made = reviewed.install(studio.desk.store, studio.desk.parts.blobs)
    url = f"/api/v1/jobs/{made.job}/review/{made.night}"
    said = {"mark": "accept", "note": " Lovely.\n<b>But</b> "}
    marked = studio.client.put(url, json=said).json()
    assert marked["mark"]["mark"] == "accept"
    assert (marked["mark"]["note"], marked["mark"]["is_own"]) == ("Lovely.\n<b>But</b>", True)
    assert studio.client.put(url, json=said).json() == marked
    studio.client.put(url, json={"mark": "reject"})
    history = studio.client.get(f"{url}/marks").json()["marks"]
    assert [each["mark"] for each in history] == ["accept", "reject"]

    other = User(uuid4(), "bob@example.com", is_admin=True)
    studio.desk.services.reviews.mark(
        studio.desk.services.reviews.of_user(other, made.job), made.night, Mark.ACCEPT, "=1+1"
    )
    found = studio.client.get(f"/api/v1/jobs/{made.job}/review?mark=reject").json()
    (row,) = found["regenerations"]
    assert (row["mark"]["mark"], row["other_marks"][0]["reviewer"]) == ("reject", other.email)
    assert found["counts"]["marks"] == {"none": 6, "reject": 1}


def test_a_note_may_be_about_a_moment_of_the_clip(studio: Studio) -> None:
    made = reviewed.install(studio.desk.store, studio.desk.parts.blobs)
    url = f"/api/v1/jobs/{made.job}/review/{made.night}"
    said = {"mark": "reject", "note": "It flickers.", "moment_seconds": 1.23456}
    assert studio.client.put(url, json=said).json()["mark"]["moment_seconds"] == 1.235
    for moment in (0, 2, 2.0):
        answer = studio.client.put(url, json=said | {"moment_seconds": moment})
        assert answer.json()["mark"]["moment_seconds"] == moment
    for wrong in (-0.1, 2.01, 1e300, "NaN", "soon"):
        answer = studio.client.put(url, json=said | {"moment_seconds": wrong})
        assert answer.status_code == 422, wrong
    too_late = studio.client.put(url, json=said | {"moment_seconds": 2.01}).json()
    assert too_late["detail"] == "A moment lies within its clip, from 0 to 2 seconds."
    for text in ("NaN", "Infinity", "1e999"):
        body = f'{{"mark": "reject", "moment_seconds": {text}}}'
        headers = {"Content-Type": "application/json"}
        assert studio.client.put(url, content=body, headers=headers).status_code in {400, 422}

    base = f"/api/v1/jobs/{made.job}/review"
    (row,) = studio.client.get(f"{base}.json?mark=reject").json()["regenerations"]
    assert (row["mark"], row["moment_seconds"]) == ("reject", 2)
    table = csv.DictReader(io.StringIO(studio.client.get(f"{base}.csv?mark=reject").text))
    assert [each["moment_seconds"] for each in table] == ["2.0"]
    assert studio.client.put(url, json={"mark": "reject"}).json()["mark"]["moment_seconds"] is None
    history = studio.client.get(f"{url}/marks").json()["marks"]
    assert [each["moment_seconds"] for each in history] == [1.235, 0, 2, None]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"mark": "great"}, 422),
        ({}, 422),
        ({"mark": "accept", "note": "x" * 2001}, 422),
        ({"mark": "accept", "reviewer": "me"}, 422),
        ({"mark": "accept", "note": "x" * 2000}, 200),
    ],
)
def test_a_mark_that_is_none_is_refused(
    hall: Studio, made: reviewed.Made, body: dict[str, str], status: int
) -> None:
    url = f"{hall.url}/review/{made.cancelled}"
    assert hall.client.put(url, json=body).status_code == status
    hall.client.put(url, json={"mark": "none"})


def test_the_table_is_csv_as_the_rfc_says(hall: Studio, made: reviewed.Made) -> None:
    answer = hall.client.get(f"{hall.url}/review.csv")
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["content-disposition"].startswith('attachment; filename="review-')
    text = answer.content.decode("utf-8")
    assert text.startswith("regeneration_id,clip,status,instruction,")
    assert text.count("\r\n") == text.count("\n") == 8
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    by_id = {row["regeneration_id"]: row for row in rows}
    night = by_id[str(made.night)]
    assert (night["clip"], night["version_after"], night["is_in_film"]) == ("1", "2", "true")
    assert (night["warmth_after"], night["seconds"], night["cost_usd"]) == ("-0.12", "3.75", "0.00")
    assert by_id[str(made.arabic)]["instruction"] == reviewed.ARABIC
    assert by_id[str(made.waiting)]["finished_at"] == ""


def test_no_text_becomes_a_formula(hall: Studio, made: reviewed.Made) -> None:
    url = f"{hall.url}/review/{made.failed}"
    for begun in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1", ' "=1'):
        hall.client.put(url, json={"mark": "reject", "note": f"x\n{begun}"})
        hall.client.put(url, json={"mark": "reject", "note": begun})
        rows = csv.DictReader(io.StringIO(hall.client.get(f"{hall.url}/review.csv").text))
        row = next(row for row in rows if row["regeneration_id"] == str(made.failed))
        assert row["note"] == (begun.strip() if begun.startswith(' "') else f"'{begun.strip()}")
        assert row["instruction"] == f"'{reviewed.FORMULA}"
        for name, cell in row.items():
            is_number = name.startswith(("warmth", "luma", "saturation", "motion"))
            assert is_number or cell[:1] not in set("=+-@\t\r\n"), name
    hall.client.put(url, json={"mark": "none"})


def test_json_has_the_names_of_the_table(hall: Studio, made: reviewed.Made) -> None:
    answer = hall.client.get(f"{hall.url}/review.json")
    found = answer.json()
    assert found["job_id"] == str(hall.job)
    assert [tuple(row) for row in found["regenerations"]] == [COLUMNS] * 7
    failed = next(r for r in found["regenerations"] if r["regeneration_id"] == str(made.failed))
    assert (failed["instruction"], failed["other_marks"]) == (reviewed.FORMULA, [])
    none = hall.client.get(f"{hall.url}/review.json?mark=accept")
    assert json.loads(none.text) == {"job_id": str(hall.job), "regenerations": []}


def test_a_table_is_written_while_it_is_read(shop: Desk, made: reviewed.Made) -> None:
    who = shop.services.reviews.of_user(shop.user, made.job)
    lines = as_csv(shop.services.reviews.rows(who))
    assert next(lines).startswith("regeneration_id")
    assert next(lines).startswith(str(made.waiting))


def test_a_job_whose_footage_is_gone_is_still_reviewed(studio: Studio) -> None:
    made = reviewed.install(studio.desk.store, studio.desk.parts.blobs)
    studio.desk.parts.blobs.delete(f"video-clips/{made.job}/clip_0_v2.mp4")
    found = studio.client.get(f"/api/v1/jobs/{made.job}/review").json()
    night = found["regenerations"][-1]
    assert (night["after"]["footage_url"], night["after"]["thumbnail_url"]) == (None, None)
    assert night["before"]["footage_url"]


def test_only_the_owner_and_admins_review(hall: Studio, shop: Desk, made: reviewed.Made) -> None:
    for user, status in ((User(uuid4()), 403), (User(uuid4(), is_admin=True), 200)):
        app = api.create(shop.services, Stranger(user))
        with TestClient(app, base_url=BASE) as client:
            assert client.get(f"{hall.url}/review").status_code == status
            body = {"mark": "none"}
            assert client.put(f"{hall.url}/review/{made.night}", json=body).status_code == status


def test_the_job_of_a_review_is_the_one_in_its_address(studio: Studio) -> None:
    made = reviewed.install(studio.desk.store, studio.desk.parts.blobs)
    other = jobs.job_id()
    for method, path in (("GET", "/marks"), ("PUT", "")):
        answer = studio.client.request(
            method,
            f"/api/v1/jobs/{other}/review/{made.night}{path}",
            json={"mark": "accept"} if method == "PUT" else None,
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "regeneration_not_found")
