"""Rain, snow and stars, drawn as masks.

A mask is grey: 0 leaves the picture as it is, 255 covers it with white. `graph` uses the
values as they are, never through a colour conversion: as an ordinary video a black mask
would turn into "black of limited range", 16, and lift the whole picture
(facts/video.md §8).

Everything moves a whole number of times around per loop, so the loop has no jump, and
all positions come from fixed seeds, so it is the same every time. Depth is three layers:
far ones small, dim and slow, near ones large, fast and out of focus.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import starmap
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
import numpy.typing as npt

from clipbot.media.files import appearing
from clipbot.media.looks.cubes import EDITION, used
from clipbot.media.looks.effects import ParticleKind, Particles

Mask = npt.NDArray[np.uint8]
"""`(height, width) uint8`; 0 is clear, 255 white."""

LOOP_SECONDS: Final = {"rain": 3, "snow": 6, "stars": 4}
_FINE_HEIGHT: Final = 720
"""Masks of smaller pictures are drawn at least this high and shrunk: a raindrop is thinner
than a pixel of a preview."""
_FINEST: Final = 2.0
_SHIFT: Final = 4
"""OpenCV takes positions in sixteenths of a pixel; whole pixels would make snow tremble."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """Particles at one distance. Lengths are shares of the picture's height."""

    count: int
    """At medium density, for a picture of 16:9."""
    size: float
    light: int
    """Value in the mask, 0..255."""
    rounds: tuple[int, ...]
    """How many times around per loop; each particle has one of these."""
    blur: float = 0.0


_RAIN: Final = (
    _Layer(420, 0.0012, 92, (5, 6)),
    _Layer(190, 0.0019, 100, (7, 8)),
    _Layer(46, 0.0033, 105, (9, 10, 11), blur=0.0016),
)
_SNOW: Final = (
    _Layer(420, 0.0018, 120, (1,)),
    _Layer(170, 0.0036, 185, (1, 2)),
    _Layer(34, 0.0100, 170, (2, 3), blur=0.0042),
)
_STARS: Final = (
    _Layer(230, 0.0014, 190, (1, 2)),
    _Layer(60, 0.0022, 245, (1, 2, 3)),
    _Layer(9, 0.0038, 255, (2, 3), blur=0.0012),
)
_SLANT: Final = 0.10
"""Way of a raindrop to the left, per way down."""
_SHUTTER: Final = 0.55
"""Share of a frame during which the film is exposed: how long a drop's streak is."""


def frames_of(kind: ParticleKind, rate: Fraction) -> int:
    """Return the length of the loop."""
    return max(2, round(LOOP_SECONDS[kind] * rate))


def masks(particles: Particles, width: int, height: int, rate: Fraction) -> Iterator[Mask]:
    """Yield every frame of the loop."""
    total = frames_of(particles.kind, rate)
    draw = _drawing(particles, width, height, total)
    yield from map(draw, range(total))


def still(particles: Particles, width: int, height: int, rate: Fraction) -> Mask:
    """Return one frame of the loop, for a preview."""
    total = frames_of(particles.kind, rate)
    return _drawing(particles, width, height, total)(total // 3)


def loop(particles: Particles, width: int, height: int, rate: Fraction, cache: Path) -> Path:
    """Return a video file of the loop, made if it is not there yet.

    It is a row of PNG pictures in a MOV file: nothing is encoded lossily, and playing it
    again from the start needs no more than a seek.

    Raises:
        StorageFull: There is no room for its few megabytes.
    """
    words = f"{EDITION} {particles} {width}x{height}@{rate}"
    key = hashlib.blake2b(words.encode(), digest_size=12).hexdigest()
    path = cache / f"{key}.mov"
    if not used(path):
        with appearing(path) as part:
            _write(part, masks(particles, width, height, rate), width, height, rate)
    return path


def _write(path: Path, frames: Iterator[Mask], width: int, height: int, rate: Fraction) -> None:
    tick = 1 / rate
    with av.open(str(path), "w", format="mov") as container:
        stream = container.add_stream("png", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "gray"
        for number, mask in enumerate(frames):
            _, encoded = cv2.imencode(".png", mask, [cv2.IMWRITE_PNG_COMPRESSION, 3])
            packet = av.Packet(encoded.tobytes())
            packet.stream, packet.time_base = stream, tick
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, True
            container.mux(packet)


def _drawing(particles: Particles, width: int, height: int, total: int) -> Callable[[int], Mask]:
    """Return a function from a frame's number to its mask."""
    fine = min(_FINEST, max(1.0, _FINE_HEIGHT / height))
    canvas = (round(height * fine), round(width * fine))
    layers, draw = {
        "rain": (_RAIN, _rain),
        "snow": (_SNOW, _snow),
        "stars": (_STARS, _stars),
    }[particles.kind]
    crowd = particles.density * (width / height) / (16 / 9)
    scattered = [_Scattered(layer, crowd, seed) for seed, layer in enumerate(layers)]

    def at(number: int) -> Mask:
        drawn = [_blurred(draw(layer, canvas, number / total, total), layer) for layer in scattered]
        whole = np.maximum.reduce(drawn)
        if fine > 1.0:
            whole = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
        return np.ascontiguousarray(whole, np.uint8)

    return at


class _Scattered:
    """The particles of a layer: where each starts, and how it differs from the others."""

    def __init__(self, layer: _Layer, crowd: float, seed: int) -> None:
        self.layer = layer
        count = max(1, round(layer.count * crowd))
        random = np.random.default_rng([20240607, seed, layer.count])
        self.across, self.down, self.phase, self.vary = random.uniform(0.0, 1.0, (4, count))
        self.rounds = random.choice(np.array(layer.rounds), count)


def _blurred(mask: Mask, scattered: _Scattered) -> Mask:
    if not scattered.layer.blur:
        return mask
    sigma = scattered.layer.blur * mask.shape[0]
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), np.uint8)


def _rain(scattered: _Scattered, canvas: tuple[int, int], turn: float, total: int) -> Mask:
    """Draw streaks as long as a drop falls while the shutter is open."""
    height, width = canvas
    layer, mask = scattered.layer, np.zeros(canvas, np.uint8)
    margin = 0.2
    way = 1.0 + 2 * margin
    head = ((scattered.down + scattered.rounds * turn) % 1.0 * way - margin) * height
    length = scattered.rounds * way / total * _SHUTTER * height
    left = scattered.across * (width + _SLANT * height) - _SLANT * head
    fineness = layer.size * height
    thickness = max(1, round(fineness))
    light = layer.light * (0.65 + 0.35 * scattered.vary) * min(1.0, fineness / thickness) ** 0.5

    def streak(x: float, y: float, tail: float, value: float) -> None:
        start, end = _fixed(x, y), _fixed(x + _SLANT * tail, y - tail)
        cv2.line(mask, start, end, value, thickness, cv2.LINE_AA, _SHIFT)

    list(
        starmap(
            streak, zip(left.tolist(), head.tolist(), length.tolist(), light.tolist(), strict=True)
        )
    )
    return mask


def _snow(scattered: _Scattered, canvas: tuple[int, int], turn: float, _: int) -> Mask:
    """Draw flakes that sink and sway."""
    height, width = canvas
    layer, mask = scattered.layer, np.zeros(canvas, np.uint8)
    margin = 0.05
    y = ((scattered.down + scattered.rounds * turn) % 1.0 * (1 + 2 * margin) - margin) * height
    swings = 1 + scattered.rounds
    swing = np.sin(2 * np.pi * (swings * turn + scattered.phase)) * (0.008 + 2.0 * layer.size)
    x = scattered.across * (width + 0.1 * height) + (swing - 0.05) * height
    _dots(mask, x, y, layer.size * height * (0.6 + 0.8 * scattered.vary), layer.light)
    return mask


def _stars(scattered: _Scattered, canvas: tuple[int, int], turn: float, _: int) -> Mask:
    """Draw points that twinkle, fewer and dimmer towards the horizon."""
    height, width = canvas
    layer, mask = scattered.layer, np.zeros(canvas, np.uint8)
    y = scattered.down**1.4 * 0.72
    twinkle = 0.72 + 0.28 * np.sin(2 * np.pi * (scattered.rounds * turn + scattered.phase))
    sky = np.clip((0.72 - y) / 0.40, 0.0, 1.0)
    light = layer.light * twinkle * sky * (0.45 + 0.55 * scattered.vary)
    _dots(mask, scattered.across * width, y * height, np.full_like(y, layer.size * height), light)
    return mask


def _dots(
    mask: Mask,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    radius: npt.NDArray[np.float64],
    light: npt.NDArray[np.float64] | int,
) -> None:
    values = np.broadcast_to(np.asarray(light, np.float64), x.shape)
    for across, down, size, value in zip(
        x.tolist(), y.tolist(), radius.tolist(), values.tolist(), strict=True
    ):
        reach = max(1, round(size * 2**_SHIFT))
        cv2.circle(mask, _fixed(across, down), reach, value, cv2.FILLED, cv2.LINE_AA, _SHIFT)


def _fixed(x: float, y: float) -> tuple[int, int]:
    return round(x * 2**_SHIFT), round(y * 2**_SHIFT)
