"""Clip 8: a fading aurora over a still mountain lake, the sun about to rise, lanterns afloat."""

import cv2
import numpy as np

from . import lantern
from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    Look,
    colour,
    ease,
    gradient,
    mixed,
    noise,
    points,
    polygon,
    shifted,
    smooth,
)
from .terrain import Camera, Terrain, lit
from .water import Sea, Water

HORIZON = 402.0
SUN = (690.0, 350.0)


class Scene:
    """First light."""

    look = Look(exposure=1.1, bloom=0.24, threshold=0.6, vignette=0.3, saturation=1.08)

    def __init__(self) -> None:
        """Paint both skies, raise the peaks, lay out the lake and the jetty."""
        self.night = gradient(
            [
                (0, "#0a1638"),
                (0.22, "#123058"),
                (0.4, "#2f5f86"),
                (0.5, "#a98aa0"),
                (0.56, "#f0a98a"),
            ]
        )
        self.day = gradient(
            [
                (0, "#274a86"),
                (0.2, "#5b7fb4"),
                (0.38, "#d9a3ae"),
                (0.49, "#ffc08a"),
                (0.56, "#ffe0a0"),
            ]
        )
        self.peaks, self.cover = _peaks()
        self.water = Water(Sea(12, 2.2, 1.2, 0.011, 3.5, 0.12, 12), HORIZON, 900.0, 1.25)
        self.columns = np.arange(WIDTH, dtype=np.float32)[None] + 0 * self.water.depth
        self.mist = noise(512, 2048, 4, 92, 5)
        self.rays = noise(64, 1024, 40, 93, 3)
        self.folds = noise(64, 1024, 5, 94, 3)
        rng = np.random.default_rng(95)
        self.star = rng.uniform((0, 0), (WIDTH, 330), (420, 2))
        self.star_light = (
            np.clip(rng.pareto(2, 420) * 0.35, 0.05, 1.6)[:, None] * colour("#cfe0ff")
        ).astype(np.float32)
        z = np.geomspace(3.2, 30, 13)
        self.afloat = np.stack([rng.uniform(-0.6, 0.62, 13) * z, z, rng.uniform(0, 6, 13)], axis=1)
        self.jetty = _jetty()

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        way = ease(-1.0, 11.0, t)
        sky = self.night + (self.day - self.night) * np.float32(way)
        points(
            sky,
            self.star[:, 0],
            self.star[:, 1],
            0.75,
            self.star_light * np.float32(max(0.0, 1 - 1.25 * way)),
        )
        sky += self._aurora(t) * np.float32(1.1 - 0.8 * way)
        rows, columns = np.ogrid[0:HEIGHT, 0:WIDTH]
        away = np.sqrt((columns - SUN[0]) ** 2 + ((rows - SUN[1] + 14 * way) * 1.4) ** 2).astype(
            np.float32
        )
        sky += (
            np.exp(-((away / 170) ** 1.1))[..., None]
            * colour("#ffb066")
            * np.float32(0.3 + 1.7 * way**2)
        )
        sky += smooth(30, 26, away)[..., None] * colour("#fff0c0") * np.float32(6 * way**3)
        light = colour("#6d7fae") * np.float32(0.5 * (1 - way)) + colour("#ffc9a0") * np.float32(
            0.35 + 0.75 * way
        )
        image = mixed(sky, self.peaks * light, self.cover)
        glow = np.exp(-((away / 120) ** 1.3)) * self.cover
        image += glow[..., None] * colour("#ff9a55") * np.float32(0.2 + 0.7 * way**2)
        self._lake(image, t, way)
        self._mist(image, t, way)
        for x, z, phase in self.afloat[::-1]:
            self._float(image, float(x), float(z), float(phase), t)
        self._dock(image, t, way)
        return image

    def _aurora(self, t: float) -> Image:
        height, width = 220, 640
        rows = np.arange(height, dtype=np.float32)[:, None]
        x = np.arange(width, dtype=np.float32)
        total = np.zeros((height, width, 3), dtype=np.float32)
        curtains = (
            (132, 60, 0.0, 1.0, 6.0),
            (100, 75, 300.0, 0.75, -4.5),
            (160, 40, 620.0, 0.5, 3.5),
        )
        for base, swing, offset, strength, speed in curtains:
            fold = _line(self.folds, x * 0.62 + offset + speed * 1.6 * t, 9 + 1.1 * t)
            fine = _line(self.folds, x * 1.9 + offset - speed * t, 31 + 1.7 * t)
            foot = base + swing * (fold - 0.5) * 1.5 + 16 * (fine - 0.5)
            ray = np.clip(_line(self.rays, x * 0.9 + offset + speed * 2.4 * t, 20 + 1.6 * t), 0, 1)
            tall = 34 + 62 * ray
            up = foot[None] - rows
            body = np.where(
                up > 0, np.exp(-np.clip(up, 0, 400) / tall[None]), np.exp(-((up / 5.5) ** 2))
            )
            body = (
                body
                * (0.3 + 0.9 * ray[None] ** 1.5)
                * smooth(0.2, 0.7, _line(self.folds, x * 0.4 + offset, 50 + 2 * t))
            )
            high = np.clip(up / 110, 0, 1)[..., None]
            tone = colour("#35f0a0") * (1 - high) ** 2 + colour("#2f8fd8") * high * (1 - high) * 1.4
            tone = tone + colour("#a24be0") * high**1.5 * 0.9
            total += tone * (body * strength)[..., None]
        big = cv2.resize(
            cv2.GaussianBlur(total, (0, 0), 1.2), (WIDTH, height * 2), interpolation=cv2.INTER_CUBIC
        )
        return np.pad(np.clip(big, 0, None), ((0, HEIGHT - height * 2), (0, 0), (0, 0)))

    def _lake(self, image: Image, t: float, way: float) -> None:
        across, along, _ = self.water.slopes(t, drift=-0.1 * t)
        x, y, z = self.water.mirror(across, along)
        place_x = np.float32(WIDTH / 2) + x / z * np.float32(900)
        place_y = np.float32(HORIZON) - y / z * np.float32(900)
        mirrored = cv2.remap(
            image, place_x, place_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        fresnel = (np.float32(0.35) + np.float32(0.65) * (1 - y) ** 3)[..., None]
        deep = colour("#0b2c3c") * np.float32(0.6 + 0.5 * way)
        image[self.water.first :] = mirrored * fresnel * np.float32(0.92) + deep * (1 - fresnel)
        shore = np.exp(-(((np.arange(HEIGHT, dtype=np.float32) - HORIZON) / 3.0) ** 2))[
            :, None, None
        ]
        image *= 1 - 0.35 * shore

    def _mist(self, image: Image, t: float, way: float) -> None:
        drift = shifted(self.mist, 9 * t, 0, 1, (WIDTH, 512))
        drift = np.asarray(cv2.resize(drift[:256], (WIDTH, HEIGHT)), np.float32)
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
        amount = (
            smooth(0.25, 0.9, drift)
            * np.exp(-(((rows - HORIZON - 6) / 34) ** 2))
            * np.float32(0.62)
        )
        tone = colour("#b9c4d8") * np.float32(0.55 * (1 - way)) + colour("#ffdcc0") * np.float32(
            0.85 * way + 0.1
        )
        image += (tone - image) * amount[..., None]

    def _float(self, image: Image, x: float, z: float, phase: float, t: float) -> None:
        depth = z + 0.14 * t
        column, row, scale = self.water.project(x + 0.05 * t, 0.09, depth)
        size = 0.3 * scale
        bob = 0.02 * size * np.sin(1.3 * t + phase)
        flicker = 1 + 0.06 * np.sin(8 * t + 3 * phase)
        lantern.glow().draw(image, column, row + size * 0.6, size * 4.4, light=0.45 * flicker)
        lantern.glow().draw(image, column, row, size * 5.4, light=0.6 * flicker)
        under = lantern.round_lantern(tassel=False)
        under.draw(image, column, row + size * 0.42, size * 0.96, np.pi, 0.32)
        under.draw(image, column, row + bob, size, 0.1 * np.sin(t + phase), 1.15 * flicker)

    def _dock(self, image: Image, t: float, way: float) -> None:
        cover = self.jetty[..., 3:]
        image *= 1 - cover
        image += self.jetty[..., :3] * np.float32(0.75 + 0.8 * way)
        swing = 0.1 * np.sin(1.4 * t)
        x, y = 372 + 30 * np.sin(swing), 452.0
        lantern.glow().draw(image, x, y, 330, light=0.6)
        lantern.round_lantern().draw(image, x, y, 62, -swing, 1.1)


def _line(plate: Image, x: Image, row: float) -> Image:
    """Return a smooth moving line out of a tiling plate: values along `x` at a fractional row."""
    place = np.mod(x, plate.shape[1]).astype(np.float32)[None]
    rows = np.full_like(place, np.mod(row, plate.shape[0]))
    return np.asarray(
        cv2.remap(plate, place, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_WRAP)[0], np.float32
    )


def _peaks() -> tuple[Image, Image]:
    size, span = 1024, 60.0
    ridges = 1 - np.abs(2 * noise(size, size, 5, 15, 7, 0.46) - 1)
    broad = noise(size, size, 3, 16, 3)
    height = (ridges**2 * 3.4 + broad * 2.2) * (0.4 + 0.8 * broad)
    height = cv2.GaussianBlur(height.astype(np.float32), (0, 0), 1.5)
    light = lit(height, span, (0.55, 0.45, 0.5))
    snow = smooth(1.6, 2.8, height)[..., None]
    ground = colour("#3c4a63") * (1 - snow) + colour("#e9eef8") * snow
    land = Terrain(
        height, (ground * (0.3 + 0.8 * light[..., None])).astype(np.float32), span, 17.0, 66.0, 420
    )
    camera = Camera(x=9.0, y=1.55, z=30.0, yaw=0.25, horizon=HORIZON, focal=900)
    tall, shade, depth = land.samples(camera, 1920)
    tall = tall * smooth(17, 30, depth) - smooth(30, 17, depth)
    haze = 1 - np.exp(-((depth / 46) ** 1.5))
    shade += (colour("#9fb0d0") - shade) * haze[..., None]
    view = land.view(camera, tall, shade, 2.0)
    return view.land, view.cover


def _jetty() -> Image:
    plate = np.zeros((HEIGHT, WIDTH, 4), dtype=np.float32)
    dark = colour("#1a1622")

    def put(corners: list[tuple[float, float]], tone: Image) -> None:
        cover = polygon(corners)
        plate[...] *= 1 - cover[..., None]
        plate[..., :3] += tone * cover[..., None]
        plate[..., 3] += cover

    for x, top, wide in ((60, 560, 22), (236, 560, 16), (322, 545, 13), (374, 538, 11)):
        put([(x, top), (x + wide, top), (x + wide, 720), (x, 720)], dark)
    put(
        [(-20, 640), (260, 566), (388, 546), (398, 552), (300, 590), (120, 720), (-20, 720)],
        colour("#3a2c33"),
    )
    for step in np.linspace(0.04, 0.96, 12):
        far, wide = 1 - (1 - step) ** 1.25, 0.006 + 0.008 * (1 - step)
        left = (-20 + 280 * far, 640 - 74 * far)
        right = (120 + 150 * far, 720 - 118 * far)
        along = (280 * wide, -74 * wide)
        put(
            [
                left,
                right,
                (right[0] + along[0], right[1] + along[1]),
                (left[0] + along[0], left[1] + along[1]),
            ],
            dark,
        )
    put([(330, 548), (337, 548), (337, 408), (330, 408)], dark)
    put([(330, 408), (376, 408), (376, 413), (330, 413)], dark)
    put([(371, 412), (373, 412), (373, 424), (371, 424)], dark)
    return plate
