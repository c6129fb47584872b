# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Clip 2: a sunny sea at golden hour, clouds, a sailing boat in the glitter, floating lanterns."""

import cv2
import numpy as np

from . import lantern
from .canvas import (
    HEIGHT,
    WIDTH,
    Image,
    Look,
    Sprite,
    blurred,
    colour,
    gradient,
    noise,
    polygon,
    shifted,
    smooth,
)
from .water import Sea, Water

HORIZON = 322.0
SUN = (800.0, 236.0)
FOCAL = 900.0


class Scene:
    """Golden hour at sea."""

    look = Look(exposure=1.0, bloom=0.2, threshold=0.9, vignette=0.24, saturation=1.08)

    def __init__(self) -> None:
        """Paint sky and clouds, choose the waves, set the lanterns afloat."""
        self.sky = _sky()
        self.clouds = [_clouds(2400, 61, 300, 1.0), _clouds(2400, 67, 318, 0.55)]
        self.water = Water(Sea(), HORIZON, FOCAL, 1.35)
        self.boat = _boat()
        self.mirrored_boat = Sprite(self.boat.levels[0][::-1])
        rng = np.random.default_rng(8)
        z = np.geomspace(3.4, 26, 15)
        x = rng.uniform(-0.62, 0.62, 15) * z
        self.afloat = np.stack([x, z, rng.uniform(0, 6, 15)], axis=1)
        column = self.sky[: int(HORIZON), 200].astype(np.float32)
        self.mirrored = np.ascontiguousarray(column[::-1])

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        image = self.sky.copy()
        for layer, speed in zip(self.clouds[::-1], (5.0, 9.0), strict=True):
            window = shifted(layer, -70 + speed * t, 0, 1, (WIDTH, 360))
            image[:360] = image[:360] * (1 - window[..., 3:]) + window[..., :3]
        image[self.water.first :] = self._surface(t)
        haze = np.exp(-((np.arange(HEIGHT, dtype=np.float32) - HORIZON) ** 2) / 130)[:, None, None]
        image += (colour("#ffc27c") - image) * haze * np.float32(0.35)
        self._boat(image, t)
        for x, z, phase in self.afloat[::-1]:
            self._float(image, float(x), float(z), float(phase), t)
        return image

    def _surface(self, t: float) -> Image:
        across, along, rough = self.water.slopes(t, drift=0.5 * t)
        self.slope = (across, along)
        x, y, z = self.water.mirror(across, along)
        last = len(self.mirrored) - 1
        index = np.clip(y / np.maximum(z, 0.2) * FOCAL, 0, last).astype(np.int16)
        sky = self.mirrored[index]
        aim = np.array([SUN[0] + 0.5 - WIDTH / 2, HORIZON - SUN[1], FOCAL], dtype=np.float32)
        aim /= np.linalg.norm(aim)
        away = (x - aim[0]) ** 2 * np.float32(2.2) + (y - aim[1]) ** 2 * np.float32(0.8)
        size = np.float32(0.0016) + rough * np.float32(1.6)
        glint = np.exp(-away / size) * np.float32(0.012) / np.sqrt(size) * np.float32(16)
        glow = np.exp(-away / np.float32(0.06))
        fresnel = np.float32(0.08) + np.float32(0.92) * (1 - np.clip(y, 0, 1)) ** 4
        deep = colour("#0c4f5e") + colour("#1f9486") * np.clip(along * 4 + 0.25, 0, 1)[
            ..., None
        ] * np.float32(0.55)
        water = deep + (sky - deep) * fresnel[..., None]
        water += glow[..., None] * colour("#ff8a38") * np.float32(0.5)
        return np.asarray(water + glint[..., None] * colour("#ffe0a0"), np.float32)

    def _boat(self, image: Image, t: float) -> None:
        column, row, _ = self.water.project(2.35 - 0.1 * t, 0.0, 13.0)
        row += 40 * self.water.height_at(2.3, 13.0, t)
        tilt = 0.035 * np.sin(0.9 * t)
        self._reflect(image, column, row, tilt)
        self.boat.draw(image, column, row - 58, 150, tilt)
        lantern.glow().draw(image, column + 38, row - 12, 100, light=0.9)
        lantern.round_lantern().draw(image, column + 38, row - 12, 16, tilt, 1.3)

    def _reflect(self, image: Image, column: float, row: float, tilt: float) -> None:
        """Draw the boat upside down into a small picture and let the waves there tear it apart."""
        wide, tall = 200, 170
        layer = np.zeros((tall, wide, 4), dtype=np.float32)
        self.mirrored_boat.draw(layer, wide / 2, 58, 146, -tilt, 0.62)
        left, top = round(column) - wide // 2, round(row) - 6
        first = top - self.water.first
        part = (slice(first, first + tall), slice(left, left + wide))
        across, along = self.slope[0][part], self.slope[1][part]
        rows, columns = np.mgrid[0:tall, 0:wide].astype(np.float32)
        far = rows / tall
        shown = cv2.remap(
            layer,
            columns + across * 150 * (0.3 + far),
            rows + along * 330 * (0.2 + far),
            cv2.INTER_LINEAR,
        )
        fade = (0.8 * (1 - 0.75 * far))[..., None]
        place = image[top : top + tall, left : left + wide]
        place *= 1 - shown[..., 3:] * fade
        place += shown[..., :3] * fade

    def _float(self, image: Image, x: float, z: float, phase: float, t: float) -> None:
        depth = z - 0.16 * t
        lift = self.water.height_at(x, z, t)
        column, row, scale = self.water.project(
            x + 0.05 * np.sin(0.4 * t + phase), lift + 0.07, depth
        )
        size = 0.3 * scale
        flicker = 1 + 0.06 * np.sin(8 * t + 3 * phase)
        lantern.glow().draw(image, column, row + size * 0.9, size * 4.2, light=0.35 * flicker)
        lantern.glow().draw(image, column, row, size * 5.0, light=0.5 * flicker)
        lantern.round_lantern(tassel=False).draw(
            image, column, row, size, 0.12 * np.sin(1.1 * t + phase), 1.25 * flicker
        )


def _sky() -> Image:
    stops = [
        (0, "#3a86ad"),
        (0.14, "#79afb8"),
        (0.26, "#d3c398"),
        (0.37, "#fcba66"),
        (0.45, "#ff9a48"),
        (1, "#ff9a48"),
    ]
    sky = gradient(stops)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    away = np.hypot(columns - SUN[0], rows - SUN[1])
    sky += np.exp(-((away / 150) ** 1.1))[..., None] * colour("#ffc070") * 1.3
    sky += np.exp(-((away / 460) ** 1.4))[..., None] * colour("#ff8f4a") * 0.28
    disc = smooth(42, 39, away)
    return np.asarray(sky + disc[..., None] * colour("#fff0c8") * 5, np.float32)


def _clouds(width: int, seed: int, base: float, strength: float) -> Image:
    height = 360
    rows = np.arange(height, dtype=np.float32)[:, None]
    puffs = noise(width // 2, width, 16, seed, 7, 0.52)[:height]
    heaps = noise(width // 2, width, 5, seed + 1, 2)[40:41]
    tower = smooth(0.4, 0.9, heaps)
    top = base - 30 - 235 * tower * strength
    inside = smooth(-0.1, 1.0, (rows - top) / (base - top)) * smooth(base + 16, base - 62, rows)
    body = inside * 1.55 + (puffs - 0.5) * 1.7 - 0.5
    cover = smooth(0.0, 0.12, body) * smooth(0.05, 0.4, tower + 0.25 * puffs)
    thick = blurred(np.clip(body, 0, 1.2).astype(np.float32), 2.2)
    away = np.array([[1, 0, -14], [0, 1, 12]], np.float32)
    towards = cv2.warpAffine(thick, away, (width, height), borderMode=cv2.BORDER_WRAP)
    light = np.clip(
        0.5
        + (thick - towards) * 2.4
        + (puffs - 0.5) * 0.45
        - 0.16 * smooth(base - 110, base, rows),
        0,
        1,
    )
    shade = colour("#b27c80") * (1 - light[..., None]) + colour("#ffe6b8") * 1.3 * light[..., None]
    cover = cover * np.float32(0.94 if strength > 0.9 else 0.6)
    return np.dstack([shade * cover[..., None], cover]).astype(np.float32)


def _boat() -> Sprite:
    size = 300

    def part(*corners: tuple[float, float]) -> Image:
        return polygon(corners, size, size)

    hull = part((60, 242), (250, 236), (228, 270), (92, 272))
    mast = part((149, 20), (153, 20), (154, 242), (149, 242))
    main = part((157, 26), (176, 90), (226, 214), (158, 226))
    jib = part((145, 44), (124, 130), (72, 226), (146, 226))
    rows = np.arange(size, dtype=np.float32)[:, None, None] / size
    cloth = colour("#fff0d2") * (0.75 + 0.4 * rows) + colour("#ffb060") * 0.25
    jib_cloth = colour("#e9a878") * (0.75 + 0.35 * rows)
    layers = (
        (main, cloth),
        (jib, jib_cloth),
        (mast, colour("#3a1d18")),
        (hull, colour("#5a241c") + 0 * rows),
    )
    picture = np.zeros((size, size, 4), dtype=np.float32)
    for cover, tone in layers:
        picture *= 1 - cover[..., None]
        picture += np.dstack([tone * cover[..., None], cover])
    return Sprite(picture)
