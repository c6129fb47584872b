"""The colour part of looks that stand for a film stock, a print or a palette.

What holds for `grades` holds here. Names are those that people who make films use; what
each does was mixed by eye on photographs, not measured from any stock.
"""

import numpy as np

from clipbot.media.looks import colour
from clipbot.media.looks.colour import Colours

_TEAL = (0.0, 0.62, 0.68)
_AMBER = (1.0, 0.60, 0.18)


def vintage(colours: Colours, amount: float) -> Colours:
    """An old colour print: faded black, creamy white, green-blue shadows."""
    faded = colour.toned(colours, colour.flattened(0.12 * amount, 0.055 * amount, 0.97))
    pale = colour.saturated(faded, max(0.4, 1.0 - 0.20 * amount))
    tinted = colour.split_toned(pale, (0.10, 0.27, 0.30), (1.0, 0.84, 0.52), 0.34 * amount)
    return colour.kept_skin(tinted, colours, 0.5)


def film(colours: Colours, amount: float) -> Colours:
    """A print of today: soft shoulder and toe, warm light, shadows a breath of green."""
    curved = colour.toned(colours, colour.s_curve(0.28 * amount, 0.40), richness=0.4)
    soft = colour.toned(curved, colour.flattened(0.05 * amount, 0.022 * amount, 0.985))
    tinted = colour.split_toned(soft, (0.06, 0.20, 0.20), (1.0, 0.86, 0.66), 0.26 * amount)
    return colour.kept_skin(colour.enriched(tinted, 0.06 * amount), colours, 0.4)


def teal_orange(colours: Colours, amount: float) -> Colours:
    """The big screen: skin and light amber, all that is cool or dark teal."""
    hard = colour.toned(colours, colour.s_curve(0.16 * amount, 0.42), richness=0.5)
    teal = colour.turned(hard, _TEAL, min(0.85, 0.55 * amount) * colour.coolness(colours))
    tinted = colour.split_toned(teal, (0.0, 0.27, 0.34), (1.0, 0.72, 0.42), 0.40 * amount)
    return colour.kept_skin(tinted, colours, 0.5)


def bleach_bypass(colours: Colours, amount: float) -> Colours:
    """Silver left in the print: hard, metallic, colours half gone."""
    pale = colour.saturated(colours, max(0.15, 1.0 - 0.55 * amount))
    hard = colour.toned(pale, colour.s_curve(0.50 * amount, 0.46), richness=0.2)
    return colour.kept_skin(hard, colours, 0.15)


def noir(colours: Colours, amount: float) -> Colours:
    """Black and white as through an orange filter: pale faces, black skies, hard light."""
    mix = colours @ np.array([0.46, 0.46, 0.08])
    grey = np.repeat(mix[..., np.newaxis], 3, axis=-1)
    grey = colour.mixed(colours, grey, min(1.0, 0.5 + 0.7 * amount))
    dark = colour.toned(grey, colour.power(1.0 + 0.30 * amount))
    return colour.toned(dark, colour.s_curve(0.55 * amount, 0.40))


def vhs(colours: Colours, amount: float) -> Colours:
    """Tape: milky black, dull white, colours a little off."""
    dull = colour.toned(colours, colour.flattened(0.12 * amount, 0.05 * amount, 0.95))
    tinted = colour.split_toned(dull, (0.16, 0.16, 0.34), (0.92, 1.0, 0.86), 0.22 * amount)
    return colour.saturated(tinted, 1.0 + 0.06 * amount)


def neon(colours: Colours, amount: float) -> Colours:
    """The city after rain: dark, violet shadows, cyan and pink in the light."""
    dark = colour.toned(colours, colour.power(1.0 + 0.34 * amount), richness=0.8)
    cyan = colour.turned(dark, (0.0, 0.60, 1.0), min(0.7, 0.45 * amount) * colour.coolness(colours))
    tinted = colour.split_toned(cyan, (0.16, 0.07, 0.52), (0.94, 0.58, 0.90), 0.32 * amount)
    return colour.kept_skin(colour.enriched(tinted, 0.36 * amount), colours, 0.8)


def golden(colours: Colours, amount: float) -> Colours:
    """The hour before sunset: honey light, open amber shadows."""
    open_ = colour.toned(colours, colour.lifted(0.16 * amount), richness=0.7)
    warm = colour.warmed(open_, 0.09 * amount)
    tinted = colour.split_toned(warm, (0.34, 0.22, 0.10), (1.0, 0.74, 0.36), 0.24 * amount)
    return colour.kept_skin(colour.enriched(tinted, 0.10 * amount), colours, 0.55)


def autumn(colours: Colours, amount: float) -> Colours:
    """October: leaves turn amber, the light is low and warm."""
    others = np.maximum(colours[..., :1] * 0.92, colours[..., 2:])
    leaves = colour.smoothstep(0.0, 0.14, colours[..., 1:2] - others)
    rusty = colour.turned(colours, _AMBER, min(0.95, 0.75 * amount) * leaves)
    low = colour.toned(rusty, colour.power(1.0 + 0.10 * amount), richness=0.8)
    tinted = colour.split_toned(low, (0.30, 0.18, 0.14), (1.0, 0.78, 0.44), 0.30 * amount)
    return colour.kept_skin(colour.warmed(tinted, 0.06 * amount), colours, 0.55)


def steel(colours: Colours, amount: float) -> Colours:
    """Cold light of winter: clear, hard, blue-grey; little else keeps its colour."""
    clear = colour.toned(colours, colour.s_curve(0.18 * amount, 0.44), richness=0.4)
    pale = colour.saturated(clear, max(0.25, 1.0 - 0.36 * amount))
    cold = colour.balanced(pale, 1.0 - 0.10 * amount, 1.0, 1.0 + 0.12 * amount)
    return colour.kept_skin(colour.no_greener(cold, colours), colours, 0.6)


def pastel(colours: Colours, amount: float) -> Colours:
    """Sugared almonds: light, flat, every colour thinned and none left out."""
    light = colour.toned(colours, colour.lifted(0.55 * amount), richness=0.6)
    chalky = colour.toned(
        light, colour.flattened(0.22 * amount, min(0.24, 0.15 * amount), 0.99), richness=0.3
    )
    return colour.saturated(chalky, max(0.4, 1.0 - 0.20 * amount))
