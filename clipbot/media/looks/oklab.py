"""Oklab and back, for arrays of colours.

Matrices from Ottosson (2020), "A perceptual color space for image processing"; the curve
between coded and linear light is that of sRGB (IEC 61966-2-1), which is how screens show
BT.709 pictures on the web.
"""

from typing import Final

import numpy as np

from clipbot.media.looks.colour import Colours

_TO_CONES: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONES: Final = np.linalg.inv(_TO_CONES)
_FROM_LAB: Final = np.linalg.inv(_TO_LAB)
_KNEE: Final = 0.04045
_LINEAR_KNEE: Final = 0.0031308


def to_oklab(colours: Colours) -> Colours:
    """Return coded colours (0..1) in Oklab: `(..., 3) float64`, L, a, b."""
    curved = ((colours + 0.055) / 1.055) ** 2.4
    linear = np.where(colours <= _KNEE, colours / 12.92, curved)
    lab: Colours = np.cbrt(linear @ _TO_CONES.T) @ _TO_LAB.T
    return lab


def from_oklab(lab: Colours) -> Colours:
    """Return Oklab colours as coded ones; what no screen shows lies outside 0..1."""
    linear = ((lab @ _FROM_LAB.T) ** 3) @ _FROM_CONES.T
    positive = np.maximum(linear, 0.0)
    curved = 1.055 * positive ** (1 / 2.4) - 0.055
    return np.asarray(np.where(linear <= _LINEAR_KNEE, linear * 12.92, curved))
