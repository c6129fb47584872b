"""Odder jobs than the fixtures, on both databases and through REST: shown, and said to be odd.

Each case takes the complete job and breaks it in one way. No answer is ever an error of
ours, no page is ever empty without a reason, and what is odd is told in a sentence.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text, update
from sqlmodel import col

from clipbot import api
from clipbot.identity.none import NoIdentity
from clipbot.store.database import is_postgres, writing
from clipbot.store.tables import JobRow, JobStageRow
from tests.desk import Desk, desk
from tests.pipeline import Rows, metadata, put, stored, told
from tests.postgres import engine
from tests.unit.stages.test_stages_models import JSON

__all__ = ["engine"]

Break = Callable[[Rows], None]


@pytest.fixture(name="at")
def fixture_at(engine: Engine, tmp_path: Path) -> Desk:
    """A desk on an empty database of each kind."""
    return desk(engine, tmp_path / "home")


@pytest.fixture(name="client")
def fixture_client(at: Desk) -> Iterator[TestClient]:
    app = api.create(at.services, NoIdentity(), host_names={"127.0.0.1"})
    with TestClient(app, base_url="http://127.0.0.1:7860", follow_redirects=False) as client:
        yield client


def clips(rows: Rows) -> list[Any]:
    found: list[Any] = metadata(rows, "video_generator")["clips"]["clips"]
    return found


def song(rows: Rows) -> dict[str, Any]:
    found: dict[str, Any] = metadata(rows, "audio_parser")["audio_analysis"]
    return found


def prompts(rows: Rows) -> list[Any]:
    found: list[Any] = metadata(rows, "prompt_generator")["clip_prompts"]["clip_prompts"]
    return found


def stage(rows: Rows, name: str) -> dict[str, Any]:
    return next(row for row in rows["job_stages"] if row["stage_name"] == name)


def two_rows(rows: Rows) -> None:
    for row in list(rows["job_stages"]):
        empty = {**row, "id": None, "metadata": {}, "created_at": "2027-01-01T00:00:00+00:00"}
        empty.pop("id")
        rows["job_stages"].append(empty)


def strings_in_strings(rows: Rows) -> None:
    for row in rows["job_stages"]:
        row["metadata"] = json.dumps(json.dumps(row["metadata"]))


def nulls(rows: Rows) -> None:
    for row in rows["job_stages"]:
        row["metadata"] = _nulled(row["metadata"], keep={"clip_index", "clips"})


def _nulled(value: Any, keep: set[str]) -> Any:
    if isinstance(value, dict):
        return {
            key: item if key in keep and not isinstance(item, dict | list) else _nulled(item, keep)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_nulled(item, keep) for item in value]
    return None


def indexes(*values: Any) -> Break:
    def change(rows: Rows) -> None:
        for clip, value in zip(clips(rows), values, strict=False):
            clip["clip_index"] = value

    return change


def many(count: int) -> Break:
    def change(rows: Rows) -> None:
        for part in (clips(rows), prompts(rows)):
            part[:] = [{**part[i % len(part)], "clip_index": i} for i in range(count)]
        seconds = 72 / count
        song(rows)["clip_boundaries"] = [
            {"start": i * seconds, "end": (i + 1) * seconds} for i in range(count)
        ]

    return change


def boundaries(*spans: tuple[Any, Any]) -> Break:
    def change(rows: Rows) -> None:
        song(rows)["clip_boundaries"] = [{"start": start, "end": stop} for start, stop in spans]

    return change


def each(part: Callable[[Rows], list[Any]], **values: Any) -> Break:
    def change(rows: Rows) -> None:
        for item in part(rows):
            item.update(values)

    return change


def of_job(**values: Any) -> Break:
    def change(rows: Rows) -> None:
        rows["jobs"][0].update(values)

    return change


def deep(rows: Rows) -> None:
    nested: Any = []
    for _ in range(400):
        nested = {"a": [nested]}
    metadata(rows, "scene_planner")["scene_plan"]["style"] = nested
    clips(rows)[0]["metadata"] = nested


def strange_characters(rows: Rows) -> None:
    for prompt in prompts(rows):
        prompt["prompt"] = "a\0b \ud83d <script>alert(1)</script> \u202e" + prompt["prompt"]
    song(rows)["lyrics"][0]["text"] = "\udc00\0"


def scalars(rows: Rows) -> None:
    for row, value in zip(rows["job_stages"], [7, "seven", [], True, {}, "[]"], strict=False):
        row["metadata"] = value


def version(index: int, number: int, **values: Any) -> Break:
    def change(rows: Rows) -> None:
        row = {
            "job_id": rows["jobs"][0]["id"],
            "clip_index": index,
            "version_number": number,
            "video_url": f"/storage/v1/object/public/video-clips/{number}.mp4",
            "prompt": f"version {number}",
            "is_current": True,
            **values,
        }
        rows.setdefault("clip_versions", []).append(row)

    return change


def all_of(*breaks: Break) -> Break:
    def change(rows: Rows) -> None:
        for one in breaks:
            one(rows)

    return change


def strange_edits(rows: Rows) -> None:
    for row in rows["clip_regenerations"]:
        row |= {"clip_index": 999, "conversation_history": ["a", 7, {}], "cost": "0"}


def without(name: str) -> Break:
    def change(rows: Rows) -> None:
        rows["job_stages"] = [row for row in rows["job_stages"] if row["stage_name"] != name]

    return change


CASES: dict[str, tuple[Break, int | None, str]] = {
    # name: what is broken, how many clips are shown then (None: none), what is said
    "two rows of every stage": (two_rows, 6, "was stored twice; an older one is used."),
    "strings in strings": (strings_in_strings, 6, ""),
    "null everywhere": (nulls, 6, "Clip 6 has no footage."),
    "a negative index": (indexes(-1), 6, "One of the clips could not be read"),
    "huge indexes": (indexes(10**30, 2_000), 6, "2 of the clips could not be read"),
    "indexes as floats and text": (indexes(0.0, "1", "2.0", 3.5), 6, "One of the clips could"),
    "one index for all": (indexes(0, 0, 0, 0, 0, 0), 6, "Clip 1 was stored 6 times"),
    "120 clips": (many(120), 120, ""),
    "3 clips": (many(3), 3, ""),
    "1 clip": (many(1), 1, ""),
    "boundaries that overlap": (
        boundaries((0, 30), (10, 24), (24, 36), (36, 48), (48, 60), (60, 72)),
        6,
        "was worked out from their neighbours.",
    ),
    "boundaries in reverse": (
        boundaries((72, 60), (60, 48), (48, 36), (36, 24), (24, 12), (12, 0)),
        6,
        "",
    ),
    "boundaries without a length": (boundaries((0, 0), (0, 0), (12, 12)), 6, ""),
    "no lengths at all": (
        all_of(each(clips, actual_duration=0, target_duration=0), without("audio_parser")),
        6,
        "The song is not analysed yet.",
    ),
    "lyrics without a time": (
        each(lambda rows: song(rows)["lyrics"], timestamp=None),
        6,
        "44 of the sung words could not be read",
    ),
    "numbers that are none": (
        all_of(
            each(clips, actual_duration="NaN", cost="Infinity", generation_time="-inf"),
            each(prompts, duration="NaN"),
        ),
        6,
        "",
    ),
    "nesting of any depth": (deep, 6, ""),
    "strange characters": (strange_characters, 6, ""),
    "prompts of 100 kB": (each(prompts, prompt="lantern " * 12_800), 6, ""),
    "a song of a year": (lambda rows: song(rows).update(duration=3e7), 6, ""),
    "states that nobody knows": (each(clips, status="archived"), 6, ""),
    "a job of nobody": (of_job(user_id=None, video_url=None, total_cost=None), 6, ""),
    "a job without times": (of_job(created_at=None, updated_at=None), 6, ""),
    "no address anywhere": (each(clips, video_url=None), 6, "Clip 6 has no footage."),
    "addresses that lead out": (each(clips, video_url="/storage/../../etc/passwd"), 6, ""),
    "values instead of stages": (scalars, None, "cannot be read."),
    "a version far above the others": (version(0, 2_000_000_000), 6, ""),
    "a version without footage": (version(0, 7, video_url=""), 6, ""),
    "a version of a clip that is not there": (version(400, 2), 6, ""),
    "several current versions": (all_of(version(0, 2), version(0, 3), version(0, 9)), 6, ""),
    "no current version": (all_of(version(0, 2, is_current=None), version(0, 5)), 6, ""),
    "edits of clips that are not there": (strange_edits, 6, ""),
    "only clips": (
        lambda rows: rows.update(job_stages=[stage(rows, "video_generator")]),
        6,
        "The prompts are not written yet.",
    ),
    "no stages": (lambda rows: rows.update(job_stages=[]), None, "not generated yet."),
}
for _ratio in ("16:9", "9:16", "1:1", "4:3", "3:4"):
    CASES[f"a film of {_ratio}"] = (of_job(aspect_ratio=_ratio), 6, "")


@pytest.mark.parametrize("name", CASES)
def test_an_odd_job_is_shown_and_said_to_be_odd(at: Desk, client: TestClient, name: str) -> None:
    change, count, said = CASES[name]
    rows = stored(as_new=True)
    change(rows)

    found = told(client, put(at, rows))

    assert (None if found.clips is None else len(found.clips)) == count
    assert any(said in sentence for sentence in found.problems) or not said, found.problems


def test_states_models_and_ratios_of_tomorrow_are_shown(at: Desk, client: TestClient) -> None:
    """The pipeline may allow more than it does today."""
    if not is_postgres(at.store.jobs.engine):
        pytest.skip("SQLite cannot drop a check; nothing but clipbot writes there")
    rows = stored(as_new=True)
    job_id = put(at, rows)
    checks = ("jobs_status_check", "check_video_model", "check_aspect_ratio")
    definitions = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ANY(:n)"
    )
    with writing(at.store.jobs.engine) as session:
        kept = session.execute(text(definitions), {"n": list(checks)}).all()
        for name in checks:
            session.execute(text(f"ALTER TABLE jobs DROP CONSTRAINT {name}"))
        session.execute(
            update(JobRow)
            .where(col(JobRow.id) == job_id)
            .values(status="archived", video_model="sora_9", aspect_ratio="2.39:1")
        )
    try:
        found = told(client, job_id)

        assert (found.job["status"], found.job["is_editable"]) == ("processing", False)
        assert (found.job["video_model"], found.job["aspect_ratio"]) == ("sora_9", "2.39:1")
        assert found.problems == [
            "The job's state \u201carchived\u201d is not known; it cannot be edited."
        ]
    finally:
        with writing(at.store.jobs.engine) as session:
            session.execute(text("DELETE FROM jobs"))
            for name, definition in kept:
                session.execute(text(f"ALTER TABLE jobs ADD CONSTRAINT {name} {definition}"))


PATHS = st.lists(st.integers(0, 40), min_size=1, max_size=7)


def changed(document: Any, path: list[int], value: Any) -> Any:
    """Return a document with one place in it, found by counting, changed to a value."""
    if not path or not isinstance(document, dict | list) or not document:
        return value
    keys = list(document) if isinstance(document, dict) else range(len(document))
    key = keys[path[0] % len(keys)]
    copy: Any = dict(document) if isinstance(document, dict) else list(document)
    copy[key] = changed(document[key], path[1:], value)
    return copy


def _is_storable(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def test_anything_anywhere_in_a_job_is_survived(at: Desk, client: TestClient) -> None:
    whole = stored(as_new=True)
    job_id = put(at, whole)
    count = 5_000 if settings().max_examples > 1_000 else 12

    @settings(max_examples=count, suppress_health_check=list(HealthCheck), deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, 4), PATHS, JSON.filter(_is_storable)), min_size=1, max_size=4
        )
    )
    def survived(changes: list[tuple[int, list[int], Any]]) -> None:
        names = ["audio_parser", "scene_planner", "prompt_generator", "video_generator"]
        documents = {name: metadata(whole, name) for name in names}
        for place, path, value in changes:
            name = names[place % len(names)]
            documents[name] = changed(documents[name], path, value)
        with writing(at.store.jobs.engine) as session:
            for name, document in documents.items():
                session.execute(
                    update(JobStageRow)
                    .where(col(JobStageRow.job_id) == job_id, col(JobStageRow.stage_name) == name)
                    .values(stored=document)
                )
        told(client, job_id)

    survived()
