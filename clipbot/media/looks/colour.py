"""Arithmetic on colours, from which grades are made.

A colour is three numbers 0..1, as coded for a screen (BT.709), in the last axis of an
array; every function takes and returns arrays of one shape, `(..., 3) float64`. The one
idea: change luma and colour apart, then bring what fell outside the cube back *towards
grey of the same luma* (`fitted`). Cutting channels off instead would turn hues, and
bleach or burn faces.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Colours = npt.NDArray[np.float64]
"""`(..., 3) float64`, red, green, blue, 0..1."""

REC709: Final = np.array([0.2126, 0.7152, 0.0722])
"""Weights of red, green and blue in luma, ITU-R BT.709."""
_TINY: Final = 1e-6
_MOST_LIFTED: Final = 1.8
"""Most that a colour is multiplied by; what is lifted further is lifted in grey. The
colour of near black is coding noise, and shows as red and blue speckles."""
_NEAREST: Final = 0.4
"""Least share of its distance from full light that a colour keeps."""
_NEAREST_OF_SKIN: Final = 0.7


def luma(colours: Colours) -> Colours:
    """Return luma as `(..., 1)`."""
    return np.asarray(colours @ REC709)[..., np.newaxis]


def smoothstep(low: float, high: float, values: Colours) -> Colours:
    """Return 0 below `low`, 1 above `high`, and a cubic without corners in between."""
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def mixed(one: Colours, other: Colours, share: Colours | float) -> Colours:
    """Return `one` where `share` is 0 and `other` where it is 1."""
    return np.asarray(one + (other - one) * share)


def fitted(colours: Colours) -> Colours:
    """Bring colours into the cube, towards the grey of their own luma."""
    grey = np.clip(luma(colours), 0.0, 1.0)
    away = colours - grey
    above = np.max(away, axis=-1, keepdims=True)
    below = -np.min(away, axis=-1, keepdims=True)
    reach = np.minimum((1.0 - grey) / np.maximum(above, _TINY), grey / np.maximum(below, _TINY))
    return np.asarray(np.clip(grey + away * np.minimum(reach, 1.0), 0.0, 1.0))


def toned(
    colours: Colours, curve: Callable[[Colours], Colours], *, richness: float = 0.5
) -> Colours:
    """Apply a tone curve.

    Args:
        colours: As above.
        curve: From 0..1 to 0..1, rising.
        richness: 1 scales each colour with its luma, which keeps its saturation; 0
            bends each channel by itself, which fades what is lightened and saturates
            what is darkened. Film lies in between.
    """
    before = luma(colours)
    after = curve(np.clip(before, 0.0, 1.0))
    ratio = np.minimum(after / np.maximum(before, _TINY), _MOST_LIFTED)
    scaled = colours * ratio + (after - before * ratio)
    bent = curve(np.clip(colours, 0.0, 1.0))
    bent = bent + (after - luma(bent))
    return fitted(mixed(bent, scaled, richness))


def power(exponent: float, top: float = 1.0) -> Callable[[Colours], Colours]:
    """Return the curve `top * x ** exponent`: black stays, and with `top` 1 so does white."""
    return lambda values: np.asarray(top * np.power(values, exponent))


def lifted(amount: float) -> Callable[[Colours], Colours]:
    """Return a curve that lifts the lower middle most and leaves highlights nearly alone.

    `x + amount * x * (1 - x)^2` has its crest at a third, and the slope 1 at white: what
    was drawn in a bright face or a cloud stays drawn. Rising up to an amount of 3.
    """
    return lambda values: np.asarray(values + amount * values * (1.0 - values) ** 2)


def s_curve(amount: float, middle: float = 0.42) -> Callable[[Colours], Colours]:
    """Return a curve that darkens what is below `middle` and lightens what is above.

    Two power curves that meet in the middle with one slope, `1 + amount`: unlike a
    straight line it never cuts off shadows or highlights.
    """

    def curve(values: Colours) -> Colours:
        exponent = 1.0 + amount
        low = middle * np.power(np.clip(values / middle, 0.0, 1.0), exponent)
        upper = np.clip((1.0 - values) / (1.0 - middle), 0.0, 1.0)
        high = 1.0 - (1.0 - middle) * np.power(upper, exponent)
        return np.where(values < middle, low, high)

    return curve


def flattened(amount: float, black: float, white: float = 1.0) -> Callable[[Colours], Colours]:
    """Return a curve of lower contrast around 0.5 whose black is lifted to `black`."""

    def curve(values: Colours) -> Colours:
        softer = 0.5 + (values - 0.5) * (1.0 - amount)
        return np.clip(black + softer * (white - black), 0.0, 1.0)

    return curve


def skin(colours: Colours) -> Colours:
    """Return how much a colour looks like skin, 0..1, as `(..., 1)`.

    Skin of all tones has hues around 10 to 40 degrees, middling saturation, and is
    neither black nor white (Kolkur et al. 2017 collect the usual bounds). Sand and wood
    have them too; grading those gently as well does no harm.
    """
    red, green, blue = (colours[..., index : index + 1] for index in range(3))
    spread = np.maximum(red - blue, _TINY)
    hue = 60.0 * (green - blue) / spread
    saturation = spread / np.maximum(red, _TINY)
    ordered = smoothstep(0.0, 0.03, red - green) * smoothstep(0.0, 0.03, green - blue)
    in_hue = smoothstep(2.0, 12.0, hue) * (1.0 - smoothstep(36.0, 48.0, hue))
    in_saturation = smoothstep(0.06, 0.18, saturation) * (1.0 - smoothstep(0.60, 0.78, saturation))
    in_light = smoothstep(0.12, 0.30, red)
    return ordered * in_hue * in_saturation * in_light


def saturated(colours: Colours, factor: float) -> Colours:
    """Scale the distance from grey; 0 is black and white."""
    grey = luma(colours)
    return fitted(grey + (colours - grey) * factor)


def enriched(colours: Colours, amount: float) -> Colours:
    """Raise saturation, pale colours more than strong ones and skin less."""
    grey = luma(colours)
    most = np.max(colours, axis=-1, keepdims=True)
    least = np.min(colours, axis=-1, keepdims=True)
    saturation = (most - least) / np.maximum(most, _TINY)
    share = (1.0 - 0.55 * saturation) * (1.0 - 0.55 * skin(colours))
    return fitted(grey + (colours - grey) * (1.0 + amount * share))


def balanced(colours: Colours, red: float, green: float, blue: float) -> Colours:
    """Multiply the channels, as the white balance of a camera does, and keep luma."""
    return fitted(_relit(colours * np.array([red, green, blue]), luma(colours)))


def warmed(colours: Colours, amount: float) -> Colours:
    """Shift white towards amber, or with a negative amount towards blue; luma stays.

    A colour of the other kind, a blue sky in amber light or a red cup in blue, pales a
    little and takes half of the shift: all of it would turn the sky green and the cup
    grey. Skin takes a little over half and pure white a half: a warm picture whose
    faces and shirts are as they were looks lit, not dyed.
    """
    opposed = np.clip((colours[..., 2:] - colours[..., :1]) * np.sign(amount), 0.0, 1.0)
    paled = _towards_grey(colours, np.minimum(0.2, 3.0 * abs(amount) * opposed))
    shifted = balanced(paled, 1.0 + amount, 1.0, 1.0 - 1.15 * amount)
    white = smoothstep(0.85, 1.0, np.min(colours, axis=-1, keepdims=True))
    share = (1.0 - 0.45 * skin(colours)) * (1.0 - 0.5 * white)
    deepness = opposed / np.maximum(np.max(colours, axis=-1, keepdims=True), _TINY)
    share = share * (1.0 - 0.55 * smoothstep(0.15, 0.6, deepness))
    return mixed(colours, no_greener(shifted, colours), share)


def no_greener(colours: Colours, before: Colours) -> Colours:
    """Take green out of what was not green before; luma stays.

    Between the blue and the amber that a shift of white goes through lies green, which
    no light of day or night has.
    """
    others = np.maximum(colours[..., :1], colours[..., 2:])
    excess = np.clip(colours[..., 1:2] - others, 0.0, None)
    was_green = before[..., 1:2] - np.maximum(before[..., :1], before[..., 2:])
    excess = excess * (1.0 - smoothstep(0.02, 0.12, was_green))
    return fitted(_relit(colours - excess * np.array([0.0, 1.0, 0.0]), luma(colours)))


def turned(colours: Colours, towards: Sequence[float], share: Colours | float) -> Colours:
    """Turn hues towards that of a colour, keeping luma and about the colourfulness.

    Args:
        colours: As above.
        towards: A colour; only its hue counts.
        share: 0 leaves the hue, 1 takes the other's; may differ from colour to colour.
    """
    hue = np.asarray(towards) - float(np.asarray(towards) @ REC709)
    hue = hue / float(np.ptp(hue))
    chroma = np.max(colours, axis=-1, keepdims=True) - np.min(colours, axis=-1, keepdims=True)
    return fitted(mixed(colours, luma(colours) + hue * chroma, share))


def kept_skin(graded: Colours, before: Colours, share: float) -> Colours:
    """Give skin its own hue back, in the light that the grade made.

    Args:
        graded: What a grade made of `before`.
        before: The same colours before it.
        share: 0 leaves skin as graded; 1 gives it back all of its hue and saturation.
    """
    light = luma(graded)
    ratio = np.minimum(light / np.maximum(luma(before), _TINY), _MOST_LIFTED)
    own = fitted(light + (before - luma(before)) * ratio)
    return mixed(graded, own, share * skin(before))


def guarded(graded: Colours, before: Colours) -> Colours:
    """Keep highlights open: a colour keeps `_NEAREST` of its distance from full light.

    Bright skin keeps most of it: a forehead without drawing is the first thing that looks
    cheap. Skin that is not bright is let go, or evening skies would get a dark band where
    they pass from violet to the colour of skin. What is too light is half darkened, half
    paled: darkening alone dims skies, paling alone bleaches faces.
    So what was not clipped before is not clipped after, whatever a grade does, and a
    gradient towards a window stays one. Hues stay.
    """
    most = np.max(graded, axis=-1, keepdims=True)
    brightest = np.max(before, axis=-1, keepdims=True)
    lit_skin = skin(before) * smoothstep(0.72, 0.94, brightest)
    kept = _NEAREST + (_NEAREST_OF_SKIN - _NEAREST) * lit_skin
    ceiling = 1.0 - kept * (1.0 - brightest)
    darker = graded * np.minimum(1.0, ceiling / np.maximum(most, _TINY))
    grey = np.minimum(luma(graded), ceiling)
    reach = np.minimum(1.0, (ceiling - grey) / np.maximum(most - luma(graded), _TINY))
    return mixed(darker, grey + (graded - luma(graded)) * reach, 0.5)


def coolness(colours: Colours) -> Colours:
    """Return how blue a colour is, 0..1, for its brightness: a night sky as much as noon's."""
    most = np.max(colours, axis=-1, keepdims=True)
    return smoothstep(0.08, 0.55, (colours[..., 2:] - colours[..., :1]) / np.maximum(most, 0.08))


def cool_paled(colours: Colours, amount: float) -> Colours:
    """Take colour out of what is blue or teal."""
    blue = smoothstep(0.0, 0.35, colours[..., 2:] - colours[..., :1])
    return _towards_grey(colours, np.minimum(0.85, amount) * blue)


def _towards_grey(colours: Colours, share: Colours) -> Colours:
    return mixed(colours, np.broadcast_to(luma(colours), colours.shape), share)


def split_toned(
    colours: Colours, shadows: Sequence[float], highlights: Sequence[float], amount: float
) -> Colours:
    """Tint shadows and highlights towards two colours; luma stays.

    Args:
        colours: As above.
        shadows: A colour; only its difference from grey counts.
        highlights: The same.
        amount: 0 changes nothing; 1 adds the whole difference.
    """
    light = np.clip(luma(colours), 0.0, 1.0)
    tints = [np.asarray(tint) - float(np.asarray(tint) @ REC709) for tint in (shadows, highlights)]
    low, high = (1.0 - light) ** 2, light * light * (1.0 - 0.5 * smoothstep(0.9, 1.0, light))
    room = smoothstep(0.0, 0.12, light)
    return fitted(colours + room * (tints[0] * low + tints[1] * high) * amount)


def _relit(colours: Colours, wanted: Colours) -> Colours:
    return colours * (wanted / np.maximum(luma(colours), _TINY))
