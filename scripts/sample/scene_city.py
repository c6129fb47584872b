# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Clip 6: a narrow street in the rain, neon in the wet asphalt, lanterns, an umbrella ahead."""

import cv2
import numpy as np

from . import figure, lantern
from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    Look,
    Sprite,
    blurred,
    colour,
    ease,
    noise,
    shifted,
    smooth,
)
from .facade import PER_UNIT, facade, neon

HORIZON = 388.0
FOCAL = 760.0
EYE = 1.55
HALF = 3.5
SPEED = 0.85
LOOP = 40.0


class Scene:
    """Neon and rain."""

    look = Look(exposure=1.15, bloom=0.34, threshold=0.5, vignette=0.36, saturation=1.12)

    def __init__(self) -> None:
        """Build both sides of the street, its signs and strings, and the rain."""
        rng = np.random.default_rng(50)
        self.sides = [facade(51), facade(57)]
        self.signs = _signs(rng)
        self._lay_out()
        self.puddles = noise(1024, 1024, 9, 52, 5)
        self.ripple = noise(1024, 1024, 40, 53, 3, 0.55) - 0.5
        self.rain = [
            _rain(seed, count, length)
            for seed, count, length in ((1, 600, 30), (2, 300, 60), (3, 90, 130))
        ]
        self.walker = figure.traveller("#08060c", "#8a3050", umbrella=True)
        self.mirror = Sprite(self.walker.levels[0][::-1])

    def _lay_out(self) -> None:
        columns = np.arange(WIDTH, dtype=np.float32)[None] + 0.5 - WIDTH / 2
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None] + 0.5 - HORIZON
        wall = HALF * FOCAL / np.maximum(np.abs(columns), 1.0) + 0 * rows
        ground = np.where(rows > 0.5, EYE * FOCAL / np.maximum(rows, 0.5), 1e6) + 0 * columns
        self.wet = ground < wall
        high = EYE - rows * wall / FOCAL
        mirrored = EYE * (wall / ground - 1)
        self.high = np.where(self.wet, mirrored, high).astype(np.float32)
        self.wall = wall.astype(np.float32)
        self.depth = np.where(self.wet, ground, wall).astype(np.float32)
        self.across = (columns / FOCAL * self.depth).astype(np.float32)
        self.first = int(HORIZON) + 1

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        gone = SPEED * t
        image = self._walls(gone)
        self._hung(image, t, gone, mirrored=True)
        self.mirror.draw(image, 632 + 4 * np.sin(3.1 * t), 655, 215, 0, 0.6)
        image[self.first :] = self._asphalt(image, t, gone)
        self._hung(image, t, gone, mirrored=False)
        stride = 2 * np.pi * 0.95 * t
        self.walker.draw(
            image,
            632 + 5 * np.sin(stride / 2),
            452 + 2.2 * np.sin(stride),
            255,
            0.018 * np.sin(stride / 2),
        )
        self._fall(image, t)
        return image

    def _walls(self, gone: float) -> Image:
        image = np.zeros((HEIGHT, WIDTH, 3), dtype=np.float32)
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
        glow = np.exp(-(((rows - HORIZON) / 190) ** 2))[..., None]
        image += colour("#131a44") * np.float32(0.7) + glow * (colour("#b03a86") * np.float32(0.75))
        haze = colour("#7a3a8c") * np.float32(0.62)
        thick = (1 - np.exp(-((self.wall / 26) ** 1.2)))[..., None]
        for side, part in enumerate((slice(0, WIDTH // 2), slice(WIDTH // 2, WIDTH))):
            plate = self.sides[side]
            along = np.mod((self.wall[:, part] + gone) * PER_UNIT, plate.shape[1]).astype(
                np.float32
            )
            up = plate.shape[0] - 1 - self.high[:, part] * PER_UNIT
            found = cv2.remap(plate, along, up, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
            tone = found[..., :3] + (haze * found[..., 3:] - found[..., :3]) * thick[:, part]
            image[:, part] = image[:, part] * (1 - found[..., 3:]) + tone
        return image

    def _project(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        scale = FOCAL / z
        return WIDTH / 2 + x * scale, HORIZON + (EYE - y) * scale, scale

    def _hung(self, image: Image, t: float, gone: float, *, mirrored: bool) -> None:
        """Draw signs and strings of lanterns, far ones first; mirrored, they hang below ground."""
        turn = -1.0 if mirrored else 1.0
        things: list[tuple[float, int]] = []
        for number, sign in enumerate(self.signs):
            things.append(((sign[1] - gone) % LOOP, number))
        things += [((4.0 + 3.6 * i - gone) % LOOP, -1 - i) for i in range(11)]
        for z, number in sorted(things, reverse=True):
            if z < 1.7:
                continue
            near = ease(1.7, 3.0, z) * float(np.exp(-z / 34)) * ease(LOOP, LOOP - 6, z)
            if number >= 0:
                x, _, y, tall, sprite, hum = self.signs[number]
                column, row, scale = self._project(x, turn * y, z)
                pulse = 0.92 + 0.08 * np.sin(t * hum)
                sprite.draw(
                    image, column, row, tall * scale * 1.25, np.pi if mirrored else 0, near * pulse
                )
            else:
                self._string(image, t, z, near, turn, -number)

    def _string(
        self, image: Image, t: float, z: float, near: float, turn: float, number: int
    ) -> None:
        tones = ("#ff2a14", "#ff5a1c", "#ff2a14", "#ff7a24", "#ff2a14")
        for place, tone in zip(np.linspace(-0.78, 0.78, 5), tones, strict=True):
            swing = 0.12 * np.sin(1.6 * t + number + 1.3 * place)
            y = 3.9 + 0.55 * place**2 + 0.25 * np.sin(number * 2.4)
            column, row, scale = self._project(place * HALF + 0.3 * swing, turn * y, z)
            lantern.glow().draw(image, column, row, 2.1 * scale, light=0.42 * near)
            lantern.round_lantern(tone).draw(image, column, row, 0.62 * scale, swing, near)

    def _asphalt(self, image: Image, t: float, gone: float) -> Image:
        part = slice(self.first, HEIGHT)
        depth, across, wet = self.depth[part], self.across[part], self.wet[part]
        u = np.mod(across * 110 + 512, 1024).astype(np.float32)
        v = np.mod((depth + gone) * 110, 1024).astype(np.float32)
        wave = self._ripples(u, np.mod(v + 60 * t, 1024))
        wave = wave + self._ripples(np.mod(u + 45 * t + 300, 1024), v)
        calm = np.clip(9 / depth, 0, 3) * wet
        columns, rows = np.meshgrid(
            np.arange(WIDTH, dtype=np.float32), np.arange(self.first, HEIGHT, dtype=np.float32)
        )
        seen = cv2.remap(
            image,
            columns + wave * calm * 4,
            rows + wave * calm * 11,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT,
        )
        smear = cv2.GaussianBlur(seen, (0, 0), 1.2, sigmaY=9)
        wide = (np.mod(across * 55 + 512, 1024), np.mod((depth + gone) * 55, 1024))
        pool = cv2.remap(self.puddles, *wide, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
        still = smooth(0.42, 0.62, np.asarray(pool, np.float32))[..., None]
        dry = smear * np.float32(0.42) + colour("#1a1c33") * np.float32(0.35)
        street = dry + (seen * np.float32(0.82) - dry) * still
        return np.where(wet[..., None], street, image[part]).astype(np.float32)

    def _ripples(self, u: Image, v: Image) -> Image:
        found = cv2.remap(self.ripple, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
        return np.asarray(found, np.float32)

    def _fall(self, image: Image, t: float) -> None:
        for plate, speed, light in zip(
            self.rain, (900, 1250, 1750), (0.05, 0.085, 0.1), strict=True
        ):
            drops = shifted(plate, 0.1 * speed * t, -speed * t)
            image += drops[..., None] * colour("#c9d4ff") * np.float32(light)


def _signs(rng: np.random.Generator) -> list[tuple[float, float, float, float, Sprite, float]]:
    """Return the signs: x, z, y of the middle, height, sprite, pulse in radians per second."""
    tones = ("#ff2f7e", "#22e0ff", "#ffb52e", "#9a5bff", "#3dffa0", "#ff5a36")
    found = []
    for number in range(34):
        side = -1 if number % 2 else 1
        tall = rng.uniform(0.9, 2.5)
        wide = rng.uniform(0.45, 0.75)
        x = side * (HALF - wide * 0.7)
        sprite = neon(int(rng.integers(1 << 30)), tones[int(rng.integers(6))], wide / tall)
        z = number * LOOP / 34 + rng.uniform(-0.3, 0.3)
        found.append((x, z, rng.uniform(2.3, 5.2), tall, sprite, rng.uniform(1, 4)))
    return found


def _rain(seed: int, count: int, length: int) -> Image:
    rng = np.random.default_rng(seed)
    plate = np.zeros((1024, 1536), dtype=np.float32)
    for x, y, light in rng.uniform((8, 0, 0.3), (1500, 1024, 1.0), (count, 3)):
        for wrap in (-1024, 0, 1024):
            start = (int((x) * 16), int((y + wrap) * 16))
            end = (int((x - length * 0.1) * 16), int((y + wrap + length) * 16))
            cv2.line(plate, start, end, float(light), 1, cv2.LINE_AA, 4)
    return blurred(plate, 0.8 if length < 100 else 1.4)
