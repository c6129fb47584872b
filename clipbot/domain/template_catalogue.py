"""The list of named edits: what each says, means, and puts into a prompt.

Data only; how a template is found is in `templates.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from clipbot.domain.plan import Kind, Operation


class Group(StrEnum):
    """Under which heading a template is offered."""

    LIGHT = "Light & time"
    COLOUR = "Colour"
    MOTION = "Motion"
    MOOD = "Mood"


@dataclass(frozen=True, slots=True)
class Template:
    """One named edit."""

    id: str
    """Public: part of the API and of stored rows."""
    title: str
    group: Group
    instruction: str
    """A complete instruction; `understanding` reads exactly `ops` from it."""
    ops: tuple[Operation, ...]
    words_in: tuple[str, ...]
    """Phrases for the prompt, the most telling one first."""
    words_out: tuple[str, ...]
    """Phrases that would contradict it."""
    words_swapped: tuple[tuple[str, str], ...]
    """Nouns that would contradict it and that a sentence needs, each with its stand-in."""
    preserves: tuple[str, ...]


_PLACE = "composition, subject, location"
_MOVEMENT = "composition, subject, motion"


def _template(
    group: Group,
    id_: str,
    instruction: str,
    op: Operation,
    *,
    title: str = "",
    adds: str,
    drops: str,
    swaps: str = "",
    preserves: str = _MOVEMENT,
) -> Template:
    """Build a template from phrases with commas between them."""
    pairs = (pair.split(" > ") for pair in _phrases(swaps))
    return Template(
        id_,
        title or id_.replace("_", " ").capitalize(),
        group,
        instruction,
        (op,),
        words_in=_phrases(adds),
        words_out=_phrases(drops),
        words_swapped=tuple((old, new) for old, new in pairs),
        preserves=_phrases(preserves),
    )


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(", ")))


def _times() -> Iterator[Template]:
    make = partial(_template, Group.LIGHT)
    yield make(
        "nighttime",
        "make it nighttime",
        Operation(Kind.TIME_OF_DAY, "night"),
        adds="nighttime scene, dark sky, stars visible, night lighting, cool tones",
        drops="sunny, daylight, daytime, sunlight, sunlit, sunshine, sunset, sunrise, golden hour, "
        "noon, midday, blue sky, bright sky",
        swaps="in the late afternoon > late at night, in the afternoon > at night, "
        "in the morning > at night, afternoon > night, morning light > moonlight, morning > night, "
        "evening > night, day > night, golden hour sunlight > moonlight, hot daylight > moonlight, "
        "sunlight > moonlight, sun > moon, warm sky > dark sky, dawn > afterglow",
        preserves=_PLACE,
    )
    yield make(
        "sunset",
        "make it sunset",
        Operation(Kind.TIME_OF_DAY, "sunset"),
        adds="at sunset, golden hour lighting, warm orange sky, long shadows",
        drops="nighttime, night, midnight, noon, midday, sunrise, blue sky",
        swaps="late afternoon > early evening, afternoon > evening, hot daylight > evening light, "
        "daylight > evening light, night sky > evening sky, starlight > evening light, "
        "turquoise sky > amber sky",
        preserves=_PLACE,
    )
    yield make(
        "daytime",
        "make it daytime",
        Operation(Kind.TIME_OF_DAY, "day"),
        adds="daytime scene, bright sky, natural daylight",
        drops="nighttime, night, midnight, moonlight, moonlit, sunset, sunrise, dusk, twilight, "
        "dark sky, starry sky, golden hour",
        swaps="evening > day, night sky > daytime sky, the milky way > white clouds, "
        "the stars > the clouds, starlight > daylight, moonlight > sunlight, moon > sun, "
        "from the dark > from the shade",
        preserves=_PLACE,
    )
    yield make(
        "dawn",
        "make it dawn",
        Operation(Kind.TIME_OF_DAY, "dawn"),
        adds="at dawn, soft first light, pale cool sky, thin mist",
        drops="nighttime, night, midnight, noon, midday, sunset, dusk, golden hour",
        swaps="late afternoon > early morning, late evening > early morning, evening > morning, "
        "afternoon > morning, hot daylight > early light, daylight > early light",
        preserves=_PLACE,
    )


def _light() -> Iterator[Template]:
    make = partial(_template, Group.LIGHT)
    yield make(
        "brighter",
        "make it brighter",
        Operation(Kind.BRIGHTNESS, "up"),
        adds="bright lighting, well-lit, high exposure",
        drops="dim, dimly lit, dark, low light, underexposed, shadowy, gloomy",
    )
    yield make(
        "darker",
        "make it darker",
        Operation(Kind.BRIGHTNESS, "down"),
        adds="dark lighting, low exposure, shadowy",
        drops="bright, brightly lit, well-lit, overexposed, high-key",
    )


def _palette() -> Iterator[Template]:
    make = partial(_template, Group.COLOUR)
    yield make(
        "warmer_colors",
        "warmer colours",
        Operation(Kind.WARMTH, "up"),
        adds="warm colour palette, golden and orange tones, warm lighting",
        drops="cool tones, cold light, bluish, icy, teal tones",
        title="Warmer colours",
    )
    yield make(
        "cooler_colors",
        "cooler colours",
        Operation(Kind.WARMTH, "down"),
        adds="cool colour palette, blue and teal tones, cool lighting",
        drops="warm tones, warm light, golden light, amber light, orange tones",
        title="Cooler colours",
    )
    yield make(
        "high_contrast",
        "high contrast",
        Operation(Kind.CONTRAST, "up"),
        adds="high contrast, deep blacks, bright highlights",
        drops="low contrast, flat lighting, washed out, hazy",
    )
    yield make(
        "desaturated",
        "make it desaturated",
        Operation(Kind.SATURATION, "down"),
        adds="desaturated colours, muted palette",
        drops="vivid, vibrant, saturated, colourful, colorful, rich colours, rich colors",
    )


def _colour() -> Iterator[Template]:
    make = partial(_template, Group.COLOUR)
    yield make(
        "vivid",
        "make it more vivid",
        Operation(Kind.SATURATION, "up"),
        adds="vivid colours, rich saturation",
        drops="muted, desaturated, washed out, pale, monochrome, black and white",
    )
    yield make(
        "black_and_white",
        "make it black and white",
        Operation(Kind.LOOK, "monochrome"),
        adds="black and white, monochrome film",
        drops="colourful, colorful, vivid, vibrant, saturated",
    )
    yield make(
        "sepia",
        "make it sepia",
        Operation(Kind.LOOK, "sepia"),
        adds="sepia tones, old photograph look",
        drops="colourful, colorful, vivid, vibrant, neon",
    )


def _motion() -> Iterator[Template]:
    make = partial(_template, Group.MOTION)
    yield make(
        "add_motion",
        "add motion",
        Operation(Kind.MOTION, "up"),
        adds="dynamic camera movement, motion blur, lively movement",
        drops="static camera, locked camera, motionless, standing still, minimal movement",
        preserves=_PLACE,
    )
    yield make(
        "calm_still",
        "make it calm and still",
        Operation(Kind.MOTION, "down"),
        adds="static camera, minimal movement, calm composition",
        drops="handheld, shaky, fast-paced, frantic, motion blur, whip pan",
        preserves=_PLACE,
        title="Calm & still",
    )
    yield make(
        "high_energy",
        "make it high energy",
        Operation(Kind.MOOD, "energetic"),
        adds="high energy, fast-paced action, intense motion",
        drops="calm, serene, peaceful, slow-paced, static camera, locked camera",
        preserves=_PLACE,
    )


def _mood() -> Iterator[Template]:
    make = partial(_template, Group.MOOD)
    yield make(
        "dramatic",
        "make it dramatic",
        Operation(Kind.MOOD, "dramatic"),
        adds="dramatic lighting, strong shadows, cinematic tension",
        drops="flat lighting, soft even light, cheerful",
    )
    yield make(
        "dreamy",
        "make it dreamy",
        Operation(Kind.MOOD, "dreamy"),
        adds="dreamy atmosphere, soft focus, gentle glow",
        drops="gritty, harsh light, crisp focus, hard shadows",
    )
    yield make(
        "gritty",
        "make it gritty",
        Operation(Kind.MOOD, "gritty"),
        adds="gritty urban feel, film grain, harsh light",
        drops="dreamy, soft focus, gentle glow, polished, pristine",
    )
    yield make(
        "ethereal",
        "make it ethereal",
        Operation(Kind.MOOD, "ethereal"),
        adds="ethereal glow, soft luminous light, otherworldly",
        drops="gritty, harsh light, hard shadows",
    )


def _weather() -> Iterator[Template]:
    make = partial(_template, Group.MOOD)
    yield make(
        "rain",
        "make it rainy",
        Operation(Kind.WEATHER, "rain"),
        adds="rain falling, wet surfaces, overcast light",
        drops="sunny, clear sky, blue sky, dry, cloudless",
        swaps="bright golden hour sunlight > soft grey light, golden hour sunlight > grey light, "
        "bright hot daylight > soft grey light, hot daylight > grey light",
        preserves=_PLACE,
    )
    yield make(
        "snow",
        "make it snowy",
        Operation(Kind.WEATHER, "snow"),
        adds="snow falling, snow on the ground, cold air",
        drops="sunny, clear sky, blue sky, cloudless, summer heat",
        swaps="golden hour sunlight > winter light, hot daylight > winter light",
        preserves=_PLACE,
    )
    yield make(
        "fog",
        "make it foggy",
        Operation(Kind.WEATHER, "fog"),
        adds="thick fog, hazy distance, diffused light",
        drops="sunny, clear sky, blue sky, crystal clear, cloudless",
        preserves=_PLACE,
    )


CATALOGUE: tuple[Template, ...] = (
    *_times(),
    *_light(),
    *_palette(),
    *_colour(),
    *_motion(),
    *_mood(),
    *_weather(),
)
"""All of them, in the order in which they are offered."""
