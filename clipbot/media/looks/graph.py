"""From looks to filters.

The nodes of the looks are the same for whole clips and for preview frames; only the
ends differ: a clip comes in as coded and leaves as BT.709, a preview is RGB at both
ends. Order: time, motion, colour, glow, clarity, vignette, particles, grain. Of one kind
of effect, wanted by several looks, the strongest is used: two vignettes are a tunnel.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Final, TypeVar

from clipbot.media.looks import cubes
from clipbot.media.looks.catalogue import AMOUNTS, LOOKS
from clipbot.media.looks.cubes import Looks
from clipbot.media.looks.effects import (
    Clarity,
    Effect,
    Glow,
    Grain,
    Lamps,
    Particles,
    Slow,
    Sway,
    Vignette,
)
from clipbot.media.looks.masks import covered, with_lamps
from clipbot.media.looks.nodes import BT709, EXACT, Node, Plumber, even

CLIP: Final = "clip"
"""Label of the picture's way in; masks come in at `mask0`, `mask1`, ..."""
_MARGIN: Final = 1.35
"""Border kept for a sway, as a multiple of its reach: the way itself, and the roll."""
_GRAIN_SEED: Final = 7

_E = TypeVar("_E", bound=Effect)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a graph works on."""

    width: int
    height: int
    rate: Fraction
    frames: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Filters for a set of looks."""

    nodes: tuple[Node, ...]
    out: str
    """Label to end with."""
    particles: tuple[Particles, ...]
    """What must come in as masks, in the order of their labels."""


def clip_graph(looks: Looks, picture: Picture, matrix: str, cache: Path) -> Graph:
    """Return the filters for a whole clip.

    Args:
        looks: In the order in which they apply.
        picture: Size to work in (the clip is scaled to it), rate and length to give back.
        matrix: Colour matrix of the source, as ffmpeg's scaler calls it.
        cache: Folder for tables.
    """
    plumber, effects = Plumber(), _effects(looks)
    at = plumber.add("settb", CLIP, expr=1 / picture.rate)
    at = plumber.add("setpts", at, expr="N")
    at = plumber.add(
        "scale",
        at,
        w=picture.width,
        h=picture.height,
        flags="bicubic" + EXACT,
        in_color_matrix=matrix,
        out_color_matrix="bt709",
        out_range="limited",
    )
    at = plumber.add("setparams", plumber.add("format", at, pix_fmts="yuv420p"), **BT709)
    for slow in _strongest(effects, Slow, lambda effect: -effect.speed):
        at = _slowed(plumber, at, slow, picture)
    for sway in _strongest(effects, Sway, lambda effect: effect.reach):
        at = _swaying(plumber, at, sway, picture)
    at = _looked(plumber, at, looks, picture, cache, grain="t")
    at = plumber.add("trim", at, end_frame=picture.frames)
    return Graph(tuple(plumber.nodes), at, _particles(effects))


def still_graph(looks: Looks, picture: Picture, cache: Path) -> Graph:
    """Return the filters for one RGB frame of the picture's size, RGB again at the end.

    Slow motion does not show in one frame; a sway shows as its enlargement.
    """
    plumber, effects, at = Plumber(), _effects(looks), CLIP
    for sway in _strongest(effects, Sway, lambda effect: effect.reach):
        at = _enlarged(plumber, at, sway, picture)
    at = _looked(plumber, at, looks, picture, cache, grain="0")
    at = plumber.add("scale", at, in_color_matrix="bt709", in_range="limited", flags="bicubic")
    at = plumber.add("format", at, pix_fmts="rgb24")
    return Graph(tuple(plumber.nodes), at, _particles(effects))


def _looked(
    plumber: Plumber, at: str, looks: Looks, picture: Picture, cache: Path, *, grain: str
) -> str:
    """Add what clips and preview frames have in common; YUV 4:2:0 in BT.709 comes out.

    Args:
        plumber: Adds the nodes.
        at: Where the picture is.
        looks: In the order in which they apply.
        picture: What comes through.
        cache: Folder for tables.
        grain: `t` for new grain in every frame, `0` for always the same.
    """
    effects = _effects(looks)
    if any(isinstance(effect, Lamps) for effect in effects):
        at, copy = plumber.split(at)
        rest = [(name, strength) for name, strength in looks if not _has_lamps(name)]
        lit = _coloured(plumber, copy, rest, cache)
        at = with_lamps(
            plumber, _coloured(plumber, at, looks, cache), lit, (picture.width, picture.height)
        )
    else:
        at = _coloured(plumber, at, looks, cache)
    for glow in _strongest(effects, Glow, lambda effect: effect.light):
        at = _glowing(plumber, at, glow, picture)
    for clarity in _strongest(effects, Clarity, lambda effect: effect.amount):
        at = _clear(plumber, at, clarity, picture)
    for vignette in _strongest(effects, Vignette, lambda effect: effect.angle):
        at = plumber.add("vignette", at, angle=f"{vignette.angle:.4f}")
    for number, particles in enumerate(_particles(effects)):
        mask = plumber.add("settb", f"mask{number}", expr=1 / picture.rate)
        mask = plumber.add("setpts", mask, expr="N")
        at = covered(plumber, at, mask, particles.kind, (picture.width, picture.height))
    for noise in _strongest(effects, Grain, lambda effect: effect.amount):
        at = plumber.add("noise", at, c0s=noise.amount, c0f=grain, c0_seed=_GRAIN_SEED)
    return at


def _coloured(plumber: Plumber, at: str, looks: Looks, cache: Path) -> str:
    if cubes.has_colour(looks):
        at = plumber.add("scale", at, flags="bilinear" + EXACT)
        at = plumber.add("format", at, pix_fmts="gbrp16")
        at = plumber.add("lut3d", at, file=cubes.cube(looks, cache), interp="tetrahedral")
    at = plumber.add(
        "scale", at, out_color_matrix="bt709", out_range="limited", flags="bilinear" + EXACT
    )
    return plumber.add("setparams", plumber.add("format", at, pix_fmts="yuv420p"), **BT709)


def _has_lamps(name: str) -> bool:
    return any(isinstance(effect, Lamps) for effect in LOOKS[name].effects(1.0))


def _effects(looks: Looks) -> tuple[Effect, ...]:
    return tuple(
        effect for name, strength in looks for effect in LOOKS[name].effects(AMOUNTS[strength])
    )


def _strongest(
    effects: Iterable[Effect], kind: type[_E], strength: Callable[[_E], float]
) -> list[_E]:
    """Return the strongest effect of a kind, or nothing, as a list."""
    found = [effect for effect in effects if isinstance(effect, kind)]
    return [max(found, key=strength)] if found else []


def _particles(effects: Iterable[Effect]) -> tuple[Particles, ...]:
    """Return the densest particles of each kind, in the order in which they were wanted."""
    densest: dict[str, Particles] = {}
    for effect in effects:
        if isinstance(effect, Particles):
            known = densest.get(effect.kind, effect)
            densest[effect.kind] = max(known, effect, key=lambda either: either.density)
    return tuple(densest.values())


def _slowed(plumber: Plumber, at: str, slow: Slow, picture: Picture) -> str:
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


def _swaying(plumber: Plumber, at: str, sway: Sway, picture: Picture) -> str:
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
    across = f"{reach:.4f}*({wave((0.5, 0.61, 0.0), (0.33, 1.37, 1.3), (0.17, 2.9, 0.4))})"
    down = f"{reach:.4f}*({wave((0.5, 0.73, 2.1), (0.33, 1.59, 0.2), (0.17, 3.3, 1.9))})"
    roll = f"{0.3 * reach:.4f}*({wave((0.7, 0.47, 0.9), (0.3, 1.21, 2.6))})"
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


def _enlarged(plumber: Plumber, at: str, sway: Sway, picture: Picture) -> str:
    share = 1.0 - 2.0 * _MARGIN * sway.reach
    at = plumber.add(
        "crop", at, w=round(picture.width * share), h=round(picture.height * share), exact=1
    )
    return plumber.add("scale", at, w=picture.width, h=picture.height, flags="bicubic" + EXACT)


def _glowing(plumber: Plumber, at: str, glow: Glow, picture: Picture) -> str:
    """Screen a blurred picture of what is bright over the luma.

    The glow is made at a quarter of the size, in RGB, and then coded over the full range,
    so that "no light" is 0 and not the 16 of limited range, which would veil the black.
    Chroma is added as a difference from grey: screening chroma like luma turns every
    picture magenta (facts/video.md §8).
    """
    sharp, light = plumber.split(at)
    small = (even(picture.width / 4), even(picture.height / 4))
    light = plumber.add("scale", light, w=small[0], h=small[1], flags="area" + EXACT)
    light = plumber.add("format", light, pix_fmts="gbrp")
    threshold = round(255 * glow.above)
    curve = f"max(0,val-{threshold})*{255 / (255 - threshold):.5f}"
    light = plumber.add("lutrgb", light, r=curve, g=curve, b=curve)
    light = plumber.add("gblur", light, sigma=f"{glow.spread * small[1]:.3f}", steps=2)
    light = plumber.add(
        "scale",
        light,
        w=picture.width,
        h=picture.height,
        flags="bilinear" + EXACT,
        out_color_matrix="bt709",
        out_range="full",
    )
    light = plumber.add("setparams", plumber.add("format", light, pix_fmts="yuv420p"), **BT709)
    tint = f"{glow.light * glow.tint:.4f}"
    return plumber.add(
        "blend",
        sharp,
        light,
        c0_mode="screen",
        c0_opacity=f"{glow.light:.4f}",
        c1_mode="grainmerge",
        c1_opacity=tint,
        c2_mode="grainmerge",
        c2_opacity=tint,
    )


def _clear(plumber: Plumber, at: str, clarity: Clarity, picture: Picture) -> str:
    """Push luma away from that of its surroundings: an unsharp mask of large radius."""
    sharp, soft = plumber.split(at)
    small = (even(picture.width / 4), even(picture.height / 4))
    soft = plumber.add("scale", soft, w=small[0], h=small[1], flags="area" + EXACT)
    soft = plumber.add("gblur", soft, sigma=f"{0.011 * small[1]:.3f}", steps=2, planes=1)
    soft = plumber.add("scale", soft, w=picture.width, h=picture.height, flags="bilinear" + EXACT)
    weights = f"{1 + clarity.amount:.3f} {-clarity.amount:.3f}"
    return plumber.add("mix", sharp, soft, inputs=2, weights=weights, planes=1)
