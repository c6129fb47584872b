"""Jobs as the pipeline stored them, put into a store and looked at through every door."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from fastapi.testclient import TestClient

from tests.desk import Desk

UPSTREAM = Path(__file__).parent / "data" / "upstream"
Rows = dict[str, list[dict[str, Any]]]


@cache
def _text(name: str) -> str:
    if name != "complete":
        (path,) = (UPSTREAM / "variants").glob(f"{name}_*.json")
        return json.dumps(json.loads(path.read_text("utf-8"))["rows"])
    names = ("jobs", "job_stages", "clip_versions", "clip_thumbnails", "clip_regenerations")
    folder = UPSTREAM / "complete"
    return json.dumps({n: json.loads((folder / f"{n}.json").read_text("utf-8")) for n in names})


def stored(name: str = "complete", *, as_new: bool = False) -> Rows:
    """Return fresh rows of a fixture; `as_new`: under ids that nothing else has."""
    text = _text(name)
    if as_new:
        text = text.replace(json.loads(text)["jobs"][0]["id"], str(uuid4()))
    rows: Rows = json.loads(text)
    for row in [row for name_, part in rows.items() if name_ != "jobs" and as_new for row in part]:
        row["id"] = str(uuid4())
    return rows


def metadata(rows: Rows, stage: str) -> Any:
    """Return what is stored of a stage, to be changed in place."""
    return next(row for row in rows["job_stages"] if row["stage_name"] == stage)["metadata"]


@dataclass(frozen=True, slots=True)
class Told:
    """What REST says of a job."""

    job: dict[str, Any]
    line: dict[str, Any]
    clips: list[dict[str, Any]] | None
    """None: it has none yet."""
    versions: Mapping[int, list[dict[str, Any]]]

    @property
    def problems(self) -> list[str]:
        found: list[str] = self.job["problems"]
        return found


def put(at: Desk, rows: Rows) -> UUID:
    """Write a job into the store."""
    at.store.jobs.insert(rows)
    return UUID(rows["jobs"][0]["id"])


def told(client: TestClient, job_id: UUID) -> Told:
    """Ask for everything about a job, and check what holds for any job whatever."""
    job = _asked(client, f"/api/v1/jobs/{job_id}")
    pages = _asked(client, "/api/v1/jobs?limit=200")["jobs"]
    (line,) = [each for each in pages if each["id"] == str(job_id)]
    for sentence in job["problems"]:
        assert sentence.endswith("."), sentence
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
    assert {name: job[name] for name in line} == line
    answer = client.get(f"/api/v1/jobs/{job_id}/clips")
    if answer.status_code != 200:
        assert (answer.status_code, answer.json()["code"]) == (400, "job_not_ready")
        assert job["clip_count"] == 0
        assert not job["is_editable"]
        assert job["problems"], "nothing is shown, and nobody is told why"
        return Told(job, line, None, {})
    clips = answer.json()["clips"]
    assert [clip["clip_index"] for clip in clips] == list(range(len(clips)))
    for before, after in pairwise(clips):
        assert before["timestamp_start"] < before["timestamp_end"] == after["timestamp_start"]
    shown = {0, len(clips) // 2, len(clips) - 1}
    versions = {
        index: _asked(client, f"/api/v1/jobs/{job_id}/clips/{index}/versions")["versions"]
        for index in shown
    }
    for index, found in versions.items():
        assert sum(version["is_current"] for version in found) == 1, index
        still = client.get(f"/api/v1/jobs/{job_id}/clips/{index}/thumbnail")
        assert still.status_code in {302, 404}
    return Told(job, line, clips, versions)


def _asked(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
    found: dict[str, Any] = answer.json()
    return found
