# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""What the train window of clip 5 is made of, painted once: clouds, hills, village, trees."""

from typing import Final

import cv2
import numpy as np

from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    colour,
    noise,
    points,
    polygon,
    smooth,
    streaks,
)

LAKE: Final = 408
FRAME: Final = (118, 54, 1162, 560)


def clouds() -> Image:
    """Return how much cloud covers every pixel of the sky; it wraps."""
    wide = streaks(HEIGHT, 2048, 4, 56)
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    return np.asarray(smooth(0.5, 0.95, wide) * smooth(380, 180, rows) * 0.5, np.float32)


def _profile(seed: int, width: int, cells: float, octaves: int) -> Image:
    plate = noise(64, width, cells, seed, octaves, 0.5)
    return np.asarray(plate[11], np.float32)


def ridge(seed: int, base: float, tall: float, cells: float, dark: str, bright: str) -> Image:
    """Return a wrapping line of hills, dark on top, hazy and bright at its foot."""
    width = 2048
    top = base + 30 - tall * _profile(seed, width, cells, 6) * 1.3
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    cover = smooth(-0.7, 0.7, rows - top)
    way = np.clip((rows - top) / 90, 0, 1)[..., None]
    grain = 0.85 + 0.3 * noise(1024, width, 60, seed + 9, 4)[:HEIGHT, :, None]
    tone = (colour(dark) + (colour(bright) - colour(dark)) * way) * grain
    return np.dstack([tone * cover[..., None], cover]).astype(np.float32)


def village(rng: np.random.Generator) -> Image:
    """Return the far shore: dark banks with small houses and lit windows, mirrored lights below."""
    width = 2560
    plate = np.zeros((HEIGHT, width, 4), np.float32)
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    top = LAKE - 6 - 26 * smooth(0.35, 0.8, _profile(57, width, 8, 5)) + 0 * rows
    bank = smooth(-0.8, 0.8, rows - top) * smooth(LAKE + 5, LAKE + 1, rows)
    tone = colour("#2a1c50")
    for x in rng.uniform(40, width - 60, 46):
        column = int(x)
        foot, wide, tall = float(top[0, column]), rng.uniform(12, 30), rng.uniform(9, 17)
        for corners in (
            [(x, foot - tall), (x + wide, foot - tall), (x + wide, foot + 14), (x, foot + 14)],
            [
                (x - 3, foot - tall),
                (x + wide / 2, foot - tall - wide * 0.42),
                (x + wide + 3, foot - tall),
            ],
        ):
            bank = np.maximum(bank, polygon(corners, HEIGHT, width))
    plate[..., :3] = tone * bank[..., None]
    plate[..., 3] = bank
    x = rng.uniform(30, width - 30, 150)
    y = np.array([float(top[0, int(c)]) for c in x]) + rng.uniform(-8, 8, 150)
    light = colour("#ffc070") * rng.uniform(0.5, 2.4, (150, 1))
    lights = np.zeros((HEIGHT, width, 3), np.float32)
    points(lights, x, y, 1.5, light.astype(np.float32))
    points(lights, x, y, 6.0, (light * 0.12).astype(np.float32))
    points(lights, x, 2 * LAKE - y + 12, 3.0, (light * 0.16).astype(np.float32))
    plate[..., :3] += lights
    return plate


def trees(seed: int, count: int, sizes: tuple[int, int], tone: str) -> Image:
    """Return a wrapping row of firs and round trees along the line, growing out of a dark bank."""
    rng = np.random.default_rng(seed)
    width = 2816
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    base = 455.0 if sizes[1] < 100 else 545.0
    top = base + 22 - 30 * _profile(seed, width, 9, 5)
    cover = smooth(-1, 1, rows - top) + 0.0
    for x in rng.uniform(0, width, count):
        if np.sin(x / width * 2 * np.pi * 3 + seed) < -0.25:
            continue
        tall = rng.uniform(*sizes)
        foot = float(top[int(x) % width]) + 6
        layers = 5
        for layer in range(layers):
            y = foot - tall * layer / layers
            half = tall * 0.24 * (1 - layer / (layers + 0.6))
            for wrap in (-width, 0, width):
                if -200 < x + wrap < width + 200:
                    shape = [
                        (x + wrap - half, y),
                        (x + wrap, y - tall * 0.42),
                        (x + wrap + half, y),
                    ]
                    _max_polygon(cover, shape)
    shade = colour(tone) * (0.9 + 0.5 * smooth(base - sizes[1], base + 60, rows))[..., None]
    return np.dstack([shade * cover[..., None], cover]).astype(np.float32)


def _max_polygon(cover: Image, corners: list[tuple[float, float]]) -> None:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top = max(int(min(xs)) - 2, 0), max(int(min(ys)) - 2, 0)
    right, bottom = min(int(max(xs)) + 3, cover.shape[1]), min(int(max(ys)) + 3, cover.shape[0])
    if left < right and top < bottom:
        part = cover[top:bottom, left:right]
        np.maximum(
            part,
            polygon([(x - left, y - top) for x, y in corners], bottom - top, right - left),
            out=part,
        )


def carriage() -> Image:
    """Return the wall around the window, with a margin so that it can sway."""
    height, width = HEIGHT + 40, WIDTH + 40
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    rows, columns = rows - 20, columns - 20
    left, top, right, bottom = FRAME
    side = np.maximum(np.abs(columns - (left + right) / 2) - (right - left) / 2 + 46, 0)
    tall = np.maximum(np.abs(rows - (top + bottom) / 2) - (bottom - top) / 2 + 46, 0)
    away = np.hypot(side, tall) - 46
    glass = smooth(1.0, -1.0, away)
    lamp = np.exp(-((np.hypot(columns - 905, rows - 560) / 420) ** 1.6))[..., None]
    grain = cv2.resize(
        noise(256, 256, 10, 59, 5, 0.6), (width, height // 8), interpolation=cv2.INTER_CUBIC
    )
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
    wood = colour("#3a1a22") * (0.55 + 0.7 * grain[..., None]) * (0.28 + 3.4 * lamp)
    panel = np.abs(((columns + 70) % 260) - 130) < 1.6
    wood *= 1 - 0.6 * (panel & (rows > bottom))[..., None]
    edge = np.exp(-(((away - 9) / 5.5) ** 2))[..., None]
    rubber = np.exp(-(((away - 1) / 3.2) ** 2))[..., None]
    wood = wood + edge * colour("#a8794a") * (0.2 + 2.2 * lamp)
    wood = wood * (1 - 0.9 * rubber)
    sill = (smooth(600, 604, rows) * smooth(760, 740, rows))[..., None]
    plank = (
        colour("#6b3826")
        * (0.5 + 0.8 * grain[..., None])
        * (0.3 + 3.6 * lamp)
        * (1.25 - (rows[..., None] - 600) / 260)
    )
    wood = wood + (plank - wood) * sill
    wood, glass = _curtains(wood, glass, lamp)
    wood += np.exp(-(((rows - 602) / 1.8) ** 2))[..., None] * colour("#e0a060") * (0.1 + 1.4 * lamp)
    for cup, tone in _cup():
        solid = polygon([(x + 20, y + 20) for x, y in cup], height, width)[..., None]
        wood = wood + (tone * (0.15 + 1.5 * lamp) - wood) * solid
        glass = glass * (1 - solid[..., 0])
    cover = 1 - glass
    return np.dstack([wood * cover[..., None], cover]).astype(np.float32)


def _curtains(wood: Image, glass: Image, lamp: Image) -> tuple[Image, Image]:
    """Return the wall and the glass behind a red curtain on either side."""
    rows, columns = np.mgrid[0 : HEIGHT + 40, 0 : WIDTH + 40].astype(np.float32)
    rows, columns = rows - 20, columns - 20
    for edge, inward in ((FRAME[0] - 78, 1), (FRAME[2] + 78, -1)):
        way = (columns - edge) * inward
        fold = 0.5 + 0.5 * np.sin(way * 0.16 + 0.9 * np.sin(rows * 0.006))
        reach = 74 + 40 * smooth(0, 560, rows) ** 2 + 5 * np.sin(rows * 0.021)
        hem = smooth(-34, -31, way) * smooth(606, 600, rows)
        cloth = (smooth(1, -1, way - reach) * hem)[..., None]
        tone = colour("#5c1626") * (0.25 + 0.85 * fold[..., None]) * (0.4 + 2.6 * lamp)
        wood, glass = wood + (tone - wood) * cloth, glass * (1 - cloth[..., 0])
    return wood, glass


def _cup() -> list[tuple[list[tuple[float, float]], Image]]:
    """Return a cup of tea on its saucer: shapes from the back to the front, with their tones."""
    turn = np.linspace(0, 2 * np.pi, 40)

    def oval(x: float, y: float, wide: float, tall: float) -> list[tuple[float, float]]:
        return [(x + wide * np.cos(a), y + tall * np.sin(a)) for a in turn]

    bowl = [(664 + 34 * np.cos(a), 596 + 42 * max(0.0, float(np.sin(a)))) for a in turn[:21]]
    return [
        (oval(664, 637, 58, 9), colour("#c8a078")),
        (oval(664, 634, 50, 6), colour("#8a5a3c")),
        (oval(702, 612, 13, 14), colour("#d8b48c")),
        (oval(701, 612, 7, 8), colour("#5a2a1c")),
        (bowl, colour("#e6c49a")),
        (oval(664, 596, 34, 7), colour("#f0d4a8")),
        (oval(664, 597, 29, 5), colour("#5c2410")),
    ]
