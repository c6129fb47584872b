"""What wishes ask for, done in ways of their own: exposure, curves, white balance, overlays.

Independent of `faults` and of how footage is judged. A *way* does to frames what a wish asks
for; the ways of the contrary wish are its wrong directions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Frames = npt.NDArray[np.uint8]
Way = Callable[[Frames, float], Frames]
"""Frames, and how much of it: 0.4 is clear but modest, 1 usual, 1.5 strong."""
Table = npt.NDArray[np.float64]
_LEVELS: Final = np.arange(256) / 255.0
_GREY: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
_GAMMA: Final = 2.2
_ORANGE: Final = (255, 150, 60)
_BLUE: Final = (70, 130, 255)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person may say, and how it is done right, wrong, and far too much."""

    words: str
    ways: tuple[Way, ...]
    contrary: tuple[Way, ...] = ()
    excess: tuple[Way, ...] = ()
    needs_colour: bool = False
    needs_motion: bool = False


def _through(frames: Frames, *tables: Table) -> Frames:
    """Return frames through one table, or one for each of red, green and blue."""
    coded = [np.rint(255 * np.clip(table, 0, 1)).astype(np.uint8) for table in tables]
    if len(coded) == 1:
        return np.asarray(coded[0][frames], np.uint8)
    parts = [table[frames[..., channel]] for channel, table in enumerate(coded)]
    return np.stack(parts, axis=-1)


def each(frames: Frames, change: Callable[[Frames], npt.NDArray[np.generic]]) -> Frames:
    """Return what a change of single pictures makes of frames."""
    return np.array([np.clip(change(frame), 0, 255) for frame in frames]).astype(np.uint8)


def exposure(frames: Frames, stops: float) -> Frames:
    """Open or close the aperture by stops; what is too bright is cut off."""
    return _through(frames, (_LEVELS**_GAMMA * 2.0**stops) ** (1 / _GAMMA))


def gamma(frames: Frames, power: float) -> Frames:
    """Bend all tones."""
    return _through(frames, _LEVELS**power)


def lifted(frames: Frames, amount: float) -> Frames:
    """Bend the middle by a curve that leaves black and white where they are."""
    return _through(frames, _LEVELS + amount * _LEVELS * (1 - _LEVELS))


def balanced(frames: Frames, warm: float) -> Frames:
    """Set the white balance, in linear light."""
    gains = (2 ** (0.35 * warm), 1.0, 2 ** (-0.45 * warm))
    return _through(frames, *((_LEVELS**_GAMMA * gain) ** (1 / _GAMMA) for gain in gains))


def veiled(frames: Frames, colour: tuple[int, int, int], share: float) -> Frames:
    """Lay a colour over all, as a gel before the lens does."""
    return _through(frames, *(_LEVELS * (1 - share + share * part / 255) for part in colour))


def stretched(frames: Frames, share: float) -> Frames:
    """Stretch or press tones about the middle grey of the clip."""
    middle = frames[::8].mean() / 255
    return _through(frames, middle + (_LEVELS - middle) * share)


def bent(frames: Frames, amount: float) -> Frames:
    """Bend tones into an S, or (below 0) its contrary."""
    wave = -amount * np.sin(2 * np.pi * _LEVELS) / (2 * np.pi)
    return _through(frames, _LEVELS + wave)


def enriched(frames: Frames, share: float) -> Frames:
    """Move colours away from the grey of the same light, or towards it."""

    def change(frame: Frames) -> npt.NDArray[np.generic]:
        grey = (frame @ _GREY)[..., None]
        return np.asarray(grey + (frame - grey) * np.float32(share))

    return each(frames, change)


def vivid(frames: Frames, share: float) -> Frames:
    """Scale the saturation of HSV."""

    def change(frame: Frames) -> npt.NDArray[np.generic]:
        coded = cv2.cvtColor(frame, cv2.COLOR_RGB2HSV)
        coded[..., 1] = np.clip(coded[..., 1] * share, 0, 255)
        return np.asarray(cv2.cvtColor(coded, cv2.COLOR_HSV2RGB))

    return each(frames, change)


def softened(frames: Frames, amount: float) -> Frames:
    """Take the edge off, by a blur that a person sees."""
    return each(
        frames, lambda frame: cv2.GaussianBlur(frame, (0, 0), amount * frame.shape[1] / 270)
    )


def sharpened(frames: Frames, amount: float) -> Frames:
    """Draw edges harder (unsharp mask)."""

    def change(frame: Frames) -> npt.NDArray[np.generic]:
        soft = cv2.GaussianBlur(frame, (0, 0), 1.4).astype(np.float32)
        return np.asarray(frame + amount * (frame - soft))

    return each(frames, change)


def played(frames: Frames, speed: float) -> Frames:
    """Play at another speed, to and fro where the footage ends, blending neighbours."""
    last = len(frames) - 1
    places = last - np.abs(np.arange(len(frames)) * speed % (2 * last) - last)
    done = []
    for place in places:
        first = int(place)
        share = float(place - first)
        pair = frames[first], frames[min(first + 1, last)]
        done.append(cv2.addWeighted(pair[0], 1 - share, pair[1], share, 0))
    return np.array(done, np.uint8)


def fogged(frames: Frames, amount: float) -> Frames:
    """Lay bright mist over all."""
    share = min(0.85, 0.4 * amount)
    return _through(frames, _LEVELS * (1 - share) + 0.78 * share)


def night(frames: Frames, amount: float) -> Frames:
    """Make day into night."""
    return balanced(exposure(enriched(frames, 0.8), -1.8 * amount), -1.2 * amount)


def sunset(frames: Frames, amount: float) -> Frames:
    """Let the sun stand low."""
    return veiled(balanced(frames, 0.7 * amount), (255, 176, 110), min(0.8, 0.35 * amount))


def faded(frames: Frames, amount: float) -> Frames:
    """Return an old print of it."""
    print_ = stretched(enriched(frames, 1 - min(0.7, 0.4 * amount)), 1 - min(0.5, 0.22 * amount))
    return veiled(print_, (255, 225, 180), min(0.9, 0.5 * amount))


_BRIGHTER: Final[tuple[Way, ...]] = (
    lambda frames, amount: gamma(frames, 1 / (1 + 0.5 * amount)),
    lambda frames, amount: exposure(frames, 0.7 * amount),
    lambda frames, amount: lifted(frames, min(0.95, 0.45 * amount)),
)
_DARKER: Final[tuple[Way, ...]] = (
    lambda frames, amount: gamma(frames, 1 + 0.55 * amount),
    lambda frames, amount: exposure(frames, -0.9 * amount),
    lambda frames, amount: lifted(frames, -min(0.95, 0.5 * amount)),
)
_RICHER: Final[tuple[Way, ...]] = (
    lambda frames, amount: enriched(frames, 1 + 0.5 * amount),
    lambda frames, amount: vivid(frames, 1 + 0.45 * amount),
)
_PALER: Final[tuple[Way, ...]] = (
    lambda frames, amount: enriched(frames, max(0.1, 1 - 0.42 * amount)),
    lambda frames, amount: vivid(frames, max(0.1, 1 - 0.4 * amount)),
)
_WARMER: Final[tuple[Way, ...]] = (
    balanced,
    lambda frames, amount: veiled(frames, _ORANGE, min(0.6, 0.22 * amount)),
)
_COOLER: Final[tuple[Way, ...]] = (
    lambda frames, amount: balanced(frames, -amount),
    lambda frames, amount: veiled(frames, _BLUE, min(0.6, 0.22 * amount)),
)
_HARDER: Final[tuple[Way, ...]] = (
    lambda frames, amount: stretched(frames, 1 + 0.35 * amount),
    lambda frames, amount: bent(frames, min(0.95, 0.6 * amount)),
)
_FLATTER: Final[tuple[Way, ...]] = (
    lambda frames, amount: stretched(frames, 1 - min(0.7, 0.3 * amount)),
    lambda frames, amount: bent(frames, -min(0.95, 0.6 * amount)),
)
_DAY: Final[tuple[Way, ...]] = (
    lambda frames, amount: balanced(exposure(frames, 0.6 * amount), 0.6 * amount),
    lambda frames, amount: balanced(gamma(frames, 1 / (1 + 0.4 * amount)), 0.4 * amount),
)
_GREY_WAY: Final[tuple[Way, ...]] = (lambda frames, _: enriched(frames, 0.0),)

WISHES: Final[Mapping[str, Wish]] = {
    wish.words: wish
    for wish in (
        Wish(
            "brighter",
            _BRIGHTER,
            _DARKER,
            (lambda frames, _: exposure(frames, 5.0), lambda frames, _: gamma(frames, 0.14)),
        ),
        Wish(
            "darker",
            _DARKER,
            _BRIGHTER,
            (
                lambda frames, _: exposure(frames, -7.0),
                lambda frames, _: stretched(frames - np.minimum(frames, 200), 1.0),
            ),
        ),
        Wish(
            "more colourful",
            _RICHER,
            _PALER,
            (lambda frames, _: enriched(frames, 6.0), lambda frames, _: vivid(frames, 8.0)),
            needs_colour=True,
        ),
        Wish("less colourful", _PALER, _RICHER, needs_colour=True),
        Wish(
            "warmer",
            _WARMER,
            _COOLER,
            (
                lambda frames, _: balanced(frames, 6.0),
                lambda frames, _: veiled(frames, (255, 90, 0), 0.95),
            ),
        ),
        Wish(
            "cooler",
            _COOLER,
            _WARMER,
            (
                lambda frames, _: balanced(frames, -6.0),
                lambda frames, _: veiled(frames, (0, 70, 255), 0.95),
            ),
        ),
        Wish(
            "more contrast",
            _HARDER,
            _FLATTER,
            (lambda frames, _: stretched(frames, 9.0),),
        ),
        Wish(
            "less contrast",
            _FLATTER,
            _HARDER,
            (lambda frames, _: stretched(frames, 0.06),),
        ),
        Wish("at night", (night,), _DAY),
        Wish(
            "at sunset",
            (sunset,),
            _COOLER,
            (lambda frames, _: veiled(frames, (255, 40, 0), 1.0),),
        ),
        Wish("black and white", _GREY_WAY, _RICHER, needs_colour=True),
        Wish("foggy", (fogged,), _HARDER, (lambda frames, _: stretched(frames, 0.05),)),
        Wish(
            "slower",
            (lambda frames, amount: played(frames, 0.6**amount),),
            (lambda frames, amount: played(frames, 1.6**amount),),
            needs_motion=True,
        ),
        Wish(
            "faster",
            (lambda frames, amount: played(frames, 1.6**amount),),
            (lambda frames, amount: played(frames, 0.6**amount),),
            needs_motion=True,
        ),
        Wish("softer", (softened,), (sharpened,), (lambda frames, _: softened(frames, 12.0),)),
        Wish("sharper", (sharpened,), (softened,)),
        Wish("vintage", (faded,)),
    )
}
"""By what is said: "make clip 3 a bit brighter"."""
