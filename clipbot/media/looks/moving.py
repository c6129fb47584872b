"""Filters that change when a frame is shown, and from where it is looked at."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from clipbot.media.looks.effects import Slow, Sway
from clipbot.media.looks.nodes import EXACT, Plumber

_MARGIN: Final = 1.35
"""Border kept for a sway, as a multiple of its reach: the way itself, and the roll."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a graph works on."""

    width: int
    height: int
    rate: Fraction
    frames: int


def slowed(plumber: Plumber, at: str, slow: Slow, picture: Picture) -> str:
    """Stretch the beginning over the whole length, blending neighbours by their nearness."""
    used = min(picture.frames, ceil(picture.frames * slow.speed) + 1)
    at = plumber.add("trim", at, end_frame=used)
    at = plumber.add("settb", at, expr=f"1/({picture.rate}*1000)")
    at = plumber.add("setpts", at, expr=f"N*1000/{slow.speed:.6f}")
    at = plumber.add("framerate", at, fps=picture.rate, interp_start=0, interp_end=255, scene=100)
    at = plumber.add("tpad", at, stop=picture.frames, stop_mode="clone")
    at = plumber.add("trim", at, end_frame=picture.frames)
    at = plumber.add("settb", at, expr=1 / picture.rate)
    return plumber.add("setpts", at, expr="N")


def swaying(plumber: Plumber, at: str, sway: Sway, picture: Picture) -> str:
    """Move a window over the picture, between pixels, with a breath of roll.

    Three waves per axis that have no common period, as of a hand; each row of factors
    sums to 1, so the window stays within its reach, and the margin covers the rest.
    """
    time = f"(on*{picture.rate.denominator}/{picture.rate.numerator})"

    def wave(*parts: tuple[float, float, float]) -> str:
        return "+".join(
            f"{share}*sin(2*PI*{hertz}*{time}+{phase})" for share, hertz, phase in parts
        )

    reach = sway.reach * picture.height
    across = f"{reach:.4f}*({wave((0.5, 0.73, 0.0), (0.33, 1.61, 1.3), (0.17, 3.4, 0.4))})"
    down = f"{reach:.4f}*({wave((0.5, 0.87, 2.1), (0.33, 1.87, 0.2), (0.17, 3.9, 1.9))})"
    roll = f"{0.3 * reach:.4f}*({wave((0.7, 0.57, 0.9), (0.3, 1.43, 2.6))})"
    border_y = _MARGIN * reach
    border_x = border_y * picture.width / picture.height
    flat = f"({roll})*{picture.height}/{picture.width}"
    left, right = f"{border_x:.4f}+{across}", f"W-{border_x:.4f}+{across}"
    top, bottom = f"{border_y:.4f}+{down}", f"H-{border_y:.4f}+{down}"
    return plumber.add(
        "perspective",
        at,
        x0=f"{left}+{flat}",
        y0=f"{top}-({roll})",
        x1=f"{right}+{flat}",
        y1=f"{top}+({roll})",
        x2=f"{left}-{flat}",
        y2=f"{bottom}-({roll})",
        x3=f"{right}-{flat}",
        y3=f"{bottom}+({roll})",
        interpolation="cubic",
        sense="source",
        eval="frame",
    )


def enlarged(plumber: Plumber, at: str, sway: Sway, picture: Picture) -> str:
    """Enlarge a single frame as a sway does."""
    share = 1.0 - 2.0 * _MARGIN * sway.reach
    at = plumber.add(
        "crop", at, w=round(picture.width * share), h=round(picture.height * share), exact=1
    )
    return plumber.add("scale", at, w=picture.width, h=picture.height, flags="bicubic" + EXACT)
