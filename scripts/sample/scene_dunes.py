# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Clip 4: dunes with sharp crests under a huge low sun, blown sand, a traveller on a crest."""

import numpy as np

from . import figure, lantern
from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    Look,
    blurred,
    colour,
    gradient,
    noise,
    shifted,
    smooth,
    streaks,
)
from .terrain import Camera, Terrain, View, lit

SUN = (842.0, 232.0)


class Scene:
    """Hot afternoon in a sea of sand."""

    look = Look(exposure=1.0, bloom=0.2, threshold=0.85, vignette=0.26, saturation=1.06)

    def __init__(self) -> None:
        """Paint the sky and heap up the sand."""
        self.sky = _sky()
        self.land = _dunes()
        self.land.smooth_far = True
        columns = np.linspace(60, 330, 13).astype(np.float32)
        path = self.land.crest(_camera(4.0), columns, 9.0, 12.8)
        self.path = blurred(path[:, None], 1e-3)[:, 0]
        self.figure = figure.traveller("#3a1c18", "#ffb46a")
        self.veil = streaks(512, 2048, 34, 77, 8, 0.6)
        self.gusts = noise(512, 1024, 4, 78, 3)

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        image = self.sky.copy()
        camera = _camera(t)
        tall, shade, depth = self.land.samples(camera, 1600)
        haze = 1 - np.exp(-((depth / 34) ** 1.3))
        shade += (colour("#f3c79a") - shade) * haze[..., None]
        dust = np.exp(-np.clip(tall - 0.1, 0, 9) / 0.35) * smooth(5, 20, depth) * 0.3
        shade += (colour("#f7cf9c") - shade) * dust[..., None]
        view = self.land.view(camera, tall, shade)
        image = image * (1 - view.cover[..., None]) + view.land
        self._traveller(image, t)
        self._blow(image, view, t)
        return image

    def _blow(self, image: Image, view: View, t: float) -> None:
        """Carry thin veils of sand over the land, and let plumes smoke off its edges."""
        low = shifted(self.veil, 520 * t, -40 * t)
        high = shifted(self.veil, 330 * t + 700, -22 * t + 200)
        gust = shifted(self.gusts, 190 * t, 15 * t)
        below = smooth(330, 560, np.arange(HEIGHT, dtype=np.float32))[:, None]
        amount = (
            (smooth(0.35, 0.95, low) * 0.07 + smooth(0.4, 0.95, high) * 0.06)
            * smooth(0.3, 0.75, gust)
            * below
        )
        image += (colour("#ffdcae") * np.float32(0.95) - image) * (amount * view.cover)[..., None]

    def _traveller(self, image: Image, t: float) -> None:
        """Walk along the near crest: a coat, a step, a lantern."""
        steps, stride = np.arange(len(self.path)), 2 * np.pi * 0.9 * t
        place = 2.0 + 0.75 * t
        x, z = (float(np.interp(place, steps, self.path[:, i])) for i in (0, 1))
        column, row, scale = self.land.project(_camera(t), x, z)
        tall = 0.78 * scale
        row -= 0.36 * tall - 0.8 * np.sin(2 * stride)
        self.figure.draw(image, column, row, tall, 0.02 * np.sin(stride))
        column, row = column + 0.22 * tall + 1.5 * np.sin(stride), row + 0.07 * tall
        lantern.glow().draw(image, column, row, 1.5 * tall, light=0.6)
        lantern.round_lantern().draw(image, column, row, 0.27 * tall, 0.1 * np.sin(stride), 1.3)


def _camera(t: float) -> Camera:
    return Camera(x=11.0 - 0.22 * t, y=3.6, z=3.0 + 0.1 * t, yaw=0.12, horizon=292, focal=980)


def _sky() -> Image:
    sky = gradient(
        [(0, "#3f9fae"), (0.2, "#7fc3bd"), (0.34, "#d6d3a4"), (0.45, "#f6c684"), (1, "#f6c684")]
    )
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    away = np.hypot(columns - SUN[0], rows - SUN[1])
    disc = smooth(118.5, 116.5, away)
    halo = np.exp(-((away / 190) ** 1.2))
    sky = sky + halo[..., None] * colour("#ffc070") * 0.6
    sky += np.exp(-((away / 520) ** 1.5))[..., None] * colour("#ff9d5c") * 0.22
    bright = colour("#ffe8b4") * 2.2 * (1 - 0.25 * smooth(-120, 120, rows - SUN[1]))[..., None]
    sky = sky * (1 - disc[..., None]) + bright * disc[..., None]
    wisps = streaks(HEIGHT, WIDTH, 3, 31)
    cloud = smooth(0.5, 0.95, wisps) * smooth(300, 150, rows) * 0.4
    return np.asarray(sky + (colour("#fff0d2") - sky) * cloud[..., None], np.float32)


def _dunes() -> Terrain:
    size, span = 1536, 44.0
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32) / size
    bend = (noise(size, size, 3, 21, 3) - 0.5) * 2.6 + (noise(size, size, 8, 22, 2) - 0.5) * 0.35
    phase = rows * 3 + columns * 6 + bend
    saw = phase - np.floor(phase)
    crest = np.where(saw < 0.62, saw / 0.62, (1 - saw) / 0.38)
    crest = 0.35 * crest + 0.65 * crest**2
    swell = noise(size, size, 4, 23, 2)
    height = crest * (0.7 + 2.3 * swell) + 1.3 * noise(size, size, 3, 24, 2)
    fine = (columns * 3 + bend * 6 + 0.15 * noise(size, size, 18, 25, 2)) * 130
    height = blurred(height.astype(np.float32), 2.8)
    light = lit(height, span, (0.84, 0.5, 0.12))
    light = blurred(light, 0.8)
    grain = noise(size, size, 200, 26, 3)
    ripple = 1 + 0.05 * np.sin(2 * np.pi * fine) + 0.1 * (grain - 0.5)
    dark, bright = colour("#8a4a35"), colour("#ffb063")
    paint = dark * 0.75 + (bright * 1.3 - dark * 0.75) * (light * ripple)[..., None]
    return Terrain(height, paint.astype(np.float32), span, 3.2, 48.0, 440)
