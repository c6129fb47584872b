"""Pictures of a wide range of light or colours, as an ordinary screen shows them.

The same steps as the filters that bring such footage into a film (`colours.narrowed`), for
the single pictures of thumbnails, measures and previews: a clip looks there as it will in
its film. Light is linear in between, 1.0 a graphic's white.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from clipbot.media.colours import HLG, PQ, WHITE_NITS

Light = npt.NDArray[np.float64]
"""`(height, width, 3)` RGB."""

_TO_709: Final = {
    9: np.array(
        [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
    ),
    11: np.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]]),
    12: np.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]]),
}
"""Linear RGB of BT.2020 (ITU-R BT.2407) and of P3, in BT.709's primaries."""
_DISPLAY_GAMMA: Final = 2.4
"""ITU-R BT.1886."""
_KNEE, _PEAK = 0.9, 10.0
"""Where light begins to be compressed, and what becomes white: as in `colours.narrowed`."""


def is_wide(frame: VideoFrame) -> bool:
    """Return whether a picture must be narrowed."""
    return frame.color_trc in (PQ, HLG) or frame.color_primaries in _TO_709


def narrow(picture: Light, transfer: int, primaries: int) -> Light:
    """Return a picture in BT.709.

    Args:
        picture: As coded, 0..1, in the primaries and by the transfer of the next two.
        transfer: Number of ITU-T H.273; one that is not of a high dynamic range is BT.709's.
        primaries: The same.

    Returns:
        The same shape, 0..1, coded for an ordinary screen.
    """
    light = _linear(np.clip(picture, 0.0, 1.0), transfer)
    light = light @ _TO_709.get(primaries, _TO_709[9]).T
    if transfer in (PQ, HLG):
        light = _compressed(light)
    coded: Light = np.clip(light, 0.0, 1.0) ** (1.0 / _DISPLAY_GAMMA)
    return coded


def _linear(coded: Light, transfer: int) -> Light:
    match transfer:
        case 16:
            return _pq(coded) * 10_000.0 / WHITE_NITS
        case 18:
            return _hlg(coded) * 1_000.0 / WHITE_NITS
        case _:
            light: Light = coded**_DISPLAY_GAMMA
            return light


def _pq(coded: Light) -> Light:
    """Return light, 1.0 being 10,000 nits (SMPTE ST 2084)."""
    root = coded ** (32 / 2523)
    light: Light = (np.maximum(root - 107 / 128, 0.0) / (2413 / 128 - 2392 / 128 * root)) ** (
        8192 / 1305
    )
    return light


def _hlg(coded: Light) -> Light:
    """Return what a screen of 1,000 nits shows, 1.0 being that (ITU-R BT.2100, table 5).

    The screen's curve is taken for each channel alone, as the film's filters do.
    """
    a = 0.17883277
    scene = np.where(
        coded <= 0.5,  # noqa: PLR2004 - where the two halves of the curve meet
        coded**2 / 3,
        (np.exp((coded - (0.5 - a * np.log(4 * a))) / a) + (1 - 4 * a)) / 12,
    )
    light: Light = scene**1.2
    return light


def _compressed(light: Light) -> Light:
    """Return light whose brightest channel is brought below 1 by a Möbius curve."""
    most = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    knee, peak = _KNEE, _PEAK
    a = -knee * knee * (peak - 1) / (knee * knee - 2 * knee + peak)
    b = (knee * knee - 2 * knee * peak + peak) / (peak - 1)
    scale = (b * b + 2 * b * knee + knee * knee) / (b - a)
    curved = np.where(most <= knee, most, scale * (most + a) / (most + b))
    compressed: Light = light * (curved / most)
    return compressed
