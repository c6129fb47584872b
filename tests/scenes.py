"""Footage to judge by: what the gate was tuned on, and what it had never seen.

`TUNED`: the sample's clips, of which the limits were chosen. `HELD_OUT`: photographs, looked
at by a moving camera, and drawn scenes in which things move; by day and by night, pale,
nearly black, very bright, upright, at other rates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np

from tests.faults import Frames
from tests.photographs import photograph

SAMPLE: Final = Path(__file__).parents[1] / "assets" / "sample"
FRAMES: Final = 36
_SIZE: Final = (192, 108)
_UPRIGHT: Final = (108, 192)


@dataclass(frozen=True, slots=True)
class Scene:
    """A clip's frames and rate."""

    frames: Frames
    rate: Fraction = Fraction(24)


@cache
def tuned(name: str) -> Scene:
    """Return the beginning of a clip of the sample."""
    frames = []
    with av.open(str(SAMPLE / f"{name}.mp4")) as container:
        for frame in container.decode(video=0):
            small = frame.reformat(*_SIZE, format="rgb24", src_colorspace="ITU709")
            frames.append(small.to_ndarray())
            if len(frames) == FRAMES:
                break
    return Scene(np.array(frames, np.uint8))


@cache
def held_out(name: str) -> Scene:
    """Return footage that nothing was tuned on."""
    return HELD_OUT[name]()


def _seen(
    name: str, across: float, down: float, zoom: float = 1.0, size: tuple[int, int] = _SIZE
) -> Frames:
    """Return a photograph seen by a camera that goes across, down, or closer.

    Args:
        name: Of the photograph.
        across: Pixels per frame, of the result.
        down: The same.
        zoom: How much closer the last frame is.
        size: Width and height of the result.
    """
    width, height = size
    picture = photograph(name, 2 * width, 2 * height)
    frames = []
    for index in range(FRAMES):
        share = index / (FRAMES - 1)
        near = 1.25 * zoom**share
        middle = (width + across * (index - FRAMES / 2), height + down * (index - FRAMES / 2))
        frames.append(_looked_at(picture, middle, near / 1.25, size))
    return np.array(frames, np.uint8)


def _looked_at(
    picture: Frames, middle: tuple[float, float], near: float, size: tuple[int, int]
) -> Frames:
    width, height = size
    scale = near
    turn = np.array(
        [
            [scale, 0, width / 2 - scale * middle[0]],
            [0, scale, height / 2 - scale * middle[1]],
        ]
    )
    return np.asarray(
        cv2.warpAffine(picture, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT),
        np.uint8,
    )


def _street(light: float, colour: float, seed: int, size: tuple[int, int] = _SIZE) -> Frames:
    """Return a drawn street: a sky, houses with windows, a car, a walker, a bird."""
    width, height = size
    chance = np.random.default_rng(seed)
    ground = round(0.78 * height)
    back = np.zeros((height, width, 3), np.float64)
    back[:] = np.linspace((90, 140, 210), (200, 190, 180), height)[:, None]
    left = 0
    while left < width:
        wide, high = int(chance.integers(18, 46)), int(chance.integers(35, 95))
        shade = chance.integers(40, 190, 3)
        back[ground - high : ground, left : left + wide] = shade
        for top in range(ground - high + 6, ground - 8, 12):
            for window in range(left + 4, min(left + wide - 6, width), 10):
                back[top : top + 6, window : window + 5] = chance.choice((40, 235)) * np.array(
                    [1.0, 0.92, 0.7]
                )
        left += wide + int(chance.integers(0, 6))
    back[ground:] = (70, 68, 66)
    back += chance.normal(0, 4, back.shape)
    frames = []
    for index in range(FRAMES):
        frame = np.clip(back, 0, 255).astype(np.uint8)
        car = round(-40 + index * (width + 60) / FRAMES)
        cv2.rectangle(frame, (car, ground + 4), (car + 38, ground + 20), (190, 40, 35), -1)
        walker = round(width * 0.7 - index * 1.1)
        cv2.ellipse(frame, (walker, ground - 4), (5, 16), 0, 0, 360, (60, 80, 130), -1)
        bird = (round(20 + index * 3.1), round(24 + 9 * np.sin(index / 4)))
        cv2.circle(frame, bird, 4, (30, 30, 34), -1)
        frames.append(frame)
    return _exposed(np.array(frames), light, colour)


def _dancers(light: float, colour: float, seed: int) -> Frames:
    """Return drawn shapes that move to a beat before a patterned wall."""
    width, height = _SIZE
    chance = np.random.default_rng(seed)
    wall = cv2.GaussianBlur(chance.uniform(0, 255, (height, width, 3)), (0, 0), 9)
    wall = (wall - wall.min()) / (wall.max() - wall.min()) * 170 + 30
    shapes = [
        (chance.uniform(0.1, 0.9), chance.uniform(0.3, 0.8), chance.integers(20, 235, 3), number)
        for number in range(5)
    ]
    frames = []
    for index in range(FRAMES):
        frame = wall.astype(np.uint8)
        for x, y, shade, number in shapes:
            beat = 2 * np.pi * index / 16 + number
            at = (round(width * x + 11 * np.sin(beat)), round(height * y + 9 * np.cos(2 * beat)))
            tall = (13 + 4 * number, 24 + 3 * number)
            cv2.ellipse(frame, at, tall, 15 * np.sin(beat), 0, 360, shade.tolist(), -1)
        frames.append(frame)
    return _exposed(np.array(frames), light, colour)


def _exposed(frames: Frames, light: float, colour: float) -> Frames:
    grey = frames @ np.array([0.2126, 0.7152, 0.0722])
    rich = grey[..., None] + (frames - grey[..., None]) * colour
    return np.asarray(np.rint(255 * np.clip(rich / 255, 0, 1) ** (1 / light)), np.uint8)


def _pale(frames: Frames) -> Frames:
    return np.asarray(np.rint(105 + 0.25 * frames), np.uint8)


TUNED: Final = tuple(f"clip_{number}" for number in range(8))
HELD_OUT: Final[Mapping[str, Callable[[], Scene]]] = {
    "astronaut, the camera passes": lambda: Scene(_seen("astronaut", 1.4, 0.2)),
    "coffee, the camera comes closer": lambda: Scene(_seen("coffee", 0.3, 0.4, 1.5)),
    "cat, upright": lambda: Scene(_seen("cat", 0.9, 0.9, size=_UPRIGHT), Fraction(30)),
    "rocket, the camera rises": lambda: Scene(_seen("rocket", 0.2, -1.2), Fraction(25)),
    "street by day": lambda: Scene(_street(1.0, 1.0, 3)),
    "street by night": lambda: Scene(_street(0.42, 0.8, 5), Fraction(30)),
    "street, nearly black": lambda: Scene(_street(0.22, 0.7, 8)),
    "street, very bright": lambda: Scene(_street(2.4, 0.9, 13)),
    "dancers": lambda: Scene(_dancers(1.0, 1.0, 21), Fraction(30000, 1001)),
    "dancers, pale": lambda: Scene(_pale(_dancers(1.0, 0.6, 34))),
}
"""By name."""
