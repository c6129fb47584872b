"""The colour part of looks: light, white balance, colourfulness, hours of the day.

Those of film stocks and palettes are in `palettes`, those of moods and weather in `moods`.

A grade takes colours (see `colour`) and an amount (0.55 slight, 1 medium, 1.5 strong)
and returns colours. It knows nothing of places in the picture: it becomes one table of
33 x 33 x 33 entries (`cubes`). The constants were chosen by eye on contact sheets and
are held by direction tests; none comes from a standard.
"""

from collections.abc import Callable

import numpy as np

from clipbot.media.looks import colour
from clipbot.media.looks.colour import Colours

Grade = Callable[[Colours, float], Colours]


def brighter(colours: Colours, amount: float) -> Colours:
    """Lift the middle; black stays black and highlights keep their drawing."""
    return colour.toned(colours, colour.lifted(1.05 * amount), richness=0.6)


def darker(colours: Colours, amount: float) -> Colours:
    """Lower the middle, and white a little."""
    return colour.toned(colours, colour.power(1.5**amount, 0.96**amount), richness=0.6)


def day(colours: Colours, amount: float) -> Colours:
    """Open the shadows, clean the whites, richer greens and blues."""
    opened = colour.toned(colours, colour.lifted(0.9 * amount), richness=0.7)
    crisp = colour.toned(opened, colour.s_curve(0.10 * amount, 0.5))
    return colour.enriched(crisp, 0.22 * amount)


def night(colours: Colours, amount: float) -> Colours:
    """Moonlight: dark and blue; what is not blue pales. Lamps have an effect of their own.

    What is pure white, a sun above all, stays a little lighter and paler, like a moon.
    """
    top = 0.40 ** (0.25 + 0.75 * amount)
    dark = colour.toned(colours, colour.power(1.14, top), richness=0.9)
    coolness = colour.smoothstep(0.0, 0.25, colours[..., 2:] - colours[..., :1])
    warmth_lost = 0.45 * min(amount, 1.4) * (1.0 - 0.85 * coolness)
    pale = colour.mixed(dark, colour.saturated(dark, 0.0), warmth_lost)
    shift = 0.4 + 0.6 * amount
    blue = colour.balanced(pale, 1.0 - 0.26 * shift, 1.0 - 0.04 * shift, 1.0 + 0.42 * shift)
    white = colour.smoothstep(0.86, 0.98, np.min(colours, axis=-1, keepdims=True))
    return colour.mixed(blue, np.array([0.62, 0.67, 0.75]), 0.5 * white)


def sunset(colours: Colours, amount: float) -> Colours:
    """Low golden light: amber highlights, violet shadows, a little less of everything."""
    low = colour.toned(colours, colour.power(1.0 + 0.16 * amount), richness=0.8)
    golden = colour.warmed(colour.cool_paled(low, 0.75 * amount), 0.15 * amount)
    tinted = colour.split_toned(golden, (0.30, 0.06, 0.38), (1.0, 0.50, 0.22), 0.32 * amount)
    return colour.kept_skin(colour.enriched(tinted, 0.12 * amount), colours, 0.6)


def dawn(colours: Colours, amount: float) -> Colours:
    """First light: lifted lavender shadows, rose highlights, soft contrast."""
    soft = colour.toned(colours, colour.flattened(0.16 * amount, 0.05 * amount, 1.0), richness=0.4)
    pale = colour.saturated(soft, 1.0 - 0.14 * amount)
    tinted = colour.split_toned(pale, (0.32, 0.35, 0.60), (1.0, 0.72, 0.62), 0.38 * amount)
    return colour.kept_skin(tinted, colours, 0.5)


def warmer(colours: Colours, amount: float) -> Colours:
    """Shift white towards amber."""
    return colour.warmed(colours, 0.14 * amount)


def cooler(colours: Colours, amount: float) -> Colours:
    """Shift white towards blue."""
    return colour.warmed(colours, -0.12 * amount)


def contrast(colours: Colours, amount: float) -> Colours:
    """Deepen shadows and lift highlights around a middle a little below half."""
    return colour.toned(colours, colour.s_curve(0.46 * amount), richness=0.45)


def matte(colours: Colours, amount: float) -> Colours:
    """Less contrast: lifted blacks, held highlights, colours as they are."""
    return colour.toned(colours, colour.flattened(0.22 * amount, 0.06 * amount, 0.97))


def desaturated(colours: Colours, amount: float) -> Colours:
    """Take colour away evenly; skin keeps a little more."""
    pale = colour.saturated(colours, max(0.0, 1.0 - 0.55 * amount))
    return colour.mixed(pale, colours, 0.15 * colour.skin(colours))


def vivid(colours: Colours, amount: float) -> Colours:
    """Richer colours, pale ones first, with a touch of contrast."""
    return colour.enriched(colour.toned(colours, colour.s_curve(0.08 * amount)), 0.70 * amount)


def mono(colours: Colours, amount: float) -> Colours:
    """Black and white; slight keeps a hint of colour, strong adds contrast."""
    grey = colour.saturated(colours, max(0.0, 1.0 - 1.4 * amount))
    return colour.toned(grey, colour.s_curve(max(0.08, 0.45 * (amount - 0.7))))


def sepia(colours: Colours, amount: float) -> Colours:
    """Brown print: grey of the same luma, tinted where it is neither black nor white."""
    share = min(1.0, 0.25 + 0.75 * amount)
    grey = colour.saturated(colours, 1.0 - share)
    faded = colour.toned(grey, colour.flattened(0.07 * amount, 0.03 * amount, 0.98))
    light = colour.luma(faded)
    brown = np.array([0.24, 0.0, -0.22])
    brown = brown - float(brown @ colour.REC709)
    return colour.fitted(faded + brown * (light * (1.0 - 0.72 * light)) * 1.9 * amount**0.6)
