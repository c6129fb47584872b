"""What a question is about, and wishes that are for no clip in particular."""

import pytest

from clipbot.domain.plan import Act, Topic
from clipbot.understanding import ClipFacts, Context, questions, replies, understand
from clipbot.understanding.general import edits_of, is_general
from clipbot.understanding.tokens import tokenize

VIDEO = Context(
    tuple(
        ClipFacts(number, number * 5.0 - 5, number * 5.0, "verse", number, luma=0.1 * number)
        for number in range(1, 7)
    ),
    selected=(4,),
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("how do I go back?", Topic.HELP),
        ("is anything missing?", Topic.MISSING),
        ("is it done yet?", Topic.RUNNING),
        ("can I still spend something?", Topic.BUDGET),
        ("what did it cost?", Topic.COST),
        ("what was done to it?", Topic.CHANGES),
        ("what seed was that?", Topic.VERSIONS),
        ("what is its prompt?", Topic.PROMPT),
        ("what does she sing?", Topic.LYRICS),
        ("which clips are dark?", Topic.CLIPS),
        ("how dark is it?", Topic.MEASURES),
        ("how many are there?", Topic.COUNT),
        ("how long is it?", Topic.LENGTH),
        ("which clips are near the end of it all?", Topic.LENGTH),
        ("which clips?", Topic.CLIPS),
        ("what part is the clip in?", Topic.SECTIONS),
        ("is there a bridge?", Topic.SECTIONS),
        ("is it nice?", None),
    ],
)
def test_the_most_telling_word_says_what_a_question_is_about(
    text: str, topic: Topic | None
) -> None:
    assert questions.topic_of(tokenize(text)) is topic


@pytest.mark.parametrize(
    ("text", "measure", "is_high"),
    [
        ("which clips are dark?", "luma", False),
        ("how bright is it", "luma", True),
        ("the most colourful one?", "saturation", True),
        ("is it cold?", "warmth", False),
        ("which one moves? the fastest", "motion", True),
    ],
)
def test_a_quality_is_a_measure_and_an_end_of_it(text: str, measure: str, is_high: bool) -> None:  # noqa: FBT001 - a table
    quality = questions.quality_of(text)
    assert quality is not None
    assert (quality.measure, quality.is_high) == (measure, is_high)


def test_some_questions_are_for_no_quality() -> None:
    assert questions.quality_of("what is it?") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("which clip has the word 'lantern' in it?", "lantern"),
        ("where is \u201cCarry  me\u201d?", "carry me"),
        ("where does she sing carry me home?", "carry me home"),
        ("who says tonight in the chorus?", "tonight"),
        ("what does she sing in clip 2?", None),
        ("what is sung", None),
        ("what's the length?", None),
        ("where is ' ' sung", None),
    ],
)
def test_the_words_that_are_looked_for(text: str, words: str | None) -> None:
    assert questions.looked_for(text) == words


def test_longest_and_shortest() -> None:
    assert questions.is_longest_asked("which is the longest?") is True
    assert questions.is_longest_asked("which is the shortest?") is False
    assert questions.is_longest_asked("how long is it?") is None


def test_what_points_back() -> None:
    assert questions.points_back("what did that cost?")
    assert not questions.points_back("what did everything cost?")


@pytest.mark.parametrize(
    ("text", "clips"),
    [
        ("what is the prompt?", (4,)),
        ("how long is this clip?", (4,)),
        ("how dark are these?", (4,)),
        ("how dark are the clips?", ()),
        ("how dark is the video?", ()),
        ("how long is the video?", ()),
        ("what is the prompt of clip 2?", (2,)),
    ],
)
def test_a_question_without_clips_is_about_the_selected_ones_where_that_fits(
    text: str, clips: tuple[int, ...]
) -> None:
    plan = understand(text, VIDEO)
    assert plan.act is Act.ANSWER
    assert tuple(number for edit in plan.edits for number in edit.clips) == clips


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("what can you do?", replies.HELP),
        ("help", replies.HELP),
        ("please help", replies.HELP),
        ("hello", "Hello! Tell me what should change, for example “make clip 1 nighttime”."),
        ("thanks", "You are welcome."),
        ("what is the meaning of life?", replies.ONLY_CLIPS),
    ],
)
def test_what_is_no_question_about_the_video_is_small_talk(text: str, reply: str) -> None:
    plan = understand(text, VIDEO)
    assert (plan.act, plan.reply) == (Act.CHAT, reply)


def test_a_clip_that_is_not_there_is_asked_about() -> None:
    plan = understand("how long is clip 9?", VIDEO)
    assert plan.act is Act.ASK
    assert len(plan.choices) >= 2


@pytest.mark.parametrize(
    ("text", "count", "general"),
    [
        ("make it nighttime, keep her face", 1, True),
        ("clip 47 darker", 1, False),
        ("clip 31 darker", 1, False),
        ("everything darker", 1, False),
        ("clip 2 darker and clip 3 brighter", 2, False),
        ("make the chorus warmer", 0, False),
        ("clip 99 darker", 0, False),
        ("a bit more", 0, False),
        ("undo", 0, False),
        ("which clips are dark?", 0, False),
    ],
)
def test_a_wish_for_any_clip_names_none(text: str, count: int, general: bool) -> None:  # noqa: FBT001 - a table
    assert len(edits_of(text)) == count
    assert is_general(text) is general
