# ruff: noqa: PLR2004 - a picture or a sound is made of its numbers

"""Open water in perspective: a sum of travelling waves, seen from just above, that mirrors a sky.

Every pixel below the horizon is a place on the plane. Waves shorter than the pixel there fade out
and turn into roughness instead, which is what keeps the distance calm and makes the light path of
a low sun widen.
"""

from dataclasses import dataclass

import numpy as np

from .canvas import HEIGHT, WIDTH, Image


@dataclass(frozen=True)
class Sea:
    """How the water moves; `heading` and `spread` are radians from the view, lengths map units."""

    waves: int = 15
    heading: float = 2.6
    spread: float = 0.9
    steepness: float = 0.055
    longest: float = 9.0
    shortest: float = 0.22
    seed: int = 3


class Water:
    """A sea below a horizon row."""

    def __init__(self, sea: Sea, horizon: float, focal: float, eye: float) -> None:
        """Lay out the pixels on the plane and choose the waves."""
        rng = np.random.default_rng(sea.seed)
        self.horizon, self.focal, self.eye = horizon, focal, eye
        self.first = int(np.ceil(horizon + 0.6))
        down = np.arange(self.first, HEIGHT, dtype=np.float32) + np.float32(0.5 - horizon)
        self.depth = (eye * focal / down)[:, None].astype(np.float32)
        across = (np.arange(WIDTH, dtype=np.float32) + np.float32(0.5 - WIDTH / 2)) / np.float32(
            focal
        )
        self.x = self.depth * across[None]
        length = np.geomspace(sea.longest, sea.shortest, sea.waves)
        angle = sea.heading + rng.uniform(-1, 1, sea.waves) * sea.spread
        self.wave = 2 * np.pi / length
        self.kx, self.kz = self.wave * np.sin(angle), self.wave * np.cos(angle)
        self.speed = np.sqrt(9.81 * self.wave) * 0.55
        self.slope = sea.steepness * rng.uniform(0.7, 1.2, sea.waves)
        self.phase = rng.uniform(0, 6.28, sea.waves)
        self.ray = np.stack(
            np.broadcast_arrays(across[None], -down[:, None] / np.float32(focal)), -1
        )
        self.norm = np.sqrt(1 + (self.ray**2).sum(-1)).astype(np.float32)

    def slopes(self, t: float, drift: float = 0.0) -> tuple[Image, Image, Image]:
        """Return the slope across, the slope along and the roughness of every pixel of water."""
        across, along = np.zeros_like(self.x), np.zeros_like(self.x)
        rough = np.zeros_like(self.depth)
        footprint = self.depth**2 / np.float32(self.focal * self.eye)
        for i in range(len(self.wave)):
            kept = np.exp(-((footprint * np.float32(self.wave[i] / 2.2)) ** 2)).astype(np.float32)
            rough += np.float32(self.slope[i] ** 2) * (1 - kept)
            rows = int(np.argmax(kept[:, 0] > 0.02)) if kept.max() > 0.02 else len(kept)
            column = np.float32(self.kz[i]) * (self.depth[rows:] + np.float32(drift))
            bias = np.float32((self.phase[i] - self.speed[i] * t) % (2 * np.pi))
            swing = np.cos(np.float32(self.kx[i]) * self.x[rows:] + column + bias)
            swing = (swing + np.float32(0.28) * (2 * swing * swing - 1)) * kept[rows:]
            across[rows:] += np.float32(self.slope[i] * self.kx[i] / self.wave[i]) * swing
            along[rows:] += np.float32(self.slope[i] * self.kz[i] / self.wave[i]) * swing
        return across, along, rough

    def height_at(self, x: float, z: float, t: float) -> float:
        """Return the height of the surface at a place, for what floats on it."""
        turn = self.kx * x + self.kz * z - self.speed * t + self.phase
        return float((self.slope / self.wave * np.sin(turn))[:8].sum())

    def project(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Return the column, the row and the px per map unit of a place above the water."""
        scale = self.focal / z
        return WIDTH / 2 + x * scale, self.horizon + (self.eye - y) * scale, scale

    def mirror(self, across: Image, along: Image) -> tuple[Image, Image, Image]:
        """Return where the mirrored ray of every pixel points: x, y, z of length 1."""
        right, up = self.ray[..., 0], self.ray[..., 1]
        bent = np.float32(1) / (across * across + along * along + 1)
        dot = 2 * (up - across * right - along) * bent
        x, y, z = right + dot * across, up - dot, 1 + dot * along
        return x / self.norm, np.abs(y) / self.norm, z / self.norm
