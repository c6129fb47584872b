"""A look that is computed: footage brought to the colours of other footage.

After Reinhard et al. (2001), "Color transfer between images": each axis of a colour space
whose axes hardly depend on each other (theirs is l-alpha-beta, this one Oklab) is moved and
stretched until its mean and spread are the other's. Four things keep it from doing harm:

- Light goes along a curve that leaves black and white where they are, so that nothing is
  crushed or clipped, and which is bent no further than `_GENTLEST` to `_STEEPEST`.
- A cast is moved no further than `_FURTHEST`, and not at all in black and white.
- Colours are stretched at most `_RICHEST` times: what has no colour gets none.
- Skin turns by about `_TURN` at most, and gets little deeper; less so where the whole
  picture has one cast, in which skin cannot be told from anything else.

The name of such a look says all of it (`palettes.look_name`), so that it travels and is
kept as any other look is.
"""

from functools import lru_cache
from math import hypot
from typing import Final

import numpy as np

from clipbot.domain.palettes import Match
from clipbot.media.looks.colour import Colours, fitted, luma, skin, smoothstep
from clipbot.media.looks.oklab import from_oklab, to_oklab

_GENTLEST: Final = 0.28
_STEEPEST: Final = 3.0
_FURTHEST: Final = 0.16
_RICHEST: Final = 1.7
_PALEST: Final = 0.35
_TURN: Final = 0.22
"""Radians, about 13 degrees."""
_DEEPEST: Final = 1.3
"""Most that the colour of skin is multiplied by."""
_LEAST: Final = 0.01
_STRETCHED: Final = 0.24
"""Most that contrast is raised or lowered by, as a share; a quarter would bend the curve back
at black and white."""
_ROUNDS: Final = 24


def matched(colours: Colours, match: Match, amount: float) -> Colours:
    """Bring colours of one palette to another.

    Args:
        colours: `(..., 3)`, coded for a screen, 0..1.
        match: From which palette to which.
        amount: 0.55 slight, which goes about half of the way; 1 and more go all of it.
    """
    share = min(1.0, amount)
    lab = to_oklab(colours)
    light = _relit(lab[..., :1], match, share)
    cast = _recast(lab, light, match, share)
    source = match.source
    told = min(1.0, hypot(*source.spread[1:]) / max(hypot(*source.mean[1:]), _LEAST))
    turned = _gently(cast, lab[..., 1:], told * skin(colours))
    shown = from_oklab(np.concatenate([light, turned], axis=-1))
    # A cast has another luma than its grey; without this, moving it would undo the curve.
    own = from_oklab(np.concatenate([light, lab[..., 1:]], axis=-1))
    return fitted(shown + luma(own) - luma(shown))


def _relit(light: Colours, match: Match, share: float) -> Colours:
    """Return lightness along a curve from black to white through the other middle."""
    source, target = match.source, match.target
    exponent = _bend(source.mean[0], source.spread[0], target.mean[0])
    exponent = 1.0 + (exponent - 1.0) * share
    curved = np.clip(light, 0.0, 1.0) ** exponent
    middle = float(np.clip(source.mean[0], _LEAST, 1.0 - _LEAST)) ** exponent
    spread = source.spread[0] * exponent * middle / max(source.mean[0], _LEAST)
    ratio = target.spread[0] / max(spread, _LEAST)
    stretch = float(np.clip(ratio - 1.0, -_STRETCHED, _STRETCHED)) * share
    room = 4.0 * curved * (1.0 - curved)
    return np.asarray(curved + stretch * (curved - middle) * room)


@lru_cache(maxsize=256)
def _bend(mean: float, spread: float, wanted: float) -> float:
    """Return the exponent that brings lightness of such a mean and spread to another mean.

    The mean of a power is not the power of the mean; the second term of its series about
    the mean makes up for that. The mean falls with the exponent, so halving finds it.
    """
    base = min(1.0 - _LEAST, max(_LEAST, mean))
    variance = min(spread, base / 2) ** 2
    low, high = _GENTLEST, _STEEPEST
    for _ in range(_ROUNDS):
        exponent = (low + high) / 2
        more = 0.5 * exponent * (exponent - 1.0) * base ** (exponent - 2.0) * variance
        if base**exponent + more > wanted:
            low = exponent
        else:
            high = exponent
    return (low + high) / 2


def _recast(lab: Colours, light: Colours, match: Match, share: float) -> Colours:
    """Return a and b about the other middle, as wide as the other's are."""
    source, target = match.source, match.target
    own, wanted = hypot(*source.spread[1:]), hypot(*target.spread[1:])
    stretch = 1.0 + (min(_RICHEST, max(_PALEST, wanted / max(own, _LEAST))) - 1.0) * share
    move = np.array([target.mean[axis] - source.mean[axis] for axis in (1, 2)])
    far = float(np.hypot(*move))
    if far > _FURTHEST:
        move = move * (_FURTHEST / far)
    middle = np.array(source.mean[1:])
    # Nothing is moved in black and in white; what is between makes up for a part of that.
    room = smoothstep(0.02, 0.22, lab[..., :1]) * (1.0 - smoothstep(0.93, 1.0, light))
    wide = middle + (lab[..., 1:] - middle) * stretch + move * share
    return np.asarray(lab[..., 1:] + (wide - lab[..., 1:]) * room)


def _gently(cast: Colours, before: Colours, skin_share: Colours) -> Colours:
    """Return a and b with the hues of skin turned by `_TURN` at most, and no deep skin."""
    was = np.arctan2(before[..., 1:], before[..., :1])
    now = np.arctan2(cast[..., 1:], cast[..., :1])
    turn = (now - was + np.pi) % (2.0 * np.pi) - np.pi
    kept = np.clip(turn, -_TURN, _TURN)
    hue = was + turn + (kept - turn) * skin_share
    chroma = np.hypot(cast[..., :1], cast[..., 1:])
    deepest = np.minimum(chroma, _DEEPEST * np.hypot(before[..., :1], before[..., 1:]))
    chroma = chroma + (deepest - chroma) * skin_share
    return np.concatenate([chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1)
