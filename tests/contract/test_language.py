"""What every prompt writer must do, and how the offline one writes."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.domain.templates import TEMPLATES
from clipbot.language.base import PromptRequest, PromptWriter, Rewrite
from clipbot.language.client import ModelClient
from clipbot.language.diff import diff_phrases, diff_words
from clipbot.language.model import ModelWriter
from clipbot.language.offline import OfflineWriter
from clipbot.language.prices import Prices
from clipbot.language.wire import Wire
from clipbot.language.wording import having, holds, swapped, without
from tests.contract.language_server import serving, written

PHRASES = st.lists(
    st.sampled_from(
        ["a sunny beach", "at golden hour", "wide shot", "a woman in a red coat", "night", "dim"]
        + ["locked camera", "an overcast afternoon.", "Handheld.", "vivid neon signs", "the day"]
        + [template.words_in[0] for template in TEMPLATES.values()]
    ),
    max_size=6,
)
PROMPTS = st.one_of(PHRASES.map(", ".join), PHRASES.map(" ".join), st.text(max_size=60))
OPERATIONS = st.one_of(
    st.sampled_from([op for template in TEMPLATES.values() for op in template.ops]),
    st.builds(
        Operation,
        st.sampled_from(Kind),
        st.sampled_from([None, "up", "down", "clear", "zoom_in", "stars", "neon"]),
        st.sampled_from(["slight", "medium", "strong"]),
    ),
)
EDITS = st.builds(
    Edit,
    st.just((1,)),
    st.lists(OPERATIONS, max_size=3).map(tuple),
    st.sampled_from(["", "change her hair to red", "add a dragon"]),
    st.sampled_from([(), ("the lanterns",), ("her face", "the coat")]),
)
NIGHT = ", ".join(TEMPLATES["nighttime"].words_in)


@pytest.fixture(name="writer", scope="module", params=["offline", "model"])
def fixture_writer(request: pytest.FixtureRequest) -> Iterator[PromptWriter]:
    if request.param == "offline":
        yield OfflineWriter()
        return
    with serving(written(temperature=9)) as server:
        wire = Wire("key", server.url)
        yield ModelWriter(ModelClient("tiny", wire, Prices(1_000_000, 5_000_000)))


def rewritten(prompt: str, edit: Edit) -> str:
    return OfflineWriter().rewrite(PromptRequest(edit, prompt)).prompt


def template_edit(id_: str) -> Edit:
    return Edit((1,), TEMPLATES[id_].ops, TEMPLATES[id_].instruction)


@given(prompt=PROMPTS, edit=EDITS)
@settings(deadline=None)
def test_a_rewrite_is_sound(writer: PromptWriter, prompt: str, edit: Edit) -> None:
    rewrite = writer.rewrite(PromptRequest(edit, prompt))
    assert 0 <= rewrite.temperature <= 1
    assert 0 <= writer.fee.estimate_micros <= writer.fee.ceiling_micros
    assert 0 <= rewrite.cost_micros <= writer.fee.ceiling_micros
    assert rewrite.model == writer.fee.model
    assert rewrite.reasoning
    assert ",," not in rewrite.prompt.replace(prompt, "")


def test_a_model_is_set_up_without_loading_what_speaks_to_it() -> None:
    """It takes longer to load than many an answer takes, and most edits need no model."""
    program = (
        "import sys\n"
        "from clipbot.language.client import ModelClient\n"
        "from clipbot.language.model import ModelWriter\n"
        "from clipbot.language.prices import Prices\n"
        "from clipbot.language.wire import Wire\n"
        "ModelWriter(ModelClient('m', Wire('k'), Prices())).fee\n"
        "print(*{'openai', 'httpx2'}.intersection(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


@given(prompt=PROMPTS, edit=EDITS)
@settings(deadline=None)
def test_the_same_edit_twice_changes_nothing_the_second_time(prompt: str, edit: Edit) -> None:
    once = rewritten(prompt, edit)
    assert rewritten(once, edit) == once


@pytest.mark.parametrize(
    ("prompt", "id_", "expected"),
    [
        (
            "a sunny beach at golden hour, wide shot",
            "nighttime",
            f"a beach, wide shot, {NIGHT}",
        ),
        (
            "A woman walks in the sunny garden on a wet afternoon. Handheld.",
            "nighttime",
            f"A woman walks in the garden on a wet night. Handheld. N{NIGHT[1:]}.",
        ),
        (
            "an overcast night street, dark sky, cool tones",
            "daytime",
            "an overcast street, daytime scene, bright sky, natural daylight",
        ),
        (
            "a knight on Monday",
            "daytime",
            "a knight on Monday, daytime scene, bright sky, natural daylight",
        ),
        ("", "sepia", "sepia tones, old photograph look"),
        ("a dim bar", "brighter", "a bar, bright lighting, well-lit, high exposure"),
        (
            "a colourful umbrella",
            "black_and_white",
            "an umbrella, black and white, monochrome film",
        ),
    ],
)
def test_a_template_puts_words_in_and_takes_words_out(prompt: str, id_: str, expected: str) -> None:
    assert rewritten(prompt, template_edit(id_)) == expected


def test_night_after_day_leaves_no_day() -> None:
    day = rewritten("a beach", template_edit("daytime"))
    night = rewritten(day, template_edit("nighttime"))
    assert night == rewritten("a beach", template_edit("nighttime"))
    assert rewritten(night, template_edit("daytime")) == day


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (Operation(Kind.BRIGHTNESS, "up", "slight"), "a bar, bright lighting"),
        (Operation(Kind.SPEED, "down"), "a bar, slow motion"),
        (Operation(Kind.CAMERA, "zoom_in"), "a bar, slow zoom in"),
        (Operation(Kind.CAMERA, "dutch"), "a bar, camera: dutch"),
        (Operation(Kind.CAMERA, "close_up"), "a bar, close-up shot"),
        (Operation(Kind.WEATHER, "hail"), "a bar, hail weather"),
        (Operation(Kind.LOOK, "neon"), "a bar, neon lights, glowing signs"),
        (Operation(Kind.ADD, "stars"), "a bar, with stars"),
        (Operation(Kind.MOOD, "tense"), "a bar, tense mood"),
        (Operation(Kind.REGENERATE), "a bar"),
        (Operation(Kind.SUBJECT), "a bar, her hair is red"),
    ],
)
def test_other_operations_are_said_in_words(op: Operation, expected: str) -> None:
    assert rewritten("a bar", Edit((1,), (op,), "change her hair to red.")) == expected


def test_a_wish_without_words_leaves_the_prompt() -> None:
    assert rewritten("a bar", Edit((1,), (Operation(Kind.OTHER),))) == "a bar"


def test_what_is_kept_is_said_once() -> None:
    edit = Edit((1,), TEMPLATES["snow"].ops, "snow", ("the lanterns",))
    prompt = rewritten(rewritten("a lane", edit), edit)
    assert prompt.count("the lanterns as before") == 1


def test_a_rewrite_says_why() -> None:
    writer = OfflineWriter()
    assert writer.rewrite(PromptRequest(template_edit("rain"), "a lane")) == Rewrite(
        "a lane, rain falling, wet surfaces, overcast light",
        0.75,
        'The "Rain" template; a large change.',
    )
    other = writer.rewrite(PromptRequest(Edit((1,), (Operation(Kind.SUBJECT),), "x"), "a lane"))
    assert other.reasoning == "The wish in words; a precise change."


def test_words_are_matched_whole() -> None:
    assert holds("A Dark  Sky above", "dark sky")
    assert not holds("a knight", "night")
    assert not holds("well-lit", "lit")
    assert without("a knight at night", ["night"]) == "a knight"
    assert without("night", ["night"]) == ""
    assert without("a dark hour, a dark use, a dark", ["dark"]) == "an hour, a use"
    assert without("noon. Rain, noon! noon", ["noon"]) == "Rain!"
    assert swapped("a wet afternoon", [("afternoon", "night")]) == "a wet night"
    assert having("", []) == ""
    assert having("a lane,", ["rain", "rain"]) == "a lane, rain"


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("a sunny beach", "a beach, dark sky", ("sunny",), ("dark sky",)),
        ("a beach", "a beach", (), ()),
        ("A beach.", "a beach", (), ()),
        ("", "rain", (), ("rain",)),
        ("one two three", "one 2 three", ("two",), ("2",)),
    ],
)
def test_the_difference_of_prompts_is_shown_in_words(
    old: str, new: str, removed: tuple[str, ...], added: tuple[str, ...]
) -> None:
    assert diff_words(old, new) == (removed, added)


def test_the_difference_of_prompts_is_cut_where_their_phrases_end() -> None:
    old = "A sunny sea, at golden hour, soft haze"
    new = "A sea, soft haze. Dark sky, stars visible"
    assert diff_phrases(old, new) == (
        ("sunny", "at golden hour"),
        ("Dark sky", "stars visible"),
    )


@given(st.text(max_size=80))
def test_a_prompt_does_not_differ_from_itself(prompt: str) -> None:
    assert diff_words(prompt, prompt) == ((), ())
    assert diff_phrases(prompt, prompt) == ((), ())
