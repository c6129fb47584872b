"""Properties of the models and the reader: nothing raises, and what is valid comes back."""

import json
from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from clipbot.stages import models
from clipbot.stages.loose import MAX_CLIPS
from clipbot.stages.reader import count_clips, read_job
from tests.unit.stages.given import JOB, Row, clip, metadata, read, stored

STAGES = {
    "audio_parser": "audio_analysis",
    "scene_planner": "scene_plan",
    "reference_generator": "reference_images",
    "prompt_generator": "clip_prompts",
    "video_generator": "clips",
}
KEYS = sorted(
    {
        name
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name in model.model_fields
    }
    | set(STAGES.values())
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["NaN", "1e999", "{}", "[1]", '"x"', "\ud800", "0"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=25,
)
ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from([*STAGES, "reference_generation", "composer"]),
        JSON,
        st.sampled_from(["completed", "processing", "failed", "pending"]),
    ),
    max_size=6,
)


def is_sound(rows: list[Row]) -> bool:
    stages = read_job(rows, job_id=JOB)
    made = (stages.audio, stages.scene_plan, stages.references, stages.prompts, stages.clips)
    for model in made:
        if model is not None:
            model.model_dump_json()
    if stages.clips:
        found = [one.clip_index for one in stages.clips.clips]
        assert found == sorted(set(found))
        assert found
        assert all(0 <= index < MAX_CLIPS for index in found)
    return all(problem.message.endswith(".") for problem in stages.problems)


@given(ROWS)
def test_any_json_is_read_without_an_exception(rows: list[Row]) -> None:
    assert is_sound(rows)


@given(st.data())
def test_a_real_job_with_anything_broken_is_read_without_an_exception(data: st.DataObject) -> None:
    """Arbitrary JSON rarely looks like a job; this takes a real one and breaks it in places."""
    stage = data.draw(st.sampled_from(list(STAGES)))
    document = metadata(stage)
    for _ in range(data.draw(st.integers(1, 4))):
        _break(document, data)

    assert is_sound([Row(stage, document)])


def test_half_a_surrogate_pair_is_read_as_a_question_mark() -> None:
    document = metadata("reference_generator")
    document["reference_images"]["metadata"] = {"accessories": "\ud800"}

    assert is_sound([Row("reference_generator", document)])


def _break(document: Any, data: st.DataObject) -> None:
    """Walk down to a random place and put something else there."""
    holder = document
    while isinstance(holder, dict | list) and holder:
        places = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(places))
        if not isinstance(holder[key], dict | list) or data.draw(st.integers(0, 2)) == 0:
            holder[key] = data.draw(JSON)
            return
        holder = holder[key]


@pytest.mark.parametrize("name", ["complete", "v01", "v02", "v03", "v04", "v06", "v07", "v16"])
def test_what_was_read_is_read_again_the_same(name: str) -> None:
    stages = read(name)
    kinds = (stages.audio, stages.scene_plan, stages.references, stages.prompts, stages.clips)
    written = [
        Row(stage, {wrapper: json.loads(model.model_dump_json())})
        for (stage, wrapper), model in zip(STAGES.items(), kinds, strict=True)
        if model is not None
    ]

    again = read_job(written, job_id=kinds[0].job_id if kinds[0] else JOB)

    assert (again.audio, again.scene_plan, again.references, again.prompts, again.clips) == kinds


def test_everything_that_the_pipeline_writes_is_kept() -> None:
    """Our models may know more than was stored, but drop nothing but the counters."""
    stages = read("complete")
    kinds = (stages.audio, stages.scene_plan, stages.references, stages.prompts, stages.clips)
    derived = {"beat_count", "lyrics_count", "clip_boundaries_count"}
    by_name = {row["stage_name"]: row["metadata"] for row in stored("complete")}
    for (stage, wrapper), model in zip(STAGES.items(), kinds, strict=True):
        assert model is not None
        kept = json.loads(model.model_dump_json())
        assert _missing(by_name[stage][wrapper], kept) <= derived, stage


def _missing(wanted: Any, kept: Any) -> set[str]:
    if isinstance(wanted, dict):
        gone = {key for key in wanted if key not in kept}
        return gone.union(*(_missing(wanted[key], kept[key]) for key in wanted if key in kept))
    if isinstance(wanted, list):
        assert len(wanted) == len(kept)
        return set().union(*(_missing(one, two) for one, two in zip(wanted, kept, strict=True)))
    assert str(wanted) == str(kept) or float(wanted) == float(kept)
    return set()


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
NAME = TEXT.map(str.strip).filter(bool)
SECONDS = st.floats(0, 86_400)
MONEY = st.decimals(0, 1_000, places=4)
LEVEL = st.sampled_from(["low", "medium", "high"])
CLIP = st.integers(0, MAX_CLIPS - 1)
FREE = st.dictionaries(TEXT, st.integers() | TEXT | st.none(), max_size=3)


@st.composite
def songs(draw: st.DrawFn) -> models.AudioAnalysis:
    gaps = draw(st.lists(st.floats(0.2, 25), min_size=1, max_size=20))
    edges = list(accumulate(gaps, initial=0.0))
    return models.AudioAnalysis(
        job_id=JOB,
        bpm=draw(st.none() | st.floats(60, 200)),
        duration=edges[-1],
        beat_timestamps=draw(st.lists(SECONDS, max_size=5)),
        lyrics=draw(st.lists(st.builds(models.Lyric, text=NAME, timestamp=SECONDS), max_size=5)),
        mood=draw(st.none() | st.builds(models.Mood, primary=TEXT, energy_level=LEVEL)),
        clip_boundaries=[
            models.ClipBoundary(start=start, end=end, duration=end - start)
            for start, end in pairwise(edges)
        ],
        metadata=draw(FREE),
    )


CLIPS = st.builds(
    models.Clip,
    clip_index=CLIP,
    video_url=NAME,
    actual_duration=st.floats(0.1, 86_400),
    target_duration=SECONDS,
    original_target_duration=SECONDS,
    duration_diff=st.floats(-100, 100),
    status=st.sampled_from(["success", "failed"]),
    cost=MONEY,
    retry_count=st.integers(0, 9),
    generation_time=SECONDS,
    metadata=FREE,
)
PROMPTS = st.builds(
    models.ClipPrompt,
    clip_index=CLIP,
    prompt=NAME,
    negative_prompt=TEXT,
    duration=SECONDS,
    character_reference_urls=st.lists(NAME, max_size=3),
    metadata=FREE,
)


@given(
    songs(),
    st.lists(CLIPS, min_size=1, max_size=8, unique_by=lambda one: one.clip_index),
    st.lists(PROMPTS, min_size=1, max_size=8, unique_by=lambda one: one.clip_index),
)
def test_a_valid_model_that_was_written_is_read_the_same(
    song: models.AudioAnalysis, clips: list[models.Clip], prompts: list[models.ClipPrompt]
) -> None:
    rows = [
        Row("audio_parser", {"audio_analysis": json.loads(song.model_dump_json())}),
        Row("video_generator", {"clips": [json.loads(one.model_dump_json()) for one in clips]}),
        Row("prompt_generator", [json.loads(one.model_dump_json()) for one in prompts]),
    ]

    stages = read_job(rows, job_id=JOB)

    assert stages.audio == song
    assert stages.clips is not None
    assert stages.clips.clips == sorted(clips, key=lambda one: one.clip_index)
    assert stages.prompts is not None
    assert stages.prompts.clip_prompts == sorted(prompts, key=lambda one: one.clip_index)


@pytest.mark.parametrize(
    ("seed", "expected"),
    [(4101, 4101), (0, 0), (-1, None), (2**63, None), (True, None), ("4101", None), (None, None)],
)
def test_a_seed_is_a_number_that_fits(seed: Any, expected: int | None) -> None:
    made = models.Clip.model_validate(clip(0, metadata={"generation_seed": seed}))

    assert made.seed == expected


def test_the_plan_keeps_what_it_can() -> None:
    plan = models.ScenePlan.model_validate(
        {
            "job_id": JOB,
            "characters": [
                {"id": "mara", "features": {"hair": "black", "face_features": "round"}},
                {"id": "deckhand", "features": "old"},
                {"role": "nobody"},
            ],
            "objects": [{"id": "lantern", "importance": "PRIMARY"}, {"id": 7, "importance": "?"}],
            "style": "painterly",
            "clip_scripts": [{"clip_index": 2}, {"clip_index": 0, "characters": "mara"}],
            "transitions": [
                {"from_clip": 0, "to_clip": 1, "type": "CrossFade", "duration": "0.5"},
                {"from_clip": 1, "to_clip": 2, "type": "dissolve"},
                {"from_clip": "x", "to_clip": 2},
            ],
        }
    )

    mara, deckhand = plan.characters
    assert mara.features is not None
    assert (mara.features.hair, mara.features.face_features) == ("black", None)
    assert deckhand.features is None
    assert [(one.id, one.importance) for one in plan.objects] == [
        ("lantern", "primary"),
        ("7", "secondary"),
    ]
    assert plan.style == models.Style()
    assert [one.clip_index for one in plan.clip_scripts] == [0, 2]
    assert [(one.type, one.duration) for one in plan.transitions] == [
        ("crossfade", 0.5),
        ("cut", 0.0),
    ]


@given(st.data())
def test_clips_are_counted_as_they_are_read(data: st.DataObject) -> None:
    clips = [clip(index) for index in data.draw(st.lists(st.integers(-1, 4), max_size=6))]
    for _ in range(data.draw(st.integers(0, 2))):
        if clips:
            broken = data.draw(st.sampled_from(clips))
            broken[data.draw(st.sampled_from([*broken, "total_clips"]))] = data.draw(JSON)
            if data.draw(st.booleans()):
                broken.pop(data.draw(st.sampled_from(sorted(broken))))
    rows = [Row("video_generator", {"clips": {"clips": clips}})]

    made = read_job(rows, job_id=JOB).clips

    assert count_clips(rows, job_id=JOB) == (len(made.clips) if made else 0)
