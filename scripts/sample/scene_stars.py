"""Clip 1: snow ridges under the turning milky way, mist, the first lanterns rising."""

import cv2
import numpy as np

from . import lantern
from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    Look,
    blurred,
    colour,
    gradient,
    noise,
    points,
    shifted,
    smooth,
)
from .terrain import Camera, Terrain, lit

POLE = np.array([930.0, 60.0])
TURN = 0.0085


class Scene:
    """Night over the mountains."""

    look = Look(exposure=1.25, bloom=0.22, threshold=0.55, vignette=0.34, saturation=1.1)

    def __init__(self) -> None:
        """Paint the sky, scatter the stars and raise the mountains."""
        rng = np.random.default_rng(41)
        self.sky = gradient(
            [
                (0, "#060b22"),
                (0.25, "#0b1a44"),
                (0.42, "#173f70"),
                (0.53, "#4f8f97"),
                (0.6, "#c9b28a"),
            ]
        )
        self.band, density = _milky_way()
        self._scatter(rng, density)
        self.land = _mountains()
        self.lanterns = np.stack(
            [
                rng.uniform(-420, 520, 16),
                rng.uniform(-60, 330, 16),
                rng.uniform(0.35, 1.0, 16),
                rng.uniform(0, 6, 16),
            ],
            axis=1,
        )

    def _scatter(self, rng: np.random.Generator, density: Image) -> None:
        size = density.shape[0]
        place = rng.uniform(0, size, (42000, 2))
        chance = 0.1 + density[place[:, 1].astype(int), place[:, 0].astype(int)]
        place = place[rng.random(len(place)) < chance * 0.75]
        self.stars = place - size / 2
        power = rng.pareto(1.6, len(place)) + 0.2
        self.power = np.clip(power * 0.32, 0.06, 5.5)
        warmth = rng.random((len(place), 1))
        self.tint = colour("#a9c4ff") * (1 - warmth) + colour("#ffe2b8") * warmth
        self.phase = rng.uniform(0, 6.28, len(place))

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        image = self.sky.copy()
        self._stars(image, t)
        camera = Camera(
            x=20.0 + 0.16 * t, y=5.6, z=4.0 + 0.07 * t, yaw=0.1, horizon=330, focal=1050
        )
        tall, shade, depth = self.land.samples(camera, 1600)
        haze = 1 - np.exp(-((depth / 30) ** 1.4))
        mist = np.exp(-np.clip(tall - 0.35, 0, 9) / 0.3) * smooth(3.0, 11, depth) * 0.8
        shade += (colour("#2c5c96") * np.float32(0.62) - shade) * haze[..., None]
        shade += (colour("#7fa6c4") * np.float32(0.34) - shade) * mist[..., None]
        view = self.land.view(camera, tall, shade)
        image = image * (1 - view.cover[..., None]) + view.land
        self._lanterns(image, t)
        return image

    def _stars(self, image: Image, t: float) -> None:
        angle = TURN * t
        cos, sin = np.cos(angle), np.sin(angle)
        size = self.band.shape[0]
        scale = size / 3000
        matrix = np.array([[cos, sin, 0], [-sin, cos, 0]], dtype=np.float32)
        matrix[:, 2] = -matrix[:, :2] @ POLE + 1500
        matrix *= np.float32(scale)
        band = _warp(self.band, matrix)
        fade = smooth(440, 250, np.arange(HEIGHT, dtype=np.float32))[:, None, None]
        image += band * fade
        x = POLE[0] + self.stars[:, 0] * cos - self.stars[:, 1] * sin
        y = POLE[1] + self.stars[:, 0] * sin + self.stars[:, 1] * cos
        twinkle = 1 + 0.22 * np.sin(self.phase + t * (1.5 + self.phase))
        light = (
            self.tint
            * (self.power * twinkle)[:, None]
            * smooth(450, 250, y.astype(np.float32))[:, None]
        )
        for low, high, sigma in ((0, 0.5, 0.62), (0.5, 1.6, 0.8), (1.6, 9, 1.15)):
            kept = (self.power >= low) & (self.power < high)
            points(image, x[kept], y[kept], sigma, light[kept].astype(np.float32))
        self._meteor(image, t)

    def _meteor(self, image: Image, t: float) -> None:
        way = (t - 5.6) / 0.75
        if not 0 < way < 1:
            return
        tail = np.linspace(0, 1, 90)
        x = 330 + 330 * way - tail * 150 * np.sin(way * np.pi)
        y = 70 + 120 * way - tail * 55 * np.sin(way * np.pi)
        light = (1 - tail)[:, None] ** 2 * colour("#dff0ff") * np.sin(way * np.pi) * 0.9
        points(image, x, y, 0.9, light.astype(np.float32))

    def _lanterns(self, image: Image, t: float) -> None:
        for x, y, near, phase in self.lanterns[np.argsort(self.lanterns[:, 2])]:
            across = WIDTH / 2 + x * near * 1.5 + 14 * np.sin(0.5 * t + phase) - 12 * near * t
            up = 640 - y * (1.3 - near * 0.4) - (13 + 15 * near) * t
            size = 13 + 40 * near**2.4
            flicker = 1 + 0.06 * np.sin(9 * t + phase * 3) + 0.04 * np.sin(14.3 * t + phase)
            lantern.glow().draw(image, across, up, size * 6.5, light=0.55 * flicker * (0.35 + near))
            lantern.sky().draw(
                image, across, up, size, 0.07 * np.sin(0.8 * t + phase), flicker * 1.1
            )


def _warp(plate: Image, matrix: Image) -> Image:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(plate, matrix, (WIDTH, HEIGHT), flags=flags), np.float32)


def _milky_way() -> tuple[Image, Image]:
    size = 1500
    rows, columns = np.mgrid[-1500:1500:2, -1500:1500:2].astype(np.float32)
    slant = np.float32(-0.95)
    along = columns * np.cos(slant) + rows * np.sin(slant)
    across = -columns * np.sin(slant) + rows * np.cos(slant) + 120
    wisps = noise(size, size, 9, 5, 6, 0.62)
    across = across + (noise(size, size, 4, 6) - 0.5) * 260
    core = np.exp(-((across / 210) ** 2))
    lanes = noise(size, size, 14, 8, 6, 0.6)
    dust = np.exp(-(((across + 20) / 85) ** 2)) * smooth(0.36, 0.66, lanes)
    body = core * (0.25 + 1.1 * wisps**2) * (1 - 0.85 * dust)
    middle = np.exp(-((across / 95) ** 2)) * np.exp(-(((along + 260) / 620) ** 2))
    wide = np.exp(-((across / 420) ** 2))
    band = body[..., None] * colour("#8fa4e8") * 0.36
    band += (body * middle)[..., None] * colour("#ffd2ad") * 0.42
    band += (wide * (0.4 + 0.6 * wisps))[..., None] * colour("#54409c") * 0.13
    return blurred(band.astype(np.float32), 1.2), np.clip(body * 1.3, 0, 1)


def _mountains() -> Terrain:
    size, span = 1024, 60.0
    warp = noise(size, size, 6, 3) - 0.5
    ridges = 1 - np.abs(2 * noise(size, size, 5, 12, 7, 0.47) - 1)
    ridges = shifted(ridges, 0, 0, 1, (size, size))
    broad = noise(size, size, 3, 9, 3)
    height = (ridges**2.0 * 3.6 + broad * 1.9 + warp * 0.5) * (0.35 + 0.8 * broad)
    height = blurred(height.astype(np.float32), 0.8)
    light = lit(height, span, (-0.72, 0.5, 0.3))
    slope = np.hypot(np.gradient(height, axis=0), np.gradient(height, axis=1)) * size / span
    snow = smooth(2.3, 1.0, slope) * smooth(0.5, 1.6, height)
    ground = colour("#16233f") * (1 - snow[..., None]) + colour("#9fc0ea") * snow[..., None]
    paint = ground * (0.1 + 0.8 * light[..., None])
    return Terrain(height, paint.astype(np.float32), span, 9.0, 62.0, 330)
