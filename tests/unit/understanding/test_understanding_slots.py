"""How clips are to meet, and how short ones fill their slots, in people's words."""

import pytest

from clipbot.domain.filling import Filling
from clipbot.domain.plan import Act, Edit, Plan
from clipbot.domain.slots import SlotWish
from clipbot.domain.timeline import TransitionKind
from clipbot.understanding import Context, Turn, understand
from tests.unit.understanding.videos import MEASURED, PLAIN, SINGLE, line

BOUNDARIES = " ".join(f"{number}|{{}}" for number in range(1, 6))
HISTORY = Plan(Act.EDIT, (Edit((2, 3)),), slots=(SlotWish(2, None, TransitionKind.FADE),))


def read(
    text: str,
    selected: tuple[int, ...] = (),
    video: Context = MEASURED,
    after: Plan | None = None,
) -> str:
    """Return what is wanted of slots in one line: "2|crossfade 1.0 3=loop"."""
    history = (Turn("assistant", "Done.", after),) if after else ()
    plan = understand(text, Context(video.clips, selected, history))
    if not plan.slots:
        return f"{plan.act}: {plan.question}" if plan.act is Act.ASK else str(plan.act)
    assert plan.act is Act.EDIT
    assert not any(edit.ops for edit in plan.edits)
    named = {number for edit in plan.edits for number in edit.clips}
    assert named >= {wish.clip for wish in plan.slots}
    return " ".join(map(_told, plan.slots))


def _told(wish: SlotWish) -> str:
    if wish.filling is not None:
        return f"{wish.clip}={wish.filling.value}"
    kind = wish.transition.value if wish.transition else "same"
    return f"{wish.clip}|{kind}" + (f" {wish.seconds:g}" if wish.seconds is not None else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crossfade between 3 and 4", "3|crossfade"),
        ("crossfade between clips 3 and 4 please", "3|crossfade"),
        ("cross-fade from clip 3 to clip 4", "3|crossfade"),
        ("can you crossfade 3 and 4?", "3|crossfade"),
        ("crossfade clip 3 into clip 4", "3|crossfade"),
        ("crossfade clip 4 and the previous one", "3|crossfade"),
        ("crossfade between clip 3 and the next one", "3|crossfade"),
        ("I'd like clip 4 to dissolve into clip 5", "4|crossfade"),
        ("dissolve from the first clip to the second", "1|crossfade"),
        ("crossfade 2 -> 3", "2|crossfade"),
        ("crossfade clips 1, 2 and 3", "1|crossfade 2|crossfade"),
        ("crossfade between clips 2 to 5", "2|crossfade 3|crossfade 4|crossfade"),
        ("crossfade after clip 2", "2|crossfade"),
        ("crossfade out of clip 2", "2|crossfade"),
        ("crossfade at the end of clip 2", "2|crossfade"),
        ("crossfade at the start of clip 2", "1|crossfade"),
        ("crossfade into the pre-chorus", "4|crossfade"),
        ("a crossfade after the first chorus", "3|crossfade"),
        ("hard cut into clip 5", "4|cut"),
        ("use a hard cut before clip 5", "4|cut"),
        ("cut to clip 5", "4|cut"),
        ("cut between the first and the second clip", "1|cut"),
        ("fade to black before the last clip", "5|fade"),
        ("put a 2 second fade to black between clip 4 and clip 5", "4|fade 2"),
        ("a fade between 2 and 3", "2|fade"),
        ("a fade before clip 4", "3|fade"),
        ("long fades before clip 4", "3|fade 1"),
        ("cuts everywhere", BOUNDARIES.replace("{}", "cut")),
        ("only cuts", BOUNDARIES.replace("{}", "cut")),
        ("no transitions please", BOUNDARIES.replace("{}", "cut")),
        ("remove all transitions", BOUNDARIES.replace("{}", "cut")),
        ("crossfade everywhere", BOUNDARIES.replace("{}", "crossfade")),
        ("no crossfade between 1 and 2", "1|cut"),
        ("get rid of the fade between 1 and 2", "1|cut"),
        ("replace the crossfade between 2 and 3 with a hard cut", "2|cut"),
        ("use a hard cut instead of the crossfade between 2 and 3", "2|cut"),
        ("crossfade between 1 and 2, hard cut between 2 and 3", "1|crossfade 2|cut"),
        ("loop clip 3 and crossfade between 1 and 2", "3=loop 1|crossfade"),
        ("crossfade between 1 and 2, please", "1|crossfade"),
    ],
)
def test_how_clips_are_to_meet_is_read(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        ("one second", "1"),
        ("one second long", "1"),
        ("a second", "1"),
        ("a second and a half", "1.5"),
        ("one and a half seconds", "1.5"),
        ("1.5 s", "1.5"),
        ("0.5s", "0.5"),
        ("2 seconds", "2"),
        ("750 ms", "0.75"),
        ("750ms", "0.75"),
        ("half a second", "0.5"),
        ("a half second", "0.5"),
        ("a quarter of a second", "0.25"),
    ],
)
def test_how_long_a_transition_lasts_is_read(length: str, seconds: str) -> None:
    assert read(f"make the crossfade between 2 and 3 {length}") == f"2|crossfade {seconds}"
    assert read(f"make the transition between 2 and 3 {length}") == f"2|same {seconds}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a slow crossfade between 2 and 3", "2|crossfade 1"),
        ("a quick smooth crossfade between 2 and 3", "2|crossfade 0.25"),
        ("crossfades of 0.3 seconds everywhere", BOUNDARIES.replace("{}", "crossfade 0.3")),
        ("crossfade clips 2 and 3 with 0.3 seconds each", "2|crossfade 0.3"),
        ("no crossfade of a second between 2 and 3", "2|cut"),
        ("crossfade the first and second clips", "1|crossfade"),
        ("crossfade 1.5 and half of it", "ask"),
    ],
)
def test_a_length_is_told_from_a_place(text: str, expected: str) -> None:
    assert read(text).split(":")[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loop clip 3", "3=loop"),
        ("play clip 3 in a loop", "3=loop"),
        ("clip 3 should loop until the slot is full", "3=loop"),
        ("play clip 2 back and forth", "2=ping_pong"),
        ("let the last clip play back and forth", "6=ping_pong"),
        ("boomerang for clips 2 and 4", "2=ping_pong 4=ping_pong"),
        ("freeze the end of clip 4", "4=freeze"),
        ("hold the last frame of clip 4, please", "4=freeze"),
        ("don't loop clip 3", "3=freeze"),
        ("stop looping clip 3", "3=freeze"),
    ],
)
def test_how_a_clip_is_to_fill_its_slot_is_read(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "selected", "expected"),
    [
        ("loop it", (2,), "2=loop"),
        ("freeze the end", (2, 3), "2=freeze 3=freeze"),
        ("crossfade them", (2, 3, 5), "2|crossfade"),
        ("crossfade", (2, 3), "2|crossfade"),
        ("crossfade", (2, 5), "ask: Clips 2 and 5 are not neighbours. Between which clips is it?"),
        ("crossfade into the next one", (3,), "3|crossfade"),
        ("crossfade into this clip", (3,), "2|crossfade"),
        ("crossfade", (3,), "ask: Into clip 3, or out of it?"),
        ("only cuts", (3,), BOUNDARIES.replace("{}", "cut")),
    ],
)
def test_what_is_selected_is_meant_where_nothing_is_named(
    text: str, selected: tuple[int, ...], expected: str
) -> None:
    assert read(text, selected) == expected


def test_a_transition_without_a_place_is_the_one_of_the_talk() -> None:
    assert read("make it a hard cut", after=HISTORY) == "2|cut"
    assert read("make the fade transition 2 seconds", after=HISTORY) == "2|fade 2"
    assert read("crossfade", after=Plan(Act.EDIT, (Edit((2,)),))) == "ask: Between which clips?"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("crossfade", "Between which clips?"),
        ("no crossfade", "Between which clips?"),
        ("make the transition one second", "Between which clips?"),
        ("crossfade clip 3", "Into clip 3, or out of it?"),
        ("crossfade between 3 and 6", "Clips 3 and 6 are not neighbours."),
        ("crossfade clip 3 into clip 6", "Clips 3 and 6 are not neighbours."),
        ("crossfade clips 1, 3 and 5", "Clips 1 and 5 are not neighbours."),
        ("crossfade into clip 1", "Nothing comes before clip 1."),
        ("fade to black after the last clip", "Nothing follows clip 6."),
        ("crossfade into clip 9", "This video has no clip 9"),
        ("loop clip 9", "This video has no clip 9"),
        ("loop it over and over", "Which clip is that for?"),
        ("play it back and forth", "Which clip is that for?"),
        ("change the transition between 2 and 3", "What should that transition be?"),
        ("change the transition", "Between which clips?"),
        ("make clip 2 brighter and crossfade into clip 3", "One thing at a time: which first?"),
        ("crossfade into clip 3 and make clip 2 brighter", "One thing at a time: which first?"),
        ("make clip 2 darker, then loop clip 3", "One thing at a time: which first?"),
    ],
)
def test_what_is_unclear_is_asked_with_choices_that_are_understood(
    text: str, question: str
) -> None:
    plan = understand(text, MEASURED)

    assert plan.act is Act.ASK
    assert (plan.question or "").startswith(question)
    assert len(plan.choices) >= 2
    assert all(understand(choice, MEASURED).act is Act.EDIT for choice in plan.choices)


def test_one_clip_alone_meets_nothing() -> None:
    assert read("crossfade everywhere", video=SINGLE).startswith("ask")
    assert read("crossfade into clip 2", video=PLAIN) == "1|crossfade"
    assert read("loop it", video=SINGLE) == "1=loop"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cut the brightness of clip 2", "edit 2 brightness:down"),
        ("fade clip 2 to black and white", "edit 2 look:monochrome"),
        ("fade to black and white in clip 2", "edit 2 look:monochrome"),
        ("fade the colours in clip 3", "edit 3 saturation:down"),
        ("transition from day to night in clip 3", "edit 3 time_of_day:night"),
        ("add a loop of rope to clip 3", "edit 3 add:None"),
        ("the bird should loop around the tree in clip 3", "edit 3 subject:None"),
        ("freeze it in clip 3", "edit 3 motion:down"),
        ("let the colours fade in clip 3", "edit 3 saturation:down"),
        ("cut out the man in clip 2", "edit 2 remove:None"),
        ("give her a cut on the cheek in clip 3", "edit 3 subject:None"),
        ("undo the crossfade between 3 and 4", "undo 3,4"),
    ],
)
def test_words_of_a_picture_stay_words_of_a_picture(text: str, expected: str) -> None:
    assert line(text) == expected
    assert not understand(text, MEASURED).slots


def test_a_back_and_forth_without_playing_is_none() -> None:
    assert not understand("the lantern swings back and forth in clip 3", MEASURED).slots


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "make the crossfade between 2 and 3 one second",
            ["the crossfade = crossfade", "2 and 3 = clips 2 and 3", "one second = 1 s"],
        ),
        ("loop clip 3", ["loop = loop", "clip 3 = clip 3"]),
        ("loop this clip", ["loop = loop"]),
    ],
)
def test_it_is_said_which_words_gave_what(text: str, expected: list[str]) -> None:
    plan = understand(text, Context(MEASURED.clips, (2,)))

    assert [f"{each.words} = {each.means}" for each in plan.readings] == expected
    assert [text[each.start : each.stop] for each in plan.readings] == [
        each.words for each in plan.readings
    ]


def test_a_filling_goes_by_its_own_word() -> None:
    plan = understand("play clip 2 back and forth", MEASURED)

    assert plan.slots == (SlotWish(2, Filling.PING_PONG),)
