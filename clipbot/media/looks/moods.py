"""The colour part of looks that stand for a mood or for weather.

What holds for `grades` holds here. Tints go into shadows more than into highlights, and
skin gets part of its own hue back: a mood is in the room, not on the face.
"""

from clipbot.media.looks import colour
from clipbot.media.looks.colour import Colours


def dramatic(colours: Colours, amount: float) -> Colours:
    """Hard light: strong contrast, teal shadows, faces warm."""
    hard = colour.toned(colours, colour.s_curve(0.48 * amount, 0.38), richness=0.35)
    pale = colour.saturated(hard, 1.0 - 0.16 * amount)
    tinted = colour.split_toned(pale, (0.04, 0.24, 0.32), (1.0, 0.80, 0.60), 0.26 * amount)
    return colour.mixed(tinted, hard, 0.4 * colour.skin(colours))


def dreamy(colours: Colours, amount: float) -> Colours:
    """Soft and milky; the glow comes from the effect."""
    soft = colour.toned(colours, colour.flattened(0.14 * amount, 0.03 * amount, 0.97))
    return colour.warmed(colour.saturated(soft, 1.0 - 0.06 * amount), 0.025 * amount)


def gritty(colours: Colours, amount: float) -> Colours:
    """Street: little colour, hard contrast, a little dark."""
    pale = colour.saturated(colours, max(0.15, 1.0 - 0.42 * amount))
    return colour.toned(pale, colour.s_curve(0.40 * amount, 0.46), richness=0.3)


def ethereal(colours: Colours, amount: float) -> Colours:
    """High-key: bright, pale, a breath of blue."""
    light = colour.toned(colours, colour.power(0.82**amount), richness=0.5)
    soft = colour.toned(light, colour.flattened(0.16 * amount, 0.07 * amount, 1.0))
    pale = colour.saturated(soft, 1.0 - 0.28 * amount)
    airy = colour.balanced(pale, 1.0 - 0.030 * amount, 1.0 + 0.006 * amount, 1.0 + 0.026 * amount)
    return colour.kept_skin(airy, colours, 0.35)


def romantic(colours: Colours, amount: float) -> Colours:
    """Candle and rose: soft contrast, warm blush in the light, wine in the shadows."""
    soft = colour.toned(colours, colour.flattened(0.10 * amount, 0.03 * amount, 0.99))
    rosy = colour.split_toned(soft, (0.36, 0.18, 0.24), (1.0, 0.72, 0.68), 0.32 * amount)
    return colour.kept_skin(colour.warmed(rosy, 0.03 * amount), colours, 0.45)


def melancholic(colours: Colours, amount: float) -> Colours:
    """A rainy afternoon: little colour, a little dark, blue where it is dim."""
    dim = colour.toned(colours, colour.power(1.0 + 0.16 * amount, 0.97**amount), richness=0.6)
    pale = colour.saturated(dim, max(0.2, 1.0 - 0.38 * amount))
    tinted = colour.split_toned(pale, (0.10, 0.19, 0.34), (0.80, 0.88, 1.0), 0.34 * amount)
    return colour.kept_skin(tinted, colours, 0.4)


def mysterious(colours: Colours, amount: float) -> Colours:
    """Deep shadows of petrol blue, out of which only the lightest comes."""
    deep = colour.toned(colours, colour.power(1.0 + 0.42 * amount), richness=0.6)
    pale = colour.saturated(deep, max(0.3, 1.0 - 0.26 * amount))
    tinted = colour.split_toned(pale, (0.02, 0.20, 0.30), (0.84, 0.98, 0.96), 0.36 * amount)
    return colour.kept_skin(tinted, colours, 0.4)


def happy(colours: Colours, amount: float) -> Colours:
    """Sunny: open shadows, clean warm light, richer colours."""
    light = colour.toned(colours, colour.lifted(0.55 * amount), richness=0.8)
    return colour.warmed(colour.enriched(light, 0.34 * amount), 0.05 * amount)


def haze(colours: Colours, amount: float) -> Colours:
    """A veil of damp air: shadows turn into pale grey, colours go."""
    veiled = colour.toned(
        colours, colour.flattened(min(0.6, 0.36 * amount), min(0.26, 0.20 * amount), 0.95)
    )
    pale = colour.saturated(veiled, max(0.25, 1.0 - 0.40 * amount))
    damp = colour.balanced(pale, 1.0 - 0.012 * amount, 1.0, 1.0 + 0.02 * amount)
    return colour.kept_skin(damp, colours, 0.3)


def overcast(colours: Colours, amount: float) -> Colours:
    """A lid of clouds: flat, cool light and tired colours."""
    flat = colour.toned(colours, colour.flattened(0.14 * amount, 0.02 * amount, 0.92))
    pale = colour.saturated(flat, max(0.35, 1.0 - 0.30 * amount))
    return colour.kept_skin(colour.warmed(pale, -0.05 * amount), colours, 0.35)


def storm(colours: Colours, amount: float) -> Colours:
    """Before the thunder: dark, slate blue, hard in the middle."""
    dark = colour.toned(colours, colour.power(1.0 + 0.32 * amount, 0.90**amount), richness=0.6)
    hard = colour.toned(dark, colour.s_curve(0.12 * amount, 0.35))
    pale = colour.saturated(hard, max(0.25, 1.0 - 0.42 * amount))
    tinted = colour.split_toned(pale, (0.08, 0.20, 0.30), (0.80, 0.93, 1.0), 0.34 * amount)
    return colour.kept_skin(tinted, colours, 0.2)
