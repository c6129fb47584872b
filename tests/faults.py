"""Faulty answers to wishes: what a gate must not let into a film.

Made of frames, by rules of its own: nothing here knows how footage is judged. `RIGHT` does to
frames what a wish asks for, in plain arithmetic; a fault does something else instead, or
something else besides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Frames = npt.NDArray[np.uint8]
"""`(frames, height, width, 3) uint8 RGB`."""
Change = Callable[[Frames, float], Frames]
"""Does what is asked: frames, and how much of it (1 is usual, negative is the contrary)."""

AMOUNTS: Final = {"slight": 0.55, "medium": 1.0, "strong": 1.6}


@dataclass(frozen=True, slots=True)
class Case:
    """Frames that were there, what was wished, and what came instead."""

    before: Frames
    after: Frames


def _light(frames: Frames, amount: float) -> Frames:
    """Lift or lower the middle by a power."""
    return _coded((frames / 255.0) ** (0.62**amount))


def _colour(frames: Frames, amount: float) -> Frames:
    grey = frames @ np.array([0.2126, 0.7152, 0.0722])
    share = max(0.0, 1.0 + 0.5 * amount)
    return _coded((grey[..., None] + (frames - grey[..., None]) * share) / 255.0)


def _warmth(frames: Frames, amount: float) -> Frames:
    gains = np.array([1.14**amount, 1.0, 0.84**amount])
    return _coded(frames * gains / 255.0)


def _contrast(frames: Frames, amount: float) -> Frames:
    middle = frames.mean() / 255.0
    return _coded(middle + (frames / 255.0 - middle) * 1.3**amount)


def _night(frames: Frames, amount: float) -> Frames:
    if amount < 0:
        return _warmth(_light(frames, -amount), -amount)
    dark = frames / 255.0 * 0.42**amount
    return _coded(dark * np.array([0.82**amount, 0.95**amount, 1.25**amount]))


def _sunset(frames: Frames, amount: float) -> Frames:
    return _coded(frames / 255.0 * np.array([1.12**amount, 0.9**amount, 0.66**amount]))


def _grey(frames: Frames, amount: float) -> Frames:
    """Take all colour; the contrary is a richer colour."""
    return _colour(frames, -9.0 if amount > 0 else 1.0)


def _calm(frames: Frames, amount: float) -> Frames:
    """Play slower, or faster and to and fro where the footage ends."""
    speed = 0.5**amount
    places = np.arange(len(frames)) * speed
    last = len(frames) - 1
    there = last - np.abs(places % (2 * last) - last)
    first = np.floor(there).astype(int)
    share = (there - first)[:, None, None, None]
    mixed = frames[first] * (1 - share) + frames[np.minimum(first + 1, last)] * share
    return np.asarray(np.rint(mixed), np.uint8)


RIGHT: Final[Mapping[tuple[str, str], Change]] = {
    ("brightness", "up"): _light,
    ("brightness", "down"): lambda frames, amount: _light(frames, -amount),
    ("saturation", "up"): _colour,
    ("saturation", "down"): lambda frames, amount: _colour(frames, -amount),
    ("warmth", "up"): _warmth,
    ("warmth", "down"): lambda frames, amount: _warmth(frames, -amount),
    ("contrast", "up"): _contrast,
    ("contrast", "down"): lambda frames, amount: _contrast(frames, -amount),
    ("time_of_day", "night"): _night,
    ("time_of_day", "sunset"): _sunset,
    ("look", "monochrome"): _grey,
    ("motion", "down"): _calm,
}
"""What is wished, by kind and direction of the plan, and how it is done right."""

_WITHOUT_MOST: Final = {("look", "monochrome"), ("motion", "down"), ("time_of_day", "night")}
"""Wishes of which there is hardly too much."""


def no_op(frames: Frames, _: Change, __: float, ___: Random) -> Frames:
    """Return what was there."""
    return frames


def wrong_direction(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the contrary."""
    return right(frames, -amount)


def too_much(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return several times as much as was asked."""
    return right(frames, 4.5 * max(1.0, amount))


def black(frames: Frames, _: Change, __: float, ___: Random) -> Frames:
    """Return black, with a little noise of coding."""
    return np.full_like(frames, 3)


def frozen(frames: Frames, right: Change, amount: float, chance: Random) -> Frames:
    """Return one frame of the right change all the time."""
    done = right(frames, amount)
    return np.repeat(done[chance.randrange(len(done))][None], len(done), 0)


def shifted(frames: Frames, right: Change, amount: float, chance: Random) -> Frames:
    """Return the right change, seen from further left or right."""
    across = round(frames.shape[2] * chance.uniform(0.1, 0.25)) * chance.choice((-1, 1))
    return np.roll(right(frames, amount), across, axis=2)


def cropped(frames: Frames, right: Change, amount: float, chance: Random) -> Frames:
    """Return the right change of a part of the picture."""
    share = 1 / chance.uniform(1.2, 1.6)
    height, width = frames.shape[1:3]
    high, wide = round(height * share), round(width * share)
    top, left = chance.randint(0, height - high), chance.randint(0, width - wide)
    return _sized(right(frames, amount)[:, top : top + high, left : left + wide], width, height)


def mirrored(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the right change, left and right exchanged."""
    return np.ascontiguousarray(right(frames, amount)[:, :, ::-1])


def upside_down(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the right change, turned by half."""
    return np.ascontiguousarray(right(frames, amount)[:, ::-1, ::-1])


def inverted(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the negative of the right change."""
    return np.asarray(255 - right(frames, amount), np.uint8)


def half_frozen(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the right change, which stops in the middle."""
    done = right(frames, amount)
    middle = len(done) // 2
    return np.concatenate([done[:middle], np.repeat(done[middle][None], len(done) - middle, 0)])


def half_black(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the right change, of which the second half is black."""
    done = right(frames, amount).copy()
    done[len(done) // 2 :] = 2
    return done


def half_covered(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the right change, of which one half of the picture is black."""
    done = right(frames, amount).copy()
    done[:, :, done.shape[2] // 2 :] = 2
    return done


def noise(frames: Frames, _: Change, __: float, chance: Random) -> Frames:
    """Return nothing but noise."""
    return np.random.default_rng(chance.random().as_integer_ratio()[0]).integers(
        0, 256, frames.shape, dtype=np.uint8
    )


def blurred(frames: Frames, right: Change, amount: float, _: Random) -> Frames:
    """Return the right change, out of focus."""
    done = right(frames, amount)
    return np.array([cv2.GaussianBlur(each, (0, 0), done.shape[1] / 18) for each in done])


def other_hues(frames: Frames, right: Change, amount: float, chance: Random) -> Frames:
    """Return the right change, all hues turned by a third."""
    turn = chance.choice(((1, 2, 0), (2, 0, 1)))
    return np.ascontiguousarray(right(frames, amount)[..., turn])


def shuffled(frames: Frames, right: Change, amount: float, chance: Random) -> Frames:
    """Return the right change, its moments in another order."""
    done = right(frames, amount)
    parts = np.array_split(np.arange(len(done)), 9)
    chance.shuffle(parts)
    return done[np.concatenate(parts)]


_ALL: Final = (
    *(no_op, wrong_direction, too_much, black, frozen),
    *(shifted, cropped, mirrored, upside_down),
    *(inverted, half_frozen, half_black, half_covered, noise, blurred, other_hues, shuffled),
)
FAULTS: Final = {each.__name__: each for each in _ALL}
"""By name. Another clip's footage is not among them: it takes another clip (`other_clip`)."""
OTHER_COMPOSITIONS: Final = ("shifted", "cropped", "mirrored", "upside_down")
EXTRA: Final = (
    *("inverted", "half_frozen", "half_black", "half_covered"),
    *("noise", "blurred", "other_hues", "shuffled"),
)
"""Faults that no list asked for."""


def fits(fault: str, wish: tuple[str, str]) -> bool:
    """Return whether a fault can be one for this wish."""
    if fault == "too_much":
        return wish not in _WITHOUT_MOST
    if wish == ("look", "monochrome"):
        return fault != "other_hues"
    return not (wish == ("motion", "down") and fault in {"half_frozen", "shuffled"})


def other_clip(other: Frames, like: Frames, right: Change, amount: float) -> Frames:
    """Return the right change of another clip, as long and as large as this one."""
    places = np.arange(len(like)) % len(other)
    return right(_sized(other[places], like.shape[2], like.shape[1]), amount)


def _sized(frames: Frames, width: int, height: int) -> Frames:
    return np.array(
        [cv2.resize(each, (width, height), interpolation=cv2.INTER_AREA) for each in frames]
    )


def _coded(light: npt.NDArray[np.float64]) -> Frames:
    return np.asarray(np.rint(255 * np.clip(light, 0.0, 1.0)), np.uint8)
