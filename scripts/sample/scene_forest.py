# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Clip 3: an old forest in the morning, shafts of sun, dust and fireflies, lanterns on the path."""

from typing import Final

import cv2
import numpy as np

from . import forest_plates as plates
from . import lantern
from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    Look,
    colour,
    ease,
    noise,
    points,
    shifted,
    smooth,
)

HORIZON: Final = 400.0
FOCAL: Final = 820.0
EYE: Final = 1.5
SPEED: Final = 0.62
DEEP: Final = 30.0
LIGHT_FROM: Final = (330.0, -260.0)


class Scene:
    """Light between the trees."""

    look = Look(exposure=1.1, bloom=0.26, threshold=0.75, vignette=0.38, saturation=1.1)

    def __init__(self) -> None:
        """Paint far wood, bark, ground and beams; plant the trees."""
        rng = np.random.default_rng(30)
        self.far = plates.far_wood()
        self.leaves = noise(1024, 1024, 24, 31, 5, 0.6)
        self.floor = noise(1024, 1024, 12, 32, 6, 0.6)
        self.dapple = noise(1024, 1024, 10, 33, 4)
        self.beams = plates.beams()
        self.barks = [plates.bark(seed) for seed in range(5)]
        self.ferns = [plates.fern(seed) for seed in range(4)]
        count = 64
        z = np.sort(rng.uniform(0, DEEP, count))
        side = np.where(rng.random(count) < 0.5, -1, 1)
        x = side * (1.35 + rng.gamma(1.6, 1.7, count)) + 0.4 * np.sin(z * 0.5)
        self.trees = np.stack(
            [x, z, rng.uniform(0.16, 0.42, count), rng.integers(0, 5, count)], axis=1
        )
        z = rng.uniform(0, DEEP, 90)
        side = np.where(rng.random(90) < 0.5, -1, 1)
        self.plants = np.stack([side * (0.85 + rng.gamma(1.3, 1.3, 90)), z, rng.uniform(0.5, 1.1, 90), rng.integers(0, 4, 90)], axis=1)  # fmt: skip  # noqa: E501
        self._aim()
        self.dust = rng.uniform((-3.2, 0.05, 0, 0), (3.2, 3.4, 12, 6.28), (520, 4))

    def _aim(self) -> None:
        """Lay the beams around the place where the light comes from."""
        rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        right, down = columns - LIGHT_FROM[0], rows - LIGHT_FROM[1]
        far = np.hypot(right, down)
        self.angle = np.mod((np.arctan2(right, down) + 1) * 420, self.beams.shape[1])
        self.away = np.clip(far / 6, 0, self.beams.shape[0] - 1)
        self.fade = np.asarray(0.52 * np.exp(-((far / 760) ** 2.4)), np.float32)

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        gone = SPEED * t
        image = shifted(self.far, 60 + 2 * t, 0, 1 + 0.004 * t)
        self._ground(image, gone)
        things: list[tuple[float, str, int]] = []
        things += [((z - gone) % DEEP, "tree", i) for i, z in enumerate(self.trees[:, 1])]
        things += [((z - gone) % DEEP, "plant", i) for i, z in enumerate(self.plants[:, 1])]
        things += [((2.3 * i + 1.0 - gone) % 23.0, "lamp", i) for i in range(10)]
        shone = False
        for z, kind, number in sorted(things, reverse=True):
            if z < 3.2 and not shone:
                self._shine(image, t)
                shone = True
            if z > 0.75:
                {"tree": self._tree, "plant": self._plant, "lamp": self._lamp}[kind](
                    image, number, z, t
                )
        self._dust(image, t, gone)
        return image

    def _air(self, z: float) -> float:
        return float(1 - np.exp(-((z / 17.0) ** 1.35)))

    def _ground(self, image: Image, gone: float) -> None:
        first = int(HORIZON) + 2
        rows = np.arange(first, HEIGHT, dtype=np.float32)[:, None] + 0.5 - np.float32(HORIZON)
        depth = np.float32(EYE * FOCAL) / rows
        across = (
            (np.arange(WIDTH, dtype=np.float32)[None] + 0.5 - WIDTH / 2) / np.float32(FOCAL) * depth
        )
        away = depth + np.float32(gone)
        leaf = 0.6 * _tiled(self.floor, across, away, 150) + 0.4 * _tiled(
            self.floor, across, away, 620
        )
        spots = _tiled(self.dapple, across, away, 75)
        path = np.exp(-(((across - 0.35 * np.sin(away * 0.55)) / (0.62 + 0.1 * leaf)) ** 4))
        soil = colour("#6b4f2e") * (0.4 + 0.8 * leaf[..., None])
        moss = colour("#35632a") * (0.25 + 1.1 * leaf[..., None])
        tone = moss + (soil - moss) * path[..., None]
        sun = smooth(0.5, 0.75, spots)[..., None]
        tone = tone * (0.35 + sun * colour("#ffe9a0") * 1.9)
        haze = (1 - np.exp(-((depth / 17.0) ** 1.35)))[..., None]
        tone += (plates.MIST - tone) * haze
        image[first:] += (tone - image[first:]) * smooth(0, 46, rows)[..., None]

    def _place(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        scale = FOCAL / z
        return WIDTH / 2 + x * scale, HORIZON + (EYE - y) * scale, scale

    def _tree(self, image: Image, number: int, z: float, t: float) -> None:
        del t
        x, _, wide, kind = self.trees[number]
        column, foot, scale = self._place(float(x), 0.0, z)
        half = wide * scale
        left, right = int(column - half * 2.4), int(column + half * 2.4) + 1
        if right < 2 or left > WIDTH - 2 or half < 0.6:
            return
        a, b, bottom = max(left, 0), min(right, WIDTH), min(int(foot + half * 0.4), HEIGHT)
        bark = self.barks[int(kind)]
        rows = np.arange(bottom, dtype=np.float32)[:, None]
        flare = (
            1
            + 0.9 * np.exp(-(foot - rows) / (half * 0.9 + 1))
            + 0.12 * np.sin(rows / (half * 3 + 9) + number)
        )
        lean = (rows - foot) * np.float32(0.03 * np.sin(number * 1.7))
        place = (np.arange(a, b, dtype=np.float32)[None] - np.float32(column) - lean) / (
            half * flare
        )
        u = (place * 0.5 + 0.5) * np.float32(bark.shape[1] - 1)
        v = np.mod((rows - foot) / scale * 210 + 0 * place, bark.shape[0]).astype(np.float32)
        picture = cv2.remap(
            bark, u.astype(np.float32), v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        soft = max(1.2, 5.0 * (1.6 / z) ** 2) / half
        cover = smooth(1 + soft / 2, 1 - soft / 2, np.abs(place))
        root = foot + half * 0.34 * np.sqrt(np.clip(1 - place**2, 0, 1))
        cover = cover * smooth(half * 0.1 + 1, -half * 0.16 - 1, rows - root)
        picture = picture * (0.5 + 0.5 * np.clip((foot - rows) / (scale * 2.2), 0, 1))[..., None]
        air = self._air(z)
        picture = picture + (plates.MIST - picture) * np.float32(air)
        part = image[:bottom, a:b]
        part += (picture - part) * (cover * np.float32(ease(0.75, 1.3, z)))[..., None]

    def _plant(self, image: Image, number: int, z: float, t: float) -> None:
        x, _, size, kind = self.plants[number]
        column, row, scale = self._place(float(x), 0.0, z)
        sway = 0.05 * np.sin(1.2 * t + number)
        fern = self.ferns[int(kind)]
        shine = float(0.5 + 0.5 * np.sin(number * 7.3) ** 2) * (1 + 1.2 * self._air(z))
        fern.draw(image, column, row - 0.28 * size * scale, size * scale, sway, shine)

    def _lamp(self, image: Image, number: int, z: float, t: float) -> None:
        side = -1 if number % 2 else 1
        x, y = side * (1.02 + 0.12 * np.sin(number * 2.2)), 1.78 + 0.25 * np.sin(number * 1.9)
        column, row, scale = self._place(x, y, z)
        swing = 0.08 * np.sin(1.3 * t + number)
        near = ease(0.8, 1.6, z) * ease(22.5, 17, z)
        reach = max(int(1.7 * scale), 2)
        a, b = int(column - 0.5), int(column + 1.5)
        if a > 0 and b < WIDTH:
            image[max(0, int(row) - reach) : max(0, int(row)), a:b] *= np.float32(1 - 0.5 * near)
        lantern.glow().draw(image, column, row, 1.9 * scale, light=0.5 * near)
        lantern.round_lantern().draw(image, column, row, 0.42 * scale, swing, 1.1 * near)

    def _shine(self, image: Image, t: float) -> None:
        sway = shifted(
            self.beams,
            8 * np.sin(0.23 * t) + 3 * t,
            0,
            1,
            (self.beams.shape[1], self.beams.shape[0]),
        )
        light = cv2.remap(sway, self.angle, self.away, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
        image += light[..., None] * colour("#ffe08a") * self.fade[..., None]

    def _dust(self, image: Image, t: float, gone: float) -> None:
        x0, y0, z0, phase = self.dust.T
        z = np.mod(z0 - gone, 12.0) + 0.7
        x = x0 + 0.12 * np.sin(0.5 * t + phase) + 0.05 * t
        y = y0 + 0.1 * np.sin(0.37 * t + 2 * phase)
        scale = FOCAL / z
        column, row = WIDTH / 2 + x * scale, HORIZON + (EYE - y) * scale
        blink = 0.55 + 0.45 * np.sin(phase * 5 + t * (0.8 + 0.3 * phase))
        for kind, tone in ((0, "#fff0b0"), (1, "#d8ff6a")):
            for low, high, sigma, strength in (
                (4, 13, 1.0, 0.55),
                (2, 4, 1.7, 0.42),
                (1.1, 2, 3.4, 0.16),
                (0.6, 1.1, 7, 0.06),
            ):
                kept = (z >= low) & (z < high) & ((np.arange(len(z)) % 3 == 0) == bool(kind))
                light = blink[kept, None] * colour(tone) * strength * (2.4 if kind else 1.0)
                points(image, column[kept], row[kept], sigma, light.astype(np.float32))


def _tiled(plate: Image, across: Image, away: Image, scale: float) -> Image:
    """Return what a tiling plate shows on the ground, `scale` of its px to the map unit."""
    size = plate.shape[0]
    u = np.mod(across * scale + size / 2, size).astype(np.float32)
    v = np.mod(away * scale + 0 * across, size).astype(np.float32)
    found = cv2.remap(plate, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(found, np.float32)
