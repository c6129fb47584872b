# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Silhouettes: the traveller in a long coat, with or without an umbrella, as sprites made once."""

from functools import cache

import numpy as np

from .canvas import Image, Sprite, blurred, colour, polygon, smooth

COAT = (
    (-14, -66), (14, -66), (30, -56), (36, -30), (35, 10), (42, 60), (52, 104),
    (-50, 104), (-42, 60), (-35, 10), (-36, -30), (-30, -56),
)  # fmt: skip
LEFT_LEG = ((-26, 98), (-4, 98), (-6, 142), (0, 148), (-24, 148))
RIGHT_LEG = ((4, 98), (26, 98), (24, 142), (32, 148), (6, 148))
ARM = ((24, -56), (36, -48), (52, 8), (44, 14), (28, -20))
CANOPY = ((-92, -104), (-80, -134), (-48, -160), (0, -170), (48, -160), (80, -134), (92, -104), (46, -112), (0, -106), (-46, -112))  # fmt: skip  # noqa: E501


def _shape(corners: tuple[tuple[float, float], ...]) -> Image:
    return polygon([(x + 110, y + 180) for x, y in corners], 340, 220)


@cache
def traveller(tone: str = "#1a0f12", rim: str = "#000000", *, umbrella: bool = False) -> Sprite:
    """Return the standing figure, dark, with a rim of light on its right side."""
    rows, columns = np.mgrid[0:340, 0:220].astype(np.float32)
    head = smooth(23, 21, np.hypot(columns - 110, rows - 96))
    hat = smooth(1.03, 0.97, np.hypot((columns - 110) / 34, (rows - 86) / 7))
    body = np.clip(head + hat, 0, 1)
    parts = [COAT, LEFT_LEG, RIGHT_LEG, ARM] + ([CANOPY] if umbrella else [])
    for part in parts:
        body = np.maximum(body, _shape(part))
    if umbrella:
        body = np.maximum(body, smooth(3, 1.5, np.abs(columns - 112)) * (rows > 20) * (rows < 180))
    inner = blurred(body, 3.0)
    edge = np.clip(inner - np.roll(inner, -6, axis=1), 0, 1) * body
    folds = 1 + 0.25 * np.sin(columns / 7 + rows / 60)
    light = colour(tone) * folds[..., None] + colour(rim) * (1.5 * edge)[..., None]
    return Sprite(np.dstack([light * body[..., None], body]))
