"""The paper lantern that appears in every scene, as sprites made once."""

from functools import cache

import numpy as np

from .canvas import Image, Sprite, blurred, colour, noise, smooth


@cache
def glow() -> Sprite:
    """Return a round amber glow: pure light, no body."""
    rows, columns = np.mgrid[-1:1:192j, -1:1:192j]
    away = np.sqrt(rows**2 + columns**2).astype(np.float32)
    fall = np.clip(1 - away, 0, 1) ** 2 * (0.22 / (0.05 + away**1.6)) * 0.25
    picture = np.zeros((192, 192, 4), dtype=np.float32)
    picture[..., :3] = fall[..., None] * colour("#ff9a3c")
    return Sprite(picture)


@cache
def sky(softness: float = 0.0) -> Sprite:
    """Return a sky lantern, brightest at its flame; `softness` blurs it (px of 256)."""
    rows, columns = np.mgrid[-1:1:256j, -1:1:256j].astype(np.float32)
    half = 0.46 * np.sqrt(np.clip(1 - np.clip((-rows - 0.1) / 0.62, 0, 1) ** 2.6, 0, 1))
    half *= 1 - 0.26 * np.clip((rows - 0.05) / 0.6, 0, 1) ** 1.4
    body = smooth(0.012, -0.012, np.abs(columns) - half) * smooth(
        0.66, 0.64, np.abs(rows + 0.02) * 1.0
    )
    flame = np.exp(-((columns / 0.34) ** 2) - ((rows - 0.5) / 0.62) ** 2)
    ribs = 0.88 + 0.12 * np.cos(columns / np.maximum(half, 0.05) * 7.5)
    paper = 0.85 + 0.3 * (noise(256, 256, 9, 4) - 0.5)
    light = (0.25 + 2.6 * flame) * ribs * paper
    warm = (
        colour("#ff7a1c")
        + (colour("#ffd78a") - colour("#ff7a1c")) * np.clip(flame, 0, 1)[..., None]
    )
    return Sprite(_soft(np.dstack([warm * light[..., None] * body[..., None], body]), softness))


@cache
def round_lantern(tone: str = "#ff9440", *, tassel: bool = True) -> Sprite:
    """Return a round lantern with dark caps; one that floats has no tassel."""
    rows, columns = np.mgrid[-1:1:256j, -1:1:256j].astype(np.float32)
    away = np.sqrt((columns / 0.56) ** 2 + ((rows + 0.08) / 0.5) ** 2)
    body = smooth(1.02, 0.98, away)
    ribs = 0.8 + 0.2 * np.abs(np.cos(rows * 24))
    light = (0.35 + 2.1 * np.exp(-(away**2) * 1.7)) * ribs
    shade = colour(tone) + (colour("#ffe2a6") - colour(tone)) * np.exp(-(away**2) * 3.2)[..., None]
    picture = np.dstack([shade * light[..., None] * body[..., None], body])
    for middle in (-0.6, 0.44):
        cap = smooth(0.24, 0.22, np.abs(columns)) * smooth(0.06, 0.045, np.abs(rows - middle))
        picture = picture * (1 - cap[..., None]) + np.dstack(
            [cap * 0.05, cap * 0.02, cap * 0.015, cap]
        )
    if tassel:
        cord = smooth(0.04, 0.025, np.abs(columns)) * smooth(0.22, 0.2, np.abs(rows - 0.7))
        picture *= 1 - cord[..., None]
        picture += np.dstack([cord * 0.5, cord * 0.09, cord * 0.03, cord])
    return Sprite(_soft(picture, 0.0))


@cache
def ghost() -> Sprite:
    """Return the mirror image of a lantern in a window: soft light without a body."""
    picture = blurred(round_lantern(tassel=False).levels[0], 4.0)
    picture[..., 3] = 0
    return Sprite(picture)


def _soft(picture: Image, softness: float) -> Image:
    framed = np.pad(picture, ((24, 24), (24, 24), (0, 0)))
    return blurred(framed, softness) if softness else np.asarray(framed, dtype=np.float32)
