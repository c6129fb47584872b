"""Footage of a third kind, on which nothing was tuned at first: filmed and computed.

`FOREIGN`: photographs that `scenes` does not use, or not so, in a shaking hand; patterns that
computers make; and shots of kinds that music videos have: a talking head, titles, snow, fire,
a street at night, cuts. Sizes, rates and lengths are those of real clips. Whoever tunes
looks at the even ones only; the odd ones stay aside.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.foreign_patterns import (
    Frames,
    Size,
    beads,
    clouds,
    crowd,
    fire,
    headlights,
    mandelbrot,
    plasma,
    snowfall,
    titles,
)

Shade = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Take:
    """A clip's frames as they were shot, and what can be asked of them."""

    shoot: Callable[[], Frames]
    rate: Fraction = Fraction(24)
    is_grey: bool = False
    """Whether there is no colour in it: more or less of it is the same."""
    is_still: bool = False
    """Whether nothing but grain moves: standing still is no fault."""
    is_reversible: bool = False
    """Whether time may run backwards without anyone seeing it."""
    crf: int = 20


def _photograph(name: str, width: int, height: int) -> Frames:
    """Return the middle of a photograph of scikit-image, in a size."""
    found = find_spec("skimage")
    assert found is not None
    assert found.origin is not None
    image = Image.open(Path(found.origin).parent / "data" / name).convert("RGB")
    wide = min(image.width, image.height * width // height)
    high = wide * height // width
    left, top = (image.width - wide) // 2, (image.height - high) // 2
    cut = image.crop((left, top, left + wide, top + high))
    return np.asarray(cut.resize((width, height), Image.Resampling.LANCZOS), np.uint8)


def _filmed(
    name: str,
    size: Size,
    count: int,
    *,
    way: tuple[float, float] = (0.0, 0.0),
    zoom: float = 1.0,
    turn: float = 0.0,
    shake: float = 0.0,
    grain: float = 0.0,
) -> Frames:
    """Return a photograph as somebody films it.

    Args:
        name: File of the photograph.
        size: Width and height.
        count: Of frames.
        way: Pixels per frame that the camera goes, across and down.
        zoom: How much nearer the last frame is.
        turn: Degrees by which the camera turns in all.
        shake: Pixels by which the hand shakes, about.
        grain: Standard deviation of the sensor's noise.
    """
    width, height = size
    picture = _photograph(name, 2 * width, 2 * height)
    chance = np.random.default_rng(len(name) + count)
    hand = _hand(chance, count, shake)
    frames = []
    for index in range(count):
        share = index / (count - 1)
        seen = cv2.getRotationMatrix2D((width, height), turn * (share - 0.5), zoom ** (share - 0.5))
        middle = (index - count / 2) * np.array(way) + hand[index]
        seen[:, 2] -= np.array([width / 2, height / 2]) + middle
        shot = cv2.warpAffine(picture, seen, size, borderMode=cv2.BORDER_REFLECT)
        frames.append(_grained(shot, grain, chance))
    return np.array(frames, np.uint8)


def _hand(chance: np.random.Generator, count: int, shake: float) -> npt.NDArray[np.float64]:
    """Return where a hand that shakes holds the camera: a slow sway with a fast tremor."""
    steps = chance.normal(0.0, 1.0, (count, 2))
    sway = cv2.GaussianBlur(np.cumsum(steps, axis=0), (1, 0), 1, sigmaY=3) if shake else steps
    tremor = cv2.GaussianBlur(steps, (1, 0), 1, sigmaY=1)
    return shake * (0.5 * sway + 0.6 * tremor) if shake else 0.0 * steps


def _grained(shot: npt.NDArray[np.generic], grain: float, chance: np.random.Generator) -> Frames:
    if not grain:
        return np.asarray(shot, np.uint8)
    noise = chance.standard_normal(shot.shape, np.float32) * grain
    return np.asarray(np.clip(np.asarray(shot, np.float32) + noise, 0, 255), np.uint8)


def _grass(size: Size, count: int) -> Frames:
    """Return grass in the wind: waves go through a photograph, tinted green."""
    width, height = size
    picture = _photograph("grass.png", width, height) * np.array([0.72, 1.0, 0.45], np.float32)
    down, across = np.mgrid[:height, :width].astype(np.float32)
    frames = []
    for index in range(count):
        wave = np.sin(across / 31 + down / 47 - index / 5) + np.sin(down / 23 + index / 7)
        moved = cv2.remap(
            picture, across + 3 * wave, down + wave, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        frames.append(np.clip(moved, 0, 255).astype(np.uint8))
    return np.array(frames)


def _talking(background: str, size: Size, count: int) -> Frames:
    """Return a head that talks and nods a little before what stands still."""
    width, height = size
    back = _photograph(background, width, height) // 2 + 40
    chance = np.random.default_rng(5)
    frames = []
    for index in range(count):
        frame = back.copy()
        nod = np.array([np.sin(index / 17), np.sin(index / 11)]) * height / 60
        x, y = np.rint(np.array([width * 0.46, height * 0.52]) + nod).astype(int).tolist()
        unit = height / 12
        _oval(frame, (x, y + round(6.4 * unit)), (3.6 * unit, 3.2 * unit), (64, 72, 108))
        _oval(frame, (x, y - round(0.3 * unit)), (2.5 * unit, 3.3 * unit), (52, 36, 28))
        _oval(frame, (x, y), (2.1 * unit, 2.8 * unit), (214, 168, 142))
        for side in (-1, 1):
            at = (round(x + side * 0.9 * unit), round(y - 0.5 * unit))
            _oval(frame, at, (0.35 * unit, (0.05 if index % 60 < 4 else 0.2) * unit), (40, 40, 52))
        open_ = 0.15 + 0.4 * abs(np.sin(index / 2.3) * np.sin(index / 9))
        _oval(frame, (x, round(y + 1.4 * unit)), (0.7 * unit, open_ * unit), (120, 48, 52))
        frames.append(_grained(frame, 2.0, chance))
    return np.array(frames)


def _oval(frame: Frames, at: tuple[int, int], half: tuple[float, float], shade: Shade) -> None:
    axes = (max(1, round(half[0])), max(1, round(half[1])))
    cv2.ellipse(frame, at, axes, 0, 0, 360, shade, -1, cv2.LINE_AA)


def _face(size: Size, count: int) -> Frames:
    """Return a photographed person who moves a little before what stands still."""
    width, height = size
    picture = _photograph("astronaut.png", width, height)
    down, across = np.mgrid[:height, :width].astype(np.float32)
    away = ((across / width - 0.44) / 0.2) ** 2 + ((down / height - 0.4) / 0.45) ** 2
    near = np.exp(-away).astype(np.float32)
    frames = []
    for index in range(count):
        sway = (4 * float(np.sin(index / 13)), 2.5 * float(np.sin(index / 8)))
        frames.append(
            cv2.remap(picture, across + sway[0] * near, down + sway[1] * near, cv2.INTER_LINEAR)
        )
    return np.array(frames, np.uint8)


def _cut(size: Size, each: int) -> Frames:
    """Return three shots with hard cuts, as edited footage has them."""
    shots = (("coffee.png", 0.4, 1.1), ("chelsea.png", -0.7, 1.0), ("rocket.jpg", 0.0, 1.2))
    return np.concatenate(
        [
            _filmed(name, size, each, way=(way, 0.1), zoom=zoom, shake=0.5)
            for name, way, zoom in shots
        ]
    )


_WIDE: Final = (320, 180)
_LARGE: Final = (640, 360)
_MIDDLE: Final = (426, 240)
_UPRIGHT: Final = (180, 320)
_PAL: Final = Fraction(25)
_FAST: Final = Fraction(30)
_NTSC: Final = Fraction(30000, 1001)

FOREIGN: Final[Mapping[str, Take]] = {
    "cameraman, handheld": Take(
        partial(_filmed, "camera.png", _WIDE, 84, shake=1.2, zoom=1.1, grain=3), is_grey=True
    ),
    "motorcycle, slow zoom": Take(
        partial(_filmed, "motorcycle_left.png", _MIDDLE, 76, zoom=1.25), _PAL
    ),
    "retina, slow pan": Take(partial(_filmed, "retina.jpg", _WIDE, 90, way=(0.5, 0.3)), _FAST),
    "stars, slow turn": Take(
        partial(_filmed, "hubble_deep_field.jpg", _WIDE, 80, turn=14, zoom=1.1)
    ),
    "plasma": Take(partial(plasma, _WIDE, 90), _FAST, is_reversible=True),
    "page of a book, handheld": Take(
        partial(_filmed, "page.png", _WIDE, 75, shake=0.9, way=(0.3, 0)), _PAL, is_grey=True, crf=24
    ),
    "tissue, zoom out": Take(partial(_filmed, "ihc.png", _WIDE, 72, zoom=0.75), crf=26),
    "coins, passing": Take(
        partial(_filmed, "coins.png", _WIDE, 90, way=(0.9, 0.2)), _FAST, is_grey=True
    ),
    "grass in the wind, upright": Take(
        partial(_grass, _UPRIGHT, 90), _FAST, is_reversible=True, crf=24
    ),
    "moon, tripod with grain": Take(
        partial(_filmed, "moon.png", _WIDE, 72, grain=6), is_grey=True, is_still=True, crf=18
    ),
    "talking head before bricks": Take(
        partial(_talking, "brick.png", _MIDDLE, 75), _PAL, is_reversible=True
    ),
    "cat, handheld, upright, grain": Take(
        partial(_filmed, "chelsea.png", _UPRIGHT, 84, shake=1.0, grain=5), _FAST
    ),
    "mandelbrot, zoom": Take(partial(mandelbrot, _WIDE, 72)),
    "clouds at sunset": Take(partial(clouds, _WIDE, 96)),
    "night street, few lights": Take(partial(headlights, _WIDE, 96), _PAL),
    "fire": Take(partial(fire, _WIDE, 75), _PAL),
    "crowd of dots": Take(partial(crowd, _WIDE, 72), is_reversible=True, crf=23),
    "snow over a dark wood": Take(partial(snowfall, _WIDE, 90), _NTSC),
    "titles": Take(partial(titles, _MIDDLE, 96), crf=18),
    "rocket, fast pan": Take(partial(_filmed, "rocket.jpg", _WIDE, 72, way=(4.5, 0.3))),
    "coffee, tripod with grain": Take(
        partial(_filmed, "coffee.png", _WIDE, 72, grain=5), is_still=True, crf=19
    ),
    "person, moving a little": Take(partial(_face, _LARGE, 72), is_reversible=True, crf=23),
    "three shots with cuts": Take(partial(_cut, _WIDE, 30), _PAL),
    "beads of colour": Take(partial(beads, _WIDE, 90), _NTSC, is_reversible=True),
}
"""By name. The even ones may be tuned on, the odd ones stay aside."""
SEEN: Final = tuple(FOREIGN)[::2]
ASIDE: Final = tuple(FOREIGN)[1::2]
