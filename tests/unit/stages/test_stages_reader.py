import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clipbot.stages.reader import JobStages, read_job
from tests.unit.stages.given import (
    JOB,
    MADE,
    Row,
    clip,
    metadata,
    read,
    read_clips,
    rows,
    sentences,
    stored,
)

CLIPS = "video_generator"


def indexes(stages: JobStages) -> list[int]:
    return [one.clip_index for one in stages.clips.clips] if stages.clips else []


def test_the_complete_job_is_read_whole_and_without_complaint() -> None:
    stages = read("complete")

    assert stages.problems == ()
    assert stages.audio is not None
    assert (stages.audio.bpm, stages.audio.duration) == (100.0, 72.0)
    assert len(stages.audio.beat_timestamps) == 120
    assert len(stages.audio.lyrics) == 44
    assert [section.type for section in stages.audio.song_structure] == [
        "intro",
        "verse",
        "chorus",
        "verse",
        "chorus",
        "outro",
    ]
    assert stages.audio.mood is not None
    assert stages.audio.mood.primary == "calm"
    assert stages.audio.metadata["fallbacks_used"] == []
    assert stages.scene_plan is not None
    assert [one.id for one in stages.scene_plan.characters] == ["mara", "deckhand"]
    assert len(stages.scene_plan.transitions) == 5
    assert stages.scene_plan.style.color_palette[0] == "#1B2A41"
    assert stages.references is not None
    assert len(stages.references.scene_references) == 3
    assert stages.references.total_cost == Decimal("0.025")
    assert stages.prompts is not None
    assert stages.prompts.llm_model == "gpt-4o"
    assert stages.clips is not None
    assert indexes(stages) == [0, 1, 2, 3, 4, 5]
    assert stages.clips.total_cost == Decimal("4.80")
    assert stages.clips.clips[1].seed == 4101
    assert stages.clips.clips[0].seed is None


@pytest.mark.parametrize("name", ["v01", "v02", "v03", "v04", "v07", "v12", "v13", "v19", "v20"])
def test_every_shape_of_the_same_job_is_read_alike(name: str) -> None:
    stages = read(name)

    assert stages.problems == ()
    assert indexes(stages) == [0, 1, 2, 3, 4, 5]
    assert stages.clips is not None
    assert (stages.clips.total_clips, stages.clips.successful_clips) == (6, 6)
    assert (stages.clips.failed_clips, stages.clips.total_cost) == (0, Decimal("4.80"))
    assert all(one.original_target_duration == 12.0 for one in stages.clips.clips)
    assert stages.prompts is not None
    assert [one.clip_index for one in stages.prompts.clip_prompts] == [0, 1, 2, 3, 4, 5]
    assert stages.audio is not None
    assert len(stages.audio.clip_boundaries) == 6
    assert stages.scene_plan is not None
    assert len(stages.scene_plan.clip_scripts) == 6
    assert stages.references is not None
    job_id = UUID(stored(name)[0]["job_id"])
    models = (stages.audio, stages.scene_plan, stages.references, stages.prompts, stages.clips)
    assert {model.job_id for model in models} == {job_id}


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_json_in_a_string_is_read_also_when_it_was_encoded_again(levels: int) -> None:
    encoded: list[Row] = []
    for row in rows("complete"):
        document = row.metadata
        for _ in range(levels if document is not None else 0):
            document = json.dumps(document)
        encoded.append(replace(row, metadata=document))

    assert read_job(encoded, job_id=JOB) == read_job(rows("complete"), job_id=JOB)


@pytest.mark.parametrize(
    "stage",
    [
        "audio_parser",
        "scene_planner",
        "reference_generator",
        "prompt_generator",
        "video_generator",
    ],
)
def test_the_wrapper_may_hold_a_string_too(stage: str) -> None:
    ((key, payload),) = metadata(stage).items()

    found = read_job([Row(stage, {key: json.dumps(payload)})], job_id=JOB)

    assert found == read_job([Row(stage, metadata(stage))], job_id=JOB)


@pytest.mark.parametrize(
    "document",
    [
        [clip(0), clip(1)],
        {"clips": [clip(0), clip(1)]},
        {"clips": {"clips": [clip(0), clip(1)]}},
        {"clips": {"clips": {"clips": [clip(0), clip(1)]}}},
        {"clips": json.dumps([clip(0), clip(1)])},
        json.dumps({"clips": json.dumps({"clips": [clip(0), clip(1)]})}),
    ],
)
def test_clips_are_found_under_every_wrapper(document: Any) -> None:
    assert indexes(read_job([Row(CLIPS, document)], job_id=JOB)) == [0, 1]


def test_a_list_of_prompts_is_enough() -> None:
    prompts = [{"clip_index": 1, "prompt": "b"}, {"clip_index": 0, "prompt": "a"}]

    wrapped = {"clip_prompts": prompts}
    for document in (prompts, wrapped, {"clip_prompts": wrapped}):
        stages = read_job([Row("prompt_generator", document)], job_id=JOB)
        assert stages.prompts is not None
        assert [one.prompt for one in stages.prompts.clip_prompts] == ["a", "b"]
        assert stages.prompts.total_clips == 2


def test_clips_are_addressed_by_index_where_some_are_missing() -> None:
    stages = read("v06")

    assert indexes(stages) == [0, 1, 3, 5]
    assert stages.clips is not None
    assert stages.clips.total_clips == 6
    last = stages.clips.of(5)
    assert last is not None
    assert last.video_url is not None
    assert "/clip_5.mp4" in last.video_url
    assert stages.clips.of(2) is None
    assert stages.audio is not None
    boundary = stages.audio.boundary(5)
    assert boundary is not None
    assert (boundary.start, boundary.end) == (60.0, 72.0)
    assert stages.audio.boundary(6) is None
    assert stages.audio.boundary(-1) is None
    assert stages.scene_plan is not None
    script = stages.scene_plan.script(5)
    assert script is not None
    assert (script.start, script.end) == (60.0, 72.0)
    assert stages.scene_plan.script(6) is None
    assert sentences(stages, CLIPS) == ["Clip 3 has no footage.", "Clip 5 has no footage."]
    assert [problem.clip_index for problem in stages.problems] == [2, 4]


def test_prompts_stored_in_any_order_are_found_by_index() -> None:
    stages, straight = read("v07"), read("complete")

    assert stages.prompts is not None
    assert straight.prompts is not None
    for index in range(6):
        prompt, expected = stages.prompts.of(index), straight.prompts.of(index)
        assert prompt is not None
        assert expected is not None
        assert prompt.prompt == expected.prompt
    assert stages.prompts.of(6) is None


def test_a_job_in_the_making_shows_the_clips_it_has() -> None:
    stages = read("v10")

    assert indexes(stages) == [0, 2]
    assert stages.clips is not None
    assert (stages.clips.total_clips, stages.clips.total_cost) == (6, Decimal("1.60"))
    assert sentences(stages, CLIPS) == [f"Clip {number} has no footage." for number in (2, 4, 5, 6)]


@pytest.mark.parametrize("name", ["v15a", "v15b", "v15d"])
def test_no_clips_yet_is_said_clearly(name: str) -> None:
    stages = read(name)

    assert stages.clips is None
    assert stages.prompts is not None
    assert sentences(stages, CLIPS) == ["The clips are not generated yet."]


def test_an_empty_list_of_clips_is_no_clips_yet() -> None:
    assert sentences(read_clips(), CLIPS) == ["The clips are not generated yet."]


def test_loose_numbers_are_taken_and_unusable_entries_are_counted() -> None:
    stages = read("v16")

    assert indexes(stages) == [0, 1, 2, 3, 5]
    assert stages.clips is not None
    zero, one, two, three, _ = stages.clips.clips
    assert (zero.actual_duration, zero.cost, zero.generation_time) == (12.04, Decimal("0.8"), 61.5)
    assert one.cost == 0
    assert two.duration_diff == 0.0
    assert three.metadata == {}
    assert stages.clips.total_cost == Decimal("3.20")
    assert sentences(stages, CLIPS) == [
        "2 of the clips could not be read and were left out.",
        "Clip 5 has no footage.",
    ]
    assert stages.problems[0].count == 2


@pytest.mark.parametrize("url", [None, "", 0, [], {}, False])
def test_a_clip_without_footage_is_missing_and_the_others_are_not(url: Any) -> None:
    failed = clip(1, video_url=url, status="failed", actual_duration=0, error="moderated")

    stages = read_clips(clip(0), failed, clip(2))

    assert stages.clips is not None
    assert [one.status for one in stages.clips.clips] == ["success", "missing", "success"]
    missing = stages.clips.clips[1]
    assert missing.is_missing
    assert (missing.video_url, missing.error) == (None, "moderated")
    assert (stages.clips.successful_clips, stages.clips.failed_clips) == (2, 1)
    assert stages.problems[-1].message == "Clip 2 has no footage."
    assert stages.problems[-1].clip_index == 1


@pytest.mark.parametrize(
    "junk",
    [
        "junk",
        None,
        7,
        [],
        [clip(9)],
        {},
        {"clip_index": 9},
        clip(None),
        clip("nine"),
        clip(-1),
        clip(1.5),
        clip(True),
        clip(10**9),
        clip(10**400),
        clip("9" * 5_000),
        {key: value for key, value in clip(9).items() if key != "cost"},
        {key: value for key, value in clip(9).items() if key != "video_url"},
    ],
)
def test_one_broken_clip_never_hides_the_others(junk: Any) -> None:
    stages = read_clips(clip(0), junk, clip(2))

    assert indexes(stages) == [0, 2]
    assert sentences(stages, CLIPS)[0] == "One of the clips could not be read and was left out."


@pytest.mark.parametrize("index", [3, "3", 3.0, " 3 ", "3.0"])
def test_an_index_may_be_written_in_any_way(index: Any) -> None:
    assert indexes(read_clips(clip(index))) == [3]


def test_a_clip_stored_twice_is_its_last_try() -> None:
    first = clip(1, video_url="old.mp4")
    stages = read_clips(clip(0), first, clip(1, video_url="new.mp4"), clip(1, video_url=None))

    assert indexes(stages) == [0, 1]
    assert stages.clips is not None
    assert stages.clips.clips[1].video_url == "new.mp4"
    assert sentences(stages, CLIPS) == ["Clip 2 was stored 3 times; the last one is used."]


HUGE = [
    float("nan"),
    float("inf"),
    float("-inf"),
    -5,
    1e300,
    10**400,
    "NaN",
    "1e999",
    "Infinity",
    "12 s",
    "",
    None,
    [],
    {},
    True,
    "9" * 100,
]


@pytest.mark.parametrize("value", HUGE, ids=lambda value: str(value)[:12])
def test_a_number_that_cannot_be_is_a_neutral_one(value: Any) -> None:
    names = ("actual_duration", "target_duration", "generation_time", "cost", "retry_count")

    stages = read_clips(clip(0, duration_diff=[], **dict.fromkeys(names, value)))

    assert stages.clips is not None
    (found,) = stages.clips.clips
    assert [getattr(found, name) for name in names] == [0, 0, 0, 0, 0]
    assert found.original_target_duration == 0
    assert found.video_url == "clip_0.mp4"


def test_totals_that_cannot_be_are_worked_out() -> None:
    stages = read_clips(clip(0), clip(1), total_clips=-3, total_cost="lots", failed_clips=10**30)

    assert stages.clips is not None
    assert (stages.clips.total_clips, stages.clips.failed_clips) == (2, 0)
    assert stages.clips.total_cost == Decimal("1.60")
    assert stages.clips.total_generation_time == 120.0


def test_text_of_ten_megabytes_is_cut() -> None:
    stages = read_clips(clip(0, error="x" * 10_000_000, metadata={"note": "y" * 10_000_000}))

    assert stages.clips is not None
    assert len(stages.clips.clips[0].error or "") == 100_000
    assert read_job([Row(CLIPS, "x" * 10_000_000)], job_id=JOB).clips is None


def test_text_is_such_that_any_database_takes_it() -> None:
    stages = read_clips(clip(0, error="a\0b\ud800c"))

    assert stages.clips is not None
    assert stages.clips.clips[0].error == "a\ufffdb?c"


def nested(levels: int) -> Any:
    document: Any = {}
    for _ in range(levels):
        document = {"clips": document}
    return document


@pytest.mark.parametrize("levels", [2, 5, 100, 900, 100_000])
def test_nesting_of_any_depth_is_survived(levels: int) -> None:
    whole = nested(levels)
    assert read_job([Row(CLIPS, whole)], job_id=JOB).clips is None
    assert read_job([Row(CLIPS, "[" * levels)], job_id=JOB).clips is None
    assert read_job([Row(CLIPS, "[" * levels + "]" * levels)], job_id=JOB).clips is None
    deep = read_clips(clip(0, metadata=whole), clip(1, video_url=whole))
    assert indexes(deep) == [0, 1]
    assert deep.clips is not None
    assert (deep.clips.clips[0].metadata == {}) is (levels > 20)
    deep.clips.model_dump_json()
    for stage in ("audio_parser", "scene_planner", "prompt_generator", "reference_generator"):
        ((key, payload),) = metadata(stage).items()
        broken = dict.fromkeys(payload, whole)
        read_job([Row(stage, {key: broken}), Row(stage, whole)], job_id=JOB)


def test_of_two_rows_the_newest_completed_one_counts() -> None:
    def row(url: str, minute: int, status: str = "completed") -> Row:
        made = MADE + timedelta(minutes=minute)
        return Row(CLIPS, {"clips": [clip(0, video_url=url)]}, status, made)

    several = [row("b", 2), row("d", 9, "processing"), row("c", 3), row("a", 1)]

    for order in (several, several[::-1]):
        stages = read_job(order, job_id=JOB)
        assert stages.clips is not None
        assert stages.clips.clips[0].video_url == "c"


def test_a_newer_row_of_no_use_does_not_hide_an_older_one() -> None:
    good = Row(CLIPS, {"clips": [clip(0)]})
    later = MADE + timedelta(minutes=1)

    for useless in (None, {}, {"clips": ["junk"]}, "not json", 7, {"clips": 5}):
        stages = read_job([good, Row(CLIPS, useless, created_at=later)], job_id=JOB)
        assert indexes(stages) == [0]
        assert "an older one is used" in sentences(stages, CLIPS)[0]


def test_times_of_every_kind_can_be_compared() -> None:
    moments = [
        None,
        datetime(2026, 1, 1, 12),  # noqa: DTZ001 - as a database without zones hands it out
        datetime(2026, 1, 1, 13, tzinfo=timezone(timedelta(hours=14))),
        datetime.min,  # noqa: DTZ901 - the same
        datetime.min.replace(tzinfo=timezone(timedelta(hours=-5))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=5))),
        datetime(2026, 1, 1, 12, tzinfo=UTC),
    ]
    several = [
        Row(CLIPS, {"clips": [clip(number)]}, created_at=moment)
        for number, moment in enumerate(moments)
    ]

    assert indexes(read_job(several, job_id=JOB)) == [5]


def test_references_that_failed_later_do_not_hide_the_good_ones() -> None:
    failure = json.dumps({"fallback_mode": True, "fallback_reason": "too few"})
    good = Row("reference_generator", metadata("reference_generator"))
    failed = Row("reference_generator", failure, "failed", MADE + timedelta(minutes=1))

    stages = read_job([good, failed], job_id=JOB)
    assert stages.references is not None
    assert sentences(stages, "reference_generator") == []

    alone = read_job([failed], job_id=JOB)
    assert alone.references is None
    assert sentences(alone, "reference_generator") == ["There are no reference pictures."]


def test_the_old_name_of_a_stage_is_known() -> None:
    row = Row("reference_generation", metadata("reference_generator"))

    stages = read_job([row], job_id=JOB)

    assert stages.references is not None
    assert [one.scene_id for one in stages.references.scene_references][:1] == ["pier_dusk"]


def test_without_any_row_everything_is_said_to_be_absent() -> None:
    stages = read_job([], job_id=JOB)

    assert replace(stages, problems=()) == JobStages()
    assert [problem.message for problem in stages.problems] == [
        "The song is not analysed yet.",
        "The film is not planned yet.",
        "There are no reference pictures.",
        "The prompts are not written yet.",
        "The clips are not generated yet.",
    ]


def test_what_cannot_be_read_is_said_to_be_unreadable() -> None:
    for document in ("{", 7, {"clips": ["junk"]}, [1, 2]):
        stages = read_job([Row(CLIPS, document)], job_id=JOB)
        assert sentences(stages, CLIPS) == ["The list of clips cannot be read."]


def test_other_stages_are_ignored() -> None:
    others = [Row("composer", None, "processing"), Row("lipsync_processor", {"clips": [clip(7)]})]

    assert read_job(others, job_id=JOB).clips is None
