"""What the forest of clip 3 is made of, painted once: the far wood, bark, beams of light, ferns."""

from typing import Final

import cv2
import numpy as np

from .canvas import HEIGHT, Image, Sprite, colour, noise, polygon, smooth

MIST: Final = colour("#c4dc8c") * np.float32(0.66)


def far_wood() -> Image:
    """Return the bright depth of the forest behind the trees that move."""
    height, width = HEIGHT, 1500
    rng = np.random.default_rng(34)
    leaves = noise(750, width, 30, 35, 6, 0.62)[:height]
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None]
    light = np.exp(-(((columns - 640) / 420) ** 2) - (((rows - 250) / 260) ** 2))
    image = (
        colour("#5f8f45") * (0.35 + 0.9 * leaves[..., None])
        + light[..., None] * colour("#fff2b0") * 1.15
    )
    for layer in range(4):
        tone = colour("#7fa05a") * (0.75 - 0.12 * layer) + light[..., None] * colour("#ffeeb0") * (
            0.75 - 0.2 * layer
        )
        cover = np.zeros((height, width), np.float32)
        for x in rng.uniform(0, width, 26):
            half = rng.uniform(2, 5) * (1 + 0.55 * layer)
            lean = rng.uniform(-0.05, 0.05)
            cover = np.maximum(
                cover, smooth(half + 1.5, half - 1.5, np.abs(columns - x - lean * (rows - 400)))
            )
        image = image + (tone - image) * (0.6 * cover)[..., None]
    foot = smooth(300, 430, rows)[..., None] + 0 * image[..., :1]
    image = image + (MIST - image) * foot
    crown = smooth(330, 20, rows) * smooth(0.38, 0.62, leaves) * 0.75
    return np.asarray(image + (colour("#3f6b2c") - image) * crown[..., None], np.float32)


def bark(seed: int) -> Image:
    """Return bark: furrows along the trunk, rounded by light from the left."""
    height, width = 1024, 256
    fine = noise(256, 256, 26, 400 + seed, 4, 0.6)
    furrow = cv2.resize(fine, (width, height), interpolation=cv2.INTER_CUBIC)
    moss = noise(height, width, 3, 420 + seed, 4)
    across = np.linspace(-1, 1, width, dtype=np.float32)[None]
    round_light = np.clip(
        0.22
        + 0.9 * np.exp(-(((across + 0.55) / 0.38) ** 2))
        + 0.18 * np.exp(-(((across - 0.9) / 0.2) ** 2)),
        0,
        2,
    )
    tone = (
        colour("#5a4330")
        + (colour("#4f7a34") - colour("#5a4330")) * smooth(0.5, 0.75, moss)[..., None]
    )
    return np.asarray(
        tone * (0.25 + 0.9 * furrow[..., None]) * round_light[..., None] * 1.25, np.float32
    )


def beams() -> Image:
    """Return the shafts of light, unrolled: angle across, distance down."""
    width, height = 1280, 192
    row = noise(256, width, 18, 36, 4, 0.65)
    lines = np.asarray(cv2.resize(row[:12], (width, height)), np.float32)
    fine = noise(256, width, 50, 37, 2)[:1]
    return np.asarray(smooth(0.46, 0.95, lines) * (0.7 + 0.5 * fine), np.float32)


def fern(seed: int) -> Sprite:
    """Return a fern: a fan of bent fronds with paired leaflets."""
    rng = np.random.default_rng(440 + seed)
    size = 360
    picture = np.zeros((size, size, 4), np.float32)
    for frond in rng.permutation(13):
        spread = (frond - 6) / 6 * 1.25 + rng.uniform(-0.1, 0.1)
        long = rng.uniform(0.75, 1.0) * size * 0.62
        shade = colour("#4f8f34") * rng.uniform(0.3, 1.0) + colour("#d8e070") * rng.uniform(0, 0.25)
        way = np.linspace(0, 1, 30)
        bend = spread * (0.55 + 0.75 * way)
        x = size / 2 + np.cumsum(np.sin(bend)) * long / 30
        y = size * 0.82 - np.cumsum(np.cos(bend)) * long / 30
        for i in range(2, 30):
            leaf = size * 0.085 * (1 - way[i]) ** 0.7 + 2
            for hand in (-1, 1):
                turn = bend[i] + hand * 1.15
                tip = (x[i] + np.sin(turn) * leaf, y[i] - np.cos(turn) * leaf)
                corners = [(x[i], y[i] - 2.5), tip, (x[i], y[i] + 2.5)]
                _leaf(picture, corners, shade * (0.75 + 0.35 * way[i]))
    return Sprite(picture)


def _leaf(picture: Image, corners: list[tuple[float, float]], tone: Image) -> None:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top = max(int(min(xs)) - 2, 0), max(int(min(ys)) - 2, 0)
    right, bottom = min(int(max(xs)) + 3, picture.shape[1]), min(int(max(ys)) + 3, picture.shape[0])
    if left >= right or top >= bottom:
        return
    cover = polygon([(x - left, y - top) for x, y in corners], bottom - top, right - left)[
        ..., None
    ]
    part = picture[top:bottom, left:right]
    part *= 1 - cover
    part += cover * np.append(tone, 1).astype(np.float32)
