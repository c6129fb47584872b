# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Painting tools that every scene shares: noise, gradients, sprites, points and the final grade.

Pictures are `(height, width, 3)` float32 RGB in *linear* light, so that glows simply add up;
`Look.develop` turns one into 8-bit video levels. Sprites are `(height, width, 4)`, premultiplied:
a glow is a sprite with no alpha.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
Frame = NDArray[np.uint8]
Numbers = NDArray[np.floating[Any]]
WIDTH: Final = 1280
HEIGHT: Final = 720
LEVELS: Final = 8192


def colour(text: str) -> Image:
    """Return `#rrggbb` as linear light."""
    parts = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return np.array(parts, dtype=np.float32) ** np.float32(2.2)


def smooth(low: float, high: float, value: Numbers) -> Image:
    """Return 0 below `low`, 1 above `high` and a soft ramp between (they may be swapped)."""
    way = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(way * way * (3 - 2 * way), dtype=np.float32)


def ease(low: float, high: float, value: float) -> float:
    """Return what `smooth` says of one number."""
    way = min(max((value - low) / (high - low), 0.0), 1.0)
    return way * way * (3 - 2 * way)


def gradient(stops: Sequence[tuple[float, str]], height: int = HEIGHT, width: int = WIDTH) -> Image:
    """Return a vertical gradient through `(place from 0 at the top to 1, colour)` stops."""
    places = [place for place, _ in stops]
    colours = np.stack([colour(text) for _, text in stops]) ** np.float32(1 / 2.2)
    rows = np.linspace(0, 1, height)
    column = np.stack([np.interp(rows, places, colours[:, i]) for i in range(3)], axis=1)
    column = cv2.GaussianBlur(
        column.astype(np.float32)[:, None, :], (1, 0), 1e-3, sigmaY=height / 60
    )
    column = column.reshape(height, 1, 3) ** np.float32(2.2)
    return np.repeat(column.astype(np.float32), width, axis=1)


def noise(
    height: int, width: int, cells: float, seed: int, octaves: int = 5, gain: float = 0.5
) -> Image:
    """Return fractal noise in 0..1 that tiles; `cells` is the number of bumps across."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width), dtype=np.float32)
    weight, norm = 1.0, 0.0
    for octave in range(octaves):
        across = max(2, round(cells * 2**octave))
        down = max(2, round(cells * 2**octave * height / width))
        if across > width or down > height:
            break
        grid = np.pad(rng.random((down, across), dtype=np.float32), 3, mode="wrap")
        size = (round(width * (across + 6) / across), round(height * (down + 6) / down))
        big = cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC)
        top, left = round(3 * height / down), round(3 * width / across)
        total += weight * big[top : top + height, left : left + width]
        norm += weight
        weight *= gain
    low, high = np.quantile(total, (0.002, 0.998))
    return np.asarray(np.clip((total - low) / (high - low), 0, 1), dtype=np.float32)


def streaks(
    height: int, width: int, cells: float, seed: int, factor: int = 4, gain: float = 0.55
) -> Image:
    """Return tiling noise drawn out sideways by a factor; `cells` counts bumps before that."""
    short = noise(height, width // factor, cells, seed, 6, gain)
    padded = np.pad(short, ((0, 0), (8, 8)), mode="wrap")
    size = (width + 16 * factor, height)
    long = cv2.resize(padded, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(long[:, 8 * factor : -8 * factor], 0, 1), dtype=np.float32)


def shifted(
    plate: Image, x: float, y: float = 0.0, scale: float = 1.0, size: tuple[int, int] | None = None
) -> Image:
    """Return a window of a plate with its corner at (x, y) px, sub-pixel exact; it wraps."""
    width, height = size or (WIDTH, HEIGHT)
    matrix = np.array([[1 / scale, 0, x], [0, 1 / scale, y]], dtype=np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    found = cv2.warpAffine(plate, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_WRAP)
    return np.asarray(found, dtype=np.float32)


def mixed(under: Image, over: Image, amount: Image) -> Image:
    """Return `under` covered by `over` where `amount` (height, width) says so."""
    return np.asarray(under + (over - under) * amount[..., None], dtype=np.float32)


def blurred(image: Image, sigma: float) -> Image:
    """Return the picture softened; wide blurs are computed on a smaller one."""
    if sigma < 5:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.float32)
    factor = int(min(8, sigma // 2))
    height, width = image.shape[:2]
    small = cv2.resize(
        image, (max(1, width // factor), max(1, height // factor)), interpolation=cv2.INTER_AREA
    )
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor)
    return np.asarray(
        cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32
    )


def points(image: Image, x: Numbers, y: Numbers, sigma: float, light: Numbers) -> None:
    """Add soft points of light in place.

    Args:
        image: The picture.
        x: Column of every point in px, sub-pixel.
        y: Row of every point.
        sigma: Size of all of them in px.
        light: `(points, 3)` linear light at their centre.
    """
    height, width = image.shape[:2]
    reach = max(1, int(np.ceil(2.6 * sigma)))
    inside = (x > reach) & (x < width - reach - 1) & (y > reach) & (y < height - reach - 1)
    x, y, light = x[inside], y[inside], light[inside]
    if not len(x):
        return
    steps = np.arange(-reach, reach + 1)
    columns, rows = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    across = np.exp(-0.5 * ((steps[None] - (x - columns)[:, None]) / sigma) ** 2)
    down = np.exp(-0.5 * ((steps[None] - (y - rows)[:, None]) / sigma) ** 2)
    weight = down[:, :, None] * across[:, None, :]
    place = (
        (rows[:, None, None] + steps[None, :, None]) * width
        + columns[:, None, None]
        + steps[None, None, :]
    )
    flat = image.reshape(-1, 3)
    for channel in range(3):
        values = (weight * light[:, channel][:, None, None]).ravel()
        flat[:, channel] += np.bincount(place.ravel(), values, minlength=height * width).astype(
            np.float32
        )


class Sprite:
    """A small premultiplied picture in several sizes, drawn anywhere, at any scale and angle."""

    def __init__(self, picture: Image) -> None:
        """Keep the picture (height, width, 4) and ever smaller copies of it."""
        self.levels = [picture.astype(np.float32)]
        while min(self.levels[-1].shape[:2]) > 8:
            height, width = self.levels[-1].shape[:2]
            half = cv2.resize(
                self.levels[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA
            )
            self.levels.append(np.asarray(half, dtype=np.float32))

    def draw(
        self, image: Image, x: float, y: float, size: float, angle: float = 0.0, light: float = 1.0
    ) -> None:
        """Draw in place, centred on (x, y), `size` px high, turned by `angle` radians.

        `image` may be a picture or another premultiplied plate; `light` multiplies the brightness.
        """
        level = 0
        while level + 1 < len(self.levels) and self.levels[level + 1].shape[0] >= size * 1.2:
            level += 1
        picture = self.levels[level]
        height, width = picture.shape[:2]
        scale = size / height
        reach = int(np.ceil(np.hypot(width, height) * scale / 2)) + 2
        left, top = int(np.floor(x)) - reach, int(np.floor(y)) - reach
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + 2 * reach + 1, image.shape[1]), min(top + 2 * reach + 1, image.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
        middle = ((width - 1) / 2, (height - 1) / 2)
        matrix = np.array(
            [
                [cos, -sin, x - x0 - cos * middle[0] + sin * middle[1]],
                [sin, cos, y - y0 - sin * middle[0] - cos * middle[1]],
            ]
        )
        patch = cv2.warpAffine(picture, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
        part = image[y0:y1, x0:x1]
        part *= 1 - patch[..., 3:]
        part[..., :3] += patch[..., :3] * np.float32(light)
        part[..., 3:] += patch[..., 3 : part.shape[2]]


def polygon(
    shape: Sequence[tuple[float, float]], height: int = HEIGHT, width: int = WIDTH
) -> Image:
    """Return the smooth-edged coverage (0..1) of a polygon given in px."""
    mask = np.zeros((height * 2, width * 2), dtype=np.uint8)
    corners = np.round(np.array(shape) * 2 * 16).astype(np.int32)
    cv2.fillPoly(mask, [corners], 255, lineType=cv2.LINE_AA, shift=4)
    small = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32) / np.float32(255)


@dataclass
class Look:
    """How a scene is developed: exposure, bloom, vignette and a fixed fine grain."""

    exposure: float = 1.0
    bloom: float = 0.18
    threshold: float = 0.7
    vignette: float = 0.32
    saturation: float = 1.08
    grain: float = 1.1
    _table: Image = field(init=False, repr=False)
    _shade: Image = field(init=False, repr=False)
    _grain: Image = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the tone curve, the vignette and the grain."""
        x = np.linspace(0, 8, LEVELS, dtype=np.float64) ** 2 / 8
        filmic = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)
        self._table = (np.clip(filmic, 0, 1) ** (1 / 2.2) * 255).astype(np.float32)
        rows, columns = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
        away = 0.75 * columns**2 + 0.6 * rows**2
        self._shade = (self.exposure * (1 - self.vignette * np.clip(away, 0, 1.4) ** 1.4)).astype(
            np.float32
        )[..., None]
        rng = np.random.default_rng(99)
        grain = cv2.GaussianBlur(
            rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (0, 0), 0.6
        )
        dither = rng.triangular(-1, 0, 1, (HEIGHT, WIDTH, 3)).astype(np.float32)
        self._grain = (
            grain[..., None] / grain.std() * np.float32(self.grain) + np.float32(0.5) * dither
        )

    def develop(self, image: Image) -> Frame:
        """Return the picture as 8-bit RGB."""
        lit = image * self._shade
        if self.bloom:
            small = cv2.resize(lit, (WIDTH // 4, HEIGHT // 4), interpolation=cv2.INTER_AREA)
            bright = np.clip(small - np.float32(self.threshold), 0, 6)
            halo = cv2.GaussianBlur(bright, (0, 0), 3) + 0.9 * cv2.GaussianBlur(bright, (0, 0), 14)
            lit += np.float32(self.bloom) * cv2.resize(
                halo, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR
            )
        index = np.sqrt(np.clip(lit, 0, 8) * np.float32(8)) * np.float32((LEVELS - 1) / 8)
        shown = self._table[index.astype(np.int16)]
        grey = shown @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
        shown = (
            grey[..., None] + (shown - grey[..., None]) * np.float32(self.saturation) + self._grain
        )
        return np.asarray(np.clip(shown + np.float32(0.5), 0, 255), dtype=np.uint8)
