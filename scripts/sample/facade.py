# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""House fronts and neon signs for the rainy street, painted once."""

from itertools import product
from typing import Final

import cv2
import numpy as np

from .canvas import Image, Sprite, colour, noise, smooth

PER_UNIT: Final = 64
FLOORS: Final = 9
SHADES: Final = ("#2a2f5c", "#3a2752", "#1f3a55", "#452748", "#27304a")
LIGHTS: Final = ("#ffc878", "#ffdca0", "#8fe6ff", "#ff9ad0", "#ffb060")


def facade(seed: int) -> Image:
    """Return one side of the street, 40 by 14 units, premultiplied; empty above the roofs."""
    rng = np.random.default_rng(seed)
    width, height = 40 * PER_UNIT, 14 * PER_UNIT
    plate = np.zeros((height, width, 4), dtype=np.float32)
    stains = noise(1280, width, 30, seed, 6)[:height]
    left = 0
    while left < width:
        right = min(width, left + int(rng.integers(3, 6)) * PER_UNIT)
        if width - right < 2 * PER_UNIT:
            right = width
        top = int(rng.uniform(0.0, 0.55) * height)
        house = plate[top:, left:right]
        wall = colour(SHADES[int(rng.integers(len(SHADES)))]) * rng.uniform(0.22, 0.45)
        house[..., :3] = wall * (0.6 + 0.8 * stains[top:, left:right, None])
        house[..., 3] = 1
        _windows(house, rng)
        _shop(house, rng)
        house[:, :4, :3] *= 0.3
        house[:5, :, :3] += colour("#6a5a9a") * 0.5
        left = right
    low = smooth(height * 0.35, height, np.arange(height, dtype=np.float32))[:, None, None]
    plate[..., :3] += plate[..., 3:] * low * colour("#ff5a8a") * 0.035
    return plate


def _windows(house: Image, rng: np.random.Generator) -> None:
    height, width = house.shape[:2]
    floor, bay = int(1.45 * PER_UNIT), PER_UNIT
    warm = LIGHTS[int(rng.integers(len(LIGHTS)))]
    for level, column in product(range(1, FLOORS), range(width // bay)):
        bottom = height - int(2.9 * PER_UNIT) - (level - 1) * floor
        top, x = bottom - int(0.85 * PER_UNIT), column * bay + 12
        if top < 12:
            continue
        pane = house[top:bottom, x : x + bay - 24, :3]
        lit = rng.random() < 0.42
        fall = np.linspace(0.75, 1.15, bottom - top, dtype=np.float32)[:, None, None]
        tone = colour(warm if rng.random() < 0.7 else LIGHTS[int(rng.integers(5))])
        pane[...] = (
            tone * fall * rng.uniform(0.25, 0.95) if lit else colour("#12204a") * 0.35 * fall
        )
        pane[:, pane.shape[1] // 2 - 1 : pane.shape[1] // 2 + 1] *= 0.25
        if lit and rng.random() < 0.5:
            pane[: int(rng.uniform(0.2, 0.6) * len(pane))] *= 0.45
        house[bottom : bottom + 5, x - 4 : x + bay - 20, :3] *= 1.9


def _shop(house: Image, rng: np.random.Generator) -> None:
    """Paint a ground floor: a lit inside with shelves and goods, a door, a cloth, an awning."""
    height, width = house.shape[:2]
    top, bottom = height - int(2.2 * PER_UNIT), height - int(0.3 * PER_UNIT)
    tone = colour(LIGHTS[int(rng.integers(5))]) * rng.uniform(0.3, 0.6)
    front = house[top:bottom, 12 : width - 12, :3]
    tall, wide = front.shape[:2]
    fall = np.linspace(1.5, 0.35, tall, dtype=np.float32)[:, None, None]
    middle = np.exp(-((np.linspace(-1, 1, wide, dtype=np.float32) / 0.75) ** 2))[None, :, None]
    front[...] = tone * fall * (0.35 + 0.75 * middle)
    for shelf in range(3):
        board = int(tall * (0.38 + 0.2 * shelf))
        x = 4
        while x < wide - 8:
            item = int(rng.integers(5, 15))
            high = int(rng.uniform(0.25, 0.9) * tall * 0.16)
            kind = colour(LIGHTS[int(rng.integers(5))]) * rng.uniform(0.02, 0.5)
            front[board - high : board, x : x + item] = kind * (
                0.5 + 0.5 * fall[board - high : board]
            )
            x += item + int(rng.integers(1, 7))
        front[board : board + 4] *= 0.12
    door = int(rng.uniform(0.1, 0.7) * wide)
    front[:, door : door + PER_UNIT] = tone * 0.12 * fall
    front[int(tall * 0.1) : int(tall * 0.55), door + 10 : door + PER_UNIT - 10] = tone * 1.3
    front[:, :: max(44, width // 5)] *= 0.1
    front[:, 1 :: max(44, width // 5)] *= 0.1
    _cloth(front, rng)
    awning = house[top - 24 : top + 8, 4 : width - 4, :3]
    stripe = (np.arange(awning.shape[1]) // 14 % 2).astype(np.float32)[None, :, None]
    slope = np.linspace(0.35, 1.0, 32, dtype=np.float32)[:, None, None]
    awning[...] = (
        colour(("#a02244", "#1a6478", "#8a5226")[int(rng.integers(3))])
        * slope
        * (0.2 + 0.3 * stripe)
    )
    house[bottom:, :, :3] *= 0.45


def _cloth(front: Image, rng: np.random.Generator) -> None:
    tall, wide = front.shape[:2]
    start = int(rng.uniform(0, 0.5) * wide)
    dye = colour(("#7a1f3c", "#1f3f7a", "#8a4a1c", "#245a4c")[int(rng.integers(4))])
    for panel in range(4):
        left = start + panel * 40
        piece = front[: int(tall * 0.3), left : left + 37]
        fold = (
            0.55
            + 0.3 * np.sin(np.linspace(0, 6.3, piece.shape[1], dtype=np.float32))[None, :, None]
        )
        piece[...] = dye * fold


def neon(seed: int, tone: str, ratio: float) -> Sprite:
    """Return a hanging sign whose strokes say nothing; `ratio` is width to height."""
    rng = np.random.default_rng(seed)
    height = 320
    width = max(60, int(height * ratio))
    strokes = np.zeros((height, width), dtype=np.float32)
    cv2.rectangle(strokes, (7, 7), (width - 8, height - 8), 1.0, 3, cv2.LINE_AA)
    cells = max(2, int((height - 40) / (width - 24)))
    side = (height - 44) / cells
    for cell in range(cells):
        middle = (width / 2, 26 + side * (cell + 0.5))
        _glyph(strokes, rng, middle, min(side, width - 24) * 0.38)
    pad = 40
    strokes = np.pad(strokes, pad)
    box = np.zeros_like(strokes)
    box[pad : pad + height, pad : pad + width] = 0.92
    halo = cv2.GaussianBlur(strokes, (0, 0), 5) * 1.6 + cv2.GaussianBlur(strokes, (0, 0), 16) * 1.3
    light = colour(tone)
    picture = np.zeros((*strokes.shape, 4), dtype=np.float32)
    picture[..., :3] = box[..., None] * light * 0.035 + halo[..., None] * light
    picture[..., :3] += strokes[..., None] * (light * 1.6 + 0.55)
    picture[..., 3] = cv2.GaussianBlur(box, (0, 0), 0.8)
    return Sprite(picture)


def _glyph(
    strokes: Image, rng: np.random.Generator, middle: tuple[float, float], reach: float
) -> None:
    x, y = middle

    def at(a: float, b: float) -> tuple[int, int]:
        return int((x + a * reach) * 8), int((y + b * reach) * 8)

    kind = int(rng.integers(5))
    if kind == 0:
        cv2.circle(strokes, at(0, 0), int(reach * 0.8 * 8), 1.0, 5, cv2.LINE_AA, 3)
        cv2.line(strokes, at(-0.4, 0), at(0.4, 0), 1.0, 5, cv2.LINE_AA, 3)
        return
    for place in rng.choice([-0.8, -0.3, 0.2, 0.7], 2 + kind % 2, replace=False):
        cv2.line(strokes, at(-0.8, place), at(0.8, place), 1.0, 5, cv2.LINE_AA, 3)
    for place in rng.choice([-0.6, 0.0, 0.6], 1 + kind % 2, replace=False):
        cv2.line(strokes, at(place, -0.95), at(place, 0.95), 1.0, 5, cv2.LINE_AA, 3)
    if kind > 2:
        cv2.line(strokes, at(0, 0.1), at(0.9, 0.95), 1.0, 5, cv2.LINE_AA, 3)
