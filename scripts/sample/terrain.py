"""Land seen in true perspective: a height map, looked at column by column.

For every screen column a ray of depths is sampled at once; a running minimum of the projected
rows tells what hides what, and a histogram turns it into "which depth does this pixel show".
Everything is vectorised, so a moving camera over real relief costs about a tenth of a second per
frame.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from .canvas import HEIGHT, WIDTH, Image, blurred, smooth

TOWARDS: Final = cv2.INTER_LINEAR


@dataclass(frozen=True)
class Camera:
    """Where the eye is (map units; `y` is up), where it looks and how the ground is projected."""

    x: float
    y: float
    z: float
    yaw: float = 0.0
    horizon: float = 330.0
    focal: float = 900.0


@dataclass(frozen=True)
class View:
    """What a camera sees: shaded land, already weighted by `cover`, how much of a pixel is land."""

    land: Image
    cover: Image


class Terrain:
    """A wrapping square of relief with painted colours; `span` is its side in map units."""

    smooth_far = False
    """Whether distant land is softened, so that long thin crests do not fray."""

    def __init__(
        self, height: Image, paint: Image, span: float, near: float, far: float, steps: int = 420
    ) -> None:
        """Keep the maps and the depths at which they will be sampled."""
        self.height, self.paint, self.span = height, paint, span
        self.softened = blurred(height, height.shape[0] / 230)
        self.depths = np.geomspace(near, far, steps).astype(np.float32)

    def _places(self, x: Image, z: Image) -> tuple[Image, Image]:
        scale = self.height.shape[0] / self.span
        size = self.height.shape[0]
        return np.mod(x * scale, size).astype(np.float32), np.mod(z * scale, size).astype(
            np.float32
        )

    def height_at(self, x: float, z: float) -> float:
        """Return the height of the land at a place."""
        column, row = self._places(np.array([[x]], np.float32), np.array([[z]], np.float32))
        return float(cv2.remap(self.height, column, row, TOWARDS, borderMode=cv2.BORDER_WRAP)[0, 0])

    def samples(self, camera: Camera, width: int) -> tuple[Image, Image, Image]:
        """Return height, colour and depth, each `(steps, width, ...)`, along all rays."""
        side = (
            (np.arange(width, dtype=np.float32) + 0.5 - width / 2) * (WIDTH / width) / camera.focal
        )
        depth = np.repeat(self.depths[:, None], width, axis=1)
        across = depth * side[None]
        cos, sin = np.float32(np.cos(camera.yaw)), np.float32(np.sin(camera.yaw))
        columns, rows = self._places(
            camera.x + across * cos + depth * sin,
            camera.z - across * sin + depth * cos,
        )
        tall = cv2.remap(self.height, columns, rows, TOWARDS, borderMode=cv2.BORDER_WRAP)
        if self.smooth_far:
            far = cv2.remap(self.softened, columns, rows, TOWARDS, borderMode=cv2.BORDER_WRAP)
            tall = tall + (far - tall) * smooth(7, 20, self.depths)[:, None]
        shade = cv2.remap(self.paint, columns, rows, TOWARDS, borderMode=cv2.BORDER_WRAP)
        return np.asarray(tall, np.float32), np.asarray(shade, np.float32), depth

    def project(self, camera: Camera, x: float, z: float) -> tuple[float, float, float]:
        """Return the column, the row and the px per map unit of a place on the ground."""
        cos, sin = np.cos(camera.yaw), np.sin(camera.yaw)
        across = (x - camera.x) * cos - (z - camera.z) * sin
        depth = (x - camera.x) * sin + (z - camera.z) * cos
        scale = camera.focal / depth
        row = camera.horizon - (self.height_at(x, z) - camera.y) * scale
        return WIDTH / 2 + across * scale, row, scale

    def crest(self, camera: Camera, columns: Image, near: float, far: float) -> Image:
        """Return the places `(columns, 2)` that stand highest on screen between two depths."""
        tall, _, _ = self.samples(camera, WIDTH)
        row = (camera.y - tall) / self.depths[:, None]
        row[(self.depths < near) | (self.depths > far)] = np.inf
        depth = self.depths[np.argmin(row[:, columns.astype(np.int64)], axis=0)]
        across = depth * (columns + 0.5 - WIDTH / 2) / camera.focal
        cos, sin = np.cos(camera.yaw), np.sin(camera.yaw)
        x, z = camera.x + across * cos + depth * sin, camera.z - across * sin + depth * cos
        return np.stack([x, z], axis=1).astype(np.float32)

    def view(self, camera: Camera, tall: Image, shade: Image, finer: float = 1.25) -> View:
        """Return the picture of what `samples` found, with the light and mist put into `shade`.

        Args:
            camera: The same camera.
            tall: Heights along the rays.
            shade: Colours along the rays.
            finer: How much finer than the film it is drawn before it is scaled down.
        """
        steps, width = tall.shape
        height = round(HEIGHT * finer)
        row = camera.horizon - (tall - camera.y) / self.depths[:, None] * camera.focal
        front = np.minimum.accumulate(row * np.float32(finer), axis=0)
        last = np.clip(np.ceil(front).astype(np.int64) - 1, -1, height - 1)
        key = (last + 1) * width + np.arange(width)[None]
        counts = np.bincount(key.ravel(), minlength=(height + 1) * width).reshape(height + 1, width)
        index = np.cumsum(counts[::-1], axis=0)[::-1][1:]
        seen = index < steps
        here = np.minimum(index, steps - 1)
        before = np.maximum(here - 1, 0)
        after_row = np.take_along_axis(front, here, axis=0)
        before_row = np.take_along_axis(front, before, axis=0)
        rows = np.arange(height, dtype=np.float32)[:, None]
        part = np.clip((before_row - rows) / np.maximum(before_row - after_row, 1e-3), 0, 1)
        place = (before + part).astype(np.float32)
        columns = np.repeat(np.arange(width, dtype=np.float32)[None], height, axis=0)
        land = cv2.remap(shade, columns, place, TOWARDS)
        cover = seen.astype(np.float32)
        size = (WIDTH, HEIGHT)
        land = cv2.resize(land * cover[..., None], size, interpolation=cv2.INTER_AREA)
        cover = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
        return View(np.asarray(land, np.float32), np.asarray(cover, np.float32))


def lit(height: Image, span: float, sun: tuple[float, float, float]) -> Image:
    """Return how much light falls on every point of a height map (0..1), shadows included."""
    cell = span / height.shape[0]
    slope_x = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) / (2 * cell)
    slope_z = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) / (2 * cell)
    facing = (-slope_x * sun[0] + sun[1] - slope_z * sun[2]) / np.sqrt(slope_x**2 + slope_z**2 + 1)
    level = float(np.hypot(sun[0], sun[2])) + 1e-6
    shadow = np.full_like(height, -1e9)
    for step in range(1, 160):
        away = step * 1.5
        moved = (-sun[0] / level * away, -sun[2] / level * away)
        matrix = np.array([[1, 0, moved[0]], [0, 1, moved[1]]], dtype=np.float32)
        size = (height.shape[1], height.shape[0])
        towards = cv2.warpAffine(height, matrix, size, flags=TOWARDS, borderMode=cv2.BORDER_WRAP)
        shadow = np.maximum(shadow, towards - away * cell * sun[1] / level)
    shaded = np.clip((shadow - height) / (3 * cell) + 0.2, 0, 1)
    return np.asarray(np.clip(facing, 0, 1) * (1 - shaded), dtype=np.float32)
