"""What a sentence wants, for one selected clip."""

import pytest

from clipbot.domain.plan import Act
from clipbot.understanding import Context, understand
from tests.unit.understanding.videos import MEASURED, line


def wish(text: str) -> str:
    """Return what a text means for clip 2, selected, without the clip."""
    return line(text, (2,)).removeprefix("edit 2").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brighter", "brightness:up"),
        ("make it a bit darker", "brightness:down-"),
        ("much warmer please", "warmth:up+"),
        ("way more contrast", "contrast:up+"),
        ("lower the saturation", "saturation:down"),
        ("crank the saturation up", "saturation:up"),
        ("too dark", "brightness:up"),
        ("it's not bright enough", "brightness:up"),
        ("it shouldn't look so icy", "warmth:up"),
        ("less rain", "weather:clear"),
        ("not enough contrast", "contrast:up"),
        ("too much motion", "motion:down"),
        ("less motion", "motion:down"),
        ("some contrast", "contrast:up"),
        ("warmer colours", "warmth:up"),
        ("the colours need to be warmer", "warmth:up"),
        ("tone it down", "brightness:down"),
        ("tone down the colours", "saturation:down"),
        ("at night with rain", "time_of_day:night weather:rain"),
        ("a rainy day", "weather:rain"),
        ("day instead of night", "time_of_day:day"),
        ("from day to night", "time_of_day:night"),
        ("night, not day", "time_of_day:night"),
        ("night rather than day", "time_of_day:night"),
        ("turn day into night", "time_of_day:night"),
        ("no rain, snow", "weather:snow"),
        ("lose the saturation", "saturation:down"),
        ("it should feel slow", "speed:down"),
        ("it feels slow", "ask"),
        ("remove the rain", "weather:clear"),
        ("remove the colour", "saturation:down"),
        ("take out the neon", "remove:neon"),
        ("no rain", "weather:clear"),
        ("I don't want rain any more", "weather:clear"),
        ("not darker, just warmer", "warmth:up"),
        ("no it should really be darker", "brightness:down+"),
        ("black and white", "look:monochrome"),
        ("a bit darker and much warmer", "brightness:down- warmth:up+"),
        ("zoom in on her face", "camera:zoom_in"),
        ("add stars", "add:stars"),
        ("add some fog", "weather:fog"),
        ("try again", "regenerate:None"),
        ("brihgter", "brightness:up"),
        ("nigth time", "time_of_day:night"),
        ("pan across harbours", "camera:pan"),
        ("2.5 stops darker", "brightness:down"),
        ("2000 times darker", "brightness:down"),
        ("two of us want it darker", "brightness:down"),
        ("up to you, darker", "brightness:down"),
        ("darker, love from Berlin", "brightness:down"),
        ("darker from clip 2", "brightness:down"),
        ("the one before lunch darker", "brightness:down"),
        ("the one before the storm darker", "weather:storm brightness:down"),
        ("from clip 2 to you, darker", "brightness:down"),
        ("this looks great, darker", "brightness:down"),
        ("2000 stops darker", "brightness:down"),
    ],
)
def test_the_vocabulary_is_read(text: str, expected: str) -> None:
    assert wish(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add a dragon and make it darker", "add:None brightness:down"),
        ("add a cat and a dog", "add:None"),
        ("change her hair to red", "subject:None"),
        ("make her dress darker", "subject:None"),
        ("make him older", "subject:None"),
        ("her coat darker", "subject:None"),
        ("the dancers should be faster", "subject:None"),
        ("everyone should wear masks", "subject:None"),
        ("she wears a hat", "subject:None"),
        ("put on a dragon mask", "other:None"),
        ("make the dark knight happy", "subject:None"),
        ("turn vintage", "look:vintage"),
        ("give one", "ask"),
        ("less people and more rain", "remove:None weather:rain"),
        ("the bus should be red and the sky darker", "subject:None background:None"),
        ("the bus is red", "ask"),
        ("he looks sad, make him smile", "subject:None"),
        ("change anything", "ask"),
        ("more speed boats", "add:None"),
        ("the darkest corner", "ask"),
        ("turn the second car red", "subject:None"),
        ("brighten her dress", "subject:None"),
        ("make the three dancers blue", "subject:None"),
        ("change the background to a forest", "background:None"),
        ("put the girl on a beach", "background:None"),
        ("put a snow globe on the bench", "add:None"),
        ("put it in fog", "weather:fog"),
        ("make the sky darker", "background:None"),
        ("remove the umbrella", "remove:None"),
        ("take the snow off her hat", "remove:None"),
        ("get rid of him", "remove:None"),
        ("take a look", "ask"),
        ("get real", "ask"),
        ("make it purple", "other:None"),
        ("set the camera somewhere odd", "camera:None"),
        ("a dragon flies by", "ask"),
        ("I want a rainbow", "add:None"),
        ("zoom in", "camera:zoom_in"),
    ],
)
def test_things_in_the_picture_are_no_looks(text: str, expected: str) -> None:
    assert wish(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "it's her birthday",
        "a knight rides by",
        "this still looks wrong",
        "the film star",
        "the night bus",
        "starboard",
        "brightness",
        "asdf qwer",
        "",
        " \t ",
        "\u00b2",
        "nothing",
    ],
)
def test_a_word_is_not_a_wish(text: str) -> None:
    plan = understand(text, Context(MEASURED.clips, (2,)))
    assert plan.act is Act.ASK
    assert plan.choices[0] == "make clip 2 nighttime"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make it darker but keep the lanterns", "brightness:down keeping the lanterns"),
        ("keep the lanterns, make it darker", "brightness:down keeping the lanterns"),
        ("darker, leave the rain in", "brightness:down keeping the rain"),
        ("keep her face exactly the same, darker", "brightness:down keeping her face"),
        ("darker, but it must still be the same man", "brightness:down keeping the same man"),
        ("darker without touching her hair", "brightness:down keeping her hair"),
        ("darker, don't change her hair", "brightness:down keeping her hair"),
        ("darker, nothing else", "brightness:down keeping everything else"),
        ("darker, everything else stays the same", "brightness:down keeping everything else"),
        ("darker, the rest stays", "brightness:down keeping everything else"),
        ("darker, leave it alone", "brightness:down keeping everything else"),
        ("keep it, darker", "brightness:down keeping everything else"),
        ("darker; her face stays as it is", "brightness:down keeping her face"),
        ("add a cat without changing the street", "add:None keeping the street"),
        ("keep it still", "motion:down"),
        ("darker and warmer at the same time", "brightness:down warmth:up"),
        ("do the same, darker", "brightness:down"),
    ],
)
def test_what_is_to_stay_is_kept(text: str, expected: str) -> None:
    assert wish(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "don't make it darker",
        "not darker",
        "never at night",
        "don't add a dragon",
        "don't change her hair",
        "no contrast changes",
        "don't lower the contrast",
    ],
)
def test_refusing_changes_nothing(text: str) -> None:
    assert wish(text) == "ask"


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("brighter and darker", ("make clip 2 brighter", "make clip 2 darker")),
        ("make it night and day", ("make clip 2 nighttime", "make clip 2 daytime")),
        ("faster and slower", ("clip 2: more speed", "clip 2: less speed")),
    ],
)
def test_wishes_that_exclude_each_other_are_asked_about(
    text: str, choices: tuple[str, ...]
) -> None:
    plan = understand(text, Context(MEASURED.clips, (2,)))
    assert plan.act is Act.ASK
    assert plan.choices == choices


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("clip 2 darker, clip 3 brighter", "edit 2 brightness:down; 3 brightness:up"),
        ("3 darker 4 brighter", "edit 3 brightness:down; 4 brightness:up"),
        ("1 -> night, 2 -> day", "edit 1 time_of_day:night; 2 time_of_day:day"),
        ("clip 2 darker and clip 3 too", "edit 2,3 brightness:down"),
        ("clip 2 darker. clip 3 darker.", "edit 2,3 brightness:down"),
        ("In clip 2, make it darker", "edit 2 brightness:down"),
        ("clip 2, and also clip 3, darker", "edit 2,3 brightness:down"),
        ("clip 2 and, well, clip 3 darker", "edit 2,3 brightness:down"),
        ("make it darker, in clip 2", "edit 2 brightness:down"),
        ("darker and warmer in clip 2", "edit 2 brightness:down warmth:up"),
        ("clip 2 darker, warmer", "edit 2 brightness:down warmth:up"),
        ("don't touch clip 3, make 4 darker", "edit 4 brightness:down"),
        ("leave clip 3 as it is, darken 4", "edit 4 brightness:down"),
        ("not clip 4! I meant clip 5, make that one darker", "edit 5 brightness:down"),
        ("not 1, not 2, but 3 and 4: zoom out", "edit 3,4 camera:zoom_out"),
        ("clip 3 is great, clip 4 is too dark", "edit 4 brightness:up"),
        ("everything in clip 3 is fine except the guy, get rid of him", "edit 3 remove:None"),
        ("clip 2 gets more contrast, clip 3 less", "edit 2 contrast:up; 3 contrast:down"),
        ("clip 2 sepia, clip 3 less", "edit 2 look:sepia; 3 look:sepia"),
        ("1-5 sunny but 4 rainy", "edit 1,2,3,5 weather:clear; 4 weather:rain"),
        ("clip 3 is dark, brighten it", "edit 3 brightness:up"),
        ("neither 3 nor 4, just 5 brighter", "edit 5 brightness:up"),
        ("make verse 1 brighter than verse 2", "edit 2 brightness:up"),
        ("clip 2 darker, clips 2 and 3 warmer", "edit 2 brightness:down; 2,3 warmth:up"),
        ("clip 2 darker, clip 2 darker, please", "edit 2 brightness:down"),
        ("clip 2 stays, the rest darker", "edit 1,3,4,5,6 brightness:down"),
        ("clip 2 darker, all others brighter", "edit 2 brightness:down; 1,3,4,5,6 brightness:up"),
        (
            "clip 2 darker, the other clips brighter",
            "edit 2 brightness:down; 1,3,4,5,6 brightness:up",
        ),
        ("don't change clip 4, everything else darker", "edit 1,2,3,5,6 brightness:down"),
        ("every clip gets sepia excluding 2 and 3", "edit 1,4,5,6 look:sepia"),
        ("make it rain but not in clip 4, in the verse", "edit 2 weather:rain"),
        ("make clip 2 darker. Thanks!", "edit 2 brightness:down"),
        ("this clip: darker. Clip 2.", "edit 2 brightness:down"),
    ],
)
def test_every_clip_gets_its_own_wish(text: str, expected: str) -> None:
    assert line(text) == expected


def test_taking_out_all_clips_leaves_a_question() -> None:
    assert line("clip 2 darker, but not clip 2") == "ask"
    assert line("darken every clip except everything") == "ask"


@pytest.mark.parametrize(
    ("text", "instruction"),
    [
        ("make clips 2 and 4 brighter", "make it brighter"),
        ("put clip 3 in fog", "put it in fog"),
        ("the fifth clip at night", "at night"),
        ("clip 2: much warmer, please!", "much warmer"),
        ("could you make clip 3 a little warmer?", "make it a little warmer"),
        ("Darker and warmer for clip 3", "Darker and warmer"),
        ("cool clip 5 down", "cool down"),
        ("clip 4's too dark", "too dark"),
        ("is it possible to make clip 4 darker?", "make it darker"),
        ("clip 2 and clip 3: make clip 4 and make clip 5 darker", "make it darker"),
    ],
)
def test_the_instruction_is_the_wish_without_its_clips(text: str, instruction: str) -> None:
    plan = understand(text, MEASURED)
    assert [edit.instruction for edit in plan.edits] == [instruction]


def test_one_template_that_explains_the_whole_wish_is_named() -> None:
    context = Context(MEASURED.clips, (2,))
    assert understand("a bit darker", context).template_id == "darker"
    assert understand("darker and add a cat", context).template_id is None
    assert understand("clip 1 darker, clip 2 at night", context).template_id is None
