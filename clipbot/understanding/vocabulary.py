"""The closed vocabulary: which words ask for which operation.

A phrase is matched by whole words, never by substring. Some words stand for a quantity
that still needs a direction ("contrast", "colour"); up and down words give it one.
"""

from clipbot.domain.plan import Kind, Operation
from clipbot.understanding.phrases import PhraseBook, phrase_set

SCALARS = frozenset(
    {
        Kind.BRIGHTNESS,
        Kind.CONTRAST,
        Kind.SATURATION,
        Kind.WARMTH,
        Kind.MOTION,
        Kind.SPEED,
        Kind.SHARPNESS,
    }
)

_OPERATIONS: dict[tuple[Kind, str | None], str] = {
    (
        Kind.BRIGHTNESS,
        "up",
    ): "bright, brighter, brighten, brightened, brighten up, lighter, lighten,"
    "lighten up, more light, well lit, lift the shadows, not as dark, overexposed, lift",
    (Kind.BRIGHTNESS, "down"): "dark, darker, darken, darkened, dim, dimmer, dimmed, less light,"
    "low light, shadowy, moodier light, gloomier, underexposed",
    (Kind.CONTRAST, "up"): "contrasty, more contrasty, punchier, punchy, crisper contrast",
    (Kind.CONTRAST, "down"): "flatter, flat contrast, softer contrast",
    (Kind.SATURATION, "up"): "vivid, vibrant, saturate, saturated, colourful, colorful, more vivid,"
    "punchier colours, punchier colors, richer colours, richer colors, stronger colours,"
    "stronger colors, bolder colours, bolder colors, colours pop, colors pop, more pop",
    (Kind.SATURATION, "down"): "desaturated, desaturate, muted, mute the colours, mute the colors,"
    "muted colours, muted colors, washed out, paler, dull, duller, drab, faded colours,"
    "faded colors, less colourful, less colorful, drain the colour, drain the color",
    (Kind.WARMTH, "up"): "warm, warmer, warm up, warmed up, warming, warmer tones, warm tones,"
    "more golden, more orange, golden tones, orange tones",
    (Kind.WARMTH, "down"): "cool, cooler, cold, colder, cool down, cooled down, bluer, icy, icier,"
    "chillier, bluish, blue tones, more blue, teal tones",
    (Kind.TIME_OF_DAY, "night"): "night, nighttime, night time, at night, by night, midnight,"
    "moonlit, moonlight, nocturnal, after dark, night scene",
    (Kind.TIME_OF_DAY, "day"): "day, daytime, day time, daylight, noon, midday, broad daylight,"
    "by day, in the daytime, morning light",
    (Kind.TIME_OF_DAY, "sunset"): "sunset, golden hour, dusk, at sunset, sundown, evening light,"
    "magic hour, twilight",
    (Kind.TIME_OF_DAY, "dawn"): "dawn, sunrise, daybreak, at dawn, early morning, first light",
    (Kind.WEATHER, "rain"): "rain, rainy, raining, rainfall, pouring, drizzle, rainy day,"
    "rainy weather, rainier, rain in, downpour",
    (Kind.WEATHER, "snow"): "snow, snowy, snowing, snowfall, snowier, snowflakes, blizzard,"
    "snowy day",
    (Kind.WEATHER, "fog"): "fog, foggy, foggier, mist, misty, haze, hazy, foggy day",
    (Kind.WEATHER, "clear"): "sunny, sunnier, clear sky, clear skies, clear weather, sunshine,"
    "sunny day, sunny weather, dry weather",
    (Kind.WEATHER, "storm"): "storm, stormy, thunderstorm, lightning, thunder, stormier",
    (Kind.MOOD, "dramatic"): "dramatic, more drama, drama, dramatically lit",
    (Kind.MOOD, "dreamy"): "dreamy, dreamier, dreamlike, dream like, in a dream, like a dream,"
    "a dream",
    (Kind.MOOD, "gritty"): "gritty, grittier, grit, raw and gritty",
    (Kind.MOOD, "ethereal"): "ethereal, otherworldly, heavenly",
    (Kind.MOOD, "calm"): "calm, calmer, peaceful, serene, tranquil, relaxed, soothing",
    (Kind.MOOD, "energetic"): "energetic, high energy, more energy, lively, livelier, energy,"
    "more life, more energetic, hype, upbeat",
    (Kind.MOOD, "romantic"): "romantic, intimate",
    (Kind.MOOD, "melancholic"): "melancholic, melancholy, sad, sadder, wistful",
    (Kind.MOOD, "mysterious"): "mysterious, eerie, spooky, creepy",
    (Kind.MOOD, "happy"): "happier mood, cheerful, joyful, playful",
    (Kind.MOOD, "tense"): "tense, suspenseful, ominous",
    (Kind.LOOK, "monochrome"): "black and white, black & white, b & w, bw, monochrome, greyscale,"
    "grayscale, grey scale, gray scale, noir",
    (Kind.LOOK, "sepia"): "sepia, sepia toned, sepia tone, sepia look",
    (Kind.LOOK, "vintage"): "vintage, retro, old fashioned look, old celluloid look, nostalgic,"
    "vintage look, aged look, vhs, vhs look, super 8",
    (Kind.LOOK, "neon"): "neon, neon look, cyberpunk, neon lights look",
    (Kind.LOOK, "film"): "film look, film grain, grain, grainy, film feel, 16mm, 35mm, 8mm,"
    "16mm film look, 35mm film look, cinematic, film like, celluloid, 16mm film, 35mm film",
    (Kind.LOOK, "cartoon"): "cartoon, cartoonish, anime, comic book",
    (Kind.LOOK, "vignette"): "vignette",
    (Kind.MOTION, "up"): "more dynamic, dynamic, shaky, handheld",
    (Kind.MOTION, "down"): "calm and still, calm & still, perfectly still, completely still,"
    "keep it still, more still, calm still, stiller, steadier",
    (Kind.SPEED, "up"): "faster, speed up, sped up, quicker, speed it up, fast, hurry up,"
    "fast forward, time lapse, timelapse",
    (Kind.SPEED, "down"): "slower, slow down, slow motion, slow mo, slowed down, slow it down,"
    "slow, slomo, half speed",
    (Kind.CAMERA, "zoom_in"): "zoom in, zooming in, zooms in, push in, zoom closer",
    (Kind.CAMERA, "zoom_out"): "zoom out, zooming out, zooms out, pull back, pull out",
    (Kind.CAMERA, "pan_left"): "pan left, pan to the left, pans left",
    (Kind.CAMERA, "pan_right"): "pan right, pan to the right, pans right",
    (Kind.CAMERA, "pan"): "pan, panning, pan across, pans",
    (Kind.CAMERA, "static"): "static camera, locked camera, camera locked off, locked off,"
    "camera locked, static shot, tripod, camera still, still camera, steady camera,"
    "stabilise, stabilize, static",
    (Kind.CAMERA, "close_up"): "close up, closeup, closer shot, tighter framing",
    (Kind.CAMERA, "wide"): "wide shot, wide angle, wider shot, wider framing",
    (Kind.CAMERA, "tilt_up"): "tilt up, tilt upwards",
    (Kind.CAMERA, "tilt_down"): "tilt down, tilt downwards",
    (Kind.CAMERA, "orbit"): "orbit, circle around",
    (Kind.CAMERA, "drone"): "drone shot, aerial shot, aerial view",
    (Kind.SHARPNESS, "up"): "sharp, sharper, sharpen, crisper, crisp, clearer picture, in focus",
    (Kind.SHARPNESS, "down"): "blur, blurry, blurred, blurrier, softer, soft focus, soften,"
    "out of focus, defocus",
    (Kind.REGENERATE, None): "regenerate, another take, another try, redo from scratch,"
    "start over, start from scratch, from scratch, new take, fresh take, re roll, reroll,"
    "try again, try that again, try this again, another version, new version, generate again,"
    "do over",
    (Kind.ADD, "stars"): "stars, starry, starry sky, more stars",
}

_QUANTITIES: dict[Kind, str] = {
    Kind.BRIGHTNESS: "brightness, exposure, brightness wise, luminance",
    Kind.CONTRAST: "contrast, contrasts",
    Kind.SATURATION: "saturation, colours, colors, colour, color, vibrance, colour intensity",
    Kind.WARMTH: "warmth",
    Kind.MOTION: "motion, movement, camera movement, camera motion, action",
    Kind.SPEED: "speed, pace, tempo",
    Kind.SHARPNESS: "sharpness, detail, clarity",
}

_UP = (
    "more, raise, raised, increase, increased, boost, boosted, bump, bump up, crank, crank up,"
    "up, higher, add, extra, add some, stronger, high, turn up, pump up, dial up, intensify,"
    "enhance, some, needs, need, needed"
)
_DOWN = (
    "less, lower, lowered, reduce, reduced, decrease, decreased, drop, cut, down, turn down,"
    "dial down, dial back, tone down, toned down, bring down, take down, pull down, weaker, low,"
    "fewer, minimal, remove, without, drain, kill, lose"
)

OPERATIONS: PhraseBook[Operation] = PhraseBook(
    {
        " ".join(phrase.split()): Operation(kind, direction)
        for (kind, direction), phrases in _OPERATIONS.items()
        for phrase in phrases.split(",")
    }
)
"""Phrases that say what they want."""
QUANTITIES: PhraseBook[Kind] = PhraseBook(
    {phrase.strip(): kind for kind, phrases in _QUANTITIES.items() for phrase in phrases.split(",")}
)
"""Words for what can be more or less."""
UP = phrase_set(_UP)
DOWN = phrase_set(_DOWN)
REMOVING = phrase_set(
    "remove, delete, erase, get rid of, take out, take away, stop, clear away, lose, kill, drop"
)
"""Verbs that take away what follows."""


def inverse(op: Operation) -> Operation | None:
    """Return the operation that takes one back, where the closed words have one."""
    if op.kind in SCALARS:
        return Operation(op.kind, "down" if op.direction == "up" else "up", op.strength)
    if op.kind is Kind.WEATHER and op.direction != "clear":
        return Operation(op.kind, "clear", op.strength)
    return None


EXCLUSIVE = SCALARS | {Kind.TIME_OF_DAY}
"""Kinds of which a clip can take one direction only."""
