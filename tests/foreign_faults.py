"""A second maker of faults, with other variants than `faults`, and other arithmetic.

Each fault that a gate must catch comes in the variants that a person may try on it. Nothing
here knows how footage is judged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from tests.foreign_changes import Frames, Way, Wish, each


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked of which footage, and how it would be done right."""

    frames: Frames
    wish: Wish
    right: Way
    amount: float
    other: Frames
    """Footage of another clip."""

    @property
    def done(self) -> Frames:
        """The frames as they should be."""
        return self.right(self.frames, self.amount)


Matrix = npt.NDArray[np.float64] | cv2.typing.MatLike
Fault = Callable[[Order, Random], Frames]


def _noise(frames: Frames, spread: float, chance: Random) -> Frames:
    grain = np.random.default_rng(chance.randrange(2**32))
    return each(
        frames, lambda frame: frame + grain.standard_normal(frame.shape, np.float32) * spread
    )


def _warped(frames: Frames, move: Matrix, border: int = cv2.BORDER_REFLECT) -> Frames:
    size = frames.shape[2], frames.shape[1]
    return np.array([cv2.warpAffine(each_, move, size, borderMode=border) for each_ in frames])


def shifted_by_one(order: Order, chance: Random) -> Frames:
    """Return what was there, one pixel aside."""
    way = chance.choice(((1, 0), (0, 1), (-1, 0), (1, 1)))
    move = np.array([[1.0, 0, way[0]], [0, 1.0, way[1]]])
    return _warped(order.frames, move, cv2.BORDER_REPLICATE)


def flickering(order: Order, chance: Random) -> Frames:
    """Return what was there, each frame by a hair brighter or darker."""
    gains = [1 + chance.uniform(-0.015, 0.015) for _ in order.frames]
    lit = [np.clip(frame * gain, 0, 255) for frame, gain in zip(order.frames, gains, strict=True)]
    return np.array(lit).astype(np.uint8)


def contrary(order: Order, chance: Random) -> Frames:
    """Return the contrary of the wish, in any of its ways, modest to strong."""
    return chance.choice(order.wish.contrary)(order.frames, chance.choice((0.4, 0.7, 1.0, 1.5)))


def excessive(order: Order, chance: Random) -> Frames:
    """Return far more than was asked."""
    return chance.choice(order.wish.excess)(order.frames, 1.0)


def _sized(frames: Frames, size: tuple[int, int]) -> Frames:
    return np.array(
        [cv2.resize(frame, size, interpolation=cv2.INTER_AREA) for frame in frames], np.uint8
    )


def _as_long(frames: Frames, count: int) -> Frames:
    return frames[np.arange(count) % len(frames)]


def other_graded(order: Order, _: Random) -> Frames:
    """Return another clip, brought to the light and colour of this one, and then changed."""
    size = order.frames.shape[2], order.frames.shape[1]
    other = _sized(_as_long(order.other, len(order.frames)), size)
    mean, spread = other[::6].mean((0, 1, 2)), other[::6].std((0, 1, 2)) + 1
    to_mean, to_spread = order.frames[::6].mean((0, 1, 2)), order.frames[::6].std((0, 1, 2))
    matched = each(other, lambda frame: (frame - mean) / spread * to_spread + to_mean)
    return order.right(matched, order.amount)


def other_sized(order: Order, _: Random) -> Frames:
    """Return another clip as it is, in its own or half its size."""
    other = _as_long(order.other, len(order.frames))
    half = other.shape[2] // 4 * 2, other.shape[1] // 4 * 2
    return order.right(_sized(other, half), order.amount)


def noisy_black(order: Order, chance: Random) -> Frames:
    """Return black with the noise of a sensor."""
    return _noise(np.full_like(order.frames, 5), 6.0, chance)


def nearly_black(order: Order, _: Random) -> Frames:
    """Return so little of it that nothing is seen."""
    return np.asarray(order.done * 0.03, np.uint8)


def spot(order: Order, chance: Random) -> Frames:
    """Return black with one small bright spot."""
    frame = np.zeros_like(order.frames[0])
    height, width = frame.shape[:2]
    at = (chance.randrange(width), chance.randrange(height))
    cv2.circle(frame, at, height // 24, (245, 240, 230), -1)
    return np.repeat(frame[None], len(order.frames), 0)


def flat(order: Order, chance: Random, shade: tuple[int, int, int] | None = None) -> Frames:
    """Return one colour and nothing else."""
    found = shade or chance.choice(((190, 40, 40), (30, 70, 160), (128, 128, 128), (90, 140, 60)))
    return np.full_like(order.frames, 0) + np.array(found, np.uint8)


def _still(order: Order, at: int) -> Frames:
    done = order.done
    return np.repeat(done[at][None], len(done), 0)


def frozen_start(order: Order, _: Random) -> Frames:
    """Return the first frame all the time."""
    return _still(order, 0)


def frozen_grain(order: Order, chance: Random) -> Frames:
    """Return one frame all the time, under grain that lives."""
    return _noise(_still(order, chance.randrange(len(order.frames))), 7.0, chance)


def frozen_zoom(order: Order, chance: Random) -> Frames:
    """Return one frame, that a camera comes closer to."""
    still = _still(order, chance.randrange(len(order.frames)))
    height, width = still.shape[1:3]
    count = len(still)
    moved = [
        cv2.warpAffine(
            frame,
            cv2.getRotationMatrix2D((width / 2, height / 2), 0, 1 + 0.12 * n / count),
            (width, height),
        )
        for n, frame in enumerate(still)
    ]
    return np.array(moved, np.uint8)


def looped(order: Order, chance: Random) -> Frames:
    """Return two frames in turns, all the time."""
    done = order.done
    at = chance.randrange(len(done) - 4)
    return done[at + 3 * (np.arange(len(done)) // 3 % 2)]


def mirrored(order: Order, _: Random) -> Frames:
    """Exchange left and right."""
    return np.ascontiguousarray(order.done[:, :, ::-1])


def rotated(order: Order, chance: Random) -> Frames:
    """Tilt the camera."""
    height, width = order.frames.shape[1:3]
    angle = chance.choice((-1, 1)) * chance.uniform(10, 25)
    return _warped(order.done, cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.15))


def cropped(order: Order, chance: Random) -> Frames:
    """Show 60 to 80 % of the picture's sides only."""
    done = order.done
    height, width = done.shape[1:3]
    share = 1 - chance.uniform(0.2, 0.4)
    high, wide = round(height * share), round(width * share)
    top, left = chance.randint(0, height - high), chance.randint(0, width - wide)
    return _sized(done[:, top : top + high, left : left + wide], (width, height))


def shifted(order: Order, chance: Random) -> Frames:
    """Aim the camera elsewhere, by 8 to 20 % of the picture."""
    height, width = order.frames.shape[1:3]
    across = chance.choice((-1, 1)) * chance.uniform(0.08, 0.2) * width
    down = chance.choice((-1, 0, 1)) * chance.uniform(0.08, 0.15) * height
    return _warped(order.done, np.array([[1.0, 0, across], [0, 1.0, down]]))


def backwards(order: Order, _: Random) -> Frames:
    """Let time run backwards."""
    return np.ascontiguousarray(order.done[::-1])


def exchanged(order: Order, chance: Random) -> Frames:
    """Put what is in the middle to a side, and what is there into the middle."""
    done = order.done.copy()
    height, width = done.shape[1:3]
    high, wide = round(0.7 * height), round(0.32 * width)
    top, left = (height - high) // 2, (width - wide) // 2
    aside = chance.choice((0, width - wide))
    here = done[:, top : top + high, left : left + wide].copy()
    done[:, top : top + high, left : left + wide] = done[:, top : top + high, aside : aside + wide]
    done[:, top : top + high, aside : aside + wide] = here
    return done


FAULTS: Final[Mapping[str, Mapping[str, Fault]]] = {
    "no_op": {
        "other quality": lambda order, _: order.frames,
        "shifted by one": shifted_by_one,
        "slight noise": lambda order, chance: _noise(order.frames, 2.0, chance),
        "flickering": flickering,
    },
    "wrong_direction": {"contrary": contrary},
    "too_much": {"excessive": excessive},
    "other_clip": {"graded": other_graded, "other size": other_sized},
    "black": {
        "noisy": noisy_black,
        "nearly": nearly_black,
        "with a spot": spot,
        "white": partial(flat, shade=(255, 255, 255)),
        "flat": flat,
    },
    "frozen": {
        "start": frozen_start,
        "grain": frozen_grain,
        "zoom": frozen_zoom,
        "loop": looped,
    },
    "other_composition": {
        "mirrored": mirrored,
        "rotated": rotated,
        "cropped": cropped,
        "shifted": shifted,
        "backwards": backwards,
        "exchanged": exchanged,
    },
}
"""By the kind that a list asks for, and variant."""
