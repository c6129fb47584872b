# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Clip 7: hundreds of sky lanterns rising over the curved rooftops of an old town."""

from itertools import product

import cv2
import numpy as np

from . import lantern
from .canvas import HEIGHT, WIDTH, Image, Look, colour, gradient, noise, polygon, shifted, smooth

COUNT = 520
PLATE = (1500, 1120)


class Scene:
    """The lantern festival."""

    look = Look(exposure=1.12, bloom=0.3, threshold=0.5, vignette=0.36, saturation=1.1)

    def __init__(self) -> None:
        """Paint the evening sky, build the roofs and light the lanterns."""
        rng = np.random.default_rng(70)
        self.sky = gradient(
            [
                (0, "#0c1038"),
                (0.3, "#27205f"),
                (0.55, "#6b2f73"),
                (0.72, "#c2556a"),
                (0.84, "#f08d5a"),
                (1, "#f5a25c"),
            ],
            1000,
        )
        self.smoke = noise(512, 2048, 6, 71, 5)
        self.roofs = [_roofs(rng, depth) for depth in (0, 1, 2)]
        z = 1 / rng.uniform(1 / 30, 1 / 1.05, COUNT) ** 1.0
        z = np.where(rng.random(COUNT) < 0.8, rng.uniform(6, 30, COUNT), z)
        z = np.sort(z)[::-1]
        self.z = z
        self.x = rng.uniform(-0.85, 0.85, COUNT) * z
        self.y = rng.uniform(-0.7, 1.05, COUNT) * z
        self.phase = rng.uniform(0, 6.28, COUNT)
        self.rise = rng.uniform(0.16, 0.3, COUNT)
        self.sprites = [lantern.sky(softness) for softness in (0.0, 5.0, 11.0)]

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        crane = 15.0 * t
        image = shifted(self.sky, 0, 205 - crane)
        haze = shifted(self.smoke, 14 * t, 0, 1, (WIDTH, 512))
        haze = np.asarray(cv2.resize(haze, (WIDTH, HEIGHT)), np.float32)
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
        image += (
            (smooth(0.35, 1, haze) * smooth(60, 560, rows))[..., None]
            * colour("#ff9a6a")
            * np.float32(0.22)
        )
        image += (
            np.exp(-((rows - 560 - crane) ** 2) / 30000)[..., None]
            * colour("#ff8a3c")
            * np.float32(0.2)
        )
        shown = 0
        for layer, (plate, shift) in enumerate(zip(self.roofs, (0.35, 0.7, 1.25), strict=True)):
            limit = (9.0, 4.0, 1.9)[layer]
            shown = self._lanterns(image, t, shown, limit)
            window = shifted(plate, 110 - 7 * t * shift, 225 - crane * shift * 1.35)
            image = image * (1 - window[..., 3:]) + window[..., :3]
        self._lanterns(image, t, shown, 0.0)
        return image

    def _lanterns(self, image: Image, t: float, first: int, until: float) -> int:
        """Draw lanterns from far to near, from number `first`, down to the depth `until`."""
        number = first
        while number < COUNT and self.z[number] > until:
            z, phase = float(self.z[number]), float(self.phase[number])
            span = 1.75 * z
            up = (
                self.y[number] + self.rise[number] * t * (1 + 0.2 * np.sin(phase)) + 0.7 * z
            ) % span - 0.7 * z
            side = self.x[number] + 0.06 * np.sin(0.7 * t + phase) + 0.035 * t
            scale = 700 / z
            column = WIDTH / 2 + side * scale
            row = 470 - up * scale + 15 * t * min(1.0, 4 / z) * 0.8
            size = 0.2 * scale
            if -size < column < WIDTH + size and -size < row < HEIGHT + size:
                self._one(image, float(column), float(row), size, z, phase, t)
            number += 1
        return number

    def _one(
        self, image: Image, column: float, row: float, size: float, z: float, phase: float, t: float
    ) -> None:
        flicker = 1 + 0.07 * np.sin(7 * t + 5 * phase) + 0.04 * np.sin(12.7 * t + phase)
        air = float(np.exp(-z / 40))
        tilt = 0.09 * np.sin(0.9 * t + phase)
        lantern.glow().draw(
            image,
            column,
            row + size * 0.15,
            size * (4.6 if z > 3 else 2.6),
            0,
            0.34 * flicker * air,
        )
        sprite = self.sprites[0 if z > 2.6 else 1 if z > 1.5 else 2]
        sprite.draw(image, column, row, size * 1.15, tilt, 1.15 * flicker * air)


def _roofs(rng: np.random.Generator, depth: int) -> Image:
    """Return a plate of roofs: 0 is far and hazy, 2 is near and dark."""
    width, height = PLATE
    plate = np.zeros((height, width, 4), dtype=np.float32)
    base = (585, 690, 850)[depth]
    house = (120, 215, 430)[depth]
    body = colour(("#5b2a5e", "#2f1741", "#160b26")[depth])
    edge = colour(("#c8637a", "#b14a5c", "#8a3340")[depth])
    x = -house * 0.4
    while x < width:
        span = house * rng.uniform(0.75, 1.3)
        lift = rng.uniform(-0.28, 0.3) * house * 0.6
        for tier in range(int(rng.integers(1, 3 if depth else 4))):
            shrink = 0.74**tier
            top = base + lift - tier * house * 0.36
            _house(plate, rng, (x + span / 2, top, span * shrink, house * 0.34), (body, edge))
        x += span * rng.uniform(0.7, 0.95)
    return plate


def _house(
    plate: Image,
    rng: np.random.Generator,
    place: tuple[float, float, float, float],
    tones: tuple[Image, Image],
) -> None:
    middle, top, span, tall = place
    half = span / 2
    left, right = middle - half * 0.72, middle + half * 0.72
    _stamp(plate, [(left, top), (right, top), (right, PLATE[1]), (left, PLATE[1])], tones[0] * 0.8)
    panes = max(3, int(span / max(tall * 0.24, 7)))
    wide, high = half * 0.8 / panes, tall * 0.24
    for row, pane in product(range(4), range(panes)):
        if rng.random() < 0.45:
            continue
        x, y = middle - half * 0.62 + pane * half * 1.24 / panes, top + tall * (0.2 + row * 0.42)
        light = colour("#ffb35c" if rng.random() < 0.8 else "#ff7d4a") * rng.uniform(0.25, 1.5)
        _stamp(plate, [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], light)
    curve = np.linspace(-1, 1, 33)
    eave = [(middle + c * half, top + tall * (0.1 - 0.24 * abs(c) ** 3)) for c in curve]
    ridge = [
        (middle + c * half * 0.5, top - tall * (0.62 + 0.1 * abs(c) ** 4)) for c in curve[::-1]
    ]
    _stamp(plate, eave + ridge, tones[0], (tones[1], colour("#ff9a4a")))


def _stamp(
    plate: Image,
    corners: list[tuple[float, float]],
    tone: Image,
    edges: tuple[Image, Image] | None = None,
) -> None:
    """Cover a polygon with a tone; `edges` are the tones of lines along its top and bottom."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top = max(int(min(xs)) - 4, 0), max(int(min(ys)) - 4, 0)
    right, bottom = min(int(max(xs)) + 5, plate.shape[1]), min(int(max(ys)) + 5, plate.shape[0])
    if left >= right or top >= bottom:
        return
    shape = polygon([(x - left, y - top) for x, y in corners], bottom - top, right - left)
    part = plate[top:bottom, left:right]
    if edges is None:
        _cover(part, shape, tone)
        return
    way = np.linspace(1.35, 0.75, bottom - top, dtype=np.float32)[:, None, None]
    _cover(part, shape, tone * way)
    for step, edge, strength in ((3, edges[0], 0.8), (-3, edges[1], 0.7)):
        moved = np.roll(shape, step, axis=0)
        _cover(part, np.clip(shape - moved, 0, 1) * np.float32(strength), edge)


def _cover(plate: Image, amount: Image, tone: Image) -> None:
    plate *= 1 - amount[..., None]
    plate[..., :3] += tone * amount[..., None]
    plate[..., 3] += amount
