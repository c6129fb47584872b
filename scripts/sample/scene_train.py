# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Clip 5: the window seat of a train at dusk, land rushing past, rain on the glass, a lantern."""

import cv2
import numpy as np

from . import lantern
from . import train_plates as plates
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
)


class Scene:
    """Dusk from the train."""

    look = Look(exposure=1.12, bloom=0.24, threshold=0.6, vignette=0.4, saturation=1.1)

    def __init__(self) -> None:
        """Paint every layer of land, the carriage, and the drops on the glass."""
        rng = np.random.default_rng(45)
        self.sky = gradient(
            [
                (0, "#1c1f5a"),
                (0.16, "#4a3384"),
                (0.3, "#a04a92"),
                (0.4, "#ee7a78"),
                (0.47, "#ffbb7c"),
                (1, "#ffbb7c"),
            ]
        )
        self.clouds = plates.clouds()
        self.layers = [
            (plates.ridge(46, 298, 66, 5, "#8a5aa0", "#e88a8a"), 9.0),
            (plates.ridge(47, 330, 58, 7, "#5f3f8c", "#b0608c"), 22.0),
            (plates.ridge(48, 366, 40, 9, "#3c2a6c", "#6a3f80"), 52.0),
        ]
        self.village = plates.village(rng)
        self.trees = plates.trees(49, 150, (34, 84), "#231a48")
        self.bushes = plates.trees(50, 90, (60, 190), "#130e2c")
        self.carriage = plates.carriage()
        self.drops = rng.uniform((130, 60, 1.6, 0), (1150, 555, 6.5, 6.28), (260, 4))
        self.drops[:, 2] = 1.6 + 6.5 * rng.random(260) ** 3
        self.runs = rng.uniform((0, 60, 1.5, 0), (1, 520, 3.6, 1), (34, 4))
        self.ripple = noise(512, 1024, 40, 58, 4, 0.6) - 0.5

    def paint(self, t: float) -> Image:
        """Return the picture at `t` seconds."""
        outside = self._outside(t)
        wet = self._rain(outside, t)
        sway_x, sway_y = 1.6 * np.sin(1.7 * t), 1.3 * np.sin(4.1 * t) + 0.8 * np.sin(2.6 * t)
        room = shifted(self.carriage, 20 + sway_x, 20 + sway_y)
        flicker = 1 + 0.05 * np.sin(9 * t) + 0.03 * np.sin(14.1 * t)
        cover = room[..., 3:]
        image = wet * (1 - cover) + room[..., :3] * np.float32(0.9 + 0.1 * flicker)
        x, y = 905 - sway_x, 600 - sway_y
        lantern.glow().draw(image, x - 30, 330 - sway_y, 330, light=0.16 * flicker)
        lantern.ghost().draw(image, x - 30, 330 - sway_y, 110, 0, 0.2)
        lantern.glow().draw(image, x, y + 2, 640, light=0.5 * flicker)
        lamp = lantern.round_lantern(tassel=False)
        lamp.draw(image, x, y + 2, 190, 0.012 * np.sin(1.7 * t), 0.85 * flicker)
        return image

    def _outside(self, t: float) -> Image:
        image = self.sky.copy()
        clouds = shifted(self.clouds, 6 * t, 0)
        image += (colour("#ffb0a0") - image) * clouds[..., None]
        for plate, speed in self.layers:
            _lay(image, shifted(plate, speed * t))
        self._lake(image, t)
        _lay(image, shifted(self.village, 92 * t))
        _lay(image, _swept(self.trees, 190 * t, 190 / 48))
        _lay(image, _swept(self.bushes, 640 * t, 640 / 48))
        self._poles(image, t)
        return image

    def _lake(self, image: Image, t: float) -> None:
        rows = np.arange(plates.LAKE, HEIGHT, dtype=np.float32)[:, None]
        columns = np.arange(WIDTH, dtype=np.float32)[None] + 0 * rows
        deep = (rows - plates.LAKE + 6) / 60
        u = np.mod(columns / (0.5 + deep) + 120 * t / (0.6 + deep), 1024).astype(np.float32)
        v = np.mod(90 / (deep + 0.1) + 14 * t + 0 * columns, 512).astype(np.float32)
        wave = cv2.remap(self.ripple, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
        up = np.clip(2 * plates.LAKE - rows + wave * 26 * (0.3 + deep), 0, plates.LAKE - 1).astype(
            np.float32
        )
        mirrored = cv2.remap(image, columns, up, cv2.INTER_LINEAR)
        shine = np.clip(1 - deep * 0.28, 0.3, 1)[..., None]
        image[plates.LAKE :] = mirrored * shine * np.float32(0.86) + colour("#2a2760") * np.float32(
            0.12
        )

    def _poles(self, image: Image, t: float) -> None:
        for number in range(2):
            x = 2100 - (1180 * t + number * 1500) % 3000
            if -60 < x < WIDTH + 60:
                columns = np.arange(WIDTH, dtype=np.float32)[None]
                cover = smooth(34, 8, np.abs(columns - np.float32(x))) * np.float32(0.75)
                image += (colour("#0c0920") - image) * cover[..., None]

    def _rain(self, image: Image, t: float) -> Image:
        """Lay drops over the glass: each shows the land upside down and has two rims."""
        soft = blurred(image, 1.3)
        field_x, field_y = (
            np.zeros((HEIGHT, WIDTH), np.float32),
            np.zeros((HEIGHT, WIDTH), np.float32),
        )
        light = np.zeros((HEIGHT, WIDTH), np.float32)
        for x, y, size, phase in self.drops:
            self._drop((field_x, field_y, light), x + 0.4 * np.sin(3 * t + phase), y, size)
        for x, y, size, phase in self.runs:
            way = (t * (0.06 + 0.11 * phase) + x) % 1
            step = way + 0.018 * np.sin(way * 60 + phase * 9)
            column, row = 1240 - 1200 * step, y + 70 * way + 3 * np.sin(way * 40)
            self._drop((field_x, field_y, light), column, row, size * 1.7)
            for back in range(1, 24):
                self._drop(
                    (field_x, field_y, light),
                    column + 5.0 * back,
                    row - 0.33 * back,
                    size * (1 - back / 25),
                )
        columns, rows = np.meshgrid(
            np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32)
        )
        seen = cv2.remap(
            soft, columns + field_x, rows + field_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        return np.asarray(
            seen * (1 + light[..., None]) + np.clip(light, 0, 9)[..., None] * np.float32(0.1),
            np.float32,
        )

    def _drop(self, fields: tuple[Image, Image, Image], x: float, y: float, size: float) -> None:
        reach = int(size + 2)
        left, top = int(x) - reach, int(y) - reach
        if (
            left < 0
            or top < 0
            or left + 2 * reach + 1 >= WIDTH
            or top + 2 * reach + 1 >= HEIGHT
            or size < 0.8
        ):
            return
        rows = np.arange(top, top + 2 * reach + 1, dtype=np.float32)[:, None] - np.float32(y)
        columns = np.arange(left, left + 2 * reach + 1, dtype=np.float32)[None] - np.float32(x)
        away = np.sqrt(columns**2 + (rows * 0.92) ** 2) / np.float32(size)
        inside = smooth(1.1, 0.85, away)
        place = (slice(top, top + 2 * reach + 1), slice(left, left + 2 * reach + 1))
        fields[0][place] = fields[0][place] * (1 - inside) - inside * columns * 7
        fields[1][place] = fields[1][place] * (1 - inside) - inside * (rows * 9 + 10)
        shade = inside * (
            0.45 * np.clip(rows / np.float32(size), -1, 1) + 0.12 - 0.35 * smooth(0.55, 1, away)
        )
        spark = np.exp(
            -((columns + 0.35 * size) ** 2 + (rows + 0.4 * size) ** 2)
            / np.float32(0.06 * size * size + 0.2)
        )
        fields[2][place] = (
            fields[2][place] * (1 - inside) + shade + inside * spark * np.float32(0.9)
        )


def _lay(image: Image, window: Image) -> None:
    image *= 1 - window[..., 3:]
    image += window[..., :3]


def _swept(plate: Image, x: float, blur: float) -> Image:
    """Return a window of a moving plate, averaged over the time the shutter is open."""
    window = shifted(plate, x)
    return np.asarray(cv2.blur(window, (max(1, round(blur)) | 1, 1)), np.float32)
