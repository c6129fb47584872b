"""Questions about a video, from words to the answer: no store, no model, no clock."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

import pytest

from clipbot.domain.measures import Measures
from clipbot.domain.plan import Act, Edit, Plan, Topic
from clipbot.domain.versions import ORIGINAL
from clipbot.services.facts import Facts, Question
from clipbot.services.telling import CANNOT_TELL, told
from clipbot.services.views import ClipStatus, ClipView, FilmView, JobView
from clipbot.store.records import RegenerationRecord, RegenerationStatus, VersionRecord
from clipbot.understanding import ClipFacts, Context, replies, understand

JOB = UUID("00000000-0000-4000-8000-000000000001")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SUNNY = "A sunny street with paper lanterns."
NIGHT = "A street with paper lanterns. Nighttime scene, dark sky."
SUNG = (
    "",
    "Paper lanterns over Mercer Street",
    "Carry me home",
    "Rain on the awning",
    "Carry me home again",
    "",
)
PARTS = (
    ("intro", 1),
    ("verse", 1),
    ("chorus", 1),
    ("verse", 2),
    ("chorus", 2),
    ("outro", 1),
)
LUMA = (0.14, 0.45, 0.78, 0.08, 0.66, 0.42)
SATURATION = (0.15, 0.4, 0.5, 0.35, 0.5, 0.7)
WARMTH = (-0.3, 0.0, 0.3, -0.1, 0.05, 0.25)
MOTION = (0.05, 0.02, 0.2, 0.06, 0.05, 0.01)


def clip(index: int) -> ClipView:
    return ClipView(
        clip_index=index,
        number=index + 1,
        status=ClipStatus.READY,
        timestamp_start=index * 12.0,
        timestamp_end=index * 12.0 + 12.0 - (index == 5) * 6,
        duration=12.0 - (index == 5) * 6,
        lyrics_preview=SUNG[index],
        section=PARTS[index][0],
        section_number=PARTS[index][1],
        is_regenerated=index == 1,
        original_prompt=SUNNY,
        prompt=NIGHT if index == 1 else SUNNY,
        version_count=3 if index == 1 else 1,
        current_version=2 if index == 1 else 1,
        has_offer=False,
        measures=Measures(LUMA[index], SATURATION[index], WARMTH[index], MOTION[index]),
        thumbnail_url=None,
        footage_url=None,
    )


def version(number: int, instruction: str, prompt: str, cost: int) -> VersionRecord:
    return VersionRecord(
        id=UUID(int=number),
        job_id=JOB,
        clip_index=1,
        number=number,
        video_url="",
        thumbnail_url=None,
        prompt=prompt,
        instruction=instruction or None,
        cost_micros=cost,
        is_flagged_current=number == 2,
        created_at=NOW,
        duration_seconds=12.0,
        parent_number=None if number == ORIGINAL else number - 1,
        renderer="local" if number > 1 else None,
        seed=77 if number > 1 else None,
        temperature=0.75 if number > 1 else None,
        regeneration_id=UUID(int=100 + number) if number > 1 else None,
    )


def edit(number: int, instruction: str, cost: int, **values: object) -> RegenerationRecord:
    record = RegenerationRecord(
        id=UUID(int=100 + number),
        job_id=JOB,
        user_id=JOB,
        clip_index=1,
        edit=Edit((2,), (), instruction),
        instruction=instruction,
        renderer="local",
        status=RegenerationStatus.COMPLETED,
        estimate_micros=0,
        ceiling_micros=0,
        estimated_seconds=1,
        seed=77,
        temperature=0.75,
        progress=100,
        message="",
        is_cancel_requested=False,
        created_at=NOW,
        cost_micros=cost,
        finished_at=NOW,
    )
    return replace(record, **values)  # type: ignore[arg-type]


FACTS = Facts(
    job=JobView(
        id=JOB,
        title="Lanterns",
        status="completed",
        progress=100,
        total_cost_micros=1_500_000,
        spent_micros=1_500_000,
        reserved_micros=0,
        budget_micros=50_000_000,
        aspect_ratio="16:9",
        video_model="kling_v21",
        error=None,
        created_at=NOW,
        film=FilmView(3, 66 * 24, Fraction(24), 1280, 720, 1, "/film.mp4"),
        clip_count=6,
        is_editable=True,
        undo_label="make it nighttime (clip 2)",
        redo_label=None,
        last_event_id=1,
    ),
    clips=tuple(clip(index) for index in range(6)),
    versions={
        1: (
            version(1, "", SUNNY, 0),
            version(2, "make it nighttime", NIGHT, 150_000),
            version(3, "more stars", NIGHT + " More stars.", 100_000),
        )
    },
    edits=(edit(3, "more stars", 100_000), edit(2, "make it nighttime", 150_000)),
    song_seconds=68.25,
)


def context(facts: Facts, *selected: int) -> Context:
    return Context(
        tuple(
            ClipFacts(
                each.number,
                each.timestamp_start,
                each.timestamp_end,
                each.section,
                each.section_number,
                each.lyrics_preview or None,
                each.measures.luma if each.measures else None,
                each.measures.saturation if each.measures else None,
                each.measures.warmth if each.measures else None,
                each.measures.motion if each.measures else None,
                each.version_count,
                each.current_version,
                each.prompt,
            )
            for each in facts.clips
        ),
        selected,
    )


def ask(text: str, *selected: int, facts: Facts = FACTS) -> tuple[Plan, str, tuple[int, ...]]:
    plan = understand(text, context(facts, *selected))
    assert plan.act is Act.ANSWER, (text, plan)
    assert plan.topic is not None
    clips = tuple(sorted({number for each in plan.edits for number in each.clips}))
    said = told(facts, plan.topic, Question(text, clips))
    return plan, said.reply, said.clips


DARK = "Clip 1 (brightness 14 %) and clip 4 (brightness 8 %)."
LEFT = "$48.50 of the budget of $50.00 is left."
HISTORY = (
    "Clip 2: the film uses version 2 of 3. Version 2: “make it nighttime” "
    "(+ Nighttime scene, dark sky; - sunny). Version 3: “more stars” (+ More stars)."
)


@pytest.mark.parametrize(
    ("text", "reply", "clips"),
    [
        ("which clips are dark?", DARK, (1, 4)),
        ("list the dark clips", DARK, (1, 4)),
        ("which clips are the dark ones?", DARK, (1, 4)),
        (
            "which clips are bright?",
            "Clip 3 (brightness 78 %) and clip 5 (brightness 66 %).",
            (3, 5),
        ),
        ("which clips are fast?", "Clip 3 (motion 20.0 %).", (3,)),
        ("which clips are dull?", "Clip 1 (colour 15 %).", (1,)),
        ("which clips are warm?", "Clip 3 (warmth 30 %) and clip 6 (warmth 25 %).", (3, 6)),
        ("which clips are cold?", "Clip 1 (warmth -30 %).", (1,)),
        ("what's the most colourful clip?", "Clip 6 (colour 70 %).", (6,)),
        ("which is the darkest clip?", "Clip 4 (brightness 8 %).", (4,)),
        (
            "is clip 3 brighter than clip 5?",
            "Clip 3 is brighter (brightness 78 %) than clip 5 (brightness 66 %).",
            (3, 5),
        ),
        (
            "how dark is clip 2?",
            "Clip 2 has brightness 45 %; 3 of the 6 clips are darker.",
            (2,),
        ),
        (
            "how dark are the clips?",
            (
                "Clip 4 is the darkest of them (brightness 8 %), clip 3 the least so "
                "(brightness 78 %)."
            ),
            (4,),
        ),
        ("what did clip 2 cost?", "Clip 2: $0.25 for 2 edits.", (2,)),
        ("how much did clip 3 cost", "Clip 3: $0.00 for no edits.", (3,)),
        (
            "what did the whole video cost?",
            f"The video has cost $1.50 in all, $0.25 of it for 2 edits here. {LEFT}",
            (),
        ),
        (
            "what have I spent so far?",
            f"The video has cost $1.50 in all, $0.25 of it for 2 edits here. {LEFT}",
            (),
        ),
        ("what did that cost?", "The last edit, “more stars” (clip 2), cost $0.10.", (2,)),
        ("how much of the budget is left?", LEFT, ()),
        ("how much money do I have left?", LEFT, ()),
        (
            "how long is the chorus?",
            "Clips 3 and 5 last 24.0 s in all: 0:24 to 0:36 and 0:48 to 1:00.",
            (3, 5),
        ),
        ("how long is clip 2?", "Clip 2 lasts 12.0 s: 0:12 to 0:24.", (2,)),
        ("when does clip 3 start?", "Clip 3 lasts 12.0 s: 0:24 to 0:36.", (3,)),
        (
            "how long is the video?",
            "The video lasts 1 min 6 s, in 6 clips; the song lasts 1 min 8 s.",
            (),
        ),
        (
            "how long is the song?",
            "The video lasts 1 min 6 s, in 6 clips; the song lasts 1 min 8 s.",
            (),
        ),
        ("which clip is the shortest?", "The shortest is clip 6: 6.0 s.", (6,)),
        ("which is the longest clip?", "The longest is clip 1: 12.0 s.", (1,)),
        ("what changed in clip 2?", HISTORY, (2,)),
        ("what happened to clip 2?", HISTORY, (2,)),
        ("has clip 3 been edited?", "Clip 3 was never changed.", (3,)),
        (
            "what did I change?",
            "Clip 2 changed; 2 edits in all. Undo would take back: make it nighttime (clip 2).",
            (2,),
        ),
        (
            "which clips have I changed?",
            "Clip 2 changed; 2 edits in all. Undo would take back: make it nighttime (clip 2).",
            (2,),
        ),
        ("what is the prompt of clip 4?", f"Clip 4, version 1: “{SUNNY}”", (4,)),
        ("what are the lyrics of clip 4?", "Clip 4: “Rain on the awning”.", (4,)),
        ("what does she sing in clip 1?", "Nothing is sung in clip 1.", (1,)),
        (
            "which clip has the word 'lantern' in the lyrics?",
            "Clip 2: “Paper lanterns over Mercer Street”.",
            (2,),
        ),
        ("where does she sing carry me?", "Clips 3 and 5: “Carry me home”.", (3, 5)),
        ("does she sing “umbrella” anywhere?", "“umbrella” is not sung in any clip.", ()),
        ("which clips have lyrics?", "There are lyrics in clips 2, 3, 4 and 5.", (2, 3, 4, 5)),
        (
            "which clips are in the chorus?",
            "Clip 3 (0:24 to 0:36) and clip 5 (0:48 to 1:00).",
            (3, 5),
        ),
        ("which clip is at 0:15?", "Clip 2 (0:12 to 0:24).", (2,)),
        ("what section is clip 3 in?", "Clip 3 is in chorus 1.", (3,)),
        (
            "which sections are there?",
            (
                "Intro: clip 1; verse 1: clip 2; chorus 1: clip 3; verse 2: clip 4; chorus 2: "
                "clip 5; outro: clip 6."
            ),
            (),
        ),
        (
            "which version is used in clip 2?",
            "Clip 2 uses version 2 of 3: made by local, seed 77, temperature 0.75.",
            (2,),
        ),
        (
            "how many versions does clip 3 have?",
            "Clip 3 uses version 1 of 1, the original.",
            (3,),
        ),
        ("which versions are used?", "Clip 2: version 2 of 3.", (2,)),
        ("how many clips are there?", "The video has 6 clips.", ()),
        ("how many clips are in the chorus?", "2: clips 3 and 5.", (3, 5)),
        ("are any clips missing?", "No, all 6 clips have footage.", ()),
        ("what is running now?", "Nothing is running. The last one was clip 2: completed.", ()),
        (
            "how do I undo?",
            (
                "Say “undo” for the last change, “undo clip 2” for one clip, and “redo” to put it "
                "back; nothing is ever lost."
            ),
            (),
        ),
        ("how do I change this video?", replies.HELP, ()),
        (
            "is clip 4 dark?",
            "Clip 4 has brightness 8 %; no clip is darker.",
            (4,),
        ),
        (
            "which templates are there?",
            (
                "The chips above the text box are ready-made wishes in four groups; after an edit "
                "you can save your own there."
            ),
            (),
        ),
        (
            "tell me about clip 2",
            (
                "Clip 2 runs from 0:12 to 0:24, in verse 1; it uses version 2 of 3. "
                "It shows: “A street with paper lanterns.”"
            ),
            (2,),
        ),
        (
            "what's in clip 5?",
            (
                "Clip 5 runs from 0:48 to 1:00, in chorus 2; it uses version 1 of 1. "
                "It shows: “A sunny street with paper lanterns.”"
            ),
            (5,),
        ),
        ("which clips haven't I changed?", "Clips 1, 3, 4, 5 and 6 are as made.", (1, 3, 4, 5, 6)),
        ("how much is left?", LEFT, ()),
        ("what's the mood of the song?", CANNOT_TELL, ()),
        ("is clip 3 nice?", CANNOT_TELL, ()),
        ("which clips have people in them?", CANNOT_TELL, ()),
        (
            "tell me about the video",
            "The video lasts 1 min 6 s, in 6 clips; the song lasts 1 min 8 s.",
            (),
        ),
    ],
)
def test_a_question_is_answered_from_what_is_known(
    text: str, reply: str, clips: tuple[int, ...]
) -> None:
    assert ask(text)[1:] == (reply, clips)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("show me the prompt", f"Clip 4, version 1: “{SUNNY}”"),
        ("how long is this clip?", "Clip 4 lasts 12.0 s: 0:36 to 0:48."),
        ("how warm is it?", "Clip 4 has warmth -10 %; 4 of the 6 clips are warmer."),
        ("what are the lyrics?", "Clip 4: “Rain on the awning”."),
        ("which version is this?", "Clip 4 uses version 1 of 1, the original."),
    ],
)
def test_what_points_at_a_clip_means_the_selected_one(text: str, reply: str) -> None:
    assert ask(text, 4)[1:] == (reply, (4,))


def test_a_clip_that_is_not_there_is_never_answered_for() -> None:
    plan = understand("what did clip 99 cost?", context(FACTS))
    assert plan.act is Act.ASK
    assert plan.question == "This video has no clip 99; its clips are 1 to 6."


def test_what_is_not_known_is_not_said() -> None:
    bare = replace(
        FACTS,
        clips=tuple(
            replace(each, measures=None, section=None, section_number=None, lyrics_preview="")
            for each in FACTS.clips
        ),
        versions={},
        edits=(),
        song_seconds=None,
        job=replace(FACTS.job, film=None, undo_label=None, reserved_micros=500_000),
    )

    def reply(topic: Topic, text: str, *clips: int) -> str:
        return told(bare, topic, Question(text, clips)).reply

    assert "not measured yet" in reply(Topic.CLIPS, "which clips are dark?")
    assert reply(Topic.MEASURES, "is clip 2 dark?", 2) == "Clip 2: not measured yet."
    assert reply(Topic.MEASURES, "how is clip 2?", 2) == CANNOT_TELL
    assert reply(Topic.CLIPS, "which clips have a dog?") == CANNOT_TELL
    assert reply(Topic.SECTIONS, "which sections?") == "The parts of the song are not known."
    assert reply(Topic.SECTIONS, "what section?", 2) == "Clip 2 is in no known part of the song."
    assert reply(Topic.LYRICS, "what are the lyrics?").startswith("Nothing is sung in this video")
    assert reply(Topic.LENGTH, "how long is it?") == "The video lasts 1 min 6 s, in 6 clips."
    assert reply(Topic.PROMPT, "what is the prompt?").startswith("Which clip's prompt?")
    assert reply(Topic.COST, "what did that cost?").startswith("The video has cost $1.50")
    assert reply(Topic.BUDGET, "budget?") == (
        "$48.00 of the budget of $50.00 is left; $0.50 is set aside."
    )
    assert reply(Topic.RUNNING, "done?") == "Nothing is running."
    assert reply(Topic.VERSIONS, "version?", 2).endswith("version 2 of 3, the original.")


def test_a_video_that_nobody_changed() -> None:
    fresh = replace(
        FACTS,
        clips=tuple(replace(each, version_count=1, current_version=1) for each in FACTS.clips),
        versions={},
        edits=(),
    )
    assert ask("what did I change?", facts=fresh)[1] == (
        "Nothing was changed yet: every clip is as it was made."
    )
    assert ask("which versions are used?", facts=fresh)[1] == (
        "Every clip has one version, the original."
    )


def test_a_video_of_which_every_clip_was_changed() -> None:
    every = replace(
        FACTS,
        clips=tuple(replace(each, version_count=2, current_version=2) for each in FACTS.clips),
    )
    assert ask("which clips are unchanged?", facts=every)[1] == "Every clip was changed."


def test_what_was_all_taken_back_says_so() -> None:
    back = replace(FACTS, clips=tuple(replace(each, current_version=1) for each in FACTS.clips))
    assert ask("what did I change?", facts=back)[1].startswith("Every clip is the original again")


def test_where_none_is_such_the_nearest_is_named() -> None:
    bright = replace(
        FACTS,
        clips=tuple(
            replace(each, measures=Measures(0.5 + each.number / 100, 0.5, 0, 0.1))
            for each in FACTS.clips
        ),
    )
    said = told(bright, Topic.CLIPS, Question("which clips are dark?"))
    assert said.reply == "No clip stands out as dark; the darkest is clip 1 (brightness 51 %)."
    assert said.clips == (1,)


def test_what_is_running_and_what_is_missing() -> None:
    running = edit(4, "make it foggy", 0, status=RegenerationStatus.PROCESSING, progress=35)
    busy = replace(
        FACTS,
        job=replace(FACTS.job, running=(running,)),
        clips=tuple(
            replace(each, status=ClipStatus.MISSING) if each.number in {3, 4} else each
            for each in FACTS.clips
        ),
    )
    assert ask("what is running now?", facts=busy)[1:] == (
        "Clip 2, “make it foggy”: processing, 35 %.",
        (2,),
    )
    assert ask("are any clips missing?", facts=busy)[1:] == (
        "Clips 3 and 4 have no footage; the film shows a neighbour's frame there.",
        (3, 4),
    )


def test_a_failed_edit_is_told_with_what_was_changed() -> None:
    failed = replace(
        FACTS,
        clips=tuple(replace(each, error="It went wrong.") for each in FACTS.clips),
    )
    assert ask("what changed in clip 3?", facts=failed)[1] == (
        "Clip 3 was never changed. The last try failed: It went wrong."
    )


def test_the_price_of_what_waits_for_a_yes() -> None:
    offered = replace(FACTS, offer="Clip 2: warmer. Local looks, $0.00, about 3 s.")
    assert ask("what would that cost?", facts=offered)[1] == (
        "Not confirmed yet: Clip 2: warmer. Local looks, $0.00, about 3 s."
    )


def test_long_things_are_cut_and_many_are_counted() -> None:
    long = replace(FACTS, clips=tuple(replace(each, prompt="word " * 400) for each in FACTS.clips))
    reply = ask("what are the prompts of clips 1 to 3?", facts=long)[1]
    assert reply.endswith("Ask for the others by number.")
    assert len(reply) < 1600
    many = replace(FACTS, clips=tuple(replace(clip(0), number=n + 1) for n in range(20)))
    said = told(many, Topic.CLIPS, Question("which clips?", tuple(range(1, 11))))
    assert said.reply.endswith(", and 4 more.")


def test_every_topic_has_an_answer_that_is_a_sentence() -> None:
    for topic in Topic:
        for clips in ((), (2,), (1, 2, 3, 4, 5, 6)):
            said = told(FACTS, topic, Question("which clips are dark?", clips))
            assert re.search(r"[.?”]$", said.reply), (topic, said)
