"""Which clips a sentence is for."""

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Plan
from clipbot.understanding import Context, Turn, understand
from tests.unit.understanding.videos import MEASURED, PLAIN, SINGLE, done, line, told


@pytest.mark.parametrize(
    ("text", "clips"),
    [
        ("clip 2 darker", "2"),
        ("clips 2, 3 and 5 darker", "2,3,5"),
        ("clips 5, 2 and 2 darker", "2,5"),
        ("make clips 2 and 4 darker", "2,4"),
        ("shots 2 to 4 darker", "2,3,4"),
        ("clips 2\u20134 darker", "2,3,4"),
        ("clips 2-3 and clip 6 darker", "2,3,6"),
        ("clips four to two darker", "2,4"),
        ("clip #3 darker", "3"),
        ("#3 darker", "3"),
        ("no. 3 darker", "3"),
        ("clip number three darker", "3"),
        ("numbers two, four and six: darker", "2,4,6"),
        ("clip3 darker clip5 too", "3,5"),
        ("darken 2,3,5", "2,3,5"),
        ("four should be darker", "4"),
        ("clip two or clip three darker", "2,3"),
        ("the first clip darker", "1"),
        ("the last one darker", "6"),
        ("first two clips darker", "1,2"),
        ("the last three clips darker", "4,5,6"),
        ("the third and the fifth clip darker", "3,5"),
        ("3rd clip darker", "3"),
        ("second to last clip darker", "5"),
        ("penultimate shot darker", "5"),
        ("odd clips darker", "1,3,5"),
        ("even numbered shots darker", "2,4,6"),
        ("the two in the middle darker", "3,4"),
        ("all clips darker", "1,2,3,4,5,6"),
        ("all six clips darker", "1,2,3,4,5,6"),
        ("all of them darker", "1,2,3,4,5,6"),
        ("every shot darker", "1,2,3,4,5,6"),
        ("each one darker", "1,2,3,4,5,6"),
        ("the whole video darker", "1,2,3,4,5,6"),
        ("everything darker", "1,2,3,4,5,6"),
        ("darker everywhere", "1,2,3,4,5,6"),
        ("make it all darker", "1,2,3,4,5,6"),
        ("all clips except 2 and 3 darker", "1,4,5,6"),
        ("all but the last darker", "1,2,3,4,5"),
        ("all clips except the first one darker", "2,3,4,5,6"),
        ("both choruses except the first: darker", "6"),
        ("every chorus but the last one darker", "3"),
        ("all clips except the last chorus darker", "1,2,3,4,5"),
        ("all clips except the last two clips darker", "1,2,3,4"),
        ("everything after the pre-chorus darker", "6"),
        ("all clips before clip 3 darker", "1,2"),
        ("the second to fourth clips darker", "2,3,4"),
        ("the second darkest clip darker", "4"),
        ("the first half of the chorus darker", "3"),
        ("every clip, except the choruses, darker", "1,2,4,5"),
        ("everything but the chorus darker", "1,2,4,5"),
        ("darken everything except clip 2", "1,3,4,5,6"),
        ("darken every clip except", "1,2,3,4,5,6"),
        ("darken clip 2 but in clip 3", "2,3"),
        ("all of them darker, but not the two choruses", "1,2,4,5"),
        ("the chorus darker", "3,6"),
        ("the second chorus darker", "6"),
        ("last chorus darker", "6"),
        ("verse two darker", "4"),
        ("verse 1 darker", "2"),
        ("the pre-chorus darker", "5"),
        ("prechorus darker", "5"),
        ("both chorus clips darker", "3,6"),
        ("last clip of the chorus darker", "6"),
        ("last clip in the row darker", "6"),
        ("first clip in verse 2 darker", "4"),
        ("up to and including clip 3 darker", "1,2,3"),
        ("everything up to the chorus darker", "1,2"),
        ("everything up to and including the chorus darker", "1,2,3,4,5,6"),
        ("from clip 4 on darker", "4,5,6"),
        ("from the start of the pre-chorus to the end darker", "5,6"),
        ("from clip 2 to the pre-chorus darker", "2,3,4,5"),
        ("the clip after clip 3 darker", "4"),
        ("the shot right before the pre-chorus darker", "4"),
        ("the dark clips darker", "1,4"),
        ("all bright shots darker", "3,6"),
        ("the brightest clip darker", "3"),
        ("the two darkest clips darker", "1,4"),
        ("the darkest and the brightest clip darker", "1,3"),
        ("most colourful clip darker", "3"),
        ("whichever clip is the warmest darker", "3"),
        ("any clip that is too bright darker", "3,6"),
        ("anything fast darker", "3,6"),
        ("anything bright in the first chorus darker", "3"),
        ("clips with hardly any movement darker", "2"),
        ("cold clips darker", "1"),
        ("at 0:15 darker", "2"),
        ("between 0:10 and 0:30 darker", "2,3"),
        ("0:20 till 0:35 darker", "3,4"),
        ("after 0:40 darker", "5,6"),
        ("from 0:30 on darker", "4,5,6"),
        ("before 0:20 darker", "1,2"),
        ("the clips that start after 0:25 darker", "4,5,6"),
        ("the first ten seconds darker", "1"),
        ("last minute darker", "1,2,3,4,5,6"),
        ("the last 20 seconds darker", "5,6"),
        ("second half darker", "4,5,6"),
        ("first third of the song darker", "1,2"),
        ("the last quarter darker", "5,6"),
        ("where she sings paper lanterns, darker", "2"),
        ("the clip where she sings 'tonight': darker", "3"),
        ("the hold the tide bit darker", "5"),
        ("every clip about carry me home darker", "3,6"),
        ("clips with the words paper lanterns darker", "2"),
        ("The rain on the awning line \u2013 darker please", "4"),
    ],
)
def test_clips_are_found_by(text: str, clips: str) -> None:
    assert line(text) == f"edit {clips} brightness:down"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("clip 9 darker", "no clip 9"),
        ("clips 2, 7 and 8 darker", "no clip 7 or clip 8"),
        ("clip 0 darker", "no clip 0"),
        ("clip twenty-one darker", "no clip 21"),
        ("clip twenty darker", "no clip 20"),
        ("the twenty-first clip darker", "no clip 21"),
        ("the twentieth clip darker", "no clip 20"),
        ("clip 12345678901 darker", "no clip 1000000"),
        ("the ninth clip darker", "no clip 9"),
        ("the first nine clips darker", "no 9 clips"),
        ("bridge darker", "no bridge"),
        ("verse 3 darker", "no verse 3"),
        ("second to last clip of verse 1 darker", "No clip fits that"),
        ("the middle clip darker", "no exact middle"),
        ("up to clip 9 darker", "no clip 9"),
        ("from clip 2 to clip 9 darker", "no clip 9"),
        ("the clip after clip 6 darker", "no clip 7"),
        ("the clip before the chorus darker", "No clip fits that"),
        ("the washed out clips of the chorus darker", "No clip fits that"),
        ("at 9:15 darker", "no clip at 9:15"),
        ("between 8:00 and 9:00 darker", "no clip at that time"),
        ("where she sings yesterday, darker", "no clip with these words"),
        ("all but one of the clips darker", "No clip fits that"),
        ("the one with the coins darker", "No clip fits that"),
        ("the other chorus darker", "no chorus"),
        ("the weird clips darker", "No clip fits that"),
        ("darker, but don't touch clip 9", "no clip 9"),
        ("clip 9", "no clip 9"),
        ("undo clip 9", "no clip 9"),
        ("clip 9 back to version 2", "no clip 9"),
        ("make clip 9 look like clip 2", "no clip 9"),
        ("the next clip darker", "no next clip"),
    ],
)
def test_what_the_video_does_not_have_is_asked_about(text: str, said: str) -> None:
    plan = understand(text, MEASURED)
    assert plan.act is Act.ASK
    assert plan.question is not None
    assert said in plan.question


@pytest.mark.parametrize(
    ("text", "selected", "clips"),
    [
        ("darker", (2, 5), "2,5"),
        ("make this one darker", (3,), "3"),
        ("these clips darker", (3, 4), "3,4"),
        ("here it should be darker", (3,), "3"),
        ("the selected clips darker", (3, 4), "3,4"),
        ("both darker", (3, 4), "3,4"),
        ("clip 2 darker", (3,), "2"),
        ("the next clip darker", (3,), "4"),
        ("the previous one darker", (3,), "2"),
        ("the clip right before this one darker", (3,), "2"),
        ("these darker, except 4", (3, 4, 5), "3,5"),
        ("brighten the rest", (3,), "1,2,4,5,6"),
        ("make them darker", (2, 3), "2,3"),
        ("in 5 seconds it should be darker", (2,), "2"),
        ("it should look like 1974, darker", (2,), "2"),
    ],
)
def test_the_selection_is_meant_unless_a_clip_is_named(
    text: str, selected: tuple[int, ...], clips: str
) -> None:
    plan = understand(text, Context(MEASURED.clips, selected))
    assert plan.act is Act.EDIT
    assert ",".join(str(number) for edit in plan.edits for number in edit.clips) == clips


@pytest.mark.parametrize("text", ["the next clip darker", "the following shot darker"])
def test_next_needs_a_next_clip(text: str) -> None:
    assert line(text, (6,)) == "ask"
    assert line(text, (1, 2)) == "ask"


def test_nothing_named_and_nothing_selected_is_asked_about() -> None:
    plan = understand("make it nighttime", PLAIN)
    assert plan.act is Act.ASK
    assert plan.choices == (
        "make clip 1 nighttime",
        "make clip 2 nighttime",
        "make clip 3 nighttime",
        "make clip 4 nighttime",
        "all clips: make it nighttime",
    )


def test_the_only_clip_is_meant() -> None:
    assert line("darker", (), SINGLE) == "edit 1 brightness:down"
    assert line("both clips darker", (), SINGLE) == "edit 1 brightness:down"
    plan = understand("clip 2 darker", SINGLE)
    assert plan.question == "This video has no clip 2; it has clip 1 only."
    assert plan.choices == ("clip 1: darker", "make clip 1 nighttime")
    spared = understand("darker, but not clip 1", SINGLE)
    assert spared.question == "Which clip is that for?"


def test_both_means_all_of_two() -> None:
    two = Context(PLAIN.clips[:2])
    assert line("both darker", (), two) == "edit 1,2 brightness:down"
    assert line("both darker", (), PLAIN) == "ask"


def test_clips_that_were_not_measured_are_neither_dark_nor_bright() -> None:
    assert line("the dark clips brighter", (), PLAIN) == "ask"
    assert line("the darkest clip brighter", (), PLAIN) == "ask"


@pytest.mark.parametrize(
    ("text", "clips"),
    [
        ("clip 2 and add 3 birds darker", "2"),
        ("make clip 2 darker with 3 stars", "2"),
        ("make it darker by 2 stops in clip 3", "3"),
        ("20% darker in clip 3", "3"),
        ("first of all, clip 3 darker", "3"),
        ("24fps, clip 3 darker", "3"),
    ],
)
def test_numbers_that_count_or_measure_are_no_clips(text: str, clips: str) -> None:
    plan = understand(text, MEASURED)
    assert [",".join(map(str, edit.clips)) for edit in plan.edits][:1] == [clips]


def test_a_part_of_the_song_can_be_a_thing() -> None:
    assert line("remove the chorus in the background of clip 5") == "edit 5 remove:None"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now the other chorus", "edit 6 weather:rain"),
        ("and the one after it", "edit 4 weather:rain"),
        ("make that one darker", "edit 3 brightness:down"),
        ("darker", "edit 3 brightness:down"),
    ],
)
def test_the_talk_so_far_says_which_clips(text: str, expected: str) -> None:
    assert line(text, after=done((3,), Kind.WEATHER, "rain")) == expected


def test_clips_of_a_question_are_meant_by_what_follows_it() -> None:
    assert line("is anything too dark? then brighten it") == "edit 1,4 brightness:up"
    answered = Plan(Act.ANSWER, (Edit((1, 4)),))
    assert line("brighten those", after=answered) == "edit 1,4 brightness:up"


def test_turns_without_edits_are_not_what_the_talk_is_about() -> None:
    history = (
        Turn("assistant", "Done.", done((3,), Kind.WEATHER, "rain")),
        Turn("user", "hello"),
        Turn("assistant", "Hello!", Plan(Act.CHAT)),
    )
    plan = understand("darker", Context(MEASURED.clips, (), history))
    assert told(plan) == "edit 3 brightness:down"
